import { Block } from './block.ts';
import { EngineError, ForeignValueError, OperandError } from '../errors.ts';
import { differentiate } from '../func/differentiate.ts';
import type { SweepObserver } from '../gradient/sweep.ts';
import type { Tape } from './tape.ts';
import { Value } from './value.ts';

/** What a sweep from several outputs starts from. */
export interface OutputGradients {
  /** The derivative of whatever lies beyond with respect to each output; 1 for each by default. */
  readonly gradients?: number | readonly number[];
}

/** What derivatives are taken with respect to: Values, and blocks, which stand for all of their leaves. */
export type Inputs = Block | readonly (Value | Block)[];

/**
 * The derivatives of an output, or of Σ `gradients[i]` · `outputs[i]`, with respect to `inputs`, in their order: one number
 * per Value and per leaf of a block, 0 where nothing depends on it. One sweep; no `.grad` changes. Inputs may be any Values
 * that the outputs were computed from, not only leaves.
 *
 * With `createGraph: true` the derivatives are Values recorded on the same tape, which can be shown, replayed and
 * differentiated again.
 *
 * Throws OperandError for anything but Values and blocks, ForeignValueError unless all are on one tape, StaleValueError after a
 * reset, EngineError for another number of gradients than of outputs.
 */
export function grad(
  outputs: Value | readonly Value[],
  inputs: Inputs,
  options: OutputGradients & { readonly createGraph: true },
): Value[];
export function grad(
  outputs: Value | readonly Value[],
  inputs: Inputs,
  options?: OutputGradients & { readonly createGraph?: false },
): Float64Array;
export function grad(
  outputs: Value | readonly Value[],
  inputs: Inputs,
  options: OutputGradients & { readonly createGraph?: boolean } = {},
): Float64Array | Value[] {
  const { tape, nodes, values, seeds } = checked('grad', outputs, options);
  const list = inputs instanceof Block ? [inputs] : inputs;
  if (!Array.isArray(list)) throw new OperandError('grad', inputs, 'a list of Values and blocks');
  const wanted = (list as readonly (Value | Block)[]).flatMap((each) =>
    each instanceof Block ? each.values() : each,
  );
  if (options.createGraph === true) return differentiate(values, wanted, seeds);
  const gradient = new Float64Array(nodes.reduce((last, node) => Math.max(last, node), 0) + 1);
  tape.sweepInto(nodes, seeds, gradient);
  return Float64Array.from(wanted, (input) => gradient[nodeOn(tape, 'grad', input)] ?? 0);
}

/**
 * `backward()` for several outputs: the derivative of Σ `gradients[i]` · `outputs[i]` with respect to every value they
 * depend on, into `.grad`, in one sweep. Gradients of leaves add up, those of computed values are of this call.
 *
 * Throws as `grad`.
 */
export function backwardFrom(
  outputs: Value | readonly Value[],
  options: OutputGradients & {
    readonly observer?: SweepObserver | null;
    readonly absoluteZero?: boolean;
  } = {},
): void {
  const { tape, nodes, seeds } = checked('backwardFrom', outputs, options);
  tape.sweepFrom(nodes, seeds, options.observer, options.absoluteZero);
}

function checked(
  where: string,
  outputs: Value | readonly Value[],
  { gradients }: OutputGradients,
): { tape: Tape; values: readonly Value[]; nodes: number[]; seeds: readonly number[] } {
  const values: readonly Value[] = outputs instanceof Value ? [outputs] : outputs;
  const [first] = Array.isArray(values) ? values : [];
  if (!(first instanceof Value)) throw new OperandError(where, outputs, 'a Value, or a list of them');
  const { tape } = first;
  const nodes = values.map((output) => nodeOn(tape, where, output));
  const seeds = gradients === undefined ? nodes.map(() => 1) : [gradients].flat();
  if (seeds.length !== nodes.length) {
    throw new EngineError(
      `${where}: found ${seeds.length} gradients, expected ${nodes.length}, one for each output.`,
    );
  }
  for (const seed of seeds) if (typeof seed !== 'number') throw new OperandError(where, seed, 'a number');
  return { tape, values, nodes, seeds };
}

function nodeOn(tape: Tape, where: string, value: Value): number {
  if (!(value instanceof Value)) throw new OperandError(where, value, 'a Value');
  if (value.tape !== tape) throw new ForeignValueError(where);
  value.check(where);
  return value.index;
}
