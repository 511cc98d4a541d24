import {
  confidences,
  inputInto,
  layoutOf,
  predictedClass,
  type Dataset,
  type LayerLayout,
  type LossSpec,
  type NetworkSpec,
} from '@backflow/nn';

/**
 * A plain forward pass over numbers, for pictures of thousands of inputs; the run has the same numbers for its example.
 * The arrays that it gives are written over by the next pass.
 */
export class Response {
  readonly network: NetworkSpec;
  /** The activations of each layer, from the first hidden one. */
  readonly layers: readonly Float64Array[];
  readonly #parameters: Float64Array;
  readonly #layout: readonly LayerLayout[];

  constructor(network: NetworkSpec, parameters: Float64Array) {
    this.network = network;
    this.#parameters = parameters;
    this.#layout = layoutOf(network);
    this.layers = this.#layout.map(({ units }) => new Float64Array(units));
  }

  /** The outputs for an input. */
  of(x: ArrayLike<number>): Float64Array {
    const weight = this.#parameters;
    let from = x;
    this.#layout.forEach(({ inputs, units, weights, biases }, at) => {
      const to = this.layers[at];
      for (let j = 0; j < units; j++) {
        let sum = biases < 0 ? 0 : weight[biases + j];
        const row = weights + j * inputs;
        for (let k = 0; k < inputs; k++) sum += weight[row + k] * from[k];
        to[j] = sum;
      }
      activate(at === this.#layout.length - 1 ? this.network.output : this.network.activation, to);
      from = to;
    });
    return this.layers[this.layers.length - 1];
  }
}

function activate(name: NetworkSpec['activation'], z: Float64Array): void {
  switch (name) {
    case 'identity':
      return;
    case 'step':
      return each(z, (v) => (v >= 0 ? 1 : 0));
    case 'sigmoid':
      return each(z, (v) => 1 / (1 + Math.exp(-v)));
    case 'tanh':
      return each(z, Math.tanh);
    case 'relu':
      return each(z, (v) => (v > 0 ? v : 0));
    case 'leakyRelu':
      return each(z, (v) => (v > 0 ? v : 0.01 * v));
    case 'softmax': {
      const top = Math.max(...z);
      let sum = 0;
      for (let c = 0; c < z.length; c++) sum += z[c] = Math.exp(z[c] - top);
      return each(z, (v) => v / sum);
    }
  }
}

function each(z: Float64Array, of: (v: number) => number): void {
  for (let j = 0; j < z.length; j++) z[j] = of(z[j]);
}

/** What a network answers to one input. */
export interface Verdict {
  readonly class: number;
  /** From 0 to 1. */
  readonly confidence: number;
}

export function verdictOf(network: NetworkSpec, loss: LossSpec, outputs: Float64Array): Verdict {
  const chosen = predictedClass(network, loss, outputs);
  return { class: chosen, confidence: confidences(network, loss, outputs)[chosen] };
}

/** Whether a loss or its output makes probabilities; else sureness is how far an output has come to what is wanted of it. */
export function areShares({ output }: NetworkSpec, { name }: LossSpec): boolean {
  if (['crossEntropy', 'binaryCrossEntropy', 'binaryCrossEntropyWithLogits'].includes(name)) return true;
  return name !== 'hinge' && (output === 'sigmoid' || output === 'softmax');
}

/** The answers to all examples. */
export interface Answers {
  /** Per example: its predicted class and how sure it is; for regression the first output, and its error. */
  readonly answer: Float64Array;
  readonly certainty: Float64Array;
}

/** Takes the time it needs in stretches, so that the page stays at hand; ends early where `gone()`. */
export async function answersOf(
  network: NetworkSpec,
  loss: LossSpec,
  parameters: Float64Array,
  dataset: Dataset,
  gone: () => boolean,
): Promise<Answers | null> {
  const response = new Response(network, parameters);
  const { size, inputs, task, y, targets } = dataset;
  const answer = new Float64Array(size);
  const certainty = new Float64Array(size);
  const x = new Float64Array(inputs);
  let until = performance.now() + STRETCH_MS;
  for (let i = 0; i < size; i++) {
    inputInto(dataset, i, x);
    const outputs = response.of(x);
    if (task === 'classification') {
      const verdict = verdictOf(network, loss, outputs);
      answer[i] = verdict.class;
      certainty[i] = verdict.confidence;
    } else {
      answer[i] = outputs[0];
      certainty[i] = outputs[0] - y[i * targets];
    }
    if (performance.now() < until) continue;
    await new Promise((done) => setTimeout(done));
    if (gone()) return null;
    until = performance.now() + STRETCH_MS;
  }
  return gone() ? null : { answer, certainty };
}

const STRETCH_MS = 10;
