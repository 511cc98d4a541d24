import { NodeError } from '@backflow/engine';
import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  compareAlgorithms,
  firstDifference,
  liveGraphOf,
  traceAlgorithm,
  traceReverse,
} from '@backflow/trace';
import type { AlgorithmName, Comparison, Trace } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { doubling } from './networks.ts';
import { FOUR_NODES, nodeOf, recorded } from './recordings.ts';

const TWICE_DOUBLED = ['a = 1', 'b = a + a', 'c = b + b'];

/** The result of each algorithm for one leaf. */
function results({ algorithms }: Comparison, leaf: number): Record<string, number | undefined> {
  return Object.fromEntries(algorithms.map(({ name, gradients }) => [name, gradients?.[leaf]]));
}

const verdicts = ({ algorithms }: Comparison): Record<string, boolean | null> =>
  Object.fromEntries(algorithms.map(({ name, right }) => [name, right]));

function outcomeOf({ algorithms }: Comparison, name: AlgorithmName): Comparison['algorithms'][number] {
  return algorithms.find((outcome) => outcome.name === name)!;
}

/** A run as text, without its forward pass: `contribute y 0 12`. */
function written(trace: Trace): string[] {
  const { recording } = trace;
  return Array.from({ length: trace.length }, (_, event) => trace.at(event))
    .slice(trace.passes[0].to)
    .map(({ kind, node, slot, value }) =>
      [
        kind,
        recording.names.get(node),
        ...(slot < 0 ? [] : [slot]),
        ...(Number.isNaN(value) ? [] : [value]),
      ].join(' '),
    );
}

describe('the three programs of the lesson', () => {
  it('b = a + a, c = b + b: 4 is due; wrong are 8, 0 and 1', () => {
    const comparison = compareAlgorithms(recorded(...TWICE_DOUBLED));
    expect(comparison.truth).toEqual(Float64Array.of(4, 2, 1));
    expect(results(comparison, 0)).toEqual({
      'path-sum': 4,
      memo: 4,
      reverse: 4,
      numeric: 4,
      forward: 4,
      overwrite: 1,
      'accumulate-early': 8,
      preorder: 4,
      'breadth-first': 4,
      postorder: 0,
    });
    expect(verdicts(comparison)).toMatchObject({
      'accumulate-early': false,
      preorder: true,
      'breadth-first': true,
      postorder: false,
      overwrite: false,
    });
  });

  it('u = x·x, v = u + x, y = u·v: 135 is due; wrong are 207, 81, 81, 0 and 27, every one of the wrong algorithms', () => {
    const comparison = compareAlgorithms(recorded(...FOUR_NODES));
    expect(comparison.paths).toBe(5n);
    expect(comparison.truth[0]).toBe(135);
    const { numeric, ...exact } = results(comparison, 0);
    expect(exact).toEqual({
      'path-sum': 135,
      memo: 135,
      reverse: 135,
      forward: 135,
      overwrite: 27,
      'accumulate-early': 207,
      preorder: 81,
      'breadth-first': 81,
      postorder: 0,
    });
    // A forward difference is off by f″/2·h = 63·3·2⁻²⁶, about 2.8·10⁻⁶.
    expect(numeric! - 135).toBeGreaterThan(2.7e-6);
    expect(numeric! - 135).toBeLessThan(2.9e-6);
    for (const name of ALGORITHM_NAMES)
      expect(verdicts(comparison)[name], name).toBe(ALGORITHMS[name].correct);
  });

  it('ten doublings: 1024 is due, in 2,046 multiplications along every path and 20 with a memo; wrong are 2.3·10¹², 0 and 1', () => {
    const comparison = compareAlgorithms(doubling(10));
    expect(comparison.paths).toBe(1024n);
    expect(results(comparison, 0)).toEqual({
      'path-sum': 1024,
      memo: 1024,
      reverse: 1024,
      numeric: 1024,
      forward: 1024,
      overwrite: 1,
      'accumulate-early': 2_345_233_639_424,
      preorder: 1024,
      'breadth-first': 1024,
      postorder: 0,
    });
    const multiplications = Object.fromEntries(
      comparison.algorithms.map(({ name, counters }) => [name, counters.multiplications]),
    );
    expect(multiplications).toEqual({
      'path-sum': 2046n,
      memo: 20n,
      reverse: 20n,
      numeric: 0n,
      forward: 20n,
      overwrite: 20n,
      'accumulate-early': 2046n,
      preorder: 20n,
      'breadth-first': 20n,
      postorder: 20n,
    });
  });
});

describe('the order of events', () => {
  const run = (name: AlgorithmName, ...lines: string[]): string[] =>
    written(traceAlgorithm(recorded(...lines), name)!);

  it('path sum: a product is added, then followed down, before the next use', () => {
    expect(run('path-sum', ...TWICE_DOUBLED)).toEqual([
      'seed c 1',
      'visit c 1',
      'contribute c 0 1',
      'accumulate b 0 1',
      'visit b 1',
      'contribute b 0 1',
      'accumulate a 0 1',
      'visit a 1',
      'contribute b 1 1',
      'accumulate a 1 2',
      'recompute a 1',
      'contribute c 1 1',
      'accumulate b 1 2',
      'recompute b 1',
      'contribute b 0 1',
      'accumulate a 0 3',
      'recompute a 1',
      'contribute b 1 1',
      'accumulate a 1 4',
      'recompute a 1',
    ]);
  });

  it('memo: a leaf asks upwards, and what is in the table is not asked for again', () => {
    expect(run('memo', ...TWICE_DOUBLED)).toEqual([
      'seed c 1',
      'visit c 1',
      'contribute c 0 1',
      'accumulate b 0 1',
      'reuse c 1',
      'contribute c 1 1',
      'accumulate b 1 2',
      'visit b 2',
      'contribute b 0 2',
      'accumulate a 0 2',
      'reuse b 2',
      'contribute b 1 2',
      'accumulate a 1 4',
      'visit a 4',
    ]);
  });

  it('pre-order: u passes on 12 before v has reported', () => {
    expect(run('preorder', ...FOUR_NODES)).toEqual([
      'seed y 1',
      'visit y 1',
      'contribute y 0 12',
      'accumulate u 0 12',
      'contribute y 1 9',
      'accumulate v 1 9',
      'visit u 12',
      'contribute u 0 36',
      'accumulate x 0 36',
      'contribute u 1 36',
      'accumulate x 1 72',
      'visit x 72',
      'reuse x',
      'visit v 9',
      'contribute v 0 9',
      'accumulate u 0 21',
      'contribute v 1 9',
      'accumulate x 1 81',
      'reuse u',
      'reuse x',
    ]);
  });

  it('numeric: a leaf moves, everything is computed anew, and the leaf moves back', () => {
    const trace = traceAlgorithm(recorded('x = 3', 'u = x*x', 'y = u + x'), 'numeric')!;
    const kinds = Array.from({ length: trace.length }, (_, event) => trace.at(event).kind);
    expect(kinds.slice(2)).toEqual(['update', 'evaluate', 'evaluate', 'accumulate', 'update']);
    expect(trace.value[trace.length - 1]).toBe(3);
    expect(trace.value[2]).toBe(3 + 3 * 2 ** -26);
  });

  it('reverse is the usual run, to the bit', () => {
    const recording = recorded(...FOUR_NODES);
    const trace = traceAlgorithm(recording, 'reverse')!;
    const usual = traceReverse(recording);
    for (const column of ['kind', 'node', 'slot', 'value'] as const) {
      expect(trace[column]).toEqual(usual[column]);
    }
    expect(trace.algorithm).toBe('reverse');
  });
});

describe('how many contributions make a gradient final', () => {
  it('one for each path where every path is walked, one for each use elsewhere', () => {
    const recording = recorded(...FOUR_NODES);
    for (const name of ['path-sum', 'accumulate-early'] as const) {
      expect(traceAlgorithm(recording, name)!.uses, name).toEqual(Int32Array.of(5, 2, 1, 0));
    }
    for (const name of ['memo', 'reverse', 'overwrite', 'preorder'] as const) {
      expect(traceAlgorithm(recording, name)!.uses, name).toEqual(Int32Array.of(3, 2, 1, 0));
    }
  });
});

describe('verdicts where numbers are not finite', () => {
  it('are against every algorithm that ends with another number, and say why', () => {
    // ∂y/∂x = ∞, and post-order multiplies ∞ by the 0 that u has so far.
    const comparison = compareAlgorithms(recorded('x = 0', 'u = log(x)', 'y = u + x'));
    expect(comparison.truth[0]).toBe(Infinity);
    expect(results(comparison, 0).postorder).toBeNaN();
    expect(verdicts(comparison)).toMatchObject({ 'path-sum': true, reverse: true, postorder: false });
    // 3·∞ − 2·∞ along the paths, (3 − 2)·∞ in the sweep: the order decides.
    const cancelling = compareAlgorithms(recorded('x = 0', 'u = log(x)', 'y = 3*u - 2*u'));
    expect([cancelling.truth[0], results(cancelling, 0)['path-sum']]).toEqual([Infinity, NaN]);
    expect(verdicts(cancelling)).toMatchObject({ 'path-sum': false, memo: true, reverse: true });
    for (const name of ['path-sum', 'forward'] as const) {
      const trace = traceAlgorithm(cancelling.graph.recording, name)!;
      const difference = firstDifference(trace, cancelling.truth)!;
      expect(difference, name).toMatchObject({ kind: 'infinite', node: 0, found: NaN, due: Infinity });
      expect(trace.value[difference.event], name).toBeNaN();
    }
    // f and f′ are ∞, and ∞ − ∞ is no number; √ has a finite quotient where f′ is ∞.
    const overflowing = compareAlgorithms(recorded('x = 1000', 'y = exp(x)'));
    expect([overflowing.truth[0], results(overflowing, 0).numeric]).toEqual([Infinity, NaN]);
    expect(verdicts(overflowing)).toMatchObject({ numeric: false, reverse: true });
    const steep = compareAlgorithms(recorded('x = 0', 'y = sqrt(x)'));
    expect([steep.truth[0], results(steep, 0).numeric]).toEqual([Infinity, 2 ** 13]);
    expect(verdicts(steep)).toMatchObject({ numeric: false, 'path-sum': true });
    // Undefined is what is due here.
    const undefinedThere = compareAlgorithms(recorded('x = -1', 'y = log(x)'));
    expect(undefinedThere.truth[0]).not.toBe(Infinity);
    expect(verdicts(undefinedThere)).toMatchObject({ reverse: true });
    // An exponent that no leaf moves has no derivative here, and takes nothing from the quotient.
    const squared = compareAlgorithms(recorded('x = -0.5', 'n = 1 + 1', 'y = x^n'));
    expect(verdicts(squared)).toMatchObject({ numeric: true });
  });
});

describe('a live graph', () => {
  it('has one entry for each use that a gradient flows along, and none for constants and untaken branches', () => {
    const recording = recorded('x = 3', 'z = 5', 'u = 2*x + x*x', 'y = where(x > 0, u, z)');
    const graph = liveGraphOf(recording);
    const names = (nodes: Iterable<number>): (string | undefined)[] =>
      Array.from(nodes, (node) => recording.names.get(node));
    expect(names(graph.leaves)).toEqual(['x']);
    expect(graph.reached[nodeOf(recording, 'z')]).toBe(0);
    // 2·x, x·x twice, the sum twice, the branch.
    expect(graph.edges).toBe(6);
    expect(graph.paths[nodeOf(recording, 'x')]).toBe(3n);
    expect(graph.depth).toBe(3);
    const x = nodeOf(recording, 'x');
    const users = graph.userOf.subarray(graph.userStart[x], graph.userStart[x + 1]);
    // In the order of the sweep: x·x by both slots, then 2·x.
    expect(Array.from(users, (use) => [graph.slot[use], graph.local[use]])).toEqual([
      [0, 3],
      [1, 3],
      [1, 2],
    ]);
  });

  it('is about any node', () => {
    const recording = recorded(...FOUR_NODES);
    const graph = liveGraphOf(recording, nodeOf(recording, 'u'));
    expect(Array.from(graph.nodes)).toEqual([0, 1]);
    expect(ALGORITHMS.memo.run(graph, null)).toEqual(Float64Array.of(6, 1, 0, 0));
    expect(compareAlgorithms(recording, { of: 1, names: ['path-sum'] })).toMatchObject({
      paths: 2n,
      algorithms: [{ name: 'path-sum', right: true, counters: { multiplications: 2n } }],
    });
  });

  it('refuses a node that is not there', () => {
    expect(() => liveGraphOf(recorded('x = 3'), 1)).toThrow(NodeError);
  });

  it('of a leaf alone has one node, no edge and the derivative 1', () => {
    const comparison = compareAlgorithms(recorded('x = 3'));
    for (const { name, gradients, right } of comparison.algorithms) {
      expect([name, gradients![0], right]).toEqual([name, 1, true]);
    }
    expect(outcomeOf(comparison, 'memo').counters).toMatchObject({ visits: 1n, hits: 0n, additions: 0n });
  });
});
