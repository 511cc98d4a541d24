import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  liveGraphOf,
  PositionError,
  tallyAt,
  traceAlgorithm,
  traceReverse,
} from '@backflow/trace';
import type { AlgorithmName, Tally, Trace } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { doubling, network } from './networks.ts';
import { eachProgram } from './random-graphs.ts';
import { FOUR_NODES, recorded } from './recordings.ts';

/** The whole run's counters, as numbers. */
function wholeOf(trace: Trace, name: AlgorithmName): Tally {
  const { slots: _, ...counters } = ALGORITHMS[name].count(liveGraphOf(trace.recording, trace.of));
  return Object.fromEntries(
    Object.entries(counters).map(([key, value]) => [key, Number(value)]),
  ) as unknown as Tally;
}

describe('the tally of a run', () => {
  it.each(ALGORITHM_NAMES)(
    '%s: is 0 until the forward pass is through, and comes to the counters',
    (name) => {
      for (const recording of [recorded(...FOUR_NODES), doubling(9), network([2, 3, 1]), recorded('x = 3')]) {
        const trace = traceAlgorithm(recording, name)!;
        const zero = { visits: 0, multiplications: 0, additions: 0, hits: 0, forwardPasses: 0 };
        expect(tallyAt(trace, 0)).toEqual(zero);
        expect(tallyAt(trace, recording.count - liveGraphOf(recording).leaves.length)).toEqual(zero);
        expect(tallyAt(trace, trace.length)).toEqual(wholeOf(trace, name));
      }
    },
  );

  it('comes to the counters for random graphs', () => {
    const failures: string[] = [];
    eachProgram((recording, program) => {
      for (const name of ALGORITHM_NAMES) {
        const trace = traceAlgorithm(recording, name);
        if (trace === null) continue;
        const found = JSON.stringify(tallyAt(trace, trace.length));
        if (found !== JSON.stringify(wholeOf(trace, name)))
          failures.push(`program ${program}, ${name}: ${found}`);
      }
    }, 500);
    expect(failures).toEqual([]);
  });

  it('grows event by event, by what each is', () => {
    const COUNTER: Readonly<Record<string, keyof Tally>> = {
      visit: 'visits',
      recompute: 'visits',
      contribute: 'multiplications',
      reuse: 'hits',
    };
    // More events than are counted between two stored tallies.
    for (const name of ['path-sum', 'memo', 'accumulate-early', 'preorder', 'reverse'] as const) {
      const trace = traceAlgorithm(doubling(8), name)!;
      const got = new Set<number>();
      const expected = { visits: 0, multiplications: 0, additions: 0, hits: 0, forwardPasses: 0 };
      for (let event = 0; event < trace.length; event++) {
        const { kind, node } = trace.at(event);
        const counter = COUNTER[kind];
        if (counter !== undefined) expected[counter]++;
        if (kind === 'accumulate' && got.has(node)) expected.additions++;
        if (kind === 'accumulate') got.add(node);
        expect(tallyAt(trace, event + 1)).toEqual(expected);
      }
    }
  });

  it('a further forward pass counts from its beginning', () => {
    const recording = recorded('a = 2', 'b = 3', 'c = a*b', 'd = c + a');
    const passes = (name: AlgorithmName): number[] => {
      const trace = traceAlgorithm(recording, name)!;
      return Array.from({ length: trace.length }, (_, event) => event).filter(
        (event) => tallyAt(trace, event + 1).forwardPasses > tallyAt(trace, event).forwardPasses,
      );
    };
    const kinds = (name: AlgorithmName): string[] =>
      passes(name).map((event) => {
        const { kind, node } = traceAlgorithm(recording, name)!.at(event);
        return `${kind} ${recording.names.get(node)}`;
      });
    expect(kinds('forward')).toEqual(['seed a', 'seed b']);
    expect(kinds('numeric')).toEqual(['update a', 'update b']);
    // The second time is the way back.
    expect(passes('numeric')).toEqual([2, 7]);
  });

  it('an update of the leaves costs nothing', () => {
    const recording = recorded(...FOUR_NODES);
    const trace = traceReverse(recording, { learningRate: 0.1 });
    expect(trace.passes.at(-1)!.kind).toBe('update');
    expect(tallyAt(trace, trace.length)).toEqual(wholeOf(trace, 'reverse'));
  });

  it('is refused beyond the ends', () => {
    const trace = traceAlgorithm(recorded(...FOUR_NODES), 'memo')!;
    expect(() => tallyAt(trace, trace.length + 1)).toThrow(PositionError);
    expect(() => tallyAt(trace, -1)).toThrow(PositionError);
  });
});
