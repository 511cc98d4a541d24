import type { Landscape } from './descent.ts';

/** How often a cost was computed. */
export interface Evaluations {
  /** Of C alone: a forward pass. */
  values: number;
  /** Of C and its gradient: a forward and a backward pass. */
  slopes: number;
}

/** The same landscape, which counts what it is asked. */
export function counted(landscape: Landscape): Landscape & { readonly evaluations: Evaluations } {
  const evaluations: Evaluations = { values: 0, slopes: 0 };
  return {
    dimensions: landscape.dimensions,
    evaluations,
    value(point) {
      evaluations.values++;
      return landscape.value(point);
    },
    slope(point, slope) {
      evaluations.slopes++;
      return landscape.slope(point, slope);
    },
  };
}

/** The best place of a search. */
export interface Found {
  readonly point: Float64Array;
  readonly cost: number;
  /** Places that were tried. */
  readonly tried: number;
}

/**
 * The lowest of all places on a grid of `values` numbers, `from` and `to` included, in each dimension: values^dimensions of
 * them. Yields the number of places tried, after each row of them.
 */
export function* exhaustiveSearch(
  landscape: Landscape,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  values: number,
): Generator<number, Found> {
  const { dimensions } = landscape;
  const at = new Int32Array(dimensions);
  const point = Float64Array.from(from);
  let best = Float64Array.from(from);
  let cost = Infinity;
  let tried = 0;
  for (;;) {
    for (let i = 0; i < values; i++) {
      point[0] = place(from[0], to[0], i, values);
      const found = landscape.value(point);
      tried++;
      if (found < cost) {
        cost = found;
        best = point.slice();
      }
    }
    yield tried;
    // The next row: as one counts, with a digit per dimension.
    let digit = 1;
    while (digit < dimensions && ++at[digit] === values) at[digit++] = 0;
    if (digit >= dimensions) return { point: best, cost, tried };
    for (let i = 1; i <= digit; i++) point[i] = place(from[i], to[i], at[i], values);
  }
}

/** Number i of `values` numbers evenly from `from` to `to`. */
function place(from: number, to: number, i: number, values: number): number {
  return values === 1 ? (from + to) / 2 : from + ((to - from) * i) / (values - 1);
}

/**
 * The gradient by finite differences, (C(x + h·e_i) − C(x)) / h: one evaluation for the place, and one more per dimension.
 * Yields the number of evaluations, after each.
 */
export function* differenceGradient(
  landscape: Landscape,
  point: ArrayLike<number>,
  h: number,
): Generator<number, Float64Array> {
  const moved = Float64Array.from(point);
  const here = landscape.value(moved);
  let evaluations = 1;
  yield evaluations;
  const gradient = new Float64Array(landscape.dimensions);
  for (let i = 0; i < gradient.length; i++) {
    const kept = moved[i];
    moved[i] = kept + h;
    // What was really added: kept + h is rounded.
    gradient[i] = (landscape.value(moved) - here) / (moved[i] - kept);
    moved[i] = kept;
    yield ++evaluations;
  }
  return gradient;
}

/** Σ (i + 1) x_i² / 2: a bowl in any number of dimensions, each as steep as its number says. */
export function bowl(dimensions: number): Landscape {
  return {
    dimensions,
    value(point) {
      let sum = 0;
      for (let i = 0; i < dimensions; i++) sum += ((i + 1) * point[i] ** 2) / 2;
      return sum;
    },
    slope(point, slope) {
      for (let i = 0; i < dimensions; i++) slope[i] = (i + 1) * point[i];
      return this.value(point);
    },
  };
}
