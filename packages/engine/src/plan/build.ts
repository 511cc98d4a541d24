import { EntryReader } from '../links.ts';
import type { Linked } from '../links.ts';
import { CODES, LEAF } from '../operation-names.ts';
import { RUNS } from '../store.ts';
import { analyse, isListed, isUnary, LIVE, PERHAPS, REACHED, VARIES, WANTS } from './analysis.ts';
import type { Analysis, Request } from './analysis.ts';
import { LeafSlots } from './constants.ts';
import { ABSORBED, BOTH, findChains, KIND, MORE, MORE_TERMS, ONTO } from './fuse.ts';
import type { Chains } from './fuse.ts';
import * as plan from './plan.ts';
import type { Program, ProgramDecision } from './plan.ts';
import { Writer } from './writer.ts';

const { sum: SUM, dot: DOT, affine: AFFINE, where: WHERE } = CODES;

/** Opcodes of the operations that have one, by code. */
const OPCODES: ReadonlyMap<number, number> = /* @__PURE__ */ new Map([
  [CODES.add, plan.ADD],
  [CODES.sub, plan.SUB],
  [CODES.mul, plan.MUL],
  [CODES.div, plan.DIV],
  [CODES.neg, plan.NEG],
  [CODES.exp, plan.EXP],
  [CODES.relu, plan.RELU],
  [CODES.tanh, plan.TANH],
  [CODES.sigmoid, plan.SIGMOID],
]);

/**
 * Turns a recorded computation into a program that computes the same bits, values and gradients. Takes time in proportion to
 * the length of the recording.
 */
export function buildProgram(from: Linked, request: Request): Program {
  const analysis = analyse(from, request);
  return new Builder(analysis, findChains(analysis)).build(request);
}

class Builder {
  private readonly analysis: Analysis;
  private readonly chains: Chains;
  private readonly slots: Int32Array;
  private readonly leaves = new LeafSlots();
  private readonly writer = new Writer();
  private readonly reader = new EntryReader();

  /** Activations held back, so that the sums before them stand in a row: all of one operation. */
  private readonly pending: number[] = [];
  private pendingCode = 0;
  /** The sum written last, and how many products it has. */
  private lastSum = -1;
  private lastLength = 0;

  // The factors of the sum that is being written: entries, then slots.
  private left = new Int32Array(64);
  private right = new Int32Array(64);
  private numbers = new Float64Array(64);
  private seen: Int32Array | null = null;
  private stamp = 0;

  constructor(analysis: Analysis, chains: Chains) {
    this.analysis = analysis;
    this.chains = chains;
    this.slots = chains.scratch;
  }

  build({ outputs, inputs, data, decisions }: Request): Program {
    const { analysis, leaves, writer, slots } = this;
    const { count, marks, from } = analysis;
    for (const each of [inputs, data]) {
      for (let i = 0; i < each.length; i++) {
        const slot = leaves.add(from.value[each[i]]);
        if (each[i] < count) slots[each[i]] = slot;
      }
    }
    const { kind } = this.chains;
    for (let node = 0; node < count; node++) {
      if ((marks[node] & (LIVE | VARIES)) !== (LIVE | VARIES)) continue;
      if ((kind[node] & ABSORBED) === 0 && from.links[3 * node] !== LEAF) this.node(node);
    }
    this.release();

    const outputSlots = Int32Array.from(outputs, (node) => this.slot(node));
    const checked = new Map<number, ProgramDecision>();
    for (const { node, holds } of decisions) {
      if ((marks[node] & VARIES) !== 0) checked.set(node, { slot: this.slot(node), holds, node });
    }
    const { code, extra, slots: total } = writer.finish(leaves.length);
    const shift = total - writer.next;
    const settled = (slot: number) => (slot >= leaves.length ? slot + shift : slot);
    let guarded = false;
    for (let at = 0; at < code.length && !guarded; at += plan.WORDS)
      guarded = (code[at] & plan.GUARDED) !== 0;
    return {
      code,
      extra,
      leafValues: leaves.values.slice(0, leaves.length),
      slots: total,
      inputs: inputs.length,
      data: data.length,
      outputs: outputSlots.map(settled),
      guarded,
      decisions: [...checked.values()].map((each) => ({ ...each, slot: settled(each.slot) })),
    };
  }

  /** Writes the instruction of a node, or holds it back. */
  private node(node: number): void {
    const { from, uses } = this.analysis;
    const code = from.links[3 * node];
    const a = from.links[3 * node + 1];
    const b = from.links[3 * node + 2];
    const kind = this.chains.kind[node] & KIND;
    if (kind === ONTO || kind === BOTH || kind === MORE) return this.chainOfProducts(node);
    if (kind === MORE_TERMS) return this.chainOfTerms(node);
    if (code >= RUNS || code === SUM || code === DOT || code === AFFINE) return this.listed(node);
    if (isListed(code)) {
      this.release();
      return code === WHERE ? this.choice(node) : this.many(node);
    }
    if (isUnary(code)) {
      if (
        a >= 0 &&
        a === this.lastSum &&
        uses[a] === 1 &&
        (this.pending.length === 0 || code === this.pendingCode)
      ) {
        this.pendingCode = code;
        this.pending.push(node);
        return;
      }
      this.release();
      return this.unary(node, code, a);
    }
    this.release();
    const opcode = OPCODES.get(code);
    const head = this.wanted(node, a, plan.WANTS_A) | this.wanted(node, b, plan.WANTS_B) | this.guard(node);
    if (opcode !== undefined)
      this.slots[node] = this.writer.add(opcode | head, this.slot(a), this.slot(b), 0);
    else this.slots[node] = this.writer.other(plan.BINARY | head, this.slot(a), this.slot(b), code);
  }

  private unary(node: number, code: number, a: number): void {
    const opcode = OPCODES.get(code);
    const head = this.wanted(node, a, plan.WANTS_A) | this.guard(node);
    if (opcode !== undefined) this.slots[node] = this.writer.add(opcode | head, this.slot(a), 0, 0);
    else this.slots[node] = this.writer.other(plan.UNARY | head, this.slot(a), code, 0);
  }

  /** Writes what was held back. */
  private release(): void {
    const { pending } = this;
    for (let i = 0; i < pending.length; i++) {
      this.unary(pending[i], this.pendingCode, this.analysis.from.links[3 * pending[i] + 1]);
    }
    pending.length = 0;
    this.lastSum = -1;
  }

  private choice(node: number): void {
    const { links, extra } = this.analysis.from;
    const at = links[3 * node + 1];
    const [condition, then, otherwise] = [extra[at], extra[at + 1], extra[at + 2]];
    const head =
      this.wanted(node, then, plan.WANTS_B) | this.wanted(node, otherwise, plan.WANTS_C) | this.guard(node);
    this.slots[node] = this.writer.other(
      plan.WHERE | head,
      this.slot(condition),
      this.slot(then),
      this.slot(otherwise),
    );
  }

  private many(node: number): void {
    const { from } = this.analysis;
    const { reader, writer } = this;
    const length = reader.read(from, node);
    const at = writer.reserve(length);
    let head = this.guard(node);
    for (let slot = 0; slot < length; slot++) {
      head |= this.wanted(node, reader.entries[slot], plan.WANTS_A);
      writer.extra[at + slot] = this.slot(reader.entries[slot]);
    }
    this.slots[node] = writer.other(plan.MANY | head, at, length, from.links[3 * node] & (RUNS - 1));
  }

  /** `sum`, `dot` and `affine`: as products if the order of their gradients does not matter. */
  private listed(node: number): void {
    const { from } = this.analysis;
    const { reader } = this;
    const code = from.links[3 * node] & (RUNS - 1);
    const length = reader.read(from, node);
    const { entries } = reader;
    const start = code === AFFINE ? 1 : 0;
    const n = code === SUM ? length : (length - start) >> 1;
    this.room(n);
    const { left, right } = this;
    if (code === SUM) left.set(entries.subarray(0, n));
    else {
      for (let k = 0; k < n; k++) {
        left[k] = entries[start + 2 * k];
        right[k] = entries[start + 2 * k + 1];
      }
    }
    if (n > 1 && this.repeats(n, code === SUM)) {
      this.release();
      this.many(node);
      return;
    }
    this.products(node, n, code === AFFINE ? entries[0] : null, code === SUM);
  }

  /** True if a node that wants a gradient stands in two of the products. */
  private repeats(n: number, terms: boolean): boolean {
    const { marks, count } = this.analysis;
    const { left, right } = this;
    const seen = (this.seen ??= new Int32Array(count));
    if (this.stamp > 0x7fffffff - n) {
      seen.fill(0);
      this.stamp = 0;
    }
    const first = this.stamp + 1;
    this.stamp += n;
    for (let k = 0; k < n; k++) {
      const a = left[k];
      const b = right[k];
      if (a >= 0 && (marks[a] & WANTS) !== 0) {
        if (seen[a] >= first) return true;
        seen[a] = first + k;
      }
      if (!terms && b >= 0 && (marks[b] & WANTS) !== 0) {
        if (seen[b] >= first && seen[b] !== first + k) return true;
        seen[b] = first + k;
      }
    }
    return false;
  }

  private chainOfProducts(tail: number): void {
    const { links } = this.analysis.from;
    const { kind, element } = this.chains;
    let n = 0;
    let start = tail;
    for (; (kind[start] & KIND) === MORE; start = this.other(start)) n++;
    n += (kind[start] & KIND) === BOTH ? 2 : 1;
    this.room(n);
    const { left, right } = this;
    let k = n - 1;
    for (let node = tail; k >= 0; node = this.other(node)) {
      const product = element[node];
      left[k] = links[3 * product + 1];
      right[k--] = links[3 * product + 2];
      if ((kind[node] & KIND) === BOTH) {
        const first = this.other(node);
        left[k] = links[3 * first + 1];
        right[k--] = links[3 * first + 2];
      }
    }
    this.products(tail, n, (kind[start] & KIND) === BOTH ? null : this.other(start), false);
  }

  private chainOfTerms(tail: number): void {
    const { links } = this.analysis.from;
    const { kind, element } = this.chains;
    let n = 2;
    let start = tail;
    for (; (kind[start] & KIND) === MORE_TERMS; start = this.other(start)) n++;
    this.room(n);
    const { left } = this;
    let k = n - 1;
    for (let node = tail; node !== start; node = this.other(node)) left[k--] = element[node];
    left[1] = links[3 * start + 2];
    left[0] = links[3 * start + 1];
    this.products(tail, n, null, true);
  }

  /** What an addition adds its element to. */
  private other(node: number): number {
    const { links } = this.analysis.from;
    const a = links[3 * node + 1];
    return a === this.chains.element[node] ? links[3 * node + 2] : a;
  }

  /** Writes init + Σ left · right, or with `terms` init + Σ left. */
  private products(node: number, n: number, init: number | null, terms: boolean): void {
    const { writer } = this;
    if (this.pending.length > 0 && n !== this.lastLength) this.release();
    let head = this.guard(node);
    if (init !== null) head |= this.wanted(node, init, plan.WANTS_C);
    const reached = (this.analysis.marks[node] & (REACHED | PERHAPS)) !== 0;
    if (reached) {
      if (this.anyWants(this.left, n)) head |= plan.WANTS_A;
      if (!terms && this.anyWants(this.right, n)) head |= plan.WANTS_B;
    }
    this.locate(this.left, n);
    if (terms) this.right.fill(this.leaves.constant(1), 0, n);
    else this.locate(this.right, n);
    const start = init === null ? this.leaves.constant(-0) : this.waited(init);
    const { left, right } = this;
    this.lastLength = n;
    this.lastSum = node;
    if (n === 0) {
      this.slots[node] = writer.add(
        plan.ADD | ((head & plan.WANTS_C) === 0 ? head : head ^ plan.WANTS_C ^ plan.WANTS_A),
        start,
        this.leaves.constant(-0),
        0,
      );
      return;
    }
    if (n === 1) {
      this.slots[node] = writer.add(plan.FMA | head, left[0], right[0], start);
      return;
    }
    const strideA = left[1] - left[0];
    const strideB = right[1] - right[0];
    let even = true;
    for (let k = 2; k < n && even; k++) {
      even = left[k] - left[k - 1] === strideA && right[k] - right[k - 1] === strideB;
    }
    if (even) {
      this.slots[node] = writer.add(plan.DOT | head, left[0], right[0], start, n, strideA, strideB);
      return;
    }
    const at = writer.reserve(2 * n);
    for (let k = 0; k < n; k++) {
      writer.extra[at + 2 * k] = left[k];
      writer.extra[at + 2 * k + 1] = right[k];
    }
    this.slots[node] = writer.other(plan.GATHER | head, at, n, start);
  }

  private anyWants(entries: Int32Array, n: number): boolean {
    const { marks } = this.analysis;
    for (let k = 0; k < n; k++) if (entries[k] >= 0 && (marks[entries[k]] & WANTS) !== 0) return true;
    return false;
  }

  /** Replaces entries by slots. Constants all along get slots in a row. */
  private locate(entries: Int32Array, n: number): void {
    let constants = 0;
    while (constants < n && entries[constants] < 0) constants++;
    if (constants === n && n > 0) {
      const { pool } = this.analysis.from;
      for (let k = 0; k < n; k++) this.numbers[k] = pool[~entries[k]];
      const start = this.leaves.row(this.numbers, n);
      for (let k = 0; k < n; k++) entries[k] = start + k;
      return;
    }
    for (let k = 0; k < n; k++) entries[k] = this.waited(entries[k]);
  }

  /** The slot of an entry, which may have been held back until now. */
  private waited(entry: number): number {
    if (entry >= 0 && this.slots[entry] < 0 && this.pending.length > 0) {
      const { marks, from } = this.analysis;
      if ((marks[entry] & VARIES) !== 0 && from.links[3 * entry] !== LEAF) this.release();
    }
    return this.slot(entry);
  }

  /** The slot of an entry. Leaves and constants get theirs when they are first needed. */
  private slot(entry: number): number {
    if (entry < 0) return this.leaves.constant(this.analysis.from.pool[~entry]);
    let slot = this.slots[entry];
    if (slot < 0) {
      const { fixed, from } = this.analysis;
      const isLeaf = from.links[3 * entry] === LEAF;
      slot = isLeaf ? this.leaves.add(from.value[entry]) : this.leaves.constant(fixed[entry]);
      this.slots[entry] = slot;
    }
    return slot;
  }

  private wanted(node: number, entry: number, flag: number): number {
    const { marks } = this.analysis;
    const wants = entry >= 0 && (marks[entry] & WANTS) !== 0 && (marks[node] & (REACHED | PERHAPS)) !== 0;
    return wants ? flag : 0;
  }

  private guard(node: number): number {
    return (this.analysis.marks[node] & (REACHED | PERHAPS)) === PERHAPS ? plan.GUARDED : 0;
  }

  private room(n: number): void {
    if (this.left.length >= n) return;
    this.left = new Int32Array(2 * n);
    this.right = new Int32Array(2 * n);
    this.numbers = new Float64Array(2 * n);
  }
}
