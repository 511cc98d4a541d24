import type { Columns } from './columns.ts';
import { EngineError, NodeError } from './errors.ts';
import { LEAF } from './operation-names.ts';
import type { Group, Recording } from './recording.ts';
import { sweep } from './sweep.ts';
import type { SweepObserver } from './sweep.ts';

/** A point in the life of a tape, to which it can be reset. */
export interface TapeMark {
  readonly count: number;
  readonly inputCount: number;
  readonly constantCount: number;
  readonly groupCount: number;
}

/**
 * Nodes in growing columns, in the layout of a `Recording`: 30 bytes for a node with two inputs
 * (operation 1, inputStart 4, inputs 2 · 4, value 8, grad 8, skipped 1).
 *
 * The columns are longer than `count` and are replaced when they grow: read them anew after recording.
 */
export class NodeStore implements Columns {
  count = 0;
  operation = new Uint8Array(256);
  inputStart = new Int32Array(257);
  inputs = new Int32Array(512);
  value = new Float64Array(256);
  grad = new Float64Array(256);
  skipped = new Uint8Array(256);
  constants = new Float64Array(64);
  /** Names of nodes. Empty unless somebody names one. */
  readonly names = new Map<number, string>();

  private inputCount = 0;
  private constantCount = 0;
  private readonly constantTexts = new Map<number, string>();
  private readonly groups: Group[] = [];
  private currentGroup = -1;
  private groupOf: Int32Array | null = null;
  private spans: Int32Array | null = null;
  private spanFrom = -1;
  private spanTo = -1;
  private skipDepth = 0;

  /** Number of nodes. */
  get size(): number {
    return this.count;
  }

  /** Adds a constant to the pool and returns its entry for `inputs`. `text` is how the writer wrote it. */
  pushConstant(value: number, text?: string): number {
    const constant = this.constantCount++;
    if (constant === this.constants.length) {
      const longer = new Float64Array(2 * constant);
      longer.set(this.constants);
      this.constants = longer;
    }
    this.constants[constant] = value;
    if (text !== undefined) this.constantTexts.set(constant, text);
    return ~constant;
  }

  pushLeaf(value: number): number {
    const node = this.next(0);
    this.operation[node] = LEAF;
    this.value[node] = value;
    if (this.annotating) this.annotate(node, false);
    return node;
  }

  pushUnary(code: number, a: number, value: number): number {
    const node = this.next(1);
    this.inputs[this.inputCount - 1] = a;
    this.operation[node] = code;
    this.value[node] = value;
    if (this.annotating) this.annotate(node, true);
    return node;
  }

  pushBinary(code: number, a: number, b: number, value: number): number {
    const node = this.next(2);
    this.inputs[this.inputCount - 2] = a;
    this.inputs[this.inputCount - 1] = b;
    this.operation[node] = code;
    this.value[node] = value;
    if (this.annotating) this.annotate(node, true);
    return node;
  }

  /** Adds a node with any number of inputs; its value is still to be set. */
  pushMany(code: number, entries: readonly number[]): number {
    const node = this.next(entries.length);
    this.inputs.set(entries, this.inputCount - entries.length);
    this.operation[node] = code;
    if (this.annotating) this.annotate(node, true);
    return node;
  }

  /** True while nodes are recorded without being evaluated. */
  get skipping(): boolean {
    return this.skipDepth > 0;
  }

  /** Runs `fn`; the nodes it records are not evaluated: their value is NaN and they are marked as skipped. */
  skip<T>(fn: () => T): T {
    this.skipDepth++;
    this.annotating = true;
    try {
      return fn();
    } finally {
      this.skipDepth--;
      this.updateAnnotating();
    }
  }

  /** Runs `fn`; the nodes it records form a group of this name, inside the current one. */
  group<T>(name: string, fn: () => T): T {
    const outer = this.currentGroup;
    this.currentGroup = this.groups.push({ name, parent: outer }) - 1;
    this.groupOf ??= new Int32Array(this.operation.length).fill(-1);
    this.annotating = true;
    try {
      return fn();
    } finally {
      this.currentGroup = outer;
      this.updateAnnotating();
    }
  }

  /** Nodes recorded from now on stand at `[from, to)` in the source; `clearSpan()` ends it. */
  setSpan(from: number, to: number): void {
    this.spans ??= new Int32Array(2 * this.operation.length).fill(-1);
    this.spanFrom = from;
    this.spanTo = to;
    this.updateAnnotating();
  }

  clearSpan(): void {
    this.spanFrom = -1;
    this.spanTo = -1;
    this.updateAnnotating();
  }

  /** Says where an already recorded node stands in the source. */
  setSpanOf(node: number, from: number, to: number): void {
    this.checkNode('setSpanOf', node);
    this.spans ??= new Int32Array(2 * this.operation.length).fill(-1);
    this.spans[2 * node] = from;
    this.spans[2 * node + 1] = to;
  }

  /** The current end of the tape. */
  mark(): TapeMark {
    return {
      count: this.count,
      inputCount: this.inputCount,
      constantCount: this.constantCount,
      groupCount: this.groups.length,
    };
  }

  /**
   * Forgets every node recorded after the mark, which lets a training loop keep its parameters and record each
   * step anew. Values of forgotten nodes must not be used again: an index past the end of the tape is refused,
   * but one that has been recorded anew is that new node.
   */
  reset(mark: TapeMark): void {
    if (mark.count > this.count || mark.inputCount > this.inputCount) {
      throw new EngineError(
        `reset: found a mark at node ${mark.count}, expected one at or before the end of the tape, ${this.count}.`,
      );
    }
    this.grad.fill(0, mark.count, this.count);
    this.skipped.fill(0, mark.count, this.count);
    this.groupOf?.fill(-1, mark.count, this.count);
    this.spans?.fill(-1, 2 * mark.count, 2 * this.count);
    for (const node of this.names.keys()) if (node >= mark.count) this.names.delete(node);
    for (const constant of this.constantTexts.keys()) {
      if (constant >= mark.constantCount) this.constantTexts.delete(constant);
    }
    this.count = mark.count;
    this.inputCount = mark.inputCount;
    this.constantCount = mark.constantCount;
    this.groups.length = mark.groupCount;
    if (this.currentGroup >= mark.groupCount) this.currentGroup = -1;
  }

  /** Sets every gradient to 0. */
  zeroGrad(): void {
    this.grad.fill(0, 0, this.count);
  }

  /**
   * Differentiates a node with respect to every node. Gradients of leaves add up from call to call; all other
   * gradients are those of this call.
   */
  backwardFrom(node: number, seed = 1, observer: SweepObserver | null = null): void {
    const { operation, grad, count } = this;
    for (let index = 0; index < count; index++) if (operation[index] !== LEAF) grad[index] = 0;
    sweep(this, node, seed, grad, observer);
  }

  /** A copy of the whole tape as plain data. `output` is the node that is differentiated, by default the last one. */
  recordNode(output: number = this.count - 1): Recording {
    const { count } = this;
    if (count === 0) throw new EngineError('record: found an empty tape, expected at least one node.');
    this.checkNode('record', output);
    return {
      count,
      operation: this.operation.slice(0, count),
      inputStart: this.inputStart.slice(0, count + 1),
      inputs: this.inputs.slice(0, this.inputCount),
      constants: this.constants.slice(0, this.constantCount),
      constantTexts: new Map(this.constantTexts),
      value: this.value.slice(0, count),
      skipped: this.skipped.slice(0, count),
      names: new Map(this.names),
      spans: this.spans === null ? null : this.spans.slice(0, 2 * count),
      group: this.groupOf === null ? null : this.groupOf.slice(0, count),
      groups: this.groups.map((group) => ({ ...group })),
      output,
    };
  }

  /** True while a node gets more than its columns: a group, a span, or the mark of a skipped one. */
  private annotating = false;

  private updateAnnotating(): void {
    this.annotating = this.skipDepth > 0 || this.currentGroup >= 0 || this.spanFrom >= 0;
  }

  private annotate(node: number, computed: boolean): void {
    if (this.groupOf !== null) this.groupOf[node] = this.currentGroup;
    if (this.spans !== null) {
      this.spans[2 * node] = this.spanFrom;
      this.spans[2 * node + 1] = this.spanTo;
    }
    if (this.skipDepth > 0 && computed) {
      this.value[node] = NaN;
      this.skipped[node] = 1;
    }
  }

  private checkNode(where: string, node: number): void {
    if (!Number.isInteger(node) || node < 0 || node >= this.count) {
      throw new NodeError(where, node, `an index from 0 to ${this.count - 1}`);
    }
  }

  /** Makes room for one more node with `arity` inputs and returns its index. */
  private next(arity: number): number {
    const node = this.count;
    if (node === this.operation.length) this.growNodes();
    if (this.inputCount + arity > this.inputs.length) this.growInputs(this.inputCount + arity);
    this.inputCount += arity;
    this.count = node + 1;
    this.inputStart[node + 1] = this.inputCount;
    return node;
  }

  private growNodes(): void {
    const capacity = 2 * this.operation.length;
    const { operation, inputStart, value, grad, skipped, groupOf, spans } = this;
    (this.operation = new Uint8Array(capacity)).set(operation);
    (this.inputStart = new Int32Array(capacity + 1)).set(inputStart);
    (this.value = new Float64Array(capacity)).set(value);
    (this.grad = new Float64Array(capacity)).set(grad);
    (this.skipped = new Uint8Array(capacity)).set(skipped);
    if (groupOf !== null) (this.groupOf = new Int32Array(capacity).fill(-1)).set(groupOf);
    if (spans !== null) (this.spans = new Int32Array(2 * capacity).fill(-1)).set(spans);
  }

  private growInputs(needed: number): void {
    const { inputs } = this;
    (this.inputs = new Int32Array(Math.max(needed, 2 * inputs.length))).set(inputs);
  }
}
