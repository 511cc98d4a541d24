import type { Split } from '../data/split.ts';
import { checkSchedule } from '../optimizers/schedule.ts';
import { checkLoss, checkNetwork } from '../spec/check.ts';
import { SpecError } from '../spec/problem.ts';
import type { TrainingSpec } from '../spec/spec.ts';
import { firstNonFinite } from './check-data.ts';

/** A copy, which nobody changes. Throws SpecError unless there can be such a network, loss and training. */
export function checkedTraining({ network, data, loss, train }: TrainingSpec): TrainingSpec {
  const { batch, epochs } = train;
  checkNetwork(network);
  checkLoss(network, loss);
  checkNumber('rate', train.rate);
  checkNumber('tolerance', train.tolerance);
  checkSchedule(train.schedule);
  if (!Number.isSafeInteger(epochs) || epochs < 0)
    throw new SpecError('epochs', epochs, 'a whole number from 0 on');
  if (batch !== Infinity && !(Number.isSafeInteger(batch) && batch >= 1)) {
    throw new SpecError('batch', batch, 'a whole number from 1 on, or Infinity for all examples');
  }
  if (!Number.isSafeInteger(train.seed)) throw new SpecError('seed', train.seed, 'a whole number');
  return {
    network: { ...network, sizes: [...network.sizes] },
    data: { ...data },
    loss: { ...loss },
    train: { ...train, schedule: { ...train.schedule } },
  };
}

/** Throws SpecError unless all examples of a split are there. */
export function checkSplit(split: Split, size: number): void {
  for (const which of ['train', 'validation'] as const) {
    for (const [at, example] of split[which].entries()) {
      if (!(Number.isInteger(example) && example >= 0 && example < size)) {
        throw new SpecError(`split.${which}[${at}]`, example, `an example from 0 to ${size - 1}`);
      }
    }
  }
}

/** Throws SpecError unless these are parameters of a network with `count` of them. */
export function checkParameters(numbers: Float64Array, count: number): void {
  if (numbers.length !== count) throw new SpecError('parameters', numbers, `a list of ${count}`);
  const bad = firstNonFinite(numbers);
  if (bad >= 0) throw new SpecError(`parameter ${bad}`, numbers[bad], 'a finite number');
}

/** Throws SpecError unless a number is finite and not below 0. */
export function checkNumber(where: string, found: unknown): void {
  if (typeof found !== 'number' || !(found >= 0) || found === Infinity) {
    throw new SpecError(where, found, 'a number from 0 on');
  }
}
