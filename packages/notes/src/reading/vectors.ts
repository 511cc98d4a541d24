import type { Chain } from '../sheet.ts';
import type { NameTerm, Term } from '../term.ts';
import { withTerms } from './terms.ts';

/** Elements of a vector of which the notes write fewer. */
const FEWEST = 2;
const MOST = 9;

/**
 * `ωᵀx` beside `ω_1` or `x_j`: ω and x are the vectors of these. Only without a program, where neither stands alone and
 * nothing says what they are.
 */
export function settleVectors(chains: Chain[], names: ReadonlySet<string>): void {
  if (names.size > 0) return;
  const joined = new Set<string>();
  const pairs: (readonly [string, string])[] = [];
  const alone = new Set<string>();
  const elements = new Map<string, number>();
  const visit = (term: Term): void => {
    const pair = pairIn(term);
    if (pair !== null) {
      pairs.push(pair);
      for (const key of pair) joined.add(key);
      return;
    }
    if (term.kind === 'name') {
      alone.add(term.key);
      const [, base, index] = /^([^_^]+)_(\d|[ijkn])$/u.exec(term.key) ?? [];
      if (base !== undefined) elements.set(base, Math.max(elements.get(base) ?? 0, Number(index) || FEWEST));
    }
    for (const part of partsOf(term)) visit(part);
  };
  for (const { subject, members } of chains) {
    visit(subject);
    for (const { term } of members) if (term !== null) visit(term);
  }
  const vectors = new Map<string, number>();
  for (const [left, right] of pairs) {
    const count = Math.max(elements.get(left) ?? 0, elements.get(right) ?? 0);
    if (count === 0 || count > MOST || alone.has(left) || alone.has(right)) continue;
    for (const key of [left, right]) vectors.set(key, Math.max(vectors.get(key) ?? FEWEST, count));
  }
  // A name in two products has as many elements as its partners.
  if ([...joined].some((key) => vectors.has(key) !== vectors.has([...joined][0]))) return;
  const count = Math.max(0, ...vectors.values());
  if (count === 0) return;
  for (const [index, chain] of chains.entries())
    chains[index] = withTerms(chain, (name) => (vectors.has(name.key) ? listOf(name, count) : name));
}

function listOf({ key, from, to }: NameTerm, count: number): Term {
  const items = Array.from({ length: count }, (_, index): Term => {
    const element = `${key}_${index + 1}`;
    return { kind: 'name', key: element, spelling: element, from, to };
  });
  return { kind: 'list', items, from, to };
}

/** The names of `ωᵀx`; null for any other term. */
function pairIn(term: Term): readonly [string, string] | null {
  if (term.kind !== 'apply' || term.operation !== 'mul' || term.of.length !== 2) return null;
  const [left, right] = term.of;
  if (left.kind !== 'transpose' || left.of.kind !== 'name' || right.kind !== 'name') return null;
  const plain = [left.of.key, right.key].every((key) => /^\p{L}$/u.test(key));
  return plain ? [left.of.key, right.key] : null;
}

function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'apply':
    case 'call':
      return term.of;
    case 'list':
      return term.items;
    case 'slope':
    case 'transpose':
      return [term.of];
    case 'derivative':
      return term.of === null ? [term.by] : [term.of, term.by];
    case 'series':
      return [term.first, term.last, term.body].filter((part) => part !== null);
    case 'cases':
      return term.branches.flatMap(({ value, condition }) =>
        condition === null ? [value] : [value, condition],
      );
    default:
      return [];
  }
}
