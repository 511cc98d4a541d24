import { InputReader, nodeValue } from './columns.ts';
import { NodeError, OperandError } from '../errors.ts';
import { checkNode, takenSlot } from '../gradient/backward.ts';
import { CODES, LEAF } from '../operations/names.ts';
import type { Recording } from './recording.ts';

/**
 * The same computation with other numbers in some leaves. `where` chooses anew, and only what it takes counts as
 * evaluated. The result shares every column but `value` and `skipped` with the recording it was made from.
 *
 * Throws NodeError for a node that is not a leaf, OperandError for a change that is not a number.
 */
export function evaluate(recording: Recording, changes: ReadonlyMap<number, number>): Recording {
  const value = recording.value.slice();
  for (const [node, data] of changes) {
    checkNode('evaluate', recording, node);
    if (recording.operation[node] !== LEAF) throw new NodeError('evaluate', node, 'a leaf');
    if (typeof data !== 'number') throw new OperandError('evaluate', data, 'a number');
    value[node] = data;
  }
  const reader = new InputReader();
  for (let node = 0; node < recording.count; node++) value[node] = nodeValue(recording, node, reader, value);

  const skipped = skippedNodes(recording, value);
  for (let node = 0; node < recording.count; node++) if (skipped[node] === 1) value[node] = NaN;
  return { ...recording, value, skipped };
}

/**
 * 1 for every node that exists only for inputs that no `where` took. A node with a name of its own counts as evaluated
 * (the writer gave it a line outside the branch) unless it was recorded as skipped.
 */
function skippedNodes(recording: Recording, value: Float64Array): Uint8Array {
  const { count, operation, inputStart, inputs, names, output } = recording;
  const skipped = new Uint8Array(count);
  const used = new Uint8Array(count);
  const needed = new Uint8Array(count);
  for (let node = count - 1; node >= 0; node--) {
    if (operation[node] !== LEAF && node !== output && needed[node] === 0) {
      const inBranch = recording.skipped[node] === 1 || (used[node] === 1 && !names.has(node));
      if (inBranch) skipped[node] = 1;
    }
    const isWhere = operation[node] === CODES.where;
    const taken = isWhere ? takenSlot(recording, node, value) : -1;
    const start = inputStart[node];
    for (let at = start; at < inputStart[node + 1]; at++) {
      const input = inputs[at];
      if (input < 0) continue;
      used[input] = 1;
      if (skipped[node] === 0 && (!isWhere || at === start || at - start === taken)) needed[input] = 1;
    }
  }
  return skipped;
}
