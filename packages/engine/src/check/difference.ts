/** A derivative from function values alone, with its own error estimate. */
export interface Difference {
  readonly slope: number;
  /** How far the slope may be off: truncation, as seen in the extrapolation, and rounding of the function. */
  readonly error: number;
  /** The smallest step that went into the slope. */
  readonly step: number;
}

/** A function around a point. */
export interface Surroundings {
  /**
   * [f(x − step), f(x + step), distance of the two points as represented]; null if the step is unusable (a kink or a
   * pole lies within).
   */
  readonly at: (step: number) => readonly [number, number, number] | null;
  /** f(x). */
  readonly middle: number;
  /** The size of x, at least 1: rounding moves x, or what is computed of it, by a few ε times this. */
  readonly scale: number;
  /** The rounding error of a difference of two values of f, beyond that of the values' own last places. */
  readonly noise: number;
}

const SHRINK = 1.4;
const ROWS = 9;

/**
 * The derivative by central differences with shrinking steps, extrapolated to step 0 (Ridders, "Accurate computation
 * of F′(x) and F′(x)F″(x)", Advances in Engineering Software 4, 1982; the tableau is Neville's). null if no step is
 * usable.
 */
export function ridders({ at, middle, scale, noise }: Surroundings, firstStep: number): Difference | null {
  let best: Difference | null = null;
  let before: number[] = [];
  for (let row = 0, step = firstStep; row < ROWS; row++, step /= SHRINK) {
    const values = at(step);
    const current = values === null ? [NaN] : [(values[1] - values[0]) / values[2]];
    if (values === null || !Number.isFinite(current[0])) {
      before = [];
      continue;
    }
    const [low, high, width] = values;
    // The extrapolation amplifies rounding errors about fourfold.
    const lastPlaces = (4 * (noise + Number.EPSILON * (Math.abs(low) + Math.abs(high)))) / width;
    // What a slope near a stationary point cannot be told from: rounding of x where f bends, and a trillionth of
    // the slopes close by.
    const nearby = (Math.abs(high - middle) + Math.abs(middle - low)) / width;
    const rounding = lastPlaces + Number.EPSILON * nearby * ((8 * scale) / step + 4096);
    for (
      let order = 1, factor = SHRINK * SHRINK;
      order <= before.length;
      order++, factor *= SHRINK * SHRINK
    ) {
      current[order] = (current[order - 1] * factor - before[order - 1]) / (factor - 1);
      const truncation = Math.max(
        Math.abs(current[order] - current[order - 1]),
        Math.abs(current[order] - before[order - 1]),
      );
      const error = 2 * truncation + rounding;
      if (best === null || error < best.error) best = { slope: current[order], error, step };
    }
    before = current;
  }
  return best;
}
