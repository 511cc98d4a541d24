import { Tape } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { checkpoint } from '@backflow/engine/func';

const tape = new Tape();
const rate = tape.leaf(3.7);
const stretch = (from: Value) => {
  let x = from;
  for (let i = 0; i < 10; i++) x = x.mul(rate).mul(x.sub(1).neg());
  return x;
};

const start = tape.leaf(0.2);
let x = start;
for (let i = 0; i < 5; i++) x = stretch(x);
console.log(tape.size); // 202
x.backward();
const all = rate.grad;

const mark = tape.mark();
tape.zeroGrad();
let y = start;
for (let i = 0; i < 5; i++) y = checkpoint(stretch, y);
console.log(tape.size - mark.count); // 5
y.backward();
console.log(rate.grad === all); // true
