import { Tape } from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import type { LiveGraph } from '../algorithms/live-graph.ts';
import type { Family } from './growth-families.ts';
import { shapeOf } from './growth.ts';
import type { ShapeFormulas } from './growth.ts';

/**
 * A program as often as one likes in series: the output of one copy stands in the place of a leaf of the next. Every
 * copy has its other leaves to itself.
 *
 * A path through k copies chooses one of the p paths of every copy it passes, so the tree of the last copy has p trees of
 * k − 1 copies below it: T_k = T + p·T_{k−1} = T·(pᵏ − 1)/(p − 1).
 *
 * `leaf` is one of the reached leaves, and not the output itself.
 */
export function seriesOf(graph: LiveGraph, leaf: number): Family {
  const one = shapeOf(graph);
  const p = graph.paths[leaf];
  const far = BigInt(distance(graph, leaf));
  const letters = [
    ['N', one.nodes],
    ['E', one.edges],
    ['L', one.leaves],
    ['T', one.treeEdges],
    ['p', p],
    ['P', one.paths],
    ['D', one.depth],
    ['d', far],
    ['I', one.inner],
    ['A', one.asked],
    ['B', one.askedEdges],
  ] as const;
  // Constants that are computed with have nodes without a leaf below.
  const plain = one.inner === one.nodes - one.leaves && one.asked === one.nodes;
  return {
    least: 1,
    letters: plain ? letters.slice(0, -3) : letters,
    formulas: { ...(p === 1n ? ONE_PATH : PATHS), ...(plain ? PLAIN : CONSTANTS) },
    shape(size) {
      const k = BigInt(size);
      const power = p ** k;
      const copies = p === 1n ? k : (power - 1n) / (p - 1n);
      return {
        nodes: k * (one.nodes - 1n) + 1n,
        leaves: k * (one.leaves - 1n) + 1n,
        inner: k * one.inner,
        edges: k * one.edges,
        asked: k * (one.asked - 1n) + 1n,
        askedEdges: k * one.askedEdges,
        treeEdges: one.treeEdges * copies,
        paths: (one.paths - p) * copies + power,
        depth: one.depth + (k - 1n) * far,
      };
    },
    record: (size) => inSeries(graph, leaf, size),
  };
}

const COMMON = {
  nodes: 'n·(N − 1) + 1',
  leaves: 'n·(L − 1) + 1',
  computed: 'n·(N − L)',
  edges: 'n·E',
  merges: 'n·(E − N + 1)',
  depth: 'D + (n − 1)·d',
} satisfies Partial<ShapeFormulas>;

const PATHS = {
  ...COMMON,
  treeEdges: 'T·(p^{n} − 1)/(p − 1)',
  visits: 'T·(p^{n} − 1)/(p − 1) + 1',
  treeMerges: 'T·(p^{n} − 1)/(p − 1) − n·(N − 1)',
  paths: '(P − p)·(p^{n} − 1)/(p − 1) + p^{n}',
};

/** Where only one path leads through a copy, the fraction is 0/0, and n in its place. */
const ONE_PATH = {
  ...COMMON,
  treeEdges: 'n·T',
  visits: 'n·T + 1',
  treeMerges: 'n·(T − N + 1)',
  paths: 'n·(P − 1) + 1',
};

type Rest = Omit<ShapeFormulas, keyof typeof PATHS>;

const PLAIN: Rest = {
  asked: COMMON.nodes,
  askedEdges: COMMON.edges,
  askedMerges: COMMON.merges,
  hits: 'n·(E + L − N)',
  joins: 'n·(E + L − N)',
};

const CONSTANTS: Rest = {
  asked: 'n·(A − 1) + 1',
  askedEdges: 'n·B',
  askedMerges: 'n·(B − A + 1)',
  hits: 'n·(B + L − A)',
  joins: 'n·(E − I)',
};

/** Edges on the longest path from a leaf to the output. */
function distance({ of, nodes, useStart, input }: LiveGraph, leaf: number): number {
  const far = new Map<number, number>([[of, 0]]);
  for (const node of nodes.toReversed()) {
    const at = far.get(node) ?? 0;
    for (let use = useStart[node]; use < useStart[node + 1]; use++) {
      far.set(input[use], Math.max(far.get(input[use]) ?? 0, at + 1));
    }
  }
  return far.get(leaf) ?? 0;
}

/**
 * The live uses of a program, so often in series, as a recording of its own. What is computed does not matter to its
 * cost, and might take other branches with other numbers: each node is a sum of what it uses.
 */
function inSeries(graph: LiveGraph, leaf: number, copies: number): Recording {
  const { recording, of, nodes, useStart, input } = graph;
  const tape = new Tape();
  const isLeaf = new Set(graph.leaves);
  let output: Value | null = null;
  for (let copy = 1; copy <= copies; copy++) {
    const made = new Map<number, Value>();
    for (const node of nodes) {
      const name = recording.names.get(node) ?? `#${node}`;
      if (isLeaf.has(node)) {
        made.set(node, node === leaf && output !== null ? output : tape.leaf(0, `${name}.${copy}`));
        continue;
      }
      const used = Array.from(input.subarray(useStart[node], useStart[node + 1]), (at) => made.get(at)!);
      made.set(node, tape.applyAll('sum', used.length === 0 ? [0] : used));
    }
    output = made.get(of)!;
  }
  return tape.record(output!);
}
