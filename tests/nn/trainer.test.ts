import { Tape, backward } from '@backflow/engine';
import {
  addPenaltyGradient,
  encodeTarget,
  Generator,
  initialParameters,
  inputInto,
  LOSSES,
  optimizerOf,
  parameterCount,
  penaltyOf,
  rateAt,
  recordExample,
  split,
  SpecError,
  Trainer,
} from '@backflow/nn';
import type { Dataset, TrainingSpec, TrainSpec } from '@backflow/nn';
import { describe, expect, it } from 'vitest';
import { dataOf, trainingSpec } from './training.ts';
import type { Differences } from './training.ts';

const trainerOf = (differences: Differences = {}): Trainer => {
  const spec = trainingSpec(differences);
  return new Trainer(spec, dataOf(spec), { engine: 'javascript' });
};

/** Loss and gradient of one example by the eager sweep over a recording of its own. */
function recorded(spec: TrainingSpec, dataset: Dataset, parameters: ArrayLike<number>, example: number) {
  const x = new Float64Array(dataset.inputs);
  inputInto(dataset, example, x);
  const y = new Float64Array(spec.network.sizes.at(-1)!);
  encodeTarget(spec.network, spec.loss, dataset, example, y);
  const tape = new Tape();
  const nodes = recordExample(tape, spec, { parameters, x, y });
  const gradients = backward(tape.recordNode(nodes.loss));
  return {
    loss: tape.at(nodes.loss).data,
    gradient: Float64Array.from(nodes.parameters, (node) => gradients[node]),
    x,
    y,
  };
}

/** The same training without a plan: every example recorded anew, with its penalty; the mean of all of them, and a step. */
function plainTraining(spec: TrainingSpec, dataset: Dataset): Float64Array {
  const parameters = initialParameters(spec.network);
  const { train } = split(dataset, spec.data);
  const { batch, schedule, rate, epochs, seed, shuffle } = spec.train;
  const optimizer = optimizerOf(spec.train);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = train.slice();
    if (shuffle) new Generator(seed).fork(epoch).shuffle(order);
    for (let from = 0; from < order.length; from += Math.min(batch, order.length)) {
      const examples = order.slice(from, from + batch);
      const mean = new Float64Array(parameters.length);
      for (const example of examples) {
        const { gradient } = recorded(spec, dataset, parameters, example);
        gradient.forEach((each, i) => (mean[i] += each / examples.length));
      }
      optimizer.step(parameters, mean, rateAt(schedule, rate, epoch, epochs));
    }
  }
  return parameters;
}

const linear = { name: 'linear', to: 0.01, factor: 1, every: 1 } as const;
const steps = { name: 'steps', to: 0, factor: 0.5, every: 2 } as const;

const TRAININGS: readonly (readonly [string, Differences])[] = [
  ['in full batches', {}],
  ['one by one', { train: { batch: 1 } }],
  ['in batches that do not come out even', { count: 23, train: { batch: 7, schedule: linear } }],
  ['in batches of several runs', { count: 37, train: { batch: 30 } }],
  ['without shuffling', { train: { batch: 6, shuffle: false, schedule: steps } }],
  ['with momentum', { train: { batch: 5, optimizer: 'momentum', rate: 0.02 } }],
  ['with Adam', { train: { batch: 5, optimizer: 'adam', rate: 0.02 } }],
  ['with L2', { loss: { l2: 0.01 } }],
  ['with L1', { loss: { l1: 0.01 }, train: { batch: 4 } }],
  ['with both penalties and Adam', { loss: { l1: 0.01, l2: 0.1 }, train: { optimizer: 'adam', batch: 9 } }],
  ['with examples kept', { validation: 0.25, train: { batch: 4 } }],
  ['a hinge of rectified units', { network: { activation: 'relu', init: 'he' }, loss: { name: 'hinge' } }],
  ['without biases', { network: { bias: false } }],
  [
    'three classes',
    {
      data: 'blobs',
      network: { sizes: [2, 4, 3], output: 'softmax' },
      loss: { name: 'crossEntropy' },
      train: { batch: 8 },
    },
  ],
  ['a curve', { data: 'sine', network: { sizes: [1, 4, 1] } }],
];

describe('a training by replay', () => {
  it.each(TRAININGS)('%s: the same parameters as by recording every example anew', (_, differences) => {
    const spec = trainingSpec(differences);
    const dataset = dataOf(spec);
    const trainer = new Trainer(spec, dataset, { engine: 'javascript' });
    while (trainer.stop === null) trainer.takeStep();
    const expected = plainTraining(spec, dataset);
    trainer.parameters.forEach((found, i) => expect(found).toBeCloseTo(expected[i], 12));
  });

  it.each(['javascript', 'wasm'] as const)('has the same bits every time, with %s', (engine) => {
    const spec = trainingSpec({ train: { optimizer: 'adam', batch: 3 } });
    const [one, two] = [1, 2].map(() => {
      const trainer = new Trainer(spec, dataOf(spec), { engine });
      expect(trainer.engine).toBe(engine);
      while (trainer.stop === null) trainer.takeStep();
      return trainer.parameters.slice();
    });
    expect(one).toEqual(two);
  });

  it.each(LOSSES.map((name) => [name]))('%s: the gradient of an example is that of its recording', (name) => {
    const output =
      name === 'binaryCrossEntropy' ? 'sigmoid' : name === 'crossEntropy' ? 'softmax' : 'identity';
    const sizes = name === 'crossEntropy' ? [2, 3, 2] : [2, 3, 1];
    const spec = trainingSpec({ loss: { name }, network: { sizes, output } });
    const dataset = dataOf(spec);
    const trainer = new Trainer(spec, dataset, { engine: 'javascript' });
    const { gradient, x, y } = recorded(spec, dataset, trainer.parameters, 3);
    expect(trainer.gradientOf(x, y)).toEqual(gradient);
  });

  it('adds the penalty that a recording has as a node, and its gradient', () => {
    const spec = trainingSpec({ loss: { l1: 0.03, l2: 0.2 }, count: 1 });
    const dataset = dataOf(spec);
    const trainer = new Trainer(spec, dataset, { engine: 'javascript' });
    const { loss, gradient, x, y } = recorded(spec, dataset, trainer.parameters, 0);
    const before = trainer.parameters.slice();
    const bare = recorded({ ...spec, loss: { ...spec.loss, l1: 0, l2: 0 } }, dataset, before, 0);
    expect(loss - bare.loss).toBeCloseTo(penaltyOf(spec.network, spec.loss, before), 14);
    const sum = trainer.gradientOf(x, y);
    addPenaltyGradient(spec.network, spec.loss, before, sum);
    sum.forEach((each, i) => expect(each).toBeCloseTo(gradient[i], 14));
    expect(trainer.takeStep().loss).toBeCloseTo(loss, 14);
    trainer.gradient.forEach((each, i) => expect(each).toBeCloseTo(gradient[i], 14));
  });
});

describe('epochs', () => {
  it('take every example once, the last step what is left', () => {
    const trainer = trainerOf({ count: 23, train: { batch: 5 } });
    expect(trainer.stepsPerEpoch).toBe(5);
    const reports = Array.from({ length: 5 }, () => trainer.takeStep());
    expect(reports.map(({ examples }) => examples)).toEqual([5, 5, 5, 5, 3]);
    expect(reports.map(({ endOfEpoch }) => endOfEpoch)).toEqual([false, false, false, false, true]);
    expect([trainer.epoch, trainer.step]).toEqual([1, 5]);
  });

  it('can be finished from the middle', () => {
    const [one, two] = [trainerOf({ train: { batch: 4 } }), trainerOf({ train: { batch: 4 } })];
    one.takeStep();
    one.takeStep();
    expect(one.finishEpoch()).toEqual(two.takeEpoch());
    expect(one.epoch).toBe(1);
  });

  it('report what the parameters come to at their end', () => {
    const trainer = trainerOf({ count: 40, validation: 0.25 });
    const before = trainer.report();
    expect(before.epoch).toBe(0);
    const report = trainer.takeEpoch();
    const [train, validation] = [trainer.evaluate('train'), trainer.evaluate('validation')];
    expect(report).toEqual({
      epoch: 1,
      loss: train.loss,
      accuracy: train.accuracy,
      validationLoss: validation.loss,
      validationAccuracy: validation.accuracy,
    });
    expect(report.loss).toBeLessThan(before.loss);
  });

  it('have no validation where nothing is kept, and no accuracy in regression', () => {
    expect(trainerOf().report()).toMatchObject({ validationLoss: null, validationAccuracy: null });
    const { accuracy, loss } = trainerOf({ data: 'line', network: { sizes: [1, 1] } }).report();
    expect([accuracy, Number.isFinite(loss)]).toEqual([null, true]);
  });

  it('change the rate as the schedule says', () => {
    const trainer = trainerOf({ train: { rate: 1, schedule: { ...linear, to: 0.5 }, epochs: 5 } });
    const rates: number[] = [];
    while (trainer.stop === null) {
      rates.push(trainer.presentRate);
      trainer.takeStep();
    }
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(1 - 0.1 * i, 14));
    // Whoever goes on after the last epoch stays at the last rate.
    for (let more = 0; more < 3; more++) trainer.takeEpoch();
    expect(trainer.presentRate).toBeCloseTo(0.5, 14);
    const falling = trainerOf({ train: { rate: 1, schedule: steps, epochs: 2 } });
    for (let epoch = 0; epoch < 5; epoch++) falling.takeEpoch();
    expect(falling.presentRate).toBe(0.5);
  });

  it('differ in the order of the examples, as the seed says', () => {
    const after = (train: Partial<TrainSpec>): number => {
      const trainer = trainerOf({ train: { batch: 1, epochs: 1, ...train } });
      trainer.takeEpoch();
      return trainer.parameters[0];
    };
    const [one, two, none] = [after({}), after({ seed: 2 }), after({ shuffle: false })];
    expect(new Set([one, two, none]).size).toBe(3);
    expect(after({ seed: 2, shuffle: false })).toBe(none);
  });
});

describe('an evaluation', () => {
  it('counts which class is taken for which', () => {
    const trainer = trainerOf({
      data: 'blobs',
      count: 30,
      network: { sizes: [2, 3] },
      loss: { name: 'crossEntropy' },
    });
    const { confusion, accuracy } = trainer.evaluate('train');
    expect(confusion).toHaveLength(9);
    expect(confusion!.reduce((sum, each) => sum + each)).toBe(30);
    expect(accuracy).toBe((confusion![0] + confusion![4] + confusion![8]) / 30);
  });

  it('has a row for each class and a column for each that it is taken for', () => {
    const trainer = trainerOf({ count: 10, network: { sizes: [2, 1] } });
    // Whatever the example is, the second class is taken.
    trainer.setParameters([0, 0, 1]);
    expect([...trainer.evaluate('train').confusion!]).toEqual([0, 5, 0, 5]);
    trainer.setParameters([0, 0, 0]);
    expect([...trainer.evaluate('train').confusion!]).toEqual([5, 0, 5, 0]);
  });

  it('has the mean of the losses, and the penalty', () => {
    const spec = trainingSpec({ validation: 0.25, loss: { l1: 0.01, l2: 0.1 } });
    const dataset = dataOf(spec);
    const trainer = new Trainer(spec, dataset);
    for (const which of ['train', 'validation'] as const) {
      const examples = [...trainer.split[which]];
      const losses = examples.map((i) => recorded(spec, dataset, trainer.parameters, i).loss);
      const mean = losses.reduce((sum, each) => sum + each, 0) / examples.length;
      expect(trainer.evaluate(which).loss).toBeCloseTo(mean, 13);
    }
  });

  it('takes other data, with the penalty', () => {
    const spec = trainingSpec({ loss: { l2: 0.5 } });
    const trainer = new Trainer(spec, dataOf(spec));
    const other = dataOf(trainingSpec({ count: 7 }));
    const { loss } = trainer.evaluate(other);
    const bare = new Trainer(trainingSpec(), dataOf(spec)).evaluate(other);
    expect(loss).toBeCloseTo(bare.loss + penaltyOf(spec.network, spec.loss, trainer.parameters), 14);
  });

  it('does not disturb the training', () => {
    const [one, two] = [trainerOf({ train: { batch: 3 } }), trainerOf({ train: { batch: 3 } })];
    for (let step = 0; step < 6; step++) {
      one.takeStep();
      two.takeStep();
      two.report();
      two.outputsOf([0.5, -1]);
      two.gradientOf([0.5, -1], [1]);
      expect(two.parameters).toEqual(one.parameters);
    }
  });
});

describe('the end', () => {
  it('comes after all epochs', () => {
    const trainer = trainerOf({ train: { epochs: 2 } });
    expect(trainer.stop).toBeNull();
    trainer.takeEpoch();
    expect(trainer.stop).toBeNull();
    trainer.takeEpoch();
    expect(trainer.stop).toEqual({ reason: 'epochs' });
  });

  it('is the beginning where no epochs are wanted', () => {
    const trainer = trainerOf({ train: { epochs: 0 } });
    expect(trainer.stop).toEqual({ reason: 'epochs' });
    trainer.takeEpoch();
    trainer.reset();
    expect(trainer.stop).toEqual({ reason: 'epochs' });
  });

  it('comes early where no parameter moves by more than the tolerance in an epoch', () => {
    const differences: Differences = {
      data: 'line',
      noise: 0,
      network: { sizes: [1, 1] },
      train: { epochs: 10_000, rate: 0.3, tolerance: 1e-6 },
    };
    const trainer = trainerOf(differences);
    let before = trainer.parameters.slice();
    let moved = Infinity;
    while (trainer.stop === null) {
      expect(moved).toBeGreaterThan(1e-6);
      trainer.takeEpoch();
      moved = Math.max(...trainer.parameters.map((w, i) => Math.abs(w - before[i])));
      before = trainer.parameters.slice();
    }
    expect(trainer.stop).toEqual({ reason: 'converged' });
    expect(moved).toBeLessThanOrEqual(1e-6);
    expect(trainer.epoch).toBeLessThan(1000);
    expect([...trainer.parameters].map((w) => Math.round(1e4 * w) / 1e4)).toEqual([2, -1]);
  });
});

describe('an explosion', () => {
  const explosive: Differences = {
    network: { activation: 'relu', init: 'he' },
    train: { rate: 0.05, batch: 5, epochs: 1000 },
  };

  it('stops, says where, and goes back to the parameters before it', () => {
    const trainer = trainerOf(explosive);
    for (let epoch = 0; epoch < 3; epoch++) trainer.takeEpoch();
    const calm = trainer.parameters.slice();
    const { loss } = trainer.report();
    trainer.rate = 1e9;
    while (trainer.stop === null) trainer.takeStep();
    const { stop } = trainer;
    if (stop.reason !== 'exploded') throw new Error(`It stopped as ${stop.reason}`);
    expect(Number.isFinite(stop.loss) && stop.parameter < 0).toBe(false);
    expect(stop.step).toBe(trainer.step + 1);
    expect(stop.epoch).toBe(Math.ceil(stop.step / trainer.stepsPerEpoch));
    expect(trainer.lastGood).toEqual(calm);
    expect(trainer.parameters).toEqual(calm);
    expect(trainer.report().loss).toBe(loss);

    // With a sensible rate it goes on from there.
    trainer.rate = 0.05;
    trainer.takeEpoch();
    expect(trainer.stop).toBeNull();
    expect(trainer.report().loss).toBeLessThan(loss);
  });

  it('names the first parameter that is not finite', () => {
    // The first step takes the weights to 1e200, and the square of the outputs with them beyond all numbers.
    const trainer = trainerOf({ ...explosive, train: { rate: 1e200, batch: Infinity } });
    trainer.takeStep();
    expect(trainer.stop).toBeNull();
    trainer.takeStep();
    expect(trainer.stop).toMatchObject({ reason: 'exploded', epoch: 2, step: 2, parameter: -1 });

    const huge = trainerOf({ loss: { l2: 100 }, train: { rate: Number.MAX_VALUE } });
    const start = huge.parameters.slice();
    huge.takeStep();
    const { stop } = huge;
    expect(stop).toMatchObject({ reason: 'exploded', epoch: 1, step: 1 });
    expect(stop?.reason === 'exploded' && stop.parameter).toBeGreaterThanOrEqual(0);
    expect(huge.parameters).toEqual(start);
  });

  it('of a large network is noticed a few steps later, and all is finite again', () => {
    const large: Differences = { data: 'sine', network: { sizes: [1, 2000, 1], activation: 'sigmoid' } };
    const spec = trainingSpec({ ...large, train: { batch: 1, rate: 1e-6 } });
    const trainer = new Trainer(spec, dataOf(spec), { engine: 'javascript' });
    const start = trainer.parameters.slice();
    // A unit that is always 1 has a finite loss, and no gradient.
    trainer.parameters[5] = Infinity;
    while (trainer.stop === null) expect(trainer.takeStep().loss).toBeLessThan(1000);
    expect(trainer.stop).toMatchObject({ reason: 'exploded', step: 3, parameter: 5 });
    expect(trainer.parameters).toEqual(start);
    expect(trainer.lastGood).toEqual(start);

    // So it is in a training that is resumed, which goes back no further than it knows.
    for (let step = 0; step < 3; step++) trainer.takeStep();
    const again = Trainer.resume(spec, dataOf(spec), trainer.state(), { engine: 'javascript' });
    const known = again.lastGood.slice();
    again.parameters[5] = Infinity;
    while (again.stop === null) again.takeStep();
    expect(again.parameters).toEqual(known);
    expect(known).not.toEqual(start);
  });

  it('is noticed at the end of the last epoch, too', () => {
    const trainer = trainerOf({ ...explosive, train: { rate: 1e200, batch: Infinity, epochs: 1 } });
    const start = trainer.parameters.slice();
    trainer.takeEpoch();
    expect(trainer.stop).toMatchObject({ reason: 'exploded', epoch: 1, step: 1, parameter: -1 });
    expect(trainer.parameters).toEqual(start);
  });

  it('is a loss of a thousand times that at the start, too, at the end of an epoch', () => {
    const trainer = trainerOf({ ...explosive, train: { optimizer: 'adam', rate: 1e9, batch: 5 } });
    const start = trainer.parameters.slice();
    const { loss } = trainer.takeEpoch();
    expect(loss).toBeGreaterThan(1e6);
    expect(trainer.stop).toEqual({ reason: 'exploded', epoch: 1, step: 4, loss, parameter: -1 });
    expect(trainer.parameters).toEqual(start);
  });

  it.each([1, 16])('is not outwitted by a batch that is all right by luck: %i of 3 classes', (batch) => {
    const trainer = trainerOf({
      data: 'blobs',
      count: 120,
      noise: 0.5,
      network: { sizes: [2, 8, 3], output: 'softmax' },
      loss: { name: 'crossEntropy' },
      train: { batch, rate: 0.01, epochs: 100 },
    });
    for (let epoch = 0; epoch < 2; epoch++) trainer.takeEpoch();
    const calm = trainer.parameters.slice();
    const state = trainer.state();
    trainer.rate = 1e9;
    trainer.takeEpoch();
    expect(trainer.stop).toMatchObject({ reason: 'exploded', epoch: 3 });
    expect(trainer.parameters).toEqual(calm);
    expect(trainer.lastGood).toEqual(calm);

    // So it is in a training that goes on from there, and in one that goes on in the middle of the mess.
    const again = Trainer.resume(trainer.spec, trainer.dataset, state);
    again.rate = 1e9;
    for (let step = 0; step < 3; step++) again.takeStep();
    const messy = Trainer.resume(trainer.spec, trainer.dataset, again.state());
    again.finishEpoch();
    expect(again.parameters).toEqual(calm);
    messy.finishEpoch();
    expect(messy.report().loss).toBeLessThan(10);
  });

  it('makes Adam forget', () => {
    const trainer = trainerOf({ ...explosive, train: { optimizer: 'adam', rate: 0.01 } });
    trainer.takeEpoch();
    trainer.rate = 1e300;
    while (trainer.stop === null) trainer.takeStep();
    expect(trainer.state().optimizer).toEqual({ name: 'adam', steps: 0, moments: [] });
  });
});

describe('by hand', () => {
  it('parameters are set and frozen', () => {
    const trainer = trainerOf({ train: { optimizer: 'adam' } });
    trainer.setParameter(3, 0.25);
    trainer.freeze([3, 5], true);
    expect([...trainer.frozen].flatMap((is, i) => (is === 1 ? [i] : []))).toEqual([3, 5]);
    const before = trainer.parameters.slice();
    trainer.takeEpoch();
    const moved = [...trainer.parameters].map((w, i) => w !== before[i]);
    expect(moved).toEqual(Array.from(before, (_, i) => i !== 3 && i !== 5));
    expect(trainer.parameters[3]).toBe(0.25);
    trainer.setParameter(5, 0.75);
    before[5] = 0.75;
    trainer.freeze([3], false);
    trainer.takeEpoch();
    expect(trainer.parameters[3]).not.toBe(0.25);
    expect(trainer.parameters[5]).toBe(before[5]);
  });

  it.each(['sgd', 'momentum', 'adam'] as const)(
    'a frozen parameter stays with %s, the others move',
    (optimizer) => {
      const trainer = trainerOf({ train: { optimizer, batch: 4 } });
      const before = trainer.parameters.slice();
      trainer.freeze([0], true);
      trainer.takeEpoch();
      expect(trainer.parameters[0]).toBe(before[0]);
      expect(trainer.parameters[1]).not.toBe(before[1]);
    },
  );

  it('rate and penalties change without a reset', () => {
    const trainer = trainerOf({ count: 1, train: { epochs: 100 } });
    trainer.takeEpoch();
    trainer.rate = 0;
    const before = trainer.parameters.slice();
    trainer.takeEpoch();
    expect(trainer.parameters).toEqual(before);
    const { loss } = trainer.takeStep();
    const expected = trainer.gradient.slice();
    const { network } = trainer.spec;
    const penalty = { l1: 0.25, l2: 0.5 };
    Object.assign(trainer, penalty);
    expect(trainer.takeStep().loss).toBeCloseTo(loss + penaltyOf(network, penalty, before), 14);
    addPenaltyGradient(network, penalty, before, expected);
    expect(trainer.gradient).toEqual(expected);
    expect(trainer.report().loss).toBeCloseTo(loss + penaltyOf(network, penalty, before), 14);
    expect(trainer.epoch).toBe(4);
  });

  it('a reset goes back to the seed', () => {
    const trainer = trainerOf({ train: { optimizer: 'momentum', batch: 3 } });
    const first = [trainer.takeEpoch(), trainer.takeEpoch()];
    trainer.takeStep();
    trainer.reset();
    expect([trainer.epoch, trainer.step, trainer.stop]).toEqual([0, 0, null]);
    expect(trainer.parameters).toEqual(initialParameters(trainer.spec.network));
    expect(trainer.state()).toEqual(new Trainer(trainer.spec, trainer.dataset).state());
    expect([trainer.takeEpoch(), trainer.takeEpoch()]).toEqual(first);
  });

  it('parameters that are given are the start', () => {
    const spec = trainingSpec();
    const parameters = new Float64Array(parameterCount(spec.network)).fill(0.125);
    const trainer = new Trainer(spec, dataOf(spec), { parameters });
    trainer.takeEpoch();
    trainer.reset();
    expect(trainer.parameters).toEqual(parameters);
    trainer.setParameters(parameters.map((w) => 2 * w));
    expect(trainer.parameters[7]).toBe(0.25);
  });

  it('refuses what is no parameter', () => {
    const trainer = trainerOf();
    expect(() => trainer.setParameter(17, 1)).toThrow('parameter: found 17, expected an index from 0 to 16.');
    expect(() => trainer.setParameter(0, NaN)).toThrow('parameter 0: found NaN, expected a finite number.');
    expect(() => trainer.freeze([-1], true)).toThrow(SpecError);
    expect(() => trainer.setParameters([1, 2])).toThrow('a list of 17');
    expect(() => trainer.setParameters(new Float64Array(17).fill(Infinity))).toThrow('parameter 0');
  });

  it('does not mind that its spec is changed afterwards', () => {
    const spec = trainingSpec({ train: { batch: 6, optimizer: 'adam' } });
    const [one, two] = [new Trainer(spec, dataOf(spec)), new Trainer(structuredClone(spec), dataOf(spec))];
    one.takeStep();
    two.takeStep();
    Object.assign(spec.train, { batch: 1000, epochs: 1, optimizer: 'sgd' });
    (spec.network.sizes as number[])[1] = 3;
    expect(one.takeEpoch()).toEqual(two.takeEpoch());
    one.reset();
    expect(one.takeEpoch()).toEqual(new Trainer(two.spec, two.dataset).takeEpoch());
  });

  it('refuses a rate and penalties that are none, inputs and targets of another number', () => {
    const trainer = trainerOf();
    const { parameters } = trainer;
    const before = parameters.slice();
    for (const which of ['rate', 'l1', 'l2'] as const) {
      for (const value of [NaN, -1, Infinity, '1' as unknown as number]) {
        const kept = trainer[which];
        trainer[which] = value;
        expect(() => trainer.takeStep()).toThrow(
          new RegExp(`^${which}: found .*, expected a number from 0 on`),
        );
        trainer[which] = kept;
      }
    }
    expect(trainer.outputsOf([1, 2]).length).toBe(1);
    for (const x of [[], [1], [1, 2, 3]]) {
      expect(() => trainer.outputsOf(x)).toThrow(`x: found a list of ${x.length}, expected a list of 2.`);
      expect(() => trainer.gradientOf(x, [1])).toThrow('x: found');
    }
    expect(() => trainer.gradientOf([1, 2], [])).toThrow('y: found a list of 0, expected a list of 1.');
    expect(parameters).toEqual(before);
  });
});
