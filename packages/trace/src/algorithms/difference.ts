import { ACCUMULATE, RECOMPUTE, SEED, VISIT } from '../events.ts';
import type { Trace } from '../trace.ts';
import { differenceJudge, exactJudge, same } from './judge.ts';
import type { Judge } from './judge.ts';
import type { LiveGraph } from './live-graph.ts';
import { liveGraphOf } from './live-graph.ts';
import { ALGORITHMS } from './registry.ts';

/**
 * Why a run goes wrong:
 * - `early`: a node passed on its gradient before all its uses had reported.
 * - `again`: a node passed on its whole gradient once more.
 * - `overwritten`: a contribution replaced what was there.
 * - `approximate`: a difference quotient is further from the derivative than its step explains.
 * - `infinite`: an algorithm that is right adds and multiplies infinite numbers in another order than the engine.
 */
export type DifferenceKind = 'early' | 'again' | 'overwritten' | 'approximate' | 'infinite';

/** The first event that makes a run end with other gradients. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly event: number;
  readonly node: number;
  /** What the node passes on, or has, with this event. */
  readonly found: number;
  /** What it should: the node's gradient; where a total was replaced, the sum of what has arrived so far. */
  readonly due: number;
  /** Live uses that have passed on all that they will, and live uses in all. */
  readonly reported: number;
  readonly uses: number;
}

const known = new WeakMap<Trace, { readonly truth: Float64Array; readonly found: Difference | null }>();

/**
 * The first of the first `upTo` events, by default of all, that makes a node differ for good from the engine's
 * gradients `truth` (one per node): what comes later does not make up for it. Null where there is none. A leaf that is
 * visited too early passes nothing on, so it does not differ by that. O(events), once per trace.
 */
export function firstDifference(
  trace: Trace,
  truth: Float64Array,
  upTo: number = trace.length,
): Difference | null {
  let entry = known.get(trace);
  if (entry?.truth !== truth) known.set(trace, (entry = { truth, found: computed(trace, truth) }));
  return entry.found !== null && entry.found.event < upTo ? entry.found : null;
}

function computed(trace: Trace, truth: Float64Array): Difference | null {
  if (trace.algorithm === 'numeric') return approximate(trace, truth);
  const graph = liveGraphOf(trace.recording, trace.of);
  if (ALGORITHMS[trace.algorithm].correct) return infinite(trace, graph, truth);
  const agrees = exactJudge(graph, truth, false);
  const first = (judge: Judge): Difference | null =>
    trace.algorithm === 'overwrite' ? overwritten(trace, graph, judge) : passedOn(trace, graph, truth, judge);
  const found = first(agrees);
  if (found !== null || endsRight(trace, graph, agrees)) return found;
  // What is too little to be seen at a node may add up at a leaf.
  return first((node, gradient) => same(gradient, truth[node]));
}

/** Whether the totals at the end of a run are those that are due. */
function endsRight(
  { kind, length, node, recording, value, of }: Trace,
  graph: LiveGraph,
  agrees: Judge,
): boolean {
  const last = new Float64Array(recording.count);
  last[of] = 1;
  for (let event = 0; event < length; event++) {
    if (kind[event] === ACCUMULATE) last[node[event]] = value[event];
  }
  return graph.leaves.every((leaf) => agrees(leaf, last[leaf]));
}

function approximate(trace: Trace, truth: Float64Array): Difference | null {
  const { kind, node, value } = trace;
  const agrees = differenceJudge(liveGraphOf(trace.recording, trace.of), truth);
  for (let event = 0; event < trace.length; event++) {
    if (kind[event] !== ACCUMULATE || agrees(node[event], value[event])) continue;
    const leaf = node[event];
    return {
      kind: 'approximate',
      event,
      node: leaf,
      found: value[event],
      due: truth[leaf],
      reported: 1,
      uses: 1,
    };
  }
  return null;
}

/** The event that gives the first leaf whose derivative is not the engine's the last of it. */
function infinite(trace: Trace, graph: LiveGraph, truth: Float64Array): Difference | null {
  const { algorithm, kind, node, value } = trace;
  const agrees = exactJudge(graph, truth, true);
  const last = new Map<number, number>();
  let seeded = trace.of;
  for (let event = 0; event < trace.length; event++) {
    if (kind[event] === SEED) seeded = node[event];
    if (algorithm !== 'forward' && kind[event] === ACCUMULATE) last.set(node[event], event);
    if (algorithm === 'forward' && kind[event] === VISIT && node[event] === trace.of) last.set(seeded, event);
  }
  let first: Difference | null = null;
  for (const leaf of graph.leaves) {
    const event = last.get(leaf);
    if (event === undefined || agrees(leaf, value[event]) || (first !== null && first.event < event))
      continue;
    const uses = trace.uses[leaf];
    first = {
      kind: 'infinite',
      event,
      node: leaf,
      found: value[event],
      due: truth[leaf],
      reported: uses,
      uses,
    };
  }
  return first;
}

/** The first total that is replaced by another number than the sum, of a node that ends with another gradient. */
function overwritten(trace: Trace, graph: LiveGraph, agrees: Judge): Difference | null {
  const { kind, node, value } = trace;
  const last = new Float64Array(trace.recording.count);
  for (let event = 0; event < trace.length; event++) {
    if (kind[event] === ACCUMULATE) last[node[event]] = value[event];
  }
  const sum = new Float64Array(trace.recording.count);
  const reported = new Int32Array(trace.recording.count);
  for (let event = 0; event < trace.length; event++) {
    if (kind[event] !== ACCUMULATE) continue;
    const to = node[event];
    sum[to] += value[event];
    reported[to]++;
    if (same(sum[to], value[event]) || agrees(to, last[to])) continue;
    return {
      kind: 'overwritten',
      event,
      node: to,
      found: value[event],
      due: sum[to],
      reported: reported[to],
      uses: graph.userStart[to + 1] - graph.userStart[to],
    };
  }
  return null;
}

/**
 * Every node should pass on its gradient, all of it and once. Where the sum of all that it passes on in the run is
 * another number, the first visit that brings that sum off is the one looked for.
 */
function passedOn(trace: Trace, graph: LiveGraph, truth: Float64Array, agrees: Judge): Difference | null {
  const { kind, node, value } = trace;
  const { useStart, userStart, userOf, consumer } = graph;
  const isVisit = (event: number): boolean => kind[event] === VISIT || kind[event] === RECOMPUTE;
  const sum = new Float64Array(trace.recording.count);
  const lastVisit = new Int32Array(trace.recording.count);
  for (let event = 0; event < trace.length; event++) {
    if (!isVisit(event)) continue;
    sum[node[event]] += value[event];
    lastVisit[node[event]] = event;
  }
  const passed = new Float64Array(trace.recording.count);
  const visited = new Uint8Array(trace.recording.count);
  for (let event = 0; event < trace.length; event++) {
    const at = node[event];
    if (!isVisit(event) || useStart[at] === useStart[at + 1]) continue;
    const whole = visited[at] === 1 && agrees(at, passed[at]);
    passed[at] += value[event];
    visited[at] = 1;
    const harmless = value[event] === 0 && event !== lastVisit[at];
    if (harmless || agrees(at, sum[at]) || agrees(at, passed[at])) continue;
    // A use has reported when its consumer has passed on its whole gradient.
    let reported = 0;
    for (let use = userStart[at]; use < userStart[at + 1]; use++) {
      const user = consumer[userOf[use]];
      if (visited[user] === 1 && agrees(user, passed[user])) reported++;
    }
    return {
      kind: whole ? 'again' : 'early',
      event,
      node: at,
      found: value[event],
      due: truth[at],
      reported,
      uses: userStart[at + 1] - userStart[at],
    };
  }
  return null;
}
