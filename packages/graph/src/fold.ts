import { codeOf, expand, isExpandable, keysOf, type Recording } from '@backflow/engine';
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
 * The recording as it is drawn. Every run of + and − is one sum: `a + b − c + d` is recorded as three two-operand
 * nodes and becomes one `signedSum` with a pair (sign, term) per term, in the writer's order. Nodes whose key is in
 * `open` are drawn in their parts: such runs, and what was recorded with many inputs, as two-operand operations
 * (`expand`). Values stay the same bit for bit, since terms are added from left to right as before; gradients of all
 * kept nodes stay the same to rounding.
 *
 * The inner nodes of a run are the unnamed left operands that nobody else uses; a right operand in
 * parentheses keeps its own node, and so does a part of another group. Runs of fewer than three terms stay
 * as they are.
 *
 * Keys are those of the drawing with everything closed, whatever is open.
 */
export function foldSums(recording: Recording, open: ReadonlySet<string> = new Set()): Folded {
  const { runs, ...closed } = foldRuns(recording);
  if (open.size === 0) return closed;
  const keys = keysOf(closed.recording);
  const opened = keys.flatMap((key, node) =>
    open.has(key) && isExpandable(closed.recording, node) ? [node] : [],
  );
  if (opened.length === 0) return closed;
  return openNodes(recording, { ...closed, recording: { ...closed.recording, keys } }, runs, opened);
}

/** Draws nodes of a closed drawing in their parts, and says what these are in the full recording. */
function openNodes(
  { count, spans }: Recording,
  closed: Folded,
  runs: Int32Array,
  opened: readonly number[],
): Folded {
  const { recording, origin: ofClosed } = expand(closed.recording, opened);
  const origin = ofClosed.map((node) => closed.origin[node]);
  const isOpen = new Uint8Array(closed.recording.count);
  for (const node of opened) isOpen[node] = 1;
  // The parts of a run are nodes of the full recording: from its result back to its first sum.
  for (let at = origin.length - 1; at > 0; at--) {
    const node = ofClosed[at];
    if (isOpen[node] === 1 && closed.folded[node] === 1 && ofClosed[at - 1] === node)
      origin[at - 1] = runs[origin[at]];
  }
  const place = new Int32Array(closed.recording.count);
  for (let at = 0; at < origin.length; at++) place[ofClosed[at]] = at;
  const shown = Int32Array.from({ length: count }, (_, node) => place[closed.shown[node]]);
  // What is recorded with many inputs stands as the origin of its parts and of itself, itself last.
  for (let at = 0; at < origin.length; at++) shown[origin[at]] = at;
  return {
    recording: {
      ...recording,
      spans:
        spans &&
        Int32Array.from({ length: 2 * origin.length }, (_, k) => spans[2 * origin[k >> 1] + (k & 1)]),
    },
    origin,
    shown,
    folded: Uint8Array.from(ofClosed, (node) => (isOpen[node] === 1 ? 0 : closed.folded[node])),
  };
}

/** The drawing with everything closed; `runs` has for each sum of a run the sum inside it, −1 for the first. */
function foldRuns(recording: Recording): Folded & { readonly runs: Int32Array } {
  const { count, operation, inputStart, inputs, group, names, skipped } = recording;
  const uses = useCounts(usesOf(recording));
  const isRun = (node: number): boolean => operation[node] === ADD || operation[node] === SUB;

  // `inner[v]`: v is absorbed by the sum that uses it. `terms[v]`: the terms of the run that ends in v.
  const inner = new Uint8Array(count);
  const runs = new Int32Array(count).fill(-1);
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
    if (!absorbs) continue;
    inner[left] = 1;
    runs[node] = left;
  }
  const folds = (node: number): boolean => terms[node] > 2;

  let kept = 0;
  let slots = 0;
  for (let node = 0; node < count; node++) {
    if (inner[node]) continue;
    kept++;
    slots += folds(node) ? 2 * terms[node] : inputStart[node + 1] - inputStart[node];
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
    if (folds(node)) {
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
    runs,
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
