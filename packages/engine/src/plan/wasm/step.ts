import type { Program } from '../plan.ts';
import { DOT, GATHER, GUARDED, MANY, OPCODE, RUN, UNARY, WORDS } from '../plan.ts';

/** One instruction of a program, or `count` in a row with operands that move by constant strides. Operands are slots. */
export interface Step {
  opcode: number;
  /** Which operands want a gradient: 1 the first, 2 the second, 4 the third. */
  flags: number;
  guarded: boolean;
  /** The result, and the number of results. */
  d: number;
  count: number;
  /** The operands, and by how much they grow from one turn to the next. */
  a: number;
  b: number;
  c: number;
  growthA: number;
  growthB: number;
  growthC: number;
  /** UNARY, BINARY and MANY: the table's code. */
  code: number;
  /** DOT, GATHER and MANY: the number of products or of operands. */
  n: number;
  /** DOT: strides within one product. */
  strideA: number;
  strideB: number;
  /** GATHER and MANY: where in `extra` the operands stand. */
  list: number;
}

export function emptyStep(): Step {
  return {
    opcode: 0,
    flags: 0,
    guarded: false,
    d: 0,
    count: 1,
    a: 0,
    b: 0,
    c: 0,
    growthA: 0,
    growthB: 0,
    growthC: 0,
    code: 0,
    n: 0,
    strideA: 0,
    strideB: 0,
    list: -1,
  };
}

/** The number of results of an instruction. */
export function countAt({ code }: Program, index: number): number {
  return code[WORDS * index] & RUN ? code[WORDS * index + 2] : 1;
}

/** Reads instruction `index`, whose first result is slot `d`, into `step`. */
export function readStep({ code, extra }: Program, index: number, d: number, step: Step): void {
  const at = WORDS * index;
  const head = code[at];
  const opcode = head & OPCODE;
  step.opcode = opcode;
  step.flags = (head >> 8) & 7;
  step.guarded = (head & GUARDED) !== 0;
  step.d = d;
  step.count = 1;
  step.a = code[at + 1];
  step.b = code[at + 2];
  step.c = code[at + 3];
  step.growthA = step.growthB = step.growthC = 0;
  step.code = opcode === UNARY ? step.b : step.c;
  step.n = step.b;
  step.list = -1;
  if (head & RUN) {
    const place = step.a;
    step.count = step.b;
    step.a = extra[place];
    step.b = extra[place + 1];
    if (opcode === DOT) {
      step.n = extra[place + 2];
      step.growthA = extra[place + 3];
      step.growthB = extra[place + 4];
      step.strideA = extra[place + 5];
      step.strideB = extra[place + 6];
      step.c = extra[place + 7];
      step.growthC = extra[place + 8];
    } else {
      step.c = extra[place + 2];
      step.growthA = extra[place + 3];
      step.growthB = extra[place + 4];
      step.growthC = extra[place + 5];
    }
  } else if (opcode === DOT) {
    const place = step.c;
    step.n = extra[place];
    step.strideA = extra[place + 1];
    step.strideB = extra[place + 2];
    step.c = extra[place + 3];
  } else if (opcode === GATHER || opcode === MANY) {
    step.list = step.a;
  }
}
