import { codeOf, keysOf, type Recording } from '@backflow/engine';
import { useCounts, usesOf } from './uses.ts';

const ADD = codeOf('add');
const SUB = codeOf('sub');
const SIGNED_SUM = codeOf('signedSum');

/** A recording as it is shown, and how its nodes belong to those of the full one. */
export interface Folded {
  readonly recording: Recording;
  /** Per shown node, its node of the full recording. */
  readonly origin: Int32Array;
  /** Per node of the full recording, the shown node that it is or, for an inner sum, that it is part of. */
  readonly shown: Int32Array;
  /** Per shown node, 1 where it stands for a whole run of + and −. */
  readonly folded: Uint8Array;
}

/**
 * Draws every run of + and − as one sum: `a + b − c + d` is recorded as three two-operand nodes and becomes
 * one `signedSum` with a pair (sign, term) per term, in the writer's order. Values stay the same bit for
 * bit, since terms are added from left to right as before; gradients of all kept nodes stay the same to
 * rounding.
 *
 * The inner nodes of a run are the unnamed left operands that nobody else uses; a right operand in
 * parentheses keeps its own node, and so does a part of another group. Runs of fewer than three terms stay
 * as they are, and so do those whose result has its key (`keysOf` of the full recording) in `open`.
 */
export function foldSums(recording: Recording, open: ReadonlySet<string> = new Set()): Folded {
  const { count, operation, inputStart, inputs, group, names, skipped } = recording;
  const keys = open.size > 0 ? keysOf(recording) : null;
  const uses = useCounts(usesOf(recording));
  const isRun = (node: number): boolean => operation[node] === ADD || operation[node] === SUB;

  // `inner[v]`: v is absorbed by the sum that uses it. `terms[v]`: the terms of the run that ends in v.
  const inner = new Uint8Array(count);
  const terms = new Int32Array(count);
  for (let node = 0; node < count; node++) {
    if (!isRun(node)) continue;
    const left = inputs[inputStart[node]];
    const absorbs =
      left >= 0 &&
      isRun(left) &&
      uses[left] === 1 &&
      left !== recording.output &&
      !names.has(left) &&
      skipped[left] === skipped[node] &&
      (group === null || group[left] === group[node]);
    terms[node] = absorbs ? terms[left] + 1 : 2;
    if (absorbs) inner[left] = 1;
  }
  // What becomes of a run is decided at its result, and holds for all of it.
  const UNDECIDED = 0;
  const FOLDS = 1;
  const STAYS = 2;
  const fate = new Uint8Array(count);
  for (let node = count - 1; node >= 0; node--) {
    if (!isRun(node)) continue;
    if (fate[node] === UNDECIDED) {
      fate[node] = terms[node] < 3 || (keys !== null && open.has(keys[node])) ? STAYS : FOLDS;
    }
    const left = inputs[inputStart[node]];
    if (left < 0 || !inner[left]) continue;
    fate[left] = fate[node];
    if (fate[node] === STAYS) inner[left] = 0;
  }

  let kept = 0;
  let slots = 0;
  for (let node = 0; node < count; node++) {
    if (inner[node]) continue;
    kept++;
    slots += fate[node] === FOLDS ? 2 * terms[node] : inputStart[node + 1] - inputStart[node];
  }
  const plus = recording.constants.length;
  const constants = new Float64Array(plus + 2);
  constants.set(recording.constants);
  constants[plus] = 1;
  constants[plus + 1] = -1;

  const origin = new Int32Array(kept);
  const shown = new Int32Array(count);
  const folded = new Uint8Array(kept);
  const newOperation = new Uint8Array(kept);
  const newStart = new Int32Array(kept + 1);
  const newInputs = new Int32Array(slots);
  const newNames = new Map<number, string>();
  const rename = (entry: number): number => (entry >= 0 ? shown[entry] : entry);
  let next = 0;
  let slot = 0;
  for (let node = 0; node < count; node++) {
    if (inner[node]) continue;
    newStart[next] = slot;
    if (fate[node] === FOLDS) {
      // From the last term back to the first.
      let at = slot + 2 * terms[node];
      slot = at;
      let run = node;
      for (;;) {
        shown[run] = next;
        newInputs[--at] = rename(inputs[inputStart[run] + 1]);
        newInputs[--at] = operation[run] === ADD ? ~plus : ~(plus + 1);
        const left = inputs[inputStart[run]];
        if (left >= 0 && inner[left]) {
          run = left;
          continue;
        }
        newInputs[--at] = rename(left);
        newInputs[--at] = ~plus;
        break;
      }
      newOperation[next] = SIGNED_SUM;
      folded[next] = 1;
    } else {
      for (let k = inputStart[node]; k < inputStart[node + 1]; k++) newInputs[slot++] = rename(inputs[k]);
      newOperation[next] = operation[node];
    }
    const name = names.get(node);
    if (name !== undefined) newNames.set(next, name);
    origin[next] = node;
    shown[node] = next++;
  }
  newStart[kept] = slot;

  const { spans } = recording;
  return {
    origin,
    shown,
    folded,
    recording: {
      count: kept,
      operation: newOperation,
      inputStart: newStart,
      inputs: newInputs,
      constants,
      constantTexts: recording.constantTexts,
      value: Float64Array.from(origin, (node) => recording.value[node]),
      skipped: Uint8Array.from(origin, (node) => skipped[node]),
      names: newNames,
      spans: spans && Int32Array.from({ length: 2 * kept }, (_, k) => spans[2 * origin[k >> 1] + (k & 1)]),
      group: group && Int32Array.from(origin, (node) => group[node]),
      groups: recording.groups,
      output: shown[recording.output],
    },
  };
}
