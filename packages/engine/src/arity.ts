import { ArityError } from './errors.ts';
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
  return count > 0 && !(operation.paired && count % 2 === 1);
}

/** Throws ArityError unless the operation can have this number of inputs. */
export function checkArity(operation: Operation, found: number): void {
  if (takes(operation, found)) return;
  const { name, arity, defaults = [] } = operation;
  if (arity === 'many')
    throw new ArityError(name, found, operation.paired ? 'pairs of inputs' : 'at least one');
  throw new ArityError(
    name,
    found,
    defaults.length > 0 ? `${arity - defaults.length} or ${arity}` : String(arity),
  );
}
