/** log₁₀ of a count of any size; −∞ for 0. */
export function log10Of(count: bigint): number {
  if (count <= 0n) return -Infinity;
  const digits = count.toString(16);
  const lead = digits.slice(0, 13);
  return Math.log10(parseInt(lead, 16)) + (digits.length - lead.length) * Math.log10(16);
}

const STEPS = [1, 2, 5];

/** Whole or round numbers from 0 to `top`, at most `most` of them behind 0; `least` is the smallest distance. */
export function ticksTo(top: number, most: number, least = 0): number[] {
  const rough = Math.max(top / Math.max(1, most), least, Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, index) => index * step);
}

/** About `count` whole numbers from `from` to `to`, both included, evenly spread. */
export function wholeNumbers(from: number, to: number, count: number): number[] {
  const spread = Math.max(1, Math.min(count, to - from));
  const numbers = Array.from({ length: spread + 1 }, (_, index) =>
    Math.round(from + (index * (to - from)) / spread),
  );
  return [...new Set(numbers)];
}

/** Moves the smaller of neighbours apart, so that each is at least `distance` from the next; within [low, high]. */
export function apart(places: readonly number[], distance: number, low: number, high: number): number[] {
  const order = places.map((_, index) => index).sort((a, b) => places[a] - places[b]);
  const moved = [...places];
  let last = low - distance;
  for (const index of order) last = moved[index] = Math.max(moved[index], last + distance);
  let next = high + distance;
  for (const index of order.toReversed()) next = moved[index] = Math.min(moved[index], next - distance);
  return moved;
}

/** "10³⁰⁰⁰", "1" for the power 0. */
export function powerOfTen(power: number): string {
  if (power === 0) return '1';
  return `10${Array.from(String(power), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`;
}
