/*
 * Drawn lines as brightness, and brightness as a network takes it. Pure numbers: the canvas only shows them.
 */

/** Points of the drawing per pixel of the network's picture, across and down. */
export const FINE = 4;

/** Of a picture of 28 pixels, MNIST's digits fill a box of 20. */
const BOX_SHARE = 20 / 28;
/** Half the width of the pen, in pixels of the network's picture, and how it fades to both sides. */
const PEN = 1.15;
const SOFT = 0.45;
/** Fainter than this is no ink. */
const FAINT = 0.12;

/** Brightness from 0 to 1, row by row. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export function blankInk(width: number, height: number): Ink {
  return { width, height, values: new Float32Array(width * height) };
}

/** A line of the pen: x₀, y₀, x₁, y₁, … in pixels of the network's picture. */
export interface Stroke {
  readonly erases: boolean;
  readonly points: number[];
}

/** The side of the box that ink is fitted into, in pixels. */
export function boxOf(width: number, height: number): number {
  return Math.round(BOX_SHARE * Math.min(width, height));
}

/** Draws the part of a stroke from its point `from` on; a single point is a dot. */
export function drawStroke(ink: Ink, { points, erases }: Stroke, from = 0): void {
  const last = points.length / 2 - 1;
  for (let k = Math.min(from, Math.max(0, last - 1)); k <= Math.max(0, last - 1); k++) {
    const end = Math.min(k + 1, last);
    segment(ink, erases, points[2 * k], points[2 * k + 1], points[2 * end], points[2 * end + 1]);
  }
}

function segment(ink: Ink, erases: boolean, ax: number, ay: number, bx: number, by: number): void {
  const { width, height, values } = ink;
  const reach = (erases ? 1.5 : 1) * PEN + SOFT;
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const first = (low: number): number => Math.max(0, Math.floor((low - reach) * FINE));
  const behind = (high: number, end: number): number => Math.min(end, Math.ceil((high + reach) * FINE) + 1);
  const right = behind(Math.max(ax, bx), width);
  const bottom = behind(Math.max(ay, by), height);
  for (let row = first(Math.min(ay, by)); row < bottom; row++) {
    for (let column = first(Math.min(ax, bx)); column < right; column++) {
      const px = (column + 0.5) / FINE - ax;
      const py = (row + 0.5) / FINE - ay;
      const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const cover = Math.min(1, Math.max(0, (reach - distance) / (2 * SOFT)));
      const at = row * width + column;
      values[at] = erases ? Math.min(values[at], 1 - cover) : Math.max(values[at], cover);
    }
  }
}

/** Where ink is, in points of the drawing, and its centre of mass; null where there is none. */
export function extentOf({ width, height, values }: Ink): {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: number;
  readonly y: number;
} | null {
  let [left, right, top, bottom] = [width, 0, height, 0];
  let [mass, x, y] = [0, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = values[row * width + column];
      mass += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
      if (value < FAINT) continue;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
    }
  }
  return right === 0 ? null : { left, right, top, bottom, x: x / mass, y: y / mass };
}

/**
 * A drawing in the form of MNIST: its ink fitted into the box, its centre of mass in the middle of a picture of so many
 * pixels. Brightness from 0 to 1, row by row; all 0 without ink.
 */
export function centred(ink: Ink, width: number, height: number): Float64Array {
  const extent = extentOf(ink);
  if (extent === null) return new Float64Array(width * height);
  const size = Math.max(extent.right - extent.left, extent.bottom - extent.top);
  return sampled(ink, width, height, size / boxOf(width, height), extent.x, extent.y);
}

/** A drawing as it is, only in fewer pixels; a picture of another shape keeps its shape. */
export function shrunk(ink: Ink, width: number, height: number): Float64Array {
  const scale = Math.max(ink.width / width, ink.height / height);
  return sampled(ink, width, height, scale, ink.width / 2, ink.height / 2);
}

/** The mean brightness of `scale` × `scale` points for each pixel, the middle of the picture at (x, y) of the ink. */
function sampled(ink: Ink, width: number, height: number, scale: number, x: number, y: number): Float64Array {
  const pixels = new Float64Array(width * height);
  const samples = Math.max(2, Math.ceil(2 * scale));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let i = 0; i < samples; i++) {
        for (let j = 0; j < samples; j++) {
          const across = x + scale * (column + (j + 0.5) / samples - width / 2);
          const down = y + scale * (row + (i + 0.5) / samples - height / 2);
          sum += valueAt(ink, across, down);
        }
      }
      pixels[row * width + column] = sum / (samples * samples);
    }
  }
  return pixels;
}

/** Between four points, in proportion; 0 outside. */
function valueAt({ width, height, values }: Ink, x: number, y: number): number {
  const column = Math.floor(x - 0.5);
  const row = Math.floor(y - 0.5);
  const [right, below] = [x - 0.5 - column, y - 0.5 - row];
  const at = (r: number, c: number): number =>
    r < 0 || c < 0 || r >= height || c >= width ? 0 : values[r * width + c];
  return (
    (1 - below) * ((1 - right) * at(row, column) + right * at(row, column + 1)) +
    below * ((1 - right) * at(row + 1, column) + right * at(row + 1, column + 1))
  );
}

/** Brighter than the paper by less than this is paper. */
const PAPER = 0.06;

/**
 * Ink of a picture from its red, green, blue and opacity; what is transparent counts as white paper. A picture whose edge is bright
 * has dark ink: it is turned round. Then the edge's brightness becomes 0, and the brightest ink 1.
 */
export function inkOfPixels(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
): { readonly ink: Ink; readonly turned: boolean } {
  const ink = blankInk(width, height);
  const { values } = ink;
  for (let at = 0; at < values.length; at++) {
    const [red, green, blue, opacity] = pixels.subarray(4 * at, 4 * at + 4);
    const grey = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
    values[at] = 1 + (opacity / 255) * (grey - 1);
  }
  let [edge, count] = [0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (row > 0 && row < height - 1 && column > 0 && column < width - 1) continue;
      edge += values[row * width + column];
      count++;
    }
  }
  const turned = edge / count > 0.5;
  if (turned) for (let at = 0; at < values.length; at++) values[at] = 1 - values[at];
  const paper = (turned ? 1 - edge / count : edge / count) + PAPER;
  const brightest = values.reduce((most, value) => Math.max(most, value), 0);
  for (let at = 0; at < values.length; at++) {
    values[at] = brightest > paper ? Math.max(0, (values[at] - paper) / (brightest - paper)) : 0;
  }
  return { ink, turned };
}
