import type { Recording } from '@backflow/engine';
import {
  compareAlgorithms,
  traceAlgorithm,
  type AlgorithmName,
  type Comparison,
  type LiveGraph,
} from '@backflow/trace';
import type { Runner } from '../state/lanes.ts';
import { scaleOf } from '../state/moment.ts';
import type { Lane } from './contract.ts';

/** What all algorithms have in common over one recording. */
export interface Ground {
  readonly graph: LiveGraph;
  /** Paths from the reached leaves to the output. */
  readonly paths: bigint;
  /** Per node, the engine's gradient. */
  readonly truth: Float64Array;
  /** The largest of them, by which all are shaded. */
  readonly scale: number;
}

const known = new WeakMap<Recording, { readonly ground: Ground; readonly lanes: Map<AlgorithmName, Lane> }>();

/** Two algorithms over a recording; each is run once and kept. */
export const race: Runner = (recording, left, right) => {
  const missing = [...new Set([left, right])].filter((name) => !known.get(recording)?.lanes.has(name));
  if (missing.length > 0) add(recording, compareAlgorithms(recording, { names: missing }));
  const { lanes } = known.get(recording)!;
  return [lanes.get(left)!, lanes.get(right)!];
};

/** What was found when the lanes were set up. */
export function groundOf(recording: Recording): Ground {
  if (!known.has(recording)) add(recording, compareAlgorithms(recording, { names: [] }));
  return known.get(recording)!.ground;
}

function add(recording: Recording, { graph, paths, truth, algorithms }: Comparison): void {
  let entry = known.get(recording);
  if (entry === undefined)
    known.set(
      recording,
      (entry = { ground: { graph, paths, truth, scale: scaleOf(truth) }, lanes: new Map() }),
    );
  for (const { name, counters, gradients, right, events, stepped } of algorithms) {
    const trace = stepped ? traceAlgorithm(recording, name) : null;
    entry.lanes.set(name, { algorithm: name, trace, counters, events, gradients, right });
  }
}
