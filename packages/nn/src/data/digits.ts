import type { Generator } from '../random/generator.ts';
import { FORMS, type Form } from './strokes.ts';

/** Width and height of a picture of a digit, and of the box that holds its ink: the measures of MNIST. */
export const DIGIT_SIDE = 28;
const BOX = 20;

/** How a stroke fades at its edge, in pixels to both sides. */
const SOFT = 0.75;
/** Pieces of a curve between two of its points. */
const PIECES = 8;

const WEIGHTS = Array.from({ length: PIECES }, (_, piece) => basis((piece + 1) / PIECES));

/** Squared distance of each pixel's centre from the nearest piece of a stroke. */
const distances = new Float64Array(DIGIT_SIDE * DIGIT_SIDE);

/**
 * Draws a digit as brightnesses from 0 to 255 into `pixels`, from `start`, row by row, like MNIST: bright strokes on black, the
 * ink fitted into 20 × 20 pixels with its shape kept, its centre of mass in the middle of the picture, give or take a third of
 * a pixel. Form, proportions, slant, turn, bend, each point of the strokes and their thickness vary. `noise` is the standard
 * deviation of what is added to each pixel, as a share of full brightness.
 */
export function drawDigit(
  digit: number,
  noise: number,
  random: Generator,
  pixels: Uint8Array,
  start: number,
): void {
  const forms = FORMS[digit];
  const lines = written(forms[random.below(forms.length)], random);
  const thickness = 0.75 + 1.1 * random.uniform();
  place(lines, thickness, random);
  distances.fill(Infinity);
  for (const line of lines) trace(line, thickness + SOFT);
  const brightest = 225 + 30 * random.uniform();
  for (let pixel = 0; pixel < distances.length; pixel++) {
    const inside = thickness + SOFT - Math.sqrt(distances[pixel]);
    let brightness = brightest * Math.min(1, Math.max(0, inside / (2 * SOFT)));
    if (noise > 0) brightness += 255 * noise * random.normal();
    pixels[start + pixel] = Math.min(255, Math.max(0, Math.round(brightness)));
  }
}

/** The strokes of a form as a hand writes them once: lines of x₀, y₀, x₁, y₁, …, in units of the digit's height. */
function written(form: Form, random: Generator): Float64Array[] {
  const count = form.points.length / 2;
  const points = new Float64Array(form.points.length);
  const width = form.width * (1 + 0.15 * bounded(random));
  const slant = 0.14 + 0.19 * bounded(random);
  const sine = 0.065 * bounded(random);
  const cosine = Math.sqrt(1 - sine * sine);
  const bend = 0.22 * bounded(random);
  const lean = 0.35 * bounded(random);
  const wobble = (form.loose ?? 1) * (0.025 + 0.04 * random.uniform());
  for (let k = 0; k < count; k++) {
    const x = form.points[2 * k] - 0.5 + wobble * 1.3 * bounded(random);
    const y = form.points[2 * k + 1] - 0.5 + wobble * bounded(random);
    // The upper half can be wider than the lower, and the digit bent.
    const across = width * x * (1 + lean * y) - slant * y + bend * (y * y - 0.1);
    points[2 * k] = cosine * across - sine * y;
    points[2 * k + 1] = sine * across + cosine * y;
  }
  return form.strokes.map((stroke) => smooth(stroke, points));
}

/** A normal number that is not far out. */
function bounded(random: Generator): number {
  return Math.min(2.2, Math.max(-2.2, random.normal()));
}

/** A line along the curve of Catmull and Rom through the points of a stroke. */
function smooth(stroke: readonly number[], points: Float64Array): Float64Array {
  const last = stroke.length - 1;
  const closed = stroke[0] === stroke[last];
  const at = (index: number): number => {
    if (closed) return 2 * stroke[(index + last) % last];
    return 2 * stroke[Math.min(last, Math.max(0, index))];
  };
  const line = new Float64Array(2 * (last * PIECES + 1));
  line[0] = points[at(0)];
  line[1] = points[at(0) + 1];
  for (let span = 0, k = 2; span < last; span++) {
    const [a, b, c, d] = [at(span - 1), at(span), at(span + 1), at(span + 2)];
    for (const [wa, wb, wc, wd] of WEIGHTS) {
      line[k++] = wa * points[a] + wb * points[b] + wc * points[c] + wd * points[d];
      line[k++] = wa * points[a + 1] + wb * points[b + 1] + wc * points[c + 1] + wd * points[d + 1];
    }
  }
  return line;
}

/** Weights of four points on the curve between the second and the third. */
function basis(t: number): readonly [number, number, number, number] {
  const square = t * t;
  const cube = square * t;
  return [
    (-cube + 2 * square - t) / 2,
    (3 * cube - 5 * square + 2) / 2,
    (-3 * cube + 4 * square + t) / 2,
    (cube - square) / 2,
  ];
}

/** From the hand's units to pixels: into the box, then the centre of mass into the middle. */
function place(lines: readonly Float64Array[], thickness: number, random: Generator): void {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  let [mass, momentX, momentY] = [0, 0, 0];
  for (const line of lines) {
    for (let k = 0; k < line.length; k += 2) {
      const [x, y] = [line[k], line[k + 1]];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      if (k === 0) continue;
      const [dx, dy] = [x - line[k - 2], y - line[k - 1]];
      const length = Math.sqrt(dx * dx + dy * dy);
      mass += length;
      momentX += length * (x - dx / 2);
      momentY += length * (y - dy / 2);
    }
  }
  const scale = (BOX - 2 * thickness) / Math.max(right - left, bottom - top);
  const middleX = DIGIT_SIDE / 2 + 0.33 * bounded(random) - (scale * momentX) / mass;
  const middleY = DIGIT_SIDE / 2 + 0.33 * bounded(random) - (scale * momentY) / mass;
  for (const line of lines) {
    for (let k = 0; k < line.length; k += 2) {
      line[k] = middleX + scale * line[k];
      line[k + 1] = middleY + scale * line[k + 1];
    }
  }
}

/** Notes the pixels within `reach` of a line as that near. */
function trace(line: Float64Array, reach: number): void {
  for (let k = 2; k < line.length; k += 2) {
    const [ax, ay, bx, by] = [line[k - 2], line[k - 1], line[k], line[k + 1]];
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    const [fromX, toX] = range(Math.min(ax, bx) - reach, Math.max(ax, bx) + reach);
    const [fromY, toY] = range(Math.min(ay, by) - reach, Math.max(ay, by) + reach);
    for (let row = fromY; row < toY; row++) {
      for (let column = fromX; column < toX; column++) {
        const [px, py] = [column + 0.5 - ax, row + 0.5 - ay];
        const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
        const [offX, offY] = [px - along * dx, py - along * dy];
        const distance = offX * offX + offY * offY;
        const pixel = row * DIGIT_SIDE + column;
        if (distance < distances[pixel]) distances[pixel] = distance;
      }
    }
  }
}

/** The pixels whose centres can be between two numbers, from and before. */
function range(low: number, high: number): [number, number] {
  return [Math.max(0, Math.floor(low - 0.5)), Math.min(DIGIT_SIDE, Math.ceil(high + 0.5))];
}
