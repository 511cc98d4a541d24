import {
  backward,
  evaluate,
  NodeError,
  OperandError,
  record,
  Tape,
  value,
  where,
  withTape,
} from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { randomNumbers, randomProgram } from './random-program.ts';

describe('evaluate', () => {
  it('computes the same program with other numbers in some leaves', () => {
    const tape = new Tape();
    const a = tape.leaf(2, 'a');
    const b = tape.leaf(3, 'b');
    const recording = tape.record(a.mul(b).add(1));
    const moved = evaluate(recording, new Map([[a.index, 5]]));
    expect([...moved.value]).toEqual([5, 3, 15, 16]);
    expect([...backward(moved)]).toEqual([3, 5, 1, 1]);
    expect([...recording.value]).toEqual([2, 3, 6, 7]);
    expect(moved.inputs).toBe(recording.inputs);
  });

  it('without changes gives the recorded values, to the bit', () => {
    const random = randomNumbers(5);
    for (let round = 0; round < 500; round++) {
      const recording = randomProgram(random);
      const again = evaluate(recording, new Map());
      expect([...again.value]).toEqual(
        [...recording.value].map((x, node) => (again.skipped[node] ? NaN : x)),
      );
    }
  });

  it('refuses to change what is not a leaf, not a node or not a number', () => {
    const tape = new Tape();
    const recording = tape.record(tape.leaf(1).exp());
    expect(() => evaluate(recording, new Map([[1, 2]]))).toThrow('evaluate: found node 1, expected a leaf.');
    expect(() => evaluate(recording, new Map([[7, 2]]))).toThrow(NodeError);
    expect(() => evaluate(recording, new Map([[0, '2' as unknown as number]]))).toThrow(OperandError);
  });

  it('takes a chain of a million operations', () => {
    const tape = new Tape();
    let y: Value = tape.leaf(1);
    for (let i = 0; i < 1_000_000; i++) y = y.neg();
    expect(evaluate(tape.record(y), new Map([[0, 3]])).value[1_000_000]).toBe(3);
  });
});

describe('where, evaluated anew', () => {
  const branching = () =>
    withTape(new Tape(), () => {
      const x = value(4, { label: 'x' });
      return record(
        where(
          x.greater(0),
          () => x.sqrt(),
          () => x.mul(x).neg(),
        ),
      );
    });
  // x, x > 0, √x, x², −x², where
  it('evaluates the branch it takes now and skips the other', () => {
    const recording = branching();
    expect([...recording.skipped]).toEqual([0, 0, 0, 1, 1, 0]);
    const other = evaluate(recording, new Map([[0, -3]]));
    expect([...other.skipped]).toEqual([0, 0, 1, 0, 0, 0]);
    expect([...other.value]).toEqual([-3, 0, NaN, 9, -9, -9]);
    expect(backward(other)[0]).toBe(6);
    expect(evaluate(other, new Map([[0, 4]]))).toEqual(recording);
  });

  it('keeps what the branches share with the rest', () => {
    withTape(new Tape(), () => {
      const x = value(4);
      const shared = x.exp();
      const y = where(
        x.greater(0),
        () => x.neg(),
        () => shared.neg(),
      );
      const { skipped } = evaluate(record(y.add(shared)), new Map());
      expect([...skipped]).toEqual([0, 0, 0, 0, 1, 0, 0]);
    });
  });

  it('keeps a named statement that only the untaken branch uses: it stands on a line of its own', () => {
    withTape(new Tape(), () => {
      const x = value(-4);
      const root = x.neg().sqrt().as('root');
      const y = where(x.greater(0), root, 0);
      const { skipped, value: values } = evaluate(record(y), new Map());
      expect([...skipped]).toEqual([0, 0, 0, 0, 0]);
      expect(values[2]).toBe(2);
    });
  });

  it('skips what only the untaken branch uses, though it was evaluated when it was recorded', () => {
    withTape(new Tape(), () => {
      const x = value(-4);
      const recording = record(where(x.greater(0), x.sqrt(), 0));
      expect([...recording.skipped]).toEqual([0, 0, 0, 0]);
      expect([...evaluate(recording, new Map()).skipped]).toEqual([0, 0, 1, 0]);
    });
  });

  it('follows branches inside branches', () => {
    withTape(new Tape(), () => {
      const x = value(1);
      const y = value(1);
      const inner = () =>
        where(
          y.greater(0),
          () => x.add(y),
          () => x.sub(y),
        );
      const recording = record(where(x.greater(0), inner, () => x.neg()));
      const at = (a: number, b: number) => {
        const run = evaluate(
          recording,
          new Map([
            [0, a],
            [1, b],
          ]),
        );
        return [run.value[run.output], run.skipped.reduce((sum, flag) => sum + flag, 0)];
      };
      // Without the outer branch nothing of the inner one is evaluated: condition, both sums and the choice.
      expect([at(1, 2), at(1, -2), at(-1, 2)]).toEqual([
        [3, 2],
        [3, 2],
        [1, 4],
      ]);
    });
  });
});
