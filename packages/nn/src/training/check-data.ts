import type { Dataset } from '../data/dataset.ts';
import { checkOutputs } from '../losses/targets.ts';
import { shown, SpecError } from '../spec/problem.ts';
import type { NetworkSpec } from '../spec/spec.ts';
import { TrainingError } from './training-error.ts';

/**
 * Throws TrainingError for an example with a number that is not finite or a class that there is not, and if there is no example;
 * SpecError if the network does not take such inputs or does not give as many outputs.
 */
export function checkData(network: NetworkSpec, dataset: Dataset): void {
  checkOutputs(network, dataset);
  const { size, inputs, x, y, scale, targets, task, classes, columns } = dataset;
  if (!Number.isSafeInteger(size)) throw new SpecError('size', size, 'a whole number of examples');
  if (!Number.isFinite(scale)) throw new SpecError('scale', scale, 'a finite number');
  if (size < 1) throw new TrainingError('data', 'no example', 'one at least');
  if (x.length < size * inputs) {
    throw new TrainingError('data', `${x.length} inputs`, `${size * inputs}, ${inputs} for each example`);
  }
  const perExample = task === 'classification' ? 1 : targets;
  if (y.length < size * perExample) {
    throw new TrainingError(
      'data',
      `${y.length} targets`,
      `${size * perExample}, ${perExample} for each example`,
    );
  }
  if (!(x instanceof Uint8Array)) {
    const at = firstNonFinite(x, size * inputs);
    if (at >= 0) {
      const [example, input] = [Math.floor(at / inputs), at % inputs];
      const name = columns[input] ?? `input ${input}`;
      throw new TrainingError(`example ${example}, ${name}`, shown(x[at]), 'a finite number', example);
    }
  }
  for (let at = 0; at < size * perExample; at++) {
    const example = Math.floor(at / perExample);
    const found = y[at];
    if (task === 'regression') {
      if (!Number.isFinite(found)) {
        throw new TrainingError(`example ${example}, target`, shown(found), 'a finite number', example);
      }
    } else if (!(Number.isInteger(found) && found >= 0 && found < classes.length)) {
      const expected = `a whole number from 0 to ${classes.length - 1}`;
      throw new TrainingError(`example ${example}, class`, shown(found), expected, example);
    }
  }
}

/** The place of the first of `length` numbers that is not finite; −1 if all are. */
export function firstNonFinite(numbers: Float64Array, length = numbers.length): number {
  // Whatever is not finite leaves its trace in a sum. Only a sum that overflows needs a closer look.
  let even = 0;
  let odd = 0;
  const whole = length - (length % 8);
  for (let i = 0; i < whole; i += 8) {
    even += numbers[i] + numbers[i + 1] + (numbers[i + 2] + numbers[i + 3]);
    odd += numbers[i + 4] + numbers[i + 5] + (numbers[i + 6] + numbers[i + 7]);
  }
  for (let i = whole; i < length; i++) even += numbers[i];
  if (Number.isFinite(even + odd)) return -1;
  for (let i = 0; i < length; i++) if (!Number.isFinite(numbers[i])) return i;
  return -1;
}
