import type { OperationName } from '@backflow/engine';
import type { Span } from '@backflow/language';
import type { NumberTerm, Term, Unreadable } from '../term.ts';

/** Why reading stopped. */
export class ReadingError extends Error {
  readonly unreadable: Unreadable;

  constructor(unreadable: Unreadable) {
    super(unreadable.code);
    this.unreadable = unreadable;
  }
}

/** A longer sum or product becomes one operation of many terms, so that terms stay shallow. */
const LONGEST_NEST = 32;

export function apply(
  operation: OperationName,
  of: readonly Term[],
  span: Span = { from: of[0].from, to: of.at(-1)!.to },
  juxtaposed = false,
): Term {
  const { from, to } = span;
  return juxtaposed
    ? { kind: 'apply', operation, of, juxtaposed, from, to }
    : { kind: 'apply', operation, of, from, to };
}

/** A whole number that nobody wrote, as the 2 of `x²` where it is not a token of its own. */
export function whole(value: number, { from, to }: Span): NumberTerm {
  return { kind: 'number', value, unit: 1, integer: true, open: false, from, to };
}

export interface Summand {
  readonly term: Term;
  readonly negative: boolean;
}

/** Sums left to right. */
export function sumOf(terms: readonly Summand[]): Term {
  const first = terms[0].term;
  if (terms.length <= LONGEST_NEST) {
    return terms
      .slice(1)
      .reduce((left, { term, negative }) => apply(negative ? 'sub' : 'add', [left, term]), first);
  }
  return apply(
    'sum',
    terms.map(({ term, negative }) => (negative ? apply('neg', [term]) : term)),
  );
}

export interface Factor {
  readonly term: Term;
  readonly by: '*' | '/' | 'juxtaposed';
}

/** Products and quotients left to right. */
export function productOf(factors: readonly Factor[]): Term {
  const first = factors[0].term;
  if (factors.length <= LONGEST_NEST) {
    return factors
      .slice(1)
      .reduce(
        (left, { term, by }) =>
          apply(by === '/' ? 'div' : 'mul', [left, term], undefined, by === 'juxtaposed'),
        first,
      );
  }
  const above = factors.filter(({ by }, i) => i === 0 || by !== '/').map(({ term }) => term);
  const below = factors.filter(({ by }, i) => i > 0 && by === '/').map(({ term }) => term);
  const upper = above.length === 1 ? above[0] : apply('prod', above, spanOf(above));
  return below.length === 0
    ? upper
    : apply('div', [upper, below.length === 1 ? below[0] : apply('prod', below, spanOf(below))]);
}

function spanOf(terms: readonly Term[]): Span {
  return { from: terms[0].from, to: terms.at(-1)!.to };
}

/** The parts of a term. */
function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'apply':
      return term.of;
    case 'call':
      return [term.callee, ...term.of];
    case 'slope':
    case 'transpose':
      return [term.of];
    case 'derivative':
      return [...(term.of === null ? [] : [term.of]), term.by, ...term.at.map(({ value }) => value)];
    case 'series':
      return [term.first, term.last, term.body].filter((part) => part !== null);
    case 'list':
      return term.items;
    case 'cases':
      return term.branches.flatMap(({ value, condition }) =>
        condition === null ? [value] : [value, condition],
      );
    default:
      return [];
  }
}

/** How deep a term is nested; found without recursion. */
export function heightOf(term: Term): number {
  let height = 0;
  let level: readonly Term[] = [term];
  for (; level.length > 0; height++) level = level.flatMap(partsOf);
  return height;
}
