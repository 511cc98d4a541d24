import type { Algorithm } from './algorithm.ts';
import type { LiveGraph } from './live-graph.ts';
import { add } from './walk.ts';

/** What is asked for: the nodes between a leaf and `of`, and the uses among them. Nodes without a leaf below are not. */
function asked({ leaves, nodes, recording, consumer, userOf, userStart }: LiveGraph): {
  readonly entries: number;
  readonly edges: number;
} {
  const marked = new Uint8Array(recording.count);
  for (const leaf of leaves) marked[leaf] = 1;
  let entries = 0;
  let edges = 0;
  for (const node of nodes) {
    if (marked[node] === 0) continue;
    entries++;
    edges += userStart[node + 1] - userStart[node];
    for (let at = userStart[node]; at < userStart[node + 1]; at++) marked[consumer[userOf[at]]] = 1;
  }
  return { entries, edges };
}

/**
 * From each leaf upwards: a node asks its users for their gradients, and a table keeps what was computed once. The
 * users are asked in the order of the reverse sweep, so that the sums are the engine's to the last bit.
 */
export const memo: Algorithm = {
  name: 'memo',
  correct: true,
  count(graph) {
    const { entries, edges } = asked(graph);
    return {
      visits: BigInt(entries),
      multiplications: BigInt(edges),
      additions: BigInt(edges - Math.max(0, entries - 1)),
      // Every use asks, and the loop over the leaves; all but the first that ask for a node find it in the table.
      hits: BigInt(graph.leaves.length + edges - entries),
      forwardPasses: 0n,
      slots: BigInt(entries),
    };
  },
  events(graph) {
    const { entries, edges } = asked(graph);
    const seed = Math.min(1, entries);
    return BigInt(seed + entries + 2 * edges + graph.leaves.length + edges - entries);
  },
  run(graph, emit) {
    const { consumer, local, of, recording, userOf, userStart } = graph;
    const table = new Float64Array(recording.count);
    const computed = new Uint8Array(recording.count);
    // A node stands on the stack at most once, so its next user needs no frame.
    const next = userStart.slice();
    const stack = new Int32Array(graph.depth + 1);
    for (const leaf of graph.leaves) {
      stack[0] = leaf;
      let answered = -1;
      for (let top = 0; top >= 0;) {
        const node = stack[top];
        if (node === of) {
          table[of] = 1;
          emit?.('seed', of, -1, 1);
        } else if (next[node] < userStart[node + 1]) {
          const use = userOf[next[node]];
          const user = consumer[use];
          if (computed[user] === 0) {
            stack[++top] = user;
            continue;
          }
          if (answered !== user) emit?.('reuse', user, -1, table[user]);
          answered = -1;
          add(graph, use, local[use] * table[user], table, emit);
          next[node]++;
          continue;
        }
        emit?.('visit', node, -1, table[node]);
        computed[node] = 1;
        answered = node;
        top--;
      }
    }
    return table;
  },
};
