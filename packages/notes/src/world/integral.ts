import type { OperationName } from '@backflow/engine';
import type { Term } from '../term.ts';
import { factorsOf, termsOfSum } from './alignment.ts';

/*
 * What a page must mean by y where it only says ∂y/∂x = F: a formula whose derivative by x is F. For F linear in x,
 * F = αx + β, that is F²/2α, which is (x − t)² for 2(x − t); for c/(αx + β) it is c/α · ln(αx + β); for F without x it is F·x.
 */

/** An antiderivative; null for formulas of another kind. `isBy` tells which names are x. */
export function antiderivative(term: Term, by: Term, isBy: (key: string) => boolean): Term | null {
  const line = linear(term, isBy);
  if (line !== null) return integral(term, line, by);
  let sum: Term | null = null;
  for (const { sign, term: part } of termsOfSum(term)) {
    const one = integralOfPart(part, by, isBy);
    if (one === null) return null;
    const signed = sign === 1 ? one : apply('neg', one);
    sum = sum === null ? signed : apply('add', sum, signed);
  }
  return sum;
}

interface Line {
  /** The factor of x; null for 0. */
  readonly slope: Term | null;
  readonly rest: Term | null;
}

function integral(term: Term, { slope }: Line, by: Term): Term {
  if (slope === null) return apply('mul', term, by);
  return apply('div', apply('pow', term, number(2, term)), apply('mul', number(2, term), slope));
}

function integralOfPart(part: Term, by: Term, isBy: (key: string) => boolean): Term | null {
  const line = linear(part, isBy);
  if (line !== null) return integral(part, line, by);
  // c/(αx + β)
  const { factors, sign } = factorsOf(part, true);
  const under = factors.filter(({ inverse, term }) => inverse && linear(term, isBy)?.slope !== null);
  const others = factors.filter((factor) => !under.includes(factor));
  if (under.length !== 1) return null;
  const below = linear(under[0].term, isBy);
  if (below === null || below.slope === null) return null;
  let product: Term = apply('div', apply('log', under[0].term), below.slope);
  for (const { term, inverse } of others) {
    if (linear(term, isBy)?.slope !== null) return null;
    product = apply(inverse ? 'div' : 'mul', product, term);
  }
  return sign === 1 ? product : apply('neg', product);
}

/** A formula as αx + β; null where it is not of that kind. The depth of a formula is limited by its reader. */
function linear(term: Term, isBy: (key: string) => boolean): Line | null {
  switch (term.kind) {
    case 'number':
    case 'constant':
      return { slope: null, rest: term };
    case 'name':
      return isBy(term.key) ? { slope: number(1, term), rest: null } : { slope: null, rest: term };
    case 'slope': {
      const of = linear(term.of, isBy);
      return of !== null && of.slope === null ? { slope: null, rest: term } : null;
    }
    case 'apply':
      break;
    default:
      return null;
  }
  const parts: Line[] = [];
  for (const part of term.of) {
    const line = linear(part, isBy);
    if (line === null) return null;
    parts.push(line);
  }
  if (parts.every(({ slope }) => slope === null)) return { slope: null, rest: term };
  const [left, right] = parts;
  switch (term.operation) {
    case 'neg':
      return { slope: negative(left.slope), rest: negative(left.rest) };
    case 'add':
    case 'sum':
      return parts.reduce((a, b) => ({ slope: plus(a.slope, b.slope), rest: plus(a.rest, b.rest) }));
    case 'sub':
      return {
        slope: plus(left.slope, negative(right.slope)),
        rest: plus(left.rest, negative(right.rest)),
      };
    case 'mul': {
      const [line, factor] = left.slope === null ? [right, left] : [left, right];
      if (factor.slope !== null || factor.rest === null || parts.length !== 2) return null;
      return { slope: times(line.slope, factor.rest), rest: times(line.rest, factor.rest) };
    }
    case 'div':
      if (right.slope !== null || right.rest === null) return null;
      return {
        slope: left.slope === null ? null : apply('div', left.slope, right.rest),
        rest: left.rest === null ? null : apply('div', left.rest, right.rest),
      };
    default:
      return null;
  }
}

function plus(a: Term | null, b: Term | null): Term | null {
  if (a === null || b === null) return a ?? b;
  return apply('add', a, b);
}

function times(a: Term | null, b: Term): Term | null {
  return a === null ? null : apply('mul', a, b);
}

function negative(term: Term | null): Term | null {
  return term === null ? null : apply('neg', term);
}

function apply(operation: OperationName, ...of: readonly Term[]): Term {
  return { kind: 'apply', operation, of, from: of[0].from, to: of[0].to };
}

function number(value: number, { from, to }: Term): Term {
  return { kind: 'number', value, unit: 1, integer: true, open: false, from, to };
}
