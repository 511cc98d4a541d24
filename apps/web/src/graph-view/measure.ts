import { estimateWidth, FONT } from '@backflow/graph';
import type { Measure } from '@backflow/graph';

const AT = 100;
const REMEMBERED = 20_000;

/** Asks the browser how wide a text is in the fonts of the drawing; falls back to the estimate without a canvas. */
export function fontMeasure(): Measure {
  const context =
    typeof OffscreenCanvas === 'undefined'
      ? document.createElement('canvas').getContext('2d')
      : new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) return estimateWidth;
  const regular = new Map<string, number>();
  const bold = new Map<string, number>();
  return (text, size, weight) => {
    const known = weight === 600 ? bold : regular;
    let width = known.get(text);
    if (width === undefined) {
      context.font = `${weight} ${AT}px ${FONT}`;
      width = context.measureText(text).width / AT;
      if (known.size > REMEMBERED) known.clear();
      known.set(text, width);
    }
    return width * size;
  };
}
