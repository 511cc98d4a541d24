import { isLive, operationOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';

/** What a sweep needs the values of, in the order in which they are computed. */
export interface Schedule {
  readonly recording: Recording;
  /** The node that is differentiated; the last one of `order`. */
  readonly of: number;
  /** The leaves that `of` is computed from, ascending. Their values are always there. */
  readonly leaves: readonly number[];
  /** The computed nodes that `of` is computed from, itself included, in recording order. */
  readonly order: Int32Array;
  /** Per place in `order`, the last place that uses the value; its own place for `of`. */
  readonly lastUse: Int32Array;
}

/**
 * What recomputing from checkpoints costs. With k checkpoints the order is cut into k + 1 stretches of nearly the same
 * length. The first pass keeps the values that are used in a later stretch than their own; of the others it keeps those
 * of the last stretch alone. The sweep goes through the stretches from the last to the first, and evaluates each one
 * again before it comes to it. A value has a cell, and while the sweep goes on, so has its gradient.
 */
export interface CheckpointCost {
  readonly checkpoints: number;
  /** Values of computed nodes that are used across a cut. */
  readonly kept: number;
  /** The most cells in use at once: values and gradients, those of the leaves included. */
  readonly peakCells: number;
  /** Nodes that are evaluated a second time. */
  readonly again: number;
}

/** Bytes of a cell: a double. */
export const CELL_BYTES = 8;

/** Which nodes have to be evaluated for `of`, and how long each value is needed. O(nodes + uses). */
export function scheduleOf(recording: Recording, of: number = recording.output): Schedule {
  const { inputStart, inputs, operation } = recording;
  const needed = new Uint8Array(of + 1);
  const lastUser = new Int32Array(of + 1);
  needed[of] = 1;
  lastUser[of] = of;
  let computed = 0;
  for (let node = of; node >= 0; node--) {
    if (needed[node] === 0 || operation[node] === 0) continue;
    computed++;
    for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
      const input = inputs[at];
      if (input < 0 || !isRead(recording, node, at - inputStart[node])) continue;
      if (needed[input] === 0) lastUser[input] = node;
      needed[input] = 1;
    }
  }
  const order = new Int32Array(computed);
  const place = new Int32Array(of + 1);
  const leaves: number[] = [];
  let next = 0;
  for (let node = 0; node <= of; node++) {
    if (needed[node] === 0) continue;
    if (operation[node] === 0) {
      leaves.push(node);
      continue;
    }
    place[node] = next;
    order[next++] = node;
  }
  return { recording, of, leaves, order, lastUse: order.map((node) => place[lastUser[node]]) };
}

/** False for the branch of a `where` that was not taken: all others, also the condition, have to be evaluated. */
function isRead(recording: Recording, node: number, slot: number): boolean {
  return slot === 0 || operationOf(recording, node)?.name !== 'where' || isLive(recording, node, slot);
}

/** The place in `order` at which a stretch begins; `stretch` from 0 to k + 1, where the last one's end stands. */
export function stretchStart({ order }: Schedule, checkpoints: number, stretch: number): number {
  return Math.floor((stretch * order.length) / (checkpoints + 1));
}

/** The largest number of checkpoints: every stretch has a node. */
export function mostCheckpoints({ order }: Schedule): number {
  return Math.max(0, order.length - 1);
}

/** The exact cost with so many checkpoints, 0 … `mostCheckpoints`. O(nodes). */
export function checkpointCost(schedule: Schedule, checkpoints: number): CheckpointCost {
  const { order, lastUse, leaves } = schedule;
  let kept = 0;
  let again = 0;
  let peakCells = 2 * leaves.length;
  for (let stretch = 0; stretch <= checkpoints; stretch++) {
    const from = stretchStart(schedule, checkpoints, stretch);
    const to = stretchStart(schedule, checkpoints, stretch + 1);
    peakCells = Math.max(peakCells, 2 * (leaves.length + kept + to - from));
    if (stretch === checkpoints) break;
    let crossing = 0;
    for (let at = from; at < to; at++) if (lastUse[at] >= to) crossing++;
    kept += crossing;
    again += to - from - crossing;
  }
  return { checkpoints, kept, peakCells, again: order.length === 0 ? 0 : again };
}

/** The fewest checkpoints with the smallest peak. */
export function bestCheckpoints(schedule: Schedule): CheckpointCost {
  let best = checkpointCost(schedule, 0);
  const most = mostCheckpoints(schedule);
  // The value before a cut is used behind it, so k checkpoints keep k values at least.
  const atLeast = (checkpoints: number): number => 2 * (schedule.leaves.length + checkpoints + 1);
  for (let checkpoints = 1; checkpoints <= most && atLeast(checkpoints) < best.peakCells; checkpoints++) {
    const cost = checkpointCost(schedule, checkpoints);
    if (cost.peakCells < best.peakCells) best = cost;
  }
  return best;
}

/** What a whole tape takes, in bytes. */
export interface TapeBytes {
  /** A value and a gradient for every node. */
  readonly numbers: number;
  /** Which operation on which inputs: what is needed to evaluate a node again. */
  readonly structure: number;
}

/** Per node 16 bytes of numbers, 6 of structure and 4 for each input: 30 for a node with two; 8 for a constant. */
export function tapeBytes({ count, inputs, constants }: Recording): TapeBytes {
  return {
    numbers: 2 * CELL_BYTES * count,
    structure: 6 * count + 4 * inputs.length + CELL_BYTES * constants.length,
  };
}
