import type { LayoutInput } from './layout.ts';

/**
 * The layered graph in which every segment joins neighbouring columns: an edge that spans several is a
 * chain of segments over dummies, one in each column that it passes.
 */
export interface ProperGraph {
  /** Nodes `[0, real)` are the cards, the rest dummies. */
  readonly real: number;
  readonly count: number;
  readonly layers: number;
  readonly layer: Int32Array;
  /** The dummies of edge e are `[chain[e], chain[e + 1])`, from left to right. */
  readonly chain: Int32Array;
  /** Per segment: its ends and, where it leads into a card, the port there (0, 1, …), else 0. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly port: Int32Array;
  /** Segments into a node, by port: `inSegment[inStart[v] … inStart[v + 1])`. */
  readonly inStart: Int32Array;
  readonly inSegment: Int32Array;
  /** Segments out of a node. */
  readonly outStart: Int32Array;
  readonly outSegment: Int32Array;
}

/** Above this many dummies the drawing gives up on leading long edges around cards. */
export const MOST_DUMMIES = 400_000;

/**
 * Splits long edges. With more than `MOST_DUMMIES` dummies (or 8 per edge in a large graph) long edges
 * are left out of the segments and drawn as one curve: their chains are empty.
 */
export function properGraph(input: LayoutInput, layer: Int32Array): ProperGraph {
  const { count: real, inputStart, inputs } = input;
  const edges = inputs.length;
  let dummies = 0;
  let layers = 0;
  for (let v = 0; v < real; v++) {
    layers = Math.max(layers, layer[v] + 1);
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) dummies += layer[v] - layer[inputs[e]] - 1;
  }
  const split = dummies <= Math.min(MOST_DUMMIES, 8 * edges + 20_000);
  if (!split) dummies = 0;

  const count = real + dummies;
  const layerOf = new Int32Array(count);
  layerOf.set(layer);
  const chain = new Int32Array(edges + 1);
  const source = new Int32Array(edges + dummies);
  const target = new Int32Array(edges + dummies);
  const port = new Int32Array(edges + dummies);
  let dummy = real;
  let segments = 0;
  for (let v = 0; v < real; v++) {
    for (let e = inputStart[v]; e < inputStart[v + 1]; e++) {
      chain[e] = dummy;
      let from = inputs[e];
      const span = layer[v] - layer[from];
      if (span > 1 && !split) continue;
      for (let column = layer[from] + 1; column < layer[v]; column++) {
        layerOf[dummy] = column;
        source[segments] = from;
        target[segments++] = dummy;
        from = dummy++;
      }
      source[segments] = from;
      target[segments] = v;
      port[segments++] = e - inputStart[v];
    }
  }
  chain[edges] = dummy;

  const inStart = new Int32Array(count + 1);
  const outStart = new Int32Array(count + 1);
  for (let s = 0; s < segments; s++) {
    inStart[target[s] + 1]++;
    outStart[source[s] + 1]++;
  }
  for (let v = 0; v < count; v++) {
    inStart[v + 1] += inStart[v];
    outStart[v + 1] += outStart[v];
  }
  const inSegment = new Int32Array(segments);
  const outSegment = new Int32Array(segments);
  const inFill = inStart.slice();
  const outFill = outStart.slice();
  for (let s = 0; s < segments; s++) {
    inSegment[inFill[target[s]]++] = s;
    outSegment[outFill[source[s]]++] = s;
  }
  return {
    real,
    count,
    layers,
    layer: layerOf,
    chain,
    source: source.subarray(0, segments),
    target: target.subarray(0, segments),
    port: port.subarray(0, segments),
    inStart,
    inSegment,
    outStart,
    outSegment,
  };
}
