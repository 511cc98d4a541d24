import { backward, record, value } from '@backflow/engine';

const a = value(2, { label: 'a' });
const b = value(-3, { label: 'b' });
const y = a.mul(b).add(a.pow(2)).as('y');
y.backward();
console.log(y.data, a.grad, b.grad); // -2 1 2

const recording = record(y); // typed arrays and maps, without handles
console.log(backward(recording)); // Float64Array(5) [ 1, 2, 1, 1, 1 ]
