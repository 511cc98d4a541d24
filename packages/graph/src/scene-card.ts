import { LEAF } from '@backflow/engine';
import { bandColor, css, intensity, signColor } from './looks.ts';
import { GRADIENT_STATES } from './scene-moment.ts';
import type { GradientState, Moment } from './scene-moment.ts';
import { rect } from './scene-primitive.ts';
import { cardLines, drawRows, planOf } from './scene-rows.ts';
import type { Box, Pen, ScenePicture } from './scene-types.ts';

export interface CardMarks {
  readonly selected: boolean;
  readonly hovered: boolean;
  /** The way the run is going at this card, if it is here. */
  readonly active: 'forward' | 'backward' | null;
}

/** Draws a card into its box; returns where its value stands (for dragging), null if it is not drawn. */
export function drawCard(
  pen: Pen,
  picture: ScenePicture,
  moment: Moment,
  node: number,
  box: Box,
  marks: CardMarks,
): Box | null {
  const { look, scale, out } = pen;
  const { recording } = picture;
  const leaf = recording.operation[node] === LEAF;
  const state = GRADIENT_STATES[moment.gradientState[node]];
  const gradient = moment.gradient[node];
  const settled = state === 'final' && gradient !== 0;
  const radius = cornerRadius(leaf, box, scale);

  out.push(
    rect(box.x, box.y, box.width, box.height, radius, {
      fill: css(look.card),
      stroke: settled ? signColor(gradient, look, look.border) : marks.hovered ? look.muted : look.border,
      lineWidth: settled ? 1.2 + 1.3 * intensity(gradient, moment.scale) : marks.hovered ? 1.6 : 1,
      dash: recording.skipped[node] === 1 ? [2, 3] : null,
    }),
  );
  const texts = cardLines(pen, picture, moment, node, state);
  const plan = planOf(picture.form, box, scale);
  drawBand(pen, box, plan.band, moment, node, state);
  return drawRows({ pen, box, texts, plan, leaf, negative: gradient < 0 });
}

/** The field behind the gradient: hollow, filling up, or full; striped where the gradient is negative. */
function drawBand(
  pen: Pen,
  box: Box,
  share: readonly [number, number],
  moment: Moment,
  node: number,
  state: GradientState,
): void {
  const { out, look, scale } = pen;
  const inset = Math.max(2, 3 * scale);
  const x = box.x + inset;
  const y = box.y + box.height * share[0];
  const width = box.width - 2 * inset;
  const height = box.height * (share[1] - share[0]);
  const radius = 5 * scale;
  const gradient = moment.gradient[node];
  const fill = bandColor(gradient, moment.scale, look);
  const hatch = gradient < 0 ? look.negativeHatch : null;
  if (state === 'final') out.push(rect(x, y, width, height, radius, { fill, hatch }));
  else if (state === 'zero') out.push(rect(x, y, width, height, radius, { fill: look.zeroBand }));
  else {
    if (state === 'partial') {
      // Pale, with a bar that grows from use to use.
      const [faint] = gradient < 0 ? look.negativeBand : look.positiveBand;
      out.push(
        rect(x, y, width, height, radius, { fill: gradient === 0 ? look.zeroBand : css(faint), hatch }),
      );
      const part = moment.uses[node] > 0 ? moment.reported[node] / moment.uses[node] : 0;
      const bar = Math.max(2, 3 * scale);
      out.push(
        rect(x, y + height - bar, width * part, bar, bar / 2, {
          fill: signColor(gradient, look, look.border),
        }),
      );
    }
    out.push(rect(x, y, width, height, radius, { stroke: look.border, lineWidth: 1, dash: [3, 3] }));
  }
}

/** Leaves are rounder than results. */
function cornerRadius(leaf: boolean, box: Box, scale: number): number {
  return Math.min((leaf ? 15 : 7) * scale, box.height / 2.4);
}

/** What goes around a card and below the edges: the glow where the run is, the frame of the selection. */
export function drawRing(pen: Pen, leaf: boolean, box: Box, marks: CardMarks): void {
  const { out, look, scale } = pen;
  const radius = cornerRadius(leaf, box, scale);
  const around = (gap: number, looks: Parameters<typeof rect>[5]): void => {
    out.push(rect(box.x - gap, box.y - gap, box.width + 2 * gap, box.height + 2 * gap, radius + gap, looks));
  };
  if (marks.active !== null)
    around(5, {
      fill: look.activeGlow,
      stroke: look.active,
      lineWidth: 2.5,
      dash: marks.active === 'forward' ? null : [9, 3],
    });
  if (marks.selected) around(3.5, { stroke: look.selected, lineWidth: 2 });
}

/** A tab on the card where the run is, pointing the way the run goes; returns the room it takes. */
export function drawTab(pen: Pen, box: Box, way: 'forward' | 'backward'): Box {
  const { out, look } = pen;
  const size = 15;
  // Beside the card's upper corner: above it there may be another card, beside it is the gap between columns.
  const x = way === 'forward' ? box.x - 6 - size : box.x + box.width + 6;
  const y = box.y - size + 2;
  out.push(rect(x, y, size, size, 4, { fill: look.active }));
  const middle = x + size / 2;
  const tip = way === 'forward' ? 4 : -4;
  const center = y + size / 2;
  out.push({
    kind: 'polygon',
    points: [middle + tip, center, middle - tip, center - 4.5, middle - tip, center + 4.5],
    fill: css(look.card),
    stroke: null,
  });
  return { x, y, width: size, height: size };
}
