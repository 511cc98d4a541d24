import type { Recording } from '@backflow/engine';

/**
 * The edges of a recording: one per use of a node as an input, in the order of consumers and slots.
 * Constants are no nodes and have no edge, so a slot may be missing between two others.
 */
export interface Uses {
  /** Number of nodes. */
  readonly count: number;
  /** The uses `[start[i], start[i + 1])` lead into node i. Length `count + 1`. */
  readonly start: Int32Array;
  /** Per use, the node that is read. */
  readonly source: Int32Array;
  /** Per use, the node that reads it. */
  readonly target: Int32Array;
  /** Per use, the slot of the consumer's inputs, counting constants. */
  readonly slot: Int32Array;
  /** Per use, its place in `recording.inputs`. */
  readonly entry: Int32Array;
}

/** All uses of a recording. O(count + inputs). */
export function usesOf(recording: Pick<Recording, 'count' | 'inputs' | 'inputStart'>): Uses {
  const { count, inputs, inputStart } = recording;
  let total = 0;
  for (let k = 0; k < inputs.length; k++) if (inputs[k] >= 0) total++;
  const start = new Int32Array(count + 1);
  const source = new Int32Array(total);
  const target = new Int32Array(total);
  const slot = new Int32Array(total);
  const entry = new Int32Array(total);
  let use = 0;
  for (let node = 0; node < count; node++) {
    start[node] = use;
    for (let k = inputStart[node]; k < inputStart[node + 1]; k++) {
      if (inputs[k] < 0) continue;
      source[use] = inputs[k];
      target[use] = node;
      slot[use] = k - inputStart[node];
      entry[use] = k;
      use++;
    }
  }
  start[count] = use;
  return { count, start, source, target, slot, entry };
}

/** Per node, how many times it is used. */
export function useCounts(uses: Uses): Int32Array {
  const counts = new Int32Array(uses.count);
  for (let use = 0; use < uses.source.length; use++) counts[uses.source[use]]++;
  return counts;
}
