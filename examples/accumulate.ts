import { value } from '@backflow/engine';

const x = value(3, { label: 'x' });
const u = x.mul(x);
const y = u.mul(2);
y.backward();
console.log(x.grad, u.grad); // 12 2
y.backward();
console.log(x.grad, u.grad); // 24 2
x.tape.zeroGrad();
console.log(x.grad, u.grad); // 0 0
