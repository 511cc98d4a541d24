import type { Algorithm } from './algorithm.ts';
import { pathCosts, pathEvents, pathUses } from './path-sum.ts';
import { passOn, seeded, visitor, walk } from './walk.ts';

/** Recursion without a memo: at each visit a node passes on its gradient so far, then the inputs do the same. */
export const accumulateEarly: Algorithm = {
  name: 'accumulate-early',
  correct: false,
  // A gradient per node, and the stack of the recursion.
  count: (graph) => ({ ...pathCosts(graph), slots: BigInt(graph.nodes.length + graph.depth + 1) }),
  events: pathEvents,
  uses: pathUses,
  run(graph, emit) {
    const visit = visitor(graph, emit);
    const gradient = seeded(graph, emit);
    walk(graph, {
      enter: (node) => {
        visit(node, gradient[node]);
        passOn(graph, node, gradient, emit);
      },
    });
    return gradient;
  },
};
