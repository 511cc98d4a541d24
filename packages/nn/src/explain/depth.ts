import { initialParameters } from '../parameters/initial.ts';
import { Generator } from '../random/generator.ts';
import type { ActivationName, InitializerName, LossSpec, NetworkSpec } from '../spec/spec.ts';
import { passOf } from './pass.ts';
import { chainCause, chainVerdict, steepest } from './sizes.ts';
import type { ChainLayer, GradientCause, GradientVerdict } from './sizes.ts';

/** A network that is deep and nothing else. */
export interface DepthSpec {
  /** Hidden layers, each with the activation. */
  readonly depth: number;
  /** Inputs, and units of each hidden layer; the last layer is one unit without activation. */
  readonly width: number;
  readonly activation: ActivationName;
  readonly init: InitializerName;
  readonly seed: number;
}

/** What the gradient does in a network that is deep. */
export interface DepthResult {
  readonly spec: NetworkSpec;
  /** Hidden layers, then the last one. */
  readonly chain: readonly ChainLayer[];
  readonly verdict: GradientVerdict;
  /** Of the verdict; null where there is nothing to explain. */
  readonly cause: GradientCause | null;
  /** Size of ∂C/∂z in the first layer next to that in the last. */
  readonly ratio: number;
  /** The part of it that is slopes: the product of their RMS over the hidden layers. */
  readonly slopes: number;
  /** The part of it that is weights. */
  readonly weights: number;
  /** What the product of slopes can be at most: 0.25^depth for sigmoid, 1 for tanh and ReLU. */
  readonly bound: number;
}

const SQUARED: LossSpec = { name: 'squared', l1: 0, l2: 0 };

/** One example, drawn from the seed, through a network with the weights of that seed, before any training. */
export function depthExperiment({ depth, width, activation, init, seed }: DepthSpec): DepthResult {
  const hidden = Array.from({ length: depth }, () => width);
  const spec: NetworkSpec = {
    sizes: [width, ...hidden, 1],
    activation,
    output: 'identity',
    bias: true,
    init,
    seed,
  };
  const generator = new Generator(seed).fork(1);
  const x = Float64Array.from({ length: width }, () => generator.normal());
  const { chain } = passOf(spec, SQUARED, initialParameters(spec), x, [1]);
  const product = (of: (layer: ChainLayer) => number): number =>
    chain.slice(0, -1).reduce((all, layer) => all * of(layer), 1);
  return {
    spec,
    chain,
    verdict: chainVerdict(chain),
    cause: chainCause(chain),
    ratio: chain[0].gradients.rms / chain[depth].gradients.rms,
    slopes: product(({ slopeFactor }) => slopeFactor),
    weights: product(({ weightFactor }) => weightFactor),
    bound: steepest(activation) ** depth,
  };
}
