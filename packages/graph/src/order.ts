import {
  copyOrder,
  countCrossings,
  replaceColumn,
  restoreOrder,
  switchGain,
  type Order,
} from './crossings.ts';
import type { ProperGraph } from './proper.ts';

export interface Ordering {
  readonly order: Order;
  readonly crossings: number;
}

/** How hard to try, by the number of nodes and dummies. */
function effort(count: number): { starts: number; sweeps: number; sifts: number } {
  if (count <= 160) return { starts: 24, sweeps: 16, sifts: 8 };
  if (count <= 500) return { starts: 6, sweeps: 16, sifts: 6 };
  if (count <= 3_000) return { starts: 2, sweeps: 16, sifts: 2 };
  if (count <= 20_000) return { starts: 1, sweeps: 8, sifts: 0 };
  return { starts: 1, sweeps: 4, sifts: 0 };
}

/**
 * Orders every column so that few segments cross. The first start is a depth-first walk from the
 * outputs, slot by slot, which draws trees without crossings in the writer's order; it stays unless
 * another start is better. `goal` crossings are good enough. Deterministic.
 */
export function orderColumns(graph: ProperGraph, goal = 0): Ordering {
  const { starts, sweeps, sifts } = effort(graph.count);
  let best: Ordering | null = null;
  for (let k = 0; k < starts; k++) {
    const order = walkFromOutputs(graph, k);
    const crossings = improve(graph, order, sweeps, sifts);
    if (best === null || crossings < best.crossings) best = { order, crossings };
    if (crossings <= goal) break;
  }
  return best!;
}

/** Orders every column by y where that is `known`, and sifts only where crossings go away. */
export function orderAsBefore(graph: ProperGraph, y: Float64Array, known: Uint8Array): Ordering {
  const order = orderByPositions(graph, y, known);
  return { order, crossings: improve(graph, order, 0, Math.max(1, effort(graph.count).sifts)) };
}

/** Sweeps and sifts while that helps; leaves the best order in `order` and returns its crossings. */
function improve(graph: ProperGraph, order: Order, sweeps: number, sifts: number): number {
  let best = countCrossings(graph, order);
  let bestOrder = copyOrder(order);
  let stale = 0;
  for (let k = 0; k < sweeps && best > 0 && stale < 4; k++) {
    sweep(graph, order, k % 2 === 0);
    const crossings = countCrossings(graph, order);
    if (crossings < best) {
      best = crossings;
      bestOrder = copyOrder(order);
      stale = 0;
    } else stale++;
  }
  restoreOrder(order, bestOrder);
  for (let k = 0; k < sifts && best > 0; k++) {
    if (sift(graph, order) === 0) break;
    best = countCrossings(graph, order);
  }
  if (sifts === 0 && best > 0) {
    for (let k = 0; k < 6 && switchNeighbours(graph, order) > 0; k++);
    best = countCrossings(graph, order);
  }
  return best;
}

/** A generator of small integers, so that starts differ and yet every run is the same. */
function shuffled(seed: number): (below: number) => number {
  let state = (seed * 0x9e3779b9) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/**
 * Columns in the order of a depth-first walk from the outputs to the left. Start 0 visits inputs slot by
 * slot, start 1 from the last slot, later ones in pseudo-random order.
 */
function walkFromOutputs(graph: ProperGraph, start: number): Order {
  const { count, layers, layer, inStart, inSegment, outStart, source } = graph;
  const order = emptyOrder(graph);
  const fill = order.start.slice(0, layers);
  const seen = new Uint8Array(count);
  const stack: number[] = [];
  const random = shuffled(start);
  const inputs: number[] = [];
  for (let root = graph.real - 1; root >= 0; root--) {
    if (outStart[root] !== outStart[root + 1]) continue;
    stack.push(root);
    while (stack.length > 0) {
      const v = stack.pop()!;
      if (seen[v]) continue;
      seen[v] = 1;
      order.node[fill[layer[v]]++] = v;
      inputs.length = 0;
      for (let k = inStart[v + 1] - 1; k >= inStart[v]; k--) inputs.push(source[inSegment[k]]);
      if (start === 1) inputs.reverse();
      if (start > 1) {
        for (let k = inputs.length - 1; k > 0; k--) {
          const other = random(k + 1);
          const swap = inputs[k];
          inputs[k] = inputs[other];
          inputs[other] = swap;
        }
      }
      for (const u of inputs) if (!seen[u]) stack.push(u);
    }
  }
  for (let column = 0; column < layers; column++) replaceColumn(order, column);
  return order;
}

/** Columns by y, where it is known; others stand at the mean of their neighbours, dummies on their edge's line. */
function orderByPositions(graph: ProperGraph, y: Float64Array, known: Uint8Array): Order {
  const { real, count, layers, layer, inStart, inSegment, outStart, outSegment, source, target } = graph;
  const order = emptyOrder(graph);
  const at = new Float64Array(count);
  const set = new Uint8Array(count);
  for (let v = 0; v < real; v++) {
    at[v] = y[v];
    set[v] = known[v];
  }
  for (let round = 0; round < 8; round++) {
    let missing = 0;
    for (let k = 0; k < count; k++) {
      const v = round % 2 === 0 ? k : count - 1 - k;
      if (v < real && known[v]) continue;
      let sum = 0;
      let terms = 0;
      for (let k = inStart[v]; k < inStart[v + 1]; k++) {
        const u = source[inSegment[k]];
        if (!set[u]) continue;
        sum += at[u];
        terms++;
      }
      for (let k = outStart[v]; k < outStart[v + 1]; k++) {
        const s = outSegment[k];
        const u = target[s];
        if (!set[u]) continue;
        const arity = inStart[u + 1] - inStart[u];
        sum += at[u] + (u < real ? (graph.port[s] + 0.5) / arity - 0.5 : 0);
        terms++;
      }
      if (terms > 0) {
        at[v] = sum / terms;
        set[v] = 1;
      } else missing++;
    }
    if (missing === 0 && round >= 3) break;
  }
  const fill = order.start.slice(0, layers);
  for (let v = 0; v < count; v++) order.node[fill[layer[v]]++] = v;
  for (let column = 0; column < layers; column++) {
    order.node.subarray(order.start[column], order.start[column + 1]).sort((a, b) => at[a] - at[b] || a - b);
    replaceColumn(order, column);
  }
  return order;
}

function emptyOrder(graph: ProperGraph): Order {
  const start = new Int32Array(graph.layers + 1);
  for (let v = 0; v < graph.count; v++) start[graph.layer[v] + 1]++;
  for (let column = 0; column < graph.layers; column++) start[column + 1] += start[column];
  return { start, node: new Int32Array(graph.count), place: new Int32Array(graph.count) };
}

/**
 * One pass over the columns, each sorted by the mean place of its neighbours in the column before
 * (`rightward`) or after, where a card's ports count as places of their own. A node without such
 * neighbours goes by those on its other side.
 */
function sweep(graph: ProperGraph, order: Order, rightward: boolean): void {
  const { layers, inStart, inSegment, outStart, outSegment, source, target, port } = graph;
  const { start, node, place } = order;
  const key = new Float64Array(graph.count);
  const share = (v: number, inputs: boolean): number => {
    let sum = 0;
    const from = inputs ? inStart[v] : outStart[v];
    const to = inputs ? inStart[v + 1] : outStart[v + 1];
    for (let k = from; k < to; k++) {
      const s = inputs ? inSegment[k] : outSegment[k];
      const u = inputs ? source[s] : target[s];
      const column = graph.layer[u];
      const within = inputs ? 0.5 : (port[s] + 0.5) / (inStart[u + 1] - inStart[u]);
      sum += (place[u] + within) / (start[column + 1] - start[column]);
    }
    return sum / (to - from);
  };
  for (let k = 1; k <= layers; k++) {
    const column = rightward ? k - 1 : layers - k;
    for (let i = start[column]; i < start[column + 1]; i++) {
      const v = node[i];
      const hasInputs = inStart[v] < inStart[v + 1];
      const hasUses = outStart[v] < outStart[v + 1];
      if (!hasInputs && !hasUses) key[v] = (place[v] + 0.5) / (start[column + 1] - start[column]);
      else key[v] = share(v, rightward ? hasInputs : !hasUses);
    }
    node.subarray(start[column], start[column + 1]).sort((a, b) => key[a] - key[b] || place[a] - place[b]);
    replaceColumn(order, column);
  }
}

/** Takes each node through its whole column to the place with the fewest crossings. Returns the gain. */
function sift(graph: ProperGraph, order: Order): number {
  const { start, node, place } = order;
  let total = 0;
  for (let column = 0; column < graph.layers; column++) {
    const from = start[column];
    const to = start[column + 1];
    const nodes = node.slice(from, to);
    for (const v of nodes) {
      const home = from + place[v];
      let bestPlace = home;
      let best = 0;
      let gain = 0;
      for (let k = home - 1; k >= from; k--) {
        gain += switchGain(graph, order, node[k], v);
        if (gain > best) {
          best = gain;
          bestPlace = k;
        }
      }
      gain = 0;
      for (let k = home + 1; k < to; k++) {
        gain += switchGain(graph, order, v, node[k]);
        if (gain > best) {
          best = gain;
          bestPlace = k;
        }
      }
      if (bestPlace === home) continue;
      if (bestPlace < home) node.copyWithin(bestPlace + 1, bestPlace, home);
      else node.copyWithin(home, home + 1, bestPlace + 1);
      node[bestPlace] = v;
      replaceColumn(order, column);
      total += best;
    }
  }
  return total;
}

/** Switches neighbours in a column where that removes crossings. Returns the gain. */
function switchNeighbours(graph: ProperGraph, order: Order): number {
  const { start, node, place } = order;
  let total = 0;
  for (let column = 0; column < graph.layers; column++) {
    for (let k = start[column]; k + 1 < start[column + 1]; k++) {
      const gain = switchGain(graph, order, node[k], node[k + 1]);
      if (gain <= 0) continue;
      const upper = node[k];
      node[k] = node[k + 1];
      node[k + 1] = upper;
      place[node[k]] = k - start[column];
      place[upper] = k + 1 - start[column];
      total += gain;
    }
  }
  return total;
}
