import { EngineError, ForeignValueError, OperandError } from '../errors.ts';
import { CODES } from '../operation-names.ts';
import { takenBranch } from '../operations/choices.ts';
import { Value } from '../value.ts';
import type { Tape } from '../tape.ts';
import { dependence, inputsAt, passes, localsAt, operationAt } from './nodes.ts';
import { numberOf, Recorder } from './recorder.ts';
import type { Product, Term } from './recorder.ts';

/**
 * The derivatives of Σ seed · output with respect to `inputs`, which may be any Values that the outputs were computed
 * from, recorded on the same tape: the results can be shown, replayed and differentiated again, to any order. One
 * seed for each output, by default 1.
 *
 * The backward sweep itself becomes the graph, node by node: only nodes that lie between inputs and outputs by live edges,
 * each once, with one sum for its gradient. The numbers are those of `grad` up to rounding. The branch that a `where`
 * took is noted as a decision. With one output of a name, a gradient that is a new node is called `∂output/∂input`.
 *
 * Throws ForeignValueError unless all Values are on one tape, EngineError for another number of seeds than of outputs.
 */
export function differentiate(
  outputs: readonly Value[],
  inputs: readonly Value[],
  seeds?: readonly Term[],
): Value[] {
  return recordGradient(outputs, inputs, seeds).map((term) =>
    term instanceof Value ? term : outputs[0].tape.detached(term),
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
  for (const { node, seed } of roots) sweep.add(node, 1, seed);
  const isWanted = (node: number) => wanted.has(node);
  sweep.run(first, last, dependence(tape, first, last + 1, isWanted));
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

/** The reverse sweep whose arithmetic is recorded. */
class RecordedSweep {
  /** The gradients of the nodes that were asked for, as far as the sweep has come. */
  readonly gradients = new Map<number, Term>();
  private readonly recorder: Recorder;
  private readonly wanted: ReadonlySet<number>;
  private readonly summands = new Map<number, Product[]>();

  constructor(recorder: Recorder, wanted: ReadonlySet<number>) {
    this.recorder = recorder;
    this.wanted = wanted;
  }

  /** One more summand of a node's gradient. */
  add(node: number, factor: Term, of: Term): void {
    if (isNothing(factor, of)) return;
    const summands = this.summands.get(node);
    if (summands === undefined) this.summands.set(node, [{ factor, of }]);
    else summands.push({ factor, of });
  }

  /** Visits the nodes from `last` down to `first` that have got something, and passes it on to those that `depend`. */
  run(first: number, last: number, depends: (node: number) => boolean): void {
    for (let node = last; node >= first; node--) {
      const summands = this.summands.get(node);
      if (summands === undefined) continue;
      this.summands.delete(node);
      if (!depends(node)) continue;
      const gradient = this.recorder.total(summands);
      if (this.wanted.has(node)) this.gradients.set(node, gradient);
      if (operationAt(this.recorder.tape, node) !== null) this.pass(node, gradient, depends);
    }
  }

  private pass(node: number, gradient: Term, depends: (node: number) => boolean): void {
    const { tape } = this.recorder;
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
      if (input instanceof Value && wanted(slot)) this.add(input.index, of[slot], upstream);
    }
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
  return tape.at(value.index).index;
}

const ORDERS = '₀¹²³⁴⁵⁶⁷⁸⁹';

/** `∂L/∂w`; of `∂L/∂w` by b, `∂²L/∂w∂b`. */
function derivativeLabel(output: string, input: string): string {
  const parts = /^∂([²³⁴⁵⁶⁷⁸]?)([^∂]+)\/(∂.+)$/.exec(output);
  if (parts === null) return `∂${output}/∂${input}`;
  const order = parts[1] === '' ? 1 : ORDERS.indexOf(parts[1]);
  return `∂${ORDERS[order + 1]}${parts[2]}/${parts[3]}∂${input}`;
}
