import { backwardFrom, grad, Tape } from '@backflow/engine';

const tape = new Tape();
const x = tape.leaf(3, 'x');
const w = tape.leaf(2, 'w');
const u = x.mul(w);
const y = u.mul(u);
const z = u.add(x);

console.log(grad(y, [x, w, u]), x.grad); // Float64Array(3) [ 24, 36, 12 ] 0
const [slope] = grad(y, [x], { createGraph: true }); // a Value
console.log(grad(slope, [x, w])); // Float64Array(2) [ 8, 24 ]

backwardFrom([y, z], { gradients: [1, 10] }); // of y + 10 z, in one sweep
console.log(x.grad, w.grad); // 54 66

tape.zeroGrad();
const off = u.onGrad((gradient) => Math.min(gradient, 5));
y.backward();
off();
console.log(x.grad, w.grad, u.grad); // 10 15 5

tape.zeroGrad();
const still = u.detach(); // 6, on a leaf of its own
const middle = tape.noGrad(() => x.add(w).div(2)); // 2.5
still.mul(x).add(middle).backward();
console.log(x.grad, w.grad, still.grad); // 6 0 3

const visited: number[] = [];
y.backward({ observer: { seed() {}, visit: (node) => visited.push(node), contribute() {} } });
console.log(visited); // [ 3, 2, 1, 0 ]
