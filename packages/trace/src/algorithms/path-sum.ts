import type { Algorithm, Counters } from './algorithm.ts';
import type { LiveGraph } from './live-graph.ts';
import { add, seeded, visitor, walk } from './walk.ts';

/**
 * What it costs to walk every path: each node is visited once for each path from it to `of`, and each visit but that
 * of `of` is come to by one multiplication.
 */
export function pathCosts(graph: LiveGraph): Omit<Counters, 'slots'> {
  const { paths } = graph;
  let visits = 0n;
  for (const node of graph.nodes) visits += paths[node];
  const others = BigInt(graph.nodes.length - 1);
  return {
    visits,
    multiplications: visits - 1n,
    additions: visits - 1n - others,
    hits: 0n,
    forwardPasses: 0n,
  };
}

/** The seed, a visit for each path, and two events for each multiplication. */
export function pathEvents(graph: LiveGraph): bigint {
  return 3n * pathCosts(graph).visits - 1n;
}

/** Per node, the number of paths to it, which is how many contributions it gets; 0 for `of`, which gets none. */
export function pathUses(graph: LiveGraph): Int32Array {
  const uses = new Int32Array(graph.recording.count);
  for (const node of graph.nodes) if (node !== graph.of) uses[node] = Number(graph.paths[node]);
  return uses;
}

/** Every path from scratch: only the products along the present path are kept, and the sums. */
export const pathSum: Algorithm = {
  name: 'path-sum',
  correct: true,
  count: (graph) => ({ ...pathCosts(graph), slots: BigInt(graph.depth + 1 + graph.leaves.length) }),
  events: pathEvents,
  uses: pathUses,
  run(graph, emit) {
    const visit = visitor(graph, emit);
    const sum = seeded(graph, emit);
    const product = new Float64Array(graph.depth + 1);
    product[0] = 1;
    walk(graph, {
      enter: (node, depth) => visit(node, product[depth]),
      follow: (use, depth) => {
        product[depth + 1] = graph.local[use] * product[depth];
        add(graph, use, product[depth + 1], sum, emit);
        return true;
      },
    });
    return sum;
  },
};
