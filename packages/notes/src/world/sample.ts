import { LEAF, operationName, OPERATIONS } from '@backflow/engine';
import type { Operation, OperationName, Recording } from '@backflow/engine';
import { createRun, inputsOf } from './run.ts';

/** Points that are kept for a world. */
const SAMPLES = 20;
/** Points that are tried for each that is kept. */
const ATTEMPTS = 48;

/** Operations that do one thing here and another there. At a sample each does what it does at the document's point. */
const CHOOSING: ReadonlySet<OperationName> = new Set<OperationName>([
  'abs',
  'relu',
  'leakyRelu',
  'max',
  'min',
  'clamp',
  'where',
  'step',
  'sign',
  'floor',
  'ceil',
  'round',
  'greater',
  'less',
  'greaterEqual',
  'lessEqual',
  'equal',
  'notEqual',
]);

/** Evenly distributed numbers in [0, 1), the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Random points near the document's point and away from it, at which everything that has a value there has one, on the same
 * branches. Leaves without a number are taken from ±[0.3, 2], where that does not work from the positive numbers or from
 * (0, 1). Every point is found on its own, so that the first costs nothing for the others; the same points every time.
 */
export class Sampler {
  private readonly recording: Recording;
  private readonly point: Float64Array;
  private readonly choosing: readonly (readonly [node: number, operation: Operation])[];
  private readonly leaves: readonly number[];
  /** Leaves that are the parts of one whole; they stay so. */
  private readonly wholes: readonly (readonly number[])[];
  private readonly points: (ReadonlyMap<number, number> | null | undefined)[] = [];

  /** `point`: the values at the document's point, NaN where they are not known. */
  constructor(recording: Recording, point: Float64Array) {
    this.recording = recording;
    this.point = point;
    const leaves: number[] = [];
    const choosing: (readonly [number, Operation])[] = [];
    for (let node = 0; node < recording.count; node++) {
      const name = operationName(recording.operation[node]);
      if (name === 'leaf') leaves.push(node);
      else if (CHOOSING.has(name) && isKnown(point[node])) choosing.push([node, OPERATIONS[name]]);
    }
    this.leaves = leaves;
    this.choosing = choosing;
    this.wholes = targetsOf(recording, point);
  }

  /** Numbers for all leaves; null where no point was found. */
  at(index: number): ReadonlyMap<number, number> | null {
    if (!(index >= 0 && index < SAMPLES)) return null;
    let found = this.points[index];
    if (found === undefined) this.points[index] = found = this.search(index);
    return found;
  }

  private search(index: number): ReadonlyMap<number, number> | null {
    const random = randomNumbers(0x9e3779b9 ^ Math.imul(index + 1, 0x85ebca6b));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Every third point is a near one; who finds none far away comes nearer and nearer.
      const scale = (index % 3 === 0 ? 0.25 : 1) * 0.5 ** Math.floor(attempt / 6);
      const mode = attempt % 6;
      const numbers = new Map<number, number>();
      for (const leaf of this.leaves) {
        const at = this.point[leaf];
        numbers.set(leaf, isKnown(at) ? near(at, scale, mode, random) : free(mode, random));
      }
      for (const parts of this.wholes) {
        const sizes = parts.map(() => 0.05 + random());
        const sum = sizes.reduce((a, b) => a + b);
        for (const [i, leaf] of parts.entries()) numbers.set(leaf, sizes[i] / sum);
      }
      if (this.accepts(createRun(this.recording, numbers).value)) return numbers;
    }
    return null;
  }

  private accepts(value: Float64Array): boolean {
    const { recording, point } = this;
    for (let node = 0; node < value.length; node++) {
      if (Number.isFinite(value[node])) {
        if (Math.abs(value[node]) > 1e9 && !(Math.abs(point[node]) > 1e6)) return false;
        continue;
      }
      // What is skipped or infinite at the document's point may be so here; what is unknown there must have a value.
      const evaluated =
        recording.skipped[node] === 0 && (isKnown(point[node]) || recording.operation[node] === LEAF);
      if (evaluated || (point[node] !== point[node] && recording.skipped[node] === 0)) return false;
    }
    for (const [node, operation] of this.choosing) {
      if (operation.crosses?.(inputsOf(recording, node, point), inputsOf(recording, node, value)) === true)
        return false;
    }
    return true;
  }
}

const LOGARITHMS: ReadonlySet<OperationName> = new Set<OperationName>([
  'log',
  'logsumexp',
  'softmax',
  'xlogx',
]);

/** Targets of a cross-entropy with two or more parts: y₁, y₂, … sum to 1, which ∂L/∂z = p − y rests upon. */
function targetsOf({ operation, names }: Recording, point: Float64Array): readonly (readonly number[])[] {
  if (!operation.some((code) => LOGARITHMS.has(operationName(code) as OperationName))) return [];
  const families = new Map<string, number[]>();
  for (const [node, name] of names) {
    const base = /^(y|t|target|label)[_^[{(]*\d+[\]})]*$/u.exec(name)?.[1];
    if (base !== undefined && operation[node] === LEAF)
      families.set(base, [...(families.get(base) ?? []), node]);
  }
  return [...families.values()].filter((leaves) => {
    const values = leaves.map((leaf) => point[leaf]);
    const open = values.every((value) => !isKnown(value));
    const sum = values.reduce((a, b) => a + b, 0);
    return leaves.length > 1 && (open || (values.every((value) => value >= 0) && Math.abs(sum - 1) < 1e-9));
  });
}

function isKnown(value: number): boolean {
  return Number.isFinite(value);
}

function near(at: number, scale: number, mode: number, random: () => number): number {
  const spread = scale * (Math.abs(at) + 0.5);
  const moved = at + spread * (2 * random() - 1) * 1.2;
  // Three of six attempts keep the sign, one of them stays between 0 and 1 too.
  if (mode >= 3 && at !== 0 && Math.sign(moved) !== Math.sign(at)) return at * (0.3 + random());
  if (mode === 5 && at > 0 && at < 1 && moved >= 1) return at + (1 - at) * random();
  return moved;
}

function free(mode: number, random: () => number): number {
  const [a, b, c] = [random(), random(), random()];
  const kind = mode === 4 ? 1 + Math.floor(3 * c) : mode;
  if (kind === 1) return 0.3 + 1.7 * a;
  if (kind === 2 || kind === 5) return 0.05 + 0.9 * a;
  return (b < 0.5 ? -1 : 1) * (0.3 + 1.7 * a);
}
