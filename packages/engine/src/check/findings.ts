import { arityOf, InputReader, nodePartials, operationOf } from '../recording/columns.ts';
import { backward, isLive, reachable } from '../gradient/backward.ts';
import { OperandError } from '../errors.ts';
import type { Kink } from '../operations/operation.ts';
import type { OperationName } from '../operations/names.ts';
import type { Recording } from '../recording/recording.ts';
import { Value } from '../tape/value.ts';

/** Every node whose inputs stand exactly on a kink, with the slope that is taken there; slots of constants are left out. */
export function kinksOf(recording: Recording): { readonly node: number; readonly kink: Kink }[] {
  const reader = new InputReader();
  const found: { node: number; kink: Kink }[] = [];
  for (let node = 0; node < recording.count; node++) {
    const kinks = operationOf(recording, node)?.kinks;
    if (kinks === undefined || recording.skipped[node] === 1) continue;
    for (const kink of kinks(reader.read(recording, node))) {
      if (isLive(recording, node, kink.slot)) found.push({ node, kink });
    }
  }
  return found;
}

/** A node of a Value's computation that has no derivative where it stands. */
export interface KinkFound {
  readonly value: Value;
  readonly operation: OperationName;
  /** The input along which there is none, and its number. */
  readonly slot: number;
  readonly at: number;
  /** The slope that is taken by convention. */
  readonly chosen: number;
  /** Every slope in this closed interval would do; null where there is none at all, as at a jump. */
  readonly admissible: readonly [number, number] | null;
}

/**
 * The nodes that a Value depends on through live edges and that stand exactly on a kink or jump, in the order of their
 * recording, with the slope that is taken and those that would do as well. Slots of constants are left out.
 * Throws OperandError for anything but a Value.
 */
export function kinks(output: Value): readonly KinkFound[] {
  if (!(output instanceof Value)) throw new OperandError('kinks', output, 'a Value');
  const recording = output.tape.record(output);
  const reached = reachable(recording, output.index);
  return kinksOf(recording)
    .filter(({ node }) => reached[node] === 1)
    .map(({ node, kink: { slot, chosen, admissible } }) => ({
      value: output.tape.at(node),
      operation: operationOf(recording, node)!.name,
      slot,
      at: recording.value[recording.inputs[recording.inputStart[node] + slot]],
      chosen,
      admissible,
    }));
}

/** What a node is called in a report: its name, or its place. */
export function nameAt({ names }: Pick<Recording, 'names'>, node: number): string {
  return names.get(node) ?? `node ${node}`;
}

/** Where the first number that is not finite was born. */
export type NonFinite =
  /** A leaf that holds it, or an operation that made it of finite inputs. */
  | { readonly what: 'value'; readonly node: number; readonly value: number }
  /** An edge: `contribution` = `local` · `upstream`, from `node` to its input in `slot`. */
  | {
      readonly what: 'contribution';
      readonly node: number;
      readonly slot: number;
      readonly input: number;
      readonly local: number;
      readonly upstream: number;
      readonly contribution: number;
    }
  /** A gradient that overflowed while finite contributions were added. */
  | { readonly what: 'gradient'; readonly node: number; readonly value: number };

/**
 * The first NaN or infinity of a run: forward in recording order, among the nodes the output depends on first, then
 * backward in the order of the sweep (0 · ∞ is found at its edge). null if every number is finite.
 *
 * `gradient` is what `backward` returned, computed here if it is left out; null looks at values only.
 */
export function firstNonFinite(recording: Recording, gradient?: Float64Array | null): NonFinite | null {
  const { count, value, skipped, output } = recording;
  const reached = reachable(recording, output);
  let elsewhere: NonFinite | null = null;
  for (let node = 0; node < count; node++) {
    if (skipped[node] === 1 || Number.isFinite(value[node])) continue;
    const found = { what: 'value', node, value: value[node] } as const;
    if (reached[node] === 1) return found;
    elsewhere ??= found;
  }
  if (gradient === null) return elsewhere;
  const found = gradient ?? backward(recording);
  const edge = firstEdge(recording, found, ({ contribution }) => !Number.isFinite(contribution));
  for (let node = output; node >= (edge?.node ?? 0); node--) {
    if (reached[node] === 1 && !Number.isFinite(found[node])) {
      return { what: 'gradient', node, value: found[node] };
    }
  }
  return edge ?? elsewhere;
}

/** What a node passed to one of its inputs. */
export type Contribution = Extract<NonFinite, { readonly what: 'contribution' }>;

/** The first edge, in the order of the sweep, that multiplied 0 by ∞; null if none did. `gradient` is as above. */
export function zeroTimesInfinity(
  recording: Recording,
  gradient: Float64Array = backward(recording),
): Contribution | null {
  return firstEdge(
    recording,
    gradient,
    ({ local, upstream }) => Number.isNaN(local * upstream) && !Number.isNaN(local + upstream),
  );
}

/** The first live edge that is accepted, in the order of the sweep. */
function firstEdge(
  recording: Recording,
  gradient: Float64Array,
  accept: (edge: Contribution) => boolean,
): Contribution | null {
  const { inputStart, inputs, output } = recording;
  const reached = reachable(recording, output);
  const reader = new InputReader();
  let partials = new Float64Array(4);
  for (let node = output; node >= 0; node--) {
    if (reached[node] === 0) continue;
    const upstream = gradient[node];
    const arity = arityOf(recording, node);
    if (partials.length < arity) partials = new Float64Array(2 * arity);
    nodePartials(recording, node, reader, partials);
    for (let slot = 0; slot < arity; slot++) {
      if (!isLive(recording, node, slot)) continue;
      const [input, local] = [inputs[inputStart[node] + slot], partials[slot]];
      const contribution = local * upstream;
      const edge: Contribution = { what: 'contribution', node, slot, input, local, upstream, contribution };
      if (accept(edge)) return edge;
    }
  }
  return null;
}
