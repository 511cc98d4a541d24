// The networks as somebody writes them who knows the engine: parameters in blocks, one node per unit.
import { Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { DIGIT, digit, initialParameters, MOONS, moons } from './data.ts';
import type { Block, BlockTape } from './future.ts';
import type { Training } from './training.ts';

interface Unit {
  readonly weights: Block;
  readonly bias: Value;
}

/** A network on a tape, with all its parameters in one block. */
export interface BlockProgram {
  readonly tape: BlockTape;
  readonly parameters: Block;
  readonly rate: number;
  readonly loss: () => Value;
}

export function blockProgram(kind: 'W1' | 'W2'): BlockProgram {
  const tape = new Tape() as unknown as BlockTape;
  const { sizes, rate } = kind === 'W1' ? MOONS : DIGIT;
  const parameters = tape.parameters(initialParameters(kind === 'W1' ? MOONS : DIGIT));
  const network = networkOf(parameters, sizes);
  const loss = kind === 'W1' ? moonsLoss(tape, parameters, network) : digitLoss(tape, network);
  return { tape, parameters, rate, loss };
}

/** Records every step anew, sweeps back through it, and forgets it. */
export function nary(kind: 'W1' | 'W2'): Training {
  const { tape, parameters, rate, loss: lossOf } = blockProgram(kind);
  const start = tape.mark();
  const initial = parameters.data.slice();
  return {
    step() {
      const loss = lossOf();
      parameters.zeroGrad();
      loss.backward();
      const { data, grad } = parameters;
      for (let i = 0; i < data.length; i++) data[i] -= rate * grad[i];
      const result = loss.data;
      tape.reset(start);
      return result;
    },
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

function moonsLoss(tape: BlockTape, parameters: Block, [first, second, [last]]: Unit[][]): () => Value {
  const { x, y } = moons();
  return () => {
    const losses: Value[] = [];
    for (let i = 0; i < y.length; i++) {
      const point = tape.constants(x.subarray(2 * i, 2 * i + 2));
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

function digitLoss(tape: BlockTape, [first, second, last]: Unit[][]): () => Value {
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
