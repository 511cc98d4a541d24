import { EngineError } from '../errors.ts';
import type { Recording } from '../recording/recording.ts';
import type { Tape } from '../tape/tape.ts';
import type { Value } from '../tape/value.ts';
import { CHECKPOINT, placeOf, recordAgain } from './forgotten.ts';

/** What a checkpoint's function has recorded again: the nodes `[from, to)`, of which some are its outputs. */
interface Again {
  readonly from: number;
  readonly to: number;
  readonly outputs: readonly Value[];
}

/**
 * A recording of a tape with the nodes of its checkpoints in their places. It has more nodes than the tape, so unless
 * `shifted` says that the indices may be others, this throws EngineError where there is a checkpoint.
 */
export function unfold(tape: Tape, whole: Recording, shifted: boolean): Recording {
  const found = checkpoints(tape, 0, whole.count);
  if (found.length === 0) return whole;
  if (!shifted) {
    throw new EngineError(
      'record: found a checkpoint, whose nodes have no index on the tape, expected none. record(output) has them all.',
    );
  }
  const mark = tape.mark();
  const again = new Map<number, Again>();
  let full: Recording;
  try {
    for (let next = found.pop(); next !== undefined; next = found.pop()) {
      const from = tape.count;
      const outputs = recordAgain(placeOf(tape, next)!.forgotten);
      again.set(next, { from, to: tape.count, outputs });
      found.push(...checkpoints(tape, from, tape.count));
    }
    full = tape.recordNode(whole.output);
  } finally {
    tape.reset(mark);
  }
  return inOrder(full, whole, again);
}

/** The first nodes of the checkpoints between two nodes of a tape. */
function checkpoints(tape: Tape, from: number, to: number): number[] {
  const found: number[] = [];
  for (let node = from; node < to; node++) if (placeOf(tape, node)?.output === 0) found.push(node);
  return found;
}

/** Everything in an order in which inputs precede their users, each checkpoint replaced by what it recorded again. */
function inOrder(full: Recording, whole: Recording, again: ReadonlyMap<number, Again>): Recording {
  const origin: number[] = [];
  const place = new Int32Array(full.count).fill(-1);
  const names = new Map<number, string>();
  const group = full.group === null ? null : new Array<number>();
  const groups = full.groups.map(({ name, parent }) => ({ name, parent }));

  const emit = (from: number, to: number, around: number): void => {
    for (let node = from; node < to; node++) {
      const own = groupIn(full, groups, whole.groups.length, node, around);
      const part = again.get(node);
      if (part !== undefined) {
        emit(part.from, part.to, own);
        part.outputs.forEach(({ index }, i) => (place[node + i] = place[index]));
      } else if (full.operation[node] !== CHECKPOINT) {
        place[node] = origin.push(node) - 1;
        group?.push(own);
      }
      const name = full.names.get(node);
      if (name !== undefined) names.set(place[node], name);
    }
  };
  emit(0, whole.count, -1);

  const { spans } = full;
  const inputStart = new Int32Array(origin.length + 1);
  const inputs: number[] = [];
  origin.forEach((node, at) => {
    for (let slot = full.inputStart[node]; slot < full.inputStart[node + 1]; slot++) {
      const entry = full.inputs[slot];
      inputs.push(entry < 0 ? entry : place[entry]);
    }
    inputStart[at + 1] = inputs.length;
  });
  return {
    ...full,
    count: origin.length,
    operation: Uint8Array.from(origin, (node) => full.operation[node]),
    inputStart,
    inputs: Int32Array.from(inputs),
    value: Float64Array.from(origin, (node) => full.value[node]),
    skipped: Uint8Array.from(origin, (node) => full.skipped[node]),
    names,
    spans: spans && Int32Array.from(origin.flatMap((node) => [spans[2 * node], spans[2 * node + 1]])),
    group: group && Int32Array.from(group),
    groups,
    output: place[whole.output],
  };
}

/** The group of a node; of one that was recorded again, inside the group `around` it. */
function groupIn(
  full: Recording,
  groups: { readonly name: string; parent: number }[],
  known: number,
  node: number,
  around: number,
): number {
  const own = full.group === null ? -1 : full.group[node];
  if (own < 0) return around;
  let top = own;
  while (groups[top].parent >= known) top = groups[top].parent;
  if (top >= known && groups[top].parent < 0) groups[top].parent = around;
  return own;
}
