import {
  ancestorsOf,
  keysOf,
  NodeError,
  nodesByKey,
  OperandError,
  record,
  Tape,
  value,
  where,
  withTape,
} from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

describe('record(output)', () => {
  it('keeps what the output was computed from, and nothing else of the tape', () => {
    const tape = new Tape();
    withTape(tape, () => {
      value(99).exp();
      const x = value(2, { label: 'x' });
      value(98).mul(97);
      const y = x.mul(3).add(x).as('y');
      y.neg();
      expect(record(y)).toEqual({
        count: 3,
        operation: Uint8Array.of(0, 3, 1),
        inputStart: Int32Array.of(0, 0, 2, 4),
        inputs: Int32Array.of(0, -1, 1, 0),
        constants: Float64Array.of(3),
        constantTexts: new Map(),
        value: Float64Array.of(2, 6, 8),
        skipped: new Uint8Array(3),
        names: new Map([
          [0, 'x'],
          [2, 'y'],
        ]),
        spans: null,
        group: null,
        groups: [],
        output: 2,
      });
    });
  });

  it('keeps spans, groups, constant texts and both branches of a where', () => {
    const tape = new Tape();
    withTape(tape, () => {
      value(0);
      const x = value(4);
      tape.setSpan(5, 6);
      const y = tape.group('g', () =>
        where(
          x.greater(1),
          () => x.sqrt(),
          () => x.neg(),
        ),
      );
      const recording = record(y);
      expect([...recording.operation].length).toBe(5);
      expect([...recording.skipped]).toEqual([0, 0, 0, 1, 0]);
      expect([...recording.group!]).toEqual([-1, 0, 0, 0, 0]);
      expect([...recording.spans!]).toEqual([-1, -1, 5, 6, 5, 6, 5, 6, 5, 6]);
    });
  });

  it('is the whole tape where nothing else is on it, so indices are those of the Values', () => {
    const tape = new Tape();
    const y = tape.leaf(1).mul(2).exp();
    expect(record(y)).toEqual(tape.record(y));
  });

  it('refuses anything but a Value', () => {
    expect(() => record(3 as unknown as Value)).toThrow(OperandError);
  });

  it('says where its nodes come from', () => {
    const tape = new Tape();
    tape.leaf(1);
    const x = tape.leaf(2);
    tape.leaf(3);
    x.neg();
    const { recording, origin } = ancestorsOf(tape.record(), 3);
    expect([recording.count, recording.output, ...origin]).toEqual([2, 1, 1, 3]);
    expect(() => ancestorsOf(tape.record(), 9)).toThrow(NodeError);
  });
});

describe('keys', () => {
  const keysFor = (build: (tape: Tape) => unknown): string[] => {
    const tape = new Tape();
    build(tape);
    return [...keysOf(tape.record())];
  };

  it('are names, else the first user and the slot there', () => {
    const keys = keysFor((tape) => {
      const a = tape.leaf(1, 'a');
      const t = a.mul(tape.leaf(2));
      t.add(t.exp()).as('L');
    });
    expect(keys).toEqual(['a', 'L/1/0/1', 'L/1/0', 'L/1', 'L']);
  });

  it('fall back to the index of a node without name and user', () => {
    expect(keysFor((tape) => tape.leaf(1).exp().neg())).toEqual(['#2/0/0', '#2/0', '#2']);
  });

  it('stay the same when another statement is added', () => {
    const build = (extra: boolean) => (tape: Tape) => {
      const a = tape.leaf(1, 'a');
      if (extra) a.neg().as('b');
      a.mul(3).add(a).as('L');
    };
    const [before, after] = [keysFor(build(false)), keysFor(build(true))];
    expect(before.filter((key) => !after.includes(key))).toEqual([]);
  });

  it('are unique, also where names repeat or look like paths', () => {
    const keys = keysFor((tape) => {
      const a = tape.leaf(1, 'x');
      const b = tape.leaf(2, 'x');
      const c = tape.leaf(3, 'x~2');
      const d = tape.leaf(4, 'L/0');
      a.add(b).add(c.add(d)).as('L');
    });
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.slice(0, 3)).toEqual(['x', 'x~2', 'x~2~2']);
    expect(nodesByKey(keys).get('x~2')).toBe(1);
  });

  it('leave a name to the node that has it, though it looks like the path to another', () => {
    const keys = keysFor((tape) => tape.leaf(1).add(tape.leaf(2, 'L/0')).as('L'));
    expect(keys).toEqual(['L/0~2', 'L/0', 'L']);
  });

  it('of names that every object has are names like any other', () => {
    const keys = keysFor((tape) => tape.leaf(1, '__proto__').add(tape.leaf(2, 'constructor')));
    expect(keys).toEqual(['__proto__', 'constructor', '#2']);
  });

  it('stay short in a chain of a million unnamed nodes', () => {
    const keys = keysFor((tape) => {
      let y: Value = tape.leaf(1);
      for (let i = 0; i < 1_000_000; i++) y = y.neg();
    });
    expect(new Set(keys).size).toBe(1_000_001);
    expect(Math.max(...keys.slice(0, 10_000).map((key) => key.length))).toBeLessThan(150);
  });
});
