import { isLive, LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import {
  activeAt,
  addressOf,
  ALGORITHM_NAMES,
  boundaries,
  chainRule,
  EVENT_KINDS,
  GRADIENT_STATES,
  GRANULARITIES,
  nextPosition,
  nodeState,
  Playhead,
  positionOf,
  previousPosition,
  stepTo,
  traceAlgorithm,
  traceReverse,
} from '@backflow/trace';
import type { AlgorithmName, Trace } from '@backflow/trace';
import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRecording, FOUR_NODES, nodeOf, recorded } from './recordings.ts';

const PROGRAMS: readonly (readonly string[])[] = [
  FOUR_NODES,
  ['a = 1', 'b = a + a', 'c = b + b', 'd = c + c'],
  ['w = 2', 'x = -3', 'lonely = 5', 'h = tanh(w*x)', 'y = where(h > 0, log(h), h*w) + h*x'],
  ['x = 0.5', 'y = x*x*x + exp(x)*sin(x)'],
  ['a = 1', 'b = 2', 'y = (a*b + a)*(a*b + b) + relu(a - b)'],
  ['x = 2'],
];

function ran(recording: Recording, algorithm: AlgorithmName): Trace {
  const trace = traceAlgorithm(recording, algorithm);
  if (trace === null) throw new Error(`Too long: ${algorithm}.`);
  return trace;
}

const doubled = (times: number): string[] => [
  'n0 = 1',
  ...Array.from({ length: times }, (_, at) => `n${at + 1} = n${at} + n${at}`),
];

/** What is known at a position, by going through the events one after the other. */
class Replay {
  readonly value: Float64Array;
  readonly known: Uint8Array;
  total = new Map<number, number>();
  reported = new Map<number, number>();
  visited = new Set<number>();
  contribution: Float64Array;
  begun = false;

  private readonly trace: Trace;

  constructor(trace: Trace, position: number) {
    const { recording } = trace;
    this.trace = trace;
    this.value = recording.value.map((leaf, node) => (recording.operation[node] === LEAF ? leaf : NaN));
    this.known = recording.operation.map((code) => (code === LEAF ? 1 : 0));
    this.contribution = new Float64Array(recording.inputs.length).fill(NaN);
    for (let k = 0; k < position; k++) this.apply(k);
  }

  private apply(k: number): void {
    const { kind, node, slot, value } = this.trace.at(k);
    const { inputStart, inputs } = this.trace.recording;
    // Finite differences have no seed: their pass begins with the first leaf that is moved.
    if (kind === 'seed' || (kind === 'update' && !this.begun)) {
      this.begun = true;
      this.total = new Map();
      this.reported = new Map();
      this.visited = new Set();
      this.contribution = new Float64Array(inputs.length).fill(NaN);
    }
    if (kind === 'evaluate' || kind === 'update') {
      this.value[node] = value;
      this.known[node] = 1;
    }
    if (kind === 'seed') this.total.set(node, value);
    if (kind === 'contribute') this.contribution[inputStart[node] + slot] = value;
    if (kind === 'accumulate') {
      this.total.set(node, value);
      this.reported.set(node, (this.reported.get(node) ?? 0) + 1);
    }
    if (kind === 'visit' || kind === 'recompute') {
      this.visited.add(node);
      // In forward mode, the tangents of the other leaves are known to be 0.
      if (this.trace.algorithm === 'forward' && !this.total.has(node) && this.trace.uses[node] === 0)
        this.total.set(node, 0);
    }
  }

  gradient(node: number): ReturnType<typeof nodeState>['gradient'] {
    if (!this.begun) return { state: 'none' };
    if (this.trace.reached[node] === 0) return { state: 'zero' };
    const total = this.total.get(node);
    if (total === undefined) return { state: 'none' };
    const reported = this.reported.get(node) ?? 0;
    const uses = this.trace.uses[node];
    return { state: reported >= uses ? 'final' : 'partial', total, reported, uses };
  }
}

function expectMoment(playhead: Playhead, trace: Trace, position: number): void {
  const replay = new Replay(trace, position);
  const { recording } = trace;
  const ready: number[] = [];
  const waiting: number[] = [];
  for (let node = 0; node < recording.count; node++) {
    const { value, gradient } = nodeState(trace, node, position);
    expect(gradient).toEqual(replay.gradient(node));
    expect(value).toEqual(
      replay.known[node] === 1
        ? { state: 'known', value: replay.value[node] }
        : { state: recording.skipped[node] === 1 ? 'never' : 'unknown' },
    );
    expect(GRADIENT_STATES[playhead.gradientState[node]]).toBe(gradient.state);
    expect(playhead.gradient[node]).toBe('total' in gradient ? gradient.total : 0);
    expect(playhead.reported[node]).toBe('reported' in gradient ? gradient.reported : 0);
    if (replay.visited.has(node)) continue;
    if (gradient.state === 'final') ready.push(node);
    if (gradient.state === 'partial') waiting.push(node);
  }
  expect(playhead.value).toEqual(replay.value);
  expect(playhead.valueKnown).toEqual(replay.known);
  expect(playhead.contribution).toEqual(replay.contribution);
  expect(playhead.flowed).toEqual(
    Uint8Array.from(replay.contribution, (flow) => (Number.isNaN(flow) ? 0 : 1)),
  );
  expect([...playhead.ready].sort((a, b) => a - b)).toEqual(ready);
  expect([...playhead.waiting].sort((a, b) => a - b)).toEqual(waiting);
}

describe.each(ALGORITHM_NAMES)('a run of %s', (algorithm) => {
  it('has a state at every position that is what replaying gives, there and back', () => {
    for (const program of PROGRAMS) {
      const trace = ran(recorded(...program), algorithm);
      const playhead = new Playhead(trace);
      const positions = Array.from({ length: trace.length + 1 }, (_, position) => position);
      for (const position of [...positions, ...positions.toReversed()]) {
        playhead.moveTo(position);
        expectMoment(playhead, trace, position);
      }
      expect(playhead.position).toBe(0);
    }
  });

  it('has the same state however it was reached', () => {
    const moves = array(integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 8 });
    assert(
      property(anyRecording, moves, (recording, jumps) => {
        const trace = traceAlgorithm(recording, algorithm);
        // NaN travels, but cannot be told from nothing here.
        if (trace === null || trace.length > 2000 || trace.value.some(Number.isNaN)) return;
        const playhead = new Playhead(trace);
        for (const jump of [0, ...jumps, trace.length, 0]) {
          const position = jump % (trace.length + 1);
          playhead.moveTo(position);
          expectMoment(playhead, trace, position);
        }
      }),
      { seed: 41, numRuns: 60 },
    );
  });

  it('has an address for every position, which leads back to it', () => {
    for (const program of PROGRAMS) {
      const trace = ran(recorded(...program), algorithm);
      for (let position = 0; position <= trace.length; position++) {
        const address = JSON.parse(JSON.stringify(addressOf(trace, position)));
        expect(positionOf(trace, address)).toBe(position);
      }
    }
  });

  it('keeps its place by an address when a number in the program is another one', () => {
    const before = ran(recorded('x = 3', 'u = x*x', 'v = u + x', 'y = u*v'), algorithm);
    const after = ran(recorded('x = 7', 'u = x*x', 'v = u + x', 'y = u*v'), algorithm);
    expect(after.length).toBe(before.length);
    for (let position = 0; position <= before.length; position++) {
      expect(positionOf(after, addressOf(before, position))).toBe(position);
    }
  });

  it('is stepped through completely, there and back, in steps of every size', () => {
    const trace = ran(recorded(...FOUR_NODES), algorithm);
    for (const granularity of GRANULARITIES) {
      const positions = [...boundaries(trace, granularity)];
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      expect([positions[0], positions.at(-1)]).toEqual([0, trace.length]);
      for (const [at, position] of positions.entries()) {
        expect(nextPosition(trace, position, granularity)).toBe(positions[at + 1] ?? trace.length);
        expect(previousPosition(trace, position, granularity)).toBe(positions[at - 1] ?? 0);
      }
      for (const { to } of trace.passes) expect(positions).toContain(to);
    }
  });

  it('consists of passes without a gap, the first of them forward', () => {
    for (const program of PROGRAMS) {
      const trace = ran(recorded(...program), algorithm);
      const ends = trace.passes.map(({ to }) => to);
      expect(trace.passes.map(({ from }) => from)).toEqual([0, ...ends.slice(0, -1)]);
      expect(ends.at(-1)).toBe(trace.length);
      const kinds = trace.passes.map(({ kind }) => kind);
      const evaluated = program.length > 1 ? ['forward'] : [];
      const leaves = algorithm === 'forward' ? reachedLeaves(trace) : 1;
      expect(kinds).toEqual([...evaluated, ...Array.from({ length: leaves }, () => 'backward')]);
    }
  });
});

function reachedLeaves({ recording, reached }: Trace): number {
  return recording.operation.filter((code, node) => code === LEAF && reached[node] === 1).length;
}

describe('a step over a node', () => {
  const stepsOf = (algorithm: AlgorithmName): string[] => {
    const trace = ran(recorded(...FOUR_NODES), algorithm);
    return [...boundaries(trace, 'node')].slice(1).map((position) => {
      const { headline, from, to } = stepTo(trace, position, 'node')!;
      const { kind, node } = trace.at(headline);
      return `${kind} ${trace.recording.names.get(node)} ${to - from}`;
    });
  };
  const evaluated = ['evaluate u 1', 'evaluate v 1', 'evaluate y 1'];

  it('is one visit, in the first place or again, with what it passes on', () => {
    expect(stepsOf('accumulate-early')).toEqual([
      ...evaluated,
      'seed y 1',
      'visit y 5',
      'visit u 5',
      'visit x 1',
      'recompute x 1',
      'visit v 5',
      'recompute u 5',
      'recompute x 1',
      'recompute x 1',
      'recompute x 1',
    ]);
  });

  it('is one look into a table, with what follows from it', () => {
    expect(stepsOf('memo')).toEqual([
      ...evaluated,
      'seed y 1',
      'visit y 3',
      'visit v 3',
      'reuse y 3',
      'reuse v 3',
      'visit u 3',
      'reuse u 3',
      'visit x 1',
    ]);
    expect(stepsOf('preorder').slice(4)).toEqual([
      'visit y 5',
      'visit u 5',
      'visit x 1',
      'reuse x 1',
      'visit v 5',
      'reuse u 1',
      'reuse x 1',
    ]);
  });

  it('is everything that finite differences do for one leaf, and is told by the quotient', () => {
    expect(stepsOf('numeric')).toEqual([...evaluated, 'accumulate x 6']);
  });

  it('ends with the tangent in forward mode', () => {
    expect(stepsOf('forward')).toEqual([
      ...evaluated,
      'seed x 1',
      'visit x 1',
      'visit u 5',
      'visit v 5',
      'visit y 5',
    ]);
  });
});

describe('a run that visits nodes often', () => {
  const trace = ran(recorded(...doubled(13)), 'path-sum');

  it('is long: every path to every node', () => {
    expect(trace.length).toBeGreaterThan(49_000);
    expect(trace.uses[nodeOf(trace.recording, 'n0')]).toBe(8192);
  });

  it('goes back over all of it, event by event, to where it began', () => {
    const playhead = new Playhead(trace);
    playhead.moveTo(trace.length);
    for (let position = trace.length; position >= 0; position--) playhead.moveTo(position);
    expect(playhead.position).toBe(0);
    expectMoment(playhead, trace, 0);
    for (const position of [trace.length, 777, 40_000, 20_001]) {
      playhead.moveTo(position);
      expectMoment(playhead, trace, position);
    }
  });

  it('has addresses that lead back, all along', () => {
    const astray: number[] = [];
    for (let position = 0; position <= trace.length; position++) {
      if (positionOf(trace, addressOf(trace, position)) !== position) astray.push(position);
    }
    expect(astray).toEqual([]);
  });

  it('numbers its visits in their addresses', () => {
    const kinds = (k: number): string => EVENT_KINDS[trace.kind[k]];
    const last = addressOf(trace, trace.length - 3);
    expect(kinds(trace.length - 4)).toBe('recompute');
    expect(last).toMatchObject({ pass: 'backward', kind: 'recompute', key: 'n0', repeat: 8189 });
  });
});

describe('an address', () => {
  it('tells the passes of forward mode apart', () => {
    const trace = ran(recorded('a = 2', 'b = 3', 'y = a*b'), 'forward');
    const [, first, second] = trace.passes;
    const visits = [first, second].map(({ to }) => addressOf(trace, to - 1));
    expect(visits.map((address) => ('repeat' in address ? address.repeat : 0))).toEqual([0, 1]);
  });

  it('goes from one algorithm to another by node and kind', () => {
    const recording = recorded(...FOUR_NODES);
    const [from, to] = [traceReverse(recording), ran(recording, 'path-sum')];
    const at = from.kind.indexOf(EVENT_KINDS.indexOf('visit'), 10);
    const active = activeAt(to, positionOf(to, addressOf(from, at + 1)));
    expect([active?.kind, active?.node]).toEqual(['visit', from.node[at]]);
  });
});

describe('the chain-rule sum', () => {
  const recording = recorded(...FOUR_NODES);
  const [x, u] = ['x', 'u'].map((name) => nodeOf(recording, name));
  const parts = (algorithm: AlgorithmName, node: number) => {
    const trace = ran(recording, algorithm);
    const { terms, total } = chainRule(trace, node, trace.length);
    return { contributions: terms.map(({ contribution }) => contribution), total };
  };

  it('adds up what each use has brought', () => {
    expect(parts('reverse', x)).toEqual({ contributions: [9, 63, 63], total: 135 });
    expect(parts('memo', x)).toEqual({ contributions: [9, 63, 63], total: 135 });
    expect(parts('path-sum', x)).toEqual({ contributions: [9, 63, 63], total: 135 });
    expect(parts('accumulate-early', x)).toEqual({ contributions: [9, 99, 99], total: 207 });
    expect(parts('preorder', x)).toEqual({ contributions: [9, 36, 36], total: 81 });
    expect(parts('overwrite', u)).toEqual({ contributions: [12, 9], total: 9 });
  });

  it('shows factors only where a use reports once', () => {
    const trace = ran(recording, 'path-sum');
    const once = (position: number): boolean[] =>
      chainRule(trace, x, position).terms.map(({ numbers }) => numbers !== null);
    expect(once(trace.length)).toEqual([true, false, false]);
    expect(once(13)).toEqual([false, true, true]);
  });

  it('has no numbers by uses for tangents and quotients', () => {
    for (const algorithm of ['forward', 'numeric'] as const) {
      expect(parts(algorithm, u).contributions).toEqual([null, null]);
    }
  });

  it('has one term for each live use, whatever the run counts as uses', () => {
    for (const algorithm of ALGORITHM_NAMES) {
      const trace = ran(recording, algorithm);
      for (let node = 0; node < recording.count; node++) {
        let live = 0;
        for (let user = 0; user < recording.count; user++) {
          const first = recording.inputStart[user];
          for (let at = first; at < recording.inputStart[user + 1]; at++)
            if (recording.inputs[at] === node && isLive(recording, user, at - first)) live++;
        }
        expect(chainRule(trace, node, trace.length).terms).toHaveLength(live);
      }
    }
  });
});
