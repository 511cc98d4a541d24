import { Adam, Momentum, OPTIMIZERS, optimizerOf, rateAt, SCHEDULES, SGD, SpecError } from '@backflow/nn';
import type { Optimizer, OptimizerState, Schedule } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

/** The gradient of (w − 3)². */
const slope = (w: Float64Array): Float64Array => w.map((each) => 2 * (each - 3));

function walk(optimizer: Optimizer, steps: number, from: readonly number[] = [0, 1]): Float64Array {
  const w = Float64Array.from(from);
  for (let i = 0; i < steps; i++) optimizer.step(w, slope(w), 0.1);
  return w;
}

describe('optimizers', () => {
  it('take the first steps of their formulas', () => {
    expect([...walk(new SGD(), 1)]).toEqual([0.6000000000000001, 1.4]);
    // v = −6, then 0.9 · (−6) − 4.8.
    expect(walk(new Momentum(), 2)[0]).toBeCloseTo(0.6 + 0.1 * (5.4 + 4.8), 14);
    // The first step of Adam is the rate, whatever the gradient.
    expect(walk(new Adam(), 1)[0]).toBeCloseTo(0.1, 9);
    expect(walk(new Adam(), 1)[1]).toBeCloseTo(1.1, 9);
    const still = Float64Array.of(1);
    new Adam().step(still, [0], 0.1);
    expect(still[0]).toBe(1);
  });

  it.each(OPTIMIZERS)('%s finds the bottom of a bowl', (optimizer) => {
    const [a, b] = walk(optimizerOf({ optimizer }), 600);
    expect(a).toBeCloseTo(3, 3);
    expect(b).toBeCloseTo(3, 3);
  });

  it('momentum of 0 is plain descent', () => {
    expect(walk(new Momentum({ momentum: 0 }), 5)).toEqual(walk(new SGD(), 5));
  });

  it.each(OPTIMIZERS)('%s goes on from its state, bit for bit', (optimizer) => {
    const whole = walk(optimizerOf({ optimizer }), 20);
    const first = optimizerOf({ optimizer });
    const half = walk(first, 10);
    const state = JSON.parse(JSON.stringify(first.state())) as OptimizerState;
    expect(state).toMatchObject({ name: optimizer, steps: 10 });
    const second = optimizerOf({ optimizer });
    second.restore(state);
    expect(walk(second, 10, [...half])).toEqual(whole);
    const anew = optimizerOf({ optimizer });
    anew.restore(optimizerOf({ optimizer }).state());
    expect(walk(anew, 20)).toEqual(whole);
  });

  it.each(OPTIMIZERS)(
    '%s leaves frozen parameters, and remembers nothing of their gradients',
    (optimizer) => {
      const frozen = Uint8Array.of(1, 0);
      const mover = optimizerOf({ optimizer });
      const w = Float64Array.of(0, 1);
      for (let i = 0; i < 5; i++) mover.step(w, slope(w), 0.1, frozen);
      expect(w[0]).toBe(0);
      expect(w[1]).toBe(walk(optimizerOf({ optimizer }), 5)[1]);
      for (const moment of mover.state().moments) expect(moment[0]).toBe(0);
      mover.step(w, slope(w), 0.1);
      expect(w[0]).toBeGreaterThan(0);
    },
  );

  it('takes μ, and β₁ of Adam', () => {
    expect((optimizerOf({ optimizer: 'momentum', momentum: 0.5 }) as Momentum).momentum).toBe(0.5);
    expect((optimizerOf({ optimizer: 'adam', momentum: 0.5 }) as Adam).beta1).toBe(0.5);
    expect((optimizerOf({ optimizer: 'adam' }) as Adam).beta1).toBe(0.9);
  });

  it('refuses unknown names, shares of 1, and lists that do not fit', () => {
    expect(() => optimizerOf({ optimizer: 'lion' as 'sgd' })).toThrow(
      'optimizer: found “lion”, expected one of sgd, momentum, adam.',
    );
    for (const momentum of [1, -0.1, NaN]) expect(() => new Momentum({ momentum })).toThrow(SpecError);
    for (const beta2 of [1, -0.1, NaN]) expect(() => new Adam({ beta2 })).toThrow(SpecError);
    expect(() => new Adam({ epsilon: -1 })).toThrow(SpecError);
    for (const optimizer of OPTIMIZERS) {
      const mover = optimizerOf({ optimizer });
      expect(() => mover.step(new Float64Array(2), [1], 1)).toThrow(
        'gradient: found a list of 1, expected a list of 2.',
      );
      expect(() => mover.step(new Float64Array(2), [1, 1], 1, [1])).toThrow(
        'frozen: found a list of 1, expected a list of 2.',
      );
    }
    const used = new Momentum();
    used.step(new Float64Array(2), [1, 1], 1);
    expect(() => used.step(new Float64Array(3), [1, 1, 1], 1)).toThrow(
      'parameters: found 3, expected 2, as many as in the steps before.',
    );
  });

  it.each([
    [{ name: 'sgd', steps: 1, moments: [] }, 'optimizer: found “sgd”, expected adam.'],
    [{ name: 'adam', steps: -1, moments: [] }, 'steps: found -1'],
    [{ name: 'adam', steps: 1, moments: [[1]] }, 'moments: found a list of 1, expected 2 lists'],
    [{ name: 'adam', steps: 1, moments: [[1], [1, 2]] }, 'moments'],
    [{ name: 'adam', steps: 1, moments: [['1'], ['2']] }, 'moments'],
    [{ name: 'adam', steps: 1, moments: null }, 'moments: found null'],
    [null, 'optimizer: found undefined'],
  ])('refuses the state %j', (state, message) => {
    expect(() => new Adam().restore(state as OptimizerState)).toThrow(message);
  });

  it.each([new Momentum(), new Adam()])(
    'what $name remembers fades to 0, not to numbers just above',
    (optimizer) => {
      const parameters = new Float64Array(1);
      optimizer.step(parameters, [1e-140], 0.1);
      for (let step = 0; step < 100_000; step++) optimizer.step(parameters, [0], 0.1);
      expect(
        optimizer
          .state()
          .moments.flat()
          .every((each) => each === 0),
      ).toBe(true);
    },
  );
});

describe('learning rates', () => {
  const schedule = (name: Schedule['name'], more: Partial<Schedule> = {}): Schedule => ({
    name,
    to: 0.1,
    factor: 0.5,
    every: 10,
    ...more,
  });
  const rates = (of: Schedule, epochs: readonly number[]): number[] =>
    epochs.map((epoch) => rateAt(of, 1, epoch, 100));

  it('stay, or change as micrograd and PyTorch change them', () => {
    expect(rates(schedule('constant'), [0, 50, 99])).toEqual([1, 1, 1]);
    expect(rates(schedule('steps'), [0, 9, 10, 19, 20, 99])).toEqual([1, 1, 0.5, 0.5, 0.25, 2 ** -9]);
    const linear = rates(schedule('linear'), [0, 50, 99, 100, 200]);
    [1, 0.55, 0.109, 0.1, 0.1].forEach((rate, i) => expect(linear[i]).toBeCloseTo(rate, 14));
    const cosine = rates(schedule('cosine'), [0, 50, 100, 200]);
    [1, 0.55, 0.1, 0.1].forEach((rate, i) => expect(cosine[i]).toBeCloseTo(rate, 14));
    expect(rates(schedule('cosine'), [25])[0]).toBeCloseTo(0.1 + 0.45 * (1 + Math.SQRT1_2), 14);
  });

  it('fall all the time, but for constant', () => {
    for (const name of SCHEDULES.filter((each) => each !== 'constant')) {
      const all = rates(
        schedule(name),
        Array.from({ length: 100 }, (_, i) => i),
      );
      for (let i = 1; i < 100; i++) expect(all[i]).toBeLessThanOrEqual(all[i - 1]);
      expect(all[99]).toBeLessThan(all[0]);
    }
  });

  it('has an end where there are no epochs, and refuses unknown names', () => {
    expect(rateAt(schedule('linear'), 1, 0, 0)).toBe(0.1);
    expect(() => rateAt(schedule('sometimes' as 'linear'), 1, 0, 1)).toThrow(
      'schedule: found “sometimes”, expected one of constant',
    );
    for (const epoch of [-1, NaN, Infinity]) {
      expect(() => rateAt(schedule('steps'), 1, epoch, 10)).toThrow('epoch: found');
    }
    for (const every of [0, -1, 0.5, NaN, Infinity]) {
      expect(() => rateAt(schedule('steps', { every }), 1, 5, 10)).toThrow('every: found');
    }
    for (const number of [-1, NaN, Infinity]) {
      expect(() => rateAt(schedule('steps', { factor: number }), 1, 5, 10)).toThrow('factor: found');
      expect(() => rateAt(schedule('cosine', { to: number }), 1, 5, 10)).toThrow('to: found');
    }
  });
});
