import { CODES, LEAF } from '../operations/names.ts';
import { Value } from '../tape/value.ts';
import { placeOf, recordAgain } from './forgotten.ts';
import { isNothing, noteBranch } from './differentiate.ts';
import { dependence, inputsAt, localsAt, passes, termAt } from './nodes.ts';
import { numberOf, Recorder } from './recorder.ts';
import type { Term } from './recorder.ts';

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

  const first = inputs.reduce((least, { index }) => Math.min(least, index), Infinity);
  const last = ends.reduce((most, node) => Math.max(most, node), -1);
  const push = new RecordedPush(new Recorder(inputs[0].tape), moved);
  push.run(first, last, () => false);
  return ends.map((node) => moved.get(node) ?? 0);
}

const { add: ADD, sub: SUB, mul: MUL, neg: NEG } = CODES;

/** Forward mode whose arithmetic is recorded. */
class RecordedPush {
  private readonly recorder: Recorder;
  /** The tangents of the nodes that move. */
  private readonly tangents: Map<number, Term>;

  constructor(recorder: Recorder, tangents: Map<number, Term>) {
    this.recorder = recorder;
    this.tangents = tangents;
  }

  /** Gives the nodes from `first` to `last` a tangent that are computed from nodes which have one. */
  run(first: number, last: number, before: (node: number) => boolean): void {
    const { recorder, tangents } = this;
    const { tape } = recorder;
    const depends = dependence(tape, first, last + 1, (node) => tangents.has(node), before);
    for (let node = first; node <= last; node++) {
      if (!depends(node) || tangents.has(node)) continue;
      const a = tape.links[3 * node + 1];
      const b = tape.links[3 * node + 2];
      const products: Term[] = [];
      switch (tape.links[3 * node]) {
        case LEAF:
          continue;
        case ADD:
          this.move(products, a, 1);
          this.move(products, b, 1);
          break;
        case SUB:
          this.move(products, a, 1);
          this.move(products, b, -1);
          break;
        case NEG:
          this.move(products, a, -1);
          break;
        case MUL:
          if (tangents.has(a)) this.move(products, a, termAt(tape, b));
          if (tangents.has(b)) this.move(products, b, termAt(tape, a));
          break;
        default:
          this.push(node, depends);
          continue;
      }
      tangents.set(node, recorder.total(products));
    }
  }

  /** How a node moves when the input at an entry does. */
  private move(products: Term[], entry: number, local: Term): void {
    const tangent = this.tangents.get(entry);
    if (tangent !== undefined && !isNothing(local, tangent)) products.push(local, tangent);
  }

  private push(node: number, depends: (node: number) => boolean): void {
    const { recorder, tangents } = this;
    const { tape } = recorder;
    const place = placeOf(tape, node);
    if (place !== null) {
      // The first node of a checkpoint: what it forgot is recorded in full.
      const from = tape.count;
      const outputs = recordAgain(place.forgotten);
      this.run(from, tape.count - 1, depends);
      outputs.forEach(({ index }, i) => tangents.set(node + i, tangents.get(index) ?? 0));
      return;
    }
    const inputs = inputsAt(tape, node);
    const first = numberOf(inputs[0]);
    const wanted = (slot: number): boolean => {
      const input = inputs[slot];
      return typeof input !== 'number' && depends(input.index) && passes(tape, node, first, slot);
    };
    noteBranch(tape, node, inputs[0]);
    const { scale, of } = localsAt(recorder, node, inputs, wanted);
    const products: Term[] = [];
    inputs.forEach((input, slot) => {
      if (input instanceof Value && wanted(slot)) this.move(products, input.index, of[slot]);
    });
    tangents.set(node, recorder.product(scale, recorder.total(products)));
  }
}
