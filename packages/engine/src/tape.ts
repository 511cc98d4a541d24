import { checkArity, withDefaults } from './arity.ts';
import { binaryValue, InputReader, nodeValue, numberAt, unaryValue } from './columns.ts';
import {
  ForeignValueError,
  IntermediateDataError,
  OperandError,
  StaleValueError,
  UnknownOperationError,
} from './errors.ts';
import { CODES, codeOf, LEAF, OPERATION_NAMES } from './operation-names.ts';
import type { OperationName } from './operation-names.ts';
import { OPERATIONS_BY_CODE } from './operations.ts';
import { takenBranch } from './operations/choices.ts';
import type { Recording } from './recording.ts';
import { NodeStore } from './store.ts';
import type { SweepObserver } from './sweep.ts';

/** A constant with the text that the writer used for it: 0.5 written `1/2`. */
export class Constant {
  readonly value: number;
  readonly text: string;
  constructor(value: number, text: string) {
    if (typeof value !== 'number') throw new OperandError('Constant', value, 'a number');
    this.value = value;
    this.text = text;
  }
}

/** What an operation takes: a Value, or a number, which becomes a constant without node, edge and gradient. */
export type Operand = Value | number | Constant;

/**
 * Where operations are recorded: one node after another, in typed arrays. Every Value belongs to one tape.
 *
 *     const tape = new Tape();
 *     const a = tape.leaf(2, 'a');
 *     const y = tape.apply('mul', a, a);
 *     y.backward();
 *     a.grad; // 4
 */
export class Tape extends NodeStore {
  private readonly reader = new InputReader();

  /** A leaf: a number that is differentiated with respect to. */
  leaf(data: number, label?: string): Value {
    if (typeof data !== 'number') throw new OperandError('value', data, 'a number');
    if (label !== undefined && typeof label !== 'string') throw new OperandError('label', label, 'a text');
    const node = this.pushLeaf(data);
    if (label !== undefined) this.names.set(node, label);
    return new Value(this, node);
  }

  /** The Value of a node that is already on the tape. */
  at(node: number): Value {
    if (!(node >= 0 && node < this.count)) throw new StaleValueError('at', node, this.count);
    return new Value(this, node);
  }

  /** Records an operation by name. Throws ArityError, OperandError, ForeignValueError or StaleValueError. */
  apply(name: OperationName, ...operands: readonly Operand[]): Value {
    return this.applyAll(name, operands);
  }

  /** `apply` for a list of operands of any length. */
  applyAll(name: OperationName, operands: readonly Operand[]): Value {
    const code = codeOf(name);
    const operation = OPERATIONS_BY_CODE[code] ?? null;
    if (operation === null) throw new UnknownOperationError(name);
    const given = withDefaults(operation, operands);
    checkArity(operation, given.length);
    if (operation.arity === 1) return this.unary(code, given[0]);
    if (operation.arity === 2) return this.binary(code, given[0], given[1]);
    return this.many(code, given);
  }

  /** @internal Records a unary operation by code. */
  unary(code: number, a: Operand): Value {
    const p = this.entryOf(code, a);
    return new Value(this, this.pushUnary(code, p, unaryValue(code, numberAt(this, p))));
  }

  /** @internal Records a binary operation by code. */
  binary(code: number, a: Operand, b: Operand): Value {
    const p = this.entryOf(code, a);
    const q = this.entryOf(code, b);
    return new Value(
      this,
      this.pushBinary(code, p, q, binaryValue(code, numberAt(this, p), numberAt(this, q))),
    );
  }

  /** @internal Records an operation of three inputs or any number by code. */
  many(code: number, operands: readonly Operand[]): Value {
    const entries: number[] = [];
    for (const operand of operands) entries.push(this.entryOf(code, operand));
    const node = this.pushMany(code, entries);
    if (!this.skipping) this.value[node] = nodeValue(this, node, this.reader);
    return new Value(this, node);
  }

  /** @internal Records `where`; a branch given as a function is recorded, but evaluated only if it is taken. */
  choose(condition: Operand, a: Operand | (() => Operand), b: Operand | (() => Operand)): Value {
    const entry = this.entryOf(CODES.where, condition);
    const taken = takenBranch(numberAt(this, entry));
    const branch = (slot: number, given: Operand | (() => Operand)) =>
      typeof given !== 'function' ? given : slot === taken ? given() : this.skip(given);
    return this.many(CODES.where, [condition, branch(1, a), branch(2, b)]);
  }

  /** Differentiates `of`; see `Value.backward`. */
  backward(of: Value, seed = 1, observer: SweepObserver | null = null): void {
    if (of.tape !== this) throw new ForeignValueError('backward');
    if (of.index >= this.count) throw new StaleValueError('backward', of.index, this.count);
    this.backwardFrom(of.index, seed, observer);
  }

  /**
   * A copy of the whole tape as plain data; node indices are those of the Values. `output` is the node that is
   * differentiated, by default the last one.
   */
  record(output?: Value): Recording {
    if (output === undefined) return this.recordNode();
    if (output.tape !== this) throw new ForeignValueError('record');
    return this.recordNode(output.index);
  }

  /** The entry of `inputs` for an operand of the operation with this code. */
  private entryOf(code: number, operand: Operand): number {
    if (operand instanceof Value) {
      if (operand.tape !== this) throw new ForeignValueError(OPERATION_NAMES[code]);
      if (operand.index >= this.count)
        throw new StaleValueError(OPERATION_NAMES[code], operand.index, this.count);
      return operand.index;
    }
    if (typeof operand === 'number') return this.pushConstant(operand);
    if (operand instanceof Constant) return this.pushConstant(operand.value, operand.text);
    throw new OperandError(OPERATION_NAMES[code], operand, 'a number or a Value');
  }
}

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
  readonly tape: Tape;
  /** The node's place on its tape, and in a recording of the whole tape. */
  readonly index: number;

  constructor(tape: Tape, index: number) {
    this.tape = tape;
    this.index = index;
  }

  /** The number. */
  get data(): number {
    this.check('data');
    return this.tape.value[this.index];
  }

  /** Sets a leaf's number; what has been computed from it stays as it is. Throws IntermediateDataError elsewhere. */
  set data(data: number) {
    this.check('data');
    if (typeof data !== 'number') throw new OperandError('data', data, 'a number');
    const code = this.tape.operation[this.index];
    if (code !== LEAF) throw new IntermediateDataError(OPERATION_NAMES[code], this.index);
    this.tape.value[this.index] = data;
  }

  /** The gradient: 0 until a `backward()` reaches this node. */
  get grad(): number {
    this.check('grad');
    return this.tape.grad[this.index];
  }

  set grad(grad: number) {
    this.check('grad');
    if (typeof grad !== 'number') throw new OperandError('grad', grad, 'a number');
    this.tape.grad[this.index] = grad;
  }

  /** The node's name; '' for none. */
  get label(): string {
    return this.tape.names.get(this.index) ?? '';
  }

  set label(label: string) {
    this.check('label');
    if (typeof label !== 'string') throw new OperandError('label', label, 'a text');
    if (label === '') this.tape.names.delete(this.index);
    else this.tape.names.set(this.index, label);
  }

  /** Names the node, and returns it. */
  as(label: string): this {
    this.label = label;
    return this;
  }

  /** The name of the operation that made this value; 'leaf' for a leaf. */
  get op(): OperationName | 'leaf' {
    this.check('op');
    return OPERATION_NAMES[this.tape.operation[this.index]];
  }

  /** The Values this one was computed from, in slot order; a Value used twice is there twice, constants are not. */
  get prev(): Value[] {
    return this.inputs.filter((input) => input instanceof Value);
  }

  /** Everything this value was computed from, in slot order: Values, and constants as numbers. */
  get inputs(): (Value | number)[] {
    this.check('inputs');
    const { tape, index } = this;
    const inputs: (Value | number)[] = [];
    for (let at = tape.inputStart[index]; at < tape.inputStart[index + 1]; at++) {
      const entry = tape.inputs[at];
      inputs.push(entry >= 0 ? new Value(tape, entry) : tape.constants[~entry]);
    }
    return inputs;
  }

  /**
   * Computes the derivative of this value, times `seed`, with respect to every value it depends on, into `.grad`.
   * Gradients of leaves add up from call to call (a second call doubles them; `zeroGrad()` starts anew), gradients
   * of computed values are those of the last call.
   */
  backward(seed = 1): void {
    this.check('backward');
    if (typeof seed !== 'number') throw new OperandError('backward', seed, 'a number');
    this.tape.backwardFrom(this.index, seed);
  }

  toString(): string {
    const name = this.label === '' ? '' : `${this.label} = `;
    return `Value(${name}${this.data})`;
  }

  private check(where: string): void {
    if (this.index >= this.tape.count) throw new StaleValueError(where, this.index, this.tape.count);
  }

  /** a + b. */
  add(b: Operand): Value {
    return this.tape.binary(CODES.add, this, b);
  }

  /** a − b. */
  sub(b: Operand): Value {
    return this.tape.binary(CODES.sub, this, b);
  }

  /** a · b. */
  mul(b: Operand): Value {
    return this.tape.binary(CODES.mul, this, b);
  }

  /** a / b. */
  div(b: Operand): Value {
    return this.tape.binary(CODES.div, this, b);
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
    return this.tape.unary(CODES.exp, this);
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
    return this.tape.unary(CODES.tanh, this);
  }

  /** σ(a) = 1 / (1 + e⁻ᵃ). */
  sigmoid(): Value {
    return this.tape.unary(CODES.sigmoid, this);
  }

  /** max(a, 0); the slope at 0 is 0. */
  relu(): Value {
    return this.tape.unary(CODES.relu, this);
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
