import {
  classColour,
  css,
  LEVELS,
  levelOf,
  mixed,
  packed,
  signColour,
  striped,
  tints,
  type Palette,
} from './colours.ts';
import { sampled, type Field, type Frame } from './field.ts';

/** How strongly the surest point is tinted. */
const STRONGEST = 0.62;
const FAINTEST = 0.08;

type Pixels = (field: Field, palette: Palette, into: ImageData) => void;

/** The class of each point of the plane, the surer the darker; a line where it changes; stripes over the first of two. */
export const paintClasses: Pixels = (field, palette, into) => {
  const { width, height } = into;
  const { channels } = field;
  const pixels = new Uint32Array(into.data.buffer);
  const colours = Array.from({ length: channels }, (_, c) =>
    tints(palette, (level) =>
      mixed(palette.paper, classColour(palette, c, channels), FAINTEST + (STRONGEST - FAINTEST) * level),
    ),
  );
  const classes = new Uint8Array(width * height);
  const least = 1 / channels;
  for (let row = 0; row < height; row++) {
    const up = 1 - (row + 0.5) / height;
    for (let column = 0; column < width; column++) {
      const across = (column + 0.5) / width;
      let best = 0;
      let sure = -Infinity;
      for (let c = 0; c < channels; c++) {
        const share = sampled(field, across, up, c);
        if (share > sure) {
          best = c;
          sure = share;
        }
      }
      const pixel = row * width + column;
      classes[pixel] = best;
      const onStripe = channels === 2 && best === 0 && striped(column, row, 8);
      pixels[pixel] = colours[best][levelOf((sure - least) / (1 - least)) + (onStripe ? LEVELS : 0)];
    }
  }
  line(into, pixels, palette, classes);
};

/** A number at each point of the plane by its sign and size, stripes where it is negative. */
export const paintNumbers: Pixels = (field, palette, into) => {
  const { width, height } = into;
  let largest = 0;
  for (const value of field.values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const pixels = new Uint32Array(into.data.buffer);
  const plus = tints(palette, (level) => signColour(palette, level));
  const minus = tints(palette, (level) => signColour(palette, -level));
  const signs = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const up = 1 - (row + 0.5) / height;
    for (let column = 0; column < width; column++) {
      const value = sampled(field, (column + 0.5) / width, up, 0);
      const pixel = row * width + column;
      signs[pixel] = value > 0 ? 2 : value < 0 ? 1 : 0;
      const level = levelOf(largest > 0 ? Math.abs(value) / largest : 0);
      pixels[pixel] = value < 0 ? minus[level + (striped(column, row, 8) ? LEVELS : 0)] : plus[level];
    }
  }
  line(into, pixels, palette, signs);
};

function line({ width, height }: ImageData, pixels: Uint32Array, palette: Palette, of: Uint8Array): void {
  const ink = Number.parseInt(palette.ink.slice(1), 16);
  const colour = packed([ink >> 16, (ink >> 8) & 255, ink & 255]);
  for (let row = 0; row + 1 < height; row++)
    for (let column = 0; column + 1 < width; column++) {
      const pixel = row * width + column;
      if (of[pixel + 1] !== of[pixel] || of[pixel + width] !== of[pixel]) pixels[pixel] = colour;
    }
}

/** What every field is painted on before it is scaled. */
let sheet: OffscreenCanvas | null = null;

/** Paints a field over the whole canvas. */
export function paintField(
  context: CanvasRenderingContext2D,
  field: Field,
  palette: Palette,
  pixels: Pixels,
  ratio: number,
): void {
  const { width, height } = context.canvas;
  const image = new ImageData(
    Math.max(1, Math.round(width / ratio)),
    Math.max(1, Math.round(height / ratio)),
  );
  pixels(field, palette, image);
  if (image.width === width && image.height === height) return context.putImageData(image, 0, 0);
  sheet ??= new OffscreenCanvas(1, 1);
  if (sheet.width !== image.width || sheet.height !== image.height) {
    sheet.width = image.width;
    sheet.height = image.height;
  }
  sheet.getContext('2d', { willReadFrequently: true })!.putImageData(image, 0, 0);
  context.drawImage(sheet, 0, 0, width, height);
}

/** The sign of a class beside its colour. */
const SHAPES: readonly ((path: Path2D, r: number) => void)[] = [
  (path, r) => path.arc(0, 0, r, 0, 2 * Math.PI),
  (path, r) => path.rect(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r),
  (path, r) => polygon(path, r * 1.2, 3, -90),
  (path, r) => polygon(path, r * 1.2, 4, 0),
  (path, r) => polygon(path, r * 1.2, 3, 90),
  (path, r) => polygon(path, r * 1.15, 5, -90),
  (path, r) => polygon(path, r * 1.1, 6, 0),
  (path, r) => path.rect(-1.2 * r, -0.55 * r, 2.4 * r, 1.1 * r),
  (path, r) => path.rect(-0.55 * r, -1.2 * r, 1.1 * r, 2.4 * r),
  (path, r) => path.ellipse(0, 0, 1.3 * r, 0.7 * r, 0.7, 0, 2 * Math.PI),
];

function polygon(path: Path2D, r: number, corners: number, turned: number): void {
  for (let k = 0; k < corners; k++) {
    const angle = ((turned + (360 * k) / corners) * Math.PI) / 180;
    path.lineTo(r * Math.cos(angle), r * Math.sin(angle));
  }
  path.closePath();
}

export interface Point {
  readonly x: number;
  readonly y: number;
  /** -1 for no class. */
  readonly class: number;
  readonly kept: boolean;
  readonly shown: boolean;
}

/** Examples on the canvas: the shape is the class, hollow ones are kept for validation, the shown one has a ring. */
export function paintPoints(
  context: CanvasRenderingContext2D,
  points: Iterable<Point>,
  classes: number,
  palette: Palette,
  ratio: number,
): void {
  const r = 4.2 * ratio;
  for (const point of points) {
    const path = new Path2D();
    SHAPES[Math.max(0, point.class) % SHAPES.length](path, r);
    const colour = point.class < 0 ? palette.ink : css(classColour(palette, point.class, classes));
    context.save();
    context.translate(point.x, point.y);
    context.lineWidth = 3.4 * ratio;
    context.strokeStyle = css(palette.paper);
    context.stroke(path);
    context.fillStyle = point.kept ? css(palette.paper) : colour;
    // A drawing, not a list.
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type
    context.fill(path);
    context.lineWidth = 1.5 * ratio;
    context.strokeStyle = point.kept ? colour : palette.ink;
    context.stroke(path);
    if (point.shown) {
      context.beginPath();
      context.arc(0, 0, 2.3 * r, 0, 2 * Math.PI);
      context.lineWidth = 2.2 * ratio;
      context.strokeStyle = palette.ink;
      context.stroke();
    }
    context.restore();
  }
}

/** A class's sign, as an SVG path in a box from −8 to 8. */
export function shapePath(of: number): string {
  const r = 4.5;
  const corners = (count: number, radius: number, turned: number): string =>
    `M${Array.from({ length: count }, (_, k) => {
      const angle = ((turned + (360 * k) / count) * Math.PI) / 180;
      return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
    }).join('L')}Z`;
  const box = (w: number, h: number): string => `M${-w} ${-h}H${w}V${h}H${-w}Z`;
  return [
    `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`,
    box(0.9 * r, 0.9 * r),
    corners(3, 1.2 * r, -90),
    corners(4, 1.2 * r, 0),
    corners(3, 1.2 * r, 90),
    corners(5, 1.15 * r, -90),
    corners(6, 1.1 * r, 0),
    box(1.2 * r, 0.55 * r),
    box(0.55 * r, 1.2 * r),
    `M${-r} ${-r}A${1.3 * r} ${0.7 * r} 45 1 1 ${r} ${r}A${1.3 * r} ${0.7 * r} 45 1 1 ${-r} ${-r}Z`,
  ][of % 10];
}

/** Where an input stands on the canvas. */
export function placeOn(
  { x, y }: Frame,
  width: number,
  height: number,
  at: readonly [number, number],
): readonly [number, number] {
  return [((at[0] - x[0]) / (x[1] - x[0])) * width, (1 - (at[1] - y[0]) / (y[1] - y[0])) * height];
}
