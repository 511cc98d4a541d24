import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  costOf,
  COUNTERS,
  DOUBLING,
  FIBONACCI,
  fibonacciNumber,
  formulaOf,
  liveGraphOf,
  networkShape,
  networksOfWidth,
  recordNetwork,
  seriesOf,
  shapeOf,
} from '@backflow/trace';
import type { Family, Network } from '@backflow/trace';
import { formatCount } from '@backflow/print';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFormula } from './growth-reader.ts';
import { anyRecording, FOUR_NODES, nodeOf, recorded } from './recordings.ts';

/** Where a size's closed form, its printed formulas read back, and the counters of its real graph are not the same. */
function slipsOf(family: Family, size: number): string[] {
  const graph = liveGraphOf(family.record(size));
  const shape = family.shape(size);
  const real = shapeOf(graph);
  const slips = Object.entries(shape)
    .filter(([name, value]) => value !== real[name as keyof typeof real])
    .map(([name, value]) => `${name}: ${value}, not ${real[name as keyof typeof real]}`);
  const letters = new Map([['n', BigInt(size)], ...family.letters]);
  if (readFormula(family.formulas.paths, letters) !== real.paths) slips.push(family.formulas.paths);
  for (const name of ALGORITHM_NAMES) {
    const cost = costOf(shape, name);
    const counted = ALGORITHMS[name].count(graph);
    for (const counter of COUNTERS) {
      const formula = formulaOf(family.formulas, name, counter);
      const read = readFormula(formula, letters);
      if (cost[counter] === counted[counter] && read === counted[counter]) continue;
      slips.push(`${name} ${counter}: ${cost[counter]}, ${formula} = ${read}, counted ${counted[counter]}`);
    }
  }
  return slips;
}

describe('growth', () => {
  it('knows the cost of every algorithm from the shape of any graph', () => {
    assert(
      property(anyRecording, (recording) => {
        const graph = liveGraphOf(recording);
        const shape = shapeOf(graph);
        for (const name of ALGORITHM_NAMES)
          expect(costOf(shape, name)).toEqual(ALGORITHMS[name].count(graph));
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  it.each([1, 2, 3, 10, 100, 1_000, 10_000])('doubles %i times as the formulas say', (stages) => {
    expect(slipsOf(DOUBLING, stages)).toEqual([]);
  });

  it.each([2, 3, 4, 10, 100, 1_000, 10_000])('counts Fibonacci f_%i as the formulas say', (n) => {
    expect(slipsOf(FIBONACCI, n)).toEqual([]);
  });

  it.each([
    [2, 1],
    [2, 3],
    [3, 2],
    [4, 50],
    [16, 4],
  ])('counts networks of width %i and %i layers as the formulas say', (width, layers) => {
    expect(slipsOf(networksOfWidth(width), layers)).toEqual([]);
  });

  it('prints the cost of doubling 10 and 10,000 times', () => {
    const cost = (size: number, name: 'path-sum' | 'reverse'): string =>
      formatCount(costOf(DOUBLING.shape(size), name).multiplications);
    expect([cost(10, 'path-sum'), cost(10, 'reverse')]).toEqual(['2,046', '20']);
    expect([cost(10_000, 'path-sum'), cost(10_000, 'reverse')]).toEqual(['3.99·10³⁰¹⁰', '20,000']);
    expect(formatCount(DOUBLING.shape(10_000).paths)).toBe('1.995·10³⁰¹⁰');
  });

  it('has the Fibonacci numbers', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 50].map(fibonacciNumber)).toEqual([
      0n,
      1n,
      1n,
      2n,
      3n,
      5n,
      8n,
      13n,
      21n,
      12586269025n,
    ]);
  });
});

describe('networks in scalar operations', () => {
  const multiplications = (network: Network): readonly [bigint, bigint] => {
    const graph = liveGraphOf(recordNetwork(network));
    return [
      ALGORITHMS['path-sum'].count(graph).multiplications,
      ALGORITHMS.reverse.count(graph).multiplications,
    ];
  };

  it.each([
    [[2, 3, 1], 'pow', 43n, 43n],
    [[3, 3, 2], 'pow', 112n, 73n],
    [[784, 16, 16, 10], 'pow', 8_041_818n, 51_930n],
  ] as const)('counts %j with %s: %i by paths, %i with stored gradients', (widths, square, paths, edges) => {
    expect(multiplications({ widths, square })).toEqual([paths, edges]);
    const { treeEdges, edges: foretold } = networkShape({ widths, square });
    expect([treeEdges, foretold]).toEqual([paths, edges]);
  });

  it('takes twice the paths where the square is a product', () => {
    expect(multiplications({ widths: [784, 16, 16, 10], square: 'mul' })).toEqual([16_083_618n, 51_940n]);
  });
});

describe('a program in series', () => {
  it.each([1, 2, 3, 7, 100])('costs T·(pᵏ − 1)/(p − 1) by paths: %i copies of the four nodes', (copies) => {
    const recording = recorded(...FOUR_NODES);
    const family = seriesOf(liveGraphOf(recording), nodeOf(recording, 'x'));
    expect(new Map(family.letters).get('p')).toBe(5n);
    expect(slipsOf(family, copies)).toEqual([]);
  });

  it('is the program itself in one copy', () => {
    const recording = recorded('a = 2', 'b = 3', 'c = a*b', 'd = sin(c) + a');
    const graph = liveGraphOf(recording);
    expect(seriesOf(graph, nodeOf(recording, 'b')).shape(1)).toEqual(shapeOf(graph));
  });

  it('grows straight where only one path leads through a copy', () => {
    const recording = recorded('a = 2', 'b = 3', 'c = a*b');
    const family = seriesOf(liveGraphOf(recording), nodeOf(recording, 'b'));
    expect(family.formulas.treeEdges).toBe('n·T');
    for (const copies of [1, 2, 50]) expect(slipsOf(family, copies)).toEqual([]);
  });

  it('holds for any program, any of its leaves and some numbers of copies', () => {
    assert(
      property(anyRecording, (recording) => {
        const graph = liveGraphOf(recording);
        for (const leaf of graph.leaves) {
          if (leaf === graph.of) continue;
          for (const copies of [1, 2, 4]) expect(slipsOf(seriesOf(graph, leaf), copies)).toEqual([]);
        }
      }),
      { seed: 42, numRuns: 40 },
    );
  });
});
