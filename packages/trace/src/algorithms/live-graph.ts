import type { Recording } from '@backflow/engine';

/**
 * The part of a recording that a derivative is about, as every algorithm walks it: the nodes that `of` depends on, and
 * one entry for each live use among them. Constants have no entry.
 */
export interface LiveGraph {
  readonly recording: Recording;
  /** The node that is differentiated. */
  readonly of: number;
  /** Per node of the recording, 1 if `of` depends on it. */
  readonly reached: Uint8Array;
  /** The reached nodes, ascending. */
  readonly nodes: Int32Array;
  /** The reached leaves, ascending. */
  readonly leaves: Int32Array;
  /** Number of live uses. */
  readonly edges: number;
  /** `uses[useStart[node] … useStart[node + 1])` are the uses that a node makes of its inputs, in slot order. */
  readonly useStart: Int32Array;
  /** Per use: the input, its slot at the consumer, and the local derivative. */
  readonly input: Int32Array;
  readonly slot: Int32Array;
  readonly local: Float64Array;
  /** `userOf[userStart[node] … ]` are the uses (indices of `input`) that are made OF a node, in the order of the reverse sweep. */
  readonly userStart: Int32Array;
  readonly userOf: Int32Array;
  /** Per use, its consumer. */
  readonly consumer: Int32Array;
  /** Per node, the number of paths from it to `of`. */
  readonly paths: readonly bigint[];
  /** Edges on the longest path to `of`. */
  readonly depth: number;
}
