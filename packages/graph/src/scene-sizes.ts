import { LEAF } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { formatNumber } from '@backflow/print';
import type { Weight } from './scene-primitive.ts';
import { estimateWidth, widthOf } from './scene-text.ts';
import type { Measure } from './scene-text.ts';
import type { CardTexts } from './scene-texts.ts';

/** `row`: label and number on one line. `stacked`: narrower and taller, the label above the number. */
export type CardForm = 'row' | 'stacked';

/** Font sizes and distances of a card, in layout units; at scale 1 these are pixels. */
export const CARD = {
  title: 13,
  number: 13,
  label: 11,
  symbol: 11,
  pad: 8,
  chipHeight: 17,
  chipPad: 5,
  least: 58,
  /** From this scale on a card is drawn as designed; numbers and labels still do not go below their least sizes. */
  full: 0.69,
  row: { height: 68, titleMost: 140 },
  stacked: { height: 78, titleMost: 84 },
  /** Height that one edge's arrival takes, up to `slotsMost` of them. */
  slot: 17,
  slotsMost: 14,
} as const;

/** Above this number of nodes all cards are alike: measuring each text would cost more than it gives. */
const MEASURED_MOST = 4000;

export interface CardSizeOptions {
  readonly form: CardForm;
  readonly texts: CardTexts;
  /** Significant digits of numbers. */
  readonly digits: number;
  /** The finished gradients, so that their numbers fit too. */
  readonly gradient?: Float64Array;
  /** Text for "1 of 2"; nodes used more than once need the room. */
  readonly partial: (reported: number, uses: number) => string;
  /** The word for the row of the value. */
  readonly value: string;
  readonly measure?: Measure;
}

/**
 * Per node, width and height of its card in layout units, such that the texts of the run fit:
 * name, symbol, value, finished gradient, and "7 + … (1 of 2)" where a node is used more than once.
 */
export function cardSizes(
  recording: Recording,
  options: CardSizeOptions,
): { readonly width: Float64Array; readonly height: Float64Array } {
  const { form, texts, digits, gradient, measure = estimateWidth } = options;
  const { count } = recording;
  const width = new Float64Array(count);
  const height = new Float64Array(count);
  const uses = new Int32Array(count);
  for (const input of recording.inputs) if (input >= 0) uses[input]++;
  const numberWidth = (text: string, weight: Weight = 400): number => measure(text, CARD.number, weight);
  /** What a number takes of a card; smaller cards keep their numbers at a readable size, so there is some to spare. */
  const reserve = (width: number): number => Math.max(width, width * 1.45 - CARD.pad);
  const usual = numberWidth(`0.${'0'.repeat(digits)}`);
  const signed = numberWidth(`−0.${'0'.repeat(digits)}`);
  const valueLabel = measure(options.value, CARD.label, 400);
  for (let node = 0; node < count; node++) {
    const base = CARD[form].height;
    const slots = liveSlots(recording, node);
    height[node] = Math.max(base, 10 + CARD.slot * Math.min(slots, CARD.slotsMost));
    if (count > MEASURED_MOST) {
      width[node] = form === 'row' ? 132 : 84;
      continue;
    }
    const symbol = texts.symbol(node);
    const chip = symbol === '' ? 0 : chipWidth(symbol, measure) + 5;
    const title = Math.min(CARD[form].titleMost, widthOf(texts.title(node), CARD.title, 600, measure));
    const label = widthOf(texts.derivative(node), CARD.label, 400, measure);
    const number = Math.max(
      recording.operation[node] === LEAF ? signed : usual,
      numberWidth(formatNumber(recording.value[node], { digits })),
    );
    const total = gradient === undefined ? '' : formatNumber(gradient[node], { digits });
    const finished = Math.max(usual, total === '' ? 0 : numberWidth(total, 600));
    const several = uses[node] > 1 ? options.partial(uses[node] - 1, uses[node]) : '';
    const running =
      several === ''
        ? 0
        : Math.max(numberWidth(`${total} + …`, 600), numberWidth(`−0.${'0'.repeat(digits)} + …`, 600));
    let inner = chip + title;
    if (form === 'row') {
      inner = Math.max(inner, valueLabel + 10 + number, label + 10 + Math.max(finished, running));
      if (several !== '') inner = Math.max(inner, label + 10 + numberWidth(`${total} + … (${several})`, 600));
    } else {
      inner = Math.max(inner, reserve(number), label, reserve(finished), running);
      if (several !== '') inner = Math.max(inner, measure(`(${several})`, CARD.label, 400));
    }
    // Widths in steps, so that neighbours in a column look alike.
    width[node] = Math.max(CARD.least, Math.ceil((inner + 2 * CARD.pad) / 6) * 6);
  }
  return { width, height };
}

function liveSlots(recording: Recording, node: number): number {
  let slots = 0;
  for (let k = recording.inputStart[node]; k < recording.inputStart[node + 1]; k++)
    if (recording.inputs[k] >= 0) slots++;
  return slots;
}

/** The width of the chip that holds an operation's symbol, at scale 1. */
function chipWidth(symbol: string, measure: Measure): number {
  return Math.max(CARD.chipHeight, measure(symbol, CARD.symbol, 600) + 2 * CARD.chipPad);
}
