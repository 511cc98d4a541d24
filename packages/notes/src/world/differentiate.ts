import { OPERATIONS } from '@backflow/engine';
import type { Formula, OperationName } from '@backflow/engine';
import type { Bound } from '../bound.ts';

/** Formulas grow when they are differentiated; beyond this many operations it is given up. */
const LARGEST = 20_000;

const ZERO: Bound = { kind: 'exact', value: 0 };
const ONE: Bound = { kind: 'exact', value: 1 };

/** With respect to what: a node of the graph, or a part of the formula (a function's parameter), by identity. */
export type Variable = { readonly node: number } | { readonly part: Bound };

/**
 * The derivative of a formula, by the rules that the table of operations shows. Null where there is no formula for it
 * (the derivative of a derivative by something else) or it grows too large.
 */
export function differentiate(bound: Bound, by: Variable): Bound | null {
  const budget = { left: LARGEST };
  const known = new Map<Bound, Bound | null>();
  const derivativeOf = (part: Bound): Bound | null => {
    let derivative = known.get(part);
    if (derivative === undefined) {
      derivative = --budget.left < 0 ? null : step(part);
      known.set(part, derivative);
    }
    return derivative;
  };

  const step = (part: Bound): Bound | null => {
    if ('part' in by && part === by.part) return ONE;
    switch (part.kind) {
      case 'literal':
      case 'exact':
        return ZERO;
      case 'value':
        if ('part' in by || (part.at ?? null) !== null) return ZERO;
        return part.node === by.node ? ONE : derivativeOfNode(part.node, by.node);
      case 'derivative':
        if ('part' in by) return ZERO;
        return part.by === by.node && part.order === 1 ? { ...part, order: 2, slots: [] } : null;
      case 'updated':
        return 'part' in by ? ZERO : null;
      case 'slope': {
        const inner = derivativeOf(part.of);
        if (inner === null || isZero(inner)) return inner;
        const rule = ruleOf(part.operation, [part.of], 0);
        const hole: Bound = { kind: 'exact', value: NaN };
        const outer = rule && differentiate(ruleOf(part.operation, [hole], 0)!, { part: hole });
        return outer && product(replaced(outer, hole, part.of), inner);
      }
      case 'apply': {
        const terms: Bound[] = [];
        for (const [slot, argument] of part.of.entries()) {
          const inner = derivativeOf(argument);
          if (inner === null) return null;
          if (isZero(inner)) continue;
          const outer = ruleOf(part.operation, part.of, slot);
          if (outer === null) return null;
          terms.push(product(outer, inner));
        }
        return terms.length === 0 ? ZERO : terms.reduce((sum, term) => apply('add', sum, term));
      }
    }
  };
  return derivativeOf(bound);
}

function derivativeOfNode(of: number, by: number): Bound {
  return by > of ? ZERO : { kind: 'derivative', of, by, slots: [], order: 1, at: null };
}

/** The partial derivative of an operation in one slot, at its arguments. */
function ruleOf(name: OperationName, of: readonly Bound[], slot: number): Bound | null {
  const operation = OPERATIONS[name];
  const given = [...of];
  for (const value of operation.defaults ?? []) if (given.length < 2) given.push({ kind: 'exact', value });
  if (typeof operation.arity === 'number' && given.length !== operation.arity) return null;
  const result: Bound = { kind: 'apply', operation: name, of: given };
  const convert = (formula: Formula): Bound => {
    if (typeof formula === 'number') return { kind: 'exact', value: formula };
    if (formula === 'result') return result;
    if ('input' in formula) return given[formula.input];
    return { kind: 'apply', operation: formula.operation, of: formula.of.map(convert) };
  };
  return convert(operation.rule(slot, given.length));
}

/** The same formula with one part, by identity, replaced by another. */
export function replaced(bound: Bound, part: Bound, by: Bound): Bound {
  const known = new Map<Bound, Bound>();
  const replace = (each: Bound): Bound => {
    if (each === part) return by;
    let result = known.get(each);
    if (result !== undefined) return result;
    if (each.kind === 'apply') result = { ...each, of: each.of.map(replace) };
    else if (each.kind === 'slope') result = { ...each, of: replace(each.of) };
    else result = each;
    known.set(each, result);
    return result;
  };
  return replace(bound);
}

function product(a: Bound, b: Bound): Bound {
  if (isZero(a) || isZero(b)) return ZERO;
  if (isOne(a)) return b;
  return isOne(b) ? a : apply('mul', a, b);
}

function apply(operation: OperationName, ...of: Bound[]): Bound {
  return { kind: 'apply', operation, of };
}

function isZero(bound: Bound): boolean {
  return bound.kind === 'exact' && bound.value === 0;
}

function isOne(bound: Bound): boolean {
  return bound.kind === 'exact' && bound.value === 1;
}
