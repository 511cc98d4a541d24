import { backward, countPaths, LEAF } from '@backflow/engine';
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
  /** Per node, the number of paths from it to `of`. Big integers: computed when first asked for. */
  readonly paths: readonly bigint[];
  /** Edges on the longest path to `of`. */
  readonly depth: number;
}

/**
 * The live graph of a node, by default the recording's output. The local derivatives are those that the engine's own
 * sweep multiplies by. O(count + inputs). Throws NodeError.
 */
export function liveGraphOf(recording: Recording, of: number = recording.output): LiveGraph {
  const { count, inputs, inputStart, operation } = recording;
  const reached = new Uint8Array(count);
  const useStart = new Int32Array(count + 1);
  const userStart = new Int32Array(count + 1);
  // One sweep tells everything: the uses in its order, consumers descending and slots ascending.
  const swept = { consumer: new Int32Array(inputs.length), slot: new Int32Array(inputs.length) };
  const sweptLocal = new Float64Array(inputs.length);
  let edges = 0;
  backward(recording, {
    of,
    observer: {
      seed: () => {},
      visit: (node) => {
        reached[node] = 1;
      },
      contribute: (node, slot, local) => {
        swept.consumer[edges] = node;
        swept.slot[edges] = slot;
        sweptLocal[edges++] = local;
        useStart[node + 1]++;
        userStart[inputs[inputStart[node] + slot] + 1]++;
      },
    },
  });
  for (let node = 0; node < count; node++) {
    useStart[node + 1] += useStart[node];
    userStart[node + 1] += userStart[node];
  }

  const consumer = new Int32Array(edges);
  const slot = new Int32Array(edges);
  const input = new Int32Array(edges);
  const local = new Float64Array(edges);
  const userOf = new Int32Array(edges);
  const nextUse = useStart.slice(0, count);
  const nextUser = userStart.slice(0, count);
  const distance = new Int32Array(count);
  let depth = 0;
  for (let at = 0; at < edges; at++) {
    const from = swept.consumer[at];
    const to = inputs[inputStart[from] + swept.slot[at]];
    const use = nextUse[from]++;
    consumer[use] = from;
    slot[use] = swept.slot[at];
    input[use] = to;
    local[use] = sweptLocal[at];
    userOf[nextUser[to]++] = use;
    distance[to] = Math.max(distance[to], distance[from] + 1);
    depth = Math.max(depth, distance[to]);
  }

  const nodes = Int32Array.from(reached.keys()).filter((node) => reached[node] === 1);
  const leaves = nodes.filter((node) => operation[node] === LEAF);
  let paths: readonly bigint[] | null = null;
  return {
    recording,
    of,
    reached,
    nodes,
    leaves,
    edges,
    useStart,
    input,
    slot,
    local,
    userStart,
    userOf,
    consumer,
    depth,
    get paths() {
      return (paths ??= countPaths(recording, of));
    },
  };
}
