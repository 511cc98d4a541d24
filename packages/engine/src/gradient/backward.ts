import type { Columns } from '../recording/columns.ts';
import { arityOf, InputReader, nodePartials } from '../recording/columns.ts';
import { NodeError, OperandError } from '../errors.ts';
import { linked } from '../tape/links.ts';
import { CODES } from '../operations/names.ts';
import { takenBranch } from '../operations/choices.ts';
import type { Recording } from '../recording/recording.ts';
import { sweep } from './sweep.ts';
import type { SweepObserver } from './sweep.ts';

const WHERE = CODES.where;

/** Throws NodeError unless the node is one of the recording. */
export function checkNode(where: string, { count }: Columns, node: number): void {
  if (!Number.isInteger(node) || node < 0 || node >= count) {
    throw new NodeError(where, node, `an index from 0 to ${count - 1}`);
  }
}

/**
 * The derivative of one node with respect to every node: one number per node, 0 for nodes that it does not depend
 * on. `of` is the node that is differentiated, by default the recording's output; `seed` the derivative of
 * whatever lies beyond it, by default 1. With `absoluteZero` 0 · ∞ counts as 0, which is NaN by default.
 *
 * Throws NodeError for a node that is not there, OperandError for anything but a recording.
 */
export function backward(
  recording: Recording,
  options: {
    readonly of?: number;
    readonly seed?: number;
    readonly observer?: SweepObserver;
    readonly absoluteZero?: boolean;
  } = {},
): Float64Array {
  if (typeof recording?.count !== 'number') {
    throw new OperandError('backward', recording, 'a recording; a Value y has y.backward()');
  }
  const { of = recording.output, seed = 1, observer = null, absoluteZero = false } = options;
  checkNode('backward', recording, of);
  const gradient = new Float64Array(recording.count);
  sweep(linked(recording), [of], [seed], gradient, observer, null, 0, absoluteZero);
  return gradient;
}

/**
 * True if an edge carries a gradient. Three kinds do not: to a constant, from a `where` to the input that it did not
 * take, and from a `where` to its condition, which only chooses.
 */
export function isLive(recording: Columns, node: number, slot: number): boolean {
  const start = recording.inputStart[node];
  if (recording.inputs[start + slot] < 0) return false;
  return recording.operation[node] !== WHERE || slot === takenSlot(recording, node);
}

/** The slot that a `where` took: 1 or 2, or -1 for neither (a condition that is NaN). */
export function takenSlot(recording: Columns, node: number, value = recording.value): 1 | 2 | -1 {
  const condition = recording.inputs[recording.inputStart[node]];
  return takenBranch(condition >= 0 ? value[condition] : recording.constants[~condition]);
}

/** 1 for every node that `of` depends on through live edges, itself included: the nodes that a sweep visits. */
export function reachable(recording: Columns, of: number): Uint8Array {
  checkNode('reachable', recording, of);
  const reached = new Uint8Array(recording.count);
  reached[of] = 1;
  for (let node = of; node >= 0; node--) {
    if (reached[node] === 0) continue;
    for (let slot = arityOf(recording, node) - 1; slot >= 0; slot--) {
      if (isLive(recording, node, slot)) reached[recording.inputs[recording.inputStart[node] + slot]] = 1;
    }
  }
  return reached;
}

/**
 * The local derivatives of a node, one per slot, at the recorded values; slots of constants included. Empty for a
 * leaf. The untaken input of a `where` and its condition have 0, though a sweep does not even look at them.
 */
export function partialsOf(recording: Columns, node: number): Float64Array {
  checkNode('partialsOf', recording, node);
  const partials = new Float64Array(arityOf(recording, node));
  nodePartials(recording, node, new InputReader(), partials);
  return partials;
}
