import { LEAF } from '@backflow/engine';
import { ownersOf, partsAt, placesOf, type NetworkOwners, type NetworkParts } from '@backflow/graph';
import type { NetworkDocument } from '@backflow/language/network';
import type { Trace } from '@backflow/trace';
import type { Run } from '../../state/run.ts';

/** A position that never comes. */
export const NEVER = 2 ** 31 - 1;

/** From which positions on what is known of the nodes of a run: one look at an array in place of a search. */
export interface Timing {
  /** Where the value is known; 0 for leaves. */
  readonly knownAt: Int32Array;
  /** Where the first contribution is in, and where the last one is. */
  readonly firstAt: Int32Array;
  readonly finalAt: Int32Array;
  /** Where the backward pass begins. */
  readonly begun: number;
  /** The gradient after all contributions. */
  readonly gradient: Float64Array;
}

/** What stays the same at every step of a run of a network. */
export interface Ground {
  readonly run: Run;
  readonly network: NetworkDocument;
  /** The network's nodes among those that are shown. */
  readonly parts: NetworkParts;
  readonly owners: NetworkOwners;
  readonly timing: Timing;
  /** The size of the largest gradient of a unit, and of a weight. */
  readonly scale: number;
  readonly slopeScale: number;
  /** Per layer, the size of the largest weight, and of the largest activation; of the inputs at the end. */
  readonly weightScales: readonly number[];
  readonly activationScales: readonly number[];
}

const grounds = new WeakMap<Run, Ground>();

/** O(events) once per run. */
export function groundOf(run: Run, network: NetworkDocument): Ground {
  let ground = grounds.get(run);
  if (ground === undefined) grounds.set(run, (ground = newGround(run, network)));
  return ground;
}

function newGround(run: Run, network: NetworkDocument): Ground {
  const parts = partsAt(network.nodes, placesOf(run.origin, run.full.count));
  const timing = timingOf(run.trace);
  const { value } = run.shown;
  const largest = (nodes: ArrayLike<number>, of: Float64Array): number => {
    let most = 0;
    for (let at = 0; at < nodes.length; at++) {
      const size = nodes[at] < 0 ? 0 : Math.abs(of[nodes[at]]);
      if (size < Infinity && size > most) most = size;
    }
    return most;
  };
  let scale = 0;
  let slopeScale = 0;
  for (const { weights, a, z } of parts.layers) {
    scale = Math.max(scale, largest(a, timing.gradient), largest(z, timing.gradient));
    slopeScale = Math.max(slopeScale, largest(weights, timing.gradient));
  }
  return {
    run,
    network,
    parts,
    owners: ownersOf(parts, run.shown),
    timing,
    scale: scale || 1,
    slopeScale: slopeScale || 1,
    weightScales: parts.layers.map(({ weights }) => largest(weights, value) || 1),
    activationScales: [...parts.layers.map(({ a }) => a), parts.inputs].map(
      (nodes) => largest(nodes, value) || 1,
    ),
  };
}

function timingOf(trace: Trace): Timing {
  const { recording, values, arrivals, passes, value } = trace;
  const { count, operation } = recording;
  const knownAt = new Int32Array(count).fill(NEVER);
  const firstAt = new Int32Array(count).fill(NEVER);
  const finalAt = new Int32Array(count).fill(NEVER);
  const gradient = new Float64Array(count);
  for (let node = 0; node < count; node++) {
    if (operation[node] === LEAF) knownAt[node] = 0;
    else if (values.start[node] < values.start[node + 1])
      knownAt[node] = values.events[values.start[node]] + 1;
    const last = arrivals.start[node + 1] - 1;
    if (last < arrivals.start[node]) continue;
    firstAt[node] = arrivals.events[arrivals.start[node]] + 1;
    finalAt[node] = arrivals.events[last] + 1;
    gradient[node] = value[arrivals.events[last]];
  }
  const begun = passes.find(({ kind }) => kind === 'backward')?.from ?? NEVER;
  return { knownAt, firstAt, finalAt, begun, gradient };
}
