import { backward } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { ALGORITHM_NAMES } from './algorithm.ts';
import type { AlgorithmName, Counters } from './algorithm.ts';
import { differenceJudge, exactJudge } from './judge.ts';
import type { LiveGraph } from './live-graph.ts';
import { liveGraphOf } from './live-graph.ts';
import { ALGORITHMS } from './registry.ts';
import { forwardEvents, STEP_LIMIT } from './run.ts';

/** What became of one algorithm. */
export interface Outcome {
  readonly name: AlgorithmName;
  /** Whether every reached leaf has the engine's gradient, but for rounding; null where it was only counted. */
  readonly right: boolean | null;
  /** The reached leaves that have another gradient. */
  readonly differing: readonly number[];
  /** Per node of the recording, what the algorithm has at its end; null where it was only counted. */
  readonly gradients: Float64Array | null;
  readonly counters: Counters;
  /** Events of the run, the forward pass not counted. */
  readonly events: bigint;
  /** Whether `traceAlgorithm` steps through it. */
  readonly stepped: boolean;
}

export interface Comparison {
  readonly graph: LiveGraph;
  /** Paths from the reached leaves to `of`. */
  readonly paths: bigint;
  /** The engine's gradients, one per node of the recording. */
  readonly truth: Float64Array;
  readonly algorithms: readonly Outcome[];
}

/** What these cost grows faster than the graph: they are run only where they are short. */
const LONG: ReadonlySet<AlgorithmName> = new Set(['path-sum', 'accumulate-early', 'numeric', 'forward']);

/**
 * Runs algorithms on the same graph, by default all of them, and counts what each costs. Those whose cost grows faster
 * than the graph are run up to STEP_LIMIT events, and counted beyond. Throws NodeError.
 */
export function compareAlgorithms(
  recording: Recording,
  options: { readonly of?: number; readonly names?: readonly AlgorithmName[] } = {},
): Comparison {
  const { of = recording.output, names = ALGORITHM_NAMES } = options;
  const graph = liveGraphOf(recording, of);
  const truth = backward(recording, { of });
  const forward = BigInt(forwardEvents(recording));
  const reordered = exactJudge(graph, truth, true);
  const mistaken = exactJudge(graph, truth, false);
  let paths = 0n;
  for (const leaf of graph.leaves) paths += graph.paths[leaf];

  const algorithms = names.map((name): Outcome => {
    const algorithm = ALGORITHMS[name];
    const counters = algorithm.count(graph);
    const events = algorithm.events(graph);
    const stepped = forward + events <= STEP_LIMIT;
    if (LONG.has(name) && events > STEP_LIMIT) {
      return { name, right: null, differing: [], gradients: null, counters, events, stepped };
    }
    const gradients = algorithm.run(graph, null);
    const judge =
      name === 'numeric' ? differenceJudge(graph, truth) : algorithm.correct ? reordered : mistaken;
    const differing = Array.from(graph.leaves).filter((leaf) => !judge(leaf, gradients[leaf]));
    return { name, right: differing.length === 0, differing, gradients, counters, events, stepped };
  });
  return { graph, paths, truth, algorithms };
}
