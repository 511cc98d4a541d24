import { defineOperation, gradcheck, record, value } from '@backflow/engine';

const inner = (x: number) => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
const slope = (x: number) => Math.sqrt(2 / Math.PI) * (1 + 0.134145 * x ** 2);
const gelu = defineOperation('gelu', {
  arity: 1,
  value: (x) => (x / 2) * (1 + Math.tanh(inner(x))),
  partials: [(x) => (1 + Math.tanh(inner(x))) / 2 + (x / 2) * (1 - Math.tanh(inner(x)) ** 2) * slope(x)],
  check: true, // the slope against differences of the value, now
});

const x = value(0.8, { label: 'x' });
const w = value(-0.5, { label: 'w' });
const y = gelu(w.mul(x)).as('y');
y.backward();
console.log(y.data.toFixed(6), w.grad.toFixed(6)); // -0.137839 0.157873
console.log(gradcheck(record(y)).ok); // true
