import { formatNumber } from '@backflow/print';
import { css, intensity, signColor } from './looks.ts';
import type { Moment } from './scene-moment.ts';
import { BEND, pathLength, pointAt, pointsAlong, withLead } from './scene-path.ts';
import { line } from './scene-text.ts';
import type { Pen, SceneFrame, ScenePicture } from './scene-types.ts';

/** One use as it will be drawn: its path in pixels and, where there is room, its local derivative. */
export interface EdgeDrawing {
  readonly use: number;
  readonly points: readonly number[];
  readonly label: string | null;
  readonly labelWidth: number;
  readonly labelSize: number;
}

export interface EdgeMarks {
  readonly lifted: boolean;
  /** Part of a path that is pointed out. */
  readonly lit: boolean;
  readonly active: 'forward' | 'backward' | null;
  /** How far the activity has come, 0 to 1. */
  readonly phase: number;
}

const LABEL = 11;

/** The path of one use in pixels; while cards are moving, bent along with its two ends. */
function pathOf(picture: ScenePicture, frame: SceneFrame, use: number): number[] {
  const { layout, uses } = picture;
  const { scale, x, y, moved } = frame;
  const from = layout.routes.start[use];
  const to = layout.routes.start[use + 1];
  const points: number[] = [];
  const last = Math.max(1, to - from - 1);
  for (let p = from; p < to; p++) {
    let px = layout.routes.points[2 * p];
    let py = layout.routes.points[2 * p + 1];
    if (moved !== undefined) {
      const share = (p - from) / last;
      const source = uses.source[use];
      const target = uses.target[use];
      px += (1 - share) * (moved.x[source] - layout.x[source]) + share * (moved.x[target] - layout.x[target]);
      py += (1 - share) * (moved.y[source] - layout.y[source]) + share * (moved.y[target] - layout.y[target]);
    }
    points.push(px * scale + x, py * scale + y);
  }
  return points;
}

/**
 * Paths and labels of the given uses. Labels stand above a level run into the consumer, as long as the longest of
 * the consumer's labels, so that its own curves do not pass under one.
 */
export function edgeDrawings(
  pen: Pen,
  picture: ScenePicture,
  moment: Moment,
  frame: SceneFrame,
  shown: ArrayLike<number>,
): EdgeDrawing[] {
  const { uses, layout, height } = picture;
  const { scale, measure, digits, least } = pen;
  const size = Math.max(least, Math.min(17, Math.max(LABEL, LABEL * scale)));
  const head = headLength(scale);
  const drafts: { use: number; points: number[]; label: string; width: number; room: number }[] = [];
  /** Per consumer, the longest run that one of its labels needs. */
  const leads = new Map<number, number>();
  for (let k = 0; k < shown.length; k++) {
    const use = shown[k];
    const target = uses.target[use];
    const points = pathOf(picture, frame, use);
    const entry = uses.entry[use];
    const labelled =
      frame.moved === undefined &&
      height[target] * scale >= 44 &&
      moment.valueKnown[target] === 1 &&
      moment.live[entry] === 1 &&
      slotSpacing(picture, target) * scale >= size + 1.5;
    let label = labelled ? `×${formatNumber(moment.local[entry], { digits })}` : '';
    const width = label === '' ? 0 : measure(label, size, 400);
    const room = roomOf(points);
    if (width + head + 6 > room) label = '';
    if (label !== '') leads.set(target, Math.max(leads.get(target) ?? 0, width + head + 6));
    drafts.push({ use, points, label, width, room });
  }
  const edges = drafts.map(({ use, points, label, width, room }): EdgeDrawing => {
    const target = uses.target[use];
    const usual = Math.min(
      head + 4,
      0.3 * Math.max(0, layout.x[target] - layout.x[uses.source[use]]) * scale,
    );
    return {
      use,
      points: withLead(points, label === '' ? usual : Math.min(room, leads.get(target) ?? usual)),
      label: label === '' ? null : label,
      labelWidth: width,
      labelSize: size,
    };
  });
  return withoutCrossed(edges, size, head);
}

/** How long a level run into the card can be: all of a level last piece, else what the bend leaves of it. */
function roomOf(points: readonly number[]): number {
  const n = points.length;
  const across = points[n - 2] - points[n - 8];
  return Math.abs(points[n - 1] - points[n - 7]) < 1 ? across : across - BEND;
}

/** The least distance between two arrivals at a card, in layout units. */
function slotSpacing({ layout, uses }: ScenePicture, target: number): number {
  let least = Infinity;
  for (let use = uses.start[target] + 1; use < uses.start[target + 1]; use++)
    least = Math.min(least, layout.ports.target[use] - layout.ports.target[use - 1]);
  return least;
}

/** Labels that another curve would run through are left out; the inspector and the step's label still say it. */
function withoutCrossed(edges: EdgeDrawing[], size: number, head: number): EdgeDrawing[] {
  if (!edges.some(({ label }) => label !== null)) return edges;
  const CELL = 48;
  const keyOf = (column: number, row: number): number => column * 65_536 + row;
  const cells = new Map<number, { readonly x: number; readonly y: number; readonly edge: EdgeDrawing }[]>();
  for (const edge of edges) {
    const along = pointsAlong(edge.points, 24);
    for (let step = 0; step <= 24; step++) {
      const x = along[2 * step];
      const y = along[2 * step + 1];
      const key = keyOf(Math.floor(x / CELL), Math.floor(y / CELL));
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, [{ x, y, edge }]);
      else cell.push({ x, y, edge });
    }
  }
  return edges.map((edge) => {
    if (edge.label === null) return edge;
    const right = edge.points[edge.points.length - 2] - head - 2;
    const bottom = edge.points[edge.points.length - 1] - 3;
    const left = right - edge.labelWidth;
    const top = bottom - 0.72 * size;
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++)
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++)
        for (const { x, y, edge: other } of cells.get(keyOf(column, row)) ?? [])
          if (other !== edge && x > left && x < right && y > top && y < bottom)
            return { ...edge, label: null };
    return edge;
  });
}

/** The length of an arrow head in pixels. */
function headLength(scale: number): number {
  return 8 * Math.min(1.6, Math.max(0.75, scale));
}

/** The line of one use, with its arrow head and what travels on it. */
export function drawEdge(
  pen: Pen,
  picture: ScenePicture,
  moment: Moment,
  edge: EdgeDrawing,
  marks: EdgeMarks,
): void {
  const { out, look, scale, thickness } = pen;
  const entry = picture.uses.entry[edge.use];
  const points = edge.points.slice();
  const tipX = points[points.length - 2];
  const tipY = points[points.length - 1];
  const dead = moment.live[entry] === 0;
  const flowed = moment.flowed[entry] === 1;
  const contribution = moment.contribution[entry];
  const unit = Math.min(1.6, Math.max(0.8, scale));
  const head = headLength(scale);
  points[points.length - 2] = tipX - head * 0.7;

  let color = look.edge;
  let width = 1.4 * unit;
  let dash: readonly number[] | null = null;
  if (dead) {
    color = look.deadEdge;
    dash = [1.5, 4];
  } else if (flowed) {
    color = signColor(contribution, look, look.edge);
    width = (1.4 + 1.8 * intensity(contribution, moment.scale)) * unit;
    if (contribution < 0) dash = [7 * unit, 4 * unit];
  }
  width *= thickness;
  if (marks.lifted) {
    width += 0.9;
    if (!flowed && !dead) color = look.ink;
  }
  if (marks.lit) {
    // Broad enough to be found beside the active edge, and in grey.
    for (const lineWidth of [22, 16, 10])
      out.push({ kind: 'path', points, color: look.activeGlow, lineWidth: lineWidth * unit, dash: null });
  }
  if (marks.active !== null) {
    out.push({ kind: 'path', points, color: look.activeGlow, lineWidth: 11 * unit, dash: null });
    width = Math.max(width, 2.6 * unit * thickness);
    if (marks.active === 'forward') color = look.active;
    else if (!flowed) {
      // It is on its way: solid behind the marker would already say that it arrived.
      color = signColor(contribution, look, look.active);
      if (contribution < 0) dash = [7 * unit, 4 * unit];
    }
  }
  out.push({ kind: 'path', points, color, lineWidth: width, dash });
  const spread = head * 0.48 + width * 0.35;
  out.push({
    kind: 'polygon',
    points: [tipX, tipY, tipX - head, tipY - spread, tipX - head, tipY + spread],
    fill: color,
    stroke: null,
  });
  if (marks.active !== null) drawMarkers(pen, edge.points, marks.active, marks.phase, unit);
}

/** Three small heads running with the values, or one large one carrying the gradient back. */
function drawMarkers(
  pen: Pen,
  points: readonly number[],
  way: 'forward' | 'backward',
  phase: number,
  unit: number,
): void {
  const { out, look } = pen;
  const forward = way === 'forward';
  const size = (forward ? 5 : 8) * unit;
  // The head that carries the gradient stops before the input's card, which would cover its tip.
  const rim = Math.min(0.4, (size + 4) / Math.max(1, pathLength(points)));
  const shares = forward
    ? [0.2, 0.45, 0.7].map((share) => share * 0.6 + phase * 0.4)
    : [1 - rim - (1 - 2 * rim) * phase];
  for (const share of shares) {
    const { x, y, dx, dy } = pointAt(points, share);
    const along = forward ? size : -size;
    const side = size * (forward ? 0.8 : 0.85);
    out.push({
      kind: 'polygon',
      points: [
        x + dx * along,
        y + dy * along,
        x - dx * along - dy * side,
        y - dy * along + dx * side,
        x - dx * along + dy * side,
        y - dy * along - dx * side,
      ],
      fill: look.active,
      stroke: css(look.card),
    });
  }
}

/** The local derivative beside the level end of the line. */
export function drawEdgeLabel(pen: Pen, picture: ScenePicture, moment: Moment, edge: EdgeDrawing): void {
  if (edge.label === null) return;
  const { out, look, scale } = pen;
  const entry = picture.uses.entry[edge.use];
  const x = edge.points[edge.points.length - 2] - headLength(scale) - 2;
  const y = edge.points[edge.points.length - 1] - 4;
  const color = moment.flowed[entry] === 1 ? look.ink : look.muted;
  out.push(
    line(
      x,
      y,
      { text: edge.label, size: edge.labelSize, width: edge.labelWidth },
      'end',
      400,
      color,
      look.background,
    ),
  );
}
