import type { ThemeName } from '../looks.ts';
import { cardHeight, drawNetworkCard } from './cards.ts';
import { HEAD } from './columns.ts';
import { pathOf } from './level.ts';
import { belowOf, inputsOf } from './parts.ts';
import type { NetworkParts } from './parts.ts';
import { NetworkPen } from './pen.ts';
import type { NetworkNumbers, NetworkScene } from './pen.ts';
import type { Measure } from '../scene-text.ts';
import type { Box } from '../scene-types.ts';

export interface TermWords {
  readonly value: string;
  readonly product: string;
  /** What the product alone contributes to a gradient that has other parts too. */
  readonly part: string;
}

export interface TermSceneOptions {
  readonly theme: ThemeName;
  readonly measure: Measure;
  readonly numbers: NetworkNumbers;
  readonly words: TermWords;
  readonly selected: number;
  readonly width: number;
  readonly height: number;
  readonly layer: number;
  readonly unit: number;
  readonly term: number;
  readonly loss: string;
  readonly name: (node: number) => string;
}

const CARD = 236;
const GAP = 110;
const SIDE = 16;

interface Places {
  readonly wBox: Box;
  readonly aBox: Box;
  readonly pBox: Box;
  readonly zBox: Box;
  readonly width: number;
  readonly height: number;
  readonly down: boolean;
}

type Room = Pick<TermSceneOptions, 'width' | 'height'>;

/** From left to right. */
function placeAcross(options: Room): Places {
  const { width } = options;
  const gap = Math.min(2 * GAP, (width - 3 * CARD - 2 * SIDE) / 2);
  const high = cardHeight(3);
  const height = Math.max(options.height, HEAD + 2 * high + 60);
  const middle = HEAD + (height - HEAD) / 2;
  const x = (width - 3 * CARD - 2 * gap) / 2;
  return {
    wBox: { x, y: middle - high - 18, width: CARD, height: high },
    aBox: { x, y: middle + 18, width: CARD, height: high },
    pBox: { x: x + CARD + gap, y: middle - high / 2, width: CARD, height: high },
    zBox: { x: x + 2 * (CARD + gap), y: middle - cardHeight(2) / 2, width: CARD, height: cardHeight(2) },
    width,
    height,
    down: false,
  };
}

/** From top to bottom, where the three cards do not fit beside each other. */
function placeDown(options: Room): Places {
  const between = 20;
  const card = Math.max(150, Math.min(CARD, (options.width - 2 * 10 - between) / 2));
  const width = Math.max(options.width, 2 * card + between + 2 * 10);
  const [high, last] = [cardHeight(3), cardHeight(2)];
  const least = 2 * high + last + 2 * 40 + 2 * 12;
  const height = Math.max(options.height, least);
  const gap = 40 + Math.min(24, (height - least) / 2);
  const top = (height - 2 * high - last - 2 * gap) / 2;
  const middle = width / 2;
  const whole = Math.min(CARD, width - 20);
  return {
    wBox: { x: middle - between / 2 - card, y: top, width: card, height: high },
    aBox: { x: middle + between / 2, y: top, width: card, height: high },
    pBox: { x: middle - whole / 2, y: top + high + gap, width: whole, height: high },
    zBox: { x: middle - whole / 2, y: top + 2 * (high + gap), width: whole, height: last },
    width,
    height,
    down: true,
  };
}

/** One product of a sum: weight and input, what they make, and what the gradient of the sum gives to each. */
export function termScene(parts: NetworkParts, options: TermSceneOptions): NetworkScene {
  const { layer, unit, term, numbers, words, loss, name } = options;
  const pen = new NetworkPen(options.theme, options.measure, numbers, options.selected);
  const { weights, z } = parts.layers[layer];
  const weight = weights[unit * inputsOf(parts, layer) + term];
  const below = belowOf(parts, layer)[term];
  const sum = z[unit];
  const w = numbers.weight(layer, unit * inputsOf(parts, layer) + term);
  const a = numbers.value(below);
  const known = numbers.known(below);
  // The product passes on once the weight has got its share.
  const passed = numbers.state(weight) === 'final' && numbers.state(sum) === 'final';
  const slope = numbers.gradient(sum);
  const arrived = (part: number): string => (passed ? pen.number(part) : '—');
  const number = (x: number): string => pen.number(x);

  const place = options.width < 3 * CARD + 2 * GAP + 2 * SIDE ? placeDown(options) : placeAcross(options);
  const { wBox, aBox, pBox, zBox, width, height, down } = place;
  const fresh = numbers.fresh(weight) === 'backward';
  const locals = [
    `∂(w·a)/∂w = a = ${known ? number(a) : '—'}`,
    `∂(w·a)/∂a = w = ${number(w)}`,
    '∂z/∂(w·a) = 1',
  ];
  if (down) {
    edgeDown(pen, wBox, pBox, 'left', fresh, locals[0]);
    edgeDown(pen, aBox, pBox, 'right', fresh, locals[1]);
    edgeDown(pen, pBox, zBox, 'middle', fresh, locals[2]);
  } else {
    edge(pen, wBox, pBox, -0.2, fresh, locals[0], 'above');
    edge(pen, aBox, pBox, 0.2, fresh, locals[1], 'below');
    edge(pen, pBox, zBox, 0, fresh, locals[2], 'above');
  }
  const common = { layer, opens: null } as const;
  drawNetworkCard(pen, {
    ...common,
    box: wBox,
    title: name(weight),
    lines: [
      [words.value, number(w)],
      [`${words.part} ∂${loss}/∂z·a`, arrived(slope * a)],
      [`∂${loss}/∂w`, pen.gradientText(weight)],
    ],
    node: weight,
    kind: 'weight',
    unit: term,
    column: 0,
  });
  drawNetworkCard(pen, {
    ...common,
    box: aBox,
    title: name(below),
    lines: [
      [words.value, pen.valueText(below)],
      [`${words.part} ∂${loss}/∂z·w`, arrived(slope * w)],
      [`∂${loss}/∂a`, pen.gradientText(below)],
    ],
    node: below,
    kind: 'input',
    layer: layer - 1,
    unit: term,
    opens: layer === 0 ? null : pathOf({ kind: 'neuron', layer: layer - 1, unit: term }),
    column: 0,
  });
  drawNetworkCard(pen, {
    ...common,
    box: pBox,
    title: 'w · a',
    lines: [
      [`${number(w)} · ${pen.valueText(below)}`, ''],
      [words.product, known ? number(w * a) : '—'],
      [`∂${loss}/∂(w·a)`, arrived(slope)],
    ],
    node: -1,
    kind: 'term',
    unit: term,
    column: 1,
    plain: true,
  });
  drawNetworkCard(pen, {
    ...common,
    box: zBox,
    title: name(sum),
    lines: [
      [words.value, pen.valueText(sum)],
      [`∂${loss}/∂z`, pen.gradientText(sum)],
    ],
    node: sum,
    kind: 'sum',
    unit,
    opens: pathOf({ kind: 'sum', layer, unit }),
    column: 2,
  });
  return pen.scene(width, height);
}

/** A curve between two cards with what it multiplies by. */
function edge(
  pen: NetworkPen,
  from: Box,
  to: Box,
  port: number,
  fresh: boolean,
  text: string,
  side: 'above' | 'below',
): void {
  const [x1, x2] = [from.x + from.width, to.x];
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height * (0.5 + port);
  if (fresh) pen.curve(x1, y1, x2, y2, pen.look.activeGlow, 8);
  pen.curve(x1, y1, x2, y2, pen.look.edge, 1.6);
  pen.text((x1 + x2) / 2, (y1 + y2) / 2 + (side === 'above' ? -16 : 26), text, {
    size: 12.5,
    anchor: 'middle',
    color: pen.look.ink,
    width: Math.max(90, x2 - x1 - 6),
    halo: true,
  });
}

/** The same from top to bottom, with its text beside it. */
function edgeDown(
  pen: NetworkPen,
  from: Box,
  to: Box,
  side: 'left' | 'right' | 'middle',
  fresh: boolean,
  text: string,
): void {
  const centre = to.x + to.width / 2;
  const apart = side === 'left' ? -34 : side === 'right' ? 34 : 0;
  const [x1, x2] = [centre + 1.4 * apart, centre + apart];
  const [y1, y2] = [from.y + from.height, to.y];
  if (fresh) pen.fall(x1, y1, x2, y2, pen.look.activeGlow, 8);
  pen.fall(x1, y1, x2, y2, pen.look.edge, 1.6);
  const left = side === 'left';
  pen.text(left ? x1 - 10 : x1 + 10, (y1 + y2) / 2 + 4, text, {
    size: 12.5,
    anchor: left ? 'end' : 'start',
    color: pen.look.ink,
    width: Math.max(90, left ? x1 - 16 : 2 * centre - x1 - 16),
    halo: true,
  });
}
