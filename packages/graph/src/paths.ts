import { backward, isLive, partialsOf, reachable, type Recording } from '@backflow/engine';

export interface Path {
  /** The nodes from the first to the last, both included. */
  readonly nodes: readonly number[];
  /** Per node after the first, the slot by which the path enters it. */
  readonly slots: readonly number[];
  /** The product of the local derivatives along the path. */
  readonly product: number;
}

export interface LargestPaths {
  /** The paths with the largest |product|, largest first. */
  readonly paths: readonly Path[];
  /** How many paths there are in all. */
  readonly count: bigint;
  /** The sum of all their products: ∂to/∂from, from one reverse sweep. */
  readonly total: number;
}

/** Undefined and infinite products come before all finite ones, zeros after them. */
const CLASSES = 4;
function classOf(product: number): number {
  if (Number.isNaN(product)) return 0;
  if (!Number.isFinite(product)) return 1;
  return product === 0 ? 3 : 2;
}

/** Path ends for one node, best first: their products, the use each goes on by, and its rank there. */
interface Ends {
  readonly product: number[];
  readonly use: number[];
  readonly rank: number[];
}

/**
 * The `most` paths from one node to another with the largest |product of local derivatives|, without
 * looking at all paths: each node keeps its own best ends, and a node's best ends go on by the best ends
 * of its consumers. NaN counts as largest, then ±∞; among equals the path through the earlier consumer
 * and slot comes first. Only live edges count. O(edges · most · log) time on the nodes between the two.
 *
 * `most` ends are kept for each of NaN, infinite, finite and zero products, since a local derivative of
 * 0 or ∞ turns one kind into another.
 */
export function largestPaths(
  recording: Recording,
  from: number,
  to: number = recording.output,
  most = 20,
): LargestPaths {
  const { inputStart, inputs } = recording;
  const total = backward(recording, { of: to })[from];
  if (from > to) return { paths: [], count: 0n, total };

  // The nodes that lie between: reached by `from`, and reaching `to`.
  const between = reachable(recording, to);
  const after = new Uint8Array(to + 1);
  after[from] = 1;
  for (let node = from + 1; node <= to; node++) {
    if (!between[node]) continue;
    for (let k = inputStart[node]; k < inputStart[node + 1]; k++) {
      const input = inputs[k];
      if (input < from || !after[input] || !isLive(recording, node, k - inputStart[node])) continue;
      after[node] = 1;
      break;
    }
  }
  if (!after[to] || !between[from]) return { paths: [], count: 0n, total };

  const consumerOf = new Map<number, number>();
  const ends = new Map<number, Ends>();
  const counts = new Map<number, bigint>([[to, 1n]]);
  let count = 0n;
  ends.set(to, { product: [1], use: [-1], rank: [0] });
  for (let node = to; node >= from; node--) {
    if (!after[node] || !between[node]) continue;
    const own = ends.get(node)!;
    keepBest(own, most);
    const paths = counts.get(node)!;
    counts.delete(node);
    if (node === from) {
      count = paths;
      break;
    }
    const partials = partialsOf(recording, node);
    for (let slot = 0; slot < partials.length; slot++) {
      const k = inputStart[node] + slot;
      const input = inputs[k];
      if (input < from || !after[input] || !isLive(recording, node, slot)) continue;
      consumerOf.set(k, node);
      counts.set(input, (counts.get(input) ?? 0n) + paths);
      let into = ends.get(input);
      if (!into) ends.set(input, (into = { product: [], use: [], rank: [] }));
      for (let rank = 0; rank < own.product.length; rank++) {
        into.product.push(own.product[rank] * partials[slot]);
        into.use.push(k);
        into.rank.push(rank);
      }
      if (into.product.length > 64 * CLASSES * most) keepBest(into, most);
    }
  }

  const first = ends.get(from)!;
  const paths: Path[] = [];
  for (let k = 0; k < Math.min(most, first.product.length); k++) {
    const nodes = [from];
    const slots: number[] = [];
    let at = first;
    let rank = k;
    while (at.use[rank] >= 0) {
      const use = at.use[rank];
      const node = consumerOf.get(use)!;
      nodes.push(node);
      slots.push(use - inputStart[node]);
      rank = at.rank[rank];
      at = ends.get(node)!;
    }
    paths.push({ nodes, slots, product: first.product[k] });
  }
  return { paths, count, total };
}

/** Sorts ends, best first, and keeps `most` of each class. */
function keepBest(ends: Ends, most: number): void {
  const { product, use, rank } = ends;
  const order = Array.from(product.keys());
  order.sort((a, b) => {
    const kind = classOf(product[a]) - classOf(product[b]);
    if (kind !== 0) return kind;
    const size = classOf(product[a]) === 2 ? Math.abs(product[b]) - Math.abs(product[a]) : 0;
    return size || use[a] - use[b] || rank[a] - rank[b];
  });
  const left = new Int32Array(CLASSES).fill(most);
  const best = order.filter((k) => left[classOf(product[k])]-- > 0);
  const take = (values: number[]): number[] => best.map((k) => values[k]);
  const sorted = [take(product), take(use), take(rank)];
  product.length = use.length = rank.length = 0;
  for (let k = 0; k < best.length; k++) {
    product.push(sorted[0][k]);
    use.push(sorted[1][k]);
    rank.push(sorted[2][k]);
  }
}
