import { checkArity, withDefaults } from '../operations/arity.ts';
import { binaryValue, unaryValue } from '../recording/columns.ts';
import { EngineError, NodeError, OperandError, UnknownOperationError } from '../errors.ts';
import { inputCount, writeEntries } from './links.ts';
import { codeOf } from '../operations/names.ts';
import type { OperationName } from '../operations/names.ts';
import type { Operation } from '../operations/operation.ts';
import { OPERATIONS_BY_CODE } from '../operations/table.ts';
import type { Group, Recording } from '../recording/recording.ts';
import { NodeStore, RUNS } from './store.ts';

/**
 * Records nodes by their numbers: what a tape is without Values and gradients. Operands are entries, as in a
 * `Recording`: a node, or what `constant()` returned.
 */
export class BareTape extends NodeStore {
  /** Names of nodes. Empty unless somebody names one. */
  readonly names = new Map<number, string>();
  /** Names belong to nodes below it. */
  protected namedTo = 0;
  protected readonly constantTexts = new Map<number, string>();
  protected readonly groups: Group[] = [];
  protected currentGroup = -1;
  protected groupOf: Int32Array | null = null;
  protected spans: Int32Array | null = null;
  private spanFrom = -1;
  private spanTo = -1;
  private skipDepth = 0;
  protected skipped: Uint8Array | null = null;

  /** The entry of a constant; `text` is how the writer wrote it. */
  constant(value: number, text: string | null = null): number {
    const entry = this.pushNumber(value);
    if (text !== null) this.constantTexts.set(~entry, text);
    return entry;
  }

  /** Records an operation on entries and returns its node. Throws UnknownOperationError or ArityError. */
  applyTo(name: OperationName, entries: readonly number[]): number {
    const code = codeOf(name);
    const operation = OPERATIONS_BY_CODE[code] ?? null;
    if (operation === null) throw new UnknownOperationError(name);
    const missing = withDefaults(operation, entries).slice(entries.length);
    const all = [...entries, ...missing.map((number) => this.constant(number))];
    checkArity(operation, all.length);
    return this.pushOperation(operation, code, all);
  }

  /** @internal Records an operation whose number of inputs is right. */
  pushOperation(operation: Operation, code: number, entries: readonly number[]): number {
    if (operation.arity === 1) {
      return this.push(code, entries[0], 0, unaryValue(code, this.numberOf(entries[0])));
    }
    if (operation.arity === 2) {
      const [a, b] = entries;
      return this.push(code, a, b, binaryValue(code, this.numberOf(a), this.numberOf(b)));
    }
    const start = this.reserve(entries.length);
    this.extra.set(entries, start);
    const numbers = entries.map((entry) => this.numberOf(entry));
    return this.push(code, start, entries.length, this.skipping ? NaN : operation.value(numbers));
  }

  /** True while nodes are recorded without being evaluated. */
  get skipping(): boolean {
    return this.skipDepth > 0;
  }

  /** Runs `fn`; the nodes it records are not evaluated: their value is NaN and they are marked as skipped. */
  skip<T>(fn: () => T): T {
    this.skipDepth++;
    this.skipped ??= new Uint8Array(this.value.length);
    this.updatePlain();
    try {
      return fn();
    } finally {
      this.skipDepth--;
      this.updatePlain();
    }
  }

  /** Runs `fn`; the nodes it records form a group of this name, inside the current one. */
  group<T>(name: string, fn: () => T): T {
    if (typeof name !== 'string') throw new OperandError('group', name, 'a text');
    const outer = this.currentGroup;
    this.currentGroup = this.groups.push({ name, parent: outer }) - 1;
    this.groupOf ??= new Int32Array(this.value.length).fill(-1);
    this.updatePlain();
    try {
      return fn();
    } finally {
      // A reset may have taken it away.
      this.currentGroup = outer < this.groups.length ? outer : -1;
      this.updatePlain();
    }
  }

  /** Nodes recorded from now on stand at `[from, to)` in the source; `clearSpan()` ends it. */
  setSpan(from: number, to: number): void {
    this.spans ??= new Int32Array(2 * this.value.length).fill(-1);
    this.spanFrom = from;
    this.spanTo = to;
    this.updatePlain();
  }

  /** Nodes recorded from now on stand nowhere in a source. */
  clearSpan(): void {
    this.spanFrom = -1;
    this.spanTo = -1;
    this.updatePlain();
  }

  /** Says where an already recorded node stands in the source. */
  setSpanOf(node: number, from: number, to: number): void {
    this.checkNode('setSpanOf', node);
    this.spans ??= new Int32Array(2 * this.value.length).fill(-1);
    this.spans[2 * node] = from;
    this.spans[2 * node + 1] = to;
  }

  /** The entries of a node's inputs, in slot order; empty for a leaf. */
  entriesOf(node: number): Int32Array {
    this.checkNode('entriesOf', node);
    const entries = new Int32Array(inputCount(this, node));
    writeEntries(this, node, entries, 0);
    return entries;
  }

  /** Gives a node a name; the empty one takes it away. */
  setName(node: number, name: string): void {
    if (name === '') this.names.delete(node);
    else this.names.set(node, name);
    if (node >= this.namedTo) this.namedTo = node + 1;
  }

  /**
   * A copy of the whole tape as plain data; every node has the same index there. `output` is the node that is
   * differentiated, by default the last one. Throws EngineError for an empty tape, NodeError for an output that is none.
   */
  recordNode(output: number = this.count - 1): Recording {
    const { count, links } = this;
    if (count === 0) throw new EngineError('record: found an empty tape, expected at least one node.');
    this.checkNode('record', output);
    const operation = new Uint8Array(count);
    const inputStart = new Int32Array(count + 1);
    for (let node = 0; node < count; node++) {
      operation[node] = links[3 * node] & (RUNS - 1);
      inputStart[node + 1] = inputStart[node] + inputCount(this, node);
    }
    const inputs = new Int32Array(inputStart[count]);
    for (let node = 0; node < count; node++) writeEntries(this, node, inputs, inputStart[node]);
    return {
      count,
      operation,
      inputStart,
      inputs,
      constants: this.pool.slice(0, this.constantCount),
      constantTexts: new Map(this.constantTexts),
      value: this.value.slice(0, count),
      skipped: this.skipped === null ? new Uint8Array(count) : this.skipped.slice(0, count),
      names: new Map(this.names),
      spans: this.spans === null ? null : this.spans.slice(0, 2 * count),
      group: this.groupOf === null ? null : this.groupOf.slice(0, count),
      groups: this.groups.map((group) => ({ ...group })),
      output,
    };
  }

  protected checkNode(where: string, node: number): void {
    if (!Number.isInteger(node) || node < 0 || node >= this.count) {
      throw new NodeError(where, node, `an index from 0 to ${this.count - 1}`);
    }
  }

  /** True where nodes get no more than their columns: no group, no span, not the mark of a skipped one. */
  protected isPlain(): boolean {
    return this.skipDepth === 0 && this.currentGroup < 0 && this.spanFrom < 0;
  }

  protected updatePlain(): void {
    this.setPlain(this.isPlain());
  }

  protected override annotate(node: number, computed: boolean): void {
    if (this.groupOf !== null) this.groupOf[node] = this.currentGroup;
    if (this.spans !== null) {
      this.spans[2 * node] = this.spanFrom;
      this.spans[2 * node + 1] = this.spanTo;
    }
    if (this.skipDepth > 0 && computed) {
      this.value[node] = NaN;
      this.skipped![node] = 1;
    }
  }

  protected override growAside(capacity: number): void {
    const { skipped, groupOf, spans } = this;
    if (skipped !== null) (this.skipped = new Uint8Array(capacity)).set(skipped);
    if (groupOf !== null) (this.groupOf = new Int32Array(capacity).fill(-1)).set(groupOf);
    if (spans !== null) (this.spans = new Int32Array(2 * capacity).fill(-1)).set(spans);
  }
}
