import type { BinaryOperation, ManyOperation, Operation, UnaryOperation } from './operation.ts';
import { OPERATION_NAMES } from './operation-names.ts';
import type { OperationName } from './operation-names.ts';
import { leakyRelu, relu, sigmoid, softplus, tanh } from './operations/activations.ts';
import { add, div, dot, mean, mul, neg, pow, prod, signedSum, sub, sum } from './operations/arithmetic.ts';
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
} from './operations/choices.ts';
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
} from './operations/elementary.ts';
import { hypot, logsumexp, softmax } from './operations/norms.ts';

const table = {
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
} satisfies Record<OperationName, Operation>;

/** Names of the operations with one input. */
export type UnaryName = {
  [N in OperationName]: (typeof table)[N] extends UnaryOperation ? N : never;
}[OperationName];
/** Names of the operations with two inputs. */
export type BinaryName = {
  [N in OperationName]: (typeof table)[N] extends BinaryOperation ? N : never;
}[OperationName];
/** Names of the operations with three inputs or any number of them. */
export type ManyName = {
  [N in OperationName]: (typeof table)[N] extends ManyOperation ? N : never;
}[OperationName];

/** Everything that is known about each operation, once. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = table;

/** The same table by code; null for a leaf. */
export const OPERATIONS_BY_CODE: readonly (Operation | null)[] = OPERATION_NAMES.map((name) =>
  name === 'leaf' ? null : OPERATIONS[name],
);
