import { formatNumber } from '@backflow/print';
import { pointAt, pointsAlong } from './scene-path.ts';
import type { EdgeDrawing } from './scene-edge.ts';
import type { Active, Moment } from './scene-moment.ts';
import { rect } from './scene-primitive.ts';
import { line } from './scene-text.ts';
import type { Box, Pen, ScenePicture } from './scene-types.ts';

/** What happens on an edge, in one wide form and one narrow one. */
function chipTexts(
  pen: Pen,
  picture: ScenePicture,
  moment: Moment,
  active: Active,
  use: number,
): readonly (readonly string[])[] {
  const { uses } = picture;
  const number = (x: number): string => formatNumber(x, { digits: pen.digits });
  const factor = (x: number): string => (x < 0 ? `(${number(x)})` : number(x));
  const entry = uses.entry[use];
  const contribution = moment.contribution[entry];
  const { upstream = moment.gradient[uses.target[use]], forward = false, replaces = false } = active;
  const product = [number(upstream), `× ${factor(moment.local[entry])}`, `= ${number(contribution)}`];
  const gets = forward ? uses.target[use] : uses.source[use];
  if (active.kind !== 'accumulate' || moment.reported[gets] < 2 || replaces)
    return [[product.join(' ')], product];
  const total = moment.gradient[gets];
  const sum = [number(total - contribution), `+ ${factor(contribution)}`, `= ${number(total)}`];
  return [[product.join(' '), sum.join(' ')], sum];
}

/**
 * The label of the active edge: upstream × local = contribution. It moves with the marker from the consumer to
 * the input and comes to rest where it covers the least; one line or three, whichever fits better.
 */
export function drawChip(
  pen: Pen,
  picture: ScenePicture,
  moment: Moment,
  active: Active,
  edge: EdgeDrawing,
  cards: readonly Box[],
  frame: { readonly width: number; readonly height: number },
  phase: number,
): void {
  const { out, look, measure, scale } = pen;
  const size = Math.max(pen.least, Math.min(20, Math.max(12, 13 * scale)));
  const pad = size * 0.55;
  const step = size * 1.32;
  const anchor = pointAt(edge.points, 0.5);
  const along = pointsAlong(edge.points, 12);
  let best: { box: Box; lines: readonly string[] } | null = null;
  let least = Infinity;
  for (const lines of chipTexts(pen, picture, moment, active, edge.use)) {
    const width = Math.max(...lines.map((text) => measure(text, size, 600))) + 2 * pad;
    const height = lines.length * step + 6;
    for (let dy = -REACH; dy <= REACH; dy += 7)
      for (let dx = -2; dx <= 2; dx++) {
        const x = anchor.x + (dx * width) / 4 - width / 2;
        const y = anchor.y + dy - height / 2;
        const box = {
          x: Math.min(Math.max(4, x), Math.max(4, frame.width - width - 4)),
          y: Math.min(Math.max(4, y), Math.max(4, frame.height - height - 4)),
          width,
          height,
        };
        const cost = costOf(box, cards, along) + Math.abs(dy) * 5 + Math.abs(dx) * 40 + lines.length * 40;
        if (cost < least) {
          least = cost;
          best = { box, lines };
        }
      }
  }
  if (best === null) return;
  const { box, lines } = best;
  // From the consumer's end to the place of rest, level with the marker.
  const start = pointAt(edge.points, 0.9);
  const rest = Math.min(1, phase);
  const x = box.x + (1 - rest) * (start.x - box.width / 2 - box.x);
  const y = box.y + (1 - rest) * (start.y - box.height - 10 - box.y);
  out.push(
    rect(x, y, box.width, box.height, 6, { fill: look.chipOver, stroke: look.background, lineWidth: 1.5 }),
  );
  lines.forEach((text, index) => {
    const width = measure(text, size, 600);
    const single = lines.length === 1;
    out.push(
      line(
        single ? x + box.width / 2 : x + box.width - pad,
        y + 3 + step * index + step / 2 + 0.355 * size,
        { text, size, width },
        single ? 'middle' : 'end',
        600,
        look.chipOverInk,
      ),
    );
  });
}

/** How far from the edge's middle a place is looked for, in pixels. */
const REACH = 126;

/** Covered area of cards, in pixels², and what is covered of the edge itself. */
function costOf(box: Box, cards: readonly Box[], along: Float64Array): number {
  let cost = 0;
  for (const card of cards) {
    const w = Math.min(box.x + box.width, card.x + card.width) - Math.max(box.x, card.x);
    const h = Math.min(box.y + box.height, card.y + card.height) - Math.max(box.y, card.y);
    if (w > 0 && h > 0) cost += w * h;
  }
  for (let at = 0; at < along.length; at += 2) {
    const x = along[at];
    const y = along[at + 1];
    if (x > box.x - 3 && x < box.x + box.width + 3 && y > box.y - 3 && y < box.y + box.height + 3)
      cost += 160;
  }
  return cost;
}
