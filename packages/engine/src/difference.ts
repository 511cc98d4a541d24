/** A derivative from function values alone, with its own error estimate. */
export interface Difference {
  readonly slope: number;
  /** How far the slope may be off: truncation, as seen in the extrapolation, and rounding of the function. */
  readonly error: number;
  /** The largest step that went into the slope. */
  readonly step: number;
}

const SHRINK = 1.4;
const ROWS = 9;

/**
 * The derivative at x, by central differences with shrinking steps, extrapolated to step 0 (Ridders, "Accurate
 * computation of F′(x) and F′(x)F″(x)", Advances in Engineering Software 4, 1982; the tableau is Neville's).
 *
 * `at(step)` returns [f(x − step), f(x + step), width], width being the distance of the two points as represented, or
 * null if the step is unusable (a kink or a pole lies within). `noise` is the size of the rounding error of one
 * value of f: a difference over a width carries 2 · noise / width, which limits how small a step helps.
 *
 * null if no step is usable.
 */
export function ridders(
  at: (step: number) => readonly [number, number, number] | null,
  firstStep: number,
  noise: number,
): Difference | null {
  let best: Difference | null = null;
  let before: number[] = [];
  let step = firstStep;
  for (let row = 0; row < ROWS; row++, step /= SHRINK) {
    const values = at(step);
    const current = values === null ? [NaN] : [(values[1] - values[0]) / values[2]];
    if (values === null || !Number.isFinite(current[0])) {
      before = [];
      continue;
    }
    // The extrapolation amplifies rounding errors about fourfold.
    const rounding = (8 * noise) / values[2];
    let factor = SHRINK * SHRINK;
    for (let order = 1; order <= before.length; order++, factor *= SHRINK * SHRINK) {
      current[order] = (current[order - 1] * factor - before[order - 1]) / (factor - 1);
      const truncation = Math.max(
        Math.abs(current[order] - current[order - 1]),
        Math.abs(current[order] - before[order - 1]),
      );
      const error = truncation + rounding;
      if (best === null || error < best.error) best = { slope: current[order], error, step };
    }
    before = current;
  }
  return best;
}
