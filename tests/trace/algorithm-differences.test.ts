import { absoluteBackward, backward, Tape } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import {
  ALGORITHM_NAMES,
  ALGORITHMS,
  compareAlgorithms,
  firstDifference,
  liveGraphOf,
  traceAlgorithm,
} from '@backflow/trace';
import type { AlgorithmName, Difference, Trace } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { doubling } from './networks.ts';
import { eachProgram, isWellConditioned, programText, seedOfRun } from './random-graphs.ts';
import { FOUR_NODES, nodeOf, recorded } from './recordings.ts';

function differenceIn(
  recording: Recording,
  name: AlgorithmName,
): (Difference & { readonly at: string }) | null {
  const trace = traceAlgorithm(recording, name)!;
  const found = firstDifference(trace, backward(recording));
  return found === null ? null : { ...found, at: trace.at(found.event).kind };
}

/** A program in which u = x·1 is used by terms u·c that are added up, and gets the numbers c in this order. */
function reporting(...contributions: number[]): Recording {
  const tape = new Tape();
  const u = tape.leaf(1, 'x').mul(1);
  // What is recorded last reports first in a sweep, and what is added first in a recursion.
  const terms = contributions.toReversed().map((contribution) => u.mul(contribution));
  return tape.record(terms.reduce((sum, term) => term.add(sum)));
}

describe('the first difference in u = x·x, v = u + x, y = u·v', () => {
  const recording = recorded(...FOUR_NODES);
  const u = nodeOf(recording, 'u');

  it.each(['accumulate-early', 'preorder', 'breadth-first'] as const)(
    '%s: u passes on 12 with 1 of 2 uses reported, where 21 is due',
    (name) => {
      expect(differenceIn(recording, name)).toMatchObject({
        kind: 'early',
        at: 'visit',
        node: u,
        found: 12,
        due: 21,
        reported: 1,
        uses: 2,
      });
    },
  );

  it('postorder: u passes on 0 with no use reported; x, which passes nothing on, does not count', () => {
    expect(differenceIn(recording, 'postorder')).toMatchObject({
      kind: 'early',
      at: 'visit',
      node: u,
      found: 0,
      due: 21,
      reported: 0,
      uses: 2,
    });
  });

  it('overwrite: 9 replaces the 12 of u, where 21 is due', () => {
    expect(differenceIn(recording, 'overwrite')).toMatchObject({
      kind: 'overwritten',
      at: 'accumulate',
      node: u,
      found: 9,
      due: 21,
      reported: 2,
      uses: 2,
    });
  });

  it('is there from its own event on, and not before', () => {
    const trace = traceAlgorithm(recording, 'preorder')!;
    const truth = backward(recording);
    const { event } = firstDifference(trace, truth)!;
    expect(trace.at(event)).toMatchObject({ kind: 'visit', node: u });
    expect(firstDifference(trace, truth, event)).toBeNull();
    expect(firstDifference(trace, truth, event + 1)).toMatchObject({ event });
  });

  it.each(ALGORITHM_NAMES.filter((name) => ALGORITHMS[name].correct))('%s: none', (name) => {
    expect(differenceIn(recording, name)).toBeNull();
  });

  it('is found anew for other gradients', () => {
    const trace = traceAlgorithm(recording, 'overwrite')!;
    expect(firstDifference(trace, Float64Array.of(27, 9, 9, 1))).toBeNull();
    expect(firstDifference(trace, backward(recording))).not.toBeNull();
  });
});

describe('the first difference elsewhere', () => {
  it('b = a + a, c = b + b: b passes its whole gradient on again', () => {
    expect(differenceIn(recorded('a = 1', 'b = a + a', 'c = b + b'), 'accumulate-early')).toMatchObject({
      kind: 'again',
      at: 'recompute',
      node: 1,
      found: 2,
      due: 2,
      reported: 2,
      uses: 2,
    });
  });

  it('ten doublings: the lowest sum is the first to come twice', () => {
    expect(differenceIn(doubling(10), 'accumulate-early')).toMatchObject({
      kind: 'again',
      node: 1,
      found: 512,
    });
    expect(differenceIn(doubling(10), 'preorder')).toBeNull();
  });

  it('a contribution of 0 that is replaced, and a 0 that is passed on early, are made good', () => {
    // u gets 0 first: nothing is lost with it.
    const recording = reporting(0, 5);
    expect(backward(recording)[1]).toBe(5);
    expect(differenceIn(recording, 'overwrite')).toBeNull();
    expect(differenceIn(recording, 'accumulate-early')).toBeNull();
    // The last use decides what overwriting ends with.
    expect(differenceIn(reporting(5, 0), 'overwrite')).toMatchObject({
      kind: 'overwritten',
      found: 0,
      due: 5,
    });
    expect(differenceIn(reporting(0, 3, 4), 'overwrite')).toMatchObject({
      found: 4,
      due: 7,
      reported: 3,
      uses: 3,
    });
  });

  it('a use has reported when its consumer has passed on everything, not when something has come', () => {
    // n has got 0 from m, which will have 5, and 3 from k, when it passes on 3.
    const recording = recorded('x = 3', 'n = x*1', 'm = n*1', 'k = n*3', 'y = m*0 + (k + m*5)');
    expect(differenceIn(recording, 'accumulate-early')).toMatchObject({
      kind: 'early',
      at: 'recompute',
      node: nodeOf(recording, 'n'),
      found: 3,
      due: 8,
      reported: 1,
      uses: 2,
    });
  });

  it('a use that will report 0 has not reported before it does', () => {
    const recording = recorded('x = 3', 'n = x*1', 'k = n*3', 'm = n*1', 'j = n*5', 'y = k + (m*0 + j)');
    expect(differenceIn(recording, 'preorder')).toMatchObject({ found: 3, due: 8, reported: 1, uses: 3 });
  });

  it('what cancels by the end of the run is no difference', () => {
    // u passes on 1, 1 − 2 and 1 − 2 + 4, together the 3 that is due.
    const recording = reporting(1, -2, 4);
    expect(backward(recording)[1]).toBe(3);
    expect(ALGORITHMS['accumulate-early'].run(liveGraphOf(recording), null)[0]).toBe(3);
    expect(differenceIn(recording, 'accumulate-early')).toBeNull();
    expect(differenceIn(recording, 'preorder')).toMatchObject({ kind: 'early', found: 1, due: 3 });
  });

  it('numeric: a jump between x and x + h is no derivative', () => {
    const below = 1 - 2 ** -27;
    const tape = new Tape();
    const x = tape.leaf(below, 'x');
    const recording = tape.record(x.floor().add(x));
    expect(backward(recording)[0]).toBe(1);
    const found = differenceIn(recording, 'numeric')!;
    expect(found).toMatchObject({ kind: 'approximate', at: 'accumulate', node: 0, due: 1 });
    expect(found.found).toBeGreaterThan(2 ** 25);
    expect(compareAlgorithms(recording, { names: ['numeric'] }).algorithms[0].right).toBe(false);
  });

  it('numeric: what curvature and rounding explain is no difference', () => {
    expect(differenceIn(recorded('x = 3', 'y = exp(10*x)'), 'numeric')).toBeNull();
    expect(differenceIn(recorded('x = 0', 'y = abs(x)'), 'numeric')).toBeNull();
    expect(differenceIn(recorded('x = 1e-3', 'y = (x + 1e6) * 1e-3'), 'numeric')).toBeNull();
  });
});

describe(`the first difference in random graphs (seed ${seedOfRun()})`, () => {
  const isVisit = (trace: Trace, event: number): boolean =>
    trace.at(event).kind === 'visit' || trace.at(event).kind === 'recompute';

  it('is there where a result is wrong, is what its kind says, and everything before it is right', () => {
    const failures: string[] = [];
    const kinds = new Map<string, number>();
    eachProgram((recording, program) => {
      const { truth, algorithms, graph } = compareAlgorithms(recording);
      if (!truth.every(Number.isFinite) || !recording.value.every(Number.isFinite)) return;
      const scale = absoluteBackward(recording, recording.output);
      if (!isWellConditioned(truth, scale)) return;
      const near = (node: number, found: number): boolean =>
        Math.abs(found - truth[node]) <= 1e-8 * scale[node] + 2 ** -1022;
      for (const { name, right, events } of algorithms) {
        if (ALGORITHMS[name].correct || events > 2000n) continue;
        const trace = traceAlgorithm(recording, name)!;
        const found = firstDifference(trace, truth);
        const fail = (what: string): void => {
          failures.push(`program ${program}, ${name}: ${what}\n${programText(recording)}`);
        };
        if (found === null) {
          if (right === false) fail('no difference, but wrong');
          continue;
        }
        kinds.set(`${name} ${found.kind}`, (kinds.get(`${name} ${found.kind}`) ?? 0) + 1);
        const { kind, event, node } = found;
        if (trace.value[event] !== found.found || trace.node[event] !== node) fail('another value');
        if (kind === 'early' && found.reported >= found.uses) fail('early, but all have reported');
        if (kind === 'again' && trace.at(event).kind !== 'recompute') fail('again, but visited once');
        if (found.uses !== graph.userStart[node + 1] - graph.userStart[node]) fail('other uses');
        if (kind === 'overwritten') continue;
        // All that has been passed on in full is right, and this node's sum is not.
        const sum = new Map<number, number>();
        for (let earlier = 0; earlier < trace.length; earlier++) {
          if (!isVisit(trace, earlier)) continue;
          const at = trace.node[earlier];
          sum.set(at, (sum.get(at) ?? 0) + trace.value[earlier]);
        }
        if (sum.get(node) === truth[node]) fail('makes no difference');
        for (let earlier = 0; earlier < event; earlier++) {
          const at = trace.node[earlier];
          const value = trace.value[earlier];
          if (!isVisit(trace, earlier) || graph.useStart[at] === graph.useStart[at + 1]) continue;
          // A 0 passed on early is made good later, and so is what happens to cancel.
          if (value !== 0 && !near(at, value) && !near(at, sum.get(at)!))
            fail(`an earlier difference at ${earlier}`);
        }
      }
    }, 4000);
    expect(failures.slice(0, 3)).toEqual([]);
    expect([...kinds.keys()].sort()).toEqual([
      'accumulate-early again',
      'accumulate-early early',
      'breadth-first early',
      'overwrite overwritten',
      'postorder early',
      'preorder early',
    ]);
  });
});
