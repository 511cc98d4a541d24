import type { LiveGraph } from '../algorithms/live-graph.ts';

/** A node whose copies are folded into one, once everything above it is. */
export interface FoldedNode {
  readonly node: number;
  /** Merges that were made before the first of this node. */
  readonly first: number;
  /** Live uses: so many copies stand when its turn comes, and one merge less makes them one. */
  readonly uses: number;
  /** Edges of the tree that hangs below one copy: what each merge of this node saves. */
  readonly below: bigint;
  /** Multiplications left before the first merge of this node. */
  readonly before: bigint;
}

/**
 * The way from the tree of all paths to the graph. The tree has a copy of a node for every path from the output to
 * it, and an edge (a multiplication) for every step that the path sum makes. Copies are merged one at a time, nodes
 * from the output downwards in the order of the reverse sweep: when it is a node's turn, everything above it stands
 * once, so it has one copy for each of its uses, and each copy carries the contribution of that use. A merge adds the
 * contribution to the sum of the first copy and removes what hangs below the merged one; it is the cache hit of a
 * recursion that has computed below this node before. There are uses − nodes + 1 merges in all.
 */
export interface FoldPlan {
  readonly graph: LiveGraph;
  /** Nodes of the tree: all copies. */
  readonly treeNodes: bigint;
  /** Edges of the tree: the multiplications of the path sum. */
  readonly treeEdges: bigint;
  /** Number of merges; states go from 0 (the tree) to this (the graph). */
  readonly merges: number;
  /** The nodes that are used more than once, in the order of folding. */
  readonly folds: readonly FoldedNode[];
  /** Per node, ∂output/∂node as the reverse sweep sums it; 0 where the output does not depend on it. */
  readonly gradient: Float64Array;
}

/** Counts every merge without unfolding anything: O(uses) additions of big integers. */
export function planFolds(graph: LiveGraph): FoldPlan {
  const { nodes, of, useStart, input, local, userStart, userOf, consumer } = graph;
  const below = new Map<number, bigint>();
  for (const node of nodes) {
    let edges = 0n;
    for (let use = useStart[node]; use < useStart[node + 1]; use++) edges += 1n + below.get(input[use])!;
    below.set(node, edges);
  }
  const treeEdges = below.get(of)!;
  const gradient = new Float64Array(graph.recording.count);
  const folds: FoldedNode[] = [];
  let left = treeEdges;
  let merges = 0;
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at];
    const uses = userStart[node + 1] - userStart[node];
    let total = node === of ? 1 : 0;
    for (let k = userStart[node]; k < userStart[node + 1]; k++) {
      total += local[userOf[k]] * gradient[consumer[userOf[k]]];
    }
    gradient[node] = total;
    if (uses < 2) continue;
    const each = below.get(node)!;
    folds.push({ node, first: merges, uses, below: each, before: left });
    left -= each * BigInt(uses - 1);
    merges += uses - 1;
  }
  return { graph, treeNodes: treeEdges + 1n, treeEdges, merges, folds, gradient };
}

/** The multiplications that are left after so many merges: the edges of what stands. */
export function multiplicationsLeft(plan: FoldPlan, merges: number): bigint {
  if (merges <= 0) return plan.treeEdges;
  const fold = foldOf(plan, merges);
  return fold.before - fold.below * BigInt(merges - fold.first);
}

/** One merge, with the numbers that meet in it. */
export interface Merge {
  /** Counted from 1; it leads from state `number − 1` to state `number`. */
  readonly number: number;
  readonly node: number;
  /** The uses whose copies become one: the first one's copy stays. */
  readonly kept: number;
  readonly merged: number;
  /** The copies that stand as one after it, and all that there are of this node at its turn. */
  readonly together: number;
  readonly uses: number;
  /** What the copy that stays has summed up before, what the merged one brings, and their sum. */
  readonly before: number;
  readonly contribution: number;
  readonly total: number;
  readonly saved: bigint;
  readonly left: bigint;
}

export function mergeAt(plan: FoldPlan, number: number): Merge {
  const { graph, gradient } = plan;
  const fold = foldOf(plan, number);
  const from = graph.userStart[fold.node];
  const behind = number - fold.first;
  const contribution = (k: number): number => {
    const use = graph.userOf[from + k];
    return graph.local[use] * gradient[graph.consumer[use]];
  };
  let before = contribution(0);
  for (let k = 1; k < behind; k++) before += contribution(k);
  return {
    number,
    node: fold.node,
    kept: graph.userOf[from],
    merged: graph.userOf[from + behind],
    together: behind + 1,
    uses: fold.uses,
    before,
    contribution: contribution(behind),
    total: before + contribution(behind),
    saved: fold.below,
    left: multiplicationsLeft(plan, number),
  };
}

/** Per node of the recording, how many copies of it stand after so many merges; 0 for nodes without a path. */
export function standingCopies(plan: FoldPlan, merges: number): bigint[] {
  const { graph } = plan;
  const turn = new Map(plan.folds.map((fold) => [fold.node, fold]));
  const copies = Array.from({ length: graph.recording.count }, () => 0n);
  copies[graph.of] = 1n;
  for (let at = graph.nodes.length - 1; at >= 0; at--) {
    const node = graph.nodes[at];
    if (node === graph.of) continue;
    let sum = 0n;
    for (let k = graph.userStart[node]; k < graph.userStart[node + 1]; k++) {
      sum += copies[graph.consumer[graph.userOf[k]]];
    }
    const fold = turn.get(node);
    // At its turn, its consumers stand once each, and so many of its copies are gone.
    const gone = fold === undefined ? 0 : Math.min(fold.uses - 1, Math.max(0, merges - fold.first));
    copies[node] = sum - BigInt(gone);
  }
  return copies;
}

/** The node that a merge, counted from 1, belongs to. */
function foldOf(plan: FoldPlan, number: number): FoldedNode {
  const { folds } = plan;
  if (number < 1 || number > plan.merges) {
    throw new RangeError(`There is no merge ${number}; expected one of 1 to ${plan.merges}`);
  }
  let low = 0;
  let high = folds.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (folds[middle].first < number) low = middle;
    else high = middle - 1;
  }
  return folds[low];
}
