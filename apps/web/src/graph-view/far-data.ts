import { GRADIENT_STATES, intensity, LOOKS } from '@backflow/graph';
import type { Look, Moment, Rgb, ScenePicture, ThemeName } from '@backflow/graph';

/**
 * What is drawn from afar, as vertex arrays: a card is one point with the size of the card, a curve a run of line
 * segments. Positions are the host's framed coordinates (see `framed`); y points up there.
 */
export const FRAME_SIZE = 2000;

/** A layout coordinate in the host's frame, of which (0.5, 0.5) is the layout's origin. */
export const framed = {
  x: (x: number): number => 0.5 + x / FRAME_SIZE,
  y: (y: number): number => 0.5 - y / FRAME_SIZE,
} as const;

/** How a point is filled; the second channel beside its colour. */
export const FILL = { hollow: 0, solid: 1, striped: 2, half: 3, halfStriped: 4 } as const;

/** Edges drawn from afar: the ones that carry most. */
export const EDGES_MOST = 4000;
const SEGMENTS = 8;

/** Per node x, y, width and height, the latter two in layout units. */
export function cardPoints(
  { layout, width, height }: ScenePicture,
  at: { readonly x: Float64Array; readonly y: Float64Array } = layout,
): Float32Array {
  const points = new Float32Array(at.x.length * 4);
  for (let node = 0; node < at.x.length; node++)
    points.set([framed.x(at.x[node]), framed.y(at.y[node]), width[node], height[node]], node * 4);
  return points;
}

/** Per node red, green, blue, and an entry of `FILL`. */
export function cardColors(moment: Moment, theme: ThemeName): Uint8Array {
  const look = LOOKS[theme];
  const count = moment.value.length;
  const colors = new Uint8Array(count * 4);
  const border = rgb(look.border);
  for (let node = 0; node < count; node++) {
    const state = GRADIENT_STATES[moment.gradientState[node]];
    const gradient = moment.gradient[node];
    const negative = gradient < 0;
    let color = border;
    let fill: number = FILL.hollow;
    if (state === 'final' || state === 'partial') {
      color = gradient === 0 || Number.isNaN(gradient) ? border : strength(gradient, moment.scale, look);
      if (state === 'final') fill = negative ? FILL.striped : FILL.solid;
      else fill = negative ? FILL.halfStriped : FILL.half;
    } else if (state === 'zero') fill = FILL.solid;
    colors.set([...color, fill], node * 4);
  }
  return colors;
}

/** Line segments of curves: the vertices, and what they belong to. */
export interface CurveLines {
  /** Per vertex x, y, and the distance along the curve in layout units. */
  readonly vertices: Float32Array;
  /** Per vertex, the use it belongs to. */
  readonly use: Int32Array;
}

/** The curves of the given uses. */
export function curveLines(picture: ScenePicture, uses: ArrayLike<number>): CurveLines {
  const { start, points } = picture.layout.routes;
  let pieces = 0;
  for (let k = 0; k < uses.length; k++) pieces += Math.max(0, (start[uses[k] + 1] - start[uses[k]] - 1) / 3);
  const vertices = new Float32Array(pieces * SEGMENTS * 2 * 3);
  const use = new Int32Array(pieces * SEGMENTS * 2);
  let at = 0;
  const put = (x: number, y: number, distance: number, owner: number): void => {
    vertices[3 * at] = framed.x(x);
    vertices[3 * at + 1] = framed.y(y);
    vertices[3 * at + 2] = distance;
    use[at++] = owner;
  };
  for (let k = 0; k < uses.length; k++) {
    let distance = 0;
    for (let p = start[uses[k]]; p + 3 < start[uses[k] + 1]; p += 3) {
      let x = points[2 * p];
      let y = points[2 * p + 1];
      for (let step = 1; step <= SEGMENTS; step++) {
        const t = step / SEGMENTS;
        const s = 1 - t;
        const blend = (axis: number): number =>
          s * s * s * points[2 * p + axis] +
          3 * s * s * t * points[2 * p + 2 + axis] +
          3 * s * t * t * points[2 * p + 4 + axis] +
          t * t * t * points[2 * p + 6 + axis];
        const nextX = blend(0);
        const nextY = blend(1);
        put(x, y, distance, uses[k]);
        distance += Math.hypot(nextX - x, nextY - y);
        put(nextX, nextY, distance, uses[k]);
        x = nextX;
        y = nextY;
      }
    }
  }
  return { vertices, use };
}

/** Per vertex red, green, blue and opacity, then 255 for a dashed line and three unused bytes. */
export function curveColors(
  picture: ScenePicture,
  moment: Moment,
  lines: CurveLines,
  theme: ThemeName,
): Uint8Array {
  const look = LOOKS[theme];
  const { entry } = picture.uses;
  const colors = new Uint8Array(lines.use.length * 8);
  const plain = rgb(look.edge);
  const opacity = entry.length > 1000 ? 90 : 200;
  let last = -1;
  let color: readonly number[] = plain;
  let alpha = opacity;
  let dashed = 0;
  for (let vertex = 0; vertex < lines.use.length; vertex++) {
    const use = lines.use[vertex];
    if (use !== last) {
      last = use;
      const k = entry[use];
      const contribution = moment.contribution[k];
      const flowed = moment.flowed[k] === 1 && contribution !== 0 && !Number.isNaN(contribution);
      color = flowed ? (contribution > 0 ? look.positive : look.negative) : plain;
      dashed = flowed && contribution < 0 ? 255 : 0;
      alpha = flowed
        ? opacity * (0.35 + 0.65 * intensity(contribution, moment.scale))
        : moment.live[k] === 1
          ? opacity * 0.8
          : opacity * 0.35;
    }
    colors.set([color[0], color[1], color[2], alpha, dashed, 0, 0, 0], vertex * 8);
  }
  return colors;
}

/** The uses that are worth drawing from afar: all, or the ones along which most flows. */
export function weightiestUses(picture: ScenePicture, moment: Moment, most = EDGES_MOST): Int32Array {
  const { entry } = picture.uses;
  const all = Int32Array.from(entry, (_, use) => use);
  if (all.length <= most) return all;
  const weight = Float64Array.from(entry, (k) => {
    const flow = moment.flowed[k] === 1 ? moment.contribution[k] : moment.local[k] * 1e-6;
    return Number.isNaN(flow) ? 0 : Math.abs(flow);
  });
  const bar = weight.slice().sort()[weight.length - most];
  return all.filter((use) => weight[use] >= bar).subarray(0, most);
}

function strength(gradient: number, scale: number, look: Look): Rgb {
  const [faint, strong] =
    gradient > 0 ? [look.positiveBand[1], look.positive] : [look.negativeBand[1], look.negative];
  const share = intensity(gradient, scale);
  return [0, 1, 2].map((k) => faint[k] + (strong[k] - faint[k]) * share) as unknown as Rgb;
}

/** `#rrggbb` as numbers. */
function rgb(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
