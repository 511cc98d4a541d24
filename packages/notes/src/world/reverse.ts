import type { Recording } from '@backflow/engine';
import type { Change } from '../run.ts';

/** Which nodes one pass has reached; passes do not overlap. */
let marks = new Uint8Array(256);

/**
 * ∂of/∂node for every node, from the edges' local derivatives: one pass downwards, in which gradients can stand fixed and
 * contributions be combined in a wrong way. 0 for nodes without a path.
 */
export function reverse(
  recording: Recording,
  of: number,
  local: Float64Array,
  live: Uint8Array,
  change: Change,
): Float64Array {
  const { count, inputStart, inputs } = recording;
  const gradient = new Float64Array(count);
  if (!(of >= 0 && of < count)) return gradient;
  if (marks.length < count) marks = new Uint8Array(2 * count);
  const reached = marks.fill(0, 0, count);
  const fixed = change.gradients?.get(of);
  const combining = combiner(change, count);
  reached[of] = 1;
  gradient[of] = 1;
  if (fixed !== undefined) for (const node of fixed.keys()) reached[node] = 1;

  for (let node = of; node >= 0; node--) {
    if (reached[node] === 0) continue;
    const stated = fixed?.get(node);
    if (stated !== undefined) gradient[node] = stated;
    else if (combining !== null) gradient[node] = combining.total(node, gradient[node]);
    const upstream = gradient[node];
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
      if (live[edge] === 0) continue;
      const input = inputs[edge];
      const contribution = local[edge] * upstream;
      gradient[input] =
        combining === null
          ? gradient[input] + contribution
          : combining.add(input, gradient[input], contribution);
      reached[input] = 1;
    }
  }
  return gradient;
}

interface Combiner {
  add(node: number, before: number, contribution: number): number;
  /** What a node's gradient is when all of its uses have reported. */
  total(node: number, combined: number): number;
}

function combiner({ combine }: Change, count: number): Combiner | null {
  if (combine === undefined) return null;
  const { at, by } = combine;
  const reports = new Int32Array(count);
  const wrong = (node: number) => at === 'all' || at.has(node);
  return {
    add: (node, before, contribution) => {
      const report = ++reports[node];
      if (!wrong(node) || by === 'mean') return before + contribution;
      if (report === 1) return contribution;
      if (by === 'first') return before;
      if (by === 'last') return contribution;
      return by === 'product' ? before * contribution : Math.max(before, contribution);
    },
    total: (node, combined) =>
      by === 'mean' && wrong(node) && reports[node] > 1 ? combined / reports[node] : combined,
  };
}
