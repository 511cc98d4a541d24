import { EngineError } from '../errors.ts';
import { OPERATION_NAMES } from '../operations/names.ts';
import type { Tape } from '../tape/tape.ts';
import type { Value } from '../tape/value.ts';

/** The code of a checkpoint's nodes, the first free one: it is on tapes only, a recording has the nodes themselves. */
export const CHECKPOINT = OPERATION_NAMES.length;

/** What was recorded and forgotten: how to record it again, and what came out. */
export interface Forgotten {
  readonly tape: Tape;
  readonly again: () => readonly Value[];
  /** The nodes outside that it read, in rising order: the inputs of the checkpoint's first node. */
  readonly outside: readonly number[];
  /** The outputs' numbers. Output i stands on the node i after the first one. */
  readonly numbers: readonly number[];
}

export interface Place {
  readonly forgotten: Forgotten;
  readonly output: number;
}

/** By tape, or by part of a tape that is recorded again, the nodes that stand for something forgotten. */
export const places = new WeakMap<object, Map<number, Place>>();

/** The place of a node of a tape among what was forgotten; null for an ordinary node. */
export function placeOf(tape: Tape, node: number): Place | null {
  return tape.codeAt(node) === CHECKPOINT ? (places.get(tape)?.get(node) ?? null) : null;
}

/** Records what was forgotten at the end of the tape again. Throws EngineError if it is not the same. */
export function recordAgain({ tape, again, numbers }: Forgotten): readonly Value[] {
  // A sweep inside `noGrad()` is one all the same.
  const outputs = tape.aloud(again);
  const same =
    outputs.length === numbers.length && outputs.every(({ data }, i) => Object.is(data, numbers[i]));
  if (!same) {
    throw new EngineError(
      `checkpoint: found ${outputs.map(({ data }) => data).join(', ')} when it was computed again, ` +
        `expected ${numbers.join(', ')}, as before. Its function must compute the same each time.`,
    );
  }
  return outputs;
}
