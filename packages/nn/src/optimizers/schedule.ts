import { cos } from '../random/portable.ts';
import { checkWord } from '../spec/check.ts';
import { SCHEDULES } from '../spec/spec.ts';
import type { Schedule } from '../spec/spec.ts';
import { power } from './optimizer.ts';

/**
 * The learning rate of an epoch, counted from 0, of `epochs`. `linear` and `cosine` set out at `rate` and would be at `to` after
 * the last one, as in micrograd's demo and PyTorch's CosineAnnealingLR: 1 → 0.1 over 100 epochs ends at 0.109. Of what is left
 * out, `to` is 0, `factor` 0.5 and `every` 10.
 */
export function rateAt(
  schedule: Pick<Schedule, 'name'> & Partial<Schedule>,
  rate: number,
  epoch: number,
  epochs: number,
): number {
  checkWord('schedule', schedule.name, SCHEDULES);
  const { name, to = 0, factor = 0.5, every = 10 } = schedule;
  if (name === 'constant') return rate;
  if (name === 'steps') return rate * power(factor, Math.floor(epoch / every));
  const done = epochs > 0 ? Math.min(1, epoch / epochs) : 1;
  const left = name === 'linear' ? 1 - done : (1 + cos(Math.PI * done)) / 2;
  return to + (rate - to) * left;
}
