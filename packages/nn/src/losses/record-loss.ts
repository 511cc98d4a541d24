import type { BareTape } from '@backflow/engine';
import { SpecError } from '../spec/problem.ts';
import type { LossName } from '../spec/spec.ts';

/**
 * Records what one example costs, and returns the node. `outputs` and `targets` are entries of a tape, one target per output;
 * the outputs are a of the last layer, but z for `crossEntropy` and `binaryCrossEntropyWithLogits`. Targets of `crossEntropy` are
 * the wanted share of each class, 1 for the right one and 0 for all others.
 */
export function recordLoss(
  tape: BareTape,
  loss: LossName,
  outputs: readonly number[],
  targets: readonly number[],
): number {
  if (outputs.length === 0 || outputs.length !== targets.length) {
    throw new SpecError('targets', targets, `${outputs.length}, one for each output`);
  }
  if (loss === 'crossEntropy') {
    // −Σ y (z − ln Σ eᶻ), where the y add up to 1.
    const all = tape.applyTo('logsumexp', outputs);
    const right = tape.applyTo(
      'dot',
      outputs.flatMap((z, c) => [targets[c], z]),
    );
    return tape.applyTo('sub', [all, right]);
  }
  const terms = outputs.map((a, c) => TERMS[loss](tape, a, targets[c]));
  if (terms.length === 1) return terms[0];
  return tape.applyTo(loss === 'meanSquared' ? 'mean' : 'sum', terms);
}

type Term = (tape: BareTape, a: number, y: number) => number;

const squared: Term = (tape, a, y) => tape.applyTo('pow', [tape.applyTo('sub', [a, y]), tape.constant(2)]);

/** What one output costs. */
const TERMS: Readonly<Record<Exclude<LossName, 'crossEntropy'>, Term>> = {
  squared,
  meanSquared: squared,
  absolute: (tape, a, y) => tape.applyTo('abs', [tape.applyTo('sub', [a, y])]),
  hinge: (tape, a, y) =>
    tape.applyTo('relu', [tape.applyTo('sub', [tape.constant(1), tape.applyTo('mul', [y, a])])]),
  // 0 · ln 0 is 0 here, as of what is certain and right nothing is lost; IEEE 754 alone would say NaN.
  binaryCrossEntropy: (tape, a, y) => {
    const share = (of: number, p: number): number => {
      const product = (): number => tape.applyTo('mul', [of, tape.applyTo('log', [p])]);
      const term = tape.numberOf(of) === 0 ? tape.skip(product) : product();
      return tape.applyTo('where', [of, term, tape.constant(0)]);
    };
    const yes = share(y, a);
    const no = share(tape.applyTo('sub', [tape.constant(1), y]), tape.applyTo('sub', [tape.constant(1), a]));
    return tape.applyTo('neg', [tape.applyTo('add', [yes, no])]);
  },
  // −y ln σ(z) − (1 − y) ln(1 − σ(z)), in which no σ is rounded to 0 or 1.
  binaryCrossEntropyWithLogits: (tape, z, y) =>
    tape.applyTo('sub', [tape.applyTo('softplus', [z]), tape.applyTo('mul', [y, z])]),
};
