import type { Span } from '@backflow/language';
import type { Chain, Member } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import type { Canvas } from './canvas.ts';
import { readFormula } from './formula.ts';
import type { Row } from './page.ts';

const STEP = /((?:[-+−]?\d*\.?\d+)(?:\s*[-+−]\s*\d*\.?\d+)+)\s*(?:\\Rightarrow|⇒|⟹)\s*([-+−]?\d*\.?\d+)/g;

/**
 * A sum worked out inside a vector, `[…, 1.21 + 0.82 ⇒ 2.03]`, is a claim of its own; the vector keeps its result.
 */
export function readSteps(canvas: Canvas, rows: readonly Span[]): Chain[] {
  const chains: Chain[] = [];
  for (const { from, to } of rows) {
    const text = canvas.text(from, to);
    if (!/⇒|⟹|\\Rightarrow/.test(text) || !/\[|\\begin/.test(text)) continue;
    for (const found of text.matchAll(STEP)) {
      const start = from + found.index;
      const end = start + found[0].length;
      if (!within(text, found.index)) continue;
      const whole = canvas.text();
      const subject = readFormula(whole, { from: start, to: start + found[1].length });
      const value = { from: end - found[2].length, to: end };
      const result = readFormula(whole, value);
      if (!('term' in subject) || !('term' in result)) continue;
      chains.push(
        chainOf(subject.term, {
          ...value,
          relation: '=',
          term: result.term,
          alternatives: [],
          problem: null,
        }),
      );
      canvas.blank(start, value.from);
    }
  }
  return chains;
}

function within(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const opened = (before.match(/\\begin|\[|\(/g) ?? []).length;
  return opened > (before.match(/\\end|\]|\)/g) ?? []).length;
}

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const COUNTED =
  '(?:weights?|gewichte?|parameters?|params|parameter|biases|bias|neurons?|neuronen|inputs?|outputs?|nodes?|edges?|kanten|knoten)';
/** `ω³: ② weights`, `w^2's derivatives … 3 weights`. */
const COUNT = new RegExp(
  `(?<![\\p{L}\\\\])((?:\\\\omega|\\\\mathbf\\{[wW]\\}|[wWωΩ])\\s*(?:\\^\\s*\\{?\\(?\\d{1,2}\\)?\\}?|[¹²³⁴⁵⁶⁷⁸⁹]))\\$?\\s*(?:['’]s\\s+(?:derivatives?|gradients?|weights?)\\b[^=\\d${CIRCLED}]{0,60}|:)\\s*(\\d{1,6}|[${CIRCLED}])\\s*${COUNTED}`,
  'gu',
);

/** How many weights a layer is said to have. The rows are looked at with the row behind them. */
export function readCounts(source: string, rows: readonly Row[]): Chain[] {
  const chains: Chain[] = [];
  for (const [i, row] of rows.entries()) {
    const next = rows[i + 1];
    const line = source.slice(row.from, row.to);
    if (!/[wWωΩ]|\\omega/.test(line)) continue;
    const end =
      next !== undefined && /derivative|gradient/.test(line) && next.to - row.from < 400 ? next.to : row.to;
    const stretch = source.slice(row.from, end);
    if (!/[:'’]/.test(stretch)) continue;
    for (const found of stretch.matchAll(COUNT)) {
      if (found.index >= line.length) continue;
      const from = row.from + found.index;
      const at = row.from + found.index + found[0].lastIndexOf(found[2]);
      const layer = /\d+/.exec(found[1])?.[0] ?? String('¹²³⁴⁵⁶⁷⁸⁹'.indexOf(found[1].at(-1)!) + 1);
      const base =
        found[1].includes('omega') || found[1].includes('ω') ? 'ω' : (/[wWΩ]/.exec(found[1])?.[0] ?? 'w');
      const span = { from, to: from + found[1].length };
      const name: NameTerm = { kind: 'name', key: `${base}^{(${layer})}`, spelling: found[1], ...span };
      const callee: NameTerm = { kind: 'name', key: 'count', spelling: 'count', ...span };
      const subject: Term = { kind: 'call', callee, primes: 0, of: [name], ...span };
      const value = /\d/.test(found[2]) ? Number(found[2]) : CIRCLED.indexOf(found[2]) + 1;
      const place = { from: at, to: at + found[2].length };
      const number: Term = { kind: 'number', value, unit: 1, integer: true, open: false, ...place };
      chains.push(
        chainOf(subject, { ...place, relation: '=', term: number, alternatives: [], problem: null }),
      );
    }
  }
  return chains;
}

function chainOf(subject: Term, member: Member): Chain {
  return {
    from: subject.from,
    to: member.to,
    subject,
    members: [member],
    at: [],
    remark: '',
    layout: 'line',
  };
}

/** `= 0, otherwise` below `b = a, a > 0` is the other branch. */
export function otherwise(chains: readonly Chain[], text: string, row: Span): Chain | null {
  const found = /^\s*=\s*(.+?)\s*,?\s*(?:\\text\s*\{\s*)?(?:if\s+)?(?:otherwise|else|sonst)\b/.exec(
    text.slice(row.from, row.to),
  );
  const last = chains.at(-1);
  const member = last?.members.at(-1);
  if (found === null || last === undefined || member?.term?.kind !== 'cases') return null;
  const from = row.from + text.slice(row.from, row.to).indexOf(found[1]);
  const value = readFormula(text, { from, to: from + found[1].length });
  if (!('term' in value)) return null;
  const to = from + found[1].length;
  const term: Term = {
    ...member.term,
    branches: [...member.term.branches, { value: value.term, condition: null }],
    to,
  };
  return { ...last, to, members: [...last.members.slice(0, -1), { ...member, term, to }] };
}
