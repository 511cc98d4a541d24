import { compile, Tape } from '@backflow/engine';

const tape = new Tape();
const [slope, offset] = [tape.leaf(0), tape.leaf(0)];
const [x, y] = [tape.leaf(0), tape.leaf(0)];
const miss = slope.mul(x).add(offset).sub(y);
const plan = compile(miss.mul(miss), [slope, offset], { data: [x, y] });

for (let step = 0; step < 400; step++) {
  const at = step % 4;
  plan.data.set([at, 3 * at - 1]); // points on y = 3x − 1
  plan.run();
  plan.update(0.1); // inputs −= 0.1 · gradient
}
console.log(Array.from(plan.inputs, (number) => number.toFixed(3))); // [ '3.000', '-1.000' ]
slope.data = plan.inputs[0]; // the plan has numbers of its own
