import { InputReader, operationOf } from '../recording/columns.ts';
import { isLive } from '../gradient/backward.ts';
import { differenceAt, partialsAt } from './local-difference.ts';
import type { OperationName } from '../operations/names.ts';
import type { Recording } from '../recording/recording.ts';

/** An operation whose partial derivative is not the slope of its own value, at the inputs it has. */
export interface Blame {
  readonly node: number;
  readonly name: string | undefined;
  readonly operation: OperationName;
  readonly slot: number;
  readonly inputs: readonly number[];
  /** The partial derivative of the table, or of the definition. */
  readonly found: number;
  /** What extrapolated differences of the operation's value say, and how far that may be off. */
  readonly expected: number;
  readonly error: number;
}

/** Rounding of a partial derivative itself. */
const ROUNDING = 1e-12;

/**
 * The operations to blame between a leaf and the output: those whose partial derivative by an input that depends on the
 * leaf differs from local differences by more than these may be off. First what moves the gradient most.
 */
export function blamed(
  recording: Recording,
  gradient: Float64Array,
  leaf: number,
  cone: readonly number[],
): readonly Blame[] {
  const moved = new Set([leaf, ...cone]);
  const reader = new InputReader();
  const found: { readonly blame: Blame; readonly weight: number }[] = [];
  for (const node of cone) {
    const operation = operationOf(recording, node);
    if (operation === null) continue;
    const inputs = [...reader.read(recording, node)];
    const y = recording.value[node];
    const partials = partialsAt(operation, inputs, y);
    const kinked = operation.kinks?.(inputs) ?? [];
    for (let slot = 0; slot < inputs.length; slot++) {
      const entry = recording.inputs[recording.inputStart[node] + slot];
      if (!moved.has(entry) || !isLive(recording, node, slot)) continue;
      if (kinked.some((kink) => kink.slot === slot)) continue;
      const difference = differenceAt(operation, inputs, slot, y);
      if (difference === null) continue;
      const off = Math.abs(partials[slot] - difference.slope);
      if (Number.isFinite(off) && off <= difference.error + ROUNDING * Math.abs(partials[slot])) continue;
      const blame: Blame = {
        node,
        name: recording.names.get(node),
        operation: operation.name,
        slot,
        inputs,
        found: partials[slot],
        expected: difference.slope,
        error: difference.error,
      };
      found.push({ blame, weight: Math.abs(gradient[node]) * off });
    }
  }
  return found.sort((a, b) => (b.weight || 0) - (a.weight || 0)).map(({ blame }) => blame);
}
