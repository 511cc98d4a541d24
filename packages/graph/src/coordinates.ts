import { straightLines, type Lines } from './alignment.ts';
import type { Order } from './crossings.ts';
import type { ProperGraph } from './proper.ts';
import { Separator } from './separation.ts';

export interface Spacing {
  /** Per card. */
  readonly height: Float64Array;
  readonly gapY: number;
  readonly wire: number;
}

/** Distance between the ports of one card, where its height allows. */
export const PORT_DISTANCE = 17;

/** Free space that a card's corners keep from its first and last port. */
export const PORT_MARGIN = 8;

/** Above this many nodes and dummies, edges are balanced column by column instead of all together. */
const TOGETHER_UP_TO = 4_000;

/**
 * Heights for the nodes of every column: lines straight, other edges short in the sense of least squares,
 * cards and passing edges apart. `cut[l]` is 1 where a row ends after column l; rows are independent.
 * Anchored nodes (`known`) stay near `wanted`.
 */
export function assignY(
  graph: ProperGraph,
  order: Order,
  spacing: Spacing,
  cut: Uint8Array,
  anchors: { readonly y: Float64Array; readonly known: Uint8Array } | null,
): Float64Array {
  const distance = distances(graph, order, spacing);
  const y = sweepColumns(graph, order, distance, cut, anchors);
  if (graph.count > TOGETHER_UP_TO) return y;
  return balance(graph, order, spacing, distance, straightLines(graph, order, cut), cut, anchors, y);
}

/** Per place in `order.node`, the least distance to the node above it in the column. */
function distances(graph: ProperGraph, order: Order, spacing: Spacing): Float64Array {
  const { real, layers } = graph;
  const { start, node } = order;
  const distance = new Float64Array(node.length);
  for (let column = 0; column < layers; column++) {
    for (let k = start[column] + 1; k < start[column + 1]; k++) {
      const a = node[k - 1];
      const b = node[k];
      const cards = (a < real ? 1 : 0) + (b < real ? 1 : 0);
      const free = cards === 2 ? spacing.gapY : spacing.wire;
      distance[k] = free + (a < real ? spacing.height[a] / 2 : 0) + (b < real ? spacing.height[b] / 2 : 0);
    }
  }
  return distance;
}

/** First heights, and all there is for large graphs: columns follow their neighbours, to and fro. */
function sweepColumns(
  graph: ProperGraph,
  order: Order,
  distance: Float64Array,
  cut: Uint8Array,
  anchors: { readonly y: Float64Array; readonly known: Uint8Array } | null,
): Float64Array {
  const { real, count, layers, layer, inStart, inSegment, outStart, outSegment, source, target } = graph;
  const { start, node } = order;
  const y = new Float64Array(count);
  let longest = 0;
  for (let column = 0; column < layers; column++) {
    longest = Math.max(longest, start[column + 1] - start[column]);
    let at = 0;
    for (let k = start[column]; k < start[column + 1]; k++) {
      if (k > start[column]) at += distance[k];
      y[node[k]] = at;
    }
    for (let k = start[column]; k < start[column + 1]; k++) y[node[k]] -= at / 2;
  }
  if (anchors) for (let v = 0; v < real; v++) if (anchors.known[v]) y[v] = anchors.y[v];

  const separator = new Separator(longest);
  const wanted = new Float64Array(longest);
  const weight = new Float64Array(longest);
  const between = new Float64Array(longest);
  const result = new Float64Array(longest);
  const sweeps = count <= 20_000 ? 16 : 6;
  let sum = 0;
  let total = 0;
  const add = (v: number, inputs: boolean): void => {
    const from = inputs ? inStart[v] : outStart[v];
    const to = inputs ? inStart[v + 1] : outStart[v + 1];
    for (let k = from; k < to; k++) {
      const s = inputs ? inSegment[k] : outSegment[k];
      if (cut[layer[source[s]]]) continue;
      const u = inputs ? source[s] : target[s];
      const w = v >= real && u >= real ? 8 : v >= real || u >= real ? 2 : 1;
      sum += w * y[u];
      total += w;
    }
  };
  for (let k = 0; k < sweeps; k++) {
    const rightward = k % 2 === 0;
    const both = k >= sweeps - 2;
    for (let step = 0; step < layers; step++) {
      const column = rightward ? step : layers - 1 - step;
      const from = start[column];
      const size = start[column + 1] - from;
      for (let i = 0; i < size; i++) {
        const v = node[from + i];
        sum = 0;
        total = 0;
        if (both || rightward) add(v, true);
        if (both || !rightward) add(v, false);
        if (total === 0 && !both) add(v, !rightward);
        if (anchors && v < real && anchors.known[v]) {
          sum += 40 * anchors.y[v];
          total += 40;
        }
        wanted[i] = total > 0 ? sum / total : y[v];
        weight[i] = total > 0 ? total : 1e-3;
        between[i] = distance[from + i];
      }
      separator.separate(size, wanted, weight, between, result);
      for (let i = 0; i < size; i++) y[node[from + i]] = result[i];
    }
  }
  return y;
}

/** Where the port of each slot is expected before ports are placed; the line through a card is its centre. */
function nominalPort(graph: ProperGraph, lines: Lines, spacing: Spacing, segment: number): number {
  const v = graph.target[segment];
  if (v >= graph.real) return 0;
  const from = graph.inStart[v];
  const arity = graph.inStart[v + 1] - from;
  if (arity === 1) return 0;
  let centre = (arity - 1) / 2;
  for (let k = from; k < from + arity; k++) {
    if (lines.line[graph.source[graph.inSegment[k]]] === lines.line[v]) centre = k - from;
  }
  const room = Math.max(0, spacing.height[v] - 2 * PORT_MARGIN);
  return (graph.port[segment] - centre) * Math.min(PORT_DISTANCE, room / (arity - 1));
}

/**
 * Least squares over whole lines: minimises Σ weight · (height of source − height of port)² with all
 * distances kept. Accelerated projected gradient (Beck and Teboulle 2009); the projection alternates
 * between columns with Dykstra's corrections (1983), whose start is the last step's.
 */
function balance(
  graph: ProperGraph,
  order: Order,
  spacing: Spacing,
  distance: Float64Array,
  lines: Lines,
  cut: Uint8Array,
  anchors: { readonly y: Float64Array; readonly known: Uint8Array } | null,
  first: Float64Array,
): Float64Array {
  const { real, count, layers, layer, inStart, outStart, source, target } = graph;
  const { start, node } = order;
  const { line } = lines;
  const size = lines.count;

  // The objective over lines.
  const a = new Int32Array(source.length);
  const b = new Int32Array(source.length);
  const pull = new Float64Array(source.length);
  const offset = new Float64Array(source.length);
  const stiffness = new Float64Array(size);
  let springs = 0;
  for (let s = 0; s < source.length; s++) {
    const u = source[s];
    const v = target[s];
    if (cut[layer[u]] || line[u] === line[v]) continue;
    const twig = u < real && inStart[u] === inStart[u + 1] && outStart[u + 1] - outStart[u] === 1;
    a[springs] = line[u];
    b[springs] = line[v];
    pull[springs] = twig ? 0.2 : u >= real && v >= real ? 4 : 1;
    offset[springs] = nominalPort(graph, lines, spacing, s);
    stiffness[a[springs]] += pull[springs];
    stiffness[b[springs]] += pull[springs];
    springs++;
  }
  const anchor = new Float64Array(size);
  const anchorPull = new Float64Array(size);
  if (anchors) {
    for (let v = 0; v < real; v++) {
      if (!anchors.known[v]) continue;
      anchor[line[v]] += 8 * anchors.y[v];
      anchorPull[line[v]] += 8;
    }
    for (let k = 0; k < size; k++) {
      if (anchorPull[k] > 0) anchor[k] /= anchorPull[k];
      stiffness[k] += anchorPull[k];
    }
  }
  for (let k = 0; k < size; k++) stiffness[k] = Math.max(stiffness[k], 1e-3);

  const members = new Int32Array(size);
  let at = new Float64Array(size);
  for (let v = 0; v < count; v++) {
    at[line[v]] += first[v];
    members[line[v]]++;
  }
  for (let k = 0; k < size; k++) at[k] /= members[k];

  let longest = 0;
  for (let column = 0; column < layers; column++) {
    longest = Math.max(longest, start[column + 1] - start[column]);
  }
  const separator = new Separator(longest);
  const wanted = new Float64Array(longest);
  const weight = new Float64Array(longest);
  const between = new Float64Array(longest);
  const result = new Float64Array(longest);
  const correction = new Float64Array(count);
  let leftward = false;
  const project = (x: Float64Array, passes: number): void => {
    for (let v = 0; v < count; v++) x[line[v]] -= correction[v];
    for (let pass = 0; pass < passes; pass++) {
      for (let step = 0; step < layers; step++) {
        const column = leftward ? layers - 1 - step : step;
        const from = start[column];
        const length = start[column + 1] - from;
        for (let i = 0; i < length; i++) {
          const v = node[from + i];
          wanted[i] = x[line[v]] + correction[v];
          weight[i] = stiffness[line[v]];
          between[i] = distance[from + i];
        }
        separator.separate(length, wanted, weight, between, result);
        for (let i = 0; i < length; i++) {
          const v = node[from + i];
          correction[v] = wanted[i] - result[i];
          x[line[v]] = result[i];
        }
      }
      leftward = !leftward;
    }
  };

  const small = count <= 600;
  const steps = small ? 300 : 80;
  let ahead = at.slice();
  const gradient = new Float64Array(size);
  let momentum = 1;
  for (let step = 0; step < steps; step++) {
    gradient.fill(0);
    for (let s = 0; s < springs; s++) {
      const force = pull[s] * (ahead[a[s]] - ahead[b[s]] - offset[s]);
      gradient[a[s]] += force;
      gradient[b[s]] -= force;
    }
    const next = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      gradient[k] += anchorPull[k] * (ahead[k] - anchor[k]);
      next[k] = ahead[k] - gradient[k] / (2 * stiffness[k]);
    }
    project(next, small ? 4 : 2);
    // Momentum starts afresh when it points uphill.
    let uphill = 0;
    for (let k = 0; k < size; k++) uphill += stiffness[k] * (ahead[k] - next[k]) * (next[k] - at[k]);
    if (uphill > 0) momentum = 1;
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const carry = (momentum - 1) / following;
    momentum = following;
    let moved = 0;
    for (let k = 0; k < size; k++) {
      moved = Math.max(moved, Math.abs(next[k] - at[k]));
      ahead[k] = next[k] + carry * (next[k] - at[k]);
    }
    at = next;
    if (moved < (small ? 0.005 : 0.1) && step > 10) break;
  }
  // `at` minus its corrections plus themselves is `at`: more passes bring the last violations down.
  for (let v = 0; v < count; v++) at[line[v]] += correction[v];
  project(at, 60);
  const y = new Float64Array(count);
  pushApart(order, layers, distance, line, at);
  for (let v = 0; v < count; v++) y[v] = at[line[v]];
  return y;
}

/** Makes all distances exact: whatever is still too near moves down. Ends, because lines never cross. */
function pushApart(
  order: Order,
  layers: number,
  distance: Float64Array,
  line: Int32Array,
  at: Float64Array,
): void {
  const { start, node } = order;
  for (let moved = true, guard = 0; moved && guard < at.length; guard++) {
    moved = false;
    for (let column = 0; column < layers; column++) {
      for (let k = start[column] + 1; k < start[column + 1]; k++) {
        const least = at[line[node[k - 1]]] + distance[k];
        if (at[line[node[k]]] >= least - 1e-9) continue;
        at[line[node[k]]] = least;
        moved = true;
      }
    }
  }
}
