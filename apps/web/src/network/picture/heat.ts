import { intensity, LOOKS, type NetworkHeat } from '@backflow/graph';

/** Fields by their numbers: while only the step changes they stay as they are. */
const bitmaps = new Map<string, { readonly numbers: Float64Array; readonly canvas: OffscreenCanvas }>();
const BITMAPS_MOST = 64;

/** Paints a field of squares. Negative ones of signed fields have a dot in the middle where there is room. */
export function paintHeat(context: CanvasRenderingContext2D, heat: NetworkHeat, dark: boolean): void {
  const { box, columns, rows, values, signed, range } = heat;
  const key = `${box.x} ${box.y} ${columns} ${rows} ${signed} ${dark} ${range[0]} ${range[1]}`;
  let known = bitmaps.get(key);
  if (known === undefined || !same(known.numbers, values)) {
    if (bitmaps.size > BITMAPS_MOST) bitmaps.clear();
    known = { numbers: Float64Array.from(values), canvas: drawn(heat, dark) };
    bitmaps.set(key, known);
  }
  context.save();
  context.imageSmoothingEnabled = false;
  context.drawImage(known.canvas, box.x, box.y, box.width, box.height);
  context.restore();
  const cell = box.width / columns;
  if (!signed || cell < 2.2) return;
  // The second channel of the sign.
  context.fillStyle = dark ? 'rgba(20,23,29,0.75)' : 'rgba(255,255,255,0.85)';
  const dot = Math.max(1, cell * 0.28);
  for (let k = 0; k < columns * rows; k++) {
    if (!(values[k] < 0) || intensity(values[k], range[1]) < 0.3) continue;
    const x = box.x + ((k % columns) + 0.5) * cell;
    const y = box.y + (Math.floor(k / columns) + 0.5) * (box.height / rows);
    context.fillRect(x - dot / 2, y - dot / 2, dot, dot);
  }
}

function drawn({ columns, rows, values, signed, range }: NetworkHeat, dark: boolean): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(columns, rows);
  const { positive, negative, card } = LOOKS[dark ? 'dark' : 'light'];
  for (let k = 0; k < columns * rows; k++) {
    const value = values[k];
    const at = 4 * k;
    const share = signed
      ? intensity(value, range[1])
      : Math.max(0, Math.min(1, (value - range[0]) / (range[1] - range[0]))) || 0;
    for (let channel = 0; channel < 3; channel++) {
      const to = signed ? (value < 0 ? negative : positive)[channel] : 255;
      const from = signed ? card[channel] : 0;
      image.data[at + channel] = from + (to - from) * share;
    }
    image.data[at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function same(a: Float64Array, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false;
  return true;
}
