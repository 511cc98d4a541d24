import type { Operation } from './operation.ts';
import { OPERATION_NAMES } from './names.ts';
import type { OperationName } from './names.ts';
import { leakyRelu, relu, sigmoid, softplus, tanh } from './activations.ts';
import { add, affine, div, dot, mean, mul, neg, pow, prod, signedSum, sub, sum } from './arithmetic.ts';
import {
  abs,
  ceil,
  clamp,
  equal,
  floor,
  greater,
  greaterEqual,
  less,
  lessEqual,
  max,
  min,
  notEqual,
  round,
  sign,
  step,
  where,
} from './choices.ts';
import {
  acos,
  asin,
  atan,
  atan2,
  cos,
  cosh,
  exp,
  expm1,
  log,
  log10,
  log1p,
  log2,
  sin,
  sinh,
  sqrt,
  tan,
  xlogx,
} from './elementary.ts';
import { hypot, logsumexp, softmax } from './norms.ts';

/** Everything that is known about each operation, once. An operation left out does not compile. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  add,
  sub,
  mul,
  div,
  neg,
  pow,
  exp,
  log,
  sqrt,
  abs,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  atan2,
  sinh,
  cosh,
  tanh,
  sigmoid,
  relu,
  leakyRelu,
  softplus,
  max,
  min,
  sum,
  signedSum,
  mean,
  prod,
  dot,
  hypot,
  logsumexp,
  softmax,
  xlogx,
  step,
  sign,
  floor,
  ceil,
  round,
  where,
  clamp,
  greater,
  less,
  greaterEqual,
  lessEqual,
  equal,
  notEqual,
  log2,
  log10,
  log1p,
  expm1,
  affine,
};

/** The same table by code; null for a leaf and for every code that is no operation's. */
export const OPERATIONS_BY_CODE: readonly (Operation | null)[] = Array.from({ length: 256 }, (_, code) =>
  code === 0 ? null : (OPERATIONS[OPERATION_NAMES[code] as OperationName] ?? null),
);

/** Operations that the table did not come with, in the order of their definition; see `defineOperation`. */
export const DEFINED_OPERATIONS: readonly Operation[] = [];

/** The name of an operation by its code; `leaf` where the code is no operation's. */
export function operationName(code: number): OperationName | 'leaf' {
  return OPERATIONS_BY_CODE[code]?.name ?? 'leaf';
}
