import { arityOf } from './columns.ts';
import { checkNode, isLive } from '../gradient/backward.ts';
import type { Recording } from './recording.ts';

/**
 * Per node, how many paths lead from it to `of` along live edges, exactly. Two uses of a node by the same consumer are
 * two paths; `of` itself has one, the empty path. O(count + inputs) additions. Throws NodeError.
 */
export function countPaths(recording: Recording, of: number = recording.output): bigint[] {
  checkNode('countPaths', recording, of);
  const counts = Array.from({ length: recording.count }, () => 0n);
  counts[of] = 1n;
  for (let node = of; node >= 0; node--) {
    const paths = counts[node];
    if (paths === 0n) continue;
    const from = recording.inputStart[node];
    for (let slot = arityOf(recording, node) - 1; slot >= 0; slot--) {
      if (isLive(recording, node, slot)) counts[recording.inputs[from + slot]] += paths;
    }
  }
  return counts;
}
