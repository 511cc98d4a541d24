import { absoluteBackward, backward, compile, expand, forward, Tape } from '@backflow/engine';
import { Generator, initialParameters, layoutOf, recordExample } from '@backflow/nn';
import type { ActivationName, LossName, NetworkSpec } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

interface Pass {
  readonly loss: number;
  readonly gradient: Float64Array;
}

const SLOPES: Partial<Record<ActivationName, (a: number) => number>> = {
  identity: () => 1,
  sigmoid: (a) => a * (1 - a),
  tanh: (a) => 1 - a * a,
  relu: (a) => (a > 0 ? 1 : 0),
};

const VALUES: Partial<Record<ActivationName, (z: number) => number>> = {
  identity: (z) => z,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
};

/** The four equations of backpropagation as loops, which know of no graph. */
function byHand(
  spec: NetworkSpec,
  loss: LossName,
  parameters: Float64Array,
  x: readonly number[],
  y: readonly number[],
): Pass {
  const layers = layoutOf(spec);
  const outputs: (readonly number[])[] = [x];
  for (const [l, { inputs, units, weights, biases }] of layers.entries()) {
    const name = l === layers.length - 1 ? spec.output : spec.activation;
    const a: number[] = [];
    for (let j = 0; j < units; j++) {
      let z = biases < 0 ? 0 : parameters[biases + j];
      for (let k = 0; k < inputs; k++) z += parameters[weights + j * inputs + k] * outputs[l][k];
      a.push(VALUES[name]!(z));
    }
    outputs.push(a);
  }

  const last = outputs[layers.length];
  let cost = 0;
  let delta: number[];
  if (loss === 'squared') {
    for (const [c, a] of last.entries()) cost += (a - y[c]) ** 2;
    delta = last.map((a, c) => 2 * (a - y[c]) * SLOPES[spec.output]!(a));
  } else {
    const shares = last.map((z) => Math.exp(z));
    const total = shares.reduce((sum, each) => sum + each, 0);
    for (const [c, share] of shares.entries()) cost -= y[c] * Math.log(share / total);
    delta = shares.map((share, c) => share / total - y[c]);
  }

  const gradient = new Float64Array(parameters.length);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inputs, units, weights, biases } = layers[l];
    const below = Array.from({ length: inputs }, () => 0);
    for (let j = 0; j < units; j++) {
      if (biases >= 0) gradient[biases + j] = delta[j];
      for (let k = 0; k < inputs; k++) {
        gradient[weights + j * inputs + k] = delta[j] * outputs[l][k];
        below[k] += parameters[weights + j * inputs + k] * delta[j];
      }
    }
    if (l > 0) delta = below.map((sum, k) => sum * SLOPES[spec.activation]!(outputs[l][k]));
  }
  return { loss: cost, gradient };
}

const NETWORKS: readonly [name: string, spec: NetworkSpec, loss: LossName][] = [
  [
    '784-16-16-10 of sigmoids',
    {
      sizes: [784, 16, 16, 10],
      activation: 'sigmoid',
      output: 'sigmoid',
      bias: true,
      init: 'xavier',
      seed: 3,
    },
    'squared',
  ],
  [
    '784-16-16-10 of ReLUs',
    { sizes: [784, 16, 16, 10], activation: 'relu', output: 'identity', bias: true, init: 'he', seed: 4 },
    'crossEntropy',
  ],
  [
    '4-3-2-1 without biases',
    { sizes: [4, 3, 2, 1], activation: 'tanh', output: 'tanh', bias: false, init: 'uniform', seed: 5 },
    'squared',
  ],
];

describe.each(NETWORKS)('%s', (_, network, loss) => {
  const generator = new Generator(17);
  const parameters = initialParameters(network).map((w) => w + 0.01 * generator.normal());
  const x = Array.from({ length: network.sizes[0] }, () => Math.max(0, generator.uniform() - 0.3));
  const outputs = network.sizes.at(-1)!;
  const y = Array.from({ length: outputs }, (_, c) => (c === outputs >> 1 ? 1 : 0));

  const tape = new Tape();
  const nodes = recordExample(tape, { network, loss: { name: loss, l1: 0, l2: 0 } }, { parameters, x, y });
  const recording = tape.recordNode(nodes.loss);
  const expected = byHand(network, loss, parameters, x, y);
  const paths = absoluteBackward(recording, nodes.loss);
  const gradient = backward(recording);
  const plan = (engine: 'javascript' | 'wasm') =>
    compile(
      tape.at(nodes.loss),
      Array.from(nodes.parameters, (node) => tape.at(node)),
      { engine },
    );
  // Forward mode and differences take a pass for each parameter.
  const sampled = Array.from({ length: 12 }, () => generator.below(parameters.length));

  it('has the loss of loops written by hand', () => {
    expect(Math.abs(recording.value[nodes.loss] - expected.loss)).toBeLessThan(1e-13);
  });

  it('has every gradient of loops written by hand', () => {
    expect(nodes.parameters.length).toBe(parameters.length);
    const bad = expected.gradient.findIndex((g, i) => {
      const node = nodes.parameters[i];
      return !(Math.abs(gradient[node] - g) <= 1e-12 * paths[node]);
    });
    expect(bad).toBe(-1);
    expect(expected.gradient.filter((g) => g !== 0).length).toBeGreaterThan(parameters.length / 8);
  });

  it.each(['javascript', 'wasm'] as const)('has them replayed by %s', (engine) => {
    const replayed = plan(engine);
    expect(Math.abs(replayed.run() - expected.loss)).toBeLessThan(1e-13);
    const bad = expected.gradient.findIndex(
      (g, i) => !(Math.abs(replayed.gradient[i] - g) <= 1e-12 * paths[nodes.parameters[i]]),
    );
    expect(bad).toBe(-1);
  });

  it('has the same bits when every sum is opened down to single products', () => {
    const opened = expand(recording);
    const products = layoutOf(network).reduce((sum, { inputs, units }) => sum + inputs * units, 0);
    expect(opened.recording.count).toBeGreaterThan(recording.count + products);
    const inside = backward(opened.recording);
    const places = new Int32Array(recording.count);
    opened.origin.forEach((node, at) => (places[node] = at));
    expect(opened.recording.value[opened.recording.output]).toBe(recording.value[nodes.loss]);
    const differing = nodes.parameters.findIndex((node) => inside[places[node]] !== gradient[node]);
    expect(differing).toBe(-1);
  });

  it('agrees with forward mode', () => {
    for (const i of sampled) {
      const direction = new Float64Array(recording.count);
      direction[nodes.parameters[i]] = 1;
      const tangent = forward(recording, direction)[nodes.loss];
      const miss = Math.abs(tangent - gradient[nodes.parameters[i]]);
      expect(miss).toBeLessThanOrEqual(1e-12 * paths[nodes.parameters[i]]);
    }
  });

  it('agrees with finite differences', () => {
    const replayed = plan('javascript');
    const lossAt = (i: number, step: number): number => {
      replayed.inputs[i] = parameters[i] + step;
      const found = replayed.evaluate();
      replayed.inputs[i] = parameters[i];
      return found;
    };
    const h = 1e-3;
    for (const i of sampled) {
      // Central differences with h and 2h leave a term of h⁴, and rounding 10⁻¹⁶ / h.
      const near = (lossAt(i, h) - lossAt(i, -h)) / (2 * h);
      const far = (lossAt(i, 2 * h) - lossAt(i, -2 * h)) / (4 * h);
      expect(Math.abs((4 * near - far) / 3 - gradient[nodes.parameters[i]])).toBeLessThan(1e-9);
    }
  });
});
