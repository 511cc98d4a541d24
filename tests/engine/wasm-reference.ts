import type { Program } from '../../packages/engine/src/plan/plan.ts';
import * as plan from '../../packages/engine/src/plan/plan.ts';
import { countAt, emptyStep, readStep } from '../../packages/engine/src/plan/wasm/step.ts';
import type { Step } from '../../packages/engine/src/plan/wasm/step.ts';
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

/** A single instruction: a step without a run. */
function turns(step: Step): Step[] {
  return Array.from({ length: step.count }, (_, turn) => ({
    ...step,
    d: step.d + turn,
    a: step.a + turn * step.growthA,
    b: step.b + turn * step.growthB,
    c: step.c + turn * step.growthC,
  }));
}

/**
 * What the description of the format says, one single instruction after the other, with the table's own functions.
 * `magnitude` bounds each gradient: the sum over all paths of the products of their local derivatives' magnitudes.
 */
export function byTheBook(
  program: Program,
  seeds: readonly number[],
): { value: Float64Array; gradient: Float64Array; magnitude: Float64Array } {
  const { slots, extra, outputs, leafValues } = program;
  const value = new Float64Array(slots);
  value.set(leafValues);
  const steps: Step[] = [];
  let d = leafValues.length;
  for (let index = 0; index < program.code.length / plan.WORDS; index++) {
    const step = emptyStep();
    readStep(program, index, d, step);
    steps.push(...turns(step));
    d += countAt(program, index);
  }

  const list = ({ list, n }: Step): number[] => [...extra.subarray(list, list + n)];
  const pairs = ({ opcode, a, b, n, strideA, strideB, list }: Step): [number, number][] =>
    Array.from({ length: n }, (_, k) =>
      opcode === plan.DOT
        ? [a + k * strideA, b + k * strideB]
        : [extra[list + 2 * k], extra[list + 2 * k + 1]],
    );
  const unaryOf = (step: Step) => UNARY[step.opcode] ?? (OPERATIONS_BY_CODE[step.code] as UnaryOperation);
  const binaryOf = (step: Step) => BINARY[step.opcode] ?? (OPERATIONS_BY_CODE[step.code] as BinaryOperation);

  for (const step of steps) {
    const [a, b, c] = [value[step.a], value[step.b], value[step.c]];
    let y: number;
    if (step.opcode === plan.FMA) y = c + a * b;
    else if (step.opcode === plan.DOT || step.opcode === plan.GATHER) {
      y = pairs(step).reduce((sum, [left, right]) => sum + value[left] * value[right], c);
    } else if (step.opcode === plan.WHERE) y = (OPERATIONS.where as ManyOperation).value([a, b, c]);
    else if (step.opcode === plan.MANY) {
      y = (OPERATIONS_BY_CODE[step.code] as ManyOperation).value(list(step).map((slot) => value[slot]));
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
    reached[slot] = 1;
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
      for (const [left, right] of pairs(step).toReversed()) {
        if (flags & 1) give(d, left, value[right]);
        if (flags & 2) give(d, right, value[left]);
      }
    } else if (opcode === plan.WHERE) {
      if (Number.isNaN(a)) continue;
      if (a !== 0 && flags & 2) give(d, step.b, 1);
      if (a === 0 && flags & 4) give(d, step.c, 1);
    } else if (opcode === plan.MANY) {
      const operands = list(step);
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
