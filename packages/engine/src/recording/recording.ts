/**
 * A recorded computation as plain data: typed arrays plus tables of names, spans and groups.
 * No handles, no closures: it can be copied to a worker, stored, and read by every other room.
 *
 * Nodes stand in the order in which they were recorded, so every input has a smaller index than
 * its user, and the order is topological.
 */
export interface Recording {
  /** Number of nodes. */
  readonly count: number;
  /** Per node, the index of its entry in `OPERATIONS`; 0 is a leaf. */
  readonly operation: Uint8Array;
  /** `inputs[inputStart[i] … inputStart[i + 1])` are the inputs of node i, in slot order. Length `count + 1`. */
  readonly inputStart: Int32Array;
  /**
   * A node index, or for a negative entry `~c` the constant `constants[c]`.
   * One entry per use: `x * x` has two entries, both x. Constants have no node, no edge and no gradient.
   */
  readonly inputs: Int32Array;
  readonly constants: Float64Array;
  /** How the writer wrote a constant, where that is more than its number: `1/2`, `π`. */
  readonly constantTexts: ReadonlyMap<number, string>;
  /** Per node, its value; NaN where `skipped`. */
  readonly value: Float64Array;
  /** 1 where a node stands in the branch of a `where` that was not taken, and so was never evaluated. */
  readonly skipped: Uint8Array;
  /** Names of nodes, as the reader knows them (`w1`, `c@1` for an earlier version of c). */
  readonly names: ReadonlyMap<number, string>;
  /** Two entries per node, the `[from, to)` of its expression in the source; null without a source. */
  readonly spans: Int32Array | null;
  /** Per node, an index into `groups`, -1 for none; null when nothing was grouped. */
  readonly group: Int32Array | null;
  readonly groups: readonly Group[];
  /** The node that is differentiated. */
  readonly output: number;
  /**
   * Per node, its key (`keysOf`), where this is a view of another recording whose nodes keep theirs; left out where keys
   * follow from names and places.
   */
  readonly keys?: readonly string[];
}

/** A named part of a computation (`layer 2`, `neuron 3`), recorded by `group(name, fn)`. */
export interface Group {
  readonly name: string;
  /** Index of the enclosing group, -1 at the top. */
  readonly parent: number;
}
