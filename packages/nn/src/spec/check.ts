import { SpecError } from './problem.ts';
import { ACTIVATIONS, INITIALIZERS, LOSSES } from './spec.ts';
import type { ActivationName, LossName, LossSpec, NetworkSpec } from './spec.ts';

/** More parameters than this are refused: every one of them is a node. */
export const MOST_PARAMETERS = 2_000_000;

/** Throws SpecError unless a word is one of a list. */
export function checkWord<T extends string>(where: string, found: unknown, words: readonly T[]): T {
  if (!(words as readonly unknown[]).includes(found))
    throw new SpecError(where, found, `one of ${words.join(', ')}`);
  return found as T;
}

/** Throws SpecError unless the network can be built: sizes that are whole, words that are known, softmax only at the end. */
export function checkNetwork(spec: NetworkSpec): void {
  const { sizes } = spec;
  if (!Array.isArray(sizes) || sizes.length < 2) {
    throw new SpecError('sizes', sizes, 'at least two: the number of inputs and the units of a layer');
  }
  let parameters = 0;
  sizes.forEach((size: unknown, i) => {
    if (!Number.isSafeInteger(size) || (size as number) < 1)
      throw new SpecError(`sizes[${i}]`, size, 'a whole number from 1 on');
    if (i > 0) parameters += (size as number) * (sizes[i - 1] + 1);
  });
  if (parameters > MOST_PARAMETERS) {
    throw new SpecError('sizes', parameters, `at most ${MOST_PARAMETERS} parameters`);
  }
  checkWord('activation', spec.activation, ACTIVATIONS);
  if (spec.activation === 'softmax' && sizes.length > 2) {
    throw new SpecError(
      'activation',
      'softmax',
      'another one in hidden layers: softmax takes all sums of the last layer',
    );
  }
  checkWord('output', spec.output, ACTIVATIONS);
  checkWord('init', spec.init, INITIALIZERS);
  if (typeof spec.bias !== 'boolean') throw new SpecError('bias', spec.bias, 'true or false');
  if (!Number.isSafeInteger(spec.seed)) throw new SpecError('seed', spec.seed, 'a whole number');
}

/** Output activations that a loss is made for, where it is not made for all. */
const FITTING: Partial<Record<LossName, readonly ActivationName[]>> = {
  binaryCrossEntropy: ['sigmoid', 'softmax'],
  binaryCrossEntropyWithLogits: ['identity', 'sigmoid'],
  crossEntropy: ['identity', 'softmax'],
};

/**
 * Throws SpecError unless the loss can be taken of the network's outputs. `binaryCrossEntropy` needs outputs between 0 and 1.
 * `crossEntropy` and `binaryCrossEntropyWithLogits` read the sums z of the last layer; the output activation may be the one that
 * they stand for, which then only shows what the network says.
 */
export function checkLoss(network: NetworkSpec, loss: LossSpec): void {
  checkWord('loss', loss.name, LOSSES);
  const fitting = FITTING[loss.name];
  if (fitting !== undefined && !fitting.includes(network.output)) {
    throw new SpecError('output', network.output, `${fitting.join(' or ')}, which ${loss.name} is made for`);
  }
  const outputs = network.sizes[network.sizes.length - 1];
  if (loss.name === 'crossEntropy' && outputs < 2) {
    throw new SpecError(
      `sizes[${network.sizes.length - 1}]`,
      outputs,
      'an output for each class, two or more, with crossEntropy',
    );
  }
  for (const which of ['l1', 'l2'] as const) {
    const lambda: unknown = loss[which];
    if (typeof lambda !== 'number' || !(lambda >= 0) || lambda === Infinity)
      throw new SpecError(which, lambda, 'a number from 0 on');
  }
}

/** True if the loss reads z of the last layer and not a. */
export function readsSums(loss: LossName): boolean {
  return loss === 'crossEntropy' || loss === 'binaryCrossEntropyWithLogits';
}
