import { isLive, LEAF, reachable } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { Account } from './account.ts';
import type { AlgorithmName } from './algorithms/algorithm.ts';
import { EventColumns } from './event-columns.ts';
import { EVALUATE, EVENT_KINDS, passOfKind, SEED } from './events.ts';
import type { Emit, EventKind, Pass, TraceEvent } from './events.ts';
import { nodeIndex } from './node-index.ts';
import type { NodeIndex } from './node-index.ts';

const CODES: ReadonlyMap<EventKind, number> = new Map(EVENT_KINDS.map((kind, code) => [kind, code]));

/** A position or an event that a trace does not have. */
export class PositionError extends RangeError {
  readonly found: number;
  readonly last: number;
  constructor(what: 'event' | 'position', found: number, last: number) {
    super(`Found ${what} ${found}, expected an integer from 0 to ${last}.`);
    this.name = 'PositionError';
    this.found = found;
    this.last = last;
  }
}

export interface TraceOptions {
  /** The node that is differentiated; by default the recording's output. */
  readonly of?: number;
  readonly learningRate?: number;
  /** The algorithm that ran; by default `reverse`. */
  readonly algorithm?: AlgorithmName;
  /** See `Trace.uses`; for algorithms that visit a node several times, the number of paths to it. */
  readonly uses?: Int32Array;
  /** What is said of the run's steps; by default that of the reverse sweep. */
  readonly account?: Account | null;
}

/**
 * A run of an algorithm over a recording, as a list of events in columns; immutable.
 *
 * A POSITION p from 0 to `length` is a moment: the first p events have happened. Event k leads from position k to
 * k + 1.
 */
export class Trace {
  readonly recording: Recording;
  /** The node that is differentiated. */
  readonly of: number;
  /** The algorithm that ran. */
  readonly algorithm: AlgorithmName;
  /** What is said of its steps; null for that of the reverse sweep. */
  readonly account: Account | null;
  /** Number of events. */
  readonly length: number;
  /** Per event, an index into `EVENT_KINDS`; see there for what the other columns mean. */
  readonly kind: Uint8Array;
  readonly node: Int32Array;
  readonly slot: Int32Array;
  readonly value: Float64Array;
  readonly passes: readonly Pass[];
  /** The learning rate of the update pass; null without one. */
  readonly learningRate: number | null;

  /** Per node, 1 if `of` depends on it through live edges. */
  readonly reached: Uint8Array;
  /**
   * Per node, how many contributions make its gradient final: by default one for each live use by a node that `of`
   * depends on; in forward mode those of its own inputs, in each pass; in finite differences one for each leaf.
   */
  readonly uses: Int32Array;

  /** The `evaluate` and `update` events of each node: where its value changes. */
  readonly values: NodeIndex;
  /** The `seed` and `accumulate` events of each node: where its gradient changes. */
  readonly arrivals: NodeIndex;
  /** The `visit` and `recompute` events of each node: where its gradient is passed on. */
  readonly visits: NodeIndex;
  /** The `reuse` events of each node: where it is met again and not visited again. */
  readonly reuses: NodeIndex;

  constructor(recording: Recording, columns: EventColumns, options: TraceOptions = {}) {
    this.recording = recording;
    this.of = options.of ?? recording.output;
    this.algorithm = options.algorithm ?? 'reverse';
    this.account = options.account ?? null;
    this.learningRate = options.learningRate ?? null;
    const { kind, node, slot, value } = columns.finish();
    this.kind = kind;
    this.node = node;
    this.slot = slot;
    this.value = value;
    this.length = kind.length;
    this.passes = passesOf(kind, this.algorithm);
    this.reached = reachable(recording, this.of);
    this.uses = options.uses ?? useCounts(recording, this.reached, this.algorithm);
    this.values = nodeIndex(recording.count, kind, node, [1, 0, 0, 0, 0, 1]);
    this.arrivals = nodeIndex(recording.count, kind, node, [0, 1, 0, 0, 1]);
    this.visits = nodeIndex(recording.count, kind, node, [0, 0, 1, 0, 0, 0, 0, 1]);
    this.reuses = nodeIndex(recording.count, kind, node, [0, 0, 0, 0, 0, 0, 1]);
  }

  /** Event k, 0 ≤ k < length. Throws PositionError. */
  at(k: number): TraceEvent {
    if (!Number.isInteger(k) || k < 0 || k >= this.length)
      throw new PositionError('event', k, this.length - 1);
    return {
      index: k,
      kind: EVENT_KINDS[this.kind[k]],
      node: this.node[k],
      slot: this.slot[k],
      value: this.value[k],
    };
  }
}

/**
 * Records what `run` does: it is called once, with a function to call for every event. Any order of events is taken;
 * passes follow from the kinds of the events, and a `seed` begins a new one. With `numeric`, all events behind the first
 * forward pass are one pass backwards.
 */
export function traceOf(recording: Recording, run: (emit: Emit) => void, options: TraceOptions = {}): Trace {
  const { count, inputs } = recording;
  const columns = new EventColumns(2 * count + 2 * inputs.length + 1);
  run((kind, node, slot, value) => columns.push(CODES.get(kind) ?? 0, node, slot, value));
  return new Trace(recording, columns, options);
}

function passesOf(kind: Uint8Array, algorithm: AlgorithmName): Pass[] {
  const passes: Pass[] = [];
  let from = 0;
  if (algorithm === 'numeric') {
    while (from < kind.length && kind[from] === EVALUATE) from++;
    if (from > 0) passes.push({ kind: 'forward', from: 0, to: from });
    if (from < kind.length) passes.push({ kind: 'backward', from, to: kind.length });
    return passes;
  }
  for (let event = 1; event <= kind.length; event++) {
    const ends =
      event === kind.length ||
      kind[event] === SEED ||
      passOfKind(kind[event]) !== passOfKind(kind[event - 1]);
    if (!ends) continue;
    passes.push({ kind: passOfKind(kind[from]), from, to: event });
    from = event;
  }
  return passes;
}

function useCounts(recording: Recording, reached: Uint8Array, algorithm: AlgorithmName): Int32Array {
  const { count, inputs, inputStart, operation } = recording;
  const uses = new Int32Array(count);
  for (let node = 0; node < count; node++) {
    if (reached[node] === 0) continue;
    if (algorithm === 'numeric') {
      if (operation[node] === LEAF) uses[node] = 1;
      continue;
    }
    const start = inputStart[node];
    for (let at = start; at < inputStart[node + 1]; at++) {
      if (isLive(recording, node, at - start)) uses[algorithm === 'forward' ? node : inputs[at]]++;
    }
  }
  return uses;
}
