import { CODES } from '../../packages/engine/src/operations/names.ts';
import type { Program } from '../../packages/engine/src/plan/plan.ts';
import * as plan from '../../packages/engine/src/plan/plan.ts';

/** Pseudo-random numbers in [0, 1): a linear congruential generator modulo 2³². */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Operations that make much of a small difference are left out of tame programs. */
const TAME_CODES = [CODES.sin, CODES.atan, CODES.softplus];
const UNARY_CODES = [CODES.sin, CODES.log, CODES.sqrt, CODES.abs, CODES.softplus];
const BINARY_CODES = [CODES.pow, CODES.atan2, CODES.leakyRelu];
const MANY_CODES = [CODES.sum, CODES.prod, CODES.logsumexp, CODES.mean];

/** Writes programs instruction by instruction, and finds out which operands want gradients. */
export class ProgramWriter {
  private readonly code: number[] = [];
  private readonly extra: number[] = [];
  private readonly leaves: readonly number[];
  private readonly inputs: number;
  private guards = false;
  private readonly wants: boolean[];

  /** The last of the leaves is −0, the start of sums without one. */
  constructor(leaves: readonly number[], inputs = leaves.length) {
    this.leaves = [...leaves, -0];
    this.inputs = inputs;
    this.wants = this.leaves.map((_, slot) => slot < inputs);
  }

  get zero(): number {
    return this.leaves.length - 1;
  }

  /** The slot of the next result. */
  get next(): number {
    return this.wants.length;
  }

  /** One instruction; returns its slot. */
  one(head: number, a: number, b = 0, c = 0): number {
    const opcode = head & plan.OPCODE;
    const second = opcode <= plan.DIV || [plan.FMA, plan.WHERE, plan.BINARY].includes(opcode) ? [b] : [];
    const third = opcode === plan.FMA || opcode === plan.WHERE ? [c] : [];
    return this.add(head, [a, b, c], 1, [opcode === plan.WHERE ? [] : [a], second, third]);
  }

  /** `count` instructions; returns the first slot. */
  run(opcode: number, count: number, [a, b, c]: readonly number[], [ga, gb, gc]: readonly number[]): number {
    this.extra.push(a, b, c, ga, gb, gc);
    return this.add(opcode | plan.RUN, [this.extra.length - 6, count, 0], count, [
      line(a, ga, count),
      opcode <= plan.DIV || opcode === plan.FMA ? line(b, gb, count) : [],
      opcode === plan.FMA ? line(c, gc, count) : [],
    ]);
  }

  dot(a: number, b: number, [n, strideA, strideB]: readonly number[], init = this.zero, head = 0): number {
    this.extra.push(n, strideA, strideB, init);
    const operands = [line(a, strideA, n), line(b, strideB, n), [init]];
    return this.add(plan.DOT | head, [a, b, this.extra.length - 4], 1, operands);
  }

  dots(
    count: number,
    [a, b, init]: readonly number[],
    [growthA, growthB, growthInit]: readonly number[],
    [n, strideA, strideB]: readonly number[],
  ): number {
    const operands = [
      line(a, growthA, count).flatMap((start) => line(start, strideA, n)),
      line(b, growthB, count).flatMap((start) => line(start, strideB, n)),
      line(init, growthInit, count),
    ];
    const independent = operands.flat().every((slot) => slot < this.next) ? 1 : 0;
    this.extra.push(a, b, n, growthA, growthB, strideA, strideB, init, growthInit, independent);
    return this.add(plan.DOT | plan.RUN, [this.extra.length - 10, count, 0], count, operands);
  }

  gather(pairs: readonly number[], init = this.zero, head = 0): number {
    this.extra.push(...pairs);
    return this.add(plan.GATHER | head, [this.extra.length - pairs.length, pairs.length / 2, init], 1, [
      pairs.filter((_, k) => k % 2 === 0),
      pairs.filter((_, k) => k % 2 === 1),
      [init],
    ]);
  }

  many(code: number, operands: readonly number[], head = 0): number {
    this.extra.push(...operands);
    const words = [this.extra.length - operands.length, operands.length, code];
    return this.add(plan.MANY | head, words, 1, [operands]);
  }

  program(outputs: readonly number[] = [this.next - 1]): Program {
    return {
      code: Int32Array.from(this.code),
      extra: Int32Array.from(this.extra),
      leafValues: Float64Array.from(this.leaves),
      slots: this.next,
      inputs: this.inputs,
      data: 0,
      outputs: Int32Array.from(outputs),
      guarded: this.guards,
      decisions: [],
    };
  }

  private add(
    head: number,
    [a, b, c]: readonly number[],
    count: number,
    operands: readonly (readonly number[])[],
  ): number {
    const flags = operands.map((slots) => slots.some((slot) => this.wants[slot]));
    const own = flags.some((flag) => flag);
    const bits = operands.map((slots, i) =>
      // Operands among the run's own results want gradients if the results do.
      flags[i] || (own && slots.some((slot) => slot >= this.next)) ? 1 << (8 + i) : 0,
    );
    this.code.push(
      bits.reduce((all, bit) => all | bit, head),
      a,
      b,
      c,
    );
    if (head & plan.GUARDED) this.guards = true;
    for (let i = 0; i < count; i++) this.wants.push(own);
    return this.next - count;
  }
}

function line(start: number, stride: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => start + k * stride);
}

/** A program of every kind of instruction and run, with operands anywhere before the result. */
export function randomProgram(seed: number, { length = 25, leaves = 12, tame = false } = {}): Program {
  const random = generator(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)];
  const numbers = Array.from({ length: leaves }, () =>
    !tame && random() < 0.03 ? pick([0, -0, 1, Infinity, NaN, 1e200]) : 3 * random() - 1.5,
  );
  const writer = new ProgramWriter(numbers, 1 + below(leaves));
  // Recent results most of the time, so that much of the program is reached.
  const slot = (): number =>
    random() < 0.5 ? writer.next - 1 - below(Math.min(6, writer.next)) : below(writer.next);
  /** The beginning of `count` steps that stay below the next slot. */
  const place = (stride: number, count: number): number | null => {
    const reach = stride * (count - 1);
    const room = writer.next - Math.abs(reach);
    return room <= 0 ? null : below(room) + (reach < 0 ? -reach : 0);
  };
  for (let i = 0; i < length; i++) {
    const kind = below(12);
    if (kind < 3) writer.one(pick([plan.ADD, plan.SUB, plan.MUL, plan.DIV]), slot(), slot());
    else if (kind === 3) writer.one(pick([plan.NEG, plan.EXP, plan.RELU, plan.TANH, plan.SIGMOID]), slot());
    else if (kind === 4) writer.one(plan.FMA, slot(), slot(), slot());
    else if (kind === 5) {
      const n = 1 + below(9);
      const [strideA, strideB] = random() < 0.6 ? [1, 1] : [below(4) - 1, below(4) - 1];
      const [a, b] = [place(strideA, n), place(strideB, n)];
      if (a !== null && b !== null) writer.dot(a, b, [n, strideA, strideB], slot());
    } else if (kind === 6) {
      const pairs = Array.from({ length: 2 * (1 + below(4)) }, slot);
      writer.gather(pairs, slot());
    } else if (kind === 7) writer.one(plan.WHERE, slot(), slot(), slot());
    else if (kind === 8) {
      const arity = below(3);
      if (arity === 0) writer.one(plan.UNARY, slot(), pick(tame ? TAME_CODES : UNARY_CODES));
      else if (arity === 1) writer.one(plan.BINARY, slot(), slot(), pick(BINARY_CODES));
      else writer.many(pick(MANY_CODES), Array.from({ length: 1 + below(4) }, slot));
    } else if (kind === 9) {
      // A chain, or nearly one.
      const count = 4 + below(8);
      const opcode = pick([plan.ADD, plan.SUB, plan.MUL, plan.FMA, plan.DIV]);
      const operand = (): readonly [number, number] => {
        if (random() < 0.5) return [writer.next - 1, 1];
        const growth = random() < 0.5 ? 0 : below(3) - 1;
        return [place(growth, count) ?? 0, growth];
      };
      const [[a, ga], [b, gb], [c, gc]] = [operand(), operand(), operand()].map(([start, growth]) =>
        start + growth * (count - 1) < 0 ? [start, 0] : [start, growth],
      );
      writer.run(opcode, count, [a, b, c], [ga, gb, gc]);
    } else if (kind === 10) {
      const count = 4 + below(5);
      const start = place(1, count);
      if (start !== null) {
        const opcode = pick([plan.RELU, plan.TANH, plan.SIGMOID, plan.EXP, plan.NEG]);
        writer.run(opcode, count, [start, 0, 0], [1, 0, 0]);
      }
    } else {
      const count = 4 + below(4);
      if (random() < 0.3) {
        const last = writer.next - 1;
        const other = place(1, 2);
        if (other !== null) writer.dots(count, [last, other, writer.zero], [1, 0, 0], [2, 0, 1]);
      } else {
        const n = 1 + below(6);
        const [a, b] = [place(1, n * count), place(1, n)];
        const init = place(1, count);
        if (a !== null && b !== null && init !== null) writer.dots(count, [a, b, init], [n, 0, 1], [n, 1, 1]);
      }
    }
  }
  const last = writer.next - 1;
  return writer.program(random() < 0.7 ? [last] : [last, below(writer.next), last]);
}
