import type { Training } from './training.ts';

/** Two things in one process, by turns: a machine that is slow for a while is slow for both. */
export interface Comparison {
  /** Median over the rounds of (time of the one)/(time of the other). */
  readonly ratio: number;
  /** Median nanoseconds of one step of either. */
  readonly one: number;
  readonly other: number;
}

/** Least time of one measurement, in milliseconds, so that the clock's grain and a single interruption do not count. */
const GRAIN = 4;

/**
 * Compares the time of a step. Both run the same steps in every round, from the start of the training: how much a step
 * costs depends on how far the training is (a rectified unit that is off saves work).
 */
export function compare(
  one: Training,
  other: Training,
  { warmUp = 300, budget = 1200 }: { warmUp?: number; budget?: number } = {},
): Comparison {
  const steps = Math.ceil(GRAIN / Math.min(leastTime(one, warmUp / 2), leastTime(other, warmUp / 2)));
  const ratios: number[] = [];
  const times: [number[], number[]] = [[], []];
  const end = performance.now() + budget;
  for (let round = 0; round < 4 || performance.now() < end; round++) {
    // Whoever comes second finds caches that the first has filled: they take turns at that, too.
    const [a, b] =
      round % 2 === 0
        ? [timeOf(one, steps), timeOf(other, steps)]
        : [timeOf(other, steps), timeOf(one, steps)].toReversed();
    times[0].push(a);
    times[1].push(b);
    ratios.push(a / b);
  }
  return { ratio: median(ratios), one: median(times[0]) * 1e6, other: median(times[1]) * 1e6 };
}

/** Milliseconds of one step, the mean of the first `steps` of a training. */
export function timeOf(training: Training, steps: number): number {
  training.restart();
  const start = performance.now();
  for (let i = 0; i < steps; i++) training.step();
  return (performance.now() - start) / steps;
}

/** Warms up for so many milliseconds; the least time of a step meanwhile. */
function leastTime(training: Training, warmUp: number): number {
  let least = Infinity;
  const end = performance.now() + warmUp;
  do least = Math.min(least, timeOf(training, 10));
  while (performance.now() < end);
  return least;
}

/** The middle one; of an even number, the upper of the two. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
