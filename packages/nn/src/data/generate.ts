import { Generator } from '../random/generator.ts';
import { cos, sin } from '../random/portable.ts';
import { checkWord } from '../spec/check.ts';
import { SpecError } from '../spec/problem.ts';
import { GENERATED } from '../spec/spec.ts';
import type { DataSpec, GeneratedName } from '../spec/spec.ts';
import type { Dataset } from './dataset.ts';
import { DIGIT_SIDE, drawDigit } from './digits.ts';

/** A number between 0 and 1 whose multiples, without their whole parts, lie evenly: the golden ratio less 1. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The four pixels of each class of the camera, row by row, and their negatives. */
const CAMERA = [
  { name: 'solid', pixels: [1, 1, 1, 1] },
  { name: 'vertical', pixels: [1, -1, 1, -1] },
  { name: 'diagonal', pixels: [1, -1, -1, 1] },
  { name: 'horizontal', pixels: [1, 1, -1, -1] },
] as const;

type Spec = DataSpec & { readonly kind: GeneratedName };

/** What generated data are like, whatever their seed. */
interface Shape {
  /** Names of the inputs; none for pictures. */
  readonly columns: readonly string[];
  /** Names of the classes; none for regression. */
  readonly classes: readonly string[];
}

const PLANE = { columns: ['x1', 'x2'], classes: ['0', '1'] } as const;
const CURVE = { columns: ['x'], classes: [] } as const;

const SHAPES: Readonly<Record<Exclude<GeneratedName, 'digits' | 'camera'>, Shape>> = {
  moons: PLANE,
  circles: PLANE,
  blobs: { columns: PLANE.columns, classes: ['0', '1', '2'] },
  xor: PLANE,
  spiral: PLANE,
  line: CURVE,
  sine: CURVE,
};

/**
 * Examples from a seed, the same on every machine. Example i depends on the kind, the noise, the seed and i, not on the count; the
 * classes take turns. `noise` is the standard deviation of a normal number that is added to each coordinate (`line` and `sine`:
 * to the number that is wanted; pictures: to each pixel, which then stays between black and white).
 *
 * - `moons`: half circles of radius 1, the upper about (0, 0), class 0, the lower about (1, 0.5), class 1
 * - `circles`: about (0, 0), of radius 1, class 0, and 0.5, class 1
 * - `blobs`: three points, 2 from (0, 0)
 * - `xor`: (0, 0) and (1, 1), class 0, (0, 1) and (1, 0), class 1
 * - `spiral`: two arms of 1¾ turns, from radius 0.1, so that they do not meet, to 1
 * - `line`: y = 2x − 1 for x from −1 to 1; `sine`: y = sin x for x from −π to π
 * - `camera`: 2 × 2 pixels from −1, black, to 1, white; the eight patterns that are solid, vertical, diagonal or horizontal (after
 *   B. Rohrer). The other eight, with one pixel unlike the other three, belong to no class.
 * - `digits`: 28 × 28 pixels from 0 to 255, of the class i modulo 10 (see `drawDigit`)
 *
 * `from` is the number of the first of them, 0 where it is left out.
 *
 * Throws SpecError for another kind, and for a number of examples, a noise or a seed that cannot be.
 */
export function generate(spec: Spec, from = 0): Dataset {
  const { kind, count, noise } = spec;
  checkWord('kind', kind, GENERATED);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new SpecError('count', count, 'a whole number of examples, from 0 on');
  }
  if (!(Number.isFinite(noise) && noise >= 0)) throw new SpecError('noise', noise, 'a number from 0 on');
  const random = new Generator(spec.seed);
  if (kind === 'digits') return digits(spec, random, from);
  if (kind === 'camera') return camera(spec, random, from);
  const { columns, classes } = SHAPES[kind];
  const inputs = columns.length;
  const x = new Float64Array(spec.count * inputs);
  const y = new Float64Array(spec.count);
  const begin = random.uniform();
  for (let i = 0; i < spec.count; i++) {
    const own = random.fork(from + i);
    const kindOf = classes.length > 0 ? (from + i) % classes.length : 0;
    const turn = Math.floor((from + i) / Math.max(1, classes.length));
    // Evenly along the shape, for any number of examples.
    const along = (begin + turn * GOLDEN) % 1;
    if (classes.length > 0) {
      const point = POINTS[kind as keyof typeof POINTS](along, kindOf, turn);
      x[2 * i] = point[0] + spec.noise * own.normal();
      x[2 * i + 1] = point[1] + spec.noise * own.normal();
      y[i] = kindOf;
    } else {
      x[i] = kind === 'line' ? 2 * along - 1 : Math.PI * (2 * along - 1);
      y[i] = (kind === 'line' ? 2 * x[i] - 1 : sin(x[i])) + spec.noise * own.normal();
    }
  }
  return {
    name: kind,
    size: spec.count,
    inputs,
    task: classes.length > 0 ? 'classification' : 'regression',
    x,
    scale: 1,
    y,
    targets: 1,
    classes,
    columns,
    picture: null,
  };
}

/** Where a class has its points: `along` runs from 0 to 1, `turn` counts the examples of the class. */
const POINTS = {
  moons: (along: number, of: number): readonly [number, number] => {
    const angle = Math.PI * along;
    return of === 0 ? [cos(angle), sin(angle)] : [1 - cos(angle), 0.5 - sin(angle)];
  },
  circles: (along: number, of: number): readonly [number, number] => {
    const angle = 2 * Math.PI * along;
    const radius = of === 0 ? 1 : 0.5;
    return [radius * cos(angle), radius * sin(angle)];
  },
  blobs: (_: number, of: number): readonly [number, number] => {
    const half = Math.sqrt(3);
    return of === 0 ? [0, 2] : of === 1 ? [-half, -1] : [half, -1];
  },
  xor: (_: number, of: number, turn: number): readonly [number, number] => {
    const first = turn % 2;
    return [first, of === 0 ? first : 1 - first];
  },
  spiral: (along: number, of: number): readonly [number, number] => {
    const angle = Math.PI * (3.5 * along + of);
    const radius = 0.1 + 0.9 * along;
    return [radius * cos(angle), radius * sin(angle)];
  },
} as const;

function camera(spec: Spec, random: Generator, from: number): Dataset {
  const x = new Float64Array(4 * spec.count);
  const y = new Float64Array(spec.count);
  for (let i = 0; i < spec.count; i++) {
    const index = from + i;
    const own = random.fork(index);
    const { pixels } = CAMERA[index % 4];
    const sign = index % 8 < 4 ? 1 : -1;
    for (let k = 0; k < 4; k++) {
      const brightness = sign * pixels[k] + (spec.noise > 0 ? spec.noise * own.normal() : 0);
      x[4 * i + k] = Math.min(1, Math.max(-1, brightness));
    }
    y[i] = index % 4;
  }
  return {
    name: 'camera',
    size: spec.count,
    inputs: 4,
    task: 'classification',
    x,
    scale: 1,
    y,
    targets: 1,
    classes: CAMERA.map(({ name }) => name),
    columns: [],
    picture: { width: 2, height: 2, signed: true },
  };
}

function digits(spec: Spec, random: Generator, from: number): Dataset {
  const inputs = DIGIT_SIDE * DIGIT_SIDE;
  const x = new Uint8Array(spec.count * inputs);
  const y = new Float64Array(spec.count);
  for (let i = 0; i < spec.count; i++) {
    y[i] = (from + i) % 10;
    drawDigit(y[i], spec.noise, random.fork(from + i), x, i * inputs);
  }
  return {
    name: 'digits',
    size: spec.count,
    inputs,
    task: 'classification',
    x,
    scale: 1 / 255,
    y,
    targets: 1,
    classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
    columns: [],
    picture: { width: DIGIT_SIDE, height: DIGIT_SIDE, signed: false },
  };
}
