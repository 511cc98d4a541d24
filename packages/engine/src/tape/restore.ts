import { LEAF } from '../operations/names.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import type { Recording } from '../recording/recording.ts';
import { Tape } from './tape.ts';

/** A tape that begins with the nodes of a recording. */
class RestoredTape extends Tape {
  constructor(recording: Recording) {
    super();
    const { count, operation, inputStart, inputs, constants, value, skipped, spans, group } = recording;
    for (const constant of constants) this.pushNumber(constant);
    for (let node = 0; node < count; node++) {
      const code = operation[node];
      const start = inputStart[node];
      if (code === LEAF) {
        this.pushLeaf(value[node]);
        continue;
      }
      const { arity } = OPERATIONS_BY_CODE[code]!;
      if (arity === 1 || arity === 2) {
        this.push(code, inputs[start], arity === 1 ? 0 : inputs[start + 1], value[node]);
        continue;
      }
      const length = inputStart[node + 1] - start;
      const place = this.reserve(length);
      this.extra.set(inputs.subarray(start, start + length), place);
      this.push(code, place, length, value[node]);
    }
    for (const [constant, text] of recording.constantTexts) this.constantTexts.set(constant, text);
    for (const [node, name] of recording.names) this.setName(node, name);
    // As long as the other columns, so that they grow with them.
    const room = this.value.length;
    if (skipped.includes(1)) (this.skipped = new Uint8Array(room)).set(skipped);
    if (group !== null) (this.groupOf = new Int32Array(room).fill(-1)).set(group);
    if (spans !== null) (this.spans = new Int32Array(2 * room).fill(-1)).set(spans);
    for (const { name, parent } of recording.groups) this.groups.push({ name, parent });
  }
}

/**
 * A tape with the nodes of a recording, each at its own index, to go on recording on: `tape.at(node)` is its Value. Values
 * are the recorded ones, gradients are 0. What comes from elsewhere must have been checked: `recordingFromJson`,
 * `validateRecording`. O(nodes + inputs).
 */
export function tapeFromRecording(recording: Recording): Tape {
  return new RestoredTape(recording);
}
