import {
  backward,
  backwardFrom,
  EngineError,
  ForeignValueError,
  grad,
  OPERATION_NAMES,
  OPERATIONS,
  OperandError,
  reachable,
  StaleValueError,
  Tape,
} from '@backflow/engine';
import type { Operand, SweepObserver, Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from './random-program.ts';

/** Counts how often each node is visited. */
function counting(visits: Map<number, number>): SweepObserver {
  return {
    seed: () => {},
    contribute: () => {},
    visit: (node) => visits.set(node, (visits.get(node) ?? 0) + 1),
  };
}

const names = OPERATION_NAMES.filter((name) => name !== 'leaf');
const numbers = [0, -0, 1, -1, 2, -0.5, 1e-200, 1e200, Infinity, -Infinity, NaN];

/** A tape with random operations on numbers at which gradients become 0, infinite and NaN. */
function wildTape(random: () => number): { tape: Tape; nodes: Value[] } {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const tape = new Tape();
  const nodes = Array.from({ length: 3 }, () => tape.leaf(pick(numbers)));
  const operand = (): Operand => (random() < 0.15 ? pick(numbers) : pick(nodes));
  for (let i = 0; i < 12; i++) {
    const name = random() < 0.6 ? pick(['add', 'sub', 'mul', 'relu', 'div', 'tanh'] as const) : pick(names);
    const { arity } = OPERATIONS[name];
    const count = arity !== 'many' ? arity : name === 'affine' ? 5 : 4;
    const many = random() < 0.1 ? tape.dot(nodes.slice(-3), nodes.slice(0, 3)) : null;
    nodes.push(many ?? tape.applyAll(name, Array.from({ length: count }, operand)));
  }
  return { tape, nodes };
}

describe('a sweep', () => {
  it('that nobody watches gives the same bits as one that is watched, also where 0 meets ∞', () => {
    const random = randomNumbers(3);
    let spoilt = 0;
    for (let round = 0; round < 1500; round++) {
      const { tape, nodes } = wildTape(random);
      const output = nodes[nodes.length - 1 - (round % 3)];
      const visits = new Map<number, number>();
      output.backward({ observer: counting(visits) });
      const watched = tape.grad.slice(0, tape.size);
      tape.zeroGrad();
      output.backward();
      expect(tape.grad.slice(0, tape.size)).toEqual(watched);
      expect(backward(tape.record(output))).toEqual(watched);
      expect(grad(output, nodes)).toEqual(watched);
      const reached = reachable(tape.record(output), output.index);
      expect([...visits.values()].every((count) => count === 1)).toBe(true);
      expect(visits.size).toBe(reached.reduce((sum, each) => sum + each));
      expect(watched.every((gradient, node) => reached[node] === 1 || gradient === 0)).toBe(true);
      if (watched.includes(NaN)) spoilt++;
    }
    expect(spoilt).toBeGreaterThan(150);
  });

  it.each([1, 10, 400])(
    'over a ladder of %i diamonds visits each node once, not each of its 2ⁿ paths',
    (stages) => {
      const tape = new Tape();
      const [y0, h, k] = [tape.leaf(1), tape.leaf(0.375), tape.leaf(0.625)];
      let y = y0;
      for (let i = 0; i < stages; i++) y = y.mul(h).add(y.mul(k));
      const visits = new Map<number, number>();
      y.backward({ observer: counting(visits) });
      expect([visits.size, ...new Set(visits.values())]).toEqual([3 + 3 * stages, 1]);
      expect([y0.grad, h.grad, k.grad]).toEqual([1, stages, stages]);
    },
  );

  it('goes through a chain of a million operations', () => {
    const tape = new Tape();
    const x = tape.leaf(0.5);
    const one = tape.leaf(1);
    let y = x;
    for (let i = 0; i < 500_000; i++) y = y.mul(one).add(0);
    y.backward();
    expect([y.data, x.grad, one.grad, tape.size]).toEqual([0.5, 1, 250_000, 1_000_002]);
  });

  it('adds to the gradients of leaves, and resets those of computed values', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const u = x.mul(x);
    const y = u.mul(2);
    y.backward();
    y.backward();
    expect([x.grad, u.grad]).toEqual([24, 2]);
    u.backward();
    expect([x.grad, u.grad, y.grad]).toEqual([30, 1, 0]);
    const late = tape.leaf(5);
    late.mul(u).backward({ gradient: -1 });
    expect([x.grad, u.grad, late.grad]).toEqual([0, -5, -9]);
    tape.zeroGrad();
    expect([x.grad, u.grad, late.grad]).toEqual([0, 0, 0]);
  });

  it('forgets a gradient that somebody wrote into a computed value', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const mark = tape.mark();
    const y = x.mul(2);
    y.grad = 100;
    y.backward();
    expect([x.grad, y.grad]).toEqual([2, 1]);
    y.grad = 100;
    tape.reset(mark);
    expect(x.mul(2).grad).toBe(0);
  });

  it('takes a number as its start, and nothing else', () => {
    const x = new Tape().leaf(3);
    x.backward(2);
    x.backward({ gradient: 3 });
    expect(x.grad).toBe(5);
    expect(() => x.backward('1' as unknown as number)).toThrow(OperandError);
    expect(() => x.backward({ gradient: null as unknown as number })).toThrow(OperandError);
  });
});

describe('backwardFrom', () => {
  it('differentiates several outputs in one sweep', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const u = x.mul(x);
    const [y, z] = [u.add(1), u.mul(x)];
    const visits = new Map<number, number>();
    backwardFrom([y, z, u], { gradients: [2, 10, 0], observer: counting(visits) });
    expect([x.grad, u.grad, visits.size, ...new Set(visits.values())]).toEqual([282, 32, 4, 1]);
    backwardFrom([y, y]);
    expect(x.grad).toBe(282 + 12);
    backwardFrom(y, { gradients: -1 });
    expect(x.grad).toBe(282 + 6);
  });

  it('refuses what does not fit', () => {
    const x = new Tape().leaf(1);
    expect(() => backwardFrom([])).toThrow(OperandError);
    expect(() => backwardFrom([x, new Tape().leaf(1)])).toThrow(ForeignValueError);
    expect(() => backwardFrom([x], { gradients: [1, 2] })).toThrow(EngineError);
    expect(() => backwardFrom([x], { gradients: ['1' as unknown as number] })).toThrow(OperandError);
  });
});

describe('grad', () => {
  it('gives derivatives as numbers and touches no .grad', () => {
    const tape = new Tape();
    const w = tape.parameters([2, 3, 4]);
    const [a, b] = w.values();
    const u = a.mul(b);
    const y = u.mul(u).as('y');
    a.grad = 7;
    expect([...grad(y, [a, b, u, y])]).toEqual([36, 24, 12, 1]);
    expect([...grad(y, w)]).toEqual([36, 24, 0]);
    expect([...grad(y, [u, w, a])]).toEqual([12, 36, 24, 0, 36]);
    expect([...grad([y, u], w, { gradients: [1, 100] })]).toEqual([336, 224, 0]);
    expect([...grad(a, [y, a])]).toEqual([0, 1]);
    expect([...tape.grad.subarray(0, tape.size)]).toEqual([7, 0, 0, 0, 0]);
  });

  it('gives Values with createGraph, which can be differentiated again', () => {
    const x = new Tape().leaf(3);
    const [first] = grad(x.mul(x).mul(x), [x], { createGraph: true });
    const [second] = grad(first, [x], { createGraph: true });
    expect([first.data, second.data, ...grad(second, [x])]).toEqual([27, 18, 6]);
    const w = x.tape.parameters([2, 5]);
    const slopes = grad(w.at(0).mul(w.at(1)).mul(x), [x, w], { createGraph: true });
    expect(slopes.map(({ data }) => data)).toEqual([10, 15, 6]);
  });

  it('refuses Values of other tapes and of forgotten nodes', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const other = new Tape();
    expect(() => grad(x, [other.leaf(1)])).toThrow(ForeignValueError);
    expect(() => grad(x, other.parameters([1]))).toThrow(ForeignValueError);
    expect(() => grad(x, [3 as unknown as Value])).toThrow(OperandError);
    expect(() => grad(x, x as never)).toThrow('expected a list of Values and blocks');
    expect(() => grad(x, undefined as never)).toThrow(OperandError);
    const mark = tape.mark();
    const gone = x.exp();
    tape.reset(mark);
    expect(() => grad(gone, [x])).toThrow(StaleValueError);
    expect(() => grad(x, [gone])).toThrow(StaleValueError);
  });
});

describe('a gradient hook', () => {
  it('sees the final gradient once per sweep, and may put a number in its place', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const u = x.mul(x);
    const y = u.mul(2).add(u);
    const seen: number[] = [];
    const end = u.onGrad((gradient) => {
      seen.push(gradient);
      return 10 * gradient;
    });
    y.backward();
    expect([seen, u.grad, x.grad]).toEqual([[3], 30, 180]);
    expect([...grad(y, [x])]).toEqual([180]);
    end();
    y.backward();
    expect([seen.length, x.grad]).toEqual([2, 198]);
  });

  it('of a leaf sees the gradient of this sweep, without what it had', () => {
    const tape = new Tape();
    const [x, aside] = [tape.leaf(3), tape.leaf(4)];
    aside.grad = 5;
    const seen: number[] = [];
    x.onGrad((gradient) => void seen.push(gradient));
    x.onGrad((gradient) => Math.sign(gradient));
    aside.onGrad(() => 1000);
    x.grad = 100;
    const y = x.mul(7);
    y.backward();
    y.backward();
    expect([seen, x.grad, aside.grad]).toEqual([[7, 7], 102, 5]);
  });

  it('that throws leaves the gradients that leaves had', () => {
    const x = new Tape().leaf(3);
    const y = x.exp();
    x.grad = 5;
    x.onGrad(() => {});
    y.onGrad(() => {
      throw new Error('no');
    });
    expect(() => y.backward()).toThrow('no');
    expect(x.grad).toBe(5);
  });

  it('counts as often as it was given, and ends one by one', () => {
    const x = new Tape().leaf(3);
    const double = (gradient: number) => 2 * gradient;
    const [end] = [x.onGrad(double), x.onGrad(double)];
    const slope = () => grad(x.mul(1), [x])[0];
    const found = [slope()];
    end();
    found.push(slope());
    end();
    expect([...found, slope()]).toEqual([4, 2, 2]);
  });

  it('cannot call backward, which would mix two sweeps, but grad', () => {
    const x = new Tape().leaf(3);
    const u = x.mul(2);
    const y = u.exp();
    let slope = 0;
    const end = y.onGrad(() => void ([slope] = grad(u, [x])));
    y.backward();
    end();
    expect([slope, x.grad]).toEqual([2, 2 * Math.exp(6)]);
    y.onGrad(() => u.backward());
    expect(() => y.backward()).toThrow('found a sweep under way');
    u.backward();
    expect(x.grad).toBe(2 * Math.exp(6) + 2);
  });

  it('goes with its node', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const mark = tape.mark();
    let calls = 0;
    x.mul(2).onGrad(() => void calls++);
    tape.reset(mark);
    x.mul(2).backward();
    expect(calls).toBe(0);
  });
});
