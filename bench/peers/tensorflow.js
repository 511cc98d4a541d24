// TensorFlow.js: tensors of 32 bits, a layer at a time, all examples at once; a chain is one tensor of one number per link.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIGIT, digit, MOONS, moons } from '../dist/engine/data.js';
import { programOf } from '../dist/engine/programs.js';
import { workload } from '../dist/engine/training.js';

// In Node it is a CommonJS module whose exports an import does not see.
const tf = createRequire(import.meta.url)('@tensorflow/tfjs');
const folder = join(
  dirname(fileURLToPath(import.meta.url)),
  'node_modules/@tensorflow/tfjs-backend-wasm/dist/',
);

export async function training(name, backend) {
  setWasmPaths(folder);
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} does not start`);
  await tf.ready();
  const { kind, size } = workload(name);
  if (size > 1000) throw new Error(`a tensor per operation: ${size} of them are not worth waiting for`);
  const { parameters: initial, rate } = programOf(name);
  const sizes = { W1: MOONS.sizes, W2: DIGIT.sizes }[kind];
  const tensors = sizes === undefined ? scalars(initial) : layers(initial, sizes);
  const variables = tensors.map(({ data, shape }) => tf.variable(tf.tensor(data, shape)));
  const lossOf = { W1: moonsLoss, W2: digitLoss, W3: () => chainLoss(size), W4: () => ladderLoss(size) }[
    kind
  ]();
  let last = [];
  return {
    step() {
      tf.dispose(last);
      const { value, grads } = tf.variableGrads(() => lossOf(variables), variables);
      last = variables.map((variable) => grads[variable.name]);
      if (rate !== 0) {
        tf.tidy(() => variables.forEach((p, i) => p.assign(p.sub(last[i].mul(rate)))));
      }
      const [loss] = value.dataSync();
      value.dispose();
      return loss;
    },
    restart: () =>
      tf.tidy(() => tensors.forEach(({ data, shape }, i) => variables[i].assign(tf.tensor(data, shape)))),
    gradient: () => last.flatMap((gradient) => [...gradient.dataSync()]),
  };
}

const scalars = (numbers) => Array.from(numbers, (number) => ({ data: Float32Array.of(number), shape: [] }));

/** A matrix (inputs × units) and a row of biases per layer, from parameters unit by unit. */
function layers(numbers, sizes) {
  let at = 0;
  return sizes.slice(1).flatMap((units, layer) => {
    const width = sizes[layer];
    const [weights, biases] = [new Float32Array(width * units), new Float32Array(units)];
    for (let unit = 0; unit < units; unit++) {
      for (let input = 0; input < width; input++) weights[input * units + unit] = numbers[at++];
      biases[unit] = numbers[at++];
    }
    return [
      { data: weights, shape: [width, units] },
      { data: biases, shape: [1, units] },
    ];
  });
}

function moonsLoss() {
  const { x, y } = moons();
  const points = tf.tensor2d(Float32Array.from(x), [MOONS.examples, 2]);
  const signs = tf.tensor2d(Float32Array.from(y), [MOONS.examples, 1]);
  return (variables) => {
    const [w1, b1, w2, b2, w3, b3] = variables;
    const out = points.matMul(w1).add(b1).relu().matMul(w2).add(b2).relu().matMul(w3).add(b3);
    const decay = tf.addN(variables.map((p) => p.square().sum())).mul(MOONS.decay);
    return tf.scalar(1).sub(signs.mul(out)).relu().mean().add(decay).asScalar();
  };
}

function digitLoss() {
  const { x, wanted } = digit();
  const pixels = tf.tensor2d(Float32Array.from(x), [1, x.length]);
  const target = tf.tensor2d(Float32Array.from(wanted), [1, wanted.length]);
  return ([w1, b1, w2, b2, w3, b3]) => {
    const h2 = pixels.matMul(w1).add(b1).sigmoid().matMul(w2).add(b2).sigmoid();
    return h2.matMul(w3).add(b3).sigmoid().sub(target).square().sum().asScalar();
  };
}

const chainLoss =
  (operations) =>
  ([x0, c, d]) => {
    let x = x0;
    for (let i = 0; i < operations; i += 2) x = x.mul(c).add(d);
    return x.asScalar();
  };

const ladderLoss =
  (rungs) =>
  ([y0, h, k]) => {
    let y = y0;
    for (let i = 0; i < rungs; i++) y = y.mul(h).add(y.mul(k));
    return y.asScalar();
  };
