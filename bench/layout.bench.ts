// Layouts of networks and random programs: crossings, size and time. Run, after `npm ci`, with
//
//     npx rolldown bench/layout.bench.ts --platform node --file node_modules/.cache/layout.bench.mjs
//     node node_modules/.cache/layout.bench.mjs
//
// Time is processor time of this process, the least of five runs: other work on the machine does not count.
import { layered, type LayoutInput } from '@backflow/graph';

type Inputs = readonly (readonly number[])[];

function graphOf(inputs: Inputs): LayoutInput {
  const inputStart = new Int32Array(inputs.length + 1);
  inputs.forEach((list, node) => (inputStart[node + 1] = inputStart[node] + list.length));
  return {
    count: inputs.length,
    inputStart,
    inputs: Int32Array.from(inputs.flat()),
    width: new Float64Array(inputs.length).fill(96),
    height: Float64Array.from(inputs, (list) => Math.max(60, Math.min(240, 17 * list.length + 10))),
  };
}

/** A network with a product, a weight and a bias per neuron; sums with two operands or with all. */
function network(sizes: readonly number[], binary: boolean): LayoutInput {
  const inputs: number[][] = [];
  const add = (...list: number[]): number => inputs.push(list) - 1;
  let layer = Array.from({ length: sizes[0] }, () => add());
  for (const size of sizes.slice(1)) {
    layer = Array.from({ length: size }, () => {
      const terms = [...layer.map((x) => add(add(), x)), add()];
      return add(binary ? terms.reduce((sum, term) => add(sum, term)) : add(...terms));
    });
  }
  add(...layer.map((x) => add(add(x, add()))));
  return graphOf(inputs);
}

/** Operations on recent nodes, as a program makes them; mulberry32. */
function randomProgram(size: number, seed: number): LayoutInput {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const inputs: number[][] = [];
  for (let node = 0; node < size; node++) {
    const pick = (): number => node - 1 - Math.floor(random() * random() * Math.min(node, 24));
    inputs.push(node < 2 || random() < 0.35 ? [] : random() < 0.2 ? [pick()] : [pick(), pick()]);
  }
  return graphOf(inputs);
}

const graphs: readonly (readonly [string, LayoutInput])[] = [
  ['4-3-2-1', network([4, 3, 2, 1], false)],
  ['4-8-4-2, two operands', network([4, 8, 4, 2], true)],
  ['8-16-12-4, two operands', network([8, 16, 12, 4], true)],
  ['28-20-16-10, two operands', network([28, 20, 16, 10], true)],
  ['784-16-16-10', network([784, 16, 16, 10], false)],
  ['784-16-16-10, two operands', network([784, 16, 16, 10], true)],
  ...[30, 100, 300, 1_000, 3_000, 10_000, 40_000].map(
    (size) => [`random, ${size}`, randomProgram(size, 1)] as const,
  ),
  ['chain, 40000', graphOf(Array.from({ length: 40_000 }, (_, node) => (node === 0 ? [] : [node - 1])))],
];

for (const [name, graph] of graphs) {
  let least = Infinity;
  let layout = layered(graph);
  for (let run = 0; run < 5; run++) {
    const before = process.cpuUsage();
    layout = layered(graph);
    const used = process.cpuUsage(before);
    least = Math.min(least, (used.user + used.system) / 1000);
  }
  const { left, right, top, bottom } = layout.bounds;
  console.log(
    `${name}: ${graph.count} nodes, ${graph.inputs.length} edges, ${layout.layers} columns, ` +
      `${layout.crossings} crossings, ${(right - left).toFixed(0)} × ${(bottom - top).toFixed(0)}, ${least.toFixed(1)} ms`,
  );
}
