import { EngineError, OperandError, StaleValueError } from '../errors.ts';
import { CODES } from '../operations/names.ts';
import type { AnyOperationName } from '../operations/names.ts';
import { operationName } from '../operations/table.ts';
import { relu, sigmoid } from '../operations/activations.ts';
import type { SweepObserver } from '../gradient/sweep.ts';
import type { Tape } from './tape.ts';

/** A constant with the text that the writer used for it: 0.5 written `1/2`. */
export class Constant {
  /** The number. */
  readonly value: number;
  /** As it is written. */
  readonly text: string;
  constructor(value: number, text: string) {
    if (typeof value !== 'number') throw new OperandError('Constant', value, 'a number');
    this.value = value;
    this.text = text;
  }
}

/** What an operation takes: a Value, or a number, which becomes a constant without node, edge and gradient. */
export type Operand = Value | number | Constant;

/** What a sweep starts from, and who watches it. */
export interface BackwardOptions {
  /** The derivative of whatever lies beyond with respect to this value; 1 by default. */
  readonly gradient?: number;
  readonly observer?: SweepObserver | null;
  /** True to count 0 · ∞ as 0; by default it is NaN, as IEEE 754 says. */
  readonly absoluteZero?: boolean;
}

/** Sees the gradient of a Value when it is final in a sweep; a number that it returns takes its place. */
export type GradientHook = (gradient: number) => number | void;

const { add: ADD, sub: SUB, mul: MUL, div: DIV } = CODES;

/**
 * A number that remembers how it was computed: a thin handle on one node of a tape. Methods record an operation
 * and return its result; numbers as operands become constants.
 *
 *     const a = value(2, { label: 'a' });
 *     const y = a.mul(3).add(1).tanh();
 *     y.backward();
 *     a.grad; // ∂y/∂a
 */
export class Value {
  /** Where it is recorded. */
  // Declared only: a field that is defined first and assigned then is undefined in between, which is what the compiler
  // would have to reckon with wherever it is read.
  declare readonly tape: Tape;
  /** The node's place on its tape, and in a recording of the whole tape. */
  declare readonly index: number;

  constructor(tape: Tape, index: number) {
    this.tape = tape;
    this.index = index;
  }

  /** The number. After a reset it is whatever stands in the node's place; a tape in debug mode throws StaleValueError. */
  get data(): number {
    return this.tape.value[this.index];
  }

  /** Sets a leaf's number; what has been computed from it stays as it is. Throws IntermediateDataError elsewhere. */
  set data(data: number) {
    this.tape.setLeaf(this.index, data);
  }

  /** The gradient: 0 until a `backward()` reaches this node. After a reset it is as with `data`. */
  get grad(): number {
    return this.tape.grad[this.index];
  }

  set grad(grad: number) {
    this.tape.setGrad(this.index, grad);
  }

  /** The node's name; '' for none. */
  get label(): string {
    return this.tape.names.get(this.index) ?? '';
  }

  set label(label: string) {
    this.check('label');
    if (typeof label !== 'string') throw new OperandError('label', label, 'a text');
    this.tape.setName(this.index, label);
  }

  /** Names the node, and returns it. */
  as(label: string): this {
    this.label = label;
    return this;
  }

  /** The name of the operation that made this value; 'leaf' for a leaf. */
  get op(): AnyOperationName {
    this.check('op');
    return operationName(this.tape.codeAt(this.index));
  }

  /** The Values this one was computed from, in slot order; a Value used twice is there twice, constants are not. */
  get prev(): Value[] {
    return this.inputs.filter((input) => input instanceof Value);
  }

  /** Everything this value was computed from, in slot order: Values, and constants as numbers. */
  get inputs(): (Value | number)[] {
    this.check('inputs');
    const { tape, index } = this;
    return Array.from(tape.entriesOf(index), (entry) => (entry >= 0 ? tape.at(entry) : tape.numberOf(entry)));
  }

  /**
   * Computes the derivative of this value, times `gradient` (1 by default), with respect to every value it depends on,
   * into `.grad`. Gradients of leaves add up from call to call (a second call doubles them; `zeroGrad()` starts anew),
   * gradients of computed values are those of the last call. An `observer` is told every step.
   *
   * Throws OperandError for a gradient that is no number, StaleValueError after a reset.
   */
  backward(options: number | BackwardOptions = 1): void {
    this.check('backward');
    const {
      gradient = 1,
      observer = null,
      absoluteZero = false,
    } = typeof options === 'object' && options !== null ? options : { gradient: options };
    if (typeof gradient !== 'number') throw new OperandError('backward', gradient, 'a number');
    this.tape.sweepFrom([this.index], [gradient], observer, absoluteZero);
  }

  /**
   * This number on a leaf of its own, through which no gradient comes back. In a recording it is a leaf with this
   * number: it does not follow when the inputs change.
   */
  detach(): Value {
    this.check('detach');
    return this.tape.detached(this.data);
  }

  /**
   * Reads the number as a condition, true if it is not 0, and notes in `tape.decisions` what came out: a plan refuses to
   * replay a recording whose decisions would come out differently. An `if` on `.data` itself cannot be noted.
   * Throws EngineError for NaN.
   */
  holds(): boolean {
    this.check('holds');
    const { data } = this;
    if (Number.isNaN(data)) throw new EngineError('holds: found NaN, expected a number to decide by.');
    this.tape.decisions.push({ node: this.index, holds: data !== 0 });
    return data !== 0;
  }

  /**
   * Calls `hook` in every later sweep that reaches this node, when its gradient in that sweep is final and before it is
   * passed on; a number that it returns takes the gradient's place. Returns a function that ends this. A gradient that is
   * recorded as a graph, transforms and plans call no hooks. A hook must not call `backward()` on the same tape.
   */
  onGrad(hook: GradientHook): () => void {
    this.check('onGrad');
    if (typeof hook !== 'function') throw new OperandError('onGrad', hook, 'a function');
    return this.tape.addHook(this.index, hook);
  }

  /** `Value(x = 3)`, for people. */
  toString(): string {
    const name = this.label === '' ? '' : `${this.label} = `;
    return `Value(${name}${this.data})`;
  }

  /** What Node prints, in place of the whole tape. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** @internal Throws StaleValueError if the node is no longer on the tape. */
  check(where: string): void {
    if (this.index >= this.tape.count) this.stale(where);
  }

  private stale(where: string): never {
    throw new StaleValueError(where, this.index, this.tape.count);
  }

  /** a + b. */
  add(b: Operand): Value {
    const { tape, index } = this;
    if (typeof b !== 'number' && (b as Value | null)?.tape === tape) {
      const other = (b as Value).index;
      const { value } = tape;
      if (joins(tape, index, other)) return tape.link(ADD, index, other, value[index] + value[other]);
    }
    return tape.binary(ADD, this, b);
  }

  /** a − b. */
  sub(b: Operand): Value {
    const { tape, index } = this;
    if (typeof b !== 'number' && (b as Value | null)?.tape === tape) {
      const other = (b as Value).index;
      const { value } = tape;
      if (joins(tape, index, other)) return tape.link(SUB, index, other, value[index] - value[other]);
    }
    return tape.binary(SUB, this, b);
  }

  /** a · b. */
  mul(b: Operand): Value {
    const { tape, index } = this;
    if (typeof b !== 'number' && (b as Value | null)?.tape === tape) {
      const other = (b as Value).index;
      const { value } = tape;
      if (joins(tape, index, other)) return tape.link(MUL, index, other, value[index] * value[other]);
    }
    return tape.binary(MUL, this, b);
  }

  /** a / b. */
  div(b: Operand): Value {
    const { tape, index } = this;
    if (typeof b !== 'number' && (b as Value | null)?.tape === tape) {
      const other = (b as Value).index;
      const { value } = tape;
      if (joins(tape, index, other)) return tape.link(DIV, index, other, value[index] / value[other]);
    }
    return tape.binary(DIV, this, b);
  }

  /** aᵇ, as `a ** b`; a negative base works with an integer exponent. */
  pow(b: Operand): Value {
    return this.tape.binary(CODES.pow, this, b);
  }

  /** The angle of the point (b, a). */
  atan2(b: Operand): Value {
    return this.tape.binary(CODES.atan2, this, b);
  }

  /** 1 if a > b, else 0. */
  greater(b: Operand): Value {
    return this.tape.binary(CODES.greater, this, b);
  }

  /** 1 if a < b, else 0. */
  less(b: Operand): Value {
    return this.tape.binary(CODES.less, this, b);
  }

  /** 1 if a ≥ b, else 0. */
  greaterEqual(b: Operand): Value {
    return this.tape.binary(CODES.greaterEqual, this, b);
  }

  /** 1 if a ≤ b, else 0. */
  lessEqual(b: Operand): Value {
    return this.tape.binary(CODES.lessEqual, this, b);
  }

  /** 1 if a = b, else 0. */
  equal(b: Operand): Value {
    return this.tape.binary(CODES.equal, this, b);
  }

  /** 1 if a ≠ b, else 0. */
  notEqual(b: Operand): Value {
    return this.tape.binary(CODES.notEqual, this, b);
  }

  /** −a. */
  neg(): Value {
    return this.tape.unary(CODES.neg, this);
  }

  /** eᵃ. */
  exp(): Value {
    const { tape, index } = this;
    if (!ready(tape, index)) return tape.unary(CODES.exp, this);
    return tape.link(CODES.exp, index, 0, Math.exp(tape.value[index]));
  }

  /** eᵃ − 1. */
  expm1(): Value {
    return this.tape.unary(CODES.expm1, this);
  }

  /** ln a: −∞ at 0, NaN below. */
  log(): Value {
    return this.tape.unary(CODES.log, this);
  }

  /** log₂ a. */
  log2(): Value {
    return this.tape.unary(CODES.log2, this);
  }

  /** log₁₀ a. */
  log10(): Value {
    return this.tape.unary(CODES.log10, this);
  }

  /** ln(1 + a). */
  log1p(): Value {
    return this.tape.unary(CODES.log1p, this);
  }

  /** √a; the slope at 0 is ∞. */
  sqrt(): Value {
    return this.tape.unary(CODES.sqrt, this);
  }

  /** |a|; the slope at 0 is 0. */
  abs(): Value {
    return this.tape.unary(CODES.abs, this);
  }

  /** sin a, a in radians. */
  sin(): Value {
    return this.tape.unary(CODES.sin, this);
  }

  /** cos a. */
  cos(): Value {
    return this.tape.unary(CODES.cos, this);
  }

  /** tan a. */
  tan(): Value {
    return this.tape.unary(CODES.tan, this);
  }

  /** arcsin a. */
  asin(): Value {
    return this.tape.unary(CODES.asin, this);
  }

  /** arccos a. */
  acos(): Value {
    return this.tape.unary(CODES.acos, this);
  }

  /** arctan a. */
  atan(): Value {
    return this.tape.unary(CODES.atan, this);
  }

  /** sinh a. */
  sinh(): Value {
    return this.tape.unary(CODES.sinh, this);
  }

  /** cosh a. */
  cosh(): Value {
    return this.tape.unary(CODES.cosh, this);
  }

  /** tanh a. */
  tanh(): Value {
    const { tape, index } = this;
    if (!ready(tape, index)) return tape.unary(CODES.tanh, this);
    return tape.link(CODES.tanh, index, 0, Math.tanh(tape.value[index]));
  }

  /** σ(a) = 1 / (1 + e⁻ᵃ). */
  sigmoid(): Value {
    const { tape, index } = this;
    if (!ready(tape, index)) return tape.unary(CODES.sigmoid, this);
    return tape.link(CODES.sigmoid, index, 0, sigmoid.value(tape.value[index]));
  }

  /** max(a, 0); the slope at 0 is 0. */
  relu(): Value {
    const { tape, index } = this;
    if (!ready(tape, index)) return tape.unary(CODES.relu, this);
    return tape.link(CODES.relu, index, 0, relu.value(tape.value[index]));
  }

  /** ln(1 + eᵃ). */
  softplus(): Value {
    return this.tape.unary(CODES.softplus, this);
  }

  /** a ln a; 0 at 0, where the slope is −∞. */
  xlogx(): Value {
    return this.tape.unary(CODES.xlogx, this);
  }

  /** 1 above 0, else 0; the slope is 0. */
  step(): Value {
    return this.tape.unary(CODES.step, this);
  }

  /** −1, 0 or 1; the slope is 0. */
  sign(): Value {
    return this.tape.unary(CODES.sign, this);
  }

  /** The largest integer ≤ a; the slope is 0. */
  floor(): Value {
    return this.tape.unary(CODES.floor, this);
  }

  /** The smallest integer ≥ a; the slope is 0. */
  ceil(): Value {
    return this.tape.unary(CODES.ceil, this);
  }

  /** The nearest integer, halves up; the slope is 0. */
  round(): Value {
    return this.tape.unary(CODES.round, this);
  }

  /** a for a > 0, slope · a elsewhere; the slope at 0 is `slope`. */
  leakyRelu(slope: Operand = 0.01): Value {
    return this.tape.binary(CODES.leakyRelu, this, slope);
  }

  /** The largest of this and the others; a tie of k shares the gradient, 1/k to each. */
  max(...others: Operand[]): Value {
    return this.tape.many(CODES.max, [this, ...others]);
  }

  /** The smallest of this and the others; a tie of k shares the gradient, 1/k to each. */
  min(...others: Operand[]): Value {
    return this.tape.many(CODES.min, [this, ...others]);
  }

  /** √(a² + b² + …); the gradient at the origin is 0. */
  hypot(...others: Operand[]): Value {
    return this.tape.many(CODES.hypot, [this, ...others]);
  }

  /** This, but at least `low` and at most `high`; the slope on a bound is 1. */
  clamp(low: Operand, high: Operand): Value {
    return this.tape.many(CODES.clamp, [this, low, high]);
  }

  /** `a` where this is not 0, else `b`; see the function `where`. */
  where(a: Operand | (() => Operand), b: Operand | (() => Operand)): Value {
    return this.tape.choose(this, a, b);
  }
}

/** True if a node can be recorded on two nodes without further questions. */
function joins(tape: Tape, index: number, other: number): boolean {
  const { count } = tape;
  return count < tape.limit && index < count && other < count;
}

/** The same for one alone. */
function ready(tape: Tape, index: number): boolean {
  const { count } = tape;
  return count < tape.limit && index < count;
}
