import type { Order } from './crossings.ts';
import type { ProperGraph } from './proper.ts';

/**
 * Which nodes stand on one straight line: per node, the index of its line, counted from 0.
 *
 *      a ──────────── × ── Σ ── σ        one line: the run that an eye follows
 *      w ─────────────┘    │             lines of their own
 *      b ──────────────────┘
 *
 * A line takes at most one node per column, and two lines never cross.
 */
export interface Lines {
  readonly count: number;
  readonly line: Int32Array;
}

/** How much a segment should be straight; 0 where it is left to the balance of all edges. */
function straightness(graph: ProperGraph, segment: number, trunk: Int32Array, twig: Uint8Array): number {
  const { real, inStart, inSegment, outStart, outSegment, source, target } = graph;
  const a = source[segment];
  const b = target[segment];
  const uses = outStart[a + 1] - outStart[a];
  const arity = inStart[b + 1] - inStart[b];
  // The line goes on if all other uses are further away.
  let onlyNear = true;
  for (let k = outStart[a]; k < outStart[a + 1]; k++) {
    if (outSegment[k] !== segment && target[outSegment[k]] < real) onlyNear = false;
  }
  if (b >= real) return a >= real ? 6 : uses === 1 ? 4 : 0;
  if (arity === 1) return a >= real ? 4 : uses === 1 ? 5 : onlyNear ? 1 : 0;
  if (a >= real) return 0;
  // The only input that is more than a single-use leaf carries the line on.
  if (trunk[b] === 1 && !twig[a]) return uses === 1 ? 3 : onlyNear ? 1 : 0;
  // Beside inputs that are shared with others, a weight belongs to its product.
  if (!twig[a] || arity !== trunk[b] + 1) return 0;
  for (let k = inStart[b]; k < inStart[b + 1]; k++) {
    const u = source[inSegment[k]];
    if (u !== a && u < real && outStart[u + 1] - outStart[u] === 1) return 0;
  }
  return 2;
}

/**
 * Chooses lines greedily, the most important segments first. `cut[l]` is 1 where a row ends after
 * column l: no line goes on there.
 */
export function straightLines(graph: ProperGraph, order: Order, cut: Uint8Array): Lines {
  const { real, count, layer, inStart, inSegment, outStart, source, target } = graph;
  const { place } = order;
  const twig = new Uint8Array(count);
  const trunk = new Int32Array(count);
  for (let v = 0; v < real; v++) {
    twig[v] = inStart[v] === inStart[v + 1] && outStart[v + 1] - outStart[v] === 1 ? 1 : 0;
  }
  for (let v = 0; v < real; v++) {
    for (let k = inStart[v]; k < inStart[v + 1]; k++) if (!twig[source[inSegment[k]]]) trunk[v]++;
  }
  const weight = new Int8Array(source.length);
  const chosen: number[] = [];
  for (let s = 0; s < source.length; s++) {
    if (cut[layer[source[s]]]) continue;
    weight[s] = straightness(graph, s, trunk, twig);
    if (weight[s] > 0) chosen.push(s);
  }
  chosen.sort((s, t) => weight[t] - weight[s] || s - t);

  const right = new Int32Array(count).fill(-1);
  const left = new Int32Array(count).fill(-1);
  // Per column, the taken segments to the next column, sorted by the place of their left ends.
  const taken: number[][] = Array.from({ length: graph.layers }, () => []);
  for (const s of chosen) {
    const a = source[s];
    const b = target[s];
    if (right[a] >= 0 || left[b] >= 0) continue;
    const list = taken[layer[a]];
    let low = 0;
    for (let high = list.length; low < high;) {
      const middle = (low + high) >> 1;
      if (place[source[list[middle]]] < place[a]) low = middle + 1;
      else high = middle;
    }
    if (low > 0 && place[target[list[low - 1]]] > place[b]) continue;
    if (low < list.length && place[target[list[low]]] < place[b]) continue;
    list.splice(low, 0, s);
    right[a] = b;
    left[b] = a;
  }

  const line = new Int32Array(count);
  let lines = 0;
  for (let v = 0; v < count; v++) {
    if (left[v] >= 0) continue;
    for (let u = v; u >= 0; u = right[u]) line[u] = lines;
    lines++;
  }
  return { count: lines, line };
}
