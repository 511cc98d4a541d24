import {
  isLive,
  keysOf,
  operationName,
  partialsOf,
  type OperationName,
  type Recording,
} from '@backflow/engine';
import { MultiDirectedGraph } from 'graphology';
import { factsOf, groupPath } from './facts.ts';

export interface ViewNode {
  /** Its index in the recording. */
  readonly node: number;
  readonly operation: OperationName | 'leaf';
  readonly name: string | null;
  readonly value: number;
  readonly skipped: boolean;
  readonly output: boolean;
  readonly uses: number;
  readonly depth: number;
  /** Names of the groups it stands in, outermost first. */
  readonly groups: readonly string[];
}

export interface ViewEdge {
  /** Its place in `recording.inputs`. */
  readonly entry: number;
  readonly slot: number;
  /** ∂target/∂source for this slot alone. */
  readonly local: number;
  /** False for the branch that a `where` did not take. */
  readonly live: boolean;
}

export type ViewGraph = MultiDirectedGraph<ViewNode, ViewEdge>;

/**
 * The recording as a graphology graph: a node per node under its key (`keysOf`), an edge per use from the
 * input to the consumer under `consumer:slot`. Nodes and edges are added in recording order; graphology
 * lists parallel edges newest first, so sort by `slot` where the order matters.
 */
export function viewGraph(recording: Recording): ViewGraph {
  const graph: ViewGraph = new MultiDirectedGraph();
  const keys = keysOf(recording);
  const { uses, depth } = factsOf(recording);
  const { inputStart, inputs, names } = recording;
  for (let node = 0; node < recording.count; node++) {
    graph.addNode(keys[node], {
      node,
      operation: operationName(recording.operation[node]),
      name: names.get(node) ?? null,
      value: recording.value[node],
      skipped: recording.skipped[node] === 1,
      output: node === recording.output,
      uses: uses[node],
      depth: depth[node],
      groups: groupPath(recording, node),
    });
    const from = inputStart[node];
    const arity = inputStart[node + 1] - from;
    if (arity === 0) continue;
    const partials = partialsOf(recording, node);
    for (let slot = 0; slot < arity; slot++) {
      const input = inputs[from + slot];
      if (input < 0) continue;
      graph.addDirectedEdgeWithKey(`${keys[node]}:${slot}`, keys[input], keys[node], {
        entry: from + slot,
        slot,
        local: partials[slot],
        live: isLive(recording, node, slot),
      });
    }
  }
  return graph;
}
