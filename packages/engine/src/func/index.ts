// Derivatives of functions
export { grad, jvp, valueAndGrad, vjp } from './transforms.ts';
export type {
  ForEachOutput,
  GradientOfMany,
  GradientOfOne,
  ValueAndGradient,
  ValueAndGradientOfMany,
  ValueAndGradientOfOne,
  ValueAndPullback,
  ValueAndTangent,
} from './transforms.ts';
export { hessian, hvp, jacobian } from './jacobian.ts';
export type { HessianOfMany, HessianOfOne, JacobianOfMany, JacobianOfOne } from './jacobian.ts';
export type { Output } from './arguments.ts';
export type { Term } from './recorder.ts';

// Less memory
export { checkpoint } from './checkpoint.ts';

// Derivatives as graphs
export { differentiate } from './differentiate.ts';

// Errors
export { LostDerivativeError } from './arguments.ts';
