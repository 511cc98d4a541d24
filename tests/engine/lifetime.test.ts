import {
  affine,
  EngineError,
  EscapedValueError,
  evaluate,
  ForeignValueError,
  noGrad,
  scope,
  StaleValueError,
  Tape,
  validateRecording,
  value,
  withTape,
} from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

/** How many numbers a tape has room for. */
const capacity = (tape: Tape) => [
  tape.value.length,
  tape.grad.length,
  tape.links.length,
  tape.extra.length,
  tape.pool.length,
];

describe('a scope', () => {
  it('forgets what was recorded in it, and returns what its function returned', () => {
    const tape = new Tape();
    const x = tape.leaf(3, 'x');
    const result = tape.scope(() => {
      const y = x.mul(x).as('y');
      y.backward();
      return y.data;
    });
    expect([result, tape.size, x.grad, ...tape.names.values()]).toEqual([9, 1, 6, 'x']);
  });

  it('forgets it also after an error', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    expect(() =>
      tape.scope(() => {
        x.exp();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(tape.size).toBe(1);
  });

  it('lets no Value of its own out, and no promise', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    expect(() => tape.scope(() => x.exp())).toThrow(EscapedValueError);
    expect(() => tape.scope(() => [1, x.exp()])).toThrow('Return its number with .data');
    expect(() => tape.scope(async () => x.exp())).toThrow(EngineError);
    expect(() => tape.scope(() => ({ loss: x.exp(), steps: 1 }))).toThrow(EscapedValueError);
    expect(() => tape.scope(() => [[{ losses: [1, x.exp()] }]])).toThrow(EscapedValueError);
    expect(() => tape.scope(() => tape.parameters([1]))).toThrow(EscapedValueError);
    const cycle: unknown[] = [x, new Float64Array(2), null];
    cycle.push(cycle);
    expect(tape.scope(() => cycle)).toBe(cycle);
    expect(tape.scope(() => x)).toBe(x);
    expect(tape.size).toBe(1);
  });

  it('can stand in another one, and works on the current tape', () => {
    const tape = new Tape();
    withTape(tape, () => {
      const x = value(2);
      const outer = scope(() => {
        const y = x.mul(3);
        return scope(() => y.add(1).data) + y.data;
      });
      expect([outer, tape.size]).toEqual([13, 1]);
    });
  });

  it('per step keeps a tape as long as it was, whatever is recorded', () => {
    const tape = new Tape();
    const weights = tape.parameters([0.1, -0.2, 0.3], { label: 'w' });
    const bias = tape.leaf(0, 'b');
    const step = () =>
      tape.scope(() => {
        const x = tape.constants([1, 2, 3]);
        const y = affine(weights, x, bias).as('y');
        const z = y
          .mul(2)
          .add(weights.at(0).mul(weights.at(1)).sub(0.5))
          .tanh();
        z.onGrad(() => {});
        const loss = noGrad(() => z.add(1))
          .mul(z.detach())
          .add(z);
        if (loss.holds()) loss.backward();
        return loss.data;
      });
    withTape(tape, step);
    const before = capacity(tape);
    withTape(tape, () => {
      for (let i = 0; i < 20_000; i++) step();
    });
    expect(capacity(tape)).toEqual(before);
    expect([tape.size, tape.constantCount, tape.extraCount, tape.names.size]).toEqual([4, 0, 0, 4]);
    expect([tape.decisions.length, tape.detachedLeaves.size]).toEqual([0, 0]);
  });
});

describe('several tapes side by side', () => {
  it('know nothing of each other', () => {
    const [one, other] = [new Tape(), new Tape()];
    const [a, b] = [one.leaf(2), other.leaf(3)];
    a.mul(a).backward();
    other.zeroGrad();
    b.mul(b).backward();
    expect([a.grad, b.grad, one.size, other.size]).toEqual([4, 6, 2, 2]);
    expect(() => a.add(b)).toThrow(ForeignValueError);
    expect(() => other.backward(a)).toThrow(ForeignValueError);
  });
});

const forgotten = (debug: boolean): { tape: Tape; gone: Value; x: Value } => {
  const tape = new Tape({ debug });
  const x = tape.leaf(1);
  const mark = tape.mark();
  const gone = x.add(1);
  tape.reset(mark);
  return { tape, gone, x };
};
const uses = (x: Value, gone: Value): (() => unknown)[] => [
  () => gone.add(1),
  () => gone.mul(x),
  () => x.sub(gone),
  () => gone.relu(),
  () => x.tape.sum([x, gone]),
  () => gone.backward(),
  () => gone.op,
  () => gone.inputs,
  () => gone.onGrad(() => {}),
  () => x.tape.record(gone),
];

describe.each([false, true])('a Value whose node was forgotten, with debug %s', (debug) => {
  it('is refused while its place is empty', () => {
    const { x, gone } = forgotten(debug);
    for (const use of uses(x, gone)) expect(use).toThrow(StaleValueError);
  });

  it('leaves others alone', () => {
    const { tape, x } = forgotten(debug);
    x.mul(5);
    const y = tape.at(1).add(x);
    y.backward();
    expect([y.data, x.grad, tape.at(1).grad]).toEqual([6, 6, 1]);
  });
});

describe('once another node has its place, a forgotten Value', () => {
  const replaced = (debug: boolean): { tape: Tape; gone: Value; x: Value } => {
    const found = forgotten(debug);
    found.x.mul(5);
    return found;
  };

  it('is refused in debug mode', () => {
    const { x, gone } = replaced(true);
    const reads = [() => gone.data, () => gone.grad, () => (gone.data = 1), () => (gone.grad = 1)];
    for (const use of [...uses(x, gone), ...reads]) expect(use).toThrow(StaleValueError);
  });

  it('is the other node without it', () => {
    const { gone } = replaced(false);
    expect([gone.data, gone.op]).toEqual([5, 'mul']);
  });

  it('can be one of a block', () => {
    const sumAfter = (debug: boolean) => {
      const tape = new Tape({ debug });
      const mark = tape.mark();
      const block = tape.parameters([1, 2]);
      tape.reset(mark);
      tape.parameters([3, 4]);
      return tape.sum(block).data;
    };
    expect(() => sumAfter(true)).toThrow(StaleValueError);
    expect(sumAfter(false)).toBe(7);
  });
});

describe('debug mode', () => {
  it('refuses Values of other tapes, and computes the same', () => {
    const run = (debug: boolean) => {
      const tape = new Tape({ debug });
      const [a, b] = [tape.leaf(2), tape.leaf(-3)];
      expect(() => a.mul(new Tape({ debug }).leaf(1))).toThrow(ForeignValueError);
      const y = a
        .mul(b)
        .add(a.relu().sub(b.tanh()).div(3))
        .add(tape.dot([a, b], [b, a]))
        .exp();
      y.backward();
      return [y.data, a.grad, b.grad, tape.record(y)];
    };
    expect(run(true)).toEqual(run(false));
  });
});

describe('decisions', () => {
  it('are noted when a Value is read as a condition, and forgotten with what came after a mark', () => {
    const tape = new Tape();
    const x = tape.leaf(2);
    const mark = tape.mark();
    if (x.greater(1).holds()) x.mul(2);
    expect(x.sub(2).holds()).toBe(false);
    expect(tape.decisions).toEqual([
      { node: 1, holds: true },
      { node: 3, holds: false },
    ]);
    tape.reset(mark);
    expect(tape.decisions).toEqual([]);
    expect(() => x.mul(NaN).holds()).toThrow('holds: found NaN');
  });

  it('are not seen where .data is read: what follows stays as recorded', () => {
    const tape = new Tape();
    const x = tape.leaf(2);
    const y = x.data > 1 ? x.mul(10) : x;
    expect(tape.decisions).toEqual([]);
    expect(y.op).toBe('mul');
  });
});

describe('noGrad', () => {
  it('gives leaves also in a branch that is not taken, whose numbers nobody knows', () => {
    const tape = new Tape();
    const x = tape.leaf(2);
    const y = x.less(5).where(x, () => tape.noGrad(() => x.exp()).mul(x));
    const recording = tape.record(y);
    expect(validateRecording(recording)).toEqual(recording);
    expect(evaluate(recording, new Map([[x.index, 6]])).value[y.index]).toBeNaN();
  });

  it('computes numbers on leaves of their own: nothing is recorded, no gradient passes', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const inside = tape.noGrad(() => x.mul(x).add(1));
    const y = inside.mul(x);
    y.backward();
    expect([inside.data, inside.op, inside.prev, x.grad]).toEqual([10, 'leaf', [], 10]);
    expect(tape.noGrad(() => tape.dot([x, x], [x, x]).add(tape.sum([x, x])).data)).toBe(24);
    expect(x.mul(x).op).toBe('mul');
  });

  it('refuses what another tape computed and recorded, and promises', () => {
    const x = new Tape().leaf(3);
    expect(() => noGrad(() => x.exp())).toThrow(ForeignValueError);
    expect(() => noGrad(() => [1, x.exp()])).toThrow('call noGrad of that tape');
    expect(() => noGrad(() => Promise.resolve(1))).toThrow('a function that is not async');
    expect(noGrad(() => x.exp().data)).toBeCloseTo(Math.exp(3));
  });

  it('ends after an error, and nests', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    expect(() =>
      tape.noGrad(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(x.exp().op).toBe('exp');
    expect(tape.noGrad(() => [tape.noGrad(() => x.exp()), x.exp()]).map(({ op }) => op)).toEqual([
      'leaf',
      'leaf',
    ]);
  });
});

describe('places that are recorded again and again', () => {
  it('have one Value each in every round, with the numbers of that round', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    for (let round = 1; round <= 12; round++) {
      tape.scope(() => {
        x.data = round;
        const all = [x.mul(x)];
        while (all.length < 900) all.push(all.at(-1)!.add(x).sub(0.5));
        expect(new Set(all).size).toBe(900);
        const last = all.at(-1)!;
        expect(last.data).toBe(round * round + 899 * (round - 0.5));
        expect(last.prev[0].prev).toEqual([all[898], x]);
        x.grad = 0;
        last.backward();
        expect(x.grad).toBe(2 * round + 899);
      });
    }
    expect(tape.size).toBe(1);
  });

  it('have none of another tape', () => {
    const [one, other] = [new Tape(), new Tape()];
    const [a, b] = [one.leaf(2), other.leaf(3)];
    for (let round = 0; round < 3; round++) {
      one.scope(() =>
        other.scope(() => {
          expect([a.mul(a).data, b.mul(b).data]).toEqual([4, 9]);
          expect(a.add(1).tape).toBe(one);
          expect(b.add(1).tape).toBe(other);
        }),
      );
    }
  });
});

describe('detach', () => {
  it('is the number without its history', () => {
    const tape = new Tape();
    const x = tape.leaf(3);
    const square = x.mul(x);
    const fixed = square.detach();
    fixed.mul(x).backward();
    expect([fixed.data, fixed.prev, x.grad, square.grad]).toEqual([9, [], 9, 0]);
    expect([...tape.detachedLeaves]).toEqual([fixed.index]);
  });
});
