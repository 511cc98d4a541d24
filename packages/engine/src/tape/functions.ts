import { Block, ConstantBlock } from './block.ts';
import { EngineError, OperandError } from '../errors.ts';
import { CODES } from '../operations/names.ts';
import type { Operands } from './runs.ts';
import { Tape } from './tape.ts';
import { Value } from './value.ts';
import type { Operand } from './value.ts';

let currentTape = new Tape();

/**
 * Runs `fn`; Values made in it, without an operand that says otherwise, go to this tape. Throws EngineError for an async
 * function, which would go on when the tape is another one.
 */
export function withTape<T>(tape: Tape, fn: () => T): T {
  const outer = currentTape;
  currentTape = tape;
  try {
    const result = fn();
    if (result instanceof Promise) {
      throw new EngineError('withTape: found a promise, expected a function that is not async.');
    }
    return result;
  } finally {
    currentTape = outer;
  }
}

/** The tape that `value()` records on: the one of `withTape`, else one that lives as long as the program. */
export function getTape(): Tape {
  return currentTape;
}

/** A leaf on the current tape: `value(2, { label: 'a' })`. Throws OperandError for anything but a number. */
export function value(data: number, options: { readonly label?: string } = {}): Value {
  if (typeof options !== 'object' || options === null)
    throw new OperandError('value', options, "options such as { label: 'a' }");
  return currentTape.leaf(data, options.label);
}

/** Runs `fn`; the nodes it records on the current tape, and on no other, form a named group. Groups nest. */
export function group<T>(name: string, fn: () => T): T {
  return currentTape.group(name, fn);
}

/** Runs `fn`, then forgets what it recorded on the current tape, and on no other: see `Tape.scope`. */
export function scope<T>(fn: () => T): T {
  return currentTape.scope(fn);
}

/** Runs `fn`; what it computes on the current tape, and on no other, is not recorded: see `Tape.noGrad`. */
export function noGrad<T>(fn: () => T): T {
  return currentTape.noGrad(fn);
}

/** The tape of the first Value or block among lists of operands; the current one if all are numbers. */
function tapeOfLists(where: string, ...lists: Operands[]): Tape {
  for (const list of lists) {
    if (list instanceof Block || list instanceof ConstantBlock) return list.tape;
    if (typeof list?.length !== 'number') {
      throw new OperandError(where, list, 'a list of numbers and Values, or a block');
    }
    for (let i = 0; i < list.length; i++) {
      const operand = list[i];
      if (operand instanceof Value) return operand.tape;
    }
  }
  return currentTape;
}

/** The tape of the first Value among the operands; the current one if all are numbers. */
function tapeOf(operands: Iterable<Operand>): Tape {
  for (const operand of operands) if (operand instanceof Value) return operand.tape;
  return currentTape;
}

/** a + b. */
export function add(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.add, a, b);
}

/** a − b. */
export function sub(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.sub, a, b);
}

/** a · b. */
export function mul(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.mul, a, b);
}

/** a / b. */
export function div(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.div, a, b);
}

/** aᵇ, as `a ** b`; a negative base works with an integer exponent. */
export function pow(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.pow, a, b);
}

/** The angle of the point (b, a). */
export function atan2(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.atan2, a, b);
}

/** 1 if a > b, else 0. */
export function greater(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.greater, a, b);
}

/** 1 if a < b, else 0. */
export function less(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.less, a, b);
}

/** 1 if a ≥ b, else 0. */
export function greaterEqual(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.greaterEqual, a, b);
}

/** 1 if a ≤ b, else 0. */
export function lessEqual(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.lessEqual, a, b);
}

/** 1 if a = b, else 0. */
export function equal(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.equal, a, b);
}

/** 1 if a ≠ b, else 0. */
export function notEqual(a: Operand, b: Operand): Value {
  return tapeOf([a, b]).binary(CODES.notEqual, a, b);
}

/** −a. */
export function neg(a: Operand): Value {
  return tapeOf([a]).unary(CODES.neg, a);
}

/** eᵃ. */
export function exp(a: Operand): Value {
  return tapeOf([a]).unary(CODES.exp, a);
}

/** eᵃ − 1. */
export function expm1(a: Operand): Value {
  return tapeOf([a]).unary(CODES.expm1, a);
}

/** ln a: −∞ at 0, NaN below. */
export function log(a: Operand): Value {
  return tapeOf([a]).unary(CODES.log, a);
}

/** log₂ a. */
export function log2(a: Operand): Value {
  return tapeOf([a]).unary(CODES.log2, a);
}

/** log₁₀ a. */
export function log10(a: Operand): Value {
  return tapeOf([a]).unary(CODES.log10, a);
}

/** ln(1 + a). */
export function log1p(a: Operand): Value {
  return tapeOf([a]).unary(CODES.log1p, a);
}

/** √a; the slope at 0 is ∞. */
export function sqrt(a: Operand): Value {
  return tapeOf([a]).unary(CODES.sqrt, a);
}

/** |a|; the slope at 0 is 0. */
export function abs(a: Operand): Value {
  return tapeOf([a]).unary(CODES.abs, a);
}

/** sin a, a in radians. */
export function sin(a: Operand): Value {
  return tapeOf([a]).unary(CODES.sin, a);
}

/** cos a. */
export function cos(a: Operand): Value {
  return tapeOf([a]).unary(CODES.cos, a);
}

/** tan a. */
export function tan(a: Operand): Value {
  return tapeOf([a]).unary(CODES.tan, a);
}

/** arcsin a. */
export function asin(a: Operand): Value {
  return tapeOf([a]).unary(CODES.asin, a);
}

/** arccos a. */
export function acos(a: Operand): Value {
  return tapeOf([a]).unary(CODES.acos, a);
}

/** arctan a. */
export function atan(a: Operand): Value {
  return tapeOf([a]).unary(CODES.atan, a);
}

/** sinh a. */
export function sinh(a: Operand): Value {
  return tapeOf([a]).unary(CODES.sinh, a);
}

/** cosh a. */
export function cosh(a: Operand): Value {
  return tapeOf([a]).unary(CODES.cosh, a);
}

/** tanh a. */
export function tanh(a: Operand): Value {
  return tapeOf([a]).unary(CODES.tanh, a);
}

/** σ(a) = 1 / (1 + e⁻ᵃ). */
export function sigmoid(a: Operand): Value {
  return tapeOf([a]).unary(CODES.sigmoid, a);
}

/** max(a, 0); the slope at 0 is 0. */
export function relu(a: Operand): Value {
  return tapeOf([a]).unary(CODES.relu, a);
}

/** ln(1 + eᵃ). */
export function softplus(a: Operand): Value {
  return tapeOf([a]).unary(CODES.softplus, a);
}

/** a ln a; 0 at 0, where the slope is −∞. */
export function xlogx(a: Operand): Value {
  return tapeOf([a]).unary(CODES.xlogx, a);
}

/** 1 above 0, else 0; the slope is 0. */
export function step(a: Operand): Value {
  return tapeOf([a]).unary(CODES.step, a);
}

/** −1, 0 or 1; the slope is 0. */
export function sign(a: Operand): Value {
  return tapeOf([a]).unary(CODES.sign, a);
}

/** The largest integer ≤ a; the slope is 0. */
export function floor(a: Operand): Value {
  return tapeOf([a]).unary(CODES.floor, a);
}

/** The smallest integer ≥ a; the slope is 0. */
export function ceil(a: Operand): Value {
  return tapeOf([a]).unary(CODES.ceil, a);
}

/** The nearest integer, halves up; the slope is 0. */
export function round(a: Operand): Value {
  return tapeOf([a]).unary(CODES.round, a);
}

/** a for a > 0, slope · a elsewhere; the slope at 0 is `slope`. */
export function leakyRelu(a: Operand, slope: Operand = 0.01): Value {
  return tapeOf([a, slope]).binary(CODES.leakyRelu, a, slope);
}

/** The largest; a tie of k shares the gradient, 1/k to each. */
export function max(...x: Operand[]): Value {
  return tapeOf(x).applyAll('max', x);
}

/** The smallest; a tie of k shares the gradient, 1/k to each. */
export function min(...x: Operand[]): Value {
  return tapeOf(x).applyAll('min', x);
}

/** √(a² + b² + …); the gradient at the origin is 0. */
export function hypot(...x: Operand[]): Value {
  return tapeOf(x).applyAll('hypot', x);
}

/** The sum, added from left to right. Throws ArityError for nothing. */
export function sum(x: Operands): Value {
  return tapeOfLists('sum', x).sum(x);
}

/** The arithmetic mean. */
export function mean(x: readonly Operand[]): Value {
  return tapeOfLists('mean', x).applyAll('mean', x);
}

/** The product, multiplied from left to right; its gradient is right where factors are 0. */
export function prod(x: readonly Operand[]): Value {
  return tapeOfLists('prod', x).applyAll('prod', x);
}

/** Σ a[i] · b[i], added from left to right. Throws ArityError unless both are of one length. */
export function dot(a: Operands, b: Operands): Value {
  return tapeOfLists('dot', a, b).dot(a, b);
}

/** bias + Σ w[i] · x[i], added from left to right. Throws ArityError unless w and x are of one length. */
export function affine(w: Operands, x: Operands, bias: Operand): Value {
  return tapeOfLists('affine', [bias], w, x).affine(w, x, bias);
}

/** ln Σ exp x. */
export function logsumexp(x: readonly Operand[]): Value {
  return tapeOfLists('logsumexp', x).applyAll('logsumexp', x);
}

/** exp(x[i]) / Σ exp x, for every i. */
export function softmax(x: readonly Operand[]): Value[] {
  const tape = tapeOfLists('softmax', x);
  return x.map((selected, i) => tape.applyAll('softmax', [selected, ...x.slice(0, i), ...x.slice(i + 1)]));
}

/** `a`, but at least `low` and at most `high`; the slope on a bound is 1. */
export function clamp(a: Operand, low: Operand, high: Operand): Value {
  return tapeOf([a, low, high]).applyAll('clamp', [a, low, high]);
}

/**
 * `a` where the condition is not 0, else `b`. Only the input that is taken gets a gradient. A branch given as a
 * function is recorded either way, but evaluated only if it is taken.
 */
export function where(condition: Operand, a: Operand | (() => Operand), b: Operand | (() => Operand)): Value {
  const operands = [condition, a, b].filter((operand) => typeof operand !== 'function');
  return tapeOf(operands).choose(condition, a, b);
}
