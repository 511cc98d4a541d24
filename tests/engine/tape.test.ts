import { EngineError, NodeError, Tape, group, value, withTape } from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

describe('marks', () => {
  it('let a training loop keep its parameters and record each step anew', () => {
    const tape = new Tape();
    const w = tape.leaf(0, 'w');
    const start = tape.mark();
    for (let step = 0; step < 100; step++) {
      const loss = w.sub(3).pow(2).as('loss');
      loss.backward();
      w.data -= 0.1 * w.grad;
      tape.reset(start);
      tape.zeroGrad();
    }
    expect(w.data).toBeCloseTo(3, 8);
    expect(tape.size).toBe(1);
    expect([...tape.names]).toEqual([[0, 'w']]);
  });

  it('forget everything that came after them: nodes, gradients, names, constants, groups, spans, skips', () => {
    const build = (tape: Tape, first: Value) => {
      tape.setSpan(3, 9);
      const y = groupOn(tape, 'g', () => first.mul(7).as('y'));
      tape.clearSpan();
      return y;
    };
    const groupOn = (tape: Tape, name: string, fn: () => Value) => tape.group(name, fn);
    const fresh = new Tape();
    build(fresh, fresh.leaf(1));
    const reused = new Tape();
    const x = reused.leaf(1);
    const mark = reused.mark();
    build(
      reused,
      reused.skip(() => x.add(4)),
    ).backward();
    for (let i = 0; i < 1000; i++) x.exp();
    reused.reset(mark);
    reused.zeroGrad();
    build(reused, x);
    expect(reused.record()).toEqual(fresh.record());
    expect([...reused.grad.subarray(0, 2)]).toEqual([0, 0]);
  });

  it('cannot lie ahead', () => {
    const tape = new Tape();
    tape.leaf(1);
    const mark = tape.mark();
    tape.reset({ ...mark, count: 0, inputCount: 0 });
    expect(() => tape.reset(mark)).toThrow(EngineError);
  });

  it('are of one tape', () => {
    const mark = new Tape().mark();
    for (const other of [mark, {}, undefined]) {
      expect(() => new Tape().reset(other as never)).toThrow('found no mark of this tape');
    }
  });

  it('are worth nothing once the tape was reset behind them: always noticed where less is there, else in debug mode', () => {
    const behind = (debug: boolean, again: (x: Value) => Value): (() => void) => {
      const tape = new Tape({ debug });
      const start = tape.mark();
      tape.group('g', () => tape.leaf(1).max(2, 3));
      const mark = tape.mark();
      tape.reset(start);
      again(tape.leaf(1)).exp();
      return () => tape.reset(mark);
    };
    expect(behind(false, (x) => x.exp())).toThrow('the tape has been reset');
    expect(behind(true, (x) => x.tape.group('g', () => x.max(2, 3)))).toThrow('the tape has been reset');
  });
});

describe('groups', () => {
  it('group nodes, nest, and end where their function ends', () => {
    const tape = new Tape();
    withTape(tape, () => {
      const x = value(1);
      group('layer 1', () => {
        const y = x.add(1);
        group('neuron 1', () => y.tanh());
        group('neuron 2', () => y.tanh());
        y.neg();
      });
      x.exp();
    });
    const recorded = tape.record();
    expect(recorded.groups).toEqual([
      { name: 'layer 1', parent: -1 },
      { name: 'neuron 1', parent: 0 },
      { name: 'neuron 2', parent: 0 },
    ]);
    expect([...recorded.group!]).toEqual([-1, 0, 1, 2, 0, -1]);
  });

  it('have texts as names, and no nodes after a reset that takes them away', () => {
    const tape = new Tape();
    expect(() => tape.group(5 as never, () => 0)).toThrow('group: found 5, expected a text');
    const mark = tape.mark();
    tape.group('outer', () => {
      tape.group('inner', () => tape.reset(mark));
      tape.leaf(1);
    });
    expect([tape.record().groups, tape.record().group]).toEqual([[], Int32Array.of(-1)]);
    expect(() => tape.at(0.5)).toThrow(NodeError);
    expect(() => tape.at(-1)).toThrow(NodeError);
  });

  it('end also after an error', () => {
    const tape = new Tape();
    expect(() =>
      tape.group('a', () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    tape.leaf(1);
    expect([...tape.record().group!]).toEqual([-1]);
  });

  it('cost nothing where there are none: a tape without groups and spans has no columns for them', () => {
    const tape = new Tape();
    tape.leaf(1);
    expect([tape.record().group, tape.record().spans]).toEqual([null, null]);
  });

  it('cover nodes of a tape that grows inside them', () => {
    const tape = new Tape();
    tape.leaf(1);
    tape.group('wide', () => {
      for (let i = 0; i < 1000; i++) tape.leaf(i);
    });
    tape.leaf(2);
    const { group } = tape.record();
    expect([group![0], group![1], group![1000], group![1001]]).toEqual([-1, 0, 0, -1]);
  });
});

describe('spans', () => {
  it('belong to the nodes recorded while they are set, and can be set afterwards', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    tape.setSpan(4, 9);
    x.exp();
    tape.clearSpan();
    const y = x.neg();
    tape.setSpanOf(y.index, 1, 2);
    expect([...tape.record().spans!]).toEqual([-1, -1, 4, 9, 1, 2]);
    expect(() => tape.setSpanOf(7, 0, 1)).toThrow('setSpanOf: found node 7');
  });
});

describe('skip', () => {
  it('records operations without values; leaves keep theirs', () => {
    const tape = new Tape();
    const y = tape.skip(() => tape.leaf(4).sqrt());
    const z = y.add(1);
    const { value: values, skipped } = tape.record();
    expect([...values]).toEqual([4, NaN, NaN]);
    expect([...skipped]).toEqual([0, 1, 0]);
    expect(z.data).toBeNaN();
  });
});

describe('a record', () => {
  const built = (): { tape: Tape; y: Value } => {
    const tape = new Tape();
    const x = tape.leaf(3, 'x');
    return { tape, y: x.mul(2).add(x).as('y') };
  };

  it('is plain data in exact lengths, and survives a structured clone', () => {
    const recording = built().tape.record();
    expect(recording).toEqual({
      count: 3,
      operation: Uint8Array.of(0, 3, 1),
      inputStart: Int32Array.of(0, 0, 2, 4),
      inputs: Int32Array.of(0, -1, 1, 0),
      constants: Float64Array.of(2),
      constantTexts: new Map(),
      value: Float64Array.of(3, 6, 9),
      skipped: Uint8Array.of(0, 0, 0),
      names: new Map([
        [0, 'x'],
        [2, 'y'],
      ]),
      spans: null,
      group: null,
      groups: [],
      output: 2,
    } satisfies Recording);
    expect(structuredClone(recording)).toEqual(recording);
  });

  it('is a copy: the tape may go on', () => {
    const { tape, y } = built();
    const recording = tape.record(y);
    const before = structuredClone(recording);
    y.mul(5).as('z');
    tape.at(0).data = 100;
    expect(recording).toEqual(before);
  });

  it('of an empty tape is refused', () => {
    expect(() => new Tape().record()).toThrow('found an empty tape');
  });
});

it('a node of two inputs takes at most 32 bytes', () => {
  const tape = new Tape();
  const x = tape.leaf(1);
  const perNode = [tape.value, tape.grad, tape.links].reduce(
    (bytes, column) => bytes + column.byteLength / tape.value.length,
    0,
  );
  expect(perNode).toBe(28);
  const before = tape.extra.length;
  for (let i = 0; i < 10_000; i++) x.add(x);
  expect(tape.extra.length).toBe(before);
  expect(tape.record().inputs.length).toBe(20_000);
});
