import type { Value } from '../tape/value.ts';
import { callAt, checkOneOutput } from './arguments.ts';
import type { Call, Output, Point } from './arguments.ts';
import { recordGradient } from './differentiate.ts';
import { recordTangents } from './pushforward.ts';
import { Recorder } from './recorder.ts';
import type { Term } from './recorder.ts';
import { given, likePoint, pullBack } from './transforms.ts';
import type { ForEachOutput } from './transforms.ts';

/** The derivatives of a function's outputs by its one argument. */
export interface JacobianOfOne<R extends Output> {
  (x: number): ForEachOutput<R, number>;
  (x: Value): ForEachOutput<R, Value>;
}

/** The derivatives of a function's outputs by each of its arguments: a row for each output, a column for each argument. */
export interface JacobianOfMany<R extends Output> {
  (x: readonly number[]): ForEachOutput<R, number[]>;
  (x: readonly Value[]): ForEachOutput<R, Value[]>;
}

/** The second derivative of a function of one number. */
export interface HessianOfOne {
  (x: number): number;
  (x: Value): Value;
}

/** The second derivatives of a function of several numbers: row i has the derivatives of ∂f/∂xᵢ. */
export interface HessianOfMany {
  (x: readonly number[]): number[][];
  (x: readonly Value[]): Value[][];
}

/**
 * The function that gives all derivatives of `f`: `jacobian(f)(x)[i][j]` is ∂fᵢ/∂xⱼ for an array of Values in and an array
 * of Values out; where there is one input or one output, that index is left out. As many passes as there are inputs,
 * forward, or outputs, backward, whichever are fewer. Numbers in, numbers out; Values in, Values out. Throws as `grad`.
 */
export function jacobian<R extends Output>(f: (x: Value) => R): JacobianOfOne<R>;
export function jacobian<R extends Output>(f: (x: Value[]) => R): JacobianOfMany<R>;
export function jacobian(f: (x: never) => Output): (x: never) => unknown {
  return (x: never) =>
    callAt('jacobian', f, x, [], (call, numbers) => {
      const rows =
        call.inputs.length < call.outputs.length ? byColumns(call, numbers) : byRows(call, numbers);
      const shaped = call.many.inputs ? rows : rows.map(([only]) => only);
      return call.many.outputs ? shaped : shaped[0];
    });
}

function byRows(call: Call, numbers: boolean): (number | Value)[][] {
  return call.outputs.map((output) => pullBack({ ...call, outputs: [output] }, numbers, [1]));
}

function byColumns(call: Call, numbers: boolean): (number | Value)[][] {
  const { tape, inputs, outputs } = call;
  const rows: (number | Value)[][] = outputs.map(() => []);
  inputs.forEach((_, column) => {
    const mark = tape.mark();
    const direction = inputs.map((__, other) => (other === column ? 1 : 0));
    const tangents = given(call, numbers, recordTangents(outputs, inputs, direction));
    tangents.forEach((tangent, row) => rows[row].push(tangent));
    if (numbers) tape.reset(mark);
  });
  return rows;
}

/**
 * The function that gives the second derivatives of `f`, a function of one Value or an array of Values with one Value as
 * its result: the gradient is recorded once, and each of its entries differentiated by a sweep. `hessian(f)(x)[i][j]` is
 * ∂²f/∂xᵢ∂xⱼ. Numbers in, numbers out; Values in, Values out. Throws as `grad` does.
 */
export function hessian(f: (x: Value) => Term): HessianOfOne;
export function hessian(f: (x: Value[]) => Term): HessianOfMany;
export function hessian(f: (x: never) => Term): (x: never) => unknown {
  return (x: never) =>
    callAt('hessian', f, x, [], (call, numbers) => {
      checkOneOutput('hessian', call);
      const gradient = recordGradient(call.outputs, call.inputs);
      const rows = byRows({ ...call, outputs: gradient }, numbers);
      return call.many.inputs ? rows : rows[0][0];
    });
}

/**
 * The Hessian of `f` at x, times v, without the Hessian: the derivative of ∇f · v, one sweep over a recorded gradient.
 * It costs a few times what the gradient does, however many arguments there are. v and the result are shaped as x.
 * Numbers in, numbers out; Values in, Values out. Throws as `grad` does, and EngineError if x and v differ in length.
 */
export function hvp(f: (x: Value) => Term, x: number, v: number): number;
export function hvp(f: (x: Value) => Term, x: Value, v: Term): Value;
export function hvp(f: (x: Value[]) => Term, x: readonly number[], v: readonly number[]): number[];
export function hvp(f: (x: Value[]) => Term, x: readonly Value[], v: readonly Term[]): Value[];
export function hvp(f: (x: never) => Term, x: Point, v: Point): unknown {
  const direction = likePoint('hvp', x, v);
  return callAt('hvp', f, x, direction, (call, numbers) => {
    checkOneOutput('hvp', call);
    const gradient = recordGradient(call.outputs, call.inputs);
    const along = new Recorder(call.tape).total(gradient.flatMap((slope, i) => [direction[i], slope]));
    const all = pullBack({ ...call, outputs: [along] }, numbers, [1]);
    return call.many.inputs ? all : all[0];
  });
}
