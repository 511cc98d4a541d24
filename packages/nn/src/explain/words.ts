/**
 * How much a weight should change, next to the one that should change most: not at all, hardly, a little, somewhat, a lot.
 */
export const WISH_SIZES = ['none', 'hardly', 'little', 'somewhat', 'lot'] as const;
export type WishSize = (typeof WISH_SIZES)[number];

/** From this share of the largest wish on each word holds; `hardly` is any smaller wish but 0. */
export const WISH_THRESHOLDS = { little: 0.01, somewhat: 0.2, lot: 0.5 } as const;

/**
 * The word for a wish by its share of the largest one; next to an infinite one any finite wish is `hardly`. NaN is `lot`:
 * something is wrong with it, and it must be seen.
 */
export function wishSize(wish: number, largest: number): WishSize {
  if (wish === 0) return 'none';
  const share = Math.abs(wish) / Math.abs(largest);
  if (share < WISH_THRESHOLDS.little) return 'hardly';
  if (share < WISH_THRESHOLDS.somewhat) return 'little';
  if (share < WISH_THRESHOLDS.lot) return 'somewhat';
  return 'lot';
}

/** How many times more the cost does for the same small nudge: |a| / |b|; ∞ where only b is 0, NaN where both are. */
export function sensitivityRatio(a: number, b: number): number {
  return Math.abs(a) / Math.abs(b);
}
