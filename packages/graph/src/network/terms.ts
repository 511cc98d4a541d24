/** So many terms of a sum are drawn one by one; of more, the largest, and the rest as one. */
export const TERMS_MOST = 12;

/** How many terms of a sum are drawn one by one: a rest of one would be no shorter. */
export function termsShown(count: number): number {
  return count <= TERMS_MOST + 1 ? count : TERMS_MOST;
}

/** At most so many units of a layer are drawn at once. */
export const UNITS_MOST = 16;

/** The terms w·a of a sum. */
export interface RankedTerms {
  /** Per term, w·a. */
  readonly product: Float64Array;
  /** All terms, the largest |w·a| first; of equal ones, and without a number, by their place. */
  readonly order: Int32Array;
}

/** The products of weights and what comes in, and their order by size. O(n log n). */
export function rankTerms(weights: ArrayLike<number>, below: ArrayLike<number>): RankedTerms {
  const count = weights.length;
  const product = new Float64Array(count);
  const size = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    product[k] = weights[k] * below[k];
    // What is not a number is looked at first.
    size[k] = Number.isNaN(product[k]) ? Infinity : Math.abs(product[k]);
  }
  const order = Int32Array.from({ length: count }, (_, k) => k).sort((a, b) =>
    size[a] === size[b] ? a - b : size[b] - size[a],
  );
  return { product, order };
}

/** The sum of the terms that stand at `from` up to, not including, `to` in the order, added by their place. */
export function sumOfTerms({ product, order }: RankedTerms, from = 0, to = order.length): number {
  let sum = 0;
  for (const term of order.slice(from, to).sort()) sum += product[term];
  return sum;
}

/** A part of a list: the entries `[from, to)` of `count`, page `page` of `pages`. */
export interface Page {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly page: number;
  readonly pages: number;
}

/** A page of a list; all of it where it fits. Pages beyond the last one begin again. */
export function pageOf(count: number, most: number, page: number): Page {
  if (count <= most) return { from: 0, to: count, count, page: 0, pages: 1 };
  const pages = Math.ceil(count / most);
  const at = ((page % pages) + pages) % pages;
  return { from: at * most, to: Math.min(count, (at + 1) * most), count, page: at, pages };
}
