// The networks as somebody writes them who knows the engine: parameters in blocks, one node per unit.
import { Tape } from '@backflow/engine';
import type { Block, Value } from '@backflow/engine';
import { DIGIT, digit, initialParameters, MOONS, moons } from './data.ts';
import type { Training } from './training.ts';

interface Unit {
  readonly weights: Block;
  readonly bias: Value;
}

/** A network on a tape, with all its parameters in one block. */
interface BlockProgram {
  readonly tape: Tape;
  readonly parameters: Block;
  readonly rate: number;
  readonly loss: () => Value;
}

export function blockProgram(kind: 'W1' | 'W2'): BlockProgram {
  const tape = new Tape();
  const { sizes, rate } = kind === 'W1' ? MOONS : DIGIT;
  const parameters = tape.parameters(initialParameters(kind === 'W1' ? MOONS : DIGIT));
  const network = networkOf(parameters, sizes);
  const loss = kind === 'W1' ? moonsLoss(tape, parameters, network) : digitLoss(tape, network);
  return { tape, parameters, rate, loss };
}

/** Records every step anew, sweeps back through it, and forgets it. */
export function nary(kind: 'W1' | 'W2'): Training {
  const { tape, parameters, rate, loss: lossOf } = blockProgram(kind);
  const initial = parameters.data.slice();
  return {
    step: () =>
      tape.scope(() => {
        const loss = lossOf();
        parameters.zeroGrad();
        loss.backward();
        const { data, grad } = parameters;
        for (let i = 0; i < data.length; i++) data[i] -= rate * grad[i];
        return loss.data;
      }),
    restart: () => parameters.data.set(initial),
    gradient: () => parameters.grad,
  };
}

function networkOf(parameters: Block, sizes: readonly number[]): Unit[][] {
  let at = 0;
  return sizes.slice(1).map((units, layer) =>
    Array.from({ length: units }, () => {
      const end = at + sizes[layer];
      const unit = { weights: parameters.slice(at, end), bias: parameters.at(end) };
      at = end + 1;
      return unit;
    }),
  );
}

function moonsLoss(tape: Tape, parameters: Block, [first, second, [last]]: Unit[][]): () => Value {
  const { x, y } = moons();
  // All of them are in every step: they stay on the tape, like the parameters.
  const points = Array.from(y, (_, i) => tape.constants(x.subarray(2 * i, 2 * i + 2)));
  return () => {
    const losses: Value[] = [];
    for (let i = 0; i < y.length; i++) {
      const point = points[i];
      const h1 = first.map(({ weights, bias }) => tape.affine(weights, point, bias).relu());
      const h2 = second.map(({ weights, bias }) => tape.affine(weights, h1, bias).relu());
      losses.push(tape.affine(last.weights, h2, last.bias).mul(-y[i]).add(1).relu());
    }
    const decay = tape.dot(parameters, parameters).mul(MOONS.decay);
    return tape
      .sum(losses)
      .mul(1 / y.length)
      .add(decay);
  };
}

function digitLoss(tape: Tape, [first, second, last]: Unit[][]): () => Value {
  const { x, wanted } = digit();
  return () => {
    const pixels = tape.constants(x);
    const h1 = first.map(({ weights, bias }) => tape.affine(weights, pixels, bias).sigmoid());
    const h2 = second.map(({ weights, bias }) => tape.affine(weights, h1, bias).sigmoid());
    const misses = last.map(({ weights, bias }, i) =>
      tape.affine(weights, h2, bias).sigmoid().sub(wanted[i]),
    );
    return tape.dot(misses, misses);
  };
}
