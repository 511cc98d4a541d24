import { format } from 'node:util';
import {
  add,
  ArityError,
  Constant,
  dot,
  ForeignValueError,
  getTape,
  IntermediateDataError,
  leakyRelu,
  logsumexp,
  max,
  mul,
  OperandError,
  OPERATIONS,
  prod,
  relu,
  softmax,
  StaleValueError,
  sum,
  Tape,
  UnknownOperationError,
  Value,
  value,
  where,
  withTape,
} from '@backflow/engine';
import type { Operand, OperationName } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import * as engine from '@backflow/engine';
import { allNames, ordinaryInputs } from './points.ts';
import { randomNumbers } from './random-program.ts';

describe("micrograd's README program", () => {
  it('gives 24.7041, 138.8338 and 645.5773', () => {
    const a = value(-4, { label: 'a' });
    const b = value(2, { label: 'b' });
    let c = a.add(b);
    let d = a.mul(b).add(b.pow(3));
    c = c.add(c.add(1));
    c = c.add(add(1, c).add(a.neg()));
    d = d.add(d.mul(2).add(relu(b.add(a))));
    d = d.add(d.mul(3).add(relu(b.sub(a))));
    const e = c.sub(d);
    const f = e.pow(2);
    let g = f.div(2);
    g = g.add(f.pow(-1).mul(10));
    g.backward();
    expect(g.data.toFixed(4)).toBe('24.7041');
    expect(a.grad.toFixed(4)).toBe('138.8338');
    expect(b.grad.toFixed(4)).toBe('645.5773');
  });
});

describe('a node used more than once', () => {
  it('keeps one edge for each use of x in x × x', () => {
    const x = value(3);
    const y = x.mul(x);
    expect(y.prev.map(({ index }) => index)).toEqual([x.index, x.index]);
    y.backward();
    expect(x.grad).toBe(6);
  });

  it('b = a + a has slope 2, and c = b + b slope 4', () => {
    const a = value(1);
    const b = a.add(a);
    const c = b.add(b);
    c.backward();
    expect([a.grad, b.grad]).toEqual([4, 2]);
  });

  it('u = x·x, v = u + x, y = u·v at x = 3 has dy/dx = 135', () => {
    const x = value(3);
    const u = x.mul(x);
    u.mul(u.add(x)).backward();
    expect(x.grad).toBe(135);
  });

  it('two leaves that hold the same number stay two', () => {
    const a = value(1);
    const b = value(1);
    a.mul(2).add(b.mul(3)).backward();
    expect([a.grad, b.grad]).toEqual([2, 3]);
  });

  it('a ladder of doublings has 2ⁿ paths and n nodes', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    let y: Value = x;
    for (let rung = 0; rung < 1000; rung++) y = y.add(y);
    y.backward();
    expect(tape.size).toBe(1001);
    expect(x.grad).toBe(2 ** 1000);
  });
});

describe('length and width', () => {
  it('a chain of a million operations runs forward and backward', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    let y: Value = x;
    for (let i = 0; i < 1_000_000; i++) y = y.mul(1.000001);
    y.backward();
    expect(y.data).toBeCloseTo(Math.E, 4);
    expect(x.grad).toBeCloseTo(Math.E, 4);
  });

  it('a sum of 300,000 terms is one node', () => {
    const tape = new Tape();
    const terms = Array.from({ length: 300_000 }, (_, i) => tape.leaf(i));
    const total = sum(terms);
    total.backward();
    expect(total.prev).toHaveLength(300_000);
    expect(total.data).toBe((300_000 * 299_999) / 2);
    expect(terms.every(({ grad }) => grad === 1)).toBe(true);
  });
});

describe('gradients', () => {
  it('of leaves add up from call to call, those of computed values do not', () => {
    const x = value(3);
    const u = x.mul(x);
    const y = u.mul(2);
    y.backward();
    expect([x.grad, u.grad, y.grad]).toEqual([12, 2, 1]);
    y.backward();
    expect([x.grad, u.grad, y.grad]).toEqual([24, 2, 1]);
    x.tape.zeroGrad();
    expect([x.grad, u.grad, y.grad]).toEqual([0, 0, 0]);
    y.backward(0.5);
    expect([x.grad, u.grad, y.grad]).toEqual([6, 1, 0.5]);
  });

  it('of values that the output does not depend on are 0, even after an earlier call gave them one', () => {
    const x = value(3);
    const u = x.mul(2);
    const v = x.mul(5);
    v.backward();
    u.backward();
    expect([u.grad, v.grad, x.grad]).toEqual([1, 0, 7]);
  });

  it('of a leaf with respect to itself is 1', () => {
    const x = value(3);
    x.backward();
    expect(x.grad).toBe(1);
  });

  it('relu(x) − relu(−x) is x, yet has slope 0 at 0 by convention', () => {
    const x = value(0);
    relu(x).sub(relu(x.neg())).backward();
    expect(x.grad).toBe(0);
    const y = value(2);
    relu(y).sub(relu(y.neg())).backward();
    expect(y.grad).toBe(1);
  });

  it('max(x, 0) is not relu at 0: a tie is shared', () => {
    const x = value(0);
    max(x, 0).backward();
    expect(x.grad).toBe(0.5);
  });
});

describe('a Value', () => {
  it('knows its number, name, operation and inputs', () => {
    const a = value(2, { label: 'a' });
    const y = a.mul(3).as('y');
    expect([a.data, a.label, a.op, a.prev]).toEqual([2, 'a', 'leaf', []]);
    expect([y.data, y.label, y.op]).toEqual([6, 'y', 'mul']);
    expect(y.inputs.map((input) => (typeof input === 'number' ? input : input.label))).toEqual(['a', 3]);
    expect(y.prev.map(({ label }) => label)).toEqual(['a']);
    expect(String(y)).toBe('Value(y = 6)');
    expect(String(a.neg())).toBe('Value(-2)');
    expect(format('%o %O', [a], { y })).toBe('[ Value(a = 2), [length]: 1 ] { y: Value(y = 6) }');
    expect(format(new Tape())).toBe('Tape(0 nodes)');
  });

  it('takes constants on either side without making nodes of them', () => {
    const tape = new Tape();
    withTape(tape, () => {
      const x = value(2);
      expect(add(1, x).data).toBe(3);
      expect(mul(x, 5).data).toBe(10);
    });
    expect(tape.size).toBe(3);
  });

  it('lets the number of a leaf be set, and no other', () => {
    const x = value(2);
    const y = x.mul(3);
    x.data = 5;
    expect([x.data, y.data]).toEqual([5, 6]);
    const attempt = () => (y.data = 1);
    expect(attempt).toThrow(IntermediateDataError);
    expect(attempt).toThrow(/is the result of mul; expected a leaf/);
  });

  it('can be renamed and unnamed', () => {
    const x = value(1).as('x');
    expect(x.label).toBe('x');
    x.label = '';
    expect(x.label).toBe('');
  });
});

describe('every operation', () => {
  const functions = new Map<string, unknown>(Object.entries(engine));

  /** How the free function and the method of an operation are called with these operands. */
  function calls(name: OperationName, operands: Value[]): Value[] {
    const [first, ...rest] = operands;
    const method = (first as unknown as Record<string, ((...given: Operand[]) => Value) | undefined>)[name];
    const free = functions.get(name) as (...given: unknown[]) => Value | Value[];
    const half = operands.length / 2;
    const listed =
      name === 'dot'
        ? free(
            operands.filter((_, slot) => slot % 2 === 0),
            operands.filter((_, slot) => slot % 2 === 1),
          )
        : name === 'affine'
          ? free(
              operands.filter((_, slot) => slot % 2 === 1),
              operands.filter((_, slot) => slot > 0 && slot % 2 === 0),
              first,
            )
          : ['sum', 'mean', 'prod', 'logsumexp', 'softmax'].includes(name)
            ? free(operands)
            : free(...operands);
    expect(half).toBeGreaterThan(0);
    return [Array.isArray(listed) ? listed[0] : listed, ...(method ? [method.apply(first, rest)] : [])];
  }

  it.each(allNames.filter((name) => name !== 'signedSum'))(
    '%s is the same as a function, as a method and by name',
    (name) => {
      const tape = new Tape();
      const operands = ordinaryInputs(name, randomNumbers(3)).map((x) => tape.leaf(x));
      const byName = tape.apply(name, ...operands);
      for (const called of calls(name, operands)) {
        expect(called.op).toBe(name);
        expect(called.data).toBe(byName.data);
        expect(called.prev.map(({ index }) => index)).toEqual(byName.prev.map(({ index }) => index));
      }
    },
  );

  it('has a method, unless it is about a list', () => {
    const without = allNames.filter((name) => !(name in Value.prototype));
    expect(without.sort()).toEqual([
      'affine',
      'dot',
      'logsumexp',
      'mean',
      'prod',
      'signedSum',
      'softmax',
      'sum',
    ]);
  });
});

describe('functions of lists', () => {
  it('softmax gives every share, and the shares add up to 1', () => {
    const x = [1, 2, 3].map((logit) => value(logit));
    const shares = softmax(x);
    expect(sum(shares).data).toBeCloseTo(1, 15);
    shares[2].backward();
    const y = shares.map(({ data }) => data);
    x.forEach(({ grad }, i) => expect(grad).toBeCloseTo(i === 2 ? y[2] * (1 - y[2]) : -y[2] * y[i], 15));
  });

  it('dot pairs two lists, and refuses lists of different lengths', () => {
    const [a, b] = [value(2), value(3)];
    dot([a, b], [5, 7]).backward();
    expect([a.grad, b.grad]).toEqual([5, 7]);
    expect(() => dot([a, b], [1])).toThrow(ArityError);
  });

  it('an empty list is refused', () => {
    for (const none of [() => sum([]), () => prod([]), () => logsumexp([]), () => max()]) {
      expect(none).toThrow(/found 0 inputs, expected at least one/);
    }
  });

  it('numbers alone make a node on the current tape', () => {
    const tape = new Tape();
    const y = withTape(tape, () => sum([1, 2, 3]));
    expect([y.tape === tape, y.data, y.prev.length]).toEqual([true, 6, 0]);
  });
});

describe('misuse is refused at the door', () => {
  const notNumbers = ['x', null, undefined, true, 3n, [1], {}, () => 1];

  it.each(notNumbers)('value(%o)', (found) => {
    expect(() => value(found as number)).toThrow(OperandError);
  });

  it.each(notNumbers)('x + %o', (found) => {
    expect(() => value(1).add(found as number)).toThrow(/^add: found .*, expected a number or a Value\.$/);
  });

  it('a label that is no text, or stands where options are expected', () => {
    expect(() => value(1, 'a' as unknown as object)).toThrow(
      'found the text "a", expected options such as { label: \'a\' }',
    );
    expect(() => value(1, { label: 3 as unknown as string })).toThrow('label: found 3, expected a text.');
  });

  it('says what was found', () => {
    const gone = new Tape({ debug: true });
    const mark = gone.mark();
    const forgotten = gone.leaf(1);
    gone.reset(mark);
    const found: unknown[] = [
      'x',
      null,
      [1, 2],
      {},
      { toString: 3 },
      new Map(),
      value(2, { label: 'w' }),
      forgotten,
    ];
    const messages = found.map((each) => {
      try {
        return String(value(each as number));
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(messages).toEqual([
      'value: found the text "x", expected a number.',
      'value: found null, expected a number.',
      'value: found an array of 2, expected a number.',
      'value: found an object ([object Object]), expected a number.',
      'value: found an object ([object Object]), expected a number.',
      'value: found an object ([object Map]), expected a number.',
      'value: found Value(w = 2), expected a number.',
      'value: found an object ([object Object]), expected a number.',
    ]);
  });

  it('NaN and infinities are numbers, and pass', () => {
    expect(value(NaN).add(1).data).toBeNaN();
    expect(value(Infinity).neg().data).toBe(-Infinity);
  });

  it('an operand of another tape', () => {
    const elsewhere = new Tape().leaf(1);
    expect(() => value(1).add(elsewhere)).toThrow(ForeignValueError);
    expect(() => value(1).add(elsewhere)).toThrow(/^add: found a Value of another tape/);
    expect(() => new Tape().backward(elsewhere)).toThrow(ForeignValueError);
    expect(() => new Tape().record(elsewhere)).toThrow(ForeignValueError);
  });

  it('a Value whose node is gone', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    const mark = tape.mark();
    const y = x.add(1);
    tape.reset(mark);
    for (const use of [() => y.add(1), () => x.add(y), () => y.backward(), () => y.prev]) {
      expect(use).toThrow(StaleValueError);
    }
    expect(() => y.add(1)).toThrow(/found the Value of node 1, which is no longer on its tape/);
  });

  it('a wrong number of inputs, or a name that is no operation', () => {
    const tape = new Tape();
    const x = tape.leaf(1);
    expect(() => tape.apply('add', x)).toThrow('add: found 1 input, expected 2.');
    expect(() => tape.apply('dot', x, x, x)).toThrow('dot: found 3 inputs, expected pairs of inputs.');
    expect(() => tape.apply('leakyRelu')).toThrow('leakyRelu: found 0 inputs, expected 1 or 2.');
    expect(() => tape.apply('constructor', x)).toThrow(UnknownOperationError);
    expect(() => tape.apply('leaf')).toThrow(UnknownOperationError);
  });
});

describe('leakyRelu', () => {
  it('has the slope 0.01 if none is given', () => {
    const x = value(-2);
    const ways = [leakyRelu(x), x.leakyRelu(), x.tape.apply('leakyRelu', x)];
    expect(ways.map(({ data }) => data)).toEqual([-0.02, -0.02, -0.02]);
    expect(OPERATIONS.leakyRelu.defaults).toEqual([0.01]);
  });

  it('can learn its slope', () => {
    const [x, slope] = [value(-2), value(0.25)];
    leakyRelu(x, slope).backward();
    expect([x.grad, slope.grad]).toEqual([0.25, -2]);
  });
});

describe('the current tape', () => {
  it('is restored after withTape, also after an error', () => {
    const before = getTape();
    const tape = new Tape();
    expect(withTape(tape, () => getTape())).toBe(tape);
    expect(() => withTape(tape, async () => {})).toThrow('expected a function that is not async');
    expect(getTape()).not.toBe(tape);
    expect(() =>
      withTape(tape, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(getTape()).toBe(before);
  });

  it('does not matter to operations on Values of another', () => {
    const tape = new Tape();
    const x = tape.leaf(2);
    expect(mul(3, x).tape).toBe(tape);
    expect(where(x, 1, () => x).tape).toBe(tape);
  });
});

it('a Constant keeps the text that was written for it', () => {
  const tape = new Tape();
  const y = tape.apply('mul', new Constant(0.5, '1/2'), tape.leaf(3));
  expect(y.data).toBe(1.5);
  expect([...tape.record(y).constantTexts]).toEqual([[0, '1/2']]);
});
