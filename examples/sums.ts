import { affine, expand, mean, record, sum, Tape } from '@backflow/engine';

const tape = new Tape();
const weights = tape.parameters([1, -2, 3, 0.5, 0, -4]); // two units of three
const biases = tape.parameters([0.25, 0.5]);
const pixels = tape.constants([1, 2, 3]); // no nodes, no gradients

const layer = [0, 1].map((i) => affine(weights.slice(3 * i, 3 * i + 3), pixels, biases.at(i)).relu());
const out = sum(layer).mul(mean(layer));
console.log(tape.size, out.data); // 15 19.53125
out.backward();
console.log(biases.grad); // Float64Array(2) [ 6.25, 0 ]

const [unit] = layer[0].prev;
console.log(unit.op, unit.inputs.length); // affine 7
const recording = record(unit);
console.log(recording.count, expand(recording).recording.count); // 5 10
