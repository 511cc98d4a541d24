import { arityOf, InputReader, nodePartials } from '../recording/columns.ts';
import type { Columns } from '../recording/columns.ts';
import { EngineError } from '../errors.ts';
import { checkNode, isLive } from './backward.ts';

/**
 * Forward mode: the tangent of every node when the nodes move as `direction` says (one number per node; usually 1 at
 * one leaf and 0 elsewhere, which gives the derivative of everything with respect to that leaf). A direction given
 * to a computed node is added to what its inputs pass on.
 *
 * It shares nothing with the reverse sweep but the table, so that one is a witness for the other. Nodes that do not
 * depend on a moved one stay at 0 whatever their local derivatives are: there is no 0 · ∞ without a path.
 */
export function forward(recording: Columns, direction: ArrayLike<number>): Float64Array {
  const { count, inputStart, inputs } = recording;
  if (direction.length !== count) {
    throw new EngineError(
      `forward: found ${direction.length} numbers in the direction, expected one per node, ${count}.`,
    );
  }
  const tangent = new Float64Array(count);
  const moved = new Uint8Array(count);
  const reader = new InputReader();
  let partials = new Float64Array(4);
  for (let node = 0; node < count; node++) {
    tangent[node] = direction[node];
    if (direction[node] !== 0) moved[node] = 1;
    const start = inputStart[node];
    const arity = arityOf(recording, node);
    let inputsMoved = false;
    for (let slot = 0; slot < arity; slot++) {
      const input = inputs[start + slot];
      if (input >= 0 && moved[input] === 1 && isLive(recording, node, slot)) inputsMoved = true;
    }
    if (!inputsMoved) continue;
    moved[node] = 1;
    if (partials.length < arity) partials = new Float64Array(2 * arity);
    nodePartials(recording, node, reader, partials);
    for (let slot = 0; slot < arity; slot++) {
      const input = inputs[start + slot];
      if (input >= 0 && moved[input] === 1 && isLive(recording, node, slot)) {
        tangent[node] += partials[slot] * tangent[input];
      }
    }
  }
  return tangent;
}

/**
 * Σ over all paths from a node to `of` of |product of local derivatives|, for every node: the size of what is
 * added up into its gradient. Rounding errors of a gradient are to be measured against it, not against the gradient
 * itself, which may have cancelled.
 */
export function absoluteBackward(recording: Columns, of: number): Float64Array {
  checkNode('absoluteBackward', recording, of);
  const total = new Float64Array(recording.count);
  const reached = new Uint8Array(recording.count);
  const reader = new InputReader();
  let partials = new Float64Array(4);
  total[of] = 1;
  reached[of] = 1;
  for (let node = of; node >= 0; node--) {
    if (reached[node] === 0) continue;
    const arity = arityOf(recording, node);
    if (partials.length < arity) partials = new Float64Array(2 * arity);
    nodePartials(recording, node, reader, partials);
    for (let slot = 0; slot < arity; slot++) {
      if (!isLive(recording, node, slot)) continue;
      const input = recording.inputs[recording.inputStart[node] + slot];
      reached[input] = 1;
      total[input] += Math.abs(partials[slot]) * total[node];
    }
  }
  return total;
}
