import { BareTape, backward, partialsOf } from '@backflow/engine';
import { recordExample } from '../record.ts';
import type { LossSpec, NetworkSpec } from '../spec/spec.ts';
import { chainOf, sizesOf } from './sizes.ts';
import type { ChainLayer } from './sizes.ts';

/** One layer of a network for one example, forward and backward. */
export interface PassLayer {
  /** The activations before: the inputs, for the first layer. */
  readonly inputs: Float64Array;
  /** Unit j's weight of input k at j · inputs + k. */
  readonly weights: Float64Array;
  readonly biases: Float64Array | null;
  readonly z: Float64Array;
  readonly a: Float64Array;
  /** ∂a/∂z of each unit by its own sum. */
  readonly slopes: Float64Array;
  /** ∂C/∂z. */
  readonly sumGradients: Float64Array;
  /** ∂C/∂a; 0 for a last layer whose loss reads z. */
  readonly activationGradients: Float64Array;
  /** ∂C/∂w, like `weights`. */
  readonly weightGradients: Float64Array;
}

/** A network for one example, forward and backward. */
export interface ExamplePass {
  /** Without penalty. */
  readonly cost: number;
  readonly layers: readonly PassLayer[];
  /** ∂C/∂a of the inputs: what the example's own numbers would have to do. */
  readonly inputGradients: Float64Array;
  readonly chain: readonly ChainLayer[];
}

/** A network and its cost for one example, recorded and swept; `y` as the loss takes it. */
export function passOf(
  network: NetworkSpec,
  loss: LossSpec,
  parameters: ArrayLike<number>,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): ExamplePass {
  const tape = new BareTape();
  const nodes = recordExample(tape, { network, loss: { ...loss, l1: 0, l2: 0 } }, { parameters, x, y });
  const recording = tape.recordNode(nodes.error);
  const gradient = backward(recording);
  const valuesOf = (list: Int32Array): Float64Array =>
    Float64Array.from(list, (node) => recording.value[node]);
  const gradientsOf = (list: Int32Array): Float64Array => Float64Array.from(list, (node) => gradient[node]);
  const layers = nodes.layers.map(({ weights, biases, z, a }, layer): PassLayer => {
    const before = layer === 0 ? nodes.inputs : nodes.layers[layer - 1].a;
    return {
      inputs: valuesOf(before),
      weights: valuesOf(weights),
      biases: biases === null ? null : valuesOf(biases),
      z: valuesOf(z),
      a: valuesOf(a),
      // A sum of its own comes first among the inputs of its activation, that of softmax too.
      slopes: Float64Array.from(a, (node, j) => (node === z[j] ? 1 : partialsOf(recording, node)[0])),
      sumGradients: gradientsOf(z),
      activationGradients: gradientsOf(a),
      weightGradients: gradientsOf(weights),
    };
  });
  return {
    cost: recording.value[nodes.error],
    layers,
    inputGradients: gradientsOf(nodes.inputs),
    chain: chainOf(
      layers.map((layer) => ({
        weights: sizesOf(layer.weights),
        weightGradients: sizesOf(layer.weightGradients),
        gradients: sizesOf(layer.sumGradients),
        slopes: sizesOf(layer.slopes),
      })),
    ),
  };
}
