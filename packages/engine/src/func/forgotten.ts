import { EngineError } from '../errors.ts';
import { OPERATION_NAMES } from '../operations/names.ts';
import { EntryReader } from '../tape/links.ts';
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
  /** What `shapeOf` said. */
  readonly shape: number;
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

/** A number for which operations stand on a tape from `base` on, and what they read: the same for the same ones elsewhere. */
export function shapeOf(tape: Tape, base: number): number {
  const reader = new EntryReader();
  let shape = 0;
  for (let node = base; node < tape.count; node++) {
    shape = Math.imul(shape + tape.codeAt(node), 0x9e3779b1);
    const length = reader.read(tape, node);
    for (let slot = 0; slot < length; slot++) {
      const entry = reader.entries[slot];
      const read = entry < 0 ? -1 : entry < base ? 2 * entry : 2 * (entry - base) + 1;
      shape = Math.imul(shape ^ read, 0x85ebca6b);
      shape ^= shape >>> 15;
    }
  }
  return shape;
}

/** Records what was forgotten at the end of the tape again. Throws EngineError if it is not the same. */
export function recordAgain({ tape, again, numbers, shape }: Forgotten): readonly Value[] {
  const base = tape.count;
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
  if (shapeOf(tape, base) !== shape) {
    throw new EngineError(
      'checkpoint: found other operations when it was computed again, expected those of before. ' +
        'Its function must record the same each time.',
    );
  }
  return outputs;
}
