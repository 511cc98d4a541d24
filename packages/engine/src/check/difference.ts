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
/** The smallest of many estimates is a lucky one. */
const TRUNCATION = 6;

/**
 * The derivative by central differences with shrinking steps, extrapolated to step 0 (Ridders, "Accurate computation
 * of F′(x) and F′(x)F″(x)", Advances in Engineering Software 4, 1982; the tableau is Neville's). null if no step is
 * usable.
 */
export function ridders({ at, middle, scale, noise }: Surroundings, firstStep: number): Difference | null {
  let best: Difference | null = null;
  let before: number[] = [];
  let lastPlacesBefore: number[] = [];
  const widths: number[] = [];
  for (let row = 0, step = firstStep; row < ROWS; row++, step /= SHRINK) {
    const values = at(step);
    const current = values === null ? [NaN] : [(values[1] - values[0]) / values[2]];
    if (values === null || !Number.isFinite(current[0])) {
      before = [];
      continue;
    }
    const [low, high, width] = values;
    // The extrapolation amplifies rounding errors, those of larger values at longer steps too.
    const lastPlaces = [(noise + Number.EPSILON * (Math.abs(low) + Math.abs(high))) / width];
    // What a slope near a stationary point cannot be told from: rounding of x where f bends, and a trillionth of
    // the slopes close by.
    const nearby = (Math.abs(high - middle) + Math.abs(middle - low)) / width;
    const rounding = Number.EPSILON * nearby * ((8 * scale) / step + 4096);
    widths.push(width);
    for (let order = 1; order <= before.length; order++) {
      // Close to 1.4 to the power of 2 · order: steps are rounded.
      const factor = (widths[widths.length - 1 - order] / width) ** 2;
      current[order] = (current[order - 1] * factor - before[order - 1]) / (factor - 1);
      lastPlaces[order] = (lastPlaces[order - 1] * factor + lastPlacesBefore[order - 1]) / (factor - 1);
      const truncation = Math.max(
        Math.abs(current[order] - current[order - 1]),
        Math.abs(current[order] - before[order - 1]),
      );
      const error = TRUNCATION * truncation + lastPlaces[order] + rounding;
      if (best === null || error < best.error) best = { slope: current[order], error, step };
    }
    before = current;
    lastPlacesBefore = lastPlaces;
  }
  return best;
}

/**
 * The most exact of the differences from several ranges of steps; null if there are none. What finer steps contradict
 * by more than they may be off was taken across something that its steps did not see, and is off by that much.
 */
export function mostExact(found: readonly Difference[]): Difference | null {
  let best: Difference | null = null;
  let second: Difference | null = null;
  for (const { slope, error: promised, step } of found) {
    let error = promised;
    for (const finer of found) {
      if (finer.step < step) error = Math.max(error, Math.abs(slope - finer.slope) - finer.error);
    }
    const difference = { slope, error, step };
    if (best === null || error < best.error) [second, best] = [best, difference];
    else if (second === null || error < second.error) second = difference;
  }
  // Two ranges of steps that disagree by more than they admit are both less exact than they say.
  if (best === null || second === null || second.error >= 100 * best.error) return best;
  return { ...best, error: Math.max(best.error, 2 * Math.abs(best.slope - second.slope)) };
}
