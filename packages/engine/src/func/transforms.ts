import { EngineError } from '../errors.ts';
import { Value } from '../tape/value.ts';
import { callAt, gradientNumbers, checkOneOutput } from './arguments.ts';
import type { Call, Output, Point } from './arguments.ts';
import { recordGradient } from './differentiate.ts';
import { recordTangents } from './pushforward.ts';
import { numberOf } from './recorder.ts';
import type { Term } from './recorder.ts';

/** The derivative of a function of one number: numbers in, numbers out; a Value in, a Value out. */
export interface GradientOfOne {
  (x: number): number;
  (x: Value): Value;
}

/** The gradient of a function of several numbers: one entry for each of them, numbers or Values as they went in. */
export interface GradientOfMany {
  (x: readonly number[]): number[];
  (x: readonly Value[]): Value[];
}

/** A value together with a gradient. */
export interface ValueAndGradient<T, G> {
  readonly value: T;
  readonly gradient: G;
}

/** `grad` of a function of one number, together with its value. */
export interface ValueAndGradientOfOne {
  (x: number): ValueAndGradient<number, number>;
  (x: Value): ValueAndGradient<Value, Value>;
}

/** `grad` of a function of several numbers, together with its value. */
export interface ValueAndGradientOfMany {
  (x: readonly number[]): ValueAndGradient<number, number[]>;
  (x: readonly Value[]): ValueAndGradient<Value, Value[]>;
}

/** What stands where a function has its outputs: one T for one output, an array for an array of outputs. */
export type ForEachOutput<R extends Output, T> = R extends readonly unknown[] ? T[] : T;

/**
 * The function that gives the derivative of `f`, a function of one Value or of an array of Values with one Value as
 * its result (or a number, whose derivative is 0).
 *
 *     const slope = grad((x) => x.pow(3));
 *     slope(2); // 12
 *     grad(slope)(2); // 12, the second derivative
 *     grad(([a, b]: Value[]) => a.mul(b))([2, 3]); // [3, 2]
 *
 * Called with numbers it gives numbers, by the reverse sweep, on the current tape, which is as long afterwards as it was
 * before. Called with Values it records the sweep and gives Values, which can be differentiated again; so transforms nest,
 * and each has a variable of its own, whatever else the function closes over.
 *
 * Throws OperandError for anything but Values in and out, ForeignValueError for Values of several tapes,
 * LostDerivativeError where numbers would cut what an enclosing transform differentiates.
 */
export function grad(f: (x: Value) => Term): GradientOfOne;
export function grad(f: (x: Value[]) => Term): GradientOfMany;
export function grad(f: (x: never) => Term): (x: never) => unknown {
  return (x: never) => callAt('grad', f, x, [], (call, numbers) => gradientOf('grad', call, numbers));
}

/** `grad` together with the value of `f`, for the price of the gradient: `{ value, gradient }`. Throws what it throws. */
export function valueAndGrad(f: (x: Value) => Term): ValueAndGradientOfOne;
export function valueAndGrad(f: (x: Value[]) => Term): ValueAndGradientOfMany;
export function valueAndGrad(f: (x: never) => Term): (x: never) => unknown {
  return (x: never) =>
    callAt('valueAndGrad', f, x, [], (call, numbers) => {
      const gradient = gradientOf('valueAndGrad', call, numbers);
      return { value: given(call, numbers, call.outputs)[0], gradient };
    });
}

function gradientOf(where: string, call: Call, numbers: boolean): unknown {
  checkOneOutput(where, call);
  const all = pullBack(call, numbers, [1]);
  return call.many.inputs ? all : all[0];
}

/** A value together with a tangent: how it moves when the arguments move. */
export interface ValueAndTangent<T> {
  readonly value: T;
  readonly tangent: T;
}

/**
 * The Jacobian of `f` at x, times v: how the outputs move when x moves along v, in one pass forward. v is shaped as x;
 * value and tangent are shaped as what `f` returns, a Value or an array. Numbers in, numbers out; Values in, Values
 * out. Throws as `grad` does, and EngineError if x and v differ in length.
 *
 *     jvp((x) => x.sin(), 0, 2); // { value: 0, tangent: 2 }
 */
export function jvp<R extends Output>(
  f: (x: Value) => R,
  x: number,
  v: number,
): ValueAndTangent<ForEachOutput<R, number>>;
export function jvp<R extends Output>(
  f: (x: Value) => R,
  x: Value,
  v: Term,
): ValueAndTangent<ForEachOutput<R, Value>>;
export function jvp<R extends Output>(
  f: (x: Value[]) => R,
  x: readonly number[],
  v: readonly number[],
): ValueAndTangent<ForEachOutput<R, number>>;
export function jvp<R extends Output>(
  f: (x: Value[]) => R,
  x: readonly Value[],
  v: readonly Term[],
): ValueAndTangent<ForEachOutput<R, Value>>;
export function jvp(f: (x: never) => Output, x: Point, v: Point): ValueAndTangent<unknown> {
  const direction = likePoint('jvp', x, v);
  return callAt('jvp', f, x, direction, (call, numbers) => {
    const tangents = recordTangents(call.outputs, call.inputs, direction);
    const shaped = (terms: readonly Term[]) => {
      const all = given(call, numbers, terms);
      return call.many.outputs ? all : all[0];
    };
    return { value: shaped(call.outputs), tangent: shaped(tangents) };
  });
}

/** A value together with the function that pulls a gradient of it back to the arguments. */
export interface ValueAndPullback<T, S, G> {
  readonly value: T;
  /** v shaped as the outputs → v · Jacobian, shaped as the arguments. */
  readonly pullback: (v: S) => G;
}

/**
 * The value of `f` at x, and the function v ↦ v · Jacobian, which is one sweep backward for each call. v is shaped as
 * what `f` returns, its result as x. The nodes of `f` stay on the tape, as the pullback needs them: call `vjp` inside
 * `scope` where it is called often. Numbers in, numbers out; Values in, Values out. Throws as `grad` does, the pullback
 * EngineError for a v of another length than the outputs, StaleValueError once the nodes of `f` are forgotten.
 */
export function vjp<R extends Output>(
  f: (x: Value) => R,
  x: number,
): ValueAndPullback<ForEachOutput<R, number>, ForEachOutput<R, number>, number>;
export function vjp<R extends Output>(
  f: (x: Value) => R,
  x: Value,
): ValueAndPullback<ForEachOutput<R, Value>, ForEachOutput<R, Term>, Value>;
export function vjp<R extends Output>(
  f: (x: Value[]) => R,
  x: readonly number[],
): ValueAndPullback<ForEachOutput<R, number>, ForEachOutput<R, number>, number[]>;
export function vjp<R extends Output>(
  f: (x: Value[]) => R,
  x: readonly Value[],
): ValueAndPullback<ForEachOutput<R, Value>, ForEachOutput<R, Term>, Value[]>;
export function vjp(f: (x: never) => Output, x: Point): ValueAndPullback<unknown, never, unknown> {
  return callAt(
    'vjp',
    f,
    x,
    [],
    (call, numbers) => {
      const values = given(call, numbers, call.outputs);
      const pullback = (v: Point) => {
        const seeds = Array.isArray(v) ? (v as readonly Term[]) : [v as Term];
        if (Array.isArray(v) !== call.many.outputs || seeds.length !== call.outputs.length) {
          throw new EngineError(
            `pullback: found ${Array.isArray(v) ? `an array of ${v.length}` : 'one number'}, expected ` +
              `${call.many.outputs ? `an array of ${call.outputs.length}` : 'one number'}, shaped as the outputs.`,
          );
        }
        for (const each of [...call.inputs, ...call.outputs]) {
          if (each instanceof Value) each.check('pullback');
        }
        const all = pullBack(call, numbers, seeds);
        return call.many.inputs ? all : all[0];
      };
      return { value: call.many.outputs ? values : values[0], pullback };
    },
    true,
  );
}

/** Σ seed · output differentiated by the inputs, one entry for each. */
export function pullBack(call: Call, numbers: boolean, seeds: readonly Term[]): (number | Value)[] {
  const { tape, inputs, outputs, nested } = call;
  const fixed = seeds.filter((seed) => typeof seed === 'number');
  if (numbers && !nested && fixed.length === seeds.length) {
    return gradientNumbers(tape, outputs, fixed, inputs);
  }
  return given(call, numbers, recordGradient(outputs, inputs, seeds));
}

/** What is given for terms: numbers for numbers, else Values; inside `noGrad()` Values of their own. */
export function given(call: Call, numbers: boolean, terms: readonly Term[]): (number | Value)[] {
  const { tape, quiet, close } = call;
  if (numbers) return close(terms);
  if (quiet) return terms.map((term) => tape.detached(numberOf(term)));
  return terms.map((term) => (term instanceof Value ? term : tape.leaf(term)));
}

/** v as an array. Throws EngineError unless it is shaped as x. */
export function likePoint(where: string, x: Point, v: Point): readonly Term[] {
  const shape = (point: Point) => (Array.isArray(point) ? `an array of ${point.length}` : 'one number');
  if (shape(x) !== shape(v)) {
    throw new EngineError(`${where}: found ${shape(v)} as the direction, expected ${shape(x)}, shaped as x.`);
  }
  return Array.isArray(v) ? (v as readonly Term[]) : [v as Term];
}
