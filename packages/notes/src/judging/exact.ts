import type { NumberTerm } from '../term.ts';
import type { Page } from './page.ts';

/**
 * Which literals are exact: those of a program's leaves, unless some other number of the page rounds to them.
 */
export function isExact(page: Page): (literal: NumberTerm) => boolean {
  const { leaves, others } = quantitiesOf(page);
  return ({ value, unit }) => {
    const size = Math.abs(value);
    if (!leaves.has(size)) return false;
    let low = 0;
    let high = others.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (others[middle] < size - unit / 2) low = middle + 1;
      else high = middle;
    }
    return !(low < others.length && others[low] <= size + unit / 2);
  };
}

const quantities = new WeakMap<Page, { leaves: Set<number>; others: Float64Array }>();

function quantitiesOf(page: Page): { leaves: Set<number>; others: Float64Array } {
  const known = quantities.get(page);
  if (known !== undefined) return known;
  const { recording, output } = page.world;
  const run = page.world.run();
  const leaves = new Set<number>();
  const others: number[] = [];
  for (let node = 0; node < recording.count; node++) {
    const size = Math.abs(run.value[node]);
    if (recording.inputStart[node] === recording.inputStart[node + 1]) leaves.add(size);
    else others.push(size, Math.abs(1 - run.value[node]));
  }
  for (const slope of run.local) others.push(Math.abs(slope));
  if (output >= 0) for (const slope of run.gradient(output)) others.push(Math.abs(slope));
  const moving = Float64Array.from(others.filter((size) => !leaves.has(size))).sort();
  const found = { leaves, others: moving };
  quantities.set(page, found);
  return found;
}

/** No literal is exact but integers, which never move. */
export const exactLiterals = (): boolean => false;
