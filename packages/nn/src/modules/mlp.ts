import { getTape } from '@backflow/engine';
import type { Block, Operands, Tape, Value } from '@backflow/engine';
import { initialParameters } from '../parameters/initial.ts';
import { checkNetwork } from '../spec/check.ts';
import { layoutOf, parameterCount, parameterName } from '../spec/layout.ts';
import { SpecError } from '../spec/problem.ts';
import type { ActivationName, InitializerName, NetworkSpec } from '../spec/spec.ts';
import { Layer } from './layer.ts';
import { Module } from './module.ts';

/** What a network is made of, where that is not the default. */
export interface MLPOptions {
  /** Of hidden layers; `relu` by default. */
  readonly activation?: ActivationName;
  /** Of the last layer; `identity` by default. */
  readonly output?: ActivationName;
  /** True by default. */
  readonly bias?: boolean;
  /** `he` for `relu` and `leakyRelu`, else `xavier`, by default. */
  readonly init?: InitializerName;
  /** 1 by default. */
  readonly seed?: number;
}

/** Where a network lives, and what it starts with. */
export interface Placement {
  /** Where its parameters and all that it computes are recorded: the current tape by default. */
  readonly tape?: Tape;
  /** Numbers in the order of `layoutOf`, in place of those that `init` draws. */
  readonly parameters?: ArrayLike<number>;
}

/** The network of some sizes, with defaults for what is not said. Throws SpecError for one that cannot be built. */
export function networkOf(sizes: readonly number[], options: MLPOptions = {}): NetworkSpec {
  const { activation = 'relu', output = 'identity', bias = true, seed = 1 } = options;
  const { init = activation === 'relu' || activation === 'leakyRelu' ? 'he' : 'xavier' } = options;
  const spec = { sizes, activation, output, bias, init, seed };
  checkNetwork(spec);
  return { ...spec, sizes: [...sizes] };
}

/**
 * A multi-layer perceptron whose parameters are Values:
 *
 *     const net = new MLP([2, 16, 16, 1], { activation: 'tanh', seed: 7 });
 *     const [out] = net.forward([0.5, -1]);
 *     out.backward();
 *     net.layers[0].neurons[3].weight.grad;
 *
 * Parameters are named as in formulas, `w^{(1)}_{3,0}`. What `forward` records has the bits of `recordNetwork`, which in addition
 * names and groups the nodes.
 */
export class MLP extends Module {
  /** What it was made of. */
  readonly spec: NetworkSpec;
  /** From the first that computes, the one behind the inputs, to the last. */
  readonly layers: readonly Layer[];
  readonly #block: Block;

  /** Throws SpecError for a network that cannot be built. */
  constructor(network: readonly number[] | NetworkSpec, options: MLPOptions & Placement = {}) {
    super();
    const given = typeof network === 'object' && network !== null && 'sizes' in network ? network : null;
    const sizes = given === null ? (network as readonly number[]) : given.sizes;
    const spec = networkOf(sizes, { ...given, ...options });
    const { tape = getTape(), parameters = initialParameters(spec) } = options;
    const count = parameterCount(spec);
    if (parameters.length !== count) throw new SpecError('parameters', parameters, `a list of ${count}`);
    const block = tape.parameters(parameters, { label: (i) => parameterName(spec, i) });
    this.spec = spec;
    this.#block = block;
    this.layers = layoutOf(spec).map(({ inputs, units, weights, biases }, l) => {
      const activation = l === sizes.length - 2 ? spec.output : spec.activation;
      const weight = block.slice(weights, weights + units * inputs);
      return new Layer(inputs, units, {
        activation,
        blocks: { weight, bias: biases < 0 ? null : block.slice(biases, biases + units) },
      });
    });
  }

  /** All parameters as one block, in the order of `layoutOf`. */
  get block(): Block {
    return this.#block;
  }

  /** The outputs for one input: as many numbers or Values as the network has inputs. Throws SpecError for another number. */
  forward(x: Operands): Value[] {
    let values: Operands = x;
    for (const layer of this.layers) values = layer.forward(values);
    return values as Value[];
  }
}
