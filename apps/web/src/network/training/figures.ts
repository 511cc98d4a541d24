import { formatCount, formatNumber } from '@backflow/print';

/** 0.975 as “97.5 %”; never 100 % for less than all. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '—';
  const tenths = share < 1 ? Math.min(999, Math.round(1000 * share)) : 1000;
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} %`;
}

export const countText = (count: number): string => formatCount(count);

export const short = (value: number): string => formatNumber(value, { digits: 3 });

/** The least and the largest of some numbers that are finite; `[0, 1]` for none. */
export function rangeOf(values: Iterable<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? [0, 1] : [low, high];
}

/** Round numbers from `low` to `high`, about so many. */
export function ticksBetween(low: number, high: number, about: number): number[] {
  const raw = (high - low) / Math.max(1, about);
  if (!(raw > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(raw));
  const size = [1, 2, 5, 10].find((many) => many * power >= raw * 0.999)! * power;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / size - 1e-9); at * size <= high + 1e-9 * size; at++)
    ticks.push(Number((at * size).toPrecision(12)));
  return ticks;
}
