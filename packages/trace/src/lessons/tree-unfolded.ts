import type { FoldPlan } from './tree-folds.ts';

/** Trees of more nodes are counted, not unfolded. The doubling ladder of ten stages has 2,047. */
export const TREE_NODES = 2_200;

/**
 * The tree of all paths from the output, node by node, and what becomes of each on the way to the graph. Tree node 0
 * is the output; the children of a tree node stand together, one for each live use, in slot order.
 */
export interface UnfoldedTree {
  readonly plan: FoldPlan;
  readonly count: number;
  /** Per tree node, the node of the recording that it is a copy of. */
  readonly node: Int32Array;
  /** Per tree node, the tree node above it, -1 for the output. */
  readonly parent: Int32Array;
  /** Per tree node, the use by which it hangs there, -1 for the output. */
  readonly use: Int32Array;
  readonly firstChild: Int32Array;
  /** Per tree node, the merge (counted from 1) in which it disappears; `merges + 1` if it stays. */
  readonly goneAt: Int32Array;
  /** Per tree node, the one that it becomes one with; itself if it stays. */
  readonly into: Int32Array;
}

/** Unfolds a graph; null where the tree has more than `most` nodes. */
export function unfoldTree(plan: FoldPlan, most = TREE_NODES): UnfoldedTree | null {
  if (plan.treeNodes > BigInt(most)) return null;
  const { graph } = plan;
  const count = Number(plan.treeNodes);
  const node = new Int32Array(count);
  const parent = new Int32Array(count).fill(-1);
  const use = new Int32Array(count).fill(-1);
  const firstChild = new Int32Array(count);
  node[0] = graph.of;
  for (let t = 0, end = 1; t < count; t++) {
    firstChild[t] = end;
    for (let u = graph.useStart[node[t]]; u < graph.useStart[node[t] + 1]; u++) {
      node[end] = graph.input[u];
      parent[end] = t;
      use[end++] = u;
    }
  }
  const goneAt = new Int32Array(count).fill(plan.merges + 1);
  const into = Int32Array.from(node.keys());
  const tree = { plan, count, node, parent, use, firstChild, goneAt, into };
  markMerges(tree);
  return tree;
}

/** Walks the merged copy and the one that stays at the same time: each part finds its counterpart. */
function markMerges({ plan, node, firstChild, goneAt, into }: UnfoldedTree): void {
  const { graph } = plan;
  const home = new Map<number, number>([[graph.of, 0]]);
  const below = (u: number): number => {
    const above = home.get(graph.consumer[u])!;
    return firstChild[above] + u - graph.useStart[node[above]];
  };
  let merge = 0;
  for (let at = graph.nodes.length - 1; at >= 0; at--) {
    const n = graph.nodes[at];
    if (n === graph.of) continue;
    const stays = below(graph.userOf[graph.userStart[n]]);
    home.set(n, stays);
    for (let k = graph.userStart[n] + 1; k < graph.userStart[n + 1]; k++) {
      merge++;
      const pairs = [below(graph.userOf[k]), stays];
      while (pairs.length > 0) {
        const twin = pairs.pop()!;
        const gone = pairs.pop()!;
        goneAt[gone] = merge;
        into[gone] = twin;
        const inputs = graph.useStart[node[gone] + 1] - graph.useStart[node[gone]];
        for (let child = 0; child < inputs; child++) {
          pairs.push(firstChild[gone] + child, firstChild[twin] + child);
        }
      }
    }
  }
}

/** What stands after so many merges. */
export interface FoldState {
  readonly merges: number;
  /** Per tree node, 1 while it stands. */
  readonly stands: Uint8Array;
  /** The edges that stand: per edge the tree node that uses, the tree node that is used, and the use. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly use: Int32Array;
  /**
   * Per tree node, the sum over the ways that lead into it of the products along them, NaN where it does not stand.
   * Over all copies of a node the sum is its gradient, in every state.
   */
  readonly sum: Float64Array;
}

/** The state after any number of merges, forwards and backwards alike. O(tree). */
export function foldState(tree: UnfoldedTree, merges: number): FoldState {
  const { plan, count, node, parent, goneAt } = tree;
  const stands = new Uint8Array(count);
  const standing: number[] = [];
  let edges = 0;
  for (let t = 0; t < count; t++) {
    if (goneAt[t] > merges) {
      stands[t] = 1;
      standing.push(t);
    }
    if (t > 0 && goneAt[parent[t]] > merges) edges++;
  }
  const from = new Int32Array(edges);
  const to = new Int32Array(edges);
  const use = new Int32Array(edges);
  const sum = new Float64Array(count).fill(NaN);
  for (const t of standing) sum[t] = t === 0 ? 1 : 0;
  // A consumer has a larger index in the recording than its inputs.
  standing.sort((a, b) => node[b] - node[a] || a - b);
  let edge = 0;
  for (const t of standing) {
    const first = plan.graph.useStart[node[t]];
    for (let u = first; u < plan.graph.useStart[node[t] + 1]; u++) {
      const child = standIn(tree, tree.firstChild[t] + u - first, merges);
      from[edge] = t;
      to[edge] = child;
      use[edge++] = u;
      sum[child] += sum[t] * plan.graph.local[u];
    }
  }
  return { merges, stands, from, to, use, sum };
}

/** The tree node that stands for a tree node after so many merges: itself, or what it became one with. */
export function standIn(
  { goneAt, into }: Pick<UnfoldedTree, 'goneAt' | 'into'>,
  treeNode: number,
  merges: number,
): number {
  let t = treeNode;
  while (goneAt[t] <= merges) t = into[t];
  return t;
}

/** The two copies, as tree nodes, that become one in a merge (counted from 1): the one that goes and the one that stays. */
export function mergedCopies(
  { count, goneAt, into, parent }: UnfoldedTree,
  number: number,
): { readonly goes: number; readonly stays: number } | null {
  for (let t = 1; t < count; t++) {
    // What hangs below it goes in the same merge.
    if (goneAt[t] === number && goneAt[parent[t]] !== number)
      return { goes: t, stays: standIn({ goneAt, into }, into[t], number - 1) };
  }
  return null;
}
