/** A piece of a line of text: subscripts and superscripts are smaller and shifted. */
export interface Run {
  readonly text: string;
  /** Relative to the line's font size. */
  readonly scale: number;
  /** Downward shift of the baseline, relative to the line's font size. */
  readonly shift: number;
}

export type Anchor = 'start' | 'middle' | 'end';
export type Weight = 400 | 600;

/** What a scene is made of, in pixels of the view, y down, painted in order. Colours are CSS colours. */
export type Primitive =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly fill: string | null;
      /** Colour of diagonal stripes over the fill: the second channel of a negative sign. */
      readonly hatch: string | null;
      readonly stroke: string | null;
      readonly lineWidth: number;
      readonly dash: readonly number[] | null;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** The baseline. */
      readonly y: number;
      readonly text: string;
      readonly runs: readonly Run[];
      readonly size: number;
      readonly weight: Weight;
      readonly anchor: Anchor;
      readonly color: string;
      /** Painted around the glyphs, where text stands over lines or stripes. */
      readonly halo: string | null;
      /** The width it was given, by the measure of the scene. */
      readonly width: number;
    }
  | {
      readonly kind: 'path';
      /** The start, then three points for each cubic piece: x, y, x1, y1, x2, y2, x3, y3, … */
      readonly points: readonly number[];
      readonly color: string;
      readonly lineWidth: number;
      readonly dash: readonly number[] | null;
    }
  | {
      /** A filled polygon: arrow heads and travelling markers. */
      readonly kind: 'polygon';
      readonly points: readonly number[];
      readonly fill: string;
      readonly stroke: string | null;
    };

type Rect = Extract<Primitive, { kind: 'rect' }>;

/** A rectangle with the unmentioned parts left out. */
export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  looks: Partial<Pick<Rect, 'fill' | 'hatch' | 'stroke' | 'lineWidth' | 'dash'>>,
): Rect {
  return {
    kind: 'rect',
    x,
    y,
    width,
    height,
    radius: Math.max(0, Math.min(radius, width / 2, height / 2)),
    fill: null,
    hatch: null,
    stroke: null,
    lineWidth: 1,
    dash: null,
    ...looks,
  };
}

/** Stripes of negative bands, in pixels: one line of this width every so many. */
export const HATCH = { step: 5, line: 1.6 } as const;
