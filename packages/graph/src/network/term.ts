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
const SIDE = 16;

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

  const gap = Math.max(110, Math.min(220, (options.width - 3 * CARD - 2 * SIDE) / 2));
  const width = Math.max(options.width, 3 * CARD + 2 * gap + 2 * SIDE);
  const high = cardHeight(3);
  const height = Math.max(options.height, HEAD + 2 * high + 60);
  const middle = HEAD + (height - HEAD) / 2;
  const x = (width - 3 * CARD - 2 * gap) / 2;
  const wBox = { x, y: middle - high - 18, width: CARD, height: high };
  const aBox = { x, y: middle + 18, width: CARD, height: high };
  const pBox = { x: x + CARD + gap, y: middle - cardHeight(3) / 2, width: CARD, height: cardHeight(3) };
  const zBox = { x: x + 2 * (CARD + gap), y: middle - cardHeight(2) / 2, width: CARD, height: cardHeight(2) };

  const fresh = numbers.fresh(weight) === 'backward';
  edge(pen, wBox, pBox, -0.2, fresh, `∂(w·a)/∂w = a = ${known ? number(a) : '—'}`, 'above');
  edge(pen, aBox, pBox, 0.2, fresh, `∂(w·a)/∂a = w = ${number(w)}`, 'below');
  edge(pen, pBox, zBox, 0, fresh, '∂z/∂(w·a) = 1', 'above');
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
