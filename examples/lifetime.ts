import { Tape } from '@backflow/engine';

const tape = new Tape();
const weights = tape.parameters([0.5, -1, 2], { label: 'w' });
const first = weights.at(0);
console.log(first.label, weights.length, tape.size); // w[0] 3 3

for (let step = 0; step < 100; step++) {
  weights.zeroGrad();
  tape.scope(() => {
    const miss = tape.dot(weights, [1, 2, 3]).sub(1);
    miss.mul(miss).backward();
  });
  const { data, grad } = weights; // the tape's own numbers
  for (let i = 0; i < data.length; i++) data[i] -= 0.01 * grad[i];
}
const found = Array.from(weights.data, (w) => w.toFixed(2));
console.log(tape.size, found); // 3 [ '0.25', '-1.50', '1.25' ]

const dot = tape.scope(() => tape.dot(weights, [1, 2, 3]).data); // a number may leave
try {
  tape.scope(() => first.mul(2));
} catch (error) {
  console.log(dot.toFixed(2), (error as Error).name); // 1.00 EscapedValueError
}

const mark = tape.mark(); // by hand, where a function does not fit
const double = first.mul(2);
tape.reset(mark);
try {
  double.add(1);
} catch (error) {
  console.log((error as Error).name); // StaleValueError
}
