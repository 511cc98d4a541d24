/** A cost over one or more numbers. */
export interface Landscape {
  readonly dimensions: number;
  value(point: ArrayLike<number>): number;
  /** The value; writes ∂C/∂x_i into `slope`. */
  slope(point: ArrayLike<number>, slope: Float64Array): number;
}

/** Where the ball is, how high, and how steep it is there. */
export interface DescentStep {
  readonly point: Float64Array;
  readonly cost: number;
  readonly slope: Float64Array;
  /** Length of the step that is taken from here: rate · |∇C|. */
  readonly move: number;
}

/**
 * What a descent comes to. `settled`: it moves no more. `rolling`: it is on its way down. `zigzags`: it goes to and fro, by less
 * and less. `oscillates`: to and fro without coming closer. `explodes`: it gets ever higher. `bottomless`: it falls for ever.
 * `leaves`: it comes to a place without a cost, or a slope. `flat`: it has not moved, as it is level where it began. `creeps`: it
 * moves no more though it is not level, as the rate is too small. `nowhere`: there is no slope, or no cost, where it began.
 */
export const BEHAVIOURS = [
  'settled',
  'rolling',
  'zigzags',
  'oscillates',
  'explodes',
  'bottomless',
  'leaves',
  'flat',
  'creeps',
  'nowhere',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** How the ball rolls. */
export interface DescentOptions {
  readonly rate: number;
  /** At most so many steps. */
  readonly steps: number;
  /** It ends at a step shorter than this: w_new ≈ w_old. */
  readonly tolerance?: number;
}

/** A shorter step is none. */
export const TOLERANCE = 1e-6;
/** Where the slope is at most this, it is level. */
export const LEVEL = 1e-3;
/** What is farther from the start than this, in units of 1 + |start|, will not come back. */
const AWAY = 1e9;

/** The places of x ← x − rate · ∇C, the start first; the last one is that from which no step is taken any more. */
export function descend(
  landscape: Landscape,
  start: ArrayLike<number>,
  { rate, steps, tolerance = TOLERANCE }: DescentOptions,
): readonly DescentStep[] {
  const path: DescentStep[] = [];
  let point = Float64Array.from(start);
  const limit = AWAY * (1 + norm(point));
  for (let taken = 0; taken <= steps; taken++) {
    const slope = new Float64Array(landscape.dimensions);
    const cost = landscape.slope(point, slope);
    const move = Math.abs(rate) * norm(slope);
    path.push({ point, cost, slope, move });
    if (!Number.isFinite(cost) || !Number.isFinite(move) || norm(point) > limit || move < tolerance) break;
    point = point.map((each, i) => each - rate * slope[i]);
  }
  return path;
}

/** What the path that `descend` gave shows. */
export function behaviourOf(path: readonly DescentStep[], tolerance = TOLERANCE): Behaviour {
  const first = path[0];
  const last = path[path.length - 1];
  const lost = !Number.isFinite(last.cost) || !Number.isFinite(last.move);
  if (path.length === 1) {
    if (lost) return 'nowhere';
    if (last.move >= tolerance) return 'rolling';
    return norm(last.slope) <= LEVEL ? 'flat' : 'creeps';
  }
  const away = norm(last.point) > AWAY * (1 + norm(first.point));
  if (lost || away) {
    const end = path.findLast(({ cost }) => Number.isFinite(cost))!;
    if (last.cost === -Infinity || (away && end.cost < first.cost)) return 'bottomless';
    return away || (path.length > 2 && end.cost > first.cost) ? 'explodes' : 'leaves';
  }
  if (last.move < tolerance) return norm(last.slope) <= LEVEL ? 'settled' : 'creeps';
  const before = path[Math.max(0, path.length - 1 - TURNS)];
  if (last.cost > first.cost && last.move > before.move) return 'explodes';
  if (!turns(path)) return 'rolling';
  return last.move > STEADY * before.move ? 'oscillates' : 'zigzags';
}

/** The last so many steps are looked at. */
const TURNS = 6;
/** Over those the steps must get shorter than this share, else they do not get shorter. */
const STEADY = 0.9;

/** True where the slope turned around in all of the last steps, or all but one. */
function turns(path: readonly DescentStep[]): boolean {
  const from = Math.max(1, path.length - TURNS);
  let turned = 0;
  for (let at = from; at < path.length; at++) {
    const [a, b] = [path[at - 1].slope, path[at].slope];
    let product = 0;
    for (let i = 0; i < a.length; i++) product += a[i] * b[i];
    if (product < 0) turned++;
  }
  return path.length - from >= 2 && turned >= path.length - from - 1;
}

function norm(numbers: ArrayLike<number>): number {
  return Math.hypot(...Array.from(numbers));
}
