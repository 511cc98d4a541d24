import { isLive, LEAF } from '@backflow/engine';
import { CONTRIBUTE, EVALUATE, RECOMPUTE, REUSE, UPDATE, VISIT } from '../events.ts';
import type { Trace } from '../trace.ts';
import { usersOf } from '../users.ts';
import type { NodeQuestion } from './question.ts';

/** What has happened in a pass, or in one run of evaluations, before an event. */
export interface Moment {
  /** The first event of the pass. */
  readonly begun: number;
  /** Per node, 1 if it has had its turn. */
  readonly done: Uint8Array;
  /** Per node, how many of its uses have reported; and per entry of the inputs, 1 if it has. */
  readonly reported: Int32Array;
  readonly flowed: Uint8Array;
  /** The node that had its turn last; −1 for none. */
  readonly last: number;
}

/** The moment before an event. */
export function momentOf(trace: Trace, event: number): Moment {
  const { kind, node, slot, recording } = trace;
  const { count, inputs, inputStart } = recording;
  const pass = trace.passes.find((stretch) => stretch.from <= event && event < stretch.to);
  let begun = pass?.from ?? 0;
  if (kind[event] === EVALUATE) for (begun = event; begun > 0 && kind[begun - 1] === EVALUATE;) begun--;
  const done = new Uint8Array(count);
  const reported = new Int32Array(count);
  const flowed = new Uint8Array(inputs.length);
  let last = -1;
  for (let at = begun; at < event; at++) {
    const code = kind[at];
    if (code === CONTRIBUTE) {
      const entry = inputStart[node[at]] + slot[at];
      if (flowed[entry] === 0) reported[inputs[entry]]++;
      flowed[entry] = 1;
    } else if (
      code === EVALUATE ||
      code === VISIT ||
      code === RECOMPUTE ||
      code === REUSE ||
      code === UPDATE
    ) {
      done[node[at]] = 1;
      last = node[at];
    }
  }
  return { begun, done, reported, flowed, last };
}

/** How many uses of a node report to it. */
export function useCount(trace: Trace, node: number): number {
  const { start } = usersOf(trace);
  return start[node + 1] - start[node];
}

/** The consumers that have not reported to a node, each once, in recording order; for a table, those not in it. */
export function missing(trace: Trace, { flowed, done }: Moment, node: number): number[] {
  const { start, consumer, slot } = usersOf(trace);
  const found = new Set<number>();
  for (let use = start[node]; use < start[node + 1]; use++) {
    if (trace.algorithm === 'memo') {
      if (done[consumer[use]] === 0) found.add(consumer[use]);
    } else if (flowed[trace.recording.inputStart[consumer[use]] + slot[use]] === 0) found.add(consumer[use]);
  }
  return [...found].sort((a, b) => a - b);
}

/** The inputs that have to have their turn before a node can: those evaluated in this run, or with a tangent. */
export function pending(trace: Trace, { done }: Moment, node: number, ask: NodeQuestion['ask']): number[] {
  const { recording, reached } = trace;
  const { inputs, inputStart, operation, skipped } = recording;
  const found = new Set<number>();
  for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
    const input = inputs[at];
    if (input < 0 || done[input] === 1 || skipped[input] === 1) continue;
    if (ask === 'evaluate' && operation[input] === LEAF) continue;
    if (ask === 'tangent' && !isLive(recording, node, at - inputStart[node])) continue;
    // Finite differences compute anew what the output depends on.
    if (trace.algorithm === 'numeric' && done[node] === 0 && reached[input] === 0) continue;
    found.add(input);
  }
  return [...found];
}

/** All its uses have reported, and it has not had its turn. */
export function isReady(trace: Trace, moment: Moment, node: number): boolean {
  return (
    trace.reached[node] === 1 && moment.done[node] === 0 && moment.reported[node] === useCount(trace, node)
  );
}

/** The consumers of a node, one for each live use. */
export function usersOfNode(trace: Trace, node: number): number[] {
  const { start, consumer } = usersOf(trace);
  return [...consumer.subarray(start[node], start[node + 1])];
}
