import type { Landscape } from '@backflow/nn';
import { formatNumber } from '@backflow/print';

/** The heights of a curve between two ends. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Of the finite ones; 0 and 1 of none. */
  readonly low: number;
  readonly high: number;
}

export function curveOf(landscape: Landscape, from: number, to: number, count: number): Curve {
  const x = Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const y = x.map((each) => landscape.value([each]));
  return { x, y, ...rangeOf(y) };
}

/** The pieces of a line that are numbers, as a path. */
export function pathOf({ x, y }: Curve, px: (x: number) => number, py: (y: number) => number): string {
  let text = '';
  let drawing = false;
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(y[i])) text += `${drawing ? 'L' : 'M'}${px(x[i]).toFixed(1)} ${py(y[i]).toFixed(1)}`;
    drawing = Number.isFinite(y[i]);
  }
  return text;
}

/** Heights over a grid of columns × rows places, row by row from the top, where y is largest. */
export interface Relief {
  readonly columns: number;
  readonly rows: number;
  readonly heights: Float64Array;
  readonly low: number;
  readonly high: number;
}

export function reliefOf(
  landscape: Landscape,
  from: readonly number[],
  to: readonly number[],
  columns: number,
  rows: number,
): Relief {
  const heights = new Float64Array(columns * rows);
  const point = [0, 0];
  for (let row = 0; row < rows; row++) {
    point[1] = to[1] - ((to[1] - from[1]) * row) / (rows - 1);
    for (let column = 0; column < columns; column++) {
      point[0] = from[0] + ((to[0] - from[0]) * column) / (columns - 1);
      heights[row * columns + column] = landscape.value(point);
    }
  }
  return { columns, rows, heights, ...rangeOf(heights) };
}

/** Where a height stands among the bands of the picture, from 0 at the lowest; small differences near the bottom show, too. */
export function bandOf(height: number, { low, high }: Pick<Relief, 'low' | 'high'>, bands: number): number {
  if (!Number.isFinite(height)) return NaN;
  const share = high > low ? Math.max(0, Math.min(1, (height - low) / (high - low))) : 0;
  // Rosenbrock's valley is a thousandth of its walls: the cube root shows both.
  return Math.cbrt(share) * bands;
}

/** Where there is no height. */
export const NO_BAND = 255;

/** The band of each point of a picture, row by row from the top; heights between the places of the grid are in proportion. */
export function bandsOf(relief: Relief, width: number, height: number, bands: number): Uint8Array {
  const { columns, rows, heights } = relief;
  const found = new Uint8Array(width * height);
  const across = placesOf(width, columns);
  const down = placesOf(height, rows);
  for (let y = 0; y < height; y++) {
    const from = down.first[y] * columns;
    const t = down.share[y];
    for (let x = 0; x < width; x++) {
      const at = from + across.first[x];
      const s = across.share[x];
      const above = heights[at] * (1 - s) + heights[at + 1] * s;
      const below = heights[at + columns] * (1 - s) + heights[at + columns + 1] * s;
      const band = bandOf(above * (1 - t) + below * t, relief, bands);
      found[y * width + x] = Number.isNaN(band) ? NO_BAND : Math.min(bands - 1, Math.floor(band));
    }
  }
  return found;
}

/** For each of `count` points along a line of `places`: the place before it, and how far it is to the next. */
function placesOf(count: number, places: number): { first: Int32Array; share: Float64Array } {
  const first = new Int32Array(count);
  const share = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = count > 1 ? (i / (count - 1)) * (places - 1) : 0;
    first[i] = Math.min(places - 2, Math.floor(at));
    share[i] = at - first[i];
  }
  return { first, share };
}

/** What is higher is out of the picture. */
const FARTHEST = 1e300;
/** In pixels: what is farther is out of the picture as well, and no number of an SVG. */
const OUTSIDE = 1e6;

/** A place in pixels, as a number that an SVG may have. */
export function inPixels(place: number): number {
  return Math.max(-OUTSIDE, Math.min(OUTSIDE, place));
}

function rangeOf(numbers: Float64Array): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const each of numbers) {
    if (!Number.isFinite(each)) continue;
    low = Math.min(low, each);
    high = Math.max(high, each);
  }
  if (low > high) return { low: 0, high: 1 };
  // Their difference must be a number, too.
  [low, high] = [Math.max(-FARTHEST, low), Math.min(FARTHEST, high)];
  return { low, high: high > low ? high : low + 1 };
}

/** A tick in as many digits as tell it from the next. */
export function tickText(tick: number, ticks: readonly number[]): string {
  const size = Math.max(...ticks.map(Math.abs));
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : size;
  const digits = Math.ceil(Math.log10(size / step)) + 1;
  return formatNumber(tick, { digits: Math.max(4, Math.min(10, digits || 4)) });
}

/** Round numbers from `from` to `to`, about `most` of them. */
export function roundTicks(from: number, to: number, most: number): number[] {
  const rough = (to - from) / Math.max(1, most);
  // Between ends that are as good as the same there is nothing to count.
  if (!(rough > 1e-12 * Math.max(Math.abs(from), Math.abs(to))) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}
