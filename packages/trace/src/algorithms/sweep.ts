import { backward } from '@backflow/engine';
import { emitSweep } from '../reverse.ts';
import type { Algorithm, Counters } from './algorithm.ts';
import type { LiveGraph } from './live-graph.ts';

/** What it costs to visit each node once: one multiplication for each use, and the first contribution is no addition. */
export function sweepCosts({ nodes, edges }: LiveGraph): Counters {
  return {
    visits: BigInt(nodes.length),
    multiplications: BigInt(edges),
    additions: BigInt(edges - (nodes.length - 1)),
    hits: 0n,
    forwardPasses: 0n,
    slots: BigInt(nodes.length),
  };
}

/** The seed, a visit for each node, and two events for each use. */
export const sweepEvents = ({ nodes, edges }: LiveGraph): bigint => BigInt(1 + nodes.length + 2 * edges);

/** The engine's own backward sweep. */
export const reverse: Algorithm = {
  name: 'reverse',
  correct: true,
  count: sweepCosts,
  events: sweepEvents,
  run: ({ recording, of }, emit) =>
    emit === null ? backward(recording, { of }) : emitSweep(recording, of, emit),
};

/** The same order, with `=` for `+=`. */
export const overwrite: Algorithm = {
  name: 'overwrite',
  correct: false,
  count: (graph) => ({ ...sweepCosts(graph), additions: 0n }),
  events: sweepEvents,
  run(graph, emit) {
    const { consumer, input, local, nodes, recording, slot, useStart } = graph;
    const gradient = new Float64Array(recording.count);
    gradient[graph.of] = 1;
    emit?.('seed', graph.of, -1, 1);
    for (let at = nodes.length - 1; at >= 0; at--) {
      const node = nodes[at];
      emit?.('visit', node, -1, gradient[node]);
      for (let use = useStart[node]; use < useStart[node + 1]; use++) {
        const contribution = local[use] * gradient[node];
        gradient[input[use]] = contribution;
        emit?.('contribute', consumer[use], slot[use], contribution);
        emit?.('accumulate', input[use], slot[use], contribution);
      }
    }
    return gradient;
  },
};
