import { Tape } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  compareAlgorithms,
  liveGraphOf,
  STEP_LIMIT,
  traceAlgorithm,
} from '@backflow/trace';
import type { AlgorithmName, Comparison, Counters } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { chain, doubling, fibonacci, network } from './networks.ts';
import { recorded } from './recordings.ts';

const verdicts = ({ algorithms }: Comparison): Record<string, boolean | null> =>
  Object.fromEntries(algorithms.map(({ name, right }) => [name, right]));

function outcomeOf({ algorithms }: Comparison, name: AlgorithmName): Comparison['algorithms'][number] {
  return algorithms.find((outcome) => outcome.name === name)!;
}

describe('closed formulas', () => {
  const stages = [1, 2, 3, 10, 100, 10_000];
  it.each(stages)('doubling %i times', (n) => {
    const graph = liveGraphOf(doubling(n));
    const size = BigInt(n);
    const paths = 2n ** size;
    const count = (name: AlgorithmName): Counters => ALGORITHMS[name].count(graph);
    expect(graph.paths[0]).toBe(paths);
    const allPaths = {
      visits: 2n * paths - 1n,
      multiplications: 2n * paths - 2n,
      hits: 0n,
      forwardPasses: 0n,
    };
    const additions = 2n * paths - 2n - size;
    expect(count('path-sum')).toEqual({ ...allPaths, additions, slots: size + 2n });
    expect(count('accumulate-early')).toEqual({ ...allPaths, additions, slots: 2n * size + 2n });
    const once = {
      visits: size + 1n,
      multiplications: 2n * size,
      additions: size,
      hits: 0n,
      forwardPasses: 0n,
    };
    expect(count('reverse')).toEqual({ ...once, slots: size + 1n });
    expect(count('overwrite')).toEqual({ ...once, additions: 0n, slots: size + 1n });
    expect(count('memo')).toEqual({ ...once, hits: size, slots: size + 1n });
    for (const name of ['preorder', 'breadth-first', 'postorder'] as const) {
      expect(count(name)).toEqual({ ...once, hits: size, slots: 2n * size + 2n });
    }
    expect(count('forward')).toEqual({ ...once, forwardPasses: 1n, slots: size + 2n });
    expect(count('numeric')).toEqual({
      visits: size,
      multiplications: 0n,
      additions: 0n,
      hits: 0n,
      forwardPasses: 1n,
      slots: size + 2n,
    });
    expect(ALGORITHMS['path-sum'].events(graph)).toBe(6n * paths - 4n);
  });

  it('cells in use: with two leaves, four nodes and a longest path of two edges', () => {
    const graph = liveGraphOf(recorded('a = 2', 'b = 3', 'c = a*b', 'd = c + a'));
    expect(
      Object.fromEntries(ALGORITHM_NAMES.map((name) => [name, ALGORITHMS[name].count(graph).slots])),
    ).toEqual({
      // Three products on the way, two sums.
      'path-sum': 5n,
      memo: 4n,
      reverse: 4n,
      // Four values or tangents, two results.
      numeric: 6n,
      forward: 6n,
      overwrite: 4n,
      // Four gradients, a stack of three; or as many marks.
      'accumulate-early': 7n,
      preorder: 8n,
      'breadth-first': 8n,
      postorder: 8n,
    });
  });

  it('the paths of a Fibonacci ladder are Fibonacci numbers, exact where floating point is not', () => {
    const graph = liveGraphOf(fibonacci(200));
    let [before, last] = [0n, 1n];
    for (let stage = 0; stage < 200; stage++) [before, last] = [last, before + last];
    expect([graph.paths[0], graph.paths[1]]).toEqual([before, last]);
    expect(ALGORITHMS.reverse.count(graph).multiplications).toBe(400n);
  });
});

describe('networks with binary sums, one square for each error and targets as leaves', () => {
  const multiplications = (
    sizes: readonly number[],
    square?: 'power' | 'product',
  ): readonly [bigint, bigint] => {
    const graph = liveGraphOf(network(sizes, square));
    return [
      ALGORITHMS['path-sum'].count(graph).multiplications,
      ALGORITHMS.reverse.count(graph).multiplications,
    ];
  };

  it('small ones save little', () => {
    expect(multiplications([2, 3, 1])).toEqual([43n, 43n]);
    expect(multiplications([3, 3, 2])).toEqual([112n, 73n]);
  });

  it('784-16-16-10 saves all but one in 155, and twice that with d·d', () => {
    expect(multiplications([784, 16, 16, 10])).toEqual([8_041_818n, 51_930n]);
    expect(multiplications([784, 16, 16, 10], 'product')).toEqual([16_083_618n, 51_940n]);
  });

  it('784-16-16-10 is compared whole: what does not grow faster than the graph is run, the rest counted', () => {
    const comparison = compareAlgorithms(network([784, 16, 16, 10]));
    expect(verdicts(comparison)).toEqual({
      'path-sum': null,
      memo: true,
      reverse: true,
      numeric: null,
      forward: null,
      overwrite: false,
      'accumulate-early': null,
      preorder: false,
      // A sum adds two at a time, so its terms stand at different depths.
      'breadth-first': false,
      postorder: false,
    });
    expect(outcomeOf(comparison, 'path-sum')).toMatchObject({
      gradients: null,
      stepped: false,
      counters: { multiplications: 8_041_818n, visits: 8_041_819n },
    });
    const leaves = BigInt(comparison.graph.leaves.length);
    expect(outcomeOf(comparison, 'numeric').counters.forwardPasses).toBe(leaves);
    expect(outcomeOf(comparison, 'forward').counters.multiplications).toBe(leaves * 51_930n);
  });
});

describe('long runs', () => {
  /** x + x, and negatives: `reverse` has an event for each of n values, the seed, n + 1 visits, 2 for each of n + 1 edges. */
  const ofEvents = (events: number, skipped = 0): Recording => {
    const tape = new Tape();
    const x = tape.leaf(1, 'x');
    for (let node = 0; node < skipped; node++) tape.skip(() => x.exp());
    let last = x.add(x);
    for (let node = 1; node < (events - 4) / 4; node++) last = last.neg();
    return tape.record(last);
  };

  it('are stepped through up to the limit, forward pass included, and counted beyond', () => {
    expect(traceAlgorithm(ofEvents(STEP_LIMIT), 'reverse')!.length).toBe(STEP_LIMIT);
    expect(traceAlgorithm(ofEvents(STEP_LIMIT + 4), 'reverse')).toBeNull();
    const [within, beyond] = [STEP_LIMIT, STEP_LIMIT + 4].map(
      (events) => compareAlgorithms(ofEvents(events), { names: ['reverse'] }).algorithms[0],
    );
    expect([within.stepped, beyond.stepped]).toEqual([true, false]);
    expect([within.right, beyond.right]).toEqual([true, true]);
    expect(traceAlgorithm(doubling(10_000), 'path-sum')).toBeNull();
  });

  it('have no event for what was never evaluated', () => {
    expect(traceAlgorithm(ofEvents(STEP_LIMIT, 9), 'reverse')!.length).toBe(STEP_LIMIT);
  });

  it('are still run where only the forward pass makes them too long to step through', () => {
    const [outcome] = compareAlgorithms(chain(30_000), { names: ['path-sum'] }).algorithms;
    expect(outcome).toMatchObject({ stepped: false, right: true, events: 90_002n });
  });

  it('do not overflow the stack: a chain of 200,000', () => {
    const recording = chain(200_000);
    const graph = liveGraphOf(recording);
    for (const name of ALGORITHM_NAMES) {
      // Post-order is done with x before anything has come to it, on every chain.
      expect(ALGORITHMS[name].run(graph, null)[0], name).toBe(name === 'postorder' ? 0 : 1);
    }
  });

  it('do not overflow the stack: a chain of 1,000,000 is compared', () => {
    const { algorithms, paths } = compareAlgorithms(chain(1_000_000));
    expect(paths).toBe(1n);
    for (const { name, right, counters } of algorithms) {
      const edges = name === 'numeric' ? 0n : 1_000_000n;
      const counted = ['path-sum', 'accumulate-early', 'numeric', 'forward'].includes(name);
      expect([name, right]).toEqual([name, counted ? null : name !== 'postorder']);
      expect(counters.multiplications, name).toBe(edges);
    }
  });
});
