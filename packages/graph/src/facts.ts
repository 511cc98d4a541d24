import type { Recording } from '@backflow/engine';
import { useCounts, usesOf } from './uses.ts';

/** What can be said of the nodes of a recording from its structure alone. */
export interface Facts {
  /** Per node, how many times it is used; `x * x` uses x twice. */
  readonly uses: Int32Array;
  /** Per node, the number of operations on the longest way from a leaf to it; 0 for leaves. */
  readonly depth: Int32Array;
  /** Per node, the number of operations on the longest way from it to the output; -1 if there is none. */
  readonly distance: Int32Array;
}

/** O(count + inputs). */
export function factsOf(recording: Recording): Facts {
  const uses = usesOf(recording);
  const depth = new Int32Array(recording.count);
  const distance = new Int32Array(recording.count).fill(-1);
  for (let use = 0; use < uses.source.length; use++) {
    depth[uses.target[use]] = Math.max(depth[uses.target[use]], depth[uses.source[use]] + 1);
  }
  for (let node = 0; node < recording.count; node++) {
    // An operation over constants alone is still one step.
    const arity = recording.inputStart[node + 1] - recording.inputStart[node];
    if (arity > 0 && depth[node] === 0) depth[node] = 1;
  }
  distance[recording.output] = 0;
  for (let use = uses.source.length - 1; use >= 0; use--) {
    const far = distance[uses.target[use]];
    if (far >= 0) distance[uses.source[use]] = Math.max(distance[uses.source[use]], far + 1);
  }
  return { uses: useCounts(uses), depth, distance };
}

/** The names of the groups that a node stands in, outermost first: `['layer 2', 'neuron 3']`. */
export function groupPath(recording: Recording, node: number): readonly string[] {
  const path: string[] = [];
  for (
    let g = recording.group === null ? -1 : recording.group[node];
    g >= 0;
    g = recording.groups[g].parent
  ) {
    path.push(recording.groups[g].name);
  }
  return path.toReversed();
}
