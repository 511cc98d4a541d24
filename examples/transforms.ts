import type { Value } from '@backflow/engine';
import { grad, hessian, hvp, jacobian, jvp, valueAndGrad, vjp } from '@backflow/engine/func';

const rosenbrock = ([x, y]: Value[]) => {
  const bend = y.sub(x.mul(x));
  return x.sub(1).pow(2).add(bend.pow(2).mul(100));
};
console.log(valueAndGrad(rosenbrock)([0, 1])); // { value: 101, gradient: [ -2, 200 ] }
console.log(hessian(rosenbrock)([0, 1])); // [ [ -398, 0 ], [ 0, 200 ] ]
console.log(hvp(rosenbrock, [0, 1], [1, 0])); // [ -398, 0 ]

const several = ([a, b]: Value[]) => [a.mul(b), a.add(b), b.pow(2)];
console.log(jacobian(several)([2, 3])); // [ [ 3, 2 ], [ 1, 1 ], [ 0, 6 ] ]
console.log(jvp(several, [2, 3], [0, 1])); // { value: [ 6, 5, 9 ], tangent: [ 2, 1, 6 ] }
console.log(vjp(several, [2, 3]).pullback([1, 1, 1])); // [ 4, 9 ]

const slope = grad((x) => x.pow(3).mul(x.greater(0)));
console.log(slope(2), grad(slope)(2), grad(grad(slope))(2), slope(-2)); // 12 12 6 0

// d/dx of x · d/dy (x + y): each transform has a variable of its own.
console.log(grad((x) => x.mul(grad((y) => x.add(y))(x)))(5)); // 1
