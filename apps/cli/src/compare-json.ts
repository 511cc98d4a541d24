import { keysOf, LEAF } from '@backflow/engine';
import type { Comparison } from '@backflow/trace';
import { jsonNumber, jsonObject } from './json.ts';

/**
 * A comparison as one JSON object, with all leaves of the program: 0 for one without a path to the output. A leaf without
 * a name is called by its place in a named node.
 */
export function comparisonJson({ graph, paths, algorithms }: Comparison): string {
  const { recording } = graph;
  const keys = keysOf(recording);
  const leaves = Array.from(recording.operation.keys()).filter((node) => recording.operation[node] === LEAF);
  const outcomes = algorithms.map(({ name, right, gradients, counters }) => {
    const grads = leaves.map((leaf) => [keys[leaf], jsonNumber(gradients?.[leaf] ?? 0)] as const);
    return jsonObject([
      ['name', JSON.stringify(name)],
      ['right', String(right)],
      ['grads', gradients === null ? 'null' : jsonObject(grads)],
      ['visits', jsonCount(counters.visits)],
      ['multiplications', jsonCount(counters.multiplications)],
      ['additions', jsonCount(counters.additions)],
      ['hits', jsonCount(counters.hits)],
      ['forwardPasses', jsonCount(counters.forwardPasses)],
    ]);
  });
  return jsonObject([
    ['paths', `"${paths}"`],
    ['algorithms', `[${outcomes.join(',')}]`],
  ]);
}

/** A count as a number where every reader of JSON has it exactly, else as a string. */
function jsonCount(count: bigint): string {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? String(count) : `"${count}"`;
}
