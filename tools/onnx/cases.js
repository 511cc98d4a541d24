import { BareTape } from '@backflow/engine';
import { ACTIVATIONS, Generator, initialParameters, recordExample } from '@backflow/nn';

const SIZES = [
  [1, 1],
  [2, 16, 16, 1],
  [4, 3, 2, 1],
  [3, 7, 5, 4],
  [10, 40, 10],
];
const BATCH = 8;

/** Networks of every activation of hidden layers and of the last one, of several sizes, with and without biases. */
export function casesOf() {
  const cases = [];
  const hidden = ACTIVATIONS.filter((name) => name !== 'softmax');
  for (const [index, sizes] of SIZES.entries()) {
    for (const activation of sizes.length > 2 ? hidden : ['identity']) {
      for (const output of ACTIVATIONS) {
        for (const bias of [true, false])
          cases.push({ sizes, activation, output, bias, init: 'uniform', seed: index });
      }
    }
  }
  const digits = [784, 16, 16, 10];
  cases.push({
    sizes: digits,
    activation: 'sigmoid',
    output: 'sigmoid',
    bias: true,
    init: 'xavier',
    seed: 7,
  });
  cases.push({ sizes: digits, activation: 'relu', output: 'softmax', bias: true, init: 'he', seed: 8 });
  cases.push({ sizes: digits, activation: 'tanh', output: 'identity', bias: false, init: 'xavier', seed: 9 });
  return cases.map((spec, index) => {
    const generator = new Generator(index);
    const parameters = initialParameters(spec);
    // Biases that are not 0, and inputs that float32 has.
    if (spec.bias) for (let at = 0; at < parameters.length; at++) parameters[at] += 0.1 * generator.normal();
    const inputs = Array.from({ length: BATCH }, () =>
      Array.from({ length: spec.sizes[0] }, () => Math.fround(generator.normal())),
    );
    return { spec, parameters, inputs, name: nameOf(spec) };
  });
}

const nameOf = ({ sizes, activation, output, bias }) =>
  `${sizes.join('-')} ${activation} ${output}${bias ? '' : ' without biases'}`;

const UNIT = 2 ** -24;
/** What an approximation of exp or tanh in float32 may be off, in units of 2⁻²⁴ of numbers up to 1. */
const FUNCTION = 8;

/**
 * What the engine makes of one input, how far rounding to float32 in any order of addition can move it, and whether a sum
 * is so near to the threshold of a step that it may fall on the other side.
 */
export function outputsOf({ spec, parameters }, inputs) {
  const tape = new BareTape();
  const { layers } = recordExample(tape, { network: spec, loss: null }, { parameters, x: inputs });
  const { value } = tape.recordNode();
  let above = inputs;
  let errors = inputs.map(() => 0);
  let onEdge = false;
  for (const [layer, nodes] of layers.entries()) {
    const activation = layer === layers.length - 1 ? spec.output : spec.activation;
    const ofSums = Array.from(nodes.z, (_, unit) => {
      let carried = 0;
      let size = nodes.biases === null ? 0 : Math.abs(value[nodes.biases[unit]]);
      for (const [k, a] of above.entries()) {
        const weight = Math.abs(value[nodes.weights[unit * above.length + k]]);
        carried += weight * errors[k];
        size += weight * Math.abs(a);
      }
      return carried + (above.length + 2) * UNIT * size;
    });
    if (activation === 'step')
      onEdge ||= ofSums.some((error, unit) => Math.abs(value[nodes.z[unit]]) <= error);
    above = Array.from(nodes.a, (node) => value[node]);
    // No activation is steeper than 1, and softmax moves by at most the largest change of its sums.
    const worst = Math.max(...ofSums);
    errors = above.map((a, unit) =>
      activation === 'step'
        ? 0
        : (activation === 'softmax' ? worst : ofSums[unit]) + FUNCTION * UNIT * Math.max(1, Math.abs(a)),
    );
  }
  return { outputs: above, errors, onEdge };
}
