import { LEAF } from '@backflow/engine';
import {
  activeAt,
  GRADIENT_STATES,
  nodeState,
  Playhead,
  PositionError,
  traceOf,
  traceReverse,
} from '@backflow/trace';
import type { NodeState, Trace } from '@backflow/trace';
import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, nodeOf, recorded } from './recordings.ts';

/** The state of all nodes by going through the events one after the other. */
function replayed(trace: Trace, position: number): NodeState[] {
  const { recording, reached, uses } = trace;
  const value = recording.value.map((leaf, node) => (recording.operation[node] === LEAF ? leaf : NaN));
  const known = recording.operation.map((code) => (code === LEAF ? 1 : 0));
  let begun = false;
  let total = new Float64Array(recording.count);
  let arrived = new Int32Array(recording.count);
  let reported = new Int32Array(recording.count);
  for (let k = 0; k < position; k++) {
    const { kind, node, value: number } = trace.at(k);
    if (kind === 'evaluate' || kind === 'update') {
      value[node] = number;
      known[node] = 1;
    }
    if (kind === 'seed') {
      begun = true;
      total = new Float64Array(recording.count);
      arrived = new Int32Array(recording.count);
      reported = new Int32Array(recording.count);
    }
    if (kind === 'seed' || kind === 'accumulate') {
      total[node] = number;
      arrived[node]++;
    }
    if (kind === 'accumulate') reported[node]++;
  }
  return Array.from({ length: recording.count }, (_, node) => ({
    value:
      known[node] === 1
        ? { state: 'known', value: value[node] }
        : { state: recording.skipped[node] === 1 ? 'never' : 'unknown' },
    gradient: !begun
      ? { state: 'none' }
      : reached[node] === 0
        ? { state: 'zero' }
        : arrived[node] === 0
          ? { state: 'none' }
          : {
              state: reported[node] >= uses[node] ? 'final' : 'partial',
              total: total[node],
              reported: reported[node],
              uses: uses[node],
            },
  }));
}

describe('the state of a node', () => {
  const recording = recorded('lonely = 7', ...FOUR_NODES);
  const trace = traceReverse(recording);
  const stateAt = (name: string, position: number) => nodeState(trace, nodeOf(recording, name), position);

  it('knows the values of leaves from the start, and no others', () => {
    expect(stateAt('x', 0).value).toEqual({ state: 'known', value: 3 });
    expect(stateAt('u', 0).value).toEqual({ state: 'unknown' });
    expect(stateAt('u', 1).value).toEqual({ state: 'known', value: 9 });
  });

  it('follows the life of a gradient: none, partial, final', () => {
    const life = Array.from({ length: trace.length + 1 }, (_, position) => stateAt('u', position).gradient);
    expect(life[6]).toEqual({ state: 'none' });
    expect(life[7]).toEqual({ state: 'partial', total: 12, reported: 1, uses: 2 });
    expect(life[12]).toEqual({ state: 'final', total: 21, reported: 2, uses: 2 });
    expect(new Set(life.slice(12).map(({ state }) => state))).toEqual(new Set(['final']));
  });

  it('is final for the output as soon as it is seeded', () => {
    expect(stateAt('y', 3).gradient).toEqual({ state: 'none' });
    expect(stateAt('y', 4).gradient).toEqual({ state: 'final', total: 1, reported: 0, uses: 0 });
  });

  it('is a known zero without a path to the output, but not before the backward pass has begun', () => {
    expect(stateAt('lonely', 3).gradient).toEqual({ state: 'none' });
    expect(stateAt('lonely', 4).gradient).toEqual({ state: 'zero' });
  });

  it('never has a value in the branch that is not taken', () => {
    const branch = recorded('x = -1', 'y = where(x > 0, log(x), x)');
    const run = traceReverse(branch);
    const log = branch.skipped.indexOf(1);
    expect(nodeState(run, log, run.length)).toEqual({
      value: { state: 'never' },
      gradient: { state: 'zero' },
    });
  });

  it('has the new value of a leaf after its update', () => {
    const run = traceReverse(recording, { learningRate: 0.01 });
    expect(nodeState(run, nodeOf(recording, 'x'), run.length).value).toEqual({ state: 'known', value: 1.65 });
  });

  it('is right where an algorithm visits a node more than once', () => {
    const run = traceOf(recorded('x = 1', 'y = x + x'), (emit) => {
      emit('evaluate', 1, -1, 2);
      emit('seed', 1, -1, 1);
      for (let visit = 0; visit < 3; visit++) {
        emit('visit', 1, -1, 1);
        emit('contribute', 1, 0, 1);
        emit('accumulate', 0, 0, visit + 1);
      }
    });
    const states = [5, 8, 11].map((position) => nodeState(run, 0, position).gradient);
    expect(states).toEqual([
      { state: 'partial', total: 1, reported: 1, uses: 2 },
      { state: 'final', total: 2, reported: 2, uses: 2 },
      { state: 'final', total: 3, reported: 3, uses: 2 },
    ]);
  });

  it('is what replaying the events gives, at every position', () => {
    assert(
      property(anyRecording, (random) => {
        const run = traceReverse(random, { learningRate: 0.1 });
        for (let position = 0; position <= run.length; position++) {
          const states = Array.from({ length: random.count }, (_, node) => nodeState(run, node, position));
          expect(states).toEqual(replayed(run, position));
        }
      }),
      { seed: 13, numRuns: 100 },
    );
  });

  it('is what replaying gives for two backward passes in a row', () => {
    const run = traceOf(recorded(...FOUR_NODES), (emit) => {
      for (const at of [1, 2]) {
        emit('seed', 3, -1, at);
        emit('visit', 3, -1, at);
        emit('contribute', 3, 0, 12 * at);
        emit('accumulate', 1, 0, 12 * at);
      }
    });
    for (let position = 0; position <= run.length; position++) {
      const states = Array.from({ length: 4 }, (_, node) => nodeState(run, node, position));
      expect(states).toEqual(replayed(run, position));
    }
  });

  it('refuses a position that the run does not have', () => {
    for (const position of [-1, trace.length + 1, 1.5, NaN]) {
      expect(() => nodeState(trace, 0, position)).toThrow(PositionError);
    }
  });
});

describe('the playhead', () => {
  it('says for all nodes and edges what the states and events say, however it was moved', () => {
    assert(
      property(anyRecording, array(integer({ min: 0, max: 10_000 }), { maxLength: 8 }), (random, moves) => {
        const run = traceReverse(random, { learningRate: 0.1 });
        const playhead = new Playhead(run);
        for (const move of [0, ...moves, run.length, 0]) {
          const position = move % (run.length + 1);
          playhead.moveTo(position);
          expectPlayhead(playhead, run, position);
        }
      }),
      { seed: 14, numRuns: 150 },
    );
  });

  it('goes back over revisited nodes and over the start of a second pass', () => {
    const run = traceOf(recorded('x = 1', 'y = x + x'), (emit) => {
      for (const at of [1, 2]) {
        emit('seed', 1, -1, at);
        for (let visit = 0; visit < 2; visit++) {
          emit('visit', 1, -1, at);
          emit('contribute', 1, 0, at + visit);
          emit('accumulate', 0, 0, at + visit);
        }
      }
    });
    const playhead = new Playhead(run);
    for (const position of [14, 13, 10, 9, 8, 7, 6, 3, 0, 5, 14, 7, 12, 4]) {
      playhead.moveTo(position);
      expectPlayhead(playhead, run, position);
    }
    expect([...playhead.flowed]).toEqual([1, 0]);
  });
});

function expectPlayhead(playhead: Playhead, run: Trace, position: number): void {
  const { recording } = run;
  const ready: number[] = [];
  const waiting: number[] = [];
  const begun =
    run.passes.findLast(({ kind, from }) => kind === 'backward' && from < position)?.from ?? Infinity;
  const visited = new Set<number>();
  const contribution = new Float64Array(recording.inputs.length).fill(NaN);
  for (let k = begun; k < position; k++) {
    const { kind, node, slot, value } = run.at(k);
    if (kind === 'visit') visited.add(node);
    if (kind === 'contribute') contribution[recording.inputStart[node] + slot] = value;
  }
  for (let node = 0; node < recording.count; node++) {
    const { value, gradient } = nodeState(run, node, position);
    expect(playhead.valueKnown[node]).toBe(value.state === 'known' ? 1 : 0);
    expect(playhead.value[node]).toBe(value.state === 'known' ? value.value : NaN);
    expect(GRADIENT_STATES[playhead.gradientState[node]]).toBe(gradient.state);
    expect(playhead.gradient[node]).toBe('total' in gradient ? gradient.total : 0);
    expect(playhead.reported[node]).toBe('reported' in gradient ? gradient.reported : 0);
    if (gradient.state === 'final' && !visited.has(node)) ready.push(node);
    if (gradient.state === 'partial' && !visited.has(node)) waiting.push(node);
  }
  expect([...playhead.ready].sort((a, b) => a - b)).toEqual(ready);
  expect([...playhead.waiting].sort((a, b) => a - b)).toEqual(waiting);
  expect(playhead.contribution).toEqual(contribution);
}

describe('what the last event touched', () => {
  it('is a node, or an edge with its consumer, slot and input', () => {
    const recording = recorded(...FOUR_NODES);
    const trace = traceReverse(recording);
    const [x, u] = ['x', 'u'].map((name) => nodeOf(recording, name));
    expect(activeAt(trace, 0)).toBeNull();
    expect(activeAt(trace, 1)).toEqual({ event: 0, kind: 'evaluate', node: u, edge: null });
    const edge = { consumer: u, slot: 1, input: x };
    expect(activeAt(trace, 18)).toEqual({ event: 17, kind: 'contribute', node: u, edge });
    expect(activeAt(trace, 19)).toEqual({ event: 18, kind: 'accumulate', node: x, edge });
  });
});
