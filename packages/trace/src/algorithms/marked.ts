import type { Emit } from '../events.ts';
import type { Algorithm, Counters } from './algorithm.ts';
import type { LiveGraph } from './live-graph.ts';
import { sweepCosts, sweepEvents } from './sweep.ts';
import { passOn, seeded, walk } from './walk.ts';

/** Each node is visited once; every use but the one that led to it meets the mark of its visit. */
function count(graph: LiveGraph): Counters {
  const hits = BigInt(graph.edges - (graph.nodes.length - 1));
  return { ...sweepCosts(graph), hits, slots: 2n * BigInt(graph.nodes.length) };
}

const events = (graph: LiveGraph): bigint => sweepEvents(graph) + count(graph).hits;

/** Follows no use to a node with a mark, and tells of it. */
function unlessMarked(
  { input }: LiveGraph,
  visited: Uint8Array,
  emit: Emit | null,
): (use: number) => boolean {
  return (use) => {
    const node = input[use];
    if (visited[node] === 1) emit?.('reuse', node, -1, NaN);
    return visited[node] === 0;
  };
}

/** Depth first with a visited set; a node passes on what it has when it is come to. */
export const preorder: Algorithm = {
  name: 'preorder',
  correct: false,
  count,
  events,
  run(graph, emit) {
    const visited = new Uint8Array(graph.recording.count);
    const gradient = seeded(graph, emit);
    walk(graph, {
      enter: (node) => {
        visited[node] = 1;
        emit?.('visit', node, -1, gradient[node]);
        passOn(graph, node, gradient, emit);
      },
      follow: unlessMarked(graph, visited, emit),
    });
    return gradient;
  },
};

/** Depth first with a visited set; a node passes on what it has when all its inputs have been walked. */
export const postorder: Algorithm = {
  name: 'postorder',
  correct: false,
  count,
  events,
  run(graph, emit) {
    const visited = new Uint8Array(graph.recording.count);
    const gradient = seeded(graph, emit);
    walk(graph, {
      enter: (node) => {
        visited[node] = 1;
      },
      follow: unlessMarked(graph, visited, emit),
      leave: (node) => {
        emit?.('visit', node, -1, gradient[node]);
        passOn(graph, node, gradient, emit);
      },
    });
    return gradient;
  },
};

/** A queue with a visited set; a node passes on what it has when it leaves the queue. */
export const breadthFirst: Algorithm = {
  name: 'breadth-first',
  correct: false,
  count,
  events,
  run(graph, emit) {
    const { input, useStart } = graph;
    const visited = new Uint8Array(graph.recording.count);
    const gradient = seeded(graph, emit);
    const queue = new Int32Array(graph.nodes.length);
    queue[0] = graph.of;
    visited[graph.of] = 1;
    let queued = 1;
    for (const node of queue) {
      emit?.('visit', node, -1, gradient[node]);
      passOn(graph, node, gradient, emit);
      for (let use = useStart[node]; use < useStart[node + 1]; use++) {
        if (visited[input[use]] === 1) emit?.('reuse', input[use], -1, NaN);
        else {
          visited[input[use]] = 1;
          queue[queued++] = input[use];
        }
      }
    }
    return gradient;
  },
};
