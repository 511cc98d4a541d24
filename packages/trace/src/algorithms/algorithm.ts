import type { Emit } from '../events.ts';
import type { LiveGraph } from './live-graph.ts';

/**
 * Every way of computing ∂output/∂node that can be run here: the right ones first, then those that go wrong where a
 * node is used more than once (`postorder` does so wherever one operation follows another).
 *
 * - `path-sum`: from the output down every path, each product from scratch; nothing is kept but the sums.
 * - `memo`: from each leaf upwards, a node asks its users for their gradients; a table keeps what was computed once.
 * - `reverse`: the engine's own sweep in reversed topological order.
 * - `numeric`: one forward pass with each leaf moved a little: (f(x + h) − f(x))/h.
 * - `forward`: forward mode, one pass of tangents for each leaf.
 * - `overwrite`: the order of `reverse`, with `=` for `+=`.
 * - `accumulate-early`: recursion from the output without a visited set; at each visit a node adds local × its gradient
 *   so far to every input, then recurses into each input in slot order.
 * - `preorder`: the same with a visited set.
 * - `breadth-first`: nodes from a queue, with a visited set; a node adds when it leaves the queue.
 * - `postorder`: a visited set, and recursion into the inputs before the node adds.
 */
export const ALGORITHM_NAMES = [
  'path-sum',
  'memo',
  'reverse',
  'numeric',
  'forward',
  'overwrite',
  'accumulate-early',
  'preorder',
  'breadth-first',
  'postorder',
] as const;

export type AlgorithmName = (typeof ALGORITHM_NAMES)[number];

/**
 * What a run costs, exactly, however large. The forward pass that computed the values is not counted; all runs share it.
 */
export interface Counters {
  /** How often a node was worked on: `visit` and `recompute` events; for `numeric`, nodes evaluated anew. */
  readonly visits: bigint;
  /** Local derivative × gradient, once for each `contribute` event. */
  readonly multiplications: bigint;
  /** Contributions added to a total that was there already: a sum of k contributions is k − 1 additions. */
  readonly additions: bigint;
  /** How often something was asked for and had been done already: a table entry or a visited mark; `reuse` events. */
  readonly hits: bigint;
  /** Passes from the leaves to the output, beyond the one that computed the values. */
  readonly forwardPasses: bigint;
  /** Cells in use at once, beyond the values: gradients, table entries, visited marks, products on the way. */
  readonly slots: bigint;
}

/** The names of the counters. */
export const COUNTERS = [
  'visits',
  'multiplications',
  'additions',
  'hits',
  'forwardPasses',
  'slots',
] as const satisfies readonly (keyof Counters)[];
export type CounterName = (typeof COUNTERS)[number];

/** One algorithm: what it does, told event by event, and what that costs, known without doing it. */
export interface Algorithm {
  readonly name: AlgorithmName;
  /** False for those that are wrong on some graphs. */
  readonly correct: boolean;
  /** The cost of a run, from the structure alone. */
  count(graph: LiveGraph): Counters;
  /** How many events `run` emits, the forward pass not counted. */
  events(graph: LiveGraph): bigint;
  /** Per node, how many contributions it gets, where that is not one for each live use; see `Trace.uses`. */
  uses?(graph: LiveGraph): Int32Array;
  /**
   * Runs it, without recursion, telling every event after the forward pass to `emit` (null: nobody listens). Returns
   * the derivative per node of the recording, as the algorithm has it at its end; 0 where it computes none.
   */
  run(graph: LiveGraph, emit: Emit | null): Float64Array;
}
