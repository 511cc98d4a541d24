import { Block, ConstantBlock } from './block.ts';
import { ArityError, ForeignValueError, OperandError } from '../errors.ts';
import { CODES } from '../operations/names.ts';
import { operationName } from '../operations/table.ts';
import { RUNS } from './store.ts';
import type { Tape } from './tape.ts';
import type { Operand, Value } from './value.ts';

/** Inputs of an operation of many: Values and numbers in an array, numbers in a typed array, or a block of either. */
export type Operands = ArrayLike<Operand> | Block | ConstantBlock;

const { sum: SUM, dot: DOT, affine: AFFINE } = CODES;

/** A list of operands as entries, which are evenly spaced or listed. */
class Run {
  length = 0;
  start = 0;
  stride = 1;
  even = true;
  list = new Int32Array(16);

  read(tape: Tape, code: number, operands: Operands): void {
    this.length = lengthOf(code, operands);
    this.even = true;
    this.stride = 1;
    if (operands instanceof Block || operands instanceof ConstantBlock) {
      if (operands.tape !== tape) throw new ForeignValueError('a block');
      operands.check('a block');
      const constants = operands instanceof ConstantBlock;
      this.start = constants ? ~operands.start : operands.start;
      if (constants) this.stride = -1;
      return;
    }
    const { length } = operands;
    if (!tape.debug && this.readEven(tape, operands)) return;
    if (this.list.length < length) this.list = new Int32Array(2 * length);
    const { list } = this;
    let even = true;
    let before = 0;
    let stride = 1;
    for (let i = 0; i < length; i++) {
      const entry = tape.entryOf(code, operands[i]);
      list[i] = entry;
      if (i === 1) stride = entry - before;
      if (i > 0 && (entry - before !== stride || entry < 0 !== before < 0)) even = false;
      before = entry;
    }
    this.start = list[0];
    this.stride = stride;
    this.even = even;
  }

  /** Reads Values that are evenly spaced on the tape, as the units of a layer are; false for anything else. */
  private readEven(tape: Tape, operands: ArrayLike<Operand>): boolean {
    const { length } = operands;
    const start = indexOn(tape, operands[0]);
    if (start < 0) return false;
    const stride = length > 1 ? indexOn(tape, operands[1]) - start : 1;
    let expected = start;
    for (let i = 0; i < length; i++, expected += stride) {
      if (indexOn(tape, operands[i]) !== expected) return false;
    }
    // Indices rise or fall evenly: those in between are on the tape if these are. -1 may be what comes next by chance.
    const last = expected - stride;
    if (last < 0 || start >= tape.count || last >= tape.count) return false;
    this.start = start;
    this.stride = stride;
    return true;
  }

  /** The entry in place `i`. */
  at(i: number): number {
    return this.even ? this.start + i * this.stride : this.list[i];
  }
}

function lengthOf(code: number, operands: Operands): number {
  if (typeof operands?.length === 'number') return operands.length;
  throw new OperandError(operationName(code), operands, 'a list of numbers and Values, or a block');
}

/** The node of a Value of this tape; -1 for anything else. */
function indexOn(tape: Tape, operand: Operand | null | undefined): number {
  if (typeof operand !== 'object' || operand === null) return -1;
  return (operand as Value).tape === tape ? (operand as Value).index : -1;
}

const left = new Run();
const right = new Run();

/** Records Σ x, added from left to right. Throws ArityError for nothing. */
export function recordSum(tape: Tape, x: Operands): Value {
  left.read(tape, SUM, x);
  const { length, even, start, stride } = left;
  if (length === 0) throw new ArityError('sum', 0, 'at least one');
  let total = tape.numberOf(left.at(0));
  if (even && start >= 0) {
    const { value } = tape;
    for (let i = 1, entry = start + stride; i < length; i++, entry += stride) total += value[entry];
  } else {
    for (let i = 1; i < length; i++) total += tape.numberOf(left.at(i));
  }
  const at = tape.reserve(even ? 2 : length);
  if (even) {
    tape.extra[at] = start;
    tape.extra[at + 1] = stride;
  } else {
    tape.extra.set(left.list.subarray(0, length), at);
  }
  return tape.made(tape.push(even ? RUNS + SUM : SUM, at, length, total));
}

/** Records Σ a[i] · b[i], added from left to right. Throws ArityError unless both are of one length, not 0. */
export function recordDot(tape: Tape, a: Operands, b: Operands): Value {
  readBoth(tape, DOT, a, b);
  if (left.length === 0) throw new ArityError('dot', 0, 'pairs of inputs');
  const first = tape.numberOf(left.at(0)) * tape.numberOf(right.at(0));
  const total = addProducts(tape, first, 1);
  const even = left.even && right.even;
  const at = tape.reserve(even ? 4 : 2 * left.length);
  writePairs(tape, at, even);
  return tape.made(tape.push(even ? RUNS + DOT : DOT, at, even ? left.length : 2 * left.length, total));
}

/** Records bias + Σ w[i] · x[i], added from left to right. Throws ArityError unless w and x are of one length. */
export function recordAffine(tape: Tape, w: Operands, x: Operands, bias: Operand): Value {
  readBoth(tape, AFFINE, w, x);
  const { length } = left;
  const entry = tape.entryOf(AFFINE, bias);
  const total = addProducts(tape, tape.numberOf(entry), 0);
  const even = left.even && right.even;
  const at = tape.reserve(even ? 5 : 2 * length + 1);
  tape.extra[at] = entry;
  writePairs(tape, at + 1, even);
  return tape.made(tape.push(even ? RUNS + AFFINE : AFFINE, at, even ? length : 2 * length + 1, total));
}

function readBoth(tape: Tape, code: number, a: Operands, b: Operands): void {
  const length = lengthOf(code, a);
  const found = lengthOf(code, b);
  if (found !== length) throw new ArityError(operationName(code), found, `${length}, as many as on the left`);
  left.read(tape, code, a);
  right.read(tape, code, b);
}

/** `total` plus the products from place `from` on. */
function addProducts(tape: Tape, total: number, from: number): number {
  const { value, pool } = tape;
  const { length } = left;
  if (left.even && right.even && left.start >= 0) {
    const { stride: stepA } = left;
    let a = left.start + from * stepA;
    if (right.start >= 0) {
      const { stride: stepB } = right;
      let b = right.start + from * stepB;
      for (let i = from; i < length; i++, a += stepA, b += stepB) total += value[a] * value[b];
    } else {
      const stepB = -right.stride;
      let b = ~right.start + from * stepB;
      for (let i = from; i < length; i++, a += stepA, b += stepB) total += value[a] * pool[b];
    }
    return total;
  }
  for (let i = from; i < length; i++) total += tape.numberOf(left.at(i)) * tape.numberOf(right.at(i));
  return total;
}

function writePairs({ extra }: Tape, at: number, even: boolean): void {
  if (even) {
    extra[at] = left.start;
    extra[at + 1] = left.stride;
    extra[at + 2] = right.start;
    extra[at + 3] = right.stride;
  } else {
    for (let i = 0; i < left.length; i++) {
      extra[at + 2 * i] = left.at(i);
      extra[at + 2 * i + 1] = right.at(i);
    }
  }
}
