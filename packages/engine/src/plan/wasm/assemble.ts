import * as plan from '../plan.ts';
import { BACKWARD, CHAIN, DOT, FORWARD, ROWS, WHERE } from './opcodes.ts';
import type { Stretch } from './runs.ts';
import { apart, dotStretch, linkOf, startsApart, stretch } from './runs.ts';
import type { Step } from './step.ts';
import { Words } from './words.ts';

/** Where values begin in the memory; slot 0 stands there. */
export const VALUES = 64;

/** Fewer weights than this are cleared and added to, like everything else. */
const STORED_WEIGHTS = 32;

const at = (slot: number): number => VALUES + 8 * slot;

/** What the assembler must know about a plan's slots. */
export interface Slots {
  /** The program's lists. */
  readonly extra: Int32Array;
  readonly count: number;
  /** The inputs are the slots below this. */
  readonly inputs: number;
  /** The distance of a slot's adjoint from its value, in bytes. */
  readonly distance: number;
  /** How often a slot is an operand, at most 2; outputs count as used once more. */
  readonly uses: Uint8Array;
  /** 1 for the results of guarded instructions; null if there are none. */
  readonly guarded: Uint8Array | null;
  /** The slots of the outputs, whose adjoints are seeded. */
  readonly seeded: Int32Array;
  /** True for a slot that always holds −0, to which a sum is added without a change. */
  readonly isStart: (slot: number) => boolean;
  /** Where the seeds stand, one behind the other. */
  readonly seeds: number;
  /** Where the sweep notes which slots it reached. */
  readonly reached: number;
  /** Where the table of gathered pairs stands. */
  readonly pairs: number;
}

/** Writes the programs of the machine from the steps of a plan: forward in their order, backward in the reverse one. */
export class Assembler {
  readonly forward = new Words();
  readonly backward = new Words();
  private readonly slots: Slots;
  /** 1 for inputs that have been given a gradient, in the order of the sweep. */
  private readonly touched: Uint8Array;
  /** Adjoints that need no clearing. */
  private readonly spared: Stretch[] = [];
  private readonly scratch = new Words();

  constructor(slots: Slots) {
    this.slots = slots;
    this.touched = new Uint8Array(slots.inputs);
    for (const slot of slots.seeded) if (slot < slots.inputs) this.touched[slot] = 1;
  }

  /** Appends a step to the forward program. */
  addForward(step: Step): void {
    if (step.count > 1) {
      if (this.chain(step, true) || this.rows(step, true) || this.rectify(step, true)) return;
      this.repeated(this.forward, step.count, (words, turn) => this.oneForward(words, step, turn));
      return;
    }
    this.oneForward(this.forward, step, 0);
  }

  /** Appends a step to the backward program; steps come from the last to the first. */
  addBackward(step: Step): void {
    if ((step.flags & 7) === 0) return;
    if (step.count > 1) {
      if (this.chain(step, false) || this.rows(step, false) || this.rectify(step, false)) return;
    }
    this.touch(step);
    if (step.count === 1) {
      this.oneBackward(this.backward, step, 0);
      return;
    }
    const last = step.count - 1;
    this.repeated(this.backward, step.count, (words, turn) => this.oneBackward(words, step, last - turn));
  }

  /** The two programs, each with its end; the backward one clears and seeds the adjoints first. */
  finish(): { forward: Int32Array; backward: Int32Array } {
    const { count, distance, seeded, seeds, guarded, reached } = this.slots;
    const start = new Words();
    let from = 0;
    const clear = (to: number): void => {
      if (to > from) start.add(BACKWARD.clear, at(from) + distance, 8 * (to - from));
    };
    for (const stretch of this.spared.sort((one, other) => one.from - other.from)) {
      clear(stretch.from);
      from = stretch.to;
    }
    clear(count);
    if (guarded !== null) {
      start.add(BACKWARD.clear, reached, count + VALUES / 8);
    }
    seeded.forEach((slot, i) => start.add(BACKWARD.seed, at(slot), seeds + 8 * i));
    this.forward.add(FORWARD.end);
    this.backward.add(BACKWARD.end);
    const body = this.backward.all();
    const backward = new Int32Array(start.length + body.length);
    backward.set(start.all());
    backward.set(body, start.length);
    return { forward: this.forward.all(), backward };
  }

  /** A body that is run `count` times, its words moving by constant strides. */
  private repeated(words: Words, count: number, write: (words: Words, turn: number) => void): void {
    const start = words.length;
    write(words, 0);
    const length = words.length - start;
    const { scratch } = this;
    scratch.length = 0;
    write(scratch, 1);
    // `again` has one number in both programs.
    words.add(FORWARD.again, count, count, length);
    for (let i = 0; i < length; i++) words.add(scratch.at(i) - words.at(start + i));
  }

  private oneForward(words: Words, step: Step, turn: number): void {
    const d = at(step.d + turn);
    const a = at(step.a + turn * step.growthA);
    const b = at(step.b + turn * step.growthB);
    const c = at(step.c + turn * step.growthC);
    switch (step.opcode) {
      case plan.ADD:
        return words.add4(FORWARD.add, d, a, b);
      case plan.SUB:
        return words.add4(FORWARD.sub, d, a, b);
      case plan.MUL:
        return words.add4(FORWARD.mul, d, a, b);
      case plan.DIV:
        return words.add4(FORWARD.div, d, a, b);
      case plan.NEG:
        return words.add(FORWARD.neg, d, a);
      case plan.EXP:
        return words.add(FORWARD.exp, d, a);
      case plan.RELU:
        return words.add(FORWARD.relu, d, a);
      case plan.TANH:
        return words.add(FORWARD.tanh, d, a);
      case plan.SIGMOID:
        return words.add(FORWARD.sigmoid, d, a);
      case plan.FMA:
        return words.add(FORWARD.multiplyAdd, d, a, b, c);
      case plan.DOT:
        return words.add(FORWARD.dot, d, a, b, step.n, 8 * step.strideA, 8 * step.strideB, c);
      case plan.GATHER:
        return words.add(FORWARD.gather, d, this.slots.pairs + 4 * step.list, step.n, c);
      case plan.WHERE:
        return words.add(FORWARD.where, d, a, b, c);
      case plan.UNARY:
        return words.add(FORWARD.unary, d, a, step.code);
      case plan.BINARY:
        return words.add(FORWARD.binary, d, a, b, step.code);
      default:
        return words.add(FORWARD.many, step.d, step.list, step.n, step.code);
    }
  }

  private oneBackward(words: Words, step: Step, turn: number): void {
    const { guarded } = this.slots;
    if (guarded === null || !step.guarded) return this.contributions(words, step, turn);
    const guard = words.length;
    words.add(BACKWARD.guard, at(step.d + turn), 0);
    const start = words.length;
    this.contributions(words, step, turn);
    if (step.opcode !== plan.WHERE) {
      for (const slot of this.operands(step, turn))
        if (guarded[slot] === 1) words.add(BACKWARD.mark, at(slot));
    }
    words.put(guard + 2, 4 * (words.length - start));
  }

  private contributions(words: Words, step: Step, turn: number): void {
    const { flags } = step;
    const d = at(step.d + turn);
    const a = at(step.a + turn * step.growthA);
    const b = at(step.b + turn * step.growthB);
    const c = at(step.c + turn * step.growthC);
    const pair = (flags & 3) - 1;
    switch (step.opcode) {
      case plan.ADD:
        return words.add4(BACKWARD.add + pair, d, a, b);
      case plan.SUB:
        return words.add4(BACKWARD.sub + pair, d, a, b);
      case plan.MUL:
        return words.add4(BACKWARD.mul + pair, d, a, b);
      case plan.DIV:
        return words.add4(BACKWARD.div + pair, d, a, b);
      case plan.NEG:
        return words.add(BACKWARD.neg, d, a);
      case plan.EXP:
        return words.add(BACKWARD.exp, d, a);
      case plan.RELU:
        return words.add(BACKWARD.relu, d, a);
      case plan.TANH:
        return words.add(BACKWARD.tanh, d, a);
      case plan.SIGMOID:
        return words.add(BACKWARD.sigmoid, d, a);
      case plan.FMA:
        return words.add(BACKWARD.multiplyAdd + (flags & 7) - 1, d, a, b, c);
      case plan.DOT: {
        // For all turns alike, as the words of a run move by constant strides.
        const same = step.a === step.b && step.growthA === step.growthB;
        const apartAlways = apart(
          dotStretch(step.a, step.strideA, step, step.growthA),
          dotStretch(step.b, step.strideB, step, step.growthB),
        );
        const vector = step.strideA === 1 && step.strideB === 1 && (same || apartAlways) ? DOT.vector : 0;
        return words.add(
          BACKWARD.dot,
          d,
          a,
          b,
          step.n,
          8 * step.strideA,
          8 * step.strideB,
          c,
          (flags & (DOT.a | DOT.b | DOT.init)) | vector,
        );
      }
      case plan.GATHER:
        return words.add(BACKWARD.gather, d, this.slots.pairs + 4 * step.list, step.n, c, flags & 7);
      case plan.WHERE: {
        const { guarded } = this.slots;
        const [then, otherwise] = [step.b + turn * step.growthB, step.c + turn * step.growthC];
        return words.add(
          BACKWARD.where,
          d,
          a,
          b,
          c,
          (flags & 2 ? WHERE.taken | (guarded?.[then] === 1 ? WHERE.markTaken : 0) : 0) |
            (flags & 4 ? WHERE.other | (guarded?.[otherwise] === 1 ? WHERE.markOther : 0) : 0),
        );
      }
      case plan.UNARY:
        return words.add(BACKWARD.unary, d, a, step.code);
      case plan.BINARY:
        return words.add(BACKWARD.binary + pair, d, a, b, step.code);
      default:
        return words.add(BACKWARD.many, step.d, step.list, step.n, step.code);
    }
  }

  /** The operands of one turn that may pass a gradient on. */
  private operands(step: Step, turn: number): number[] {
    const slots: number[] = [];
    if (step.list >= 0) {
      const list = this.listOf(step);
      for (let k = 0; k < list.length; k++) slots.push(list[k]);
      if (step.opcode === plan.GATHER) slots.push(step.c);
      return slots;
    }
    const [a, b, c] = [
      step.a + turn * step.growthA,
      step.b + turn * step.growthB,
      step.c + turn * step.growthC,
    ];
    if (step.opcode === plan.DOT) {
      for (let k = 0; k < step.n; k++) {
        if (step.flags & 1) slots.push(a + k * step.strideA);
        if (step.flags & 2) slots.push(b + k * step.strideB);
      }
    } else {
      if (step.flags & 1) slots.push(a);
      if (step.flags & 2) slots.push(b);
    }
    if (step.flags & 4) slots.push(c);
    return slots;
  }

  private listOf({ opcode, list, n }: Step): Int32Array {
    return this.slots.extra.subarray(list, list + (opcode === plan.GATHER ? 2 * n : n));
  }

  /** Notes the inputs that a step gives gradients. */
  private touch(step: Step): void {
    const { touched } = this;
    const { inputs } = this.slots;
    const note = (start: number, stride: number, count: number): void => {
      if (start >= inputs && start + stride * (count - 1) >= inputs) return;
      for (let k = 0, slot = start; k < count; k++, slot += stride) if (slot < inputs) touched[slot] = 1;
    };
    if (step.list >= 0) {
      const list = this.listOf(step);
      for (let k = 0; k < list.length; k++) note(list[k], 0, 1);
      if (step.opcode === plan.GATHER) note(step.c, 0, 1);
      return;
    }
    for (let turn = 0; turn < (step.opcode === plan.DOT ? step.count : 1); turn++) {
      if (step.opcode === plan.DOT) {
        if (step.flags & 1) note(step.a + turn * step.growthA, step.strideA, step.n);
        if (step.flags & 2) note(step.b + turn * step.growthB, step.strideB, step.n);
      } else {
        if (step.flags & 1) note(step.a, step.growthA, step.count);
        if (step.flags & 2) note(step.b, step.growthB, step.count);
      }
    }
    if (step.flags & 4) note(step.c, step.growthC, step.count);
  }

  /** A run in which every result is the next one's operand. */
  private chain(step: Step, forward: boolean): boolean {
    const link = linkOf(step, this.slots.isStart);
    if (link === null || step.guarded) return false;
    const { count, d } = step;
    const own: Stretch = { from: d - 1, to: d + count };
    const others: Stretch[] = [];
    for (const operand of link.operands) {
      const of = stretch(operand.slot, operand.stride, count);
      if (!apart(of, own) || others.some((other) => !apart(of, other))) return false;
      others.push(of);
    }
    if (!link.passes) return false;
    const turn = forward ? 0 : count - 1;
    const operands = link.operands.flatMap(({ slot, stride }) => [at(slot + turn * stride), 8 * stride]);
    if (forward) {
      this.forward.add(FORWARD[link.name], at(d), count, ...operands);
      return true;
    }
    const { uses } = this.slots;
    let shared = false;
    for (let slot = d; slot < d + count - 1 && !shared; slot++) shared = uses[slot] > 1;
    if (!shared && count > 8) this.spared.push({ from: d, to: d + count - 1 });
    this.touch(step);
    let flags = shared ? CHAIN.shared : 0;
    for (const operand of link.operands) if (operand.wants) flags |= CHAIN[operand.role];
    this.backward.add(BACKWARD[link.name], at(d + count - 1), count, ...operands, flags);
    return true;
  }

  /** A run of dot products of rows of weights with the same inputs. */
  private rows(step: Step, forward: boolean): boolean {
    if (step.opcode !== plan.DOT || step.guarded || step.strideA !== 1 || step.strideB !== 1) return false;
    const swapped = step.growthA === 0;
    if (swapped === (step.growthB === 0)) return false;
    const [w, x, turn] = swapped ? [step.b, step.a, step.growthB] : [step.a, step.b, step.growthA];
    const { n, count, d } = step;
    const results: Stretch = { from: d, to: d + count };
    const weights = dotStretch(w, 1, step, turn);
    const inputs = stretch(x, 1, n);
    const starts = stretch(step.c, step.growthC, count);
    if (![weights, inputs, starts].every((operand) => apart(operand, results))) return false;
    if (!apart(weights, inputs)) return false;
    const last = forward ? 0 : count - 1;
    const operands = [at(d + last), at(w + last * turn), at(x), n, count, 8 * turn] as const;
    const init = [at(step.c + last * step.growthC), 8 * step.growthC] as const;
    if (forward) {
      this.forward.add(FORWARD.rows, ...operands, ...init);
      return true;
    }
    let flags = step.flags & 4 ? ROWS.init : 0;
    if (step.flags & (swapped ? 2 : 1)) flags |= ROWS.weights;
    if (step.flags & (swapped ? 1 : 2)) flags |= ROWS.inputs;
    // A row that another overlaps, or a start among the weights, gets its gradients in the order of the rows.
    const rowsApart = Math.abs(turn) >= n && (!(step.flags & 4) || startsApart(step, w, turn));
    if (flags & ROWS.weights && rowsApart && this.firstToTouch(step, w, turn)) {
      flags |= ROWS.store;
      for (let row = 0; row < count; row++)
        this.spared.push({ from: w + row * turn, to: w + row * turn + n });
    } else if (flags & ROWS.weights && flags & ROWS.inputs && rowsApart) flags |= ROWS.columns;
    this.touch(step);
    this.backward.add(BACKWARD.rows, ...operands, ...init, flags);
    return true;
  }

  /** True if the sweep gives these rows of weights their first and only gradients here. */
  private firstToTouch(step: Step, w: number, turn: number): boolean {
    const { n, count } = step;
    if (n < STORED_WEIGHTS || dotStretch(w, 1, step, turn).to > this.slots.inputs) return false;
    for (let row = 0; row < count; row++) {
      const start = w + row * turn;
      for (let k = 0; k < n; k++) if (this.touched[start + k] === 1) return false;
    }
    return true;
  }

  private rectify(step: Step, forward: boolean): boolean {
    if (step.opcode !== plan.RELU || step.guarded || step.growthA !== 1) return false;
    const { d, a, count } = step;
    if (!apart({ from: d, to: d + count }, { from: a, to: a + count })) return false;
    if (forward) this.forward.add4(FORWARD.rectify, at(d), at(a), count);
    else {
      this.touch(step);
      this.backward.add4(BACKWARD.rectify, at(d), at(a), count);
    }
    return true;
  }
}
