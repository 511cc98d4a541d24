import { NodeError, StaleValueError } from '../errors.ts';
import type { Tape } from './tape.ts';
import type { Value } from './value.ts';

/**
 * Leaves that stand one after another on a tape: the weights of a neuron, the parameters of a network. Made by
 * `tape.parameters(numbers)`.
 */
export class Block {
  /** Where they stand. */
  readonly tape: Tape;
  /** The node of the first one. */
  readonly start: number;
  /** How many they are. */
  readonly length: number;
  private readonly stamp: number;

  constructor(tape: Tape, start: number, length: number) {
    this.tape = tape;
    this.start = start;
    this.length = length;
    this.stamp = length === 0 ? 0 : tape.stampOf(start);
  }

  /** Their numbers, `length` of them; writing changes them. Ask anew after recording: the array may have moved. */
  get data(): Float64Array {
    this.check('data');
    const { tape, start } = this;
    const end = start + this.length;
    if (end > tape.base) tape.loose = true;
    return tape.value.subarray(start, end);
  }

  /** Their gradients, `length` of them; writing changes them. Ask anew after recording. */
  get grad(): Float64Array {
    this.check('grad');
    const { tape, start } = this;
    const end = start + this.length;
    if (tape.dirty < end) tape.dirty = end;
    return tape.grad.subarray(start, end);
  }

  /** The Value in place `i`, from 0. Throws NodeError outside. */
  at(i: number): Value {
    if (!Number.isInteger(i) || i < 0 || i >= this.length) {
      throw new NodeError('at', i, `a place from 0 to ${this.length - 1}`);
    }
    this.check('at');
    return this.tape.at(this.start + i);
  }

  /** All of them as Values. */
  values(): Value[] {
    return Array.from({ length: this.length }, (_, i) => this.at(i));
  }

  /** The part from place `from` up to, not including, `to`. Throws NodeError unless 0 ≤ from ≤ to ≤ length. */
  slice(from: number, to: number = this.length): Block {
    checkRange(this.length, from, to);
    this.check('slice');
    return new Block(this.tape, this.start + from, to - from);
  }

  /** Sets their gradients to 0. */
  zeroGrad(): void {
    this.check('zeroGrad');
    this.tape.grad.fill(0, this.start, this.start + this.length);
  }

  /** Throws StaleValueError if they are no longer on the tape. */
  check(where: string): void {
    const { tape, start, length } = this;
    if (start + length > tape.count || (length > 0 && this.stamp !== tape.stampOf(start))) {
      throw new StaleValueError(where, start + length - 1, tape.count);
    }
  }
}

/**
 * Numbers that stand one after another on a tape, without nodes, edges and gradients: the inputs of a network. Made by
 * `tape.constants(numbers)`.
 */
export class ConstantBlock {
  /** Where they stand. */
  readonly tape: Tape;
  /** The place of the first one among the tape's constants. */
  readonly start: number;
  /** How many they are. */
  readonly length: number;
  private readonly stamp: number;

  constructor(tape: Tape, start: number, length: number) {
    this.tape = tape;
    this.start = start;
    this.length = length;
    this.stamp = tape.stampOfConstant(start);
  }

  /** The numbers, `length` of them. */
  get data(): Float64Array {
    this.check('data');
    this.tape.loose = true;
    return this.tape.pool.subarray(this.start, this.start + this.length);
  }

  /** The part from place `from` up to, not including, `to`. Throws NodeError unless 0 ≤ from ≤ to ≤ length. */
  slice(from: number, to: number = this.length): ConstantBlock {
    checkRange(this.length, from, to);
    this.check('slice');
    return new ConstantBlock(this.tape, this.start + from, to - from);
  }

  /** Throws StaleValueError if they are no longer on the tape. */
  check(where: string): void {
    const { tape, start, length } = this;
    if (start + length > tape.constantCount || (length > 0 && this.stamp !== tape.stampOfConstant(start))) {
      throw new StaleValueError(where, start + length - 1, tape.constantCount, 'constant');
    }
  }
}

function checkRange(length: number, from: number, to: number): void {
  if (!Number.isInteger(from) || from < 0 || from > length) {
    throw new NodeError('slice', from, `a start from 0 to ${length}`);
  }
  if (!Number.isInteger(to) || to < from || to > length) {
    throw new NodeError('slice', to, `an end from ${from} to ${length}`);
  }
}
