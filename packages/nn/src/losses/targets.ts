import type { Dataset } from '../data/dataset.ts';
import { SpecError } from '../spec/problem.ts';
import type { LossSpec, NetworkSpec } from '../spec/spec.ts';

/** True where a class is wanted as 1 and the others as −1, not 0: for hinge, and for a single output of tanh. */
function isSigned({ sizes, output }: NetworkSpec, { name }: LossSpec): boolean {
  return name === 'hinge' || (output === 'tanh' && sizes[sizes.length - 1] === 1);
}

/**
 * Writes what example `i` wants of each output. Classes: 1 for the right one and 0 for all others; ±1 with hinge, and with one
 * output of tanh. A single output means the second of two classes. Regression: the numbers of the data.
 *
 * Throws SpecError if the data have not as many classes or numbers as the network has outputs.
 */
export function encodeTarget(
  network: NetworkSpec,
  loss: LossSpec,
  dataset: Dataset,
  i: number,
  into: Float64Array,
): void {
  checkOutputs(network, dataset);
  const outputs = network.sizes[network.sizes.length - 1];
  if (dataset.task === 'regression') {
    for (let c = 0; c < outputs; c++) into[c] = dataset.y[i * outputs + c];
    return;
  }
  const other = isSigned(network, loss) ? -1 : 0;
  const right = dataset.y[i];
  if (outputs === 1) into[0] = right === 1 ? 1 : other;
  else for (let c = 0; c < outputs; c++) into[c] = c === right ? 1 : other;
}

/** Throws SpecError if the data have not as many inputs, and classes or numbers, as the network takes and gives. */
export function checkOutputs({ sizes }: NetworkSpec, { inputs, task, classes, targets }: Dataset): void {
  if (sizes[0] !== inputs) {
    throw new SpecError('sizes[0]', sizes[0], `${inputs}, as many as an example has inputs`);
  }
  const last = sizes.length - 1;
  if (task === 'regression') {
    if (sizes[last] !== targets) {
      throw new SpecError(
        `sizes[${last}]`,
        sizes[last],
        `${targets}, as many as an example has numbers to be predicted`,
      );
    }
  } else if (sizes[last] !== classes.length && !(sizes[last] === 1 && classes.length <= 2)) {
    const expected =
      classes.length === 2 ? '1 or 2, for two classes' : `${classes.length}, one for each class`;
    throw new SpecError(`sizes[${last}]`, sizes[last], expected);
  }
}

/**
 * The class that outputs speak for (a of the last layer): that of the largest, the first of several; with a single output the
 * second class where it is nearer to what is wanted for that, class 0 in the middle and for NaN.
 */
export function predictedClass(network: NetworkSpec, loss: LossSpec, outputs: ArrayLike<number>): number {
  if (outputs.length === 1) return outputs[0] > threshold(network, loss) ? 1 : 0;
  let best = 0;
  for (let c = 1; c < outputs.length; c++) if (outputs[c] > outputs[best]) best = c;
  return best;
}

/** Where a single output changes from one class to the other. */
function threshold(network: NetworkSpec, loss: LossSpec): number {
  if (loss.name === 'binaryCrossEntropyWithLogits') return network.output === 'identity' ? 0 : 0.5;
  return isSigned(network, loss) ? 0 : 0.5;
}

/**
 * How sure the network is of each class, from outputs (a of the last layer): numbers from 0 to 1, two for a single output.
 *
 * With crossEntropy these are the probabilities that softmax makes of them, with `WithLogits` σ of each. With the other losses
 * outputs are no probabilities: each is taken as it is, −1 … 1 (where ±1 is wanted) as 0 … 1, and what lies beyond as the end.
 * Only softmax and a single output add up to 1; else several classes, or none, may be sure.
 */
export function confidences(network: NetworkSpec, loss: LossSpec, outputs: ArrayLike<number>): Float64Array {
  if (loss.name === 'crossEntropy') {
    return network.output === 'identity' ? softmax(outputs) : Float64Array.from(outputs);
  }
  const logits = loss.name === 'binaryCrossEntropyWithLogits' && network.output === 'identity';
  const signed = isSigned(network, loss);
  const each = Float64Array.from(outputs, (a) =>
    logits ? sigmoid(a) : Math.min(1, Math.max(0, signed ? (a + 1) / 2 : a)),
  );
  return each.length === 1 ? Float64Array.of(1 - each[0], each[0]) : each;
}

function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

function softmax(z: ArrayLike<number>): Float64Array {
  let largest = -Infinity;
  for (let c = 0; c < z.length; c++) largest = Math.max(largest, z[c]);
  const shares = Float64Array.from(z, (each) => Math.exp(each - largest));
  let total = 0;
  for (const share of shares) total += share;
  return shares.map((share) => share / total);
}
