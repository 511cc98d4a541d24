import { Block, ConstantBlock, getTape, softmax } from '@backflow/engine';
import type { Operands, Tape, Value } from '@backflow/engine';
import { initialParameters } from '../parameters/initial.ts';
import { SpecError } from '../spec/problem.ts';
import type { ActivationName, InitializerName, NetworkSpec } from '../spec/spec.ts';
import { ACTIVATION_OPERATIONS } from './activations.ts';
import { Module } from './module.ts';

/** What a layer or a neuron of its own is made of. */
export interface LayerOptions {
  /** `relu` by default. */
  readonly activation?: ActivationName;
  /** True by default. */
  readonly bias?: boolean;
  /** `he` for `relu` and `leakyRelu`, else `xavier`, by default. */
  readonly init?: InitializerName;
  /** 1 by default. Layers of the same sizes, seed and `init` start alike. */
  readonly seed?: number;
  /** Where it is recorded: the current tape by default. */
  readonly tape?: Tape;
  /** @internal The parameters of a layer that is part of a network. */
  readonly blocks?: LayerBlocks;
}

/** The parameters of a layer. */
export interface LayerBlocks {
  readonly weight: Block;
  readonly bias: Block | null;
}

/** Units side by side, each of which sees all inputs: a = activation(W x + b). */
export class Layer extends Module {
  /** Numbers that every unit sees. */
  readonly inputs: number;
  /** Its outputs. */
  readonly units: number;
  /** What is made of the sums. */
  readonly activation: ActivationName;
  /** Unit j's weight of input k at j · inputs + k. */
  readonly weight: Block;
  /** One per unit; null without biases. */
  readonly bias: Block | null;
  readonly #neurons: readonly Neuron[];

  /** Throws SpecError for a layer that cannot be built. */
  constructor(inputs: number, units: number, options: LayerOptions = {}) {
    super();
    const { activation = 'relu' } = options;
    const { weight, bias } = options.blocks ?? blocksOf(inputs, units, { ...options, activation });
    this.inputs = inputs;
    this.units = units;
    this.activation = activation;
    this.weight = weight;
    this.bias = bias;
    this.#neurons = Array.from({ length: units }, (_, j) => {
      const row = { weight: weight.slice(j * inputs, (j + 1) * inputs), bias: bias && bias.slice(j, j + 1) };
      return new Neuron(inputs, { activation, blocks: row });
    });
  }

  /** Its units. Their parameters are parts of the layer's. */
  get neurons(): readonly Neuron[] {
    return this.#neurons;
  }

  /** One Value per unit. Throws SpecError for another number of inputs. */
  forward(x: Operands): Value[] {
    const inputs = operandsOf(this.weight.tape, x, this.inputs);
    const sums = this.#neurons.map((neuron) => neuron.sum(inputs));
    return this.activation === 'softmax' ? softmax(sums) : sums.map((sum) => activated(this.activation, sum));
  }
}

/** One unit: a = activation(w·x + b). */
export class Neuron extends Module {
  /** What is made of the sum. */
  readonly activation: ActivationName;
  /** One per input. */
  readonly weight: Block;
  /** One leaf; null without bias. */
  readonly bias: Block | null;
  readonly #bias: Value | null;

  /** Throws SpecError for a neuron that cannot be built. */
  constructor(inputs: number, options: LayerOptions = {}) {
    super();
    const { activation = 'relu' } = options;
    const { weight, bias } = options.blocks ?? blocksOf(inputs, 1, { ...options, activation });
    this.activation = activation;
    this.weight = weight;
    this.bias = bias;
    this.#bias = bias && bias.at(0);
  }

  /** z = w·x + b, one node. Throws SpecError for another number of inputs. */
  sum(x: Operands): Value {
    const { weight } = this;
    const inputs = operandsOf(weight.tape, x, weight.length);
    return this.#bias === null
      ? weight.tape.dot(weight, inputs)
      : weight.tape.affine(weight, inputs, this.#bias);
  }

  /** What the activation makes of the sum; a softmax of one unit alone is 1. */
  forward(x: Operands): Value {
    const sum = this.sum(x);
    return this.activation === 'softmax' ? softmax([sum])[0] : activated(this.activation, sum);
  }
}

function activated(activation: ActivationName, sum: Value): Value {
  const operation = ACTIVATION_OPERATIONS[activation];
  return operation === null ? sum : sum.tape.apply(operation, sum);
}

/** Numbers as one block of constants, which all units share; what holds Values as it is. */
function operandsOf(tape: Tape, x: Operands, length: number): Operands {
  if (typeof x !== 'object' || x?.length !== length) {
    throw new SpecError('x', x, `a list of ${length} numbers or Values`);
  }
  if (x instanceof Block || x instanceof ConstantBlock) return x;
  for (let k = 0; k < length; k++) if (typeof x[k] !== 'number') return x;
  return tape.constants(x as ArrayLike<number>);
}

function blocksOf(
  inputs: number,
  units: number,
  options: LayerOptions & { activation: ActivationName },
): LayerBlocks {
  const { activation, bias = true, seed = 1, tape = getTape() } = options;
  const { init = activation === 'relu' || activation === 'leakyRelu' ? 'he' : 'xavier' } = options;
  const spec: NetworkSpec = { sizes: [inputs, units], activation, output: activation, bias, init, seed };
  const block = tape.parameters(initialParameters(spec));
  const weights = inputs * units;
  return { weight: block.slice(0, weights), bias: bias ? block.slice(weights) : null };
}
