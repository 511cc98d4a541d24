import type { Recording } from '@backflow/engine';
import type { Run } from './run.ts';

/** True if a picture of this recording also shows the run: only values and places in the text may differ. */
export function isSamePicture(
  picture: { readonly recording: Recording; readonly keys: readonly string[] },
  run: Run,
): boolean {
  const a = picture.recording;
  const b = run.shown;
  if (a === b) return true;
  return (
    a.count === b.count &&
    a.output === b.output &&
    sameItems(a.operation, b.operation) &&
    sameItems(a.inputStart, b.inputStart) &&
    sameItems(a.inputs, b.inputs) &&
    sameItems(a.constants, b.constants) &&
    sameItems(a.skipped, b.skipped) &&
    sameItems(picture.keys, run.keys) &&
    sameEntries(a.names, b.names) &&
    sameEntries(a.constantTexts, b.constantTexts)
  );
}

function sameItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

function sameEntries<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}
