/** A point of a path and the direction in which the path runs there. */
export interface PathPoint {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** The point at a share 0 to 1 of a path of cubic pieces (see the primitive `path`), pieces weighted by length. */
export function pointAt(points: readonly number[], share: number): PathPoint {
  const pieces = (points.length - 2) / 6;
  const lengths: number[] = [];
  let total = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const length = roughLength(points, piece * 6);
    lengths.push(length);
    total += length;
  }
  let rest = Math.min(1, Math.max(0, share)) * total;
  let piece = 0;
  while (piece < pieces - 1 && rest > lengths[piece]) rest -= lengths[piece++];
  return cubicAt(points, piece * 6, lengths[piece] > 0 ? Math.min(1, rest / lengths[piece]) : 0);
}

/** Points along a path as x, y, x, y …: at the shares 0, 1/steps, … 1, as `pointAt` has them. */
export function pointsAlong(points: readonly number[], steps: number): Float64Array {
  const along = new Float64Array(2 * (steps + 1));
  const total = pathLength(points);
  let piece = 0;
  let before = 0;
  let length = roughLength(points, 0);
  for (let step = 0; step <= steps; step++) {
    const at = (step / steps) * total;
    while (piece + 13 < points.length && at - before > length) {
      before += length;
      piece += 6;
      length = roughLength(points, piece);
    }
    const t = length > 0 ? Math.min(1, (at - before) / length) : 0;
    const s = 1 - t;
    const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    for (let axis = 0; axis < 2; axis++)
      along[2 * step + axis] =
        a * points[piece + axis] +
        b * points[piece + 2 + axis] +
        c * points[piece + 4 + axis] +
        d * points[piece + 6 + axis];
  }
  return along;
}

/** The length of a path, roughly. */
export function pathLength(points: readonly number[]): number {
  let length = 0;
  for (let at = 0; at + 7 < points.length; at += 6) length += roughLength(points, at);
  return length;
}

/** Half way between chord and control polygon: close enough to weigh pieces. */
function roughLength(points: readonly number[], at: number): number {
  return (leg(points, at, 0, 2) + leg(points, at, 2, 4) + leg(points, at, 4, 6) + leg(points, at, 0, 6)) / 2;
}

function leg(points: readonly number[], at: number, a: number, b: number): number {
  const dx = points[at + b] - points[at + a];
  const dy = points[at + b + 1] - points[at + a + 1];
  // `Math.hypot` guards against overflow, which pixels do not need, and is many times slower.
  return Math.sqrt(dx * dx + dy * dy);
}

function cubicAt(points: readonly number[], at: number, t: number): PathPoint {
  const s = 1 - t;
  const blend = (axis: number): readonly [number, number] => {
    const [a, b, c, d] = [
      points[at + axis],
      points[at + 2 + axis],
      points[at + 4 + axis],
      points[at + 6 + axis],
    ];
    return [
      s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d,
      3 * s * s * (b - a) + 6 * s * t * (c - b) + 3 * t * t * (d - c),
    ];
  };
  const [x, dx] = blend(0);
  const [y, dy] = blend(1);
  const length = Math.hypot(dx, dy) || 1;
  return { x, y, dx: dx / length, dy: dy / length };
}

/** What a curve needs to come to the level of its end, in pixels. */
export const BEND = 10;

/**
 * The path with its end replaced by a level run of `lead` into the card, on which a label can stand beside
 * the line instead of over it. Unchanged where its last piece is too short for that.
 */
export function withLead(points: number[], lead: number): number[] {
  const n = points.length;
  const startX = points[n - 8];
  const startY = points[n - 7];
  const endX = points[n - 2];
  const endY = points[n - 1];
  const room = endX - startX;
  if (lead <= 0 || room < lead + BEND) return points;
  const bendX = endX - lead;
  const reach = (bendX - startX) * 0.5;
  const out = points.slice(0, n - 6);
  out.push(startX + reach, startY, bendX - reach, endY, bendX, endY);
  out.push(bendX + lead / 3, endY, endX - lead / 3, endY, endX, endY);
  return out;
}
