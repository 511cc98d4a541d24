import type { Algorithm } from './algorithm.ts';
import type { LiveGraph } from './live-graph.ts';

/** Nodes that get anything from their inputs: the first contribution to each is no addition. */
function receivers({ nodes, useStart }: LiveGraph): number {
  return nodes.filter((node) => useStart[node + 1] > useStart[node]).length;
}

/**
 * Forward mode: for each leaf, the tangents of all nodes when that leaf moves at unit speed. A tangent is 0 where
 * nothing that moves is below, whatever the local derivatives are: there is no 0 · ∞ without a path.
 */
export const forward: Algorithm = {
  name: 'forward',
  correct: true,
  count(graph) {
    const passes = BigInt(graph.leaves.length);
    return {
      visits: passes * BigInt(graph.nodes.length),
      multiplications: passes * BigInt(graph.edges),
      additions: passes * BigInt(graph.edges - receivers(graph)),
      hits: 0n,
      forwardPasses: passes,
      slots: BigInt(graph.nodes.length + graph.leaves.length),
    };
  },
  events: (graph) => BigInt(graph.leaves.length) * BigInt(1 + graph.nodes.length + 2 * graph.edges),
  run(graph, emit) {
    const { input, local, recording, slot, useStart } = graph;
    const gradient = new Float64Array(recording.count);
    for (const leaf of graph.leaves) {
      const tangent = new Float64Array(recording.count);
      const moved = new Uint8Array(recording.count);
      tangent[leaf] = 1;
      moved[leaf] = 1;
      emit?.('seed', leaf, -1, 1);
      for (const node of graph.nodes) {
        for (let use = useStart[node]; use < useStart[node + 1]; use++) {
          const contribution = moved[input[use]] === 1 ? local[use] * tangent[input[use]] : 0;
          moved[node] |= moved[input[use]];
          tangent[node] += contribution;
          emit?.('contribute', node, slot[use], contribution);
          emit?.('accumulate', node, slot[use], tangent[node]);
        }
        emit?.('visit', node, -1, tangent[node]);
      }
      gradient[leaf] = tangent[graph.of];
    }
    return gradient;
  },
};
