import {
  addressOf,
  boundaries,
  nextPosition,
  positionOf,
  PositionError,
  previousPosition,
  stepNumber,
  stepTo,
  traceOf,
  traceReverse,
} from '@backflow/trace';
import type { Address, Trace } from '@backflow/trace';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, recorded } from './recordings.ts';

const trace = traceReverse(recorded(...FOUR_NODES), { learningRate: 0.01 });

describe('steps', () => {
  it('go from pass to pass, from node to node, or from event to event', () => {
    expect([...boundaries(trace, 'pass')]).toEqual([0, 3, 20, 21]);
    // Three values; the seed; y, v, u with what they pass on; x; the update.
    expect([...boundaries(trace, 'node')]).toEqual([0, 1, 2, 3, 4, 9, 14, 19, 20, 21]);
    expect([...boundaries(trace, 'edge')]).toEqual(Array.from({ length: 22 }, (_, position) => position));
  });

  it.each([
    ['node', 4, 9, 3],
    ['node', 6, 9, 4],
    ['node', 21, 21, 20],
    ['node', 0, 1, 0],
    ['pass', 5, 20, 3],
    ['edge', 5, 6, 4],
  ] as const)('of size %s from %d lead to %d and back to %d', (granularity, position, next, previous) => {
    expect(nextPosition(trace, position, granularity)).toBe(next);
    expect(previousPosition(trace, position, granularity)).toBe(previous);
  });

  it('are counted', () => {
    expect(stepNumber(trace, 9, 'node')).toEqual({ step: 5, of: 9 });
    expect(stepNumber(trace, 0, 'node')).toEqual({ step: 0, of: 9 });
    expect(stepNumber(trace, 21, 'edge')).toEqual({ step: 21, of: 21 });
  });

  it('over a node are told by its visit', () => {
    expect(stepTo(trace, 9, 'node')).toEqual({ from: 4, to: 9, headline: 4 });
    expect(trace.at(4)).toMatchObject({ kind: 'visit', node: 3 });
    expect(stepTo(trace, 9, 'edge')).toEqual({ from: 8, to: 9, headline: 8 });
    expect(stepTo(trace, 0, 'node')).toBeNull();
  });

  it('in an empty run lead nowhere', () => {
    const empty = traceOf(recorded('x = 1'), () => undefined);
    expect([...boundaries(empty, 'node')]).toEqual([0]);
    expect([...boundaries(empty, 'pass')]).toEqual([0]);
    expect(nextPosition(empty, 0, 'node')).toBe(0);
    expect(previousPosition(empty, 0, 'edge')).toBe(0);
  });

  it('are refused outside the run', () => {
    expect(() => nextPosition(trace, 22, 'node')).toThrow(PositionError);
    expect(() => stepNumber(trace, -1, 'node')).toThrow(
      'Found position -1, expected an integer from 0 to 21.',
    );
  });
});

/** What happened last, in words. */
function told(run: Trace, position: number): string {
  if (position === 0) return 'nothing';
  const { kind, node, slot } = run.at(position - 1);
  return `${kind} ${run.recording.names.get(node) ?? '?'}${slot < 0 ? '' : `.${slot}`}`;
}

describe('an address', () => {
  it('names what happened last, and not its number', () => {
    expect(addressOf(trace, 0)).toEqual({ pass: 'start' });
    expect(addressOf(trace, 21)).toEqual({ pass: 'end' });
    expect(addressOf(trace, 10)).toEqual({
      pass: 'backward',
      kind: 'visit',
      key: 'v',
      slot: -1,
      share: 0.412,
    });
    // The edge from v back to u is named by its consumer, also when the total is meant.
    expect(addressOf(trace, 12)).toMatchObject({ kind: 'accumulate', key: 'v', slot: 0 });
    expect(addressOf(trace, 18)).toMatchObject({ kind: 'contribute', key: 'u', slot: 1 });
  });

  it('leads back to its position, in any run', () => {
    assert(
      property(anyRecording, (recording) => {
        const run = traceReverse(recording, { learningRate: 1 });
        for (let position = 0; position <= run.length; position++) {
          expect(positionOf(run, addressOf(run, position))).toBe(position);
        }
      }),
      { seed: 21, numRuns: 100 },
    );
  });

  it('leads back to the right one of several visits', () => {
    const run = traceOf(recorded('x = 1', 'y = x + x'), (emit) => {
      emit('seed', 1, -1, 1);
      for (let visit = 0; visit < 3; visit++) {
        emit('visit', 1, -1, 1);
        emit('contribute', 1, 0, 1);
        emit('accumulate', 0, 0, visit + 1);
      }
    });
    for (let position = 0; position <= run.length; position++) {
      expect(positionOf(run, addressOf(run, position))).toBe(position);
    }
  });

  it('survives edits that move the event', () => {
    const edited = traceReverse(
      recorded('first = 1', 'x = 4', 'u = x*x', 'new = u*first', 'v = u + x', 'y = u*v + new'),
    );
    for (const position of [1, 2, 5, 10, 11, 12, 14, 17]) {
      const found = positionOf(edited, addressOf(trace, position));
      // y is now a sum, so the seed and its visit are those of another expression with the same name.
      expect(told(edited, found)).toBe(told(trace, position));
    }
  });

  it.each<[what: string, address: Address, found: string]>([
    [
      'another event of the same node',
      { pass: 'backward', kind: 'contribute', key: 'u', slot: 5 },
      'visit u',
    ],
    ['what an unnamed node stood in', { pass: 'backward', kind: 'visit', key: 'u/0/1', slot: -1 }, 'visit u'],
    [
      'the same share of the pass',
      { pass: 'backward', kind: 'visit', key: 'gone', slot: -1, share: 0.06 },
      'seed y',
    ],
    ['the end of the pass', { pass: 'forward', kind: 'evaluate', key: 'gone', slot: -1 }, 'evaluate y'],
  ])('that is gone leads to %s', (_what, address, found) => {
    expect(told(trace, positionOf(trace, address))).toBe(found);
  });

  it('of a pass that is gone leads to the end', () => {
    const run = traceReverse(recorded(...FOUR_NODES));
    expect(positionOf(run, { pass: 'update', kind: 'update', key: 'x', slot: -1 })).toBe(run.length);
  });

  it('does not trip over names that objects have', () => {
    const address = {
      pass: 'forward',
      kind: 'evaluate',
      key: '__proto__/constructor',
      slot: -1,
      share: 0,
    } as const;
    expect(positionOf(trace, address)).toBe(0);
  });
});
