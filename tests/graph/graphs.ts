import type { Layout, LayoutInput, LayoutOptions } from '@backflow/graph';
import { layered } from '@backflow/graph';
import { array, integer, record, type Arbitrary } from 'fast-check';
import { randomNumbers } from './programs.ts';

/** A graph as a list: the inputs of each node. */
export type Inputs = readonly (readonly number[])[];

/** A graph for the layout; cards get taller with their number of inputs. */
export function graphOf(inputs: Inputs, width = 90, height = 56): LayoutInput {
  const inputStart = new Int32Array(inputs.length + 1);
  inputs.forEach((list, node) => (inputStart[node + 1] = inputStart[node] + list.length));
  return {
    count: inputs.length,
    inputStart,
    inputs: Int32Array.from(inputs.flat()),
    width: new Float64Array(inputs.length).fill(width),
    height: Float64Array.from(inputs, (list) => Math.max(height, 17 * (list.length - 1) + 22)),
  };
}

/**
 * A program on paper: `c = a + b` per line, names in any order of first use becoming leaves. Only names,
 * operations do not matter here: every name on the right is an input, in order.
 */
export function drawn(program: string): { readonly graph: LayoutInput; readonly names: readonly string[] } {
  const names: string[] = [];
  const inputs: number[][] = [];
  const nodeOf = (name: string): number => {
    const known = names.lastIndexOf(name);
    if (known >= 0) return known;
    inputs.push([]);
    return names.push(name) - 1;
  };
  for (const line of program.trim().split(/[\n;]/)) {
    const [name, right] = line.split('=');
    const list = [...right.matchAll(/\w+/g)].map(([word]) => nodeOf(word));
    inputs.push(list);
    names.push(name.trim());
  }
  return { graph: graphOf(inputs), names };
}

/** Random graphs of up to `most` nodes: leaves, shared nodes, repeated inputs, several outputs, loose parts. */
export function randomGraphs(most: number): Arbitrary<LayoutInput> {
  return record({ seed: integer(), size: integer({ min: 1, max: most }), sizes: integer() }).map(
    ({ seed, size, sizes }) => {
      const graph = graphOf(randomInputs(seed, size));
      const random = randomNumbers(sizes);
      return {
        ...graph,
        width: graph.width.map(() => 40 + Math.round(100 * random())),
        height: graph.height.map((height) => height - 20 + Math.round(40 * random())),
      };
    },
  );
}

export function randomInputs(seed: number, size: number): number[][] {
  const random = randomNumbers(seed);
  const inputs: number[][] = [];
  const reach = 4 + Math.floor(20 * random());
  const leaves = 0.2 + 0.4 * random();
  for (let node = 0; node < size; node++) {
    if (node < 2 || random() < leaves) {
      inputs.push([]);
      continue;
    }
    const arity = random() < 0.2 ? 1 : random() < 0.85 ? 2 : 3 + Math.floor(4 * random());
    const pick = (): number => node - 1 - Math.floor(random() * random() * Math.min(node, reach));
    inputs.push(Array.from({ length: arity }, pick));
  }
  return inputs;
}

/** A random graph in which everything leads to the last node. */
export function connectedInputs(seed: number, size: number): number[][] {
  const inputs = randomInputs(seed, size);
  const used = new Set(inputs.flat());
  const loose = inputs.map((_, node) => node).filter((node) => !used.has(node) && inputs[node].length > 0);
  let last = loose[0] ?? 0;
  for (const node of loose.slice(1)) last = inputs.push([last, node]) - 1;
  const needed = new Set([last]);
  for (let node = last; node >= 0; node--) if (needed.has(node)) inputs[node].forEach((u) => needed.add(u));
  const kept = [...needed].toSorted((a, b) => a - b);
  const place = new Map(kept.map((node, k) => [node, k]));
  return kept.map((node) => inputs[node].map((u) => place.get(u)!));
}

/** Random trees: every node but the last is used once. */
export const randomTrees: Arbitrary<LayoutInput> = array(integer({ min: 0, max: 4 }), {
  minLength: 1,
  maxLength: 40,
}).map((arities) => {
  const inputs: number[][] = [];
  const open: number[] = [];
  for (const arity of arities) {
    const take = Math.min(arity, open.length);
    inputs.push(open.splice(open.length - take, take));
    open.push(inputs.length - 1);
  }
  inputs.push(open);
  return graphOf(inputs);
});

/** A fully connected network with a product, a weight and (if `bias`) a bias per neuron, up to a squared error. */
export function network(sizes: readonly number[], bias = false): LayoutInput {
  const inputs: number[][] = [];
  const add = (...list: number[]): number => inputs.push(list) - 1;
  let layer = Array.from({ length: sizes[0] }, () => add());
  for (const size of sizes.slice(1)) {
    layer = Array.from({ length: size }, () => {
      const terms = layer.map((x) => add(add(), x));
      if (bias) terms.push(add());
      return add(add(...terms));
    });
  }
  add(...layer.map((x) => add(add(x, add()))));
  return graphOf(inputs);
}

/** Per edge, its consumer. */
export function consumers(graph: LayoutInput): number[] {
  return Array.from({ length: graph.count }, (_, node) =>
    Array.from({ length: graph.inputStart[node + 1] - graph.inputStart[node] }, () => node),
  ).flat();
}

type Point = readonly [x: number, y: number];

/** Points along the curve of an edge; an odd number, so that no crossing in the middle falls on one. */
export function alongRoute({ routes }: Layout, edge: number, perPiece = 11): Point[] {
  const { start, points } = routes;
  const at = (k: number): Point => [points[2 * k], points[2 * k + 1]];
  const found: Point[] = [at(start[edge])];
  for (let k = start[edge]; k + 3 < start[edge + 1]; k += 3) {
    const [a, b, c, d] = [at(k), at(k + 1), at(k + 2), at(k + 3)];
    for (let i = 1; i <= perPiece; i++) {
      const t = i / perPiece;
      const s = 1 - t;
      const mix = (axis: 0 | 1): number =>
        s * s * s * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t * t * t * d[axis];
      found.push([mix(0), mix(1)]);
    }
  }
  return found;
}

/** Pairs of cards that overlap. */
export function overlaps(graph: LayoutInput, { x, y }: Layout): [number, number][] {
  const found: [number, number][] = [];
  for (let a = 0; a < graph.count; a++) {
    for (let b = 0; b < a; b++) {
      const apartX = Math.abs(x[a] - x[b]) - (graph.width[a] + graph.width[b]) / 2;
      const apartY = Math.abs(y[a] - y[b]) - (graph.height[a] + graph.height[b]) / 2;
      if (apartX < -1e-6 && apartY < -1e-6) found.push([a, b]);
    }
  }
  return found;
}

/** Edges that pass under a card that is not one of their ends. */
export function edgesUnderCards(graph: LayoutInput, layout: Layout): number[] {
  const target = consumers(graph);
  return target
    .map((_, edge) => edge)
    .filter((edge) => {
      const points = alongRoute(layout, edge);
      for (let node = 0; node < graph.count; node++) {
        if (node === graph.inputs[edge] || node === target[edge]) continue;
        const halfWidth = graph.width[node] / 2 - 0.5;
        const halfHeight = graph.height[node] / 2 - 0.5;
        for (const [x, y] of points) {
          if (Math.abs(x - layout.x[node]) < halfWidth && Math.abs(y - layout.y[node]) < halfHeight)
            return true;
        }
      }
      return false;
    });
}

/** The layout of a graph and of what an edit made of it; `kept[i]` is the new index of node i. */
export function meanMove(
  before: LayoutInput,
  after: LayoutInput,
  kept: readonly number[],
  options: LayoutOptions = {},
): number {
  const old = layered(before, options);
  const x = new Float64Array(after.count);
  const y = new Float64Array(after.count);
  const layer = new Int32Array(after.count);
  const row = new Int32Array(after.count);
  const known = new Uint8Array(after.count);
  kept.forEach((now, node) => {
    x[now] = old.x[node];
    y[now] = old.y[node];
    layer[now] = old.layer[node];
    row[now] = old.row[node];
    known[now] = 1;
  });
  const layout = layered(after, { ...options, previous: { x, y, layer, row, known } });
  const moves = kept.map(
    (now, node) => Math.hypot(layout.x[now] - old.x[node], layout.y[now] - old.y[node]) / before.width[node],
  );
  return moves.reduce((sum, move) => sum + move, 0) / moves.length;
}
