import { arityOf } from './columns.ts';
import type { Recording } from './recording.ts';

/** Longer keys are not built from the user's: in a chain of a million unnamed nodes they would be longer than memory. */
const LONGEST_KEY = 120;

/**
 * A key per node that stays the same while the reader edits numbers: its name, else the key of its first user and
 * the slot there (`L/0/1`), else its index (`#7`). Keys are unique: the second `L` is `L~2`.
 * A view that keeps the keys of what it was made from (`recording.keys`) has those.
 */
export function keysOf(recording: Recording): readonly string[] {
  if (recording.keys !== undefined) return recording.keys;
  const { count, inputStart, inputs, names } = recording;
  const firstUser = new Int32Array(count).fill(-1);
  const firstSlot = new Int32Array(count);
  for (let node = 0; node < count; node++) {
    for (let slot = 0; slot < arityOf(recording, node); slot++) {
      const input = inputs[inputStart[node] + slot];
      if (input >= 0 && firstUser[input] < 0) {
        firstUser[input] = node;
        firstSlot[input] = slot;
      }
    }
  }

  const keys: string[] = Array.from({ length: count }, () => '');
  for (let node = count - 1; node >= 0; node--) {
    const user = firstUser[node];
    const name = names.get(node);
    if (name !== undefined) keys[node] = name;
    else if (user >= 0 && keys[user].length < LONGEST_KEY) keys[node] = `${keys[user]}/${firstSlot[node]}`;
    else keys[node] = `#${node}`;
  }

  // Names first, so that no path takes a name away.
  const taken = new Set<string>();
  const repeats = new Map<string, number>();
  for (const named of [true, false]) {
    for (let node = 0; node < count; node++) {
      if (names.has(node) !== named) continue;
      const key = keys[node];
      if (taken.has(key)) {
        let repeat = repeats.get(key) ?? 1;
        do keys[node] = `${key}~${++repeat}`;
        while (taken.has(keys[node]));
        repeats.set(key, repeat);
      }
      taken.add(keys[node]);
    }
  }
  return keys;
}

/** The node of every key. */
export function nodesByKey(keys: readonly string[]): ReadonlyMap<string, number> {
  return new Map(keys.map((key, node) => [key, node]));
}
