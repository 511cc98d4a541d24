import { checkArity, withDefaults } from '../operations/arity.ts';
import { Block, ConstantBlock } from './block.ts';
import { binaryValue, unaryValue } from '../recording/columns.ts';
import { DebugValue } from './debug.ts';
import {
  EngineError,
  EscapedValueError,
  ForeignValueError,
  IntermediateDataError,
  NodeError,
  OperandError,
  StaleValueError,
  UnknownOperationError,
} from '../errors.ts';
import type { RunMethods } from './links.ts';
import { CODES, codeOf, LEAF } from '../operations/names.ts';
import type { AnyOperationName } from '../operations/names.ts';
import { operationName, OPERATIONS_BY_CODE } from '../operations/table.ts';
import { takenBranch } from '../operations/choices.ts';
import type { Recording } from '../recording/recording.ts';
import { RewindableTape } from './rewindable-tape.ts';
import type { TapeMark } from './rewindable-tape.ts';
import { recordAffine, recordDot, recordSum } from './runs.ts';
import type { Operands } from './runs.ts';
import { runMethods } from './run-methods.ts';
import { sweep } from '../gradient/sweep.ts';
import type { Settle, SweepObserver } from '../gradient/sweep.ts';
import { Constant, Value } from './value.ts';
import type { BackwardOptions, GradientHook, Operand } from './value.ts';

/** 5 MB of them. */
const MOST_HANDLES = 2 ** 17;

/** What came out when a Value was read as a condition. */
export interface Decision {
  readonly node: number;
  readonly holds: boolean;
}

/**
 * Where operations are recorded: one node after another, in typed arrays. Every Value belongs to one tape.
 *
 *     const tape = new Tape();
 *     const a = tape.leaf(2, 'a');
 *     const y = tape.apply('mul', a, a);
 *     y.backward();
 *     a.grad; // 4
 *
 * Parameters come first, and each step of a training loop is recorded in a `scope`, which forgets it at its end.
 */
export class Tape extends RewindableTape {
  /** True if every use of a Value is checked against the node it was made for; see the constructor. */
  readonly debug: boolean;
  /** What `Value.holds()` read since the tape was last reset before it, in order. */
  readonly decisions: Decision[] = [];
  /** Leaves that hold the number of a computation which was not recorded: of `detach()` and `noGrad()`. */
  readonly detachedLeaves = new Set<number>();
  /** @internal */
  override readonly runs: RunMethods = runMethods;
  /** @internal Puts what checkpoints forgot into a recording; set by the first one. */
  unfold: ((whole: Recording, shifted: boolean) => Recording) | null = null;
  /** Values of the first nodes, for places that are recorded again and again: a step then leaves no garbage behind. */
  private readonly handles: Value[] = [];
  private readonly hooks = new Map<number, Set<{ readonly hook: GradientHook }>>();
  private sweeping = false;
  private readonly stamps: number[] = [];
  private readonly constantStamps: number[] = [];
  private stamp = 0;
  private quiet = 0;

  /**
   * A tape with nothing on it. With `debug: true` a Value whose node was forgotten is refused even where another node
   * has taken its place, which otherwise goes unnoticed. A training step then takes about five times as long.
   */
  constructor(options: { readonly debug?: boolean } = {}) {
    super();
    this.debug = options.debug === true;
    this.updatePlain();
  }

  /** A leaf: a number that is differentiated with respect to. */
  leaf(data: number, label?: string): Value {
    if (typeof data !== 'number') throw new OperandError('value', data, 'a number');
    if (label !== undefined && typeof label !== 'string') throw new OperandError('label', label, 'a text');
    const node = this.pushLeaf(data);
    if (label !== undefined) this.setName(node, label);
    return this.made(node);
  }

  /**
   * One leaf per number, one after another on the tape. `label` names all of them `label[i]`, or each as it says.
   * Throws OperandError for anything but numbers.
   */
  parameters(
    numbers: ArrayLike<number>,
    options: { readonly label?: string | ((i: number) => string) } = {},
  ): Block {
    checkNumbers('parameters', numbers);
    const start = this.pushLeaves(numbers.length);
    this.value.set(numbers, start);
    const { label } = options;
    if (label !== undefined) {
      const named = typeof label === 'function' ? label : (i: number) => `${label}[${i}]`;
      for (let i = 0; i < numbers.length; i++) this.setName(start + i, named(i));
    }
    return new Block(this, start, numbers.length);
  }

  /** Numbers for `sum`, `dot` and `affine` that are no nodes. Throws OperandError for anything but numbers. */
  constants(numbers: ArrayLike<number>): ConstantBlock {
    checkNumbers('constants', numbers);
    const start = this.pushNumbers(numbers);
    if (this.debug) for (let i = 0; i < numbers.length; i++) this.constantStamps[start + i] = ++this.stamp;
    return new ConstantBlock(this, start, numbers.length);
  }

  /** The Value of a node that is on the tape. Throws NodeError or StaleValueError. */
  at(node: number): Value {
    if (!Number.isInteger(node) || node < 0) {
      throw new NodeError('at', node, `an index from 0 to ${this.count - 1}`);
    }
    if (node >= this.count) throw new StaleValueError('at', node, this.count);
    return this.made(node);
  }

  /** Records an operation by name. Throws ArityError, OperandError, ForeignValueError or StaleValueError. */
  apply(name: AnyOperationName, ...operands: readonly Operand[]): Value {
    return this.applyAll(name, operands);
  }

  /** `apply` for a list of operands of any length. */
  applyAll(name: AnyOperationName, operands: readonly Operand[]): Value {
    const code = codeOf(name);
    const operation = OPERATIONS_BY_CODE[code] ?? null;
    if (operation === null) throw new UnknownOperationError(name);
    const given = withDefaults(operation, operands);
    checkArity(operation, given.length);
    if (operation.arity === 1) return this.unary(code, given[0]);
    if (operation.arity === 2) return this.binary(code, given[0], given[1]);
    return this.many(code, given);
  }

  /** @internal Records an operation of one input or two where there is room and nothing else is to be done: below `limit`. */
  link(code: number, a: number, b: number, value: number): Value {
    const node = this.count;
    const { links, handles } = this;
    this.count = node + 1;
    links[3 * node] = code;
    links[3 * node + 1] = a;
    links[3 * node + 2] = b;
    this.value[node] = value;
    return node < handles.length ? handles[node] : new Value(this, node);
  }

  /** @internal Records a unary operation by code. */
  unary(code: number, a: Operand): Value {
    const p = this.entryOf(code, a);
    return this.made(this.push(code, p, 0, unaryValue(code, this.numberOf(p))));
  }

  /** @internal Records a binary operation by code. */
  binary(code: number, a: Operand, b: Operand): Value {
    if (typeof b === 'number' && a instanceof Value && a.tape === this) {
      const { index } = a;
      if (this.count < this.limit && index < this.count) {
        return this.link(code, index, this.pushNumber(b), binaryValue(code, this.value[index], b));
      }
    }
    const p = this.entryOf(code, a);
    const q = this.entryOf(code, b);
    return this.made(this.push(code, p, q, binaryValue(code, this.numberOf(p), this.numberOf(q))));
  }

  /** @internal Records an operation of three inputs or any number by code. */
  many(code: number, operands: readonly Operand[]): Value {
    const entries: number[] = [];
    for (const operand of operands) entries.push(this.entryOf(code, operand));
    return this.made(this.pushOperation(OPERATIONS_BY_CODE[code]!, code, entries));
  }

  /** @internal Records `where`; a branch given as a function is recorded, but evaluated only if it is taken. */
  choose(condition: Operand, a: Operand | (() => Operand), b: Operand | (() => Operand)): Value {
    const entry = this.entryOf(CODES.where, condition);
    const taken = takenBranch(this.numberOf(entry));
    const branch = (slot: number, given: Operand | (() => Operand)) =>
      typeof given !== 'function' ? given : slot === taken ? given() : this.skip(given);
    return this.many(CODES.where, [condition, branch(1, a), branch(2, b)]);
  }

  /** Σ x, added from left to right, as one node. Throws ArityError for nothing. */
  sum(x: Operands): Value {
    return recordSum(this, x);
  }

  /** Σ a[i] · b[i], added from left to right, as one node. Throws ArityError unless both are of one length, not 0. */
  dot(a: Operands, b: Operands): Value {
    return recordDot(this, a, b);
  }

  /**
   * bias + Σ w[i] · x[i], added from left to right, as one node: what a neuron computes before its activation.
   * Throws ArityError unless w and x are of one length.
   */
  affine(w: Operands, x: Operands, bias: Operand): Value {
    return recordAffine(this, w, x, bias);
  }

  /** Differentiates `of`; see `Value.backward`. */
  backward(of: Value, seed: number | BackwardOptions = 1): void {
    if (of.tape !== this) throw new ForeignValueError('backward');
    of.backward(seed);
  }

  /** @internal One sweep from Σ `seeds[i]` · (node `of[i]`) into `grad`: leaves add up, the rest is of this call. */
  sweepFrom(
    of: readonly number[],
    seeds: readonly number[],
    observer: SweepObserver | null = null,
    absoluteZero = false,
  ): void {
    if (this.sweeping) {
      throw new EngineError(
        'backward: found a sweep under way, whose hook or observer calls this, expected none on the same tape. ' +
          'grad() can be called there: it changes no .grad.',
      );
    }
    const { links, grad, dirty } = this;
    for (let node = this.base; node < dirty; node++) if (links[3 * node] !== LEAF) grad[node] = 0;
    const end = largest(of) + 1;
    if (dirty < end) this.dirty = end;
    this.sweeping = true;
    try {
      this.sweepInto(of, seeds, grad, observer, absoluteZero);
    } finally {
      this.sweeping = false;
      // A checkpoint records for a while, and may have made the columns longer.
      if (this.grad !== grad) this.grad.set(grad);
    }
  }

  /** @internal The same into an array of zeros of one number per node. */
  sweepInto(
    of: readonly number[],
    seeds: readonly number[],
    gradient: Float64Array,
    observer: SweepObserver | null = null,
    absoluteZero = false,
  ): void {
    if (this.hooks.size === 0) sweep(this, of, seeds, gradient, observer, null, this.base, absoluteZero);
    else this.sweepWithHooks(of, seeds, gradient, observer, absoluteZero);
  }

  /** Hooks hear of a leaf's gradient in this sweep alone, so what it had before is kept aside. */
  private sweepWithHooks(
    of: readonly number[],
    seeds: readonly number[],
    gradient: Float64Array,
    observer: SweepObserver | null,
    absoluteZero: boolean,
  ): void {
    const { hooks, links } = this;
    const before = new Map<number, number>();
    for (const node of hooks.keys()) {
      if (links[3 * node] !== LEAF || node >= gradient.length) continue;
      before.set(node, gradient[node]);
      gradient[node] = 0;
    }
    const settle: Settle = (node, found) => {
      if (!hooks.has(node)) return found;
      const final = this.settled(node, found);
      const aside = before.get(node) ?? 0;
      before.delete(node);
      return links[3 * node] === LEAF ? aside + final : final;
    };
    try {
      sweep(this, of, seeds, gradient, observer, settle, 0, absoluteZero);
    } finally {
      for (const [node, aside] of before) gradient[node] += aside;
    }
  }

  /** @internal A node's gradient after its hooks. */
  settled(node: number, gradient: number): number {
    let final = gradient;
    for (const { hook } of this.hooks.get(node) ?? []) {
      const replacement = hook(final);
      if (typeof replacement === 'number') final = replacement;
    }
    return final;
  }

  /** @internal True if there are hooks on nodes from `node` on. */
  hasHooksFrom(node: number): boolean {
    for (const each of this.hooks.keys()) if (each >= node) return true;
    return false;
  }

  /** @internal */
  addHook(node: number, hook: GradientHook): () => void {
    const { hooks } = this;
    const hooked = hooks.get(node) ?? new Set();
    const own = { hook };
    hooks.set(node, hooked.add(own));
    return () => {
      hooked.delete(own);
      if (hooked.size === 0 && hooks.get(node) === hooked) hooks.delete(node);
    };
  }

  /** @internal Gives a leaf another number. */
  setLeaf(node: number, data: number): void {
    if (node < this.base && typeof data === 'number') this.value[node] = data;
    else this.setLaterLeaf(node, data);
  }

  private setLaterLeaf(node: number, data: number): void {
    if (node >= this.count) throw new StaleValueError('data', node, this.count);
    if (typeof data !== 'number') throw new OperandError('data', data, 'a number');
    const code = this.codeAt(node);
    if (code !== LEAF) throw new IntermediateDataError(operationName(code), node);
    if (!Number.isFinite(data)) this.loose = true;
    this.value[node] = data;
  }

  /** @internal Writes a node's gradient. */
  setGrad(node: number, grad: number): void {
    if (node < this.dirty && typeof grad === 'number') this.grad[node] = grad;
    else this.setLaterGrad(node, grad);
  }

  private setLaterGrad(node: number, grad: number): void {
    if (node >= this.count) throw new StaleValueError('grad', node, this.count);
    if (typeof grad !== 'number') throw new OperandError('grad', grad, 'a number');
    if (node >= this.dirty) this.dirty = node + 1;
    this.grad[node] = grad;
  }

  /** Sets every gradient to 0. */
  zeroGrad(): void {
    this.grad.fill(0, 0, this.dirty);
    this.dirty = 0;
  }

  /** @internal A leaf that holds the number of something computed, without an edge to it. */
  detached(data: number): Value {
    const node = this.pushLeaf(data);
    this.detachedLeaves.add(node);
    return this.made(node);
  }

  /**
   * Runs `fn` (not async); what it computes on this tape is not recorded: each result is a leaf of its own, without
   * inputs, and no gradient passes through it.
   *
   * Throws ForeignValueError if a Value of another tape is returned, alone or in arrays and plain objects: over there it was
   * recorded.
   */
  noGrad<T>(fn: () => T): T {
    this.quiet++;
    this.updatePlain();
    try {
      const result = fn();
      for (const each of resultsOf('noGrad', result)) {
        if (each instanceof Value && each.tape !== this) {
          throw new ForeignValueError('noGrad', 'Its own tape has recorded it: call noGrad of that tape.');
        }
      }
      return result;
    } finally {
      this.quiet--;
      this.updatePlain();
    }
  }

  /** @internal Runs `fn` as outside of `noGrad()`, and tells it whether it is inside. */
  aloud<T>(fn: (quiet: boolean) => T): T {
    const { quiet } = this;
    this.quiet = 0;
    this.updatePlain();
    try {
      return fn(quiet > 0);
    } finally {
      this.quiet = quiet;
      this.updatePlain();
    }
  }

  /**
   * Runs `fn` (not async), then forgets every node that it recorded, also if it throws, and returns what it returned.
   * A training step in a scope leaves the tape as long as it was.
   *
   * Throws EscapedValueError if a Value or block made inside is returned, alone or in arrays and plain objects: return its
   * `.data`.
   */
  scope<T>(fn: () => T): T {
    const mark = this.mark();
    try {
      const result = fn();
      for (const each of resultsOf('scope', result)) {
        if (each instanceof Value && each.tape === this && each.index >= mark.count) {
          throw new EscapedValueError(each.index);
        }
        if (each instanceof Block && each.tape === this && each.start + each.length > mark.count) {
          throw new EscapedValueError(each.start);
        }
      }
      return result;
    } finally {
      this.reset(mark);
    }
  }

  /** The tape as it is now, for `reset`. */
  override mark(): TapeMark {
    return {
      ...super.mark(),
      decisionCount: this.decisions.length,
      stamp: this.stampOf(this.count - 1),
    };
  }

  /**
   * Forgets every node recorded after the mark, with its names, hooks and decisions. Values of them are stale. Throws
   * EngineError for a mark that lies ahead or is of another tape; in debug mode for every mark from before a reset behind it.
   */
  override reset(mark: TapeMark): void {
    this.keepHandles();
    super.reset(mark);
    const { count } = mark;
    if (this.decisions.length > mark.decisionCount) this.decisions.length = mark.decisionCount;
    if (this.hooks.size > 0) for (const node of this.hooks.keys()) if (node >= count) this.hooks.delete(node);
    if (this.detachedLeaves.size > 0) {
      for (const node of this.detachedLeaves) if (node >= count) this.detachedLeaves.delete(node);
    }
    if (this.stamps.length > count) this.stamps.length = count;
    const { constantCount } = mark;
    if (this.constantStamps.length > constantCount) this.constantStamps.length = constantCount;
  }

  /** Twice as many in each reset, so that what is recorded once or twice costs next to nothing. */
  private keepHandles(): void {
    const { handles } = this;
    const length = this.debug ? 0 : Math.min(this.count, 2 * handles.length + 256, MOST_HANDLES);
    while (handles.length < length) handles.push(new Value(this, handles.length));
  }

  /**
   * A copy of the whole tape as plain data; node indices are those of the Values. `output` is the node that is
   * differentiated, by default the last one.
   */
  record(output?: Value): Recording {
    const whole = this.recordNode(output && this.entryOf(LEAF, output));
    return this.unfold?.(whole, false) ?? whole;
  }

  /** @internal The entry of `inputs` for an operand of the operation with this code. */
  entryOf(code: number, operand: Operand): number {
    if (operand instanceof Value) {
      if (operand.tape !== this) throw new ForeignValueError(where(code));
      operand.check(where(code));
      return operand.index;
    }
    if (typeof operand === 'number') return this.pushNumber(operand);
    if (operand instanceof Constant) return this.constant(operand.value, operand.text);
    throw new OperandError(where(code), operand, 'a number or a Value');
  }

  /** What Node prints, in place of every column. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Tape(${this.size} nodes)`;
  }

  /** @internal The Value of a node. */
  made(node: number): Value {
    if (this.debug) return new DebugValue(this, node);
    return node < this.handles.length ? this.handles[node] : new Value(this, node);
  }

  /** @internal What tells a node from others that have had its place; always 0 outside debug mode. */
  stampOf(node: number): number {
    return this.stamps[node] ?? 0;
  }

  /** @internal The same for a constant of a block. */
  stampOfConstant(place: number): number {
    return this.constantStamps[place] ?? 0;
  }

  protected override checkMark(mark: TapeMark): void {
    super.checkMark(mark);
    if (mark.stamp !== this.stampOf(mark.count - 1)) this.refuseMark();
  }

  protected override isPlain(): boolean {
    return super.isPlain() && this.quiet === 0 && !this.debug;
  }

  protected override annotate(node: number, computed: boolean): void {
    super.annotate(node, computed);
    if (this.debug) this.stamps[node] = ++this.stamp;
    if (this.quiet > 0 && computed) {
      this.links[3 * node] = LEAF;
      this.detachedLeaves.add(node);
      // A leaf is not to be evaluated; in a branch that is not taken its number is NaN.
      if (this.skipped !== null) this.skipped[node] = 0;
    }
  }
}

function where(code: number): string {
  return code === LEAF ? 'record' : operationName(code);
}

function largest(nodes: readonly number[]): number {
  let last = -1;
  for (const node of nodes) if (node > last) last = node;
  return last;
}

function checkNumbers(where: string, numbers: ArrayLike<number>): void {
  if (numbers instanceof Float64Array) return;
  if (typeof numbers?.length !== 'number') throw new OperandError(where, numbers, 'a list of numbers');
  for (let i = 0; i < numbers.length; i++) {
    if (typeof numbers[i] !== 'number') throw new OperandError(where, numbers[i], 'a number');
  }
}

/** The objects that a function returned, alone or in arrays and plain objects. */
function resultsOf(where: string, result: unknown): readonly unknown[] {
  const all: unknown[] = [];
  const open = [result];
  const seen = new Set<unknown>();
  while (open.length > 0) {
    const each = open.pop();
    if (typeof each !== 'object' || each === null || seen.has(each)) continue;
    seen.add(each);
    if (each instanceof Promise) {
      throw new EngineError(`${where}: found a promise, expected a function that is not async.`);
    }
    const kind: unknown = Object.getPrototypeOf(each);
    if (Array.isArray(each) || kind === Object.prototype || kind === null) {
      for (const part of Object.values(each)) open.push(part);
    } else all.push(each);
  }
  return all;
}
