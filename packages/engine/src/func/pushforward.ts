import { Value } from '../value.ts';
import { placeOf, recordAgain } from './forgotten.ts';
import { isNothing, noteBranch } from './differentiate.ts';
import { dependence, inputsAt, passes, localsAt, operationAt } from './nodes.ts';
import { numberOf, Recorder } from './recorder.ts';
import type { Product, Term } from './recorder.ts';

/**
 * Forward mode, recorded: how each output moves when the inputs move as `directions` says, one term for each input.
 * An input with the number 0 as its direction counts as one that does not move: there is no 0 · ∞ without a path.
 */
export function recordTangents(
  outputs: readonly (Value | number)[],
  inputs: readonly Value[],
  directions: readonly Term[],
): Term[] {
  const moved = new Map<number, Term>();
  inputs.forEach(({ index }, i) => {
    if (directions[i] !== 0) moved.set(index, directions[i]);
  });
  const ends = outputs.map((output) => (output instanceof Value ? output.index : -1));
  if (moved.size === 0) return ends.map(() => 0);

  const recorder = new Recorder(inputs[0].tape);
  const first = inputs.reduce((least, { index }) => Math.min(least, index), Infinity);
  const last = ends.reduce((most, node) => Math.max(most, node), -1);
  const tangents = new Map<number, Term>(moved);
  pushThrough(recorder, first, last, tangents, () => false);
  return ends.map((node) => tangents.get(node) ?? 0);
}

/** Adds the tangents of the nodes from `first` to `last` that are computed from nodes which have one. */
function pushThrough(
  recorder: Recorder,
  first: number,
  last: number,
  tangents: Map<number, Term>,
  before: (node: number) => boolean,
): void {
  const { tape } = recorder;
  const depends = dependence(tape, first, last + 1, (node) => tangents.has(node), before);
  for (let node = first; node <= last; node++) {
    if (!depends(node) || tangents.has(node) || operationAt(tape, node) === null) continue;
    const place = placeOf(tape, node);
    if (place !== null) {
      // The first node of a checkpoint: what it forgot is recorded in full.
      const from = tape.count;
      const outputs = recordAgain(place.forgotten);
      pushThrough(recorder, from, tape.count - 1, tangents, depends);
      outputs.forEach(({ index }, i) => tangents.set(node + i, tangents.get(index) ?? 0));
      continue;
    }
    const inputs = inputsAt(tape, node);
    const first = numberOf(inputs[0]);
    const wanted = (slot: number): boolean => {
      const input = inputs[slot];
      return typeof input !== 'number' && depends(input.index) && passes(tape, node, first, slot);
    };
    noteBranch(tape, node, inputs[0]);
    const { scale, of } = localsAt(recorder, node, inputs, wanted);
    const products: Product[] = [];
    inputs.forEach((input, slot) => {
      if (!(input instanceof Value) || !wanted(slot)) return;
      const tangent = tangents.get(input.index) ?? 0;
      if (!isNothing(of[slot], tangent)) products.push({ factor: of[slot], of: tangent });
    });
    tangents.set(node, recorder.product(scale, recorder.total(products)));
  }
}
