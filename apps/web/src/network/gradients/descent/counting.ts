import {
  bowl,
  counted,
  descend,
  differenceGradient,
  exhaustiveSearch,
  type DescentStep,
  type Evaluations,
  type Found,
  type Landscape,
} from '@backflow/nn';
import type { Slices } from '../slices.ts';

/** Places along each number in an exhaustive search. */
export const VALUES = 10;
/** The step of finite differences. */
export const H = 1e-6;
/** More evaluations are worked out, not run. */
const FEASIBLE = 200_000;

/** What the three ways to the lowest place cost, by running them. */
export interface Comparison {
  readonly search: Found & { readonly evaluations: Evaluations };
  readonly descent: { readonly end: DescentStep; readonly steps: number; readonly evaluations: Evaluations };
  readonly differences: {
    readonly end: DescentStep;
    readonly steps: number;
    readonly evaluations: Evaluations;
  };
}

function last<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** The gradient of a landscape by finite differences, each of which is counted. */
export function byDifferences(landscape: Landscape): Landscape {
  return {
    dimensions: landscape.dimensions,
    value: (point) => landscape.value(point),
    slope(point, slope) {
      let here = NaN;
      const seen: Landscape = {
        dimensions: landscape.dimensions,
        value(place) {
          const value = landscape.value(place);
          if (Number.isNaN(here)) here = value;
          return value;
        },
        slope: () => NaN,
      };
      slope.set(last(differenceGradient(seen, point, H)));
      return here;
    },
  };
}

export function compare(
  landscape: Landscape,
  from: readonly number[],
  to: readonly number[],
  values: number,
  start: ArrayLike<number>,
  rate: number,
  steps: number,
): Comparison {
  const searched = counted(landscape);
  const found = last(exhaustiveSearch(searched, from, to, values));
  const swept = counted(landscape);
  const path = descend(swept, start, { rate, steps });
  const moved = counted(landscape);
  const other = descend(byDifferences(moved), start, { rate, steps });
  return {
    search: { ...found, evaluations: searched.evaluations },
    descent: { end: path[path.length - 1], steps: path.length - 1, evaluations: swept.evaluations },
    differences: { end: other[other.length - 1], steps: other.length - 1, evaluations: moved.evaluations },
  };
}

/** What one search and one gradient cost, by the number of weights. */
export interface DimensionCost {
  readonly dimensions: number;
  /** Counted by running; null where that would take for ever: it is 10^`dimensions`. */
  readonly search: number | null;
  /** Evaluations of C for a gradient by finite differences, counted by running. */
  readonly differences: number;
}

/** Runs both on bowls of so many dimensions, as far as that is feasible. */
export function* dimensionCosts(dimensions: readonly number[]): Slices<readonly DimensionCost[]> {
  const costs: DimensionCost[] = [];
  for (const count of dimensions) {
    let search: number | null = null;
    if (VALUES ** count <= FEASIBLE) {
      const landscape = counted(bowl(count));
      const ends = (end: number): number[] => Array.from({ length: count }, () => end);
      const work = exhaustiveSearch(landscape, ends(-1), ends(1), VALUES);
      while (work.next().done !== true) yield costs.length;
      search = landscape.evaluations.values;
    }
    const landscape = counted(bowl(count));
    const work = differenceGradient(landscape, new Float64Array(count).fill(1), H);
    while (work.next().done !== true) yield costs.length;
    costs.push({ dimensions: count, search, differences: landscape.evaluations.values });
  }
  return costs;
}
