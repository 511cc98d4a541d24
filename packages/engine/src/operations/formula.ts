import type { OperationName } from './names.ts';

/**
 * A formula over the inputs and the result of one operation, as data: it can be printed with the
 * reader's names, printed with numbers, evaluated, or recorded as a graph again.
 */
export type Formula =
  | number
  /** The operation's input in this slot. */
  | { readonly input: number }
  /** The operation's own result. */
  | 'result'
  | { readonly operation: OperationName; readonly of: readonly Formula[] };

/** In a formula, the operation's input in a slot, from 0. */
export function input(slot: number): Formula {
  return { input: slot };
}

/** In a formula, an operation applied to formulas: `term('mul', input(0), 2)`. */
export function term(operation: OperationName, ...of: Formula[]): Formula {
  return { operation, of };
}

/** All inputs of an operation of `arity` inputs, but the one in `slot`. */
export function otherInputs(slot: number, arity: number): Formula[] {
  const others: Formula[] = [];
  for (let other = 0; other < arity; other++) if (other !== slot) others.push(input(other));
  return others;
}

/** 1 where a condition holds, 0 elsewhere. */
export function indicator(comparison: OperationName, a: Formula, b: Formula): Formula {
  return term('where', term(comparison, a, b), 1, 0);
}
