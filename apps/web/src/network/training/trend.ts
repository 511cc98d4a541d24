import type { EpochReport } from '@backflow/nn';

/** Losses that stay the same to the last bit for so many epochs will not move any more. */
const STILL = 5;

/**
 * What is wrong with losses that neither fell nor came to infinity, as those of units that cannot grow: at the end of the last
 * epoch the loss is not below that of the start, or it has not moved for many epochs. Null where nothing is.
 */
export function trendOf(
  reports: readonly EpochReport[],
):
  | { readonly kind: 'risen'; readonly before: number; readonly after: number }
  | { readonly kind: 'still'; readonly epochs: number; readonly loss: number }
  | null {
  const last = reports.at(-1);
  if (last === undefined || reports.length < 2 || last.loss === 0) return null;
  const moved = reports.findLastIndex(({ loss }) => loss !== last.loss);
  const epochs = reports.length - 1 - Math.max(0, moved + 1);
  if (epochs >= STILL) return { kind: 'still', epochs, loss: last.loss };
  return last.loss >= reports[0].loss ? { kind: 'risen', before: reports[0].loss, after: last.loss } : null;
}
