import { BranchError } from '../errors.ts';
import { EntryReader } from '../tape/links.ts';
import type { Linked } from '../tape/links.ts';
import { CODES, LEAF } from '../operations/names.ts';
import { RUNS } from '../tape/store.ts';
import { analyse, isListed, isUnary, LIVE, PERHAPS, REACHED, VARIES, WANTS } from './analysis.ts';
import type { Analysis, Request } from './analysis.ts';
import { LeafSlots } from './constants.ts';
import { ABSORBED, findChains, KIND, MORE_TERMS, TERMS } from './fuse.ts';
import type { Chains } from './fuse.ts';
import * as plan from './plan.ts';
import { agrees } from './plan.ts';
import type { Program, ProgramDecision } from './plan.ts';
import { isSum, SumReader } from './sums.ts';
import { Writer } from './writer.ts';

const { where: WHERE } = CODES;

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
 * the length of the recording. Throws EngineError for a leaf that is `refused`, BranchError for a decision that a leaf's new
 * number contradicts.
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

  private readonly sums: SumReader;
  private numbers = new Float64Array(64);

  constructor(analysis: Analysis, chains: Chains) {
    this.analysis = analysis;
    this.chains = chains;
    this.slots = chains.scratch;
    this.sums = new SumReader(analysis, chains);
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
    const checked = this.decisions(decisions);
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
      decisions: checked.map((each) => ({ ...each, slot: settled(each.slot) })),
    };
  }

  /** The decisions that may come out differently, each once. Throws BranchError if one that cannot does so already. */
  private decisions(decisions: Request['decisions']): ProgramDecision[] {
    const { marks, fixed } = this.analysis;
    const checked = new Map<number, ProgramDecision>();
    for (const { node, holds } of decisions) {
      if ((marks[node] & VARIES) !== 0) {
        checked.set(holds ? node : ~node, { slot: this.slot(node), holds, node });
      } else if (!agrees(fixed[node], holds)) throw new BranchError(node, fixed[node], holds);
    }
    return [...checked.values()];
  }

  /** Writes the instruction of a node, or holds it back. */
  private node(node: number): void {
    const { from, uses } = this.analysis;
    const code = from.links[3 * node];
    const a = from.links[3 * node + 1];
    const b = from.links[3 * node + 2];
    const kind = this.chains.kind[node] & KIND;
    if (kind === MORE_TERMS) {
      this.sums.readTerms(node);
      return this.products(node);
    }
    if (kind !== 0 && kind !== TERMS) {
      this.sums.readProducts(node);
      return this.products(node);
    }
    if (isSum(code) && this.sums.readNode(node)) return this.products(node);
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

  /** Writes the sum of products that has been read. */
  private products(node: number): void {
    const { writer, leaves, sums } = this;
    const { left, right, length, terms, init } = sums;
    if (this.pending.length > 0 && length !== this.lastLength) this.release();
    let head = this.guard(node);
    if ((this.analysis.marks[node] & (REACHED | PERHAPS)) !== 0) {
      if (this.anyWants(left, length)) head |= plan.WANTS_A;
      if (!terms && this.anyWants(right, length)) head |= plan.WANTS_B;
    }
    this.locate(left, length);
    if (terms) right.fill(leaves.constant(1), 0, length);
    else this.locate(right, length);
    const start = init === null ? leaves.constant(-0) : this.waited(init);
    this.lastLength = length;
    this.lastSum = node;
    if (length === 0) {
      if (init !== null) head |= this.wanted(node, init, plan.WANTS_A);
      this.slots[node] = writer.add(plan.ADD | head, start, leaves.constant(-0), 0);
      return;
    }
    if (init !== null) head |= this.wanted(node, init, plan.WANTS_C);
    if (length === 1) {
      this.slots[node] = writer.add(plan.FMA | head, left[0], right[0], start);
      return;
    }
    const strideA = left[1] - left[0];
    const strideB = right[1] - right[0];
    let even = true;
    for (let k = 2; k < length && even; k++) {
      even = left[k] - left[k - 1] === strideA && right[k] - right[k - 1] === strideB;
    }
    if (even) {
      this.slots[node] = writer.add(plan.DOT | head, left[0], right[0], start, length, strideA, strideB);
      return;
    }
    const at = writer.reserve(2 * length);
    for (let k = 0; k < length; k++) {
      writer.extra[at + 2 * k] = left[k];
      writer.extra[at + 2 * k + 1] = right[k];
    }
    this.slots[node] = writer.other(plan.GATHER | head, at, length, start);
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
      if (this.numbers.length < n) this.numbers = new Float64Array(2 * n);
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
}
