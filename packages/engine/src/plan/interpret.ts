import { InputReader } from '../recording/columns.ts';
import type { BinaryOperation, ManyOperation, UnaryOperation } from '../operations/operation.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import { sigmoid, tanh } from '../operations/activations.ts';
import * as plan from './plan.ts';
import type { Machine, Program } from './plan.ts';
import { isByFour, productsBackward } from './rows.ts';
import { runBackward, runForward } from './run.ts';

const { value: sigmoidValue } = sigmoid;
const [sigmoidSlope] = sigmoid.partials;
const [tanhSlope] = tanh.partials;
const WANTS = plan.WANTS_A | plan.WANTS_B | plan.WANTS_C;

/**
 * Numbers in 4096 bytes. A processor takes a number for one that it is just storing if their addresses differ by a multiple of
 * these, and waits: a slot's value and its gradient stand half of that apart.
 */
const PAGE = 512;

/**
 * Runs a program in plain JavaScript, without making code: allowed under any content security policy. Values and gradients
 * have the bits of the eager sweep.
 */
export class Interpreter implements Machine {
  readonly value: Float64Array;
  readonly gradient: Float64Array;
  private readonly program: Program;
  private readonly reached: Uint8Array | null;
  private readonly numbers = new InputReader();
  private locals = new Float64Array(8);
  private finite: boolean | null = null;
  /** Per instruction: 1 for dot products of which four may be swept at a time. */
  private readonly byFour: Uint8Array;

  constructor(program: Program) {
    this.program = program;
    const { slots } = program;
    const distance = Math.ceil(slots / PAGE) * PAGE + PAGE / 2;
    const memory = new ArrayBuffer(8 * (distance + slots));
    this.value = new Float64Array(memory, 0, slots);
    this.value.set(program.leafValues);
    this.gradient = new Float64Array(memory, 8 * distance, slots);
    this.reached = program.guarded ? new Uint8Array(program.slots) : null;
    const { code, extra } = program;
    this.byFour = new Uint8Array(code.length / plan.WORDS);
    for (let at = 0; at < code.length; at += plan.WORDS) {
      if ((code[at] & plan.RUN) === 0 || (code[at] & plan.OPCODE) !== plan.DOT) continue;
      const wantsInit = (code[at] & plan.WANTS_C) !== 0;
      if (isByFour(extra, wantsInit, code[at + 1], code[at + 2])) this.byFour[at / plan.WORDS] = 1;
    }
  }

  forward(): void {
    const { value: V, program } = this;
    const { code, extra } = program;
    let slot = program.leafValues.length;
    for (let at = 0; at < code.length; at += plan.WORDS) {
      const head = code[at];
      const a = code[at + 1];
      const b = code[at + 2];
      const c = code[at + 3];
      if ((head & plan.RUN) !== 0) {
        runForward(V, extra, head & plan.OPCODE, slot, a, b);
        slot += b;
        continue;
      }
      switch (head & plan.OPCODE) {
        case plan.ADD:
          V[slot] = V[a] + V[b];
          break;
        case plan.SUB:
          V[slot] = V[a] - V[b];
          break;
        case plan.MUL:
          V[slot] = V[a] * V[b];
          break;
        case plan.DIV:
          V[slot] = V[a] / V[b];
          break;
        case plan.NEG:
          V[slot] = -V[a];
          break;
        case plan.EXP:
          V[slot] = Math.exp(V[a]);
          break;
        case plan.RELU: {
          const x = V[a];
          V[slot] = x > 0 ? x : x <= 0 ? 0 : NaN;
          break;
        }
        case plan.TANH:
          V[slot] = Math.tanh(V[a]);
          break;
        case plan.SIGMOID:
          V[slot] = sigmoidValue(V[a]);
          break;
        case plan.FMA:
          V[slot] = V[c] + V[a] * V[b];
          break;
        case plan.DOT: {
          const n = extra[c];
          const strideA = extra[c + 1];
          const strideB = extra[c + 2];
          let sum = V[extra[c + 3]];
          for (let k = 0, x = a, y = b; k < n; k++, x += strideA, y += strideB) sum += V[x] * V[y];
          V[slot] = sum;
          break;
        }
        case plan.GATHER: {
          let sum = V[c];
          for (let i = a, end = a + 2 * b; i < end; i += 2) sum += V[extra[i]] * V[extra[i + 1]];
          V[slot] = sum;
          break;
        }
        case plan.WHERE: {
          const condition = V[a];
          V[slot] = condition !== condition ? NaN : condition !== 0 ? V[b] : V[c];
          break;
        }
        case plan.UNARY:
          V[slot] = unary(b).value(V[a]);
          break;
        case plan.BINARY:
          V[slot] = binary(c).value(V[a], V[b]);
          break;
        default:
          V[slot] = many(c).value(this.read(a, b));
      }
      slot++;
    }
  }

  backward(seeds: ArrayLike<number>): void {
    const { value: V, gradient: G, reached, byFour, program } = this;
    const { code, extra, outputs } = program;
    G.fill(0);
    for (let i = 0; i < outputs.length; i++) G[outputs[i]] += seeds[i];
    reached?.fill(0);
    this.finite = null;

    let slot = program.slots;
    for (let at = code.length - plan.WORDS; at >= 0; at -= plan.WORDS) {
      const head = code[at];
      const a = code[at + 1];
      const b = code[at + 2];
      const c = code[at + 3];
      if ((head & plan.RUN) !== 0) {
        slot -= b;
        if ((head & WANTS) !== 0) {
          runBackward(V, G, extra, head, slot, a, b, byFour[at / plan.WORDS] === 1, this);
        }
        continue;
      }
      slot--;
      if ((head & WANTS) === 0) continue;
      if ((head & plan.GUARDED) !== 0) {
        if (reached![slot] === 0) continue;
        mark(reached!, extra, head & plan.OPCODE, a, b, c);
      }
      const g = G[slot];
      switch (head & plan.OPCODE) {
        case plan.ADD:
          if ((head & plan.WANTS_A) !== 0) G[a] += g;
          if ((head & plan.WANTS_B) !== 0) G[b] += g;
          break;
        case plan.SUB:
          if ((head & plan.WANTS_A) !== 0) G[a] += g;
          if ((head & plan.WANTS_B) !== 0) G[b] -= g;
          break;
        case plan.MUL: {
          const x = V[a];
          if ((head & plan.WANTS_A) !== 0) G[a] += V[b] * g;
          if ((head & plan.WANTS_B) !== 0) G[b] += x * g;
          break;
        }
        case plan.DIV:
          if ((head & plan.WANTS_A) !== 0) G[a] += (1 / V[b]) * g;
          if ((head & plan.WANTS_B) !== 0) G[b] += -(V[slot] / V[b]) * g;
          break;
        case plan.NEG:
          G[a] -= g;
          break;
        case plan.EXP:
          G[a] += V[slot] * g;
          break;
        case plan.RELU: {
          const y = V[slot];
          G[a] += (y > 0 ? 1 : y) * g;
          break;
        }
        case plan.TANH:
          G[a] += tanhSlope(V[a], V[slot]) * g;
          break;
        case plan.SIGMOID:
          G[a] += sigmoidSlope(V[a], V[slot]) * g;
          break;
        case plan.FMA: {
          if ((head & plan.WANTS_C) !== 0) G[c] += g;
          const x = V[a];
          if ((head & plan.WANTS_A) !== 0) G[a] += V[b] * g;
          if ((head & plan.WANTS_B) !== 0) G[b] += x * g;
          break;
        }
        case plan.DOT: {
          if ((head & plan.WANTS_C) !== 0) G[extra[c + 3]] += g;
          if (g === 0 && this.allFinite()) break;
          productsBackward(
            V,
            G,
            (head & plan.WANTS_A) !== 0,
            (head & plan.WANTS_B) !== 0,
            g,
            extra[c],
            a,
            extra[c + 1],
            b,
            extra[c + 2],
          );
          break;
        }
        case plan.GATHER: {
          if ((head & plan.WANTS_C) !== 0) G[c] += g;
          for (let i = a + 2 * b - 2; i >= a; i -= 2) {
            const left = extra[i];
            const right = extra[i + 1];
            const x = V[left];
            G[left] += V[right] * g;
            G[right] += x * g;
          }
          break;
        }
        case plan.WHERE: {
          const condition = V[a];
          if (condition !== condition) break;
          const taken = condition !== 0 ? b : c;
          if (reached !== null) reached[taken] = 1;
          if ((head & (condition !== 0 ? plan.WANTS_B : plan.WANTS_C)) !== 0) G[taken] += g;
          break;
        }
        case plan.UNARY:
          G[a] += unary(b).partials[0](V[a], V[slot]) * g;
          break;
        case plan.BINARY: {
          const { partials } = binary(c);
          const x = V[a];
          const y = V[b];
          if ((head & plan.WANTS_A) !== 0) G[a] += partials[0](x, y, V[slot]) * g;
          if ((head & plan.WANTS_B) !== 0) G[b] += partials[1](x, y, V[slot]) * g;
          break;
        }
        default: {
          if (this.locals.length < b) this.locals = new Float64Array(2 * b);
          const { locals } = this;
          many(c).partials(this.read(a, b), V[slot], locals);
          for (let k = 0; k < b; k++) G[extra[a + k]] += locals[k] * g;
        }
      }
    }
  }

  update(rate: number): void {
    const { value: V, gradient: G } = this;
    const { inputs } = this.program;
    let i = 0;
    for (; i + 4 <= inputs; i += 4) {
      const first = V[i] - rate * G[i];
      const second = V[i + 1] - rate * G[i + 1];
      const third = V[i + 2] - rate * G[i + 2];
      const fourth = V[i + 3] - rate * G[i + 3];
      V[i] = first;
      V[i + 1] = second;
      V[i + 2] = third;
      V[i + 3] = fourth;
    }
    for (; i < inputs; i++) V[i] -= rate * G[i];
  }

  /** True if every value is finite, so that a gradient of 0 passes on nothing but 0. Found out once per sweep. */
  allFinite(): boolean {
    if (this.finite === null) {
      const { value: V } = this;
      let zeros = 0;
      let others = 0;
      const even = V.length & ~1;
      for (let i = 0; i < even; i += 2) {
        zeros += V[i] - V[i];
        others += V[i + 1] - V[i + 1];
      }
      if (even < V.length) zeros += V[even] - V[even];
      this.finite = zeros + others === 0;
    }
    return this.finite;
  }

  private read(at: number, n: number): Float64Array {
    const numbers = this.numbers.ofLength(n);
    const { extra } = this.program;
    for (let k = 0; k < n; k++) numbers[k] = this.value[extra[at + k]];
    return numbers;
  }
}

function unary(code: number): UnaryOperation {
  return OPERATIONS_BY_CODE[code] as UnaryOperation;
}

function binary(code: number): BinaryOperation {
  return OPERATIONS_BY_CODE[code] as BinaryOperation;
}

function many(code: number): ManyOperation {
  return OPERATIONS_BY_CODE[code] as ManyOperation;
}

/** Marks the operands of a guarded instruction as reached; `where` marks its own. */
function mark(reached: Uint8Array, extra: Int32Array, opcode: number, a: number, b: number, c: number): void {
  switch (opcode) {
    case plan.WHERE:
      break;
    case plan.DOT: {
      const n = extra[c];
      for (let k = 0; k < n; k++) reached[a + k * extra[c + 1]] = reached[b + k * extra[c + 2]] = 1;
      reached[extra[c + 3]] = 1;
      break;
    }
    case plan.GATHER:
      for (let i = a; i < a + 2 * b; i++) reached[extra[i]] = 1;
      reached[c] = 1;
      break;
    case plan.MANY:
      for (let i = a; i < a + b; i++) reached[extra[i]] = 1;
      break;
    case plan.FMA:
      reached[c] = 1;
      reached[b] = 1;
      reached[a] = 1;
      break;
    case plan.ADD:
    case plan.SUB:
    case plan.MUL:
    case plan.DIV:
    case plan.BINARY:
      reached[b] = 1;
      reached[a] = 1;
      break;
    default:
      reached[a] = 1;
  }
}
