import { isProjected, type Shape } from './shape.ts';

/** How a shape is brought into a box: its pixels are `x · scaleX + left`, `y · scaleY + top`. */
export interface Plane {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
  /** Of the drawing, which may be larger than the box. */
  readonly width: number;
  readonly height: number;
  /** How much there is room for: names, numbers and slopes; names alone; or a dot for each item. */
  readonly detail: 'all' | 'names' | 'dots';
  /** Of the items' text, in pixels. */
  readonly size: number;
  /** Whether the whole of it at a size that can be read would not have fitted. */
  readonly tight: boolean;
}

const MARGIN = 10;

/** Text becomes no smaller than this; on a projector no smaller than the page's. */
const LEAST_TEXT = 11.5;
/** The names alone, where the rest has no room. */
const NAME_TEXT = 12.5;

/**
 * The whole shape in the box, if all its text can then be read; else, as the reader wants it, full size in a drawing
 * that is larger than the box, or the whole of it pressed together: names alone, or dots.
 */
export function planeFor(
  shape: Pick<Shape, 'layout' | 'lettering' | 'label'>,
  box: { readonly width: number; readonly height: number },
  full: boolean,
): Plane {
  const { layout, lettering } = shape;
  const { left, top, right, bottom } = layout.bounds;
  const across = Math.max(1, box.width - 2 * MARGIN);
  const down = Math.max(1, box.height - 2 * MARGIN);
  const wide = Math.max(1, right - left);
  const high = Math.max(1, bottom - top);
  const projected = isProjected(lettering);
  const own = lettering.page / lettering.size;
  const fit = Math.min(across / wide, down / high, 1.5 * own);
  const tight = fit * lettering.size < (projected ? lettering.page : LEAST_TEXT);
  const all = !tight || full;
  const uniform = tight ? own : fit;
  const scaleX = all ? uniform : Math.min(across / wide, own);
  const scaleY = all ? uniform : Math.min(down / high, own);
  const name = projected ? lettering.page : NAME_TEXT;
  // A row of full size is 2.3 lines high.
  const names = 2.3 * lettering.size * scaleY >= 1.5 * name && nameRoom(shape, name) * scaleX >= 1;
  const width = Math.max(box.width, wide * scaleX + 2 * MARGIN);
  const height = Math.max(box.height, high * scaleY + 2 * MARGIN);
  return {
    scaleX,
    scaleY,
    left: (width - wide * scaleX) / 2 - left * scaleX,
    top: (height - high * scaleY) / 2 - top * scaleY,
    width,
    height,
    detail: all ? 'all' : names ? 'names' : 'dots',
    size: all ? uniform * lettering.size : names ? name : lettering.size,
    tight,
  };
}

/** The distance of two columns, as a multiple of what the longest name and an arrow need. */
function nameRoom(
  { layout, lettering, label }: Pick<Shape, 'layout' | 'lettering' | 'label'>,
  size: number,
): number {
  const longest = label.reduce((most, text) => Math.max(most, lettering.measure(text, size, true)), 0);
  const { left, right } = layout.bounds;
  return (right - left) / Math.max(1, layout.layers) / (longest + 2.2 * size);
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

export function placeOf({ layout }: Shape, plane: Plane, item: number): Place {
  return {
    x: layout.x[item] * plane.scaleX + plane.left,
    y: layout.y[item] * plane.scaleY + plane.top,
  };
}

/** Length of an arrow head; dots have none. */
export function headOf(plane: Plane): number {
  return plane.detail === 'dots' ? 0 : 0.5 * plane.size;
}

/** How far an item reaches to either side of its place. */
export function reachOf(shape: Shape, plane: Plane, item: number): number {
  if (plane.detail === 'dots') return 0;
  if (plane.detail === 'all') return (shape.width[item] / 2) * plane.scaleX;
  return shape.lettering.measure(shape.label[item], plane.size, true) / 2 + 0.4 * plane.size;
}

export interface Line {
  /** The path's data, ending at the foot of the head. */
  readonly path: string;
  readonly tip: Place;
}

/** The route of an edge, with a level run into the consumer that its label stands on. */
export function routeOf(shape: Shape, plane: Plane, edge: number, lead: number): Line {
  const { start, points } = shape.layout.routes;
  const route: number[] = [];
  for (let p = start[edge]; p < start[edge + 1]; p++) {
    route.push(points[2 * p] * plane.scaleX + plane.left, points[2 * p + 1] * plane.scaleY + plane.top);
  }
  const n = route.length;
  const tip = { x: route[n - 2], y: route[n - 1] };
  const head = headOf(plane);
  const [fromX, fromY] = [route[n - 8], route[n - 7]];
  const end = tip.x - head;
  const bend = Math.max(fromX + 0.25 * (end - fromX), end - lead);
  const reach = 0.5 * (bend - fromX);
  const pieces = [`M${number(route[0])} ${number(route[1])}`];
  for (let at = 2; at + 6 < n; at += 6)
    pieces.push(
      `C${route
        .slice(at, at + 6)
        .map(number)
        .join(' ')}`,
    );
  pieces.push(`C${[fromX + reach, fromY, bend - reach, tip.y, bend, tip.y].map(number).join(' ')}`);
  pieces.push(`H${number(end)}`);
  return { path: pieces.join(''), tip };
}

/** A plain curve between two places, for what is moving or pressed together. */
export function curveBetween(shape: Shape, plane: Plane, edge: number, input: Place, consumer: Place): Line {
  const { layout, to, from } = shape;
  const apart = plane.detail === 'all' ? plane.scaleY : plane.detail === 'names' ? 0.35 : 0;
  const x0 = input.x + reachOf(shape, plane, to[edge]);
  const x1 = consumer.x - reachOf(shape, plane, from[edge]);
  const y0 = input.y + layout.ports.source[edge] * apart;
  const y1 = consumer.y + layout.ports.target[edge] * apart;
  const end = x1 - headOf(plane);
  const bend = 0.5 * (end - x0);
  // Without room for ports, edges between the same two items bulge.
  const bulge = plane.detail === 'dots' ? shape.apart[edge] * Math.min(16, 0.45 * Math.abs(end - x0)) : 0;
  return {
    path: `M${number(x0)} ${number(y0)}C${[x0 + bend, y0 + bulge, end - bend, y1 + bulge, end, y1].map(number).join(' ')}`,
    tip: { x: x1, y: y1 },
  };
}

export function number(value: number): string {
  return value.toFixed(1);
}
