import type { NumberTerm } from '../term.ts';
import { isNoise } from './numbers.ts';
import type { Page } from './page.ts';

/** What the numbers of a formula stand for, as far as their digits tell. */
export interface Digits {
  /** It is exact: that of a program's leaf, unless some other number rounds to it or was stated so. */
  isExact(literal: NumberTerm): boolean;
  /** It stands for one number wherever it is written: no two numbers of the page round to it. */
  isOne(literal: NumberTerm): boolean;
}

const known = new WeakMap<Page, Digits>();

export function digitsOf(page: Page): Digits {
  let digits = known.get(page);
  if (digits === undefined) known.set(page, (digits = findDigits(page)));
  return digits;
}

function findDigits(page: Page): Digits {
  const { world } = page;
  const { recording, output } = world;
  const run = world.run();
  const leaves = new Set<number>();
  const computed: number[] = [];
  for (let node = 0; node < recording.count; node++) {
    const size = Math.abs(run.value[node]);
    if (recording.inputStart[node] === recording.inputStart[node + 1]) leaves.add(size);
    else computed.push(size, Math.abs(1 - run.value[node]));
  }
  const gradient = output < 0 ? new Float64Array(recording.count) : run.gradient(output);
  for (let node = 0; node < recording.count; node++) {
    computed.push(Math.abs(gradient[node]));
    for (let edge = recording.inputStart[node]; edge < recording.inputStart[node + 1]; edge++) {
      // A slope, and what is passed on by it.
      const slope = run.local[edge];
      computed.push(Math.abs(slope), Math.abs(gradient[node] * slope));
    }
  }
  const all = Float64Array.from([...leaves, ...computed.filter((size) => !leaves.has(size))]).sort();
  return {
    isExact({ value, unit }) {
      const size = Math.abs(value);
      if (!leaves.has(size) || page.statedSizes.has(size)) return false;
      let at = from(all, size - unit / 2);
      while (all[at] === size) at++;
      // Others may have been cut off to it.
      return !(all[at] < size + unit * (1 - 1e-6));
    },
    isOne({ value, unit }) {
      const size = Math.abs(value);
      const first = from(all, size - unit);
      for (let at = first + 1; all[at] <= size + unit; at++) {
        if (!isNoise(all[at], all[first])) return false;
      }
      return true;
    },
  };
}

/** No number is exact but integers, which never move. */
export const ALL_ROUNDED: Digits = { isExact: () => false, isOne: () => true };

/** Index of the first number from this size on. */
function from(sizes: Float64Array, size: number): number {
  let low = 0;
  let high = sizes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sizes[middle] < size) low = middle + 1;
    else high = middle;
  }
  return low;
}
