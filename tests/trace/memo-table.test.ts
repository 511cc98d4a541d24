import { backward } from '@backflow/engine';
import {
  ALGORITHM_NAMES,
  exactJudge,
  keepingOf,
  keepsVisitedSet,
  liveGraphOf,
  memoNodes,
  memoRow,
  memoStroke,
  traceAlgorithm,
} from '@backflow/trace';
import type { AlgorithmName, MemoRow, Trace } from '@backflow/trace';
import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, nodeOf, recorded } from './recordings.ts';

const recording = recorded(...FOUR_NODES);
const due = backward(recording);
const isRight = exactJudge(liveGraphOf(recording), due, false);
const [x, u, v, y] = ['x', 'u', 'v', 'y'].map((name) => nodeOf(recording, name));

function traceOf(name: AlgorithmName): Trace {
  return traceAlgorithm(recording, name)!;
}

function rowOf(trace: Trace, node: number, position = trace.length): MemoRow {
  return memoRow(trace, isRight, node, position);
}

/** Who took the entry, what stood there, and whether it was looked up. */
function readsOf(trace: Trace, node: number): readonly (readonly [number, number, 'hit' | 'miss'])[] {
  return rowOf(trace, node).reads.map(({ by, found, hit }) => [by, found, hit ? 'hit' : 'miss'] as const);
}

describe('the memo table', () => {
  it('has a row for each node that matters, the output first', () => {
    expect(memoNodes(traceOf('memo'))).toEqual([y, v, u, x]);
  });

  it('computes every entry of the recursion once and looks it up from then on', () => {
    const trace = traceOf('memo');
    expect(readsOf(trace, y)).toEqual([
      [v, 1, 'miss'],
      [u, 1, 'hit'],
    ]);
    expect(readsOf(trace, v)).toEqual([
      [x, 9, 'miss'],
      [u, 9, 'hit'],
    ]);
    expect(readsOf(trace, u)).toEqual([
      [x, 21, 'miss'],
      [x, 21, 'hit'],
    ]);
    for (const node of [y, v, u, x]) expect(rowOf(trace, node)).toMatchObject({ visits: 1, wrong: null });
  });

  it('has no entry before it is there, half of one in between, and keeps it', () => {
    const trace = traceOf('reverse');
    const states = Array.from({ length: trace.length + 1 }, (_, position) => {
      const { gradient } = rowOf(trace, u, position);
      return gradient.state === 'partial'
        ? `${gradient.total}, ${gradient.reported} of ${gradient.uses}`
        : gradient.state;
    });
    expect([...new Set(states)]).toEqual(['none', '12, 1 of 2', 'final']);
  });

  it.each([
    ['accumulate-early', 12, 21],
    ['preorder', 12, 21],
    ['breadth-first', 12, 21],
    ['postorder', 0, 21],
    ['overwrite', 9, 21],
  ] as const)('says what %s took from u: %i where %i was due', (name, found, right) => {
    expect(rowOf(traceOf(name), u).wrong).toMatchObject({ by: x, slot: 0, found });
    expect(due[u]).toBe(right);
  });

  it('lists no more reads than asked for, and still finds the wrong one', () => {
    const row = memoRow(traceOf('preorder'), isRight, u, Infinity, 0);
    expect(row.reads).toEqual([]);
    expect(row.wrong).toMatchObject({ found: 12 });
  });

  it('tells misses, hits, marks and reads apart', () => {
    const strokes = (name: AlgorithmName): string[] => {
      const trace = traceOf(name);
      return Array.from({ length: trace.length }, (_, event) => memoStroke(trace, event + 1)?.kind ?? '');
    };
    const count = (name: AlgorithmName, kind: string): number =>
      strokes(name).filter((stroke) => stroke === kind).length;
    expect([count('memo', 'miss'), count('memo', 'hit'), count('memo', 'met')]).toEqual([4, 3, 0]);
    expect([count('preorder', 'miss'), count('preorder', 'hit'), count('preorder', 'met')]).toEqual([
      0, 0, 3,
    ]);
    expect([count('reverse', 'read'), count('reverse', 'hit')]).toEqual([6, 0]);
  });

  it('holds the same gradients and as many reads as multiplications at the end of any run', () => {
    assert(
      property(anyRecording, (anything) => {
        const right = backward(anything);
        const isDue = exactJudge(liveGraphOf(anything), right, false);
        for (const name of ['memo', 'reverse'] as const) {
          const trace = traceAlgorithm(anything, name)!;
          let reads = 0;
          for (const node of memoNodes(trace)) {
            const row = memoRow(trace, isDue, node, trace.length);
            reads += row.reads.length;
            expect(row.wrong).toBeNull();
            expect(row.visited < 0 ? right[node] : trace.value[row.visited]).toBe(right[node]);
          }
          expect(reads).toBe(trace.kind.filter((kind) => kind === 3).length);
        }
      }),
      { seed: 61, numRuns: 100 },
    );
  });

  it('knows who keeps gradients and who keeps a visited set', () => {
    expect(ALGORITHM_NAMES.filter((name) => keepingOf(name) !== 'gradients')).toEqual([
      'path-sum',
      'numeric',
      'forward',
    ]);
    expect(ALGORITHM_NAMES.filter(keepsVisitedSet)).toEqual(['preorder', 'breadth-first', 'postorder']);
  });
});
