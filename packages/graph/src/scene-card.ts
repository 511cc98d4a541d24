import { LEAF } from '@backflow/engine';
import { formatNumber } from '@backflow/print';
import { bandColor, css, intensity, signColor } from './looks.ts';
import type { Look } from './looks.ts';
import { GRADIENT_STATES } from './scene-moment.ts';
import type { GradientState, Moment } from './scene-moment.ts';
import type { Primitive } from './scene-primitive.ts';
import { rect } from './scene-primitive.ts';
import { CARD } from './scene-sizes.ts';
import { fitText, line } from './scene-text.ts';
import type { Measure } from './scene-text.ts';
import type { ScenePicture, SceneWords } from './scene.ts';

/** What drawing a card or an edge needs besides the thing itself. */
export interface Pen {
  readonly out: Primitive[];
  readonly look: Look;
  readonly measure: Measure;
  readonly digits: number;
  readonly words: SceneWords;
  /** Pixels per layout unit. */
  readonly scale: number;
}

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CardMarks {
  readonly selected: boolean;
  readonly hovered: boolean;
  /** The way the run is going at this card, if it is here. */
  readonly active: 'forward' | 'backward' | null;
}

/** Numbers are not drawn smaller than this as long as they fit, and never smaller than `TINY`. */
const READABLE = 11;
const TINY = 7.5;
const UNKNOWN = '—';

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
  const radius = Math.min((leaf ? 15 : 7) * scale, box.height / 2.4);

  if (marks.active !== null) drawActive(pen, box, radius, marks.active);
  if (marks.selected) {
    const gap = 3.5;
    out.push(
      rect(box.x - gap, box.y - gap, box.width + 2 * gap, box.height + 2 * gap, radius + gap, {
        stroke: look.selected,
        lineWidth: 2,
      }),
    );
  }
  out.push(
    rect(box.x, box.y, box.width, box.height, radius, {
      fill: css(look.card),
      stroke: settled ? signColor(gradient, look, look.border) : marks.hovered ? look.muted : look.border,
      lineWidth: settled ? 1.2 + 1.3 * intensity(gradient, moment.scale) : marks.hovered ? 1.6 : 1,
      dash: recording.skipped[node] === 1 ? [2, 3] : null,
    }),
  );
  const texts = textsOf(pen, picture, moment, node, state);
  const plan = planOf(picture.form, box, scale);
  return plan.lines === 2
    ? drawTwoLines(pen, box, texts, moment, node)
    : drawLines(pen, box, texts, moment, node, plan, leaf);
}

interface Texts {
  readonly symbol: string;
  readonly title: string;
  readonly value: string;
  readonly label: string;
  readonly gradient: string;
  /** "1 of 2" while partial. */
  readonly partial: string;
  readonly state: GradientState;
}

function textsOf(pen: Pen, picture: ScenePicture, moment: Moment, node: number, state: GradientState): Texts {
  const { texts } = picture;
  const { digits } = pen;
  const number = (x: number): string => formatNumber(x, { digits });
  const partial = state === 'partial';
  return {
    symbol: texts.symbol(node),
    title: texts.title(node),
    value: moment.valueKnown[node] === 1 ? number(moment.value[node]) : UNKNOWN,
    label: texts.derivative(node),
    gradient:
      state === 'none'
        ? UNKNOWN
        : state === 'zero'
          ? '0'
          : partial
            ? `${number(moment.gradient[node])} + …`
            : number(moment.gradient[node]),
    partial: partial ? pen.words.partial(moment.reported[node], moment.uses[node]) : '',
    state,
  };
}

/** Where the lines stand, as shares of the card's height, and which of them there are. */
interface Plan {
  readonly lines: 2 | 3 | 4;
  /** Middle of the header, of the value, of the label and of the gradient. */
  readonly middles: readonly [number, number, number, number];
  readonly band: readonly [number, number];
}

function planOf(form: ScenePicture['form'], box: Box, scale: number): Plan {
  const { height } = box;
  if (height < 35) return { lines: 2, middles: [0, 0, 0, 0], band: [0, 0] };
  const base = CARD[form].height;
  if (form === 'row') {
    if (height < base * 0.7) return { lines: 3, middles: [0.2, 0.5, 0.8, 0.8], band: [0.64, 0.97] };
    // A card that is taller because of its inputs keeps header and band at the rims.
    const unit = Math.min(scale, height / base);
    const rest = height - base * unit;
    const at = (y: number, share: number): number => (y * unit + rest * share) / height;
    return {
      lines: 3,
      middles: [at(13, 0), at(33, 0.6), at(53.5, 1), at(53.5, 1)],
      band: [at(43, 1), at(64, 1)],
    };
  }
  if (height < base * 0.64) return { lines: 3, middles: [0.18, 0.49, 0.81, 0.81], band: [0.65, 0.97] };
  const unit = Math.min(scale, height / base);
  const rest = height - base * unit;
  const at = (y: number, share: number): number => (y * unit + rest * share) / height;
  return {
    lines: 4,
    middles: [at(13, 0), at(32.5, 0.6), at(50, 1), at(65, 1)],
    band: [at(42, 1), at(74.5, 1)],
  };
}

function drawLines(
  pen: Pen,
  box: Box,
  texts: Texts,
  moment: Moment,
  node: number,
  plan: Plan,
  leaf: boolean,
): Box | null {
  const { out, look, measure, scale } = pen;
  const pad = Math.max(4, CARD.pad * scale);
  const left = box.x + pad;
  const right = box.x + box.width - pad;
  const room = right - left;
  const numberSize = Math.max(READABLE, CARD.number * scale);
  const labelSize = Math.max(9, CARD.label * scale);
  const roomy = scale * CARD.label >= 7.5;
  const middle = (share: number): number => box.y + box.height * share;

  drawHeader(pen, box, texts, middle(plan.middles[0]), left, right);
  drawBand(pen, box, plan.band, moment, node, texts.state);

  const stackedLabel = plan.lines === 4;
  const valueLabel =
    stackedLabel || !roomy ? null : fitText(pen.words.value, room, labelSize, 8, 400, measure);
  const valueFits = fitNumber(texts.value, room, numberSize, measure);
  const gradientText =
    texts.partial === '' || stackedLabel ? texts.gradient : `${texts.gradient} (${texts.partial})`;
  let gradientFits = fitNumber(gradientText, room, numberSize, measure);
  if (gradientFits === null || (gradientFits.size < READABLE && gradientText !== texts.gradient))
    gradientFits = fitNumber(texts.gradient, room, numberSize, measure);

  const [valueBack, gradientBack] = stackedLabel
    ? [0, 0]
    : aligned(texts.value, gradientText, numberSize, measure);
  const valueMiddle = middle(plan.middles[1]);
  const gradientMiddle = middle(plan.middles[3]);
  const settled = texts.state === 'final' || texts.state === 'partial';
  let valueBox: Box | null = null;
  if (valueFits !== null) {
    const labelled = valueLabel !== null && valueFits.width + valueLabel.width + 6 <= room;
    if (labelled && valueLabel !== null)
      out.push(line(left, baseline(valueMiddle, valueLabel.size), valueLabel, 'start', 400, look.muted));
    const back =
      valueFits.size === numberSize &&
      valueFits.width + valueBack <= room - (labelled ? (valueLabel?.width ?? 0) + 6 : 0)
        ? valueBack
        : 0;
    const end = right - back;
    out.push(
      line(
        end,
        baseline(valueMiddle, valueFits.size),
        valueFits,
        'end',
        400,
        texts.value === UNKNOWN ? look.muted : look.ink,
      ),
    );
    valueBox = {
      x: end - valueFits.width - 4,
      y: valueMiddle - 0.75 * valueFits.size,
      width: valueFits.width + 8,
      height: 1.5 * valueFits.size,
    };
    if (leaf && texts.value !== UNKNOWN) {
      // The dotted line says: this number can be taken.
      const y = baseline(valueMiddle, valueFits.size) + 3;
      const x = end - valueFits.width;
      out.push({
        kind: 'path',
        points: [x, y, x, y, end, y, end, y],
        color: look.muted,
        lineWidth: 1,
        dash: [1.5, 2.5],
      });
    }
  }
  if (gradientFits !== null) {
    if (stackedLabel) {
      const several =
        texts.partial === '' ? null : fitText(`(${texts.partial})`, room, labelSize, 8, 400, measure);
      const label = fitText(
        texts.label,
        several === null ? room : room - several.width - 4,
        labelSize,
        8.5,
        400,
        measure,
      );
      const y = middle(plan.middles[2]);
      const whole = label !== null && label.text === texts.label;
      if (label !== null && (several === null || whole))
        out.push(line(left, baseline(y, label.size), label, 'start', 400, look.ink));
      if (several !== null) out.push(line(right, baseline(y, several.size), several, 'end', 400, look.ink));
    } else if (roomy) {
      const label = fitText(texts.label, room - gradientFits.width - 6, labelSize, 8, 400, measure);
      if (label !== null && label.text === texts.label)
        out.push(line(left, baseline(gradientMiddle, label.size), label, 'start', 400, look.ink));
    }
    const back =
      gradientFits.size === numberSize && gradientFits.width + gradientBack <= room * 0.6 ? gradientBack : 0;
    out.push(
      line(
        right - back,
        baseline(gradientMiddle, gradientFits.size),
        gradientFits,
        'end',
        settled ? 600 : 400,
        texts.state === 'none' ? look.muted : look.ink,
        settled && moment.gradient[node] < 0 ? css(look.card) : null,
      ),
    );
  }
  return valueBox;
}

function drawHeader(pen: Pen, box: Box, texts: Texts, y: number, left: number, right: number): void {
  const { out, look, measure, scale } = pen;
  let x = left;
  if (texts.symbol !== '') {
    const size = Math.max(9.5, CARD.symbol * scale);
    const height = Math.min(Math.max(13, CARD.chipHeight * scale), box.height * 0.36);
    const pad = (CARD.chipPad * size) / CARD.symbol;
    const inset = Math.max(3, 4.5 * scale);
    const symbol = fitText(texts.symbol, (right - left) * 0.75, size, 7.5, 600, measure);
    if (symbol !== null) {
      const width = Math.max(height, symbol.width + 2 * pad);
      const chipX = box.x + inset;
      out.push(rect(chipX, y - height / 2, width, height, 4 * Math.min(1, scale), { fill: look.chip }));
      out.push(line(chipX + width / 2, baseline(y, symbol.size), symbol, 'middle', 600, look.ink));
      x = chipX + width + Math.max(3, 5 * scale);
    }
  }
  const size = Math.max(READABLE, CARD.title * scale);
  const title = fitText(texts.title, right + 3 - x, size, Math.min(size, 9.5), 600, measure);
  if (title !== null) out.push(line(x, baseline(y, title.size), title, 'start', 600, look.ink));
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
      const part = moment.uses[node] > 0 ? moment.reported[node] / moment.uses[node] : 0;
      out.push(rect(x, y, Math.max(4, width * part), height, radius, { fill, hatch }));
    }
    out.push(rect(x, y, width, height, radius, { stroke: look.border, lineWidth: 1, dash: [3, 3] }));
  }
}

/** A card of 26 to 35 pixels: name and value on one line, the gradient below. */
function drawTwoLines(pen: Pen, box: Box, texts: Texts, moment: Moment, node: number): Box | null {
  const { out, look, measure } = pen;
  drawBand(pen, box, [0.52, 0.96], moment, node, texts.state);
  const left = box.x + 4;
  const right = box.x + box.width - 4;
  const room = right - left;
  const size = Math.min(READABLE, box.height * 0.4);
  const top = box.y + box.height * 0.28;
  const bottom = box.y + box.height * 0.745;
  const value = fitNumber(texts.value, room, size, measure);
  if (value !== null) {
    out.push(
      line(
        right,
        baseline(top, value.size),
        value,
        'end',
        400,
        texts.value === UNKNOWN ? look.muted : look.ink,
      ),
    );
    const title = fitText(texts.title, room - value.width - 4, size, Math.min(size, 9), 600, measure);
    if (title !== null) out.push(line(left, baseline(top, title.size), title, 'start', 600, look.ink));
  }
  const gradient = fitNumber(texts.gradient, room, size, measure);
  if (gradient !== null) {
    const negative = moment.gradient[node] < 0 && texts.state !== 'none' && texts.state !== 'zero';
    out.push(
      line(
        right,
        baseline(bottom, gradient.size),
        gradient,
        'end',
        texts.state === 'final' ? 600 : 400,
        texts.state === 'none' ? look.muted : look.ink,
        negative ? css(look.card) : null,
      ),
    );
  }
  return null;
}

/** The card that the run is at: a glow, and a tab that points the way the run goes. */
function drawActive(pen: Pen, box: Box, radius: number, way: 'forward' | 'backward'): void {
  const { out, look } = pen;
  const gap = 5;
  out.push(
    rect(box.x - gap, box.y - gap, box.width + 2 * gap, box.height + 2 * gap, radius + gap, {
      fill: look.activeGlow,
      stroke: look.active,
      lineWidth: 2.5,
      dash: way === 'forward' ? null : [9, 3],
    }),
  );
  const size = 15;
  const x = way === 'forward' ? box.x - gap : box.x + box.width + gap - size;
  const y = box.y - gap - size + 3;
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
}

function fitNumber(
  text: string,
  room: number,
  size: number,
  measure: Measure,
): { readonly text: string; readonly size: number; readonly width: number } | null {
  // A number is never shortened: 0.12… would be another number.
  const fitted = fitText(text, room, size, TINY, 600, measure);
  return fitted !== null && fitted.text === text ? fitted : null;
}

function baseline(middle: number, size: number): number {
  return middle + 0.355 * size;
}

const DECIMAL = /^−?[\d,]+(?:\.(\d+))?$/;

/** How far two right-aligned numbers have to move left so that their decimal points stand one above the other. */
function aligned(upper: string, lower: string, size: number, measure: Measure): readonly [number, number] {
  const a = DECIMAL.exec(upper);
  const b = DECIMAL.exec(lower);
  if (a === null || b === null) return [0, 0];
  const tail = (fraction: string | undefined): number =>
    fraction === undefined ? 0 : measure(`.${fraction}`, size, 400);
  const difference = tail(a[1]) - tail(b[1]);
  return difference > 0 ? [0, difference] : [-difference, 0];
}
