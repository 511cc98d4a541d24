import type { Program } from '../../packages/engine/src/plan/plan.ts';
import * as plan from '../../packages/engine/src/plan/plan.ts';
import type {
  BinaryOperation,
  ManyOperation,
  UnaryOperation,
} from '../../packages/engine/src/operations/operation.ts';
import { OPERATIONS, OPERATIONS_BY_CODE } from '../../packages/engine/src/operations/table.ts';

/** The table's entries for the instructions that have no code of their own in the program. */
const UNARY: Readonly<Record<number, UnaryOperation>> = {
  [plan.NEG]: OPERATIONS.neg as UnaryOperation,
  [plan.EXP]: OPERATIONS.exp as UnaryOperation,
  [plan.RELU]: OPERATIONS.relu as UnaryOperation,
  [plan.TANH]: OPERATIONS.tanh as UnaryOperation,
  [plan.SIGMOID]: OPERATIONS.sigmoid as UnaryOperation,
};
const BINARY: Readonly<Record<number, BinaryOperation>> = {
  [plan.ADD]: OPERATIONS.add as BinaryOperation,
  [plan.SUB]: OPERATIONS.sub as BinaryOperation,
  [plan.MUL]: OPERATIONS.mul as BinaryOperation,
  [plan.DIV]: OPERATIONS.div as BinaryOperation,
};

/** An instruction that is no run. `a`, `b` and `c` are slots; of DOT and GATHER `c` is the start. */
interface Single {
  readonly opcode: number;
  readonly flags: number;
  readonly guarded: boolean;
  /** The slot of the result. */
  readonly d: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** UNARY, BINARY and MANY: the table's code. */
  readonly code: number;
  /** DOT and GATHER: the slots of the factors. */
  readonly pairs: readonly (readonly [number, number])[];
  /** MANY: the slots of the operands. */
  readonly list: readonly number[];
}

const products = (a: number, b: number, n: number, strideA: number, strideB: number): [number, number][] =>
  Array.from({ length: n }, (_, k) => [a + k * strideA, b + k * strideB]);

/** Reads the words as the format describes them, without the reader that the machine is given its steps by. */
function singles({ code: words, extra, leafValues }: Program): Single[] {
  const found: Single[] = [];
  for (let at = 0; at < words.length; at += 4) {
    const [head, a, b, c] = words.subarray(at, at + 4);
    const opcode = head & 255;
    const flags = (head >> 8) & 7;
    const guarded = (head & plan.GUARDED) !== 0;
    const plain = { opcode, flags, guarded, a, b, c, code: -1, pairs: [], list: [] };
    const add = (single: Partial<Single>): void =>
      void found.push({ ...plain, ...single, d: leafValues.length + found.length });
    if (head & plan.RUN && opcode === plan.DOT) {
      const [x, y, n, growthX, growthY, strideX, strideY, init, growthInit] = extra.subarray(a, a + 9);
      for (let turn = 0; turn < b; turn++) {
        const pairs = products(x + turn * growthX, y + turn * growthY, n, strideX, strideY);
        add({ pairs, c: init + turn * growthInit });
      }
    } else if (head & plan.RUN) {
      const [x, y, z, growthX, growthY, growthZ] = extra.subarray(a, a + 6);
      for (let turn = 0; turn < b; turn++) {
        add({ a: x + turn * growthX, b: y + turn * growthY, c: z + turn * growthZ });
      }
    } else if (opcode === plan.DOT) {
      const [n, strideA, strideB, init] = extra.subarray(c, c + 4);
      add({ pairs: products(a, b, n, strideA, strideB), c: init });
    } else if (opcode === plan.GATHER) {
      add({ pairs: Array.from({ length: b }, (_, k) => [extra[a + 2 * k], extra[a + 2 * k + 1]] as const) });
    } else if (opcode === plan.MANY) add({ list: [...extra.subarray(a, a + b)], code: c });
    else add({ code: opcode === plan.UNARY ? b : c });
  }
  return found;
}

/**
 * What the description of the format says, one single instruction after the other, with the table's own functions.
 * `magnitude` bounds each gradient: the sum over all paths of the products of their local derivatives' magnitudes.
 */
export function byTheBook(
  program: Program,
  seeds: readonly number[],
): { value: Float64Array; gradient: Float64Array; magnitude: Float64Array } {
  const { slots, outputs, leafValues } = program;
  const value = new Float64Array(slots);
  value.set(leafValues);
  const steps = singles(program);

  const unaryOf = (step: Single) => UNARY[step.opcode] ?? (OPERATIONS_BY_CODE[step.code] as UnaryOperation);
  const binaryOf = (step: Single) =>
    BINARY[step.opcode] ?? (OPERATIONS_BY_CODE[step.code] as BinaryOperation);

  for (const step of steps) {
    const [a, b, c] = [value[step.a], value[step.b], value[step.c]];
    let y: number;
    if (step.opcode === plan.FMA) y = c + a * b;
    else if (step.opcode === plan.DOT || step.opcode === plan.GATHER) {
      y = step.pairs.reduce((sum, [left, right]) => sum + value[left] * value[right], c);
    } else if (step.opcode === plan.WHERE) y = (OPERATIONS.where as ManyOperation).value([a, b, c]);
    else if (step.opcode === plan.MANY) {
      y = (OPERATIONS_BY_CODE[step.code] as ManyOperation).value(step.list.map((slot) => value[slot]));
    } else if (step.opcode in BINARY || step.opcode === plan.BINARY) y = binaryOf(step).value(a, b);
    else y = unaryOf(step).value(a);
    value[step.d] = y;
  }

  const gradient = new Float64Array(slots);
  const magnitude = new Float64Array(slots);
  const reached = new Uint8Array(slots);
  const give = (from: number, to: number, local: number): void => {
    gradient[to] += local * gradient[from];
    magnitude[to] += Math.abs(local) * magnitude[from];
    reached[to] = 1;
  };
  outputs.forEach((slot, i) => {
    gradient[slot] += seeds[i];
    magnitude[slot] += Math.abs(seeds[i]);
  });
  for (const step of steps.toReversed()) {
    const { d, flags, opcode } = step;
    if (step.guarded && reached[d] === 0) continue;
    const [a, b, y] = [value[step.a], value[step.b], value[d]];
    const both = (localA: number, localB: number): void => {
      if (flags & 1) give(d, step.a, localA);
      if (flags & 2) give(d, step.b, localB);
    };
    if (opcode === plan.FMA) {
      if (flags & 4) give(d, step.c, 1);
      both(b, a);
    } else if (opcode === plan.DOT || opcode === plan.GATHER) {
      if (flags & 4) give(d, step.c, 1);
      for (const [left, right] of step.pairs.toReversed()) {
        if (flags & 1) give(d, left, value[right]);
        if (flags & 2) give(d, right, value[left]);
      }
    } else if (opcode === plan.WHERE) {
      if (Number.isNaN(a)) continue;
      if (a !== 0 && flags & 2) give(d, step.b, 1);
      if (a === 0 && flags & 4) give(d, step.c, 1);
    } else if (opcode === plan.MANY) {
      const operands = step.list;
      const locals = new Float64Array(operands.length);
      const x = operands.map((slot) => value[slot]);
      (OPERATIONS_BY_CODE[step.code] as ManyOperation).partials(x, y, locals);
      operands.forEach((slot, k) => give(d, slot, locals[k]));
    } else if (opcode in BINARY || opcode === plan.BINARY) {
      const { partials } = binaryOf(step);
      both(partials[0](a, b, y), partials[1](a, b, y));
    } else give(d, step.a, unaryOf(step).partials[0](a, y));
  }
  return { value, gradient, magnitude };
}
