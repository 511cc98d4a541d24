import type { Training } from './training.ts';

/** Two things in one process, by turns: a machine that is slow for a while is slow for both. */
export interface Comparison {
  /** Median over the rounds of (time of the one)/(time of the other). */
  readonly ratio: number;
  /** Median nanoseconds of one step of either. */
  readonly one: number;
  readonly other: number;
}

/** Milliseconds since some moment. */
type Clock = () => number;

const wallClock: Clock = () => performance.now();

/** Processor time of this process: of use where nothing is left to other threads, as collecting garbage is. */
export const processorClock: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Least time of one measurement, in milliseconds, so that the clock's grain and a single interruption do not count. */
const GRAIN = 4;

/** A measurement of something slow is cut short after so many milliseconds, though not within a step. */
const ENOUGH = 150;

/**
 * Compares the time of a step. Both run the same steps in every round, from the start of the training: how much a step
 * costs depends on how far the training is (a rectified unit that is off saves work).
 */
export function compare(
  one: Training,
  other: Training,
  { warmUp = 300, budget = 900, clock = wallClock }: { warmUp?: number; budget?: number; clock?: Clock } = {},
): Comparison {
  const least = [leastTime(one, warmUp / 2), leastTime(other, warmUp / 2)];
  const steps = Math.ceil(GRAIN / Math.min(...least));
  const [stepsOfOne, stepsOfOther] = least.map((time) => Math.min(steps, Math.ceil(ENOUGH / time)));
  const ratios: number[] = [];
  const times: [number[], number[]] = [[], []];
  const end = performance.now() + budget;
  for (let round = 0; round < 4 || performance.now() < end; round++) {
    // Whoever comes second finds caches that the first has filled: they take turns at that, too.
    const [a, b] =
      round % 2 === 0
        ? [timeOf(one, stepsOfOne, clock), timeOf(other, stepsOfOther, clock)]
        : [timeOf(other, stepsOfOther, clock), timeOf(one, stepsOfOne, clock)].toReversed();
    times[0].push(a);
    times[1].push(b);
    ratios.push(a / b);
  }
  return { ratio: median(ratios), one: median(times[0]) * 1e6, other: median(times[1]) * 1e6 };
}

/** Milliseconds of one step, the mean of the first `steps` of a training. */
function timeOf(training: Training, steps: number, clock: Clock = wallClock): number {
  training.restart();
  const start = clock();
  for (let i = 0; i < steps; i++) training.step();
  return (clock() - start) / steps;
}

/**
 * Has the code of a workload compiled at a small size: a long loop that is entered cold is compiled in its middle, from
 * what little has been seen by then, and may stay as that is.
 */
export function warm(small: Training): void {
  const end = performance.now() + 100;
  while (performance.now() < end) small.step();
}

/** Warms up for so many milliseconds; the least time of a step meanwhile. */
function leastTime(training: Training, warmUp: number): number {
  let least = timeOf(training, 1);
  const end = performance.now() + warmUp;
  do least = Math.min(least, timeOf(training, least < 1 ? 10 : 1));
  while (performance.now() < end);
  return least;
}

/** The middle one; of an even number, the upper of the two. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
