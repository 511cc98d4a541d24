import type { Emit } from '../events.ts';
import type { LiveGraph } from './live-graph.ts';

/** What a walk does on its way. */
export interface Walk {
  /** A node is come to, `depth` edges below `of`. */
  readonly enter?: (node: number, depth: number) => void;
  /** A use is about to be followed from a node at `depth` to its input; false: it is not. */
  readonly follow?: (use: number, depth: number) => boolean;
  /** All inputs of a node have been walked. */
  readonly leave?: (node: number) => void;
}

/**
 * Depth first from `of` along the uses in slot order, on a stack of its own. A node is entered once for each path by
 * which it is come to, as often as `follow` lets it be.
 */
export function walk(graph: LiveGraph, { enter, follow, leave }: Walk): void {
  const { input, useStart } = graph;
  const stack = new Int32Array(graph.depth + 1);
  const next = new Int32Array(graph.depth + 1);
  stack[0] = graph.of;
  next[0] = useStart[graph.of];
  enter?.(graph.of, 0);
  for (let depth = 0; depth >= 0;) {
    const node = stack[depth];
    if (next[depth] === useStart[node + 1]) {
      leave?.(node);
      depth--;
      continue;
    }
    const use = next[depth]++;
    if (follow?.(use, depth) === false) continue;
    depth++;
    stack[depth] = input[use];
    next[depth] = useStart[input[use]];
    enter?.(input[use], depth);
  }
}

/** A node passes on what it has: adds local × its gradient to every input. */
export function passOn(graph: LiveGraph, node: number, gradient: Float64Array, emit: Emit | null): void {
  const { useStart } = graph;
  for (let use = useStart[node]; use < useStart[node + 1]; use++) {
    add(graph, use, graph.local[use] * gradient[node], gradient, emit);
  }
}

/** Adds what comes by a use to the total of its input. */
export function add(
  { consumer, slot, input }: LiveGraph,
  use: number,
  contribution: number,
  total: Float64Array,
  emit: Emit | null,
): void {
  total[input[use]] += contribution;
  if (emit === null) return;
  emit('contribute', consumer[use], slot[use], contribution);
  emit('accumulate', input[use], slot[use], total[input[use]]);
}

/** Emits the `visit` of a node, and `recompute` for each further one. */
export function visitor({ recording }: LiveGraph, emit: Emit | null): (node: number, value: number) => void {
  if (emit === null) return () => {};
  const visited = new Uint8Array(recording.count);
  return (node, value) => {
    emit(visited[node] === 1 ? 'recompute' : 'visit', node, -1, value);
    visited[node] = 1;
  };
}

/** A gradient per node: 1 for `of`, and nothing yet for all others. */
export function seeded({ recording, of }: LiveGraph, emit: Emit | null): Float64Array {
  const gradient = new Float64Array(recording.count);
  gradient[of] = 1;
  emit?.('seed', of, -1, 1);
  return gradient;
}
