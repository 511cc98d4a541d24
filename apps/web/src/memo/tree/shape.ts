import { operationOf, type Recording } from '@backflow/engine';
import { layered, type Layout } from '@backflow/graph';
import { nameToText } from '@backflow/print';
import { type FoldPlan, type FoldState, type UnfoldedTree } from '@backflow/trace';

/** Something to draw: copies of nodes, or the nodes themselves, and the uses between them. */
export interface Drawn {
  /** Per item, what identifies it: the tree node, or the node of the recording. */
  readonly ids: readonly number[];
  /** Per item, its node of the recording; ascending. */
  readonly node: readonly number[];
  /** Per item, the number that it carries and how that is written. */
  readonly value: readonly number[];
  readonly number: readonly string[];
  /** Per edge, the items at its two ends (consumer and input), and the use. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly use: readonly number[];
}

/** What stands of a tree in a state; the numbers are the sums of the products that lead into each copy. */
export function drawnState(tree: UnfoldedTree, state: FoldState, format: (value: number) => string): Drawn {
  const ids = Array.from(state.stands.keys()).filter((t) => state.stands[t] === 1);
  ids.sort((a, b) => tree.node[a] - tree.node[b] || a - b);
  const index = new Int32Array(tree.count);
  ids.forEach((t, item) => (index[t] = item));
  const edges = Array.from(state.use.keys());
  // By consumer and slot.
  edges.sort((a, b) => index[state.from[a]] - index[state.from[b]] || state.use[a] - state.use[b]);
  const value = ids.map((t) => state.sum[t]);
  return {
    ids,
    node: ids.map((t) => tree.node[t]),
    value,
    number: value.map(format),
    from: edges.map((edge) => index[state.from[edge]]),
    to: edges.map((edge) => index[state.to[edge]]),
    use: edges.map((edge) => state.use[edge]),
  };
}

/** The graph itself; `text` says what stands in each node beside its name. */
export function drawnGraph({ graph, gradient }: FoldPlan, text: (node: number) => string): Drawn {
  const ids = Array.from(graph.nodes);
  const index = new Map(ids.map((node, item) => [node, item]));
  const edges = Array.from(graph.input.keys());
  edges.sort((a, b) => graph.consumer[a] - graph.consumer[b] || a - b);
  return {
    ids,
    node: ids,
    value: ids.map((node) => gradient[node]),
    number: ids.map(text),
    from: edges.map((use) => index.get(graph.consumer[use])!),
    to: edges.map((use) => index.get(graph.input[use])!),
    use: edges,
  };
}

/** A node's name; an unnamed one shows its operation. */
export function labelOf(recording: Recording, node: number): string {
  const name = recording.names.get(node);
  if (name !== undefined) return nameToText(name);
  return operationOf(recording, node)?.symbol ?? '·';
}

/** The text of a picture: everything else follows from its size. */
export interface Lettering {
  /** The size at which it is laid out, in pixels; a scale makes it larger or smaller. */
  readonly size: number;
  /** The size of the page's own text. */
  readonly page: number;
  readonly measure: (text: string, size: number, bold: boolean) => number;
}

/** Whether the page stands on a projector, where no text is smaller than its own. */
export function isProjected({ page }: Lettering): boolean {
  return page >= 24;
}

/** What is drawn, with a place for everything, in pixels at full size. */
export interface Shape extends Drawn {
  readonly label: readonly string[];
  readonly edgeLabel: readonly string[];
  /** Per edge, how far it keeps from others between the same two items: 0 for one alone, −½ and ½ for two. */
  readonly apart: Float64Array;
  readonly width: Float64Array;
  readonly height: Float64Array;
  readonly layout: Layout;
  readonly lettering: Lettering;
}

/** The size in which slopes stand at the edges. */
export function edgeTextSize(lettering: Lettering): number {
  return isProjected(lettering) ? lettering.size : 0.85 * lettering.size;
}

export function shapeOf(
  recording: Recording,
  drawn: Drawn,
  /** What stands at an edge; nothing at all makes the picture narrower. */
  slope: (use: number) => string,
  lettering: Lettering,
): Shape {
  const { size, measure } = lettering;
  const count = drawn.ids.length;
  const label = drawn.node.map((node) => labelOf(recording, node));
  const edgeLabel = drawn.use.map(slope);
  const inputStart = new Int32Array(count + 1);
  for (const item of drawn.from) inputStart[item + 1]++;
  for (let item = 0; item < count; item++) inputStart[item + 1] += inputStart[item];
  const width = new Float64Array(count);
  const height = new Float64Array(count);
  const small = edgeTextSize(lettering);
  const longest = edgeLabel.reduce((most, text) => Math.max(most, measure(text, small, false)), 0);
  for (let item = 0; item < count; item++) {
    const text = drawn.number[item];
    const beside = text === '' ? 0 : measure(text, size, false) + 0.45 * size;
    width[item] = Math.max(2.2 * size, measure(label[item], size, true) + beside + 1.1 * size);
    // The labels of the edges that come in stand above each other.
    height[item] = Math.max(
      1.75 * size,
      (longest > 0 ? 1.25 * small : 7) * (inputStart[item + 1] - inputStart[item]),
    );
  }
  const layout = layered(
    { count, inputStart, inputs: Int32Array.from(drawn.to), width, height },
    { gapX: longest + 2.2 * size, gapY: 0.55 * size, wire: 0.8 * size },
  );
  return { ...drawn, label, edgeLabel, apart: apartOf(drawn), width, height, layout, lettering };
}

function apartOf({ from, to }: Drawn): Float64Array {
  const together = new Map<string, number[]>();
  from.forEach((consumer, edge) => {
    const key = `${consumer} ${to[edge]}`;
    const edges = together.get(key);
    if (edges === undefined) together.set(key, [edge]);
    else edges.push(edge);
  });
  const apart = new Float64Array(from.length);
  for (const edges of together.values()) {
    edges.forEach((edge, rank) => (apart[edge] = rank - (edges.length - 1) / 2));
  }
  return apart;
}
