import { cos } from '../random/portable.ts';
import { checkWord } from '../spec/check.ts';
import { SpecError } from '../spec/problem.ts';
import { SCHEDULES } from '../spec/spec.ts';
import type { Schedule } from '../spec/spec.ts';
import { power } from './optimizer.ts';

/**
 * The learning rate of an epoch, counted from 0, of `epochs`. `linear` and `cosine` set out at `rate` and would be at `to` after
 * the last one, as in micrograd's demo and PyTorch's CosineAnnealingLR: 1 → 0.1 over 100 epochs ends at 0.109. Of what is left
 * out, `to` is 0, `factor` 0.5 and `every` 10. Throws SpecError for a schedule that cannot be.
 */
export function rateAt(
  schedule: Pick<Schedule, 'name'> & Partial<Schedule>,
  rate: number,
  epoch: number,
  epochs: number,
): number {
  checkSchedule(schedule);
  const { name, to = 0, factor = 0.5, every = 10 } = schedule;
  if (!(Number.isFinite(epoch) && epoch >= 0)) throw new SpecError('epoch', epoch, 'a number from 0 on');
  if (name === 'constant') return rate;
  if (name === 'steps') return rate * power(factor, Math.floor(epoch / every));
  const done = epochs > 0 ? Math.min(1, epoch / epochs) : 1;
  const left = name === 'linear' ? 1 - done : (1 + cos(Math.PI * done)) / 2;
  return to + (rate - to) * left;
}

/** Throws SpecError for an unknown schedule, and for numbers that make no rate. */
export function checkSchedule({
  name,
  to = 0,
  factor = 0.5,
  every = 10,
}: Pick<Schedule, 'name'> & Partial<Schedule>): void {
  checkWord('schedule', name, SCHEDULES);
  for (const [where, found] of [
    ['to', to],
    ['factor', factor],
  ] as const) {
    if (!(Number.isFinite(found) && found >= 0)) throw new SpecError(where, found, 'a number from 0 on');
  }
  if (!Number.isSafeInteger(every) || every < 1) {
    throw new SpecError('every', every, 'a whole number of epochs, from 1 on');
  }
}
