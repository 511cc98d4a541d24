import { FONT, HATCH } from '@backflow/graph';
import type { Primitive, Scene } from '@backflow/graph';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Paints a scene on a canvas; the context is already scaled so that one unit is one pixel of the scene. */
export function paint(context: Context, scene: Scene): void {
  context.save();
  context.globalAlpha = scene.opacity;
  context.lineJoin = 'round';
  context.textBaseline = 'alphabetic';
  for (const primitive of scene.primitives) paintOne(context, primitive);
  context.restore();
}

function paintOne(context: Context, primitive: Primitive): void {
  switch (primitive.kind) {
    case 'rect': {
      const { x, y, width, height, radius, fill, hatch, stroke, lineWidth, dash } = primitive;
      context.beginPath();
      context.roundRect(x, y, width, height, radius);
      if (fill !== null) {
        context.fillStyle = fill;
        context.fill();
      }
      if (hatch !== null) paintHatch(context, primitive, hatch);
      if (stroke !== null) {
        context.strokeStyle = stroke;
        context.lineWidth = lineWidth;
        context.setLineDash(dash === null ? SOLID : [...dash]);
        context.stroke();
      }
      return;
    }
    case 'text': {
      const { halo, color } = primitive;
      // All halos first: a subscript's halo would eat into the letter before it.
      if (halo !== null) {
        context.strokeStyle = halo;
        context.lineWidth = 3;
        context.setLineDash(SOLID);
        paintText(context, primitive, (text, x, y) => context.strokeText(text, x, y));
      }
      context.fillStyle = color;
      paintText(context, primitive, (text, x, y) => context.fillText(text, x, y));
      return;
    }
    case 'path': {
      const { points, color, lineWidth, dash } = primitive;
      context.beginPath();
      context.moveTo(points[0], points[1]);
      for (let k = 2; k + 5 < points.length; k += 6)
        context.bezierCurveTo(
          points[k],
          points[k + 1],
          points[k + 2],
          points[k + 3],
          points[k + 4],
          points[k + 5],
        );
      context.strokeStyle = color;
      context.lineWidth = lineWidth;
      context.setLineDash(dash === null ? SOLID : [...dash]);
      context.stroke();
      return;
    }
    case 'polygon': {
      const { points, fill, stroke } = primitive;
      context.beginPath();
      context.moveTo(points[0], points[1]);
      for (let k = 2; k + 1 < points.length; k += 2) context.lineTo(points[k], points[k + 1]);
      context.closePath();
      context.fillStyle = fill;
      context.fill();
      if (stroke !== null) {
        context.strokeStyle = stroke;
        context.lineWidth = 1;
        context.setLineDash(SOLID);
        context.stroke();
      }
    }
  }
}

const SOLID: number[] = [];

/** How wide the parts of a text with subscripts are, by font and text: the same few stand in every picture. */
const advances = new Map<string, number>();
const ADVANCES_MOST = 4000;

function advanceOf(context: Context, text: string): number {
  const key = `${context.font} ${text}`;
  let advance = advances.get(key);
  if (advance === undefined) {
    advance = context.measureText(text).width;
    if (advances.size >= ADVANCES_MOST) advances.clear();
    advances.set(key, advance);
  }
  return advance;
}

function paintText(
  context: Context,
  { x, y, runs, size, weight, anchor, width }: Extract<Primitive, { kind: 'text' }>,
  put: (text: string, x: number, y: number) => void,
): void {
  if (runs.length === 1) {
    context.textAlign = ALIGN[anchor];
    context.font = `${weight} ${size * runs[0].scale}px ${FONT}`;
    put(runs[0].text, x, y + runs[0].shift * size);
    return;
  }
  context.textAlign = 'left';
  let at = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  for (const run of runs) {
    context.font = `${weight} ${size * run.scale}px ${FONT}`;
    put(run.text, at, y + run.shift * size);
    at += advanceOf(context, run.text);
  }
}

const ALIGN = { start: 'left', middle: 'center', end: 'right' } as const;

/** Diagonal stripes inside the rectangle that is the current path. */
function paintHatch(context: Context, box: Extract<Primitive, { kind: 'rect' }>, color: string): void {
  const { x, y, width, height } = box;
  context.save();
  context.clip();
  context.beginPath();
  const step = HATCH.step * Math.SQRT2;
  for (let at = x - height; at < x + width; at += step) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.strokeStyle = color;
  context.lineWidth = HATCH.line;
  context.setLineDash(SOLID);
  context.stroke();
  context.restore();
}
