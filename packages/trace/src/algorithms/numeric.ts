import { evaluate, LEAF } from '@backflow/engine';
import type { Algorithm } from './algorithm.ts';

/**
 * The step of a forward difference at x: about √ε·max(1, |x|), the size at which rounding and curvature weigh the same,
 * and such that x + h is a number.
 */
export function stepAt(x: number): number {
  return x + 2 ** -26 * Math.max(1, Math.abs(x)) - x;
}

/** Finite differences: one forward pass for each leaf. */
export const numeric: Algorithm = {
  name: 'numeric',
  correct: true,
  count({ leaves, nodes }) {
    const passes = BigInt(leaves.length);
    return {
      visits: passes * BigInt(nodes.length - leaves.length),
      multiplications: 0n,
      additions: 0n,
      hits: 0n,
      forwardPasses: passes,
      slots: BigInt(nodes.length + leaves.length),
    };
  },
  // The leaf is moved, everything is computed anew, the quotient is taken, the leaf is moved back.
  events: ({ leaves, nodes }) => BigInt(leaves.length) * BigInt(nodes.length - leaves.length + 3),
  run({ leaves, nodes, of, recording }, emit) {
    const gradient = new Float64Array(recording.count);
    for (const leaf of leaves) {
      const x = recording.value[leaf];
      const h = stepAt(x);
      emit?.('update', leaf, -1, x + h);
      const { value } = evaluate(recording, new Map([[leaf, x + h]]));
      if (emit !== null) {
        for (const node of nodes) {
          if (recording.operation[node] !== LEAF) emit('evaluate', node, -1, value[node]);
        }
      }
      gradient[leaf] = (value[of] - recording.value[of]) / h;
      emit?.('accumulate', leaf, -1, gradient[leaf]);
      emit?.('update', leaf, -1, x);
    }
    return gradient;
  },
};
