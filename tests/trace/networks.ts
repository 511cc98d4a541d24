import { Tape } from '@backflow/engine';
import type { Recording, Value } from '@backflow/engine';
import { randomNumbers } from '../engine/random-program.ts';

/** a, then each next stage the sum of the one before with itself. */
export function doubling(stages: number): Recording {
  const tape = new Tape();
  let last: Value = tape.leaf(1, 'a');
  for (let stage = 0; stage < stages; stage++) last = last.add(last);
  return tape.record(last);
}

/** x, then each next stage the negative of the one before: one path. */
export function chain(stages: number): Recording {
  const tape = new Tape();
  let last: Value = tape.leaf(1, 'x');
  for (let stage = 0; stage < stages; stage++) last = last.neg();
  return tape.record(last);
}

/** f₀, f₁, then each next number the sum of the two before. */
export function fibonacci(stages: number): Recording {
  const tape = new Tape();
  let [before, last]: Value[] = [tape.leaf(1, 'f0'), tape.leaf(1, 'f1')];
  for (let stage = 0; stage < stages; stage++) [before, last] = [last, before.add(last)];
  return tape.record(last);
}

/**
 * A network of fully connected layers with tanh, and the squared errors of its outputs, summed.
 * Every sum adds two at a time; weights, biases, inputs and targets are leaves; an error is squared by a power with a
 * constant exponent, or multiplied by itself.
 */
export function network(sizes: readonly number[], square: 'power' | 'product' = 'power'): Recording {
  const random = randomNumbers(1);
  const tape = new Tape();
  const leaf = (): Value => tape.leaf(random() - 0.5);
  const layer = (inputs: readonly Value[], size: number): Value[] =>
    Array.from({ length: size }, () =>
      inputs
        .map((input) => input.mul(leaf()))
        .reduce((sum, product) => sum.add(product))
        .add(leaf())
        .tanh(),
    );
  const inputs = Array.from({ length: sizes[0] }, leaf);
  const outputs = sizes.slice(1).reduce(layer, inputs);
  const errors = outputs.map((output) => output.sub(leaf()));
  const squares = errors.map((error) => (square === 'power' ? error.pow(2) : error.mul(error)));
  return tape.record(squares.reduce((sum, term) => sum.add(term)));
}
