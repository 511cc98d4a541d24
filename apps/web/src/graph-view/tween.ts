import type { Picture } from './picture.ts';

const DURATION_MS = 240;

/** Where the cards stand. */
export interface Positions {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface CardTween {
  /** Where the cards are at a time of the same clock; undefined when they have arrived. */
  at(now: number): Positions | undefined;
}

/** Lets cards that were there before go from where they stand to their new places; null if none has to move. */
export function cardTween(
  before: Picture,
  standing: Positions,
  picture: Picture,
  start: number,
): CardTween | null {
  const { layout, keys } = picture;
  const old = new Map(before.keys.map((key, node) => [key, node]));
  const x = layout.x.slice();
  const y = layout.y.slice();
  let moves = false;
  keys.forEach((key, node) => {
    const was = old.get(key);
    if (was === undefined) return;
    x[node] = standing.x[was];
    y[node] = standing.y[was];
    moves ||= Math.abs(x[node] - layout.x[node]) + Math.abs(y[node] - layout.y[node]) > 0.5;
  });
  if (!moves) return null;
  return {
    at(now) {
      const share = ease((now - start) / DURATION_MS);
      if (share >= 1) return undefined;
      return {
        x: layout.x.map((to, node) => x[node] + (to - x[node]) * share),
        y: layout.y.map((to, node) => y[node] + (to - y[node]) * share),
      };
    },
  };
}

/** Slow at both ends; 0 before, 1 after. */
export function ease(share: number): number {
  const t = Math.min(1, Math.max(0, share));
  return t * t * (3 - 2 * t);
}
