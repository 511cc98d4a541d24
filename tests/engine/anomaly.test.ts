import {
  Anomaly,
  AnomalyError,
  anomalyObserver,
  detectAnomaly,
  OperandError,
  record,
  Tape,
  value,
  backward,
  backwardFrom,
  sum,
} from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';

describe('detectAnomaly', () => {
  it('is null where every number is finite', () => {
    expect(detectAnomaly(value(2).exp())).toBeNull();
  });

  it('names the edge that multiplied 0 by ∞, both its nodes, and the chain from the output', () => {
    const tape = new Tape();
    const x = tape.leaf(0, 'x');
    const square = x.mul(x).as('square');
    const root = square.sqrt().as('root');
    const y = root.mul(0).as('y');
    const anomaly = detectAnomaly(y)!;
    expect(anomaly).toBeInstanceOf(Anomaly);
    expect(anomaly.found).toMatchObject({
      what: 'contribution',
      slot: 0,
      local: Infinity,
      upstream: 0,
      contribution: NaN,
    });
    expect(anomaly.node).toMatchObject({ name: 'root', operation: 'sqrt', inputs: [0], value: 0 });
    expect(anomaly.input).toMatchObject({ name: 'square', operation: 'mul', value: 0 });
    expect(anomaly.chain.map(({ name }) => name)).toEqual(['y', 'root']);
    expect(String(anomaly).split('\n')).toEqual([
      'root = sqrt(0) passed Infinity · 0 = NaN to its input 0, square = mul(0, 0): local derivative · gradient of root.',
      '  y = mul(0, 0): value 0, gradient 1',
      '  root = sqrt(0): value 0, gradient 0',
    ]);
    expect(x.grad).toBe(0);
  });

  it('names that edge also where something else was infinite before', () => {
    const x = new Tape().leaf(0, 'x');
    const root = x.mul(x).as('square').sqrt().as('root');
    const infinite = detectAnomaly(root)!;
    expect(infinite.found).toMatchObject({ what: 'contribution', node: root.index, contribution: Infinity });
    expect(infinite.zeroTimesInfinity).toMatchObject({
      slot: 0,
      local: 0,
      upstream: Infinity,
      to: { name: 'x' },
    });
    expect(String(infinite).split('\n').at(-1)).toBe(
      '0 · ∞: square = mul(0, 0) passed 0 · Infinity = NaN to its input 0, x.',
    );
    const far = new Tape().leaf(1000, 'x');
    const late = detectAnomaly(far.exp().as('e').tanh().as('y'))!;
    expect([late.found.what, late.zeroTimesInfinity?.from.name]).toEqual(['value', 'e']);
    expect(detectAnomaly(far.exp())!.zeroTimesInfinity).toBeNull();
  });

  it('names the node that made a value of finite ones, and what it infected', () => {
    const found = detectAnomaly(() => value(-1, { label: 'x' }).log().as('bad').mul(2).as('y'))!;
    expect(found.found).toEqual({ what: 'value', node: 1, value: NaN });
    expect(found.chain.map(({ name }) => name)).toEqual(['bad', 'y']);
    expect(String(found)).toMatch(/^The value of bad = log\(-1\) is NaN\.\n/);
    expect(found.input).toBeNull();
  });

  it('follows the user that passes most', () => {
    const tape = new Tape();
    const x = tape.leaf(0, 'x');
    const small = x.mul(1e-3).as('small');
    const large = x.mul(1e3).as('large');
    expect(detectAnomaly(x.sqrt().as('root').add(small).add(large))!.chain.at(-1)!.name).toBe('root');
    const overflow = tape.leaf(1e-300, 'tiny');
    const sum = overflow.mul(1e308).as('a').add(overflow.mul(1e308).as('b'));
    const found = detectAnomaly(sum)!;
    expect(found.found).toMatchObject({ what: 'gradient', value: Infinity });
    expect(found.chain.at(-1)).toMatchObject({ name: 'tiny', gradient: Infinity });
    expect(String(found)).toMatch(/^The gradient of tiny became Infinity/);
  });

  it('takes recordings, and nodes that the output does not depend on', () => {
    const tape = new Tape();
    const aside = tape.leaf(0).log();
    const y = tape.leaf(2).exp();
    expect(detectAnomaly(tape.record(y))).toMatchObject({
      node: { node: aside.index },
      chain: [{ operation: 'log' }],
    });
    expect(detectAnomaly(record(y))).toBeNull();
    expect(() => detectAnomaly(3 as never)).toThrow(OperandError);
  });
});

describe('an observer for anomalies', () => {
  const refusal = (run: () => void): AnomalyError => {
    try {
      run();
    } catch (error) {
      if (error instanceof AnomalyError) return error;
    }
    throw new Error('nothing refused');
  };

  it('ends a sweep where the first number that is not finite was made', () => {
    const x = value(0, { label: 'x' });
    const y = x.mul(x).sqrt().as('root').mul(0);
    const error = refusal(() => y.backward({ observer: anomalyObserver(y) }));
    expect(error.anomaly!.node.name).toBe('root');
    expect(error.message).toContain('Infinity · 0 = NaN');
    const bad = value(-1).log();
    const worse = bad.exp();
    expect(refusal(() => worse.backward({ observer: anomalyObserver(worse) })).anomaly!.found.node).toBe(
      bad.index,
    );
  });

  it('lets a finite sweep pass, and refuses a seed that is not finite', () => {
    const x = value(2);
    const y = x.exp();
    y.backward({ observer: anomalyObserver(y) });
    expect(x.grad).toBe(Math.exp(2));
    const error = refusal(() => y.backward({ gradient: NaN, observer: anomalyObserver(y) }));
    expect(error.anomaly).toBeNull();
    expect(error.message).toContain('Found NaN as the gradient');
  });
});

describe('a sweep in which 0 · ∞ is 0', () => {
  const cases: readonly [string, (x: Value) => Value, number][] = [
    ['√(x²) at 0', (x) => x.mul(x).sqrt(), 0],
    ['0·√x at 0', (x) => x.sqrt().mul(0), 0],
    ['a product with a run of many', (x) => sum([x.sqrt(), x, x]).mul(0), 0],
    ['√x at 0, where no factor is 0', (x) => x.sqrt(), Infinity],
    ['ln x + x at 0', (x) => x.log().add(x), Infinity],
    ['1/x − 1/x at 0, which overflows without a 0', (x) => x.pow(-1).sub(x.pow(-1)), NaN],
  ];

  it.each(cases)('%s', (_, f, slope) => {
    const x = new Tape().leaf(0, 'x');
    const y = f(x);
    y.backward({ absoluteZero: true });
    expect(x.grad).toBe(slope);
    expect(backward(x.tape.record(y), { absoluteZero: true })[x.index]).toBe(slope);
    x.grad = 0;
    backwardFrom([y], { absoluteZero: true });
    expect(x.grad).toBe(slope);
  });

  it('is asked for, and changes nothing where all is finite', () => {
    const x = new Tape().leaf(0);
    const y = x.mul(x).sqrt();
    y.backward();
    expect(x.grad).toBeNaN();
    const z = new Tape().leaf(0.3);
    const contributions: number[] = [];
    const observer = {
      seed: () => {},
      visit: () => {},
      contribute: (_node: number, _slot: number, _local: number, contribution: number) =>
        contributions.push(contribution),
    };
    const w = z.sin().mul(z).mul(0).add(z.exp());
    w.backward({ absoluteZero: true, observer });
    const absolute = z.grad;
    z.grad = 0;
    w.backward();
    expect(absolute).toBe(z.grad);
    expect(contributions.length).toBe(7);
  });
});
