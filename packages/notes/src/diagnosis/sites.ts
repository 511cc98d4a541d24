import type { OperationName } from '@backflow/engine';
import type { Bound } from '../bound.ts';

/** A part of a formula, and the formula with something else in its place. */
export interface Site {
  readonly part: Bound;
  /** The operation it is an operand of, and in which slot; null at the top. */
  readonly parent: {
    readonly operation: OperationName | 'slope';
    readonly slot: number;
    readonly bound: Bound;
  } | null;
  readonly replace: (by: Bound) => Bound;
}

const MOST_SITES = 400;

/** All parts of a formula, the whole first. Formulas are at most 200 deep. */
export function sitesOf(whole: Bound): Site[] {
  const found: Site[] = [];
  const visit = (part: Bound, parent: Site['parent'], replace: (by: Bound) => Bound): void => {
    if (found.length >= MOST_SITES) return;
    found.push({ part, parent, replace });
    if (part.kind === 'slope') {
      visit(part.of, { operation: 'slope', slot: 0, bound: part }, (by) => replace({ ...part, of: by }));
    } else if (part.kind === 'apply') {
      for (const [slot, inner] of part.of.entries()) {
        visit(inner, { operation: part.operation, slot, bound: part }, (by) =>
          replace({ ...part, of: part.of.map((other, at) => (at === slot ? by : other)) }),
        );
      }
    }
  };
  visit(whole, null, (by) => by);
  return found;
}

export function exact(value: number): Bound {
  return { kind: 'exact', value };
}

export function applied(operation: OperationName, ...of: readonly Bound[]): Bound {
  return { kind: 'apply', operation, of };
}

export function negated(bound: Bound): Bound {
  return bound.kind === 'apply' && bound.operation === 'neg' ? bound.of[0] : applied('neg', bound);
}

/** Factors of the products that a formula is a sum of, each with what it is divided by left out; null where too many. */
export function monomials(bound: Bound): readonly (readonly Bound[])[] | null {
  if (bound.kind !== 'apply') return [[bound]];
  switch (bound.operation) {
    case 'neg':
      return monomials(bound.of[0]);
    case 'add':
    case 'sub':
    case 'sum':
    case 'mean': {
      const terms = bound.of.map(monomials);
      if (terms.includes(null)) return null;
      const all = terms.flatMap((term) => term ?? []);
      return all.length > 256 ? null : all;
    }
    case 'mul':
    case 'prod': {
      let products: readonly (readonly Bound[])[] = [[]];
      for (const factor of bound.of) {
        const terms = monomials(factor);
        if (terms === null || products.length * terms.length > 256) return null;
        products = products.flatMap((product) => terms.map((term) => [...product, ...term]));
      }
      return products;
    }
    default:
      return [[bound]];
  }
}
