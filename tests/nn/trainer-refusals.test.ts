import { initialParameters, SpecError, Trainer, TrainingError } from '@backflow/nn';
import type { Dataset, LossSpec, TrainSpec } from '@backflow/nn';
import { describe, expect, it } from 'vitest';
import { dataOf, trainingSpec } from './training.ts';

describe('data that cannot be trained on', () => {
  const spec = trainingSpec();
  const data = dataOf(spec);
  const withX = (at: number, value: number): Dataset => {
    const x = Float64Array.from(data.x);
    x[at] = value;
    return { ...data, x };
  };

  it.each([NaN, Infinity, -Infinity])('names the example with %d', (value) => {
    const refused = (): Trainer => new Trainer(spec, withX(25, value));
    expect(refused).toThrow(TrainingError);
    expect(refused).toThrow(
      expect.objectContaining({ where: 'example 12, x2', found: String(value), example: 12 }),
    );
  });

  it('does not mind numbers whose sum is beyond all numbers', () => {
    const x = Float64Array.from(data.x).fill(Number.MAX_VALUE, 0, 8);
    expect(() => new Trainer(spec, { ...data, x })).not.toThrow();
  });

  it('looks at numbers of other kinds, too, and at what they are multiplied with', () => {
    const single = Float32Array.from(data.x).fill(NaN, 7, 8);
    for (const x of [single, Array.from(single), Array.from(data.x, (each, k) => (k === 7 ? '1' : each))]) {
      expect(() => new Trainer(spec, { ...data, x: x as unknown as Float64Array })).toThrow(
        'example 3, x2: found',
      );
    }
    expect(() => new Trainer(spec, { ...data, scale: NaN })).toThrow('scale: found NaN');
    expect(() => new Trainer(spec, { ...data, size: 1.5 })).toThrow('size: found 1.5');
  });

  it('names an example whose class there is not', () => {
    const y = data.y.slice();
    y[4] = 2;
    expect(() => new Trainer(spec, { ...data, y })).toThrow(
      'example 4, class: found 2, expected a whole number from 0 to 1',
    );
    y[4] = NaN;
    expect(() => new Trainer(spec, { ...data, y })).toThrow('example 4, class: found NaN');
  });

  it('names an example with a target that is no number', () => {
    const curve = trainingSpec({ data: 'sine', network: { sizes: [1, 2, 1] } });
    const sine = dataOf(curve);
    const y = sine.y.slice();
    y[9] = NaN;
    expect(() => new Trainer(curve, { ...sine, y })).toThrow(
      'example 9, target: found NaN, expected a finite number',
    );
  });

  it('wants examples, and as many numbers as they have', () => {
    expect(() => new Trainer(spec, { ...data, size: 0 })).toThrow(
      'data: found no example, expected one at least',
    );
    expect(() => new Trainer(spec, { ...data, size: 21 })).toThrow('data: found 40 inputs, expected 42');
    expect(() => new Trainer(spec, { ...data, y: data.y.subarray(1) })).toThrow('data: found 19 targets');
    const none = { train: new Int32Array(0), validation: new Int32Array(20) };
    expect(() => new Trainer(spec, data, { split: none })).toThrow('no example to train on');
    for (const strange of [-1, 20]) {
      const some = { train: Int32Array.of(0, 1), validation: Int32Array.of(2, strange) };
      expect(() => new Trainer(spec, data, { split: some })).toThrow(
        `split.validation[1]: found ${strange}, expected an example from 0 to 19.`,
      );
    }
  });

  it('wants a network that fits', () => {
    const wide = trainingSpec({ network: { sizes: [3, 1] } });
    expect(() => new Trainer(wide, data)).toThrow('sizes[0]: found 3, expected 2');
    expect(() => new Trainer(spec, data, { parameters: [1, 2] })).toThrow('parameters: found a list of 2');
    const parameters = initialParameters(spec.network);
    parameters[3] = NaN;
    expect(() => new Trainer(spec, data, { parameters })).toThrow(
      'parameter 3: found NaN, expected a finite number.',
    );
  });

  it.each<[string, Partial<TrainSpec>]>([
    ['batch', { batch: 0 }],
    ['batch', { batch: 2.5 }],
    ['epochs', { epochs: -1 }],
    ['rate', { rate: NaN }],
    ['tolerance', { tolerance: -1 }],
    ['seed', { seed: 0.5 }],
    ['schedule', { schedule: { name: 'sometimes' as 'linear', to: 0, factor: 1, every: 1 } }],
    ['every', { schedule: { name: 'steps', to: 0, factor: 1, every: 0 } }],
    ['factor', { schedule: { name: 'steps', to: 0, factor: NaN, every: 1 } }],
    ['to', { schedule: { name: 'linear', to: -1, factor: 1, every: 1 } }],
  ])('wants a training that can be: %s', (where, train) => {
    expect(() => new Trainer(trainingSpec({ train }), data)).toThrow(new RegExp(`^${where}: found`));
  });

  it.each<[string, Partial<LossSpec>]>([
    ['l1', { l1: -1 }],
    ['l2', { l2: NaN }],
    ['loss', { name: 'cubed' as 'squared' }],
  ])('wants a loss that can be: %s', (where, loss) => {
    const refused = (): Trainer => new Trainer(trainingSpec({ loss }), data);
    expect(refused).toThrow(SpecError);
    expect(refused).toThrow(new RegExp(`^${where}: found`));
  });
});
