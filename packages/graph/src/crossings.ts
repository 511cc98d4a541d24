import type { ProperGraph } from './proper.ts';

/**
 * The order of the nodes in each column: `node[start[l] … start[l + 1])` from top to bottom, and
 * `place[v]`, the index of v within its column.
 */
export interface Order {
  readonly start: Int32Array;
  readonly node: Int32Array;
  readonly place: Int32Array;
}

export function copyOrder(order: Order): Order {
  return { start: order.start, node: order.node.slice(), place: order.place.slice() };
}

/** Takes over the nodes and places of `from`, in place. */
export function restoreOrder(order: Order, from: Order): void {
  order.node.set(from.node);
  order.place.set(from.place);
}

/** Writes `place` after the nodes of a column have changed. */
export function replaceColumn(order: Order, column: number): void {
  for (let k = order.start[column]; k < order.start[column + 1]; k++) {
    order.place[order.node[k]] = k - order.start[column];
  }
}

/**
 * How many pairs of segments cross. Ports count: two segments into one card cross if they reach it in
 * the other order than their slots. Segments out of one card never cross, their ports are sorted.
 * O(segments · log segments), after Barth, Mutzel and Jünger, "Simple and Efficient Bilayer Cross Counting" (2004).
 */
export function countCrossings(graph: ProperGraph, order: Order): number {
  let total = 0;
  for (let column = 0; column + 1 < graph.layers; column++) total += crossingsAfter(graph, order, column);
  return total;
}

function crossingsAfter(graph: ProperGraph, order: Order, column: number): number {
  const { inStart, outStart, outSegment, target, port } = graph;
  const { start, node, place } = order;
  // Rank of each card's first port among all ports of the next column, from 1.
  const firstPort = new Int32Array(start[column + 2] - start[column + 1]);
  let ports = 1;
  for (let k = start[column + 1]; k < start[column + 2]; k++) {
    firstPort[k - start[column + 1]] = ports;
    ports += inStart[node[k] + 1] - inStart[node[k]];
  }
  const seen = new Int32Array(ports + 1);
  let inserted = 0;
  let crossings = 0;
  for (let k = start[column]; k < start[column + 1]; k++) {
    const from = outStart[node[k]];
    const to = outStart[node[k] + 1];
    for (let s = from; s < to; s++) {
      const segment = outSegment[s];
      let below = inserted;
      for (let q = firstPort[place[target[segment]]] + port[segment]; q > 0; q -= q & -q) below -= seen[q];
      crossings += below;
    }
    for (let s = from; s < to; s++) {
      const segment = outSegment[s];
      for (let q = firstPort[place[target[segment]]] + port[segment]; q <= ports; q += q & -q) seen[q]++;
      inserted++;
    }
  }
  return crossings;
}

/**
 * For two nodes of one column: the crossings between their segments with `upper` above, minus those with
 * it below. Positive means that they should change places.
 */
export function switchGain(graph: ProperGraph, order: Order, upper: number, lower: number): number {
  const { inStart, inSegment, outStart, outSegment, source, target } = graph;
  const { place } = order;
  let gain = 0;
  for (let a = inStart[upper]; a < inStart[upper + 1]; a++) {
    const p = place[source[inSegment[a]]];
    for (let b = inStart[lower]; b < inStart[lower + 1]; b++) {
      const q = place[source[inSegment[b]]];
      if (p > q) gain++;
      else if (p < q) gain--;
    }
  }
  for (let a = outStart[upper]; a < outStart[upper + 1]; a++) {
    const s = outSegment[a];
    const p = place[target[s]];
    for (let b = outStart[lower]; b < outStart[lower + 1]; b++) {
      const t = outSegment[b];
      const q = place[target[t]];
      if (p > q || (p === q && graph.port[s] > graph.port[t])) gain++;
      else if (p < q || graph.port[s] < graph.port[t]) gain--;
    }
  }
  return gain;
}
