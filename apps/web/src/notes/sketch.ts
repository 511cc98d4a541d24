import { LEAF, type Recording } from '@backflow/engine';
import { canonicalName } from '@backflow/language';
import { nameToText } from '@backflow/print';
import type { Report } from '@backflow/notes';

/** The graph of notes without a program. */
export interface Sketch {
  readonly recording: Recording;
  /** Per node, 1 where the notes give no number for it: what stands in the recording is only one of many samples. */
  readonly unknown: Uint8Array | null;
}

/**
 * A report's recording as it can be shown: numbers that nobody gave are told from those that the notes define, and the
 * slopes of edges, which notes that only speak of ∂…/∂… leave open, are called by what they stand for.
 */
export function sketchOf({ recording, free, fromNotes }: Report): Sketch | null {
  if (recording === null || recording.count === 0) return null;
  if (!fromNotes) return { recording, unknown: null };
  const { count, operation, inputs, inputStart } = recording;
  const open = new Set(free);
  const names = new Map(recording.names);
  const unknown = new Uint8Array(count);
  let any = false;
  for (let node = 0; node < count; node++) {
    const name = names.get(node);
    if (operation[node] === LEAF) {
      unknown[node] = name === undefined || open.has(name) || open.has(canonicalName(name) ?? name) ? 1 : 0;
    } else {
      for (let at = inputStart[node]; at < inputStart[node + 1]; at++)
        if (inputs[at] >= 0 && unknown[inputs[at]] === 1) unknown[node] = 1;
    }
    if (unknown[node] === 1) any = true;
  }
  if (!any) return { recording, unknown: null };
  nameSlopes(recording, names);
  return { recording: { ...recording, names }, unknown };
}

/** A leaf without a name is a factor in `of = … + slope·by`. */
function nameSlopes(
  { count, operation, inputs, inputStart, names: given }: Recording,
  names: Map<number, string>,
): void {
  // Of each node, the last that uses it; an unnamed one leads on to what it is part of.
  const user = new Int32Array(count).fill(-1);
  for (let node = count - 1; node >= 0; node--)
    for (let at = inputStart[node]; at < inputStart[node + 1]; at++)
      if (inputs[at] >= 0) user[inputs[at]] = node;
  for (let node = 0; node < count; node++) {
    if (operation[node] !== LEAF || given.has(node) || user[node] < 0) continue;
    const product = user[node];
    let by: string | undefined;
    for (let at = inputStart[product]; at < inputStart[product + 1]; at++)
      if (inputs[at] !== node) by ??= given.get(inputs[at]);
    let of = product;
    while (user[of] >= 0 && !given.has(of)) of = user[of];
    const whole = given.get(of);
    if (by !== undefined && whole !== undefined)
      names.set(node, `(∂${nameToText(whole)}/∂${nameToText(by)})`);
  }
}
