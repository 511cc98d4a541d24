import { readFileSync } from 'node:fs';
import { backward } from '@backflow/engine';
import type { OperationName } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../markdown.ts';
import { allNames, recordingOf } from './points.ts';
import { DEVIATIONS } from './pytorch-deviations.ts';
import type { Deviation } from './pytorch-deviations.ts';

/** A number of the reference; JSON has none for NaN and the infinities. */
type Written = number | 'NaN' | 'Infinity' | '-Infinity';

interface Reference {
  readonly madeBy: string;
  readonly grids: Readonly<Record<string, readonly (readonly Written[])[]>>;
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly grid: string;
        readonly values: readonly Written[];
        /** None for what PyTorch does not differentiate: the comparisons and the step. */
        readonly gradients?: readonly (readonly Written[])[];
      }
    >
  >;
}

const reference = JSON.parse(
  readFileSync(new URL('./reference/pytorch.json', import.meta.url), 'utf8'),
) as Reference;

interface Tolerance {
  /** In units of the last place, of the number itself or of what `scale` says. */
  readonly value?: number;
  readonly gradient?: number;
  /** What rounding is measured against where terms cancel: the sum of their sizes. */
  readonly scale?: (x: readonly number[]) => number;
}

const sumOfSizes = (x: readonly number[]): number => x.reduce((sum, each) => sum + Math.abs(each), 0);
const sumOfPairs = (x: readonly number[]): number =>
  x.reduce((sum, each, slot) => sum + (slot % 2 === 1 ? Math.abs(x[slot - 1] * each) : 0), 0);

/** Exact unless listed. Sums are added in another order by PyTorch. */
const TOLERANCES: Partial<Record<OperationName, Tolerance>> = {
  sum: { value: 2, scale: sumOfSizes },
  mean: { value: 2, scale: (x) => sumOfSizes(x) / x.length },
  signedSum: { value: 2, scale: sumOfPairs },
  dot: { value: 2, scale: sumOfPairs },
  affine: { value: 2, scale: ([bias, ...x]) => Math.abs(bias) + sumOfPairs(x) },
  pow: { value: 1, gradient: 2 },
  exp: { value: 1, gradient: 1 },
  log: { value: 1 },
  log2: { value: 1, gradient: 1 },
  log10: { value: 1, gradient: 2 },
  log1p: { value: 1 },
  expm1: { value: 1, gradient: 6 },
  sin: { value: 1, gradient: 1 },
  cos: { value: 1, gradient: 1 },
  tan: { value: 1, gradient: 2 },
  asin: { value: 1, gradient: 1 },
  acos: { value: 1, gradient: 1 },
  atan: { value: 1, gradient: 1 },
  atan2: { value: 1, gradient: 4 },
  sinh: { value: 1, gradient: 1 },
  cosh: { value: 1, gradient: 1 },
  tanh: { value: 1, gradient: 8 },
  sigmoid: { value: 2, gradient: 8 },
  softplus: { value: 2, gradient: 2 },
  prod: { gradient: 4 },
  hypot: { value: 2, gradient: 2 },
  logsumexp: { value: 1, gradient: 8 },
  softmax: { value: 1, gradient: 8 },
  xlogx: { value: 1, gradient: 2, scale: ([a]) => (a > 0 ? 1 + Math.abs(Math.log(a)) : 0) },
};

/** The same number, counting NaN as equal to itself, or as near as `places` last places of `scale`. */
function agree(found: number, expected: number, places: number, scale: number): boolean {
  if (Object.is(found, expected) || found === expected) return true;
  if (!Number.isFinite(expected)) return false;
  // The smallest number covers what underflows: its last place is itself.
  const slack =
    places * (Number.EPSILON * Math.max(Math.abs(expected), Number.isFinite(scale) ? scale : 0) + 5e-324);
  return Math.abs(found - expected) <= slack;
}

const hasNaN = (x: readonly number[]): boolean => x.some(Number.isNaN);
const text = (x: number): string => (Object.is(x, -0) ? '-0' : String(x));

interface Comparison {
  /** The numbers that differ from the reference and are no deviation known by name. */
  readonly unexplained: readonly string[];
  /** How many differ for each deviation. */
  readonly known: ReadonlyMap<Deviation, number>;
}

/** Compares an operation with the reference at every point of its grid. */
function compare(name: OperationName): Comparison {
  const { grid, values, gradients } = reference.operations[name];
  const { value: places = 0, gradient: slopePlaces = 0, scale = () => 0 } = TOLERANCES[name] ?? {};
  const unexplained: string[] = [];
  const known = new Map<Deviation, number>();
  const differs = (of: 'value' | 'gradient', x: readonly number[], slot: number, words: string) => {
    const deviation = DEVIATIONS.find(
      (each) => each.of === of && each.operations.includes(name) && each.at(x, slot),
    );
    if (deviation === undefined) unexplained.push(`${name}(${x.map(text).join(', ')}): ${of} ${words}`);
    else known.set(deviation, (known.get(deviation) ?? 0) + 1);
  };
  for (const [point, written] of reference.grids[grid].entries()) {
    const x = written.map(Number);
    const recording = recordingOf(name, x);
    const { output } = recording;
    const value = recording.value[output];
    const theirs = Number(values[point]);
    const sameZero = theirs !== 0 || value !== 0 || Object.is(value, theirs);
    if (!sameZero || !agree(value, theirs, places, scale(x))) {
      differs('value', x, -1, `${text(value)}, PyTorch ${text(theirs)}`);
    }
    const gradient = backward(recording);
    for (const [slot, entry] of [...recording.inputs.subarray(recording.inputStart[output])].entries()) {
      // Signs of a signed sum are constants.
      if (entry < 0) continue;
      const slope = gradient[entry];
      const expected = Number(gradients?.[point][slot] ?? 0);
      if (gradients === undefined && hasNaN(x)) continue;
      if (!agree(slope, expected, slopePlaces, name === 'xlogx' ? scale(x) : 0)) {
        differs('gradient', x, slot, `in slot ${slot} ${text(slope)}, PyTorch ${text(expected)}`);
      }
    }
  }
  return { unexplained, known };
}

describe(`every operation agrees with ${reference.madeBy}, but for the deviations by name`, () => {
  it.each(allNames)('%s', (name) => {
    expect(compare(name).unexplained).toEqual([]);
  });

  it.each(DEVIATIONS)('deviates in $name', (deviation) => {
    const { operations, differences } = deviation;
    const found = operations.map((name) => compare(name).known.get(deviation) ?? 0);
    expect(found.reduce((sum, count) => sum + count)).toBe(differences);
    // An operation without a difference has no place in the list.
    expect(operations.filter((_, i) => found[i] === 0)).toEqual([]);
  });

  it('has its deviations in the document', () => {
    const page = readMarkdown(
      readFileSync(new URL('../../docs/conventions.md', import.meta.url), 'utf8'),
    ).tables.find(({ columns }) => columns.includes('deviation'))!;
    const told = page.rows.map((row) => [row.get('deviation'), row.get('operations')]);
    expect(told).toEqual(DEVIATIONS.map(({ name, operations }) => [name, operations.join(' ')]));
  });

  it('has points at all edges in every grid', () => {
    for (const grid of Object.values(reference.grids)) {
      const numbers = new Set(grid.flat().map(Number));
      for (const edge of [0, 1, -1, Infinity, -Infinity, NaN]) expect(numbers.has(edge)).toBe(true);
      expect(grid.flat().some((x) => Object.is(x, -0))).toBe(true);
    }
    expect(Object.keys(reference.operations).sort()).toEqual([...allNames].sort());
    expect(
      Object.values(reference.operations).reduce((sum, { values }) => sum + values.length, 0),
    ).toBeGreaterThan(10_000);
  });
});
