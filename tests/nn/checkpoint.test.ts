import { SpecError, stateFromJson, stateToJson, Trainer } from '@backflow/nn';
import type { OptimizerName, TrainerState } from '@backflow/nn';
import { describe, expect, it } from 'vitest';
import { dataOf, trainingSpec } from './training.ts';

const spec = trainingSpec({
  count: 23,
  validation: 0.2,
  loss: { l2: 0.01 },
  train: { optimizer: 'adam', rate: 0.05, batch: 4, tolerance: 1e-9 },
});
const data = dataOf(spec);

/** The bits of numbers: NaN is NaN, and −0 is not 0. */
const bits = (numbers: Float64Array): BigUint64Array =>
  new BigUint64Array(numbers.slice().buffer, 0, numbers.length);

const throughJson = (state: TrainerState): TrainerState => stateFromJson(stateToJson(state));

describe('a training that is resumed', () => {
  it.each(
    (['sgd', 'momentum', 'adam'] as const).flatMap((optimizer) =>
      (['javascript', 'wasm'] as const).map((engine) => [optimizer, engine] as const),
    ),
  )('%s, %s: 2 epochs and 3 more have the bits of 5', (optimizer: OptimizerName, engine) => {
    const each = { ...spec, train: { ...spec.train, optimizer } };
    const whole = new Trainer(each, data, { engine });
    const reports = Array.from({ length: 5 }, () => whole.takeEpoch());
    const first = new Trainer(each, data, { engine });
    first.takeEpoch();
    first.takeEpoch();
    const rest = Trainer.resume(each, data, throughJson(first.state()), { engine });
    expect([rest.epoch, rest.step]).toEqual([2, first.step]);
    expect(Array.from({ length: 3 }, () => rest.takeEpoch())).toEqual(reports.slice(2));
    expect(bits(rest.parameters)).toEqual(bits(whole.parameters));
    expect(rest.stop).toEqual({ reason: 'epochs' });
    expect(rest.state()).toEqual(whole.state());
    expect(Trainer.resume(each, data, whole.state()).stop).toEqual({ reason: 'epochs' });
  });

  it.each<OptimizerName>(['sgd', 'momentum', 'adam'])(
    '%s goes on in the middle of an epoch, with what was changed by hand',
    (optimizer) => {
      const each = { ...spec, train: { ...spec.train, optimizer } };
      const change = (trainer: Trainer): Trainer => {
        for (let step = 0; step < 7; step++) trainer.takeStep();
        trainer.freeze([2, 9], true);
        trainer.rate = 0.02;
        trainer.l1 = 0.001;
        trainer.l2 = 0.02;
        trainer.setParameter(4, -0.5);
        return trainer;
      };
      const [whole, first] = [new Trainer(each, data), new Trainer(each, data)].map(change);
      const rest = Trainer.resume(each, data, structuredClone(first.state()));
      for (let epoch = 0; epoch < 2; epoch++) expect(rest.finishEpoch()).toEqual(whole.finishEpoch());
      for (let epoch = 0; epoch < 2; epoch++) expect(rest.takeEpoch()).toEqual(whole.takeEpoch());
      expect(bits(rest.parameters)).toEqual(bits(whole.parameters));
      expect(rest.state()).toEqual(whole.state());
    },
  );

  it('that had come to rest is at rest', () => {
    const line = trainingSpec({
      data: 'line',
      noise: 0,
      network: { sizes: [1, 1] },
      train: { epochs: 1000, rate: 0.3, tolerance: 1e-3 },
    });
    const whole = new Trainer(line, dataOf(line));
    while (whole.stop === null) whole.takeEpoch();
    expect(whole.stop).toEqual({ reason: 'converged' });
    const again = Trainer.resume(line, dataOf(line), throughJson(whole.state()));
    expect(again.stop).toEqual({ reason: 'converged' });
    expect(again.state()).toEqual(whole.state());
    again.takeStep();
    again.reset();
    expect(Trainer.resume(line, dataOf(line), again.state()).stop).toBeNull();
  });

  it('may ask from then on how far parameters move in an epoch, or no more', () => {
    const ask = (from: number, to: number): Trainer => {
      const first = trainingSpec({ train: { batch: 5, tolerance: from } });
      const trainer = new Trainer(first, dataOf(first));
      trainer.takeStep();
      const then = trainingSpec({ train: { batch: 5, tolerance: to, epochs: 100 } });
      return Trainer.resume(then, dataOf(then), throughJson(trainer.state()));
    };
    // All epochs are within a tolerance of 1000, but of the first one nobody knows the start.
    const asked = ask(0, 1000);
    asked.finishEpoch();
    expect(asked.stop).toBeNull();
    asked.takeEpoch();
    expect(asked.stop).toEqual({ reason: 'converged' });
    const silent = ask(1000, 0);
    silent.finishEpoch();
    expect(silent.stop).toBeNull();
    expect(silent.state().epochStart).toBeNull();
  });

  it('knows what to go back to', () => {
    const start = new Float64Array(17).fill(0.1);
    const first = new Trainer(spec, data, { parameters: start });
    first.takeEpoch();
    const rest = Trainer.resume(spec, data, throughJson(first.state()));
    rest.rate = 1e300;
    const { lastGood } = first;
    while (rest.stop === null) rest.takeStep();
    expect(rest.stop.reason).toBe('exploded');
    expect(rest.parameters).not.toEqual(start);
    expect(lastGood.length).toBe(17);
    rest.reset();
    expect(rest.parameters).toEqual(start);
  });
});

describe('a state as JSON', () => {
  it('keeps every bit', () => {
    const state = new Trainer(spec, data).state();
    const numbers = Float64Array.of(-0, 5e-324, 0.1, -1 / 3, Number.MAX_VALUE, 2 ** 53, 1e21);
    const parameters = state.parameters.slice();
    parameters.set(numbers);
    const moments = [Array.from(parameters), Array.from(parameters, () => Infinity), [NaN, -Infinity]];
    const back = throughJson({
      ...state,
      parameters,
      optimizer: { name: 'adam', steps: 3, moments },
    });
    expect(bits(back.parameters)).toEqual(bits(parameters));
    expect(back.optimizer).toEqual({ name: 'adam', steps: 3, moments });
    expect(Object.is(back.optimizer.moments[0][0], -0)).toBe(true);
  });

  it.each([
    ['not json', 'state: found'],
    ['[]', 'state: found a list of 0, expected an object'],
    ['{}', 'version: found undefined, expected 1'],
    ['{"version":1}', 'optimizer: found undefined, expected an object'],
    ['{"version":1,"optimizer":{"moments":[]},"parameters":[1,"two"]}', 'parameters[1]: found “two”'],
  ])('%s is refused', (text, message) => {
    expect(() => stateFromJson(text)).toThrow(SpecError);
    expect(() => stateFromJson(text)).toThrow(message);
  });
});

describe('a state that does not fit', () => {
  const trainer = new Trainer(spec, data);
  trainer.takeStep();
  const state = trainer.state();

  it.each<[string, Partial<TrainerState>, string]>([
    [
      'fewer parameters',
      { parameters: new Float64Array(3) },
      'parameters: found a list of 3, expected a list of 17',
    ],
    ['a parameter that is none', { lastGood: new Float64Array(17).fill(NaN) }, 'lastGood[0]: found NaN'],
    [
      'a start of the epoch that is none',
      { epochStart: new Float64Array(1) },
      'epochStart: found a list of 1, expected a list of 17',
    ],
    [
      'another optimizer',
      { optimizer: { name: 'sgd', steps: 0, moments: [] } },
      'optimizer: found “sgd”, expected adam',
    ],
    [
      'moments of another length',
      { optimizer: { name: 'adam', steps: 1, moments: [[1], [1]] } },
      'optimizer.moments: found a list of 1, expected lists of 17',
    ],
    [
      'a step beyond the epoch',
      { position: 5 },
      'position: found 5, expected less than 5, the steps of an epoch',
    ],
    ['half an epoch', { epoch: 0.5 }, 'epoch: found 0.5'],
    ['a rate below 0', { rate: -1 }, 'rate: found -1'],
    ['a bound that is none', { bound: '1' as unknown as number }, 'bound: found “1”'],
    [
      'no optimizer',
      { optimizer: undefined as unknown as TrainerState['optimizer'] },
      'optimizer: found undefined',
    ],
    ['a frozen parameter that there is not', { frozen: [17] }, 'parameter: found 17'],
  ])('%s is refused', (_, difference, message) => {
    expect(() => Trainer.resume(spec, data, { ...state, ...difference })).toThrow(message);
  });

  it('is none at all', () => {
    expect(() => Trainer.resume(spec, data, null as unknown as TrainerState)).toThrow(
      'version: found undefined',
    );
  });
});
