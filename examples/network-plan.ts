import { compile, Tape } from '@backflow/engine';
import {
  Adam,
  encodeTarget,
  generate,
  initialParameters,
  inputInto,
  networkOf,
  recordExample,
} from '@backflow/nn';
import type { LossSpec } from '@backflow/nn';

const data = generate({ kind: 'camera', count: 40, noise: 0.1, seed: 1, validation: 0 });
const network = networkOf([4, 6, 4], { activation: 'tanh', seed: 1 });
const loss: LossSpec = { name: 'crossEntropy', l1: 0, l2: 0 };
const [x, y] = [new Float64Array(4), new Float64Array(4)];

// Recorded once, with every weight, input and target as a leaf.
const tape = new Tape();
const nodes = recordExample(tape, { network, loss }, { parameters: initialParameters(network), x, y });
const leaves = (of: Int32Array) => Array.from(of, (node) => tape.at(node));
const plan = compile(tape.at(nodes.loss), leaves(nodes.parameters), {
  data: [...leaves(nodes.inputs), ...leaves(nodes.targets)],
  engine: 'javascript',
});
console.log(tape.at(nodes.layers[1].z[2]).op, tape.at(nodes.layers[1].z[2]).label); // affine z^{(2)}_{2}

// Replayed for every example.
const optimizer = new Adam();
for (let epoch = 0; epoch <= 100; epoch++) {
  const gradient = new Float64Array(plan.inputs.length);
  let total = 0;
  for (let i = 0; i < data.size; i++) {
    inputInto(data, i, x);
    encodeTarget(network, loss, data, i, y);
    plan.data.set(x);
    plan.data.set(y, x.length);
    total += plan.run();
    for (let p = 0; p < gradient.length; p++) gradient[p] += plan.gradient[p] / data.size;
  }
  if (epoch % 50 === 0) console.log(epoch, (total / data.size).toFixed(3));
  optimizer.step(plan.inputs, gradient, 0.05);
}
// 0 1.523
// 50 0.046
// 100 0.014
