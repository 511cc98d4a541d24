import { canonicalName } from '@backflow/language';
import type { Span } from '@backflow/language';
import type { Chain, Repair } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import type { Canvas } from './canvas.ts';
import { closingBrace } from './markup.ts';
import { mapNames, withTerms } from './terms.ts';

const BROKEN_NUMBER =
  /(?<![\p{L}\p{Nd}_.\\])(?=[\dOolI]*[.,])(?=[\dOolI.,]*[OolI])(?=[OolI.,]*\d)(?:[\dOolI]{1,4}[.,][\dOolI]{1,12})(?![\p{L}\p{Nd}_(]|\.\p{L})/gu;
const RATE =
  /[-−–]\s*(n)\s*(?=∂|\\(?:d?frac)\s*\{\s*(?:\\partial|d[A-Z])|\[?\s*(?:∂|d[A-Z]\/d|\\left\s*\[|\\nabla|∇|\[\s*\\(?:frac|nabla)))/g;
/** `28x28 = 784`, `4x3 + 3x2 = 18`: an x between whole numbers, with a whole number behind the sign. */
const TIMES =
  /(?<![\p{L}\d.^_/*·×)])\d+\s?x\s?\d+(?:\s*[x+]\s*\d+|\s*\+\s*\d+\s?x\s?\d+)*(?=\s*=\s*\d+(?![\d.]|\s*x))/u;
const UPDATE = /new|neu|old|alt|←|\\leftarrow|:=|⁺|\^\{?\+|t\s*\+\s*1/;

/** Undoes what a photo's text recognition does to numbers and signs, in place; gives what it did. */
export function repairText(canvas: Canvas, rows: readonly Span[]): Repair[] {
  const repairs: Repair[] = [];
  for (const { from, to } of rows) {
    const text = canvas.text(from, to);
    if (/[OolI]\d*[.,]|[.,]\d*[OolI]/.test(text)) {
      for (const found of text.matchAll(BROKEN_NUMBER)) {
        const read = found[0].replace(/[Oo]/g, '0').replace(/[lI]/g, '1');
        const span = { from: from + found.index, to: from + found.index + found[0].length };
        canvas.write(span.from, span.to, read);
        repairs.push({ ...span, found: found[0], read });
      }
    }
    if (text.includes('x') && /\d\s?x/.test(text) && TIMES.test(text) && !canvas.source.includes('x1')) {
      const [product] = TIMES.exec(text)!;
      const start = from + text.indexOf(product);
      for (const found of product.matchAll(/(?<=\d\s?)x(?=\s?\d)/g)) {
        const at = start + found.index;
        canvas.write(at, at + 1, '×');
        repairs.push({ from: at, to: at + 1, found: 'x', read: '×' });
      }
    }
    if (/[-−–]\s*n/.test(text) && UPDATE.test(text)) {
      for (const found of text.matchAll(RATE)) {
        const at = from + found.index + found[0].indexOf('n');
        canvas.write(at, at + 1, 'η');
        repairs.push({ from: at, to: at + 1, found: 'n', read: 'η' });
      }
    }
    if (text.includes('\\text')) {
      for (const found of text.matchAll(/\.(?<=\\text\s*\{\s*\p{L}{1,40}\.)(?=\s*\})/gu))
        canvas.blank(from + found.index, from + found.index + 1);
    }
    if (text.includes('"')) {
      for (const found of text.matchAll(/(?<=[wWω])"(?!\p{L})/gu)) {
        canvas.write(from + found.index, from + found.index + 1, '″');
      }
    }
    // w(t) beside w(t+1) is w.
    if (text.includes('t') && /[({[_]\s*t\s*\+\s*1/.test(text)) {
      for (const found of text.matchAll(
        /(?<=[\p{L}\p{Nd}₀-₉])(?:_\{?t\}?|\^\{?\(t\)\}?|\(t\)|\[t\])(?![\p{L}\p{Nd}+])/gu,
      ))
        canvas.blank(from + found.index, from + found.index + found[0].length);
    }
    if (!/old|alt/.test(text)) continue;
    // `[∂L/∂w]_{w_{old}}` says where it is taken, which is where it is taken anyway.
    for (const found of text.matchAll(/(?<=\])\s*_\s*\{/g)) {
      const close = closingBrace(text, found.index + found[0].length, text.length);
      if (close < 0 || !/old|alt/.test(text.slice(found.index, close))) continue;
      canvas.blank(from + found.index, from + close + 1);
    }
    for (const found of text.matchAll(
      /(?<=\])\s*\([^()=]{1,30}\)\s*_?\s*\{?\s*(?:\\(?:text|mathrm|rm)\s*\{?\s*)?(?:old|alt)\s*\}{0,2}/g,
    )) {
      canvas.blank(from + found.index, from + found.index + found[0].length);
    }
    // What a weight was before the step is the weight.
    for (const found of text.matchAll(
      /(?<=[\p{L}\p{Nd})}'])\s*_\s*\{?\s*(?:\\(?:text|mathrm|rm)\s*\{?\s*)?(?:old|alt)\s*\}{0,2}|(?<=\))\s*(?:old|alt)(?!\p{L})/gu,
    )) {
      canvas.blank(from + found.index, from + found.index + found[0].length);
    }
  }
  return repairs;
}

/**
 * `ω''` for ω¹₁₁: two primes on a weight, in notes whose other weights and nodes carry indices. The names are changed where they
 * stand; each place is a repair.
 */
export function repairNames(
  chains: readonly Chain[],
  source: string,
): { chains: readonly Chain[]; repairs: Repair[] } {
  const keys = new Set<string>();
  const visit = (term: Term) => mapNames(term, (name) => (keys.add(name.key), name));
  for (const chain of chains) {
    visit(chain.subject);
    for (const member of chain.members) if (member.term !== null) visit(member.term);
  }
  const damaged = [...keys].filter((key) => /^[wWω](?:''|'_\d\d)$/.test(key));
  const indexed = [...keys].some((key) => /^\p{L}+(?:_\d\d|\d\d$)/u.test(key));
  if (damaged.length === 0 || !indexed) return { chains, repairs: [] };
  const repairs: Repair[] = [];
  const seen = new Set<number>();
  const repaired = (name: NameTerm): NameTerm => {
    const found = /^([wWω])(?:''|'_(\d\d))$/.exec(name.key);
    if (found === null) return name;
    const index = found[2] ?? '11';
    const key = canonicalName(`${found[1]}^1_{${index}}`)!;
    const spelling = `${found[1]}¹${Array.from(index, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')}`;
    if (!seen.has(name.from)) {
      seen.add(name.from);
      repairs.push({ from: name.from, to: name.to, found: source.slice(name.from, name.to), read: spelling });
    }
    return { ...name, key, spelling };
  };
  return { chains: chains.map((chain) => withTerms(chain, repaired)), repairs };
}
