import {
  affine,
  ArityError,
  backward,
  dot,
  ForeignValueError,
  logsumexp,
  mean,
  NodeError,
  OperandError,
  prod,
  softmax,
  StaleValueError,
  sum,
  Tape,
  Value,
} from '@backflow/engine';
import type { Operand, SweepObserver } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from './random-program.ts';

describe('a block of parameters', () => {
  it('is leaves one after another, with their numbers and gradients as arrays', () => {
    const tape = new Tape();
    tape.leaf(9);
    const block = tape.parameters([1, 2, 3], { label: 'w' });
    expect([block.start, block.length, ...block.data]).toEqual([1, 3, 1, 2, 3]);
    expect(block.values().map(({ label, op, index }) => [label, op, index])).toEqual([
      ['w[0]', 'leaf', 1],
      ['w[1]', 'leaf', 2],
      ['w[2]', 'leaf', 3],
    ]);
    block.at(0).mul(block.at(2)).backward();
    expect([...block.grad]).toEqual([3, 0, 1]);
    for (let i = 0; i < 3; i++) block.data[i] -= 0.5 * block.grad[i];
    expect([...block.data]).toEqual([-0.5, 2, 2.5]);
    block.zeroGrad();
    expect([...block.grad]).toEqual([0, 0, 0]);
    expect(tape.parameters([4], { label: (i) => `b${i}` }).at(0).label).toBe('b0');
  });

  it('has parts, which are blocks over the same numbers', () => {
    const block = new Tape().parameters([1, 2, 3, 4]);
    const part = block.slice(1, 3);
    part.data[0] = 20;
    expect([...block.data]).toEqual([1, 20, 3, 4]);
    expect([part.start, part.length, block.slice(4).length]).toEqual([1, 2, 0]);
    for (const use of [
      () => block.at(4),
      () => block.at(-1),
      () => block.at(0.5),
      () => block.slice(2, 1),
      () => block.slice(0, 5),
    ]) {
      expect(use).toThrow(NodeError);
    }
  });

  it('keeps its numbers when the tape grows', () => {
    const tape = new Tape();
    const block = tape.parameters(Array.from({ length: 1000 }, (_, i) => i));
    for (let i = 0; i < 5000; i++) block.at(0).add(1);
    expect(block.data[999]).toBe(999);
  });

  it('is refused after a reset, on another tape, and with anything but numbers', () => {
    const tape = new Tape();
    const mark = tape.mark();
    const block = tape.parameters([1, 2]);
    const constants = tape.constants([1, 2]);
    expect(() => new Tape().sum(block)).toThrow(ForeignValueError);
    expect(() => new Tape().sum(constants)).toThrow(ForeignValueError);
    expect(() => tape.parameters(['1'] as unknown as number[])).toThrow(OperandError);
    for (const none of [3, undefined, null, tape.leaf(1)] as unknown as number[][]) {
      expect(() => tape.parameters(none)).toThrow('expected a list of numbers');
      expect(() => tape.constants(none)).toThrow('expected a list of numbers');
    }
    tape.reset(mark);
    for (const use of [
      () => block.data,
      () => block.grad,
      () => block.at(0),
      () => block.zeroGrad(),
      () => tape.sum(block),
      () => constants.data,
      () => tape.sum(constants),
    ]) {
      expect(use).toThrow(StaleValueError);
    }
  });

  it('of constants makes no nodes', () => {
    const tape = new Tape();
    const constants = tape.constants([1, 2, 3]);
    expect([tape.size, ...constants.data, ...constants.slice(1).data]).toEqual([0, 1, 2, 3, 2, 3]);
  });
});

/** The same lists of inputs in every way in which a tape can keep them; each on a fresh tape. */
const random = randomNumbers(5);
const numbers = Array.from({ length: 12 }, () => 4 * random() - 2);
type Inputs = Parameters<Tape['sum']>[0];
const kinds: Record<string, (tape: Tape) => Inputs> = {
  'a block': (tape) => tape.parameters(numbers),
  constants: (tape) => tape.constants(numbers),
  'Values in a row': (tape) => tape.parameters(numbers).values(),
  'every third Value': (tape) =>
    Array.from({ length: 12 }, (_, i) => {
      const leaf = tape.leaf(numbers[i]);
      leaf.neg();
      return leaf.relu();
    }),
  'Values from the last to the first': (tape) => tape.parameters(numbers).values().toReversed(),
  'the same Value': (tape) => Array<Value>(12).fill(tape.leaf(1.5)),
  'Values here and there': (tape) => {
    const values = tape.parameters(numbers).values();
    return Array.from({ length: 12 }, (_, i) => values[(i * i) % 12]);
  },
  'numbers and Values': (tape) => numbers.map((x, i) => (i % 3 === 0 ? tape.leaf(x) : x)),
  'numbers alone': () => numbers,
};
const pairs = Object.keys(kinds).flatMap((a) => Object.keys(kinds).map((b): [string, string] => [a, b]));

/** What the operands are one by one. */
function operandsOf(inputs: Inputs): readonly Operand[] {
  if ('values' in inputs && !Array.isArray(inputs)) {
    return inputs.values();
  }
  return Array.isArray(inputs) ? inputs : [...(inputs as { data: Float64Array }).data];
}

/** Value, gradients, and everything an observer hears, from one sweep through `y` times 1.7. */
function storyOf(tape: Tape, y: Value, observed: boolean): unknown[] {
  const lines: unknown[] = [y.data];
  const z = y.mul(1.7);
  const observer: SweepObserver | null = observed
    ? {
        seed: (...what) => lines.push(['seed', ...what]),
        visit: (...what) => lines.push(['visit', ...what]),
        contribute: (...what) => lines.push(['contribute', ...what]),
      }
    : null;
  z.backward({ observer });
  return [...lines, ...tape.grad.subarray(0, tape.size)];
}

describe.each(pairs)('dot, affine and sum of %s and %s', (first, second) => {
  const programs: Record<
    string,
    [(t: Tape, a: Inputs, b: Inputs) => Value, (t: Tape, a: Inputs, b: Inputs) => Value]
  > = {
    sum: [(t, a) => t.sum(a), (t, a) => t.applyAll('sum', operandsOf(a))],
    dot: [
      (t, a, b) => t.dot(a, b),
      (t, a, b) => {
        const [left, right] = [operandsOf(a), operandsOf(b)];
        return t.applyAll(
          'dot',
          left.flatMap((x, i) => [x, right[i]]),
        );
      },
    ],
    affine: [
      (t, a, b) => t.affine(a, b, t.leaf(0.3)),
      (t, a, b) => {
        const [left, right] = [operandsOf(a), operandsOf(b)];
        return t.applyAll('affine', [t.leaf(0.3), ...left.flatMap((x, i) => [x, right[i]])]);
      },
    ],
  };
  it.each(Object.keys(programs))(
    '%s: values, gradients, observers and records are those of one list',
    (name) => {
      const outcomes = programs[name].map((program) => {
        const tape = new Tape();
        const y = program(tape, kinds[first](tape), kinds[second](tape));
        const { constants: _, inputs, ...recording } = tape.record(y);
        const entries = Array.from(inputs, (entry) => (entry >= 0 ? entry : `${tape.numberOf(entry)}`));
        const seen = y.inputs.map((input) => (input instanceof Value ? input.index : `${input}`));
        const plain = backward(tape.record(y), { seed: 1.7 });
        const swift = storyOf(tape, y, false);
        tape.zeroGrad();
        return { recording, entries, seen, plain, swift, observed: storyOf(tape, y, true) };
      });
      expect(outcomes[0]).toEqual(outcomes[1]);
      const [{ swift, plain }] = outcomes;
      expect(swift.slice(1, 1 + plain.length)).toEqual([...plain]);
    },
  );
});

describe('compact sums', () => {
  it('are short: a neuron over a block takes five numbers, however many weights it has', () => {
    const tape = new Tape();
    const weights = tape.parameters(new Float64Array(784));
    const pixels = tape.constants(new Float64Array(784));
    const before = tape.extraCount;
    const y = tape.affine(weights, pixels, tape.leaf(0));
    expect([tape.extraCount - before, y.inputs.length, tape.record().inputs.length]).toEqual([5, 1569, 1569]);
  });

  it('pass on 0 · ∞ as NaN, but only along paths', () => {
    const tape = new Tape();
    const w = tape.parameters([Infinity, 1]);
    const x = tape.parameters([1, 1]);
    const dead = tape.dot(w, x).mul(-1).relu();
    const aside = tape.dot(w, x);
    const y = dead.add(x.at(1));
    y.backward();
    // ∞ · 0 reaches x[0] through the dead unit; `aside` is not on the way to y.
    expect([...x.grad]).toEqual([NaN, 1]);
    expect([...w.grad]).toEqual([-0, -0].map((zero) => zero + 0));
    expect(aside.grad).toBe(0);
  });

  it('check their arguments', () => {
    const tape = new Tape();
    const [a, b] = [tape.parameters([1, 2]), tape.constants([1, 2, 3])];
    expect(() => tape.dot(a, b)).toThrow(ArityError);
    expect(() => tape.affine(a, b, 0)).toThrow('affine: found 3 inputs, expected 2, as many as on the left.');
    expect(() => tape.sum([])).toThrow(ArityError);
    const none = [a.at(0), 3, null, undefined, {}] as unknown as Operand[][];
    for (const list of none) {
      for (const of of [mean, prod, softmax, logsumexp, sum, (x: Operand[]) => tape.sum(x)]) {
        expect(() => of(list)).toThrow(/expected a list of numbers and Values, or a block/);
      }
      expect(() => dot(a, list)).toThrow(OperandError);
      expect(() => affine(list, a, 0)).toThrow(OperandError);
    }
    expect(() => tape.dot([], [])).toThrow(ArityError);
    expect(() => tape.sum([null as unknown as Value, null as unknown as Value])).toThrow(OperandError);
    expect(() => tape.sum([new Tape().leaf(1), new Tape().leaf(1)])).toThrow(ForeignValueError);
    expect(tape.affine([], [], 4).data).toBe(4);
  });

  it('take typed arrays', () => {
    const w = new Tape().parameters([1, 2]);
    const y = affine(w, new Float32Array([3, 4]), new Float64Array([5])[0]);
    y.backward();
    expect([y.data, ...w.grad, dot(new Int8Array([1, 2]), w).data]).toEqual([16, 3, 4, 5]);
  });

  it('do not take a number, or a Value of another tape, for the one before the first node', () => {
    const tape = new Tape();
    const [x, y] = tape.parameters([3, -2]).values();
    expect(tape.sum([x, 10]).data).toBe(13);
    expect(tape.sum([y, x, 10]).data).toBe(11);
    expect(tape.dot([x, y], [x, 10]).data).toBe(-11);
    expect(tape.affine([y, x, 10], [1, 1, 1], 0.5).data).toBe(11.5);
    expect(() => tape.sum([x, new Tape().leaf(10)])).toThrow(ForeignValueError);
    expect(() => tape.sum([x, null as unknown as Value])).toThrow(OperandError);
  });

  it('go to the tape of their blocks when called as functions', () => {
    const tape = new Tape();
    const w = tape.parameters([1, 2]);
    expect(
      [sum(w), dot(w, tape.constants([3, 4])), affine(w, [5, 6], 7)].map(({ tape: t, data }) => [
        t === tape,
        data,
      ]),
    ).toEqual([
      [true, 3],
      [true, 11],
      [true, 24],
    ]);
  });

  it('are refused when a Value among them is gone', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    const mark = tape.mark();
    const gone = [x, tape.leaf(2), tape.leaf(3)];
    tape.reset(mark);
    expect(() => tape.sum(gone)).toThrow(StaleValueError);
    expect(() => tape.sum(gone.toReversed())).toThrow(StaleValueError);
  });
});
