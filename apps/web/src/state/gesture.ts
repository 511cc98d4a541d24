import { editNumber } from '@backflow/language';
import { changeBetween, type Change } from './history.ts';
import type { Run } from './run.ts';

/** The `[from, to)` of a number in the present text. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the number of a shown leaf stands in the text as it is now; null if the node has no number of
 * its own, or if the text around it has changed since it was compiled.
 */
export function placeOfLeaf(run: Run, node: number, text: string): Place | null {
  const { spans } = run.full;
  const origin = run.origin[node];
  if (spans === null || origin === undefined || run.full.operation[origin] !== 0) return null;
  const from = spans[2 * origin];
  const to = spans[2 * origin + 1];
  if (from < 0 || to <= from) return null;
  if (text === run.text) return { from, to };
  const change = changeBetween(run.text, text);
  if (change.from >= to) return { from, to };
  if (change.to > from) return null;
  const shift = change.insert.length - (change.to - change.from);
  return { from: from + shift, to: to + shift };
}

/** One drag or one held key on a leaf: every step rewrites what the last one wrote, in the style of the first. */
export interface Gesture {
  readonly id: string;
  readonly key: string;
  readonly place: Place;
  /** The number as it stood when the gesture began, and the text around it. */
  readonly before: { readonly text: string; readonly place: Place };
}

export function stepGesture(gesture: Gesture, value: number): { change: Change; next: Gesture } {
  const { place, before } = gesture;
  const { insert } = editNumber(before.text, before.place, value);
  return {
    change: { ...place, insert },
    next: { ...gesture, place: { from: place.from, to: place.from + insert.length } },
  };
}
