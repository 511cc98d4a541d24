import type { LossName } from '../spec/spec.ts';

/** What one output adds to the cost of an example. */
export interface CostTerm {
  readonly output: number;
  /** The number that the loss takes: the activation a, for losses of logits z, for cross-entropy the share softmax(z). */
  readonly found: number;
  /** What is wanted: 0 or 1, ±1 for hinge, a number for regression. */
  readonly wanted: number;
  /** From all digits of `found`, not of those that are shown. */
  readonly cost: number;
}

/** The cost of one example as a sum over the outputs. */
export interface CostTerms {
  readonly terms: readonly CostTerm[];
  /** The sum of the terms is divided by it: the number of outputs for `meanSquared`, else 1. */
  readonly divisor: number;
  /** The cost of the example, without penalty. */
  readonly cost: number;
}

/**
 * The cost of one example, output by output. `a` and `z` are of the last layer, `wanted` as the loss takes it: one number per
 * output (one-hot for classes, ±1 for hinge).
 */
export function costTerms(
  loss: LossName,
  a: ArrayLike<number>,
  z: ArrayLike<number>,
  wanted: ArrayLike<number>,
): CostTerms {
  const found = loss === 'crossEntropy' ? shares(z) : loss === 'binaryCrossEntropyWithLogits' ? z : a;
  const cost = termOf(loss, z);
  const terms = Array.from({ length: a.length }, (_, output): CostTerm => {
    const [x, y] = [found[output], wanted[output]];
    return { output, found: x, wanted: y, cost: cost(x, y, output) };
  });
  const divisor = loss === 'meanSquared' ? terms.length : 1;
  return { terms, divisor, cost: terms.reduce((sum, term) => sum + term.cost, 0) / divisor };
}

function termOf(loss: LossName, z: ArrayLike<number>): (x: number, y: number, output: number) => number {
  switch (loss) {
    case 'squared':
    case 'meanSquared':
      return (x, y) => (x - y) ** 2;
    case 'absolute':
      return (x, y) => Math.abs(x - y);
    case 'hinge':
      return (x, y) => Math.max(0, 1 - y * x);
    case 'binaryCrossEntropy':
      return (x, y) => -(times(y, Math.log(x)) + times(1 - y, Math.log1p(-x)));
    case 'binaryCrossEntropyWithLogits':
      // ln(1 + e^z) − y z, without e^z of a large z.
      return (x, y) => Math.max(x, 0) - y * x + Math.log1p(Math.exp(-Math.abs(x)));
    case 'crossEntropy': {
      const whole = logSumExp(z);
      return (_, y, output) => times(y, whole - z[output]);
    }
  }
}

/** y · x, and 0 where y is 0: what is not asked for costs nothing, even at ∞. */
function times(y: number, x: number): number {
  return y === 0 ? 0 : y * x;
}

function logSumExp(z: ArrayLike<number>): number {
  let most = -Infinity;
  for (let i = 0; i < z.length; i++) most = Math.max(most, z[i]);
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum += Math.exp(z[i] - most);
  return most + Math.log(sum);
}

function shares(z: ArrayLike<number>): Float64Array {
  const whole = logSumExp(z);
  return Float64Array.from(z, (each) => Math.exp(each - whole));
}
