import type { Span } from '@backflow/language';
import type { Chain } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import { mapNames, withTerms } from './terms.ts';

/** `Example 2`, `## Aufgabe 3`: where the numbers of one exercise end and those of the next begin. */
const LABEL =
  /(?:^|\n)[^\S\n]*(?:#{1,6}|>|[-*]|\*\*|\d{1,2}[.)])?[^\S\n]*\**(Examples?|Exercise|Problem|Question|Sample|Beispiel|Aufgabe|Übung|Exemple|Exercice|Ejemplo|Ejercicio|Esempio|Esercizio|Exemplo|Exercício|Пример|Задача|Упражнение|例题?)[^\S\n]*(?:no\.|nr\.|#)?[^\S\n]*(\d{1,2}|[A-D])(?![\p{L}\d])/giu;
/** Mark names of later exercises; they count as letters. */
const MARKS = 'ʼʽʾ';

/**
 * A page with several exercises uses the same names again: what a later exercise says anew is another quantity there. A
 * program's names stay what they are.
 */
export function settleExercises(chains: Chain[], text: string, names: ReadonlySet<string>): void {
  const starts = [...text.matchAll(LABEL)].map(({ index }) => index);
  const said = new Set<string>();
  for (const [number, from] of starts.entries()) {
    if (starts.length < 2) break;
    const exercise = { from, to: starts[number + 1] ?? text.length };
    const own = new Set<string>();
    for (const { subject, at } of chains) {
      if (subject.from < exercise.from || subject.from >= exercise.to) continue;
      for (const key of [...saidBy(subject), ...at.map(({ name }) => name.key)]) own.add(key);
    }
    const again = new Set([...own].filter((key) => said.has(key) && !names.has(key)));
    for (const key of own) said.add(key);
    if (again.size > 0) renameIn(chains, exercise, again, markOf(number));
  }
  for (const [number, { key, ...rest }] of functionsAnew(chains, text, names).entries())
    renameIn(chains, rest, new Set([key]), markOf(number, 'ʿ'));
}

/** A short mark for each number. */
function markOf(number: number, first = ''): string {
  return first + Array.from(number.toString(3), (digit) => MARKS[Number(digit)]).join('');
}

function renameIn(chains: Chain[], { from, to }: Span, again: ReadonlySet<string>, mark: string): void {
  const rename = (name: NameTerm): NameTerm => renamed(name, again, mark);
  for (const [i, chain] of chains.entries()) {
    if (chain.from < from || chain.from >= to) continue;
    const at = chain.at.map(({ name, value }) => ({ name: rename(name), value }));
    chains[i] = { ...withTerms(chain, rename), at };
  }
}

/** `y = x²`, `y′ = 2x`, `y = sin x`, …: in a list of derivatives each formula of one variable is a function of its own. */
function functionsAnew(
  chains: readonly Chain[],
  text: string,
  names: ReadonlySet<string>,
): (Span & { readonly key: string })[] {
  const found: (Span & { to: number; readonly key: string })[] = [];
  const open = new Map<string, { formula: string; differentiated: boolean; scope: { to: number } | null }>();
  for (const { subject, members, from } of chains) {
    const slope = slopeOf(subject);
    const known = slope === null ? undefined : open.get(slope);
    if (known !== undefined) known.differentiated = true;
    const term = members[0]?.term ?? null;
    const [key] = /^(?:name|call)$/.test(subject.kind) ? saidBy(subject) : [];
    if (term === null || key === undefined || names.has(key) || !/^[fghyuFGφ][ʼʽʾ]*$/u.test(key)) continue;
    if (variablesOf(term).size !== 1 || term.kind === 'derivative') continue;
    const formula = text.slice(term.from, term.to).replace(/\s/g, '');
    const before = open.get(key);
    if (before !== undefined && (!before.differentiated || before.formula === formula)) continue;
    let scope: (Span & { to: number; readonly key: string }) | null = null;
    if (before !== undefined) {
      if (before.scope !== null) before.scope.to = from;
      scope = { from, to: text.length, key };
      found.push(scope);
    }
    open.set(key, { formula, differentiated: false, scope });
  }
  return found;
}

/** The function of whose derivative something is said: f of f′(x), df/dx, f′. */
function slopeOf(subject: Term): string | null {
  if (subject.kind === 'call') return subject.primes > 0 ? subject.callee.key : null;
  if (subject.kind === 'derivative') return subject.of?.kind === 'name' ? subject.of.key : null;
  return subject.kind === 'name' && subject.key.endsWith("'") ? subject.key.replace(/'+$/, '') : null;
}

function variablesOf(term: Term): ReadonlySet<string> {
  const found = new Set<string>();
  mapNames(term, (name) => (found.add(name.key), name));
  return found;
}

function saidBy(subject: Term): readonly string[] {
  if (subject.kind === 'name') return [subject.key];
  if (subject.kind === 'call' && subject.primes === 0 && subject.callee.key !== 'new')
    return [subject.callee.key];
  return subject.kind === 'list' ? subject.items.flatMap(saidBy) : [];
}

/** The name with the mark behind its letters: wʼ_1 for w_1, f′ as well where f is meant, and dwʼ for dw. */
function renamed(name: NameTerm, again: ReadonlySet<string>, mark: string): NameTerm {
  const [, letters, primes, rest] = /^([\p{L}\p{M}\p{Nd}]+)('*)(.*)$/su.exec(name.key) ?? [];
  if (letters === undefined) return name;
  const meant = [name.key, letters + rest, ...(/^[d∂]\p{L}/u.test(letters) ? [letters.slice(1) + rest] : [])];
  if (!meant.some((key) => again.has(key))) return name;
  const split = /^(.*?)(\p{Nd}*)$/su.exec(letters)!;
  return { ...name, key: split[1] + mark + split[2] + primes + rest };
}
