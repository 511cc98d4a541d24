import { ArityError } from '../errors.ts';
import type { Operation } from './operation.ts';

/** The operands, followed by the constants that stand for those left out. */
export function withDefaults<T>(
  { arity, defaults = [] }: Operation,
  operands: readonly T[],
): readonly (T | number)[] {
  const missing = typeof arity === 'number' ? arity - operands.length : 0;
  return missing > 0 && missing <= defaults.length ? [...operands, ...defaults.slice(-missing)] : operands;
}

/** True if an operation can have this number of inputs. */
export function takes(operation: Operation, count: number): boolean {
  if (operation.arity !== 'many') return count === operation.arity;
  const { paired } = operation;
  return count > 0 && (paired === undefined || count % 2 === (paired === 'afterFirst' ? 1 : 0));
}

const INPUTS = { any: 'at least one', pairs: 'pairs of inputs', afterFirst: 'one input and pairs of inputs' };

/** Throws ArityError unless the operation can have this number of inputs. */
export function checkArity(operation: Operation, found: number): void {
  if (takes(operation, found)) return;
  const { name, arity, defaults = [] } = operation;
  if (arity === 'many')
    throw new ArityError(
      name,
      found,
      INPUTS[operation.paired === true ? 'pairs' : (operation.paired ?? 'any')],
    );
  throw new ArityError(
    name,
    found,
    defaults.length > 0 ? `${arity - defaults.length} or ${arity}` : String(arity),
  );
}
