import { formatNumber } from '@backflow/print';
import { css } from './looks.ts';
import type { GradientState, Moment } from './scene-moment.ts';
import { rect } from './scene-primitive.ts';
import { CARD } from './scene-sizes.ts';
import type { CardForm } from './scene-sizes.ts';
import { fitText, line, widthOf } from './scene-text.ts';
import type { FittedText, Measure } from './scene-text.ts';
import type { Box, Pen, ScenePicture } from './scene-types.ts';

/** Numbers are not drawn smaller than this as long as they fit, and never smaller than `TINY`. */
const READABLE = 11;
const TINY = 7;
/** Names are not drawn smaller than this; below it they are shortened. */
const NAME_LEAST = 8;
const UNKNOWN = '—';

/** The texts of one card at one moment. */
export interface CardLines {
  readonly symbol: string;
  readonly title: string;
  /** True if the title is a formula, which says the operation itself. */
  readonly formula: boolean;
  readonly value: string;
  readonly label: string;
  readonly gradient: string;
  /** "1 of 2" while partial, else empty. */
  readonly partial: string;
  readonly state: GradientState;
}

export function cardLines(
  pen: Pen,
  { texts, recording }: ScenePicture,
  moment: Moment,
  node: number,
  state: GradientState,
): CardLines {
  const number = (x: number): string => formatNumber(x, { digits: pen.digits });
  const total = moment.gradient[node];
  const gradient: Record<GradientState, () => string> = {
    none: () => UNKNOWN,
    zero: () => '0',
    partial: () => `${number(total)} + …`,
    final: () => number(total),
  };
  return {
    symbol: texts.symbol(node),
    title: texts.title(node),
    formula: !recording.names.has(node),
    value: moment.valueKnown[node] === 1 ? number(moment.value[node]) : UNKNOWN,
    label: texts.derivative(node),
    gradient: gradient[state](),
    partial: state === 'partial' ? pen.words.partial(moment.reported[node], moment.uses[node]) : '',
    state,
  };
}

/** Where the lines stand, as shares of the card's height. */
export interface CardPlan {
  /**
   * `full`: as designed, with labels. `numbers`: too small for labels, the numbers keep a readable size.
   * `pair`: name and value share a line, the gradient is the other. `bare`: too small for any text.
   */
  readonly kind: 'full' | 'numbers' | 'pair' | 'bare';
  readonly form: CardForm;
  readonly header: number;
  readonly value: number;
  /** The middle of the gradient's label where that has a line of its own. */
  readonly label: number;
  readonly gradient: number;
  readonly band: readonly [number, number];
}

const LABEL_LEAST = 9;
/** The height in pixels that three readable lines take. */
const THREE_LINES = 38;
/** Below this height in pixels two lines would run into each other. */
const TWO_LINES = 20;

/** Chooses the lines that a card of this size has room for. */
export function planOf(form: CardForm, { height }: Box, scale: number): CardPlan {
  if (scale < CARD.full) {
    if (height < THREE_LINES)
      return {
        kind: height < TWO_LINES ? 'bare' : 'pair',
        form,
        header: 0.28,
        value: 0.28,
        label: 0,
        gradient: 0.745,
        band: [0.52, 0.96],
      };
    return { kind: 'numbers', form, header: 0.19, value: 0.5, label: 0, gradient: 0.81, band: [0.65, 0.97] };
  }
  // A card that is taller because of its inputs keeps header and band at the rims.
  const rest = height - CARD[form].height * scale;
  const at = (y: number, share: number): number => (y * scale + rest * share) / height;
  return form === 'row'
    ? {
        kind: 'full',
        form,
        header: at(13, 0),
        value: at(33, 0.6),
        label: 0,
        gradient: at(53.5, 1),
        band: [at(43, 1), at(64, 1)],
      }
    : {
        kind: 'full',
        form,
        header: at(13, 0),
        value: at(32.5, 0.6),
        label: at(50, 1),
        gradient: at(65, 1),
        band: [at(42, 1), at(74.5, 1)],
      };
}

interface RowsInput {
  readonly pen: Pen;
  readonly box: Box;
  readonly texts: CardLines;
  readonly plan: CardPlan;
  readonly leaf: boolean;
  readonly negative: boolean;
}

/** Writes name, value and gradient; returns where the value stands. */
export function drawRows(input: RowsInput): Box | null {
  const { pen, box, texts, plan, leaf, negative } = input;
  if (plan.kind === 'bare') return null;
  const { out, look, measure, scale } = pen;
  const full = plan.kind === 'full';
  const pad = full ? CARD.pad * scale : plan.kind === 'pair' ? 2.5 : 4;
  const left = box.x + pad;
  const right = box.x + box.width - pad;
  const room = right - left;
  const size = full ? Math.max(READABLE, CARD.number * scale) : Math.min(READABLE, 0.42 * box.height);
  const labelSize = Math.max(LABEL_LEAST, CARD.label * scale, pen.least);
  const middle = (share: number): number => box.y + box.height * share;
  const weight = full && (texts.state === 'final' || texts.state === 'partial') ? 600 : 400;

  let value = fitNumber(texts.value, room, size, 400, measure);
  if (plan.kind === 'pair') {
    const { name, number } = namedNumber(texts, value, room, size, measure);
    value = number;
    if (name !== null)
      out.push(
        line(
          left,
          baseline(middle(plan.header), name.size),
          name,
          'start',
          600,
          texts.formula ? look.muted : look.ink,
        ),
      );
  } else drawHeader(input, middle(plan.header), left, right);

  // The gradient, with what it is called and how many uses have reported.
  const inRow = plan.form === 'row' || !full;
  const counted = inRow && texts.partial !== '' ? `${texts.gradient} (${texts.partial})` : texts.gradient;
  let gradient = fitNumber(counted, room, size, weight, measure);
  if (counted !== texts.gradient && (gradient === null || gradient.size < READABLE))
    gradient = fitNumber(texts.gradient, room, size, weight, measure);
  const labels = full ? drawLabels(input, middle, left, right, labelSize, gradient?.width ?? 0) : NO_LABELS;

  const [valueBack, gradientBack] =
    full && plan.form === 'row' && value !== null && gradient !== null
      ? alignment(value, gradient, room - labels.value, room - labels.gradient, measure)
      : [0, 0];
  if (gradient !== null)
    out.push(
      line(
        right - gradientBack,
        baseline(middle(plan.gradient), gradient.size),
        gradient,
        'end',
        weight,
        texts.state === 'none' ? look.muted : look.ink,
        negative && texts.state !== 'none' ? css(look.negativeBand[0]) : null,
      ),
    );
  if (value === null) return null;
  const end = right - valueBack;
  const y = baseline(middle(plan.value), value.size);
  out.push(line(end, y, value, 'end', 400, texts.value === UNKNOWN ? look.muted : look.ink));
  if (leaf && texts.value !== UNKNOWN && plan.kind !== 'pair') {
    // The dotted line says: this number can be taken.
    const x = end - value.width;
    out.push({
      kind: 'path',
      points: [x, y + 3, x, y + 3, end, y + 3, end, y + 3],
      color: look.muted,
      lineWidth: 1,
      dash: [1.5, 2.5],
    });
  }
  return {
    x: end - value.width - 4,
    y: middle(plan.value) - 0.75 * value.size,
    width: value.width + 8,
    height: 1.5 * value.size,
  };
}

/**
 * What stands in the upper line of a small card. A name comes first: the value stands beside it only if both fit, at
 * one size. A node without a name has its operation's symbol there, and its value comes first.
 */
function namedNumber(
  texts: CardLines,
  value: FittedText | null,
  room: number,
  size: number,
  measure: Measure,
): { readonly name: FittedText | null; readonly number: FittedText | null } {
  const text = texts.formula ? texts.symbol : texts.title;
  if (text === '') return { name: null, number: value };
  const across = widthOf(text, size, 600, measure) + widthOf(texts.value, size, 400, measure);
  const shared = Math.min(size, (size * (room - 4)) / across);
  if (shared >= Math.min(size, texts.formula ? TINY : NAME_LEAST))
    return {
      name: fitText(text, room, shared, shared, 600, measure),
      number: fitNumber(texts.value, room, shared, 400, measure),
    };
  if (texts.formula && value !== null) return { name: null, number: value };
  return { name: fitText(text, room, size, NAME_LEAST, 600, measure), number: null };
}

interface LabelWidths {
  /** What the labels take from the rows of value and gradient, with a gap. */
  readonly value: number;
  readonly gradient: number;
}
const NO_LABELS: LabelWidths = { value: 0, gradient: 0 };

function drawLabels(
  { pen, texts, plan, negative }: RowsInput,
  middle: (share: number) => number,
  left: number,
  right: number,
  size: number,
  gradientWidth: number,
): LabelWidths {
  const { out, look, measure } = pen;
  const halo = negative && texts.state !== 'none' ? css(look.negativeBand[0]) : null;
  const room = right - left;
  if (plan.form === 'row') {
    const word = fitText(pen.words.value, room / 2, size, size, 400, measure);
    if (word !== null)
      out.push(line(left, baseline(middle(plan.value), size), word, 'start', 400, look.muted));
    const label = fitText(texts.label, room - gradientWidth - 6, size, size * 0.8, 400, measure);
    const shown = label !== null && label.text === texts.label;
    if (shown)
      out.push(line(left, baseline(middle(plan.gradient), label.size), label, 'start', 400, look.ink, halo));
    return { value: (word?.width ?? 0) + 6, gradient: shown ? label.width + 6 : 0 };
  }
  const y = middle(plan.label);
  const several =
    texts.partial === '' ? null : fitText(`(${texts.partial})`, room, size, size * 0.8, 400, measure);
  const rest = several === null ? room : room - several.width - 4;
  const label = fitText(texts.label, rest, size, size * 0.8, 400, measure);
  if (label !== null && (several === null || label.text === texts.label))
    out.push(line(left, baseline(y, label.size), label, 'start', 400, look.ink, halo));
  if (several !== null) out.push(line(right, baseline(y, several.size), several, 'end', 400, look.ink, halo));
  return NO_LABELS;
}

function drawHeader({ pen, box, texts, plan }: RowsInput, y: number, left: number, right: number): void {
  const { out, look, measure, scale } = pen;
  const full = plan.kind === 'full';
  const size = full ? Math.max(READABLE, CARD.title * scale) : READABLE;
  const least = full ? size * 0.8 : NAME_LEAST;
  /** A name does not become this much smaller for the sake of the chip. */
  const besideChip = full ? least : 9.5;
  const symbolSize = full ? Math.max(10, CARD.symbol * scale, pen.least) : 10;
  const inset = full ? 4.5 * scale : 3;
  const height = full ? Math.max(13, CARD.chipHeight * scale) : 13;
  const gap = full ? 5 * scale : 3;
  /** How far a title may reach into the padding. */
  const spill = full ? 3 * scale : 1.5;
  const fitted =
    texts.symbol === '' ? null : fitText(texts.symbol, right - left, symbolSize, 8, 600, measure);
  let x = left;
  if (fitted !== null) {
    const width = Math.max(height, fitted.width + 2 * CARD.chipPad * Math.min(1, symbolSize / CARD.symbol));
    const chipX = box.x + inset;
    const after = chipX + width + gap;
    const title = fitText(texts.title, right + spill - after, size, besideChip, 600, measure);
    // Where only one of the two fits, a name comes first; on small cards a formula says the operation too.
    if (texts.formula ? full : title !== null && title.text === texts.title) {
      out.push(rect(chipX, y - height / 2, width, height, 4 * Math.min(1.4, scale), { fill: look.chip }));
      out.push(line(chipX + width / 2, baseline(y, fitted.size), fitted, 'middle', 600, look.ink));
      x = after;
    }
  }
  const title = fitText(texts.title, right + spill - x, size, least, 600, measure);
  if (title !== null) out.push(line(x, baseline(y, title.size), title, 'start', 600, look.ink));
}

/** A number is made smaller but never shortened: 0.12… would be another number. */
function fitNumber(
  text: string,
  room: number,
  size: number,
  weight: 400 | 600,
  measure: Measure,
): FittedText | null {
  const fitted = fitText(text, room, size, TINY, weight, measure);
  return fitted !== null && fitted.text === text ? fitted : null;
}

function baseline(middle: number, size: number): number {
  return middle + 0.355 * size;
}

const DECIMAL = /^−?[\d,]+(?:\.(\d+))?$/;

/** How far two right-aligned numbers move left so that their decimal points stand one above the other, if both can. */
function alignment(
  value: FittedText,
  gradient: FittedText,
  valueRoom: number,
  gradientRoom: number,
  measure: Measure,
): readonly [number, number] {
  const above = DECIMAL.exec(value.text);
  const below = DECIMAL.exec(gradient.text);
  if (above === null || below === null || value.size !== gradient.size) return [0, 0];
  const tail = (fraction: string | undefined): number =>
    fraction === undefined ? 0 : measure(`.${fraction}`, value.size, 400);
  const difference = tail(above[1]) - tail(below[1]);
  if (difference > 0) return gradient.width + difference <= gradientRoom ? [0, difference] : [0, 0];
  return value.width - difference <= valueRoom ? [-difference, 0] : [0, 0];
}
