import { Generator } from '../random/generator.ts';
import { SpecError } from '../spec/problem.ts';
import type { Dataset } from './dataset.ts';

/** Which examples are trained on, and which are not. */
export interface Split {
  /** Indices of the examples that are trained on, in order. */
  readonly train: Int32Array;
  /** Indices of those kept for validation, in order. */
  readonly validation: Int32Array;
}

/**
 * Keeps a share of the examples for validation, rounded to whole ones, drawn by lot from the seed. Classification is stratified:
 * each class gives the share of its own, and where that is no whole number, the classes with the largest remainders give one more,
 * so that the sum is right. Throws SpecError for a share that is not from 0 up to, not including, 1.
 */
export function split(
  dataset: Dataset,
  { validation, seed }: { readonly validation: number; readonly seed: number },
): Split {
  if (typeof validation !== 'number' || !(validation >= 0 && validation < 1)) {
    throw new SpecError('validation', validation, 'a share from 0 up to, not including, 1');
  }
  const { size } = dataset;
  const wanted = Math.round(size * validation);
  const kept = new Uint8Array(size);
  const random = new Generator(seed);
  const groups = groupsOf(dataset);
  const shares = groups.map((group) => Math.floor((group.length * wanted) / Math.max(1, size)));
  const rests = groups.map((group, index) => group.length * wanted - shares[index] * size);
  const byRest = groups.map((_, index) => index).sort((a, b) => rests[b] - rests[a] || a - b);
  const missing = wanted - shares.reduce((sum, share) => sum + share, 0);
  for (const index of byRest.slice(0, missing)) shares[index]++;
  for (const [index, group] of groups.entries()) {
    random.shuffle(group);
    for (const i of group.subarray(0, shares[index])) kept[i] = 1;
  }
  const all = Int32Array.from({ length: size }, (_, i) => i);
  return { train: all.filter((i) => kept[i] === 0), validation: all.filter((i) => kept[i] === 1) };
}

/** The examples of each class; all together where there are no classes. */
function groupsOf({ size, classes, y }: Dataset): Int32Array[] {
  const counts = new Int32Array(Math.max(1, classes.length));
  const classOf = (i: number): number => (classes.length > 0 ? y[i] : 0);
  for (let i = 0; i < size; i++) counts[classOf(i)]++;
  const groups = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let i = 0; i < size; i++) groups[classOf(i)][counts[classOf(i)]++] = i;
  return groups;
}
