import { CARD } from '@backflow/graph';
import type { Measure, Moment, ScenePicture } from '@backflow/graph';
import { formatNumber } from '@backflow/print';

/** Three lines of readable numbers take so many pixels. */
const LINES = 38;
const PADDING = 8;
/** Numbers on small cards. */
export const SMALL = 11;

/**
 * True if the numbers of a card have at least the readable font size at a scale: as designed, or on a small card that
 * leaves out the labels and keeps its numbers at 11 pixels as long as they fit.
 */
export function isReadable(
  { form, width, height }: ScenePicture,
  moment: Moment,
  node: number,
  scale: number,
  looks: { readonly readable: number; readonly digits: number; readonly measure: Measure },
): boolean {
  const { readable, digits, measure } = looks;
  if (CARD.number * scale >= readable) return true;
  if (readable > SMALL || CARD[form].height * scale < LINES || height[node] * scale < LINES) return false;
  const room = width[node] * scale - PADDING;
  return [moment.value[node], moment.gradient[node]].every(
    (number) => measure(formatNumber(number, { digits }), SMALL, 400) <= room + 1,
  );
}
