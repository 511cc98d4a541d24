import type { AlgorithmName, CounterName, Counters } from '../algorithms/algorithm.ts';
import type { LiveGraph } from '../algorithms/live-graph.ts';
import { keepsVisitedSet } from './memo-table.ts';

/** All that the cost of every algorithm depends on, of a graph of live uses. */
export interface Shape {
  /** Nodes that the output depends on, itself and the leaves included. */
  readonly nodes: bigint;
  readonly leaves: bigint;
  /** Nodes that use another one; all but the leaves, unless a node is computed from constants alone. */
  readonly inner: bigint;
  /** Live uses. */
  readonly edges: bigint;
  /** Nodes with a leaf below them, and their uses: what is asked for from the leaves upwards. */
  readonly asked: bigint;
  readonly askedEdges: bigint;
  /** Edges of the graph unfolded into a tree from the output: every use, once for each path that leads to it. */
  readonly treeEdges: bigint;
  /** Paths from all leaves to the output. */
  readonly paths: bigint;
  /** Edges on the longest path. */
  readonly depth: bigint;
}

export function shapeOf(graph: LiveGraph): Shape {
  const { nodes, leaves, useStart, input, consumer, paths, edges, depth, recording } = graph;
  let leafPaths = 0n;
  for (const leaf of leaves) leafPaths += paths[leaf];
  const isAsked = new Uint8Array(recording.count);
  for (const leaf of leaves) isAsked[leaf] = 1;
  let treeEdges = 0n;
  let inner = 0;
  let asked = 0;
  let askedEdges = 0;
  for (const node of nodes) {
    if (useStart[node + 1] > useStart[node]) inner++;
    for (let use = useStart[node]; use < useStart[node + 1]; use++) {
      treeEdges += paths[consumer[use]];
      if (isAsked[input[use]] === 0) continue;
      isAsked[node] = 1;
      askedEdges++;
    }
    asked += isAsked[node];
  }
  return {
    nodes: BigInt(nodes.length),
    leaves: BigInt(leaves.length),
    inner: BigInt(inner),
    edges: BigInt(edges),
    asked: BigInt(asked),
    askedEdges: BigInt(askedEdges),
    treeEdges,
    paths: leafPaths,
    depth: BigInt(depth),
  };
}

const NOTHING = { hits: 0n, forwardPasses: 0n } as const;

/**
 * The counters of an algorithm as formulas in N nodes, E edges, L leaves and T tree edges. A node's first contribution
 * is no addition, and every node but the output has one: E − (N − 1) additions remain.
 */
export function costOf(shape: Shape, algorithm: AlgorithmName): Counters {
  const { nodes, leaves, inner, edges, asked, askedEdges, treeEdges, depth } = shape;
  const merges = edges - (nodes - 1n);
  const once = { visits: nodes, multiplications: edges, additions: merges, ...NOTHING, slots: nodes };
  const everyPath = {
    visits: treeEdges + 1n,
    multiplications: treeEdges,
    additions: treeEdges - (nodes - 1n),
    ...NOTHING,
  };
  switch (algorithm) {
    case 'path-sum':
      return { ...everyPath, slots: depth + 1n + leaves };
    case 'accumulate-early':
      return { ...everyPath, slots: nodes + depth + 1n };
    case 'memo':
      return {
        visits: asked,
        multiplications: askedEdges,
        additions: asked === 0n ? 0n : askedEdges - (asked - 1n),
        hits: leaves + askedEdges - asked,
        forwardPasses: 0n,
        slots: asked,
      };
    case 'reverse':
      return once;
    case 'overwrite':
      return { ...once, additions: 0n };
    case 'preorder':
    case 'breadth-first':
    case 'postorder':
      return { ...once, hits: merges, slots: 2n * nodes };
    case 'forward':
      return {
        visits: leaves * nodes,
        multiplications: leaves * edges,
        additions: leaves * (edges - inner),
        hits: 0n,
        forwardPasses: leaves,
        slots: nodes + leaves,
      };
    case 'numeric':
      return {
        visits: leaves * (nodes - leaves),
        multiplications: 0n,
        additions: 0n,
        hits: 0n,
        forwardPasses: leaves,
        slots: nodes + leaves,
      };
  }
}

/**
 * The quantities of a shape as formulas in the size of a family, as plain text with `^{…}` for exponents and `_{…}` for
 * indices: `2^{n+1} − 2`. Differences of them stand in the simplest form.
 */
export interface ShapeFormulas {
  readonly nodes: string;
  readonly leaves: string;
  /** N − L. */
  readonly computed: string;
  readonly edges: string;
  readonly treeEdges: string;
  /** T + 1. */
  readonly visits: string;
  /** E − (N − 1). */
  readonly merges: string;
  /** T − (N − 1). */
  readonly treeMerges: string;
  readonly depth: string;
  readonly paths: string;
  readonly asked: string;
  readonly askedEdges: string;
  readonly askedMerges: string;
  /** L + (edges that are asked for) − (nodes that are asked for). */
  readonly hits: string;
  /** E − (nodes that use another one). */
  readonly joins: string;
}

/** The formulas of a family in which every node is a leaf or has a leaf below it. */
export function ordinary(
  formulas: Omit<ShapeFormulas, 'asked' | 'askedEdges' | 'askedMerges' | 'joins'>,
): ShapeFormulas {
  const { nodes, edges, merges, hits } = formulas;
  return { ...formulas, asked: nodes, askedEdges: edges, askedMerges: merges, joins: hits };
}

/** The formula of a counter in a family's size. */
export function formulaOf(formulas: ShapeFormulas, algorithm: AlgorithmName, counter: CounterName): string {
  const { nodes, leaves, computed, edges, merges, depth } = formulas;
  const everyPath = algorithm === 'path-sum' || algorithm === 'accumulate-early';
  const perLeaf = algorithm === 'forward' || algorithm === 'numeric';
  const asked = algorithm === 'memo';
  switch (counter) {
    case 'visits':
      if (perLeaf) return times(leaves, algorithm === 'forward' ? nodes : computed);
      return everyPath ? formulas.visits : asked ? formulas.asked : nodes;
    case 'multiplications':
      if (algorithm === 'numeric') return '0';
      if (algorithm === 'forward') return times(leaves, edges);
      return everyPath ? formulas.treeEdges : asked ? formulas.askedEdges : edges;
    case 'additions':
      if (algorithm === 'numeric' || algorithm === 'overwrite') return '0';
      if (algorithm === 'forward') return times(leaves, formulas.joins);
      return everyPath ? formulas.treeMerges : asked ? formulas.askedMerges : merges;
    case 'hits':
      return asked ? formulas.hits : keepsVisitedSet(algorithm) ? merges : '0';
    case 'forwardPasses':
      return perLeaf ? leaves : '0';
    case 'slots':
      if (algorithm === 'path-sum') return plus(plus(depth, '1'), leaves);
      if (algorithm === 'accumulate-early') return plus(nodes, plus(depth, '1'));
      if (perLeaf) return plus(nodes, leaves);
      if (asked) return formulas.asked;
      return keepsVisitedSet(algorithm) ? times('2', nodes) : nodes;
  }
}

/** A sum of terms written with blanks around its signs. */
const isSum = (text: string): boolean => /\s[+−]\s/.test(text);
const NUMBER = /^\d+$/;

function grouped(text: string): string {
  return isSum(text) || text.includes('·') ? `(${text})` : text;
}

function times(a: string, b: string): string {
  if (a === '1') return b;
  if (b === '1') return a;
  return `${grouped(a)}·${grouped(b)}`;
}

function plus(a: string, b: string): string {
  if (NUMBER.test(a) && NUMBER.test(b)) return String(BigInt(a) + BigInt(b));
  // `n + 1 + 2` is `n + 3`.
  const last = /^(.*) \+ (\d+)$/.exec(a);
  return last !== null && NUMBER.test(b) ? `${last[1]} + ${BigInt(last[2]) + BigInt(b)}` : `${a} + ${b}`;
}
