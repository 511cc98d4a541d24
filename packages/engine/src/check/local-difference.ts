import { mostExact, ridders } from './difference.ts';
import type { Difference } from './difference.ts';
import type { Operation } from '../operations/operation.ts';

/** How inexact a difference may be to be worth anything. */
const USEFUL = 1e-3;

/** The value of an operation at its inputs. */
export function valueAt(operation: Operation, x: ArrayLike<number>): number {
  if (operation.arity === 1) return operation.value(x[0]);
  return operation.arity === 2 ? operation.value(x[0], x[1]) : operation.value(x);
}

/** Its partial derivatives there, one per slot; y is its value. */
export function partialsAt(operation: Operation, x: ArrayLike<number>, y: number): Float64Array {
  const out = new Float64Array(x.length);
  if (operation.arity === 1) out[0] = operation.partials[0](x[0], y);
  else if (operation.arity === 2) {
    out[0] = operation.partials[0](x[0], x[1], y);
    out[1] = operation.partials[1](x[0], x[1], y);
  } else operation.partials(x, y, out);
  return out;
}

/**
 * Σ |input · its partial derivative|: what a sum is made of, and what rounding inside it is measured against. One slot may
 * be left out. Inputs at which that is not finite do not count.
 */
export function sizeOfTerms(operation: Operation, x: ArrayLike<number>, y: number, except = -1): number {
  let size = 0;
  partialsAt(operation, x, y).forEach((partial, slot) => {
    const term = Math.abs(x[slot] * partial);
    if (slot !== except && Number.isFinite(term)) size += term;
  });
  return size;
}

/** The slope of one operation by one of its inputs from values alone; null where no step is of use. */
export function differenceAt(
  operation: Operation,
  point: ArrayLike<number>,
  slot: number,
  y: number,
): Difference | null {
  const low = Float64Array.from(point);
  const high = Float64Array.from(point);
  const x = point[slot];
  const scale = Math.max(1, Math.abs(x));
  const at = (step: number) => {
    const exact = Math.abs(x) + step - Math.abs(x);
    low[slot] = x - exact;
    high[slot] = x + exact;
    const crosses = operation.crosses?.(low, point) === true || operation.crosses?.(point, high) === true;
    const swings = operation.period !== undefined && 2 * exact > operation.period / 6;
    if (crosses || swings || exact === 0) return null;
    return [valueAt(operation, low), valueAt(operation, high), high[slot] - low[slot]] as const;
  };
  const others = operation.arity === 'many' ? sizeOfTerms(operation, point, y, slot) : 0;
  const noise = 8 * Number.EPSILON * (Math.abs(y) + others);
  const found = [1e-1, 1e-2, 1e-3, 1e-4, 1e-6].flatMap(
    (factor) => ridders({ at, middle: y, scale, noise }, factor * scale) ?? [],
  );
  const best = mostExact(found);
  return best !== null && best.error <= USEFUL * Math.max(1, Math.abs(best.slope)) ? best : null;
}
