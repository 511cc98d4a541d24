import { EngineError, ForeignValueError, OperandError } from '../errors.ts';
import { EntryReader } from '../tape/links.ts';
import { CODES, LEAF } from '../operations/names.ts';
import { takenBranch } from '../operations/choices.ts';
import { RUNS } from '../tape/store.ts';
import { Value } from '../tape/value.ts';
import type { Tape } from '../tape/tape.ts';
import { placeOf, recordAgain } from './forgotten.ts';
import type { Place } from './forgotten.ts';
import { dependence, inputsAt, localsAt, passes, termAt } from './nodes.ts';
import { numberOf, Recorder } from './recorder.ts';
import type { Term } from './recorder.ts';

/**
 * The derivatives of Σ seed · output with respect to `inputs`, which may be any Values that the outputs were computed
 * from, recorded on the same tape: the results can be shown, replayed and differentiated again, to any order. One
 * seed for each output, by default 1.
 *
 * The backward sweep itself becomes the graph, node by node: only nodes that lie between inputs and outputs by live edges,
 * each once, with one sum for its gradient. The numbers are those of `grad` up to rounding. The branch that a `where`
 * took is noted as a decision. With one output of a name, a gradient that is a new node is called `∂output/∂input`.
 * A gradient that is a number whatever the inputs are stands on a leaf.
 *
 * Where the numbers are finite a zero slope records nothing, so a replay at numbers that are not gives 0 in place of NaN; where
 * an operation is outside its domain, NaN is recorded as a number.
 *
 * Throws OperandError for anything but Values, ForeignValueError unless all are on one tape, StaleValueError after a reset,
 * EngineError for another number of seeds than of outputs, and
 * DefinitionError for the second derivative of a defined operation whose first is no formula.
 */
export function differentiate(
  outputs: readonly Value[],
  inputs: readonly Value[],
  seeds?: readonly Term[],
): Value[] {
  for (const each of [outputs, inputs]) {
    if (!Array.isArray(each)) throw new OperandError('differentiate', each, 'an array of Values');
  }
  return recordGradient(outputs, inputs, seeds).map((term) =>
    term instanceof Value ? term : inputs[0].tape.leaf(term),
  );
}

/** `differentiate` with numbers for gradients that do not depend on anything. */
export function recordGradient(
  outputs: readonly (Value | number)[],
  inputs: readonly Value[],
  seeds?: readonly Term[],
): Term[] {
  if (seeds !== undefined && seeds.length !== outputs.length) {
    throw new EngineError(
      `differentiate: found ${seeds.length} gradients for the outputs, expected ${outputs.length}, one for each.`,
    );
  }
  if (inputs.length === 0) return [];
  if (!(inputs[0] instanceof Value)) throw new OperandError('differentiate', inputs[0], 'a Value');
  const { tape } = inputs[0];
  const start = tape.count;
  const roots: { node: number; seed: Term }[] = [];
  outputs.forEach((output, i) => {
    if (output instanceof Value) roots.push({ node: nodeOf(tape, output), seed: seeds?.[i] ?? 1 });
  });
  const nodes = inputs.map((input) => nodeOf(tape, input));
  const wanted = new Set(nodes);
  const first = nodes.reduce((least, node) => Math.min(least, node));
  const last = roots.reduce((most, { node }) => Math.max(most, node), -1);

  const sweep = new RecordedSweep(new Recorder(tape), wanted);
  const summands = new Summands(first, Math.max(first, last + 1), null);
  for (const { node, seed } of roots) summands.add(node, 1, seed);
  const isWanted = (node: number) => wanted.has(node);
  sweep.run(summands, last, dependence(tape, first, last + 1, isWanted));
  const gradients = nodes.map((node) => sweep.gradients.get(node) ?? 0);

  const [output] = outputs;
  if (outputs.length === 1 && output instanceof Value && output.label !== '') {
    inputs.forEach(({ label }, i) => {
      const gradient = gradients[i];
      if (label === '' || !(gradient instanceof Value) || gradient.index < start) return;
      if (gradient.label === '') gradient.label = derivativeLabel(output.label, label);
    });
  }
  return gradients;
}

const { add: ADD, sub: SUB, mul: MUL, neg: NEG, sum: SUM, dot: DOT, affine: AFFINE } = CODES;

/** The summands of the gradients of nodes from `from` on, as far as the sweep has come. */
class Summands {
  readonly from: number;
  /** Those of nodes below `from`. */
  readonly below: Summands | null;
  private readonly factor: (Term | undefined)[];
  private readonly of: Term[];
  private readonly more = new Map<number, Term[]>();

  constructor(from: number, to: number, below: Summands | null) {
    this.from = from;
    this.below = below;
    this.factor = Array.from({ length: to - from });
    this.of = Array.from({ length: to - from }, () => 0);
  }

  /** One more summand of a node's gradient. */
  add(node: number, factor: Term, of: Term): void {
    if (node < this.from) {
      this.below?.add(node, factor, of);
      return;
    }
    if (isNothing(factor, of)) return;
    const at = node - this.from;
    if (this.factor[at] === undefined) {
      this.factor[at] = factor;
      this.of[at] = of;
      return;
    }
    const more = this.more.get(at);
    if (more === undefined) this.more.set(at, [this.factor[at], this.of[at], factor, of]);
    else more.push(factor, of);
  }

  /** Marks a node as one to be visited, with or without a summand. */
  reach(node: number): void {
    this.factor[node - this.from] ??= 0;
  }

  /** The sum for a node, which is then forgotten; null if it got nothing. */
  take(node: number, recorder: Recorder): Term | null {
    const at = node - this.from;
    const factor = this.factor[at];
    if (factor === undefined) return null;
    this.factor[at] = undefined;
    const more = this.more.get(at);
    if (more === undefined) return recorder.product(factor, this.of[at]);
    this.more.delete(at);
    return recorder.total(more);
  }
}

/** The reverse sweep whose arithmetic is recorded. */
class RecordedSweep {
  /** The gradients of the nodes that were asked for, as far as the sweep has come. */
  readonly gradients = new Map<number, Term>();
  private readonly recorder: Recorder;
  private readonly wanted: ReadonlySet<number>;
  private readonly reader = new EntryReader();
  /** The gradients of the outputs of a checkpoint, until its first node is met. */
  private readonly ofOutputs = new Map<number, Term>();

  constructor(recorder: Recorder, wanted: ReadonlySet<number>) {
    this.recorder = recorder;
    this.wanted = wanted;
  }

  /** Visits the nodes from `last` down that have got something, and passes it on to those that `depend`. */
  run(summands: Summands, last: number, depends: (node: number) => boolean): void {
    const { recorder } = this;
    const { tape } = recorder;
    for (let node = last; node >= summands.from; node--) {
      const gradient = depends(node) ? summands.take(node, recorder) : null;
      if (gradient === null) continue;
      if (this.wanted.has(node)) this.gradients.set(node, gradient);
      const a = tape.links[3 * node + 1];
      const b = tape.links[3 * node + 2];
      switch (tape.links[3 * node]) {
        case LEAF:
          break;
        case ADD:
          if (a >= 0 && depends(a)) summands.add(a, 1, gradient);
          if (b >= 0 && depends(b)) summands.add(b, 1, gradient);
          break;
        case SUB:
          if (a >= 0 && depends(a)) summands.add(a, 1, gradient);
          if (b >= 0 && depends(b)) summands.add(b, -1, gradient);
          break;
        case NEG:
          if (a >= 0 && depends(a)) summands.add(a, -1, gradient);
          break;
        case MUL:
          if (a >= 0 && depends(a)) summands.add(a, termAt(tape, b), gradient);
          if (b >= 0 && depends(b)) summands.add(b, termAt(tape, a), gradient);
          break;
        case SUM:
        case SUM + RUNS:
          this.passSum(summands, node, gradient, depends);
          break;
        case DOT:
        case DOT + RUNS:
          this.passProducts(summands, node, gradient, depends, 0);
          break;
        case AFFINE:
        case AFFINE + RUNS:
          this.passProducts(summands, node, gradient, depends, 1);
          break;
        default:
          this.pass(summands, node, gradient, depends);
      }
    }
  }

  private passSum(
    summands: Summands,
    node: number,
    gradient: Term,
    depends: (node: number) => boolean,
  ): void {
    const length = this.reader.read(this.recorder.tape, node);
    const { entries } = this.reader;
    for (let slot = 0; slot < length; slot++) {
      if (entries[slot] >= 0 && depends(entries[slot])) summands.add(entries[slot], 1, gradient);
    }
  }

  /** Each factor of a sum of products gets the other one; what stands before the first pair is added as it is. */
  private passProducts(
    summands: Summands,
    node: number,
    gradient: Term,
    depends: (node: number) => boolean,
    before: 0 | 1,
  ): void {
    const { tape } = this.recorder;
    const length = this.reader.read(tape, node);
    const { entries } = this.reader;
    for (let slot = 0; slot < length; slot++) {
      const entry = entries[slot];
      if (entry < 0 || !depends(entry)) continue;
      const partner = slot < before ? -1 : ((slot - before) ^ 1) + before;
      summands.add(entry, partner < 0 ? 1 : termAt(tape, entries[partner]), gradient);
    }
  }

  private pass(summands: Summands, node: number, gradient: Term, depends: (node: number) => boolean): void {
    const { tape } = this.recorder;
    const place = placeOf(tape, node);
    if (place !== null) {
      this.passThrough(summands, place, node, gradient, depends);
      return;
    }
    const inputs = inputsAt(tape, node);
    const first = numberOf(inputs[0]);
    const wanted = (slot: number): boolean => {
      const input = inputs[slot];
      return typeof input !== 'number' && depends(input.index) && passes(tape, node, first, slot);
    };
    if (!inputs.some((_, slot) => wanted(slot))) return;
    noteBranch(tape, node, inputs[0]);
    const { scale, of } = localsAt(this.recorder, node, inputs, wanted);
    const upstream = this.recorder.product(scale, gradient);
    for (let slot = 0; slot < inputs.length; slot++) {
      const input = inputs[slot];
      if (input instanceof Value && wanted(slot)) summands.add(input.index, of[slot], upstream);
    }
  }

  /** At the first node of a checkpoint, the last to be met: records in full what it forgot, and goes on through that. */
  private passThrough(
    summands: Summands,
    { forgotten, output }: Place,
    node: number,
    gradient: Term,
    depends: (node: number) => boolean,
  ): void {
    const first = node - output;
    this.ofOutputs.set(node, gradient);
    if (output > 0) {
      summands.reach(first);
      return;
    }
    const { tape } = this.recorder;
    const from = tape.count;
    const outputs = recordAgain(forgotten);
    const to = tape.count;
    const inner = new Summands(from, to, summands);
    outputs.forEach(({ index }, i) => {
      inner.add(index, 1, this.ofOutputs.get(first + i) ?? 0);
      this.ofOutputs.delete(first + i);
    });
    this.run(
      inner,
      to - 1,
      dependence(tape, from, to, () => false, depends),
    );
  }
}

/** True if a product is 0 whatever is recorded: one of the two is the number 0. But 0 · ∞ is NaN, and has to be recorded. */
export function isNothing(factor: Term, of: Term): boolean {
  return (factor === 0 && Number.isFinite(numberOf(of))) || (of === 0 && Number.isFinite(numberOf(factor)));
}

/** Notes which branch a derivative has been recorded through: in a replay that takes the other one it would be wrong. */
export function noteBranch(tape: Tape, node: number, condition: Term): void {
  if (tape.codeAt(node) !== CODES.where || typeof condition === 'number') return;
  if (takenBranch(condition.data) !== -1) condition.holds();
}

function nodeOf(tape: Tape, value: Value): number {
  if (!(value instanceof Value)) throw new OperandError('differentiate', value, 'a Value');
  if (value.tape !== tape) throw new ForeignValueError('differentiate');
  value.check('differentiate');
  return value.index;
}

const ORDERS = '₀¹²³⁴⁵⁶⁷⁸⁹';

/** `∂L/∂w`; of `∂L/∂w` by b, `∂²L/∂w∂b`. */
function derivativeLabel(output: string, input: string): string {
  const parts = /^∂([²³⁴⁵⁶⁷⁸]?)([^∂]+)\/(∂.+)$/.exec(output);
  if (parts === null) return `∂${output}/∂${input}`;
  const order = parts[1] === '' ? 1 : ORDERS.indexOf(parts[1]);
  return `∂${ORDERS[order + 1]}${parts[2]}/${parts[3]}∂${input}`;
}
