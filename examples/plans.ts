import { compile, Tape } from '@backflow/engine';

const tape = new Tape();
const w = tape.parameters([2, 3]);
const x = tape.parameters([1, 1]);
const sum = tape.dot(w, x);
const product = w.at(0).mul(w.at(1));
const plan = compile([sum, product], w, { data: x, engine: 'javascript' });

plan.data.set([10, 100]); // where x was 1, 1
console.log(plan.evaluate(), plan.outputs); // 320 Float64Array(2) [ 320, 6 ]
plan.run([1, 0.5]); // the gradient of sum + product / 2
console.log(plan.gradient); // Float64Array(2) [ 11.5, 101 ]
plan.update(0.5);
console.log(plan.inputs, w.data); // Float64Array(2) [ -3.75, -47.5 ] Float64Array(2) [ 2, 3 ]
