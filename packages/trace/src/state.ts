import { LEAF } from '@backflow/engine';
import { ACCUMULATE, CONTRIBUTE, EVENT_KINDS, SEED, UPDATE } from './events.ts';
import type { EventKind } from './events.ts';
import { countBefore, lastBefore } from './node-index.ts';
import type { Trace } from './trace.ts';
import { PositionError } from './trace.ts';

/** What is known of a node's value: a node in the untaken branch of a `where` is never evaluated. */
export type ValueState =
  | { readonly state: 'unknown' }
  | { readonly state: 'known'; readonly value: number }
  | { readonly state: 'never' };

/** The life of a gradient; see `nodeState`. */
export type GradientState =
  /** Not reached yet: shown as a dash, never as 0. */
  | { readonly state: 'none' }
  /** `reported` of `uses` contributions are in. */
  | { readonly state: 'partial'; readonly total: number; readonly reported: number; readonly uses: number }
  /** The last use has reported. `reported` is more than `uses` only where an algorithm counts a use twice. */
  | { readonly state: 'final'; readonly total: number; readonly reported: number; readonly uses: number }
  /** The output does not depend on this node: the derivative is known to be 0. */
  | { readonly state: 'zero' };

export interface NodeState {
  readonly value: ValueState;
  readonly gradient: GradientState;
}

/**
 * What is known of a node at a position, by binary search. Leaves have their value from the start. The gradient is
 * that of the last backward pass that has begun. Throws PositionError.
 */
export function nodeState(trace: Trace, node: number, position: number): NodeState {
  checkPosition(trace, position);
  return { value: valueState(trace, node, position), gradient: gradientState(trace, node, position) };
}

function valueState(trace: Trace, node: number, position: number): ValueState {
  const event = lastBefore(trace.values, node, position);
  if (event >= 0) return { state: 'known', value: trace.value[event] };
  const { recording } = trace;
  if (recording.operation[node] === LEAF) return { state: 'known', value: recording.value[node] };
  return { state: recording.skipped[node] === 1 ? 'never' : 'unknown' };
}

/** The gradient half of `nodeState`. */
export function gradientState(trace: Trace, node: number, position: number): GradientState {
  const begun = backwardStart(trace, position);
  if (begun < 0) return { state: 'none' };
  if (trace.reached[node] === 0) return { state: 'zero' };
  const { arrivals, uses } = trace;
  const count = countBefore(arrivals, node, position);
  const before = begun === 0 ? 0 : countBefore(arrivals, node, begun);
  const first = arrivals.start[node];
  if (count === before) {
    // Forward mode visits a leaf that is not seeded: its tangent is 0.
    const visit = uses[node] === 0 ? lastBefore(trace.visits, node, position) : -1;
    return visit < begun ? { state: 'none' } : { state: 'final', total: 0, reported: 0, uses: 0 };
  }
  const total = trace.value[arrivals.events[first + count - 1]];
  // The seed is no use.
  const seeds = trace.kind[arrivals.events[first + before]] === SEED ? 1 : 0;
  const reported = count - before - seeds;
  const state = reported >= uses[node] ? 'final' : 'partial';
  return { state, total, reported, uses: uses[node] };
}

/** The first event of the last backward pass that has begun at a position; −1 if none has. */
export function backwardStart(trace: Trace, position: number): number {
  const { passes } = trace;
  let at = passBefore(trace, position);
  while (at >= 0 && passes[at].kind !== 'backward') at--;
  return at < 0 ? -1 : passes[at].from;
}

/** The index of the last pass that has begun at a position; −1 at the start. One binary search. */
export function passBefore({ passes }: Trace, position: number): number {
  let low = 0;
  let high = passes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes[middle].from < position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The edge that a contribution travels: from a consumer back to the input in one of its slots. */
export interface Edge {
  readonly consumer: number;
  readonly slot: number;
  readonly input: number;
}

/** What the event before a position touched. */
export interface Active {
  readonly event: number;
  readonly kind: EventKind;
  readonly node: number;
  readonly edge: Edge | null;
}

/** What the last event touches at a position; null at the start. Throws PositionError. */
export function activeAt(trace: Trace, position: number): Active | null {
  checkPosition(trace, position);
  if (position === 0) return null;
  const event = position - 1;
  return {
    event,
    kind: EVENT_KINDS[trace.kind[event]],
    node: trace.node[event],
    edge: edgeOf(trace, event),
  };
}

/** The edge of a `contribute` or `accumulate` event; null for all others, and for a total without a contribution before it. */
export function edgeOf(trace: Trace, event: number): Edge | null {
  const { kind, node, slot, recording } = trace;
  const from = kind[event] === ACCUMULATE ? event - 1 : event;
  if (from < 0 || kind[from] !== CONTRIBUTE) return null;
  const consumer = node[from];
  return { consumer, slot: slot[from], input: recording.inputs[recording.inputStart[consumer] + slot[from]] };
}

/** The value that a leaf has after the update pass; its recorded value where nothing updates it. */
export function updatedValue(trace: Trace, leaf: number): number {
  const event = lastBefore(trace.values, leaf, trace.length);
  return event >= 0 && trace.kind[event] === UPDATE ? trace.value[event] : trace.recording.value[leaf];
}

export function checkPosition(trace: Trace, position: number): void {
  if (!Number.isInteger(position) || position < 0 || position > trace.length) {
    throw new PositionError('position', position, trace.length);
  }
}
