import { cardHeight, cellWidths, drawNetworkCard, drawTable } from './cards.ts';
import type { NetworkRow } from './cards.ts';
import { HEAD } from './columns.ts';
import { CURVE, placeNeuron, SIDE_CLOSE } from './neuron-places.ts';
import { pathOf } from './level.ts';
import { belowOf, inputsOf } from './parts.ts';
import type { NetworkParts } from './parts.ts';
import { NetworkPen } from './pen.ts';
import type { NetworkNumbers, NetworkScene } from './pen.ts';
import { rankTerms, sumOfTerms } from './terms.ts';
import type { RankedTerms } from './terms.ts';
import { intensity } from '../looks.ts';
import type { ThemeName } from '../looks.ts';
import type { Measure } from '../scene-text.ts';
import type { Box } from '../scene-types.ts';

/** The words of an open neuron. */
export interface NeuronWords {
  readonly bias: string;
  readonly sum: string;
  readonly slope: string;
  /** "12 more, together": what is not drawn one by one. */
  readonly rest: (count: string) => string;
  /** The heading of those who use the neuron. */
  readonly users: string;
  readonly loss: string;
}

export interface NeuronSceneOptions {
  readonly theme: ThemeName;
  readonly measure: Measure;
  readonly numbers: NetworkNumbers;
  readonly words: NeuronWords;
  readonly selected: number;
  readonly width: number;
  readonly height: number;
  readonly layer: number;
  readonly unit: number;
  /** The terms by size, and which of them are drawn one by one. */
  readonly ranked: RankedTerms;
  readonly from: number;
  readonly to: number;
  /** The same of those who use the neuron. */
  readonly users: number;
  /** What is differentiated, as it is called. */
  readonly loss: string;
  /** What a node is called. */
  readonly name: (node: number) => string;
  /** The activation's name, its curve and its slope; null where a is z, or where it is of more than z. */
  readonly activation: string;
  readonly curve: ((z: number) => number) | null;
  readonly slope: () => number | null;
  /** Whether only the sum is open: no activation, no users. */
  readonly only: boolean;
}

/** The size of the smallest letters of a table. */
const LEAST = 12;
const FEW = 3;

/** A neuron: the products w·a, their sum z, what the activation makes of it, and where that goes. */
export function neuronScene(parts: NetworkParts, options: NeuronSceneOptions): NetworkScene {
  const { layer, unit, numbers, words, loss, only } = options;
  const pen = new NetworkPen(options.theme, options.measure, numbers, options.selected);
  const { z, a } = parts.layers[layer];
  const heads = ['', 'a', 'w', 'w·a', `∂${loss}/∂w`];
  const total = (cells: readonly number[]): number => cells.reduce((sum, cell) => sum + cell, 8);
  const widest = total(cellWidths(pen, heads, termRows(pen, parts, options), LEAST));
  // Where they would be cut off, fewer digits: all of them are in what is told of each row.
  const few = widest > options.width - 2 * SIDE_CLOSE ? FEW : Infinity;
  const rows = termRows(pen, parts, options, few);
  const users = only || layer + 1 >= parts.layers.length ? [] : userRows(pen, parts, options);
  const most = Math.max(rows.length, users.length);
  const height = Math.max(options.height, HEAD + 16 + most * 26);
  const row = Math.min(36, (height - HEAD - 16) / most);
  const size = few === FEW ? 11 : Math.max(LEAST, Math.min(14, 0.5 * row));
  const widths = cellWidths(pen, heads, rows, size);
  const usersHeads = [words.users, `∂${loss}/∂z`, 'w', `∂${loss}/∂z·w`];
  const usersWidths = users.length === 0 ? [] : cellWidths(pen, usersHeads, users, size);
  const activation = !only && a[unit] !== z[unit];
  const ends = !only && layer + 1 === parts.layers.length && parts.loss >= 0;
  const place = placeNeuron(options, {
    table: total(widths),
    rows: rows.length,
    row,
    height,
    users: users.length === 0 ? null : { width: total(usersWidths), rows: users.length },
    cards: [
      cardHeight(2),
      ...(activation ? [cardHeight(3) + (options.curve === null ? 0 : CURVE)] : []),
      ...(ends ? [cardHeight(2)] : []),
    ],
  });
  const { cards: cardBoxes, ways } = place;
  const zBox = cardBoxes[0];
  const boxes = rowBoxes(rows, place.terms, total(widths));
  if (ways.terms === 'across') drawRowEdges(pen, rows, boxes, zBox, 'in');
  else {
    const whole = { ...boxes[0], height: boxes[boxes.length - 1].y + row - boxes[0].y };
    link(pen, whole, zBox, numbers.known(z[unit]) ? numbers.value(z[unit]) : NaN, false);
  }
  drawTable(pen, heads, rows, widths, { ...place.terms, row, column: 0 }, size);
  let port: Box = zBox;
  if (activation) {
    const lines = 3;
    const aBox = cardBoxes[1];
    const fresh = numbers.fresh(z[unit]) === 'backward' || numbers.fresh(a[unit]) === 'forward';
    link(pen, zBox, aBox, numbers.known(a[unit]) ? numbers.value(a[unit]) : NaN, fresh);
    const slope = options.slope();
    drawNetworkCard(pen, {
      box: aBox,
      title: `${options.name(a[unit])} = ${options.activation}(z)`,
      lines: [
        ['a', pen.valueText(a[unit])],
        [words.slope, slope === null || !numbers.known(a[unit]) ? '—' : pen.number(slope)],
        [`∂${loss}/∂a`, pen.gradientText(a[unit])],
      ],
      node: a[unit],
      kind: 'activation',
      layer,
      unit,
      opens: null,
      column: 2,
    });
    if (options.curve !== null) {
      const field = { x: aBox.x + 12, y: aBox.y + cardHeight(lines) - 2, width: aBox.width - 24, height: 58 };
      drawCurve(pen, field, options.curve, numbers.known(z[unit]) ? numbers.value(z[unit]) : NaN);
    }
    port = aBox;
  }
  drawNetworkCard(pen, {
    box: zBox,
    title: options.name(z[unit]),
    lines: [
      [words.sum, pen.valueText(z[unit])],
      [`∂${loss}/∂z`, pen.gradientText(z[unit])],
    ],
    node: z[unit],
    kind: 'sum',
    layer,
    unit,
    opens: only ? null : pathOf({ kind: 'sum', layer, unit }),
    column: 1,
  });
  if (ends) drawEnd(pen, parts, options, cardBoxes[cardBoxes.length - 1], { zBox, port });
  if (place.users !== null) {
    const own = { ...place.users, row, column: 3 };
    const usersBoxes = rowBoxes(users, own, total(usersWidths));
    if (ways.users === 'across') drawRowEdges(pen, users, usersBoxes, port, 'out');
    else link(pen, port, { ...usersBoxes[0], y: usersBoxes[0].y - 20 }, NaN, false);
    drawTable(pen, usersHeads, users, usersWidths, own, size);
  }
  return pen.scene(place.width, place.height);
}

/** What the outputs come to. */
function drawEnd(
  pen: NetworkPen,
  parts: NetworkParts,
  { layer, unit, numbers, words, loss }: NeuronSceneOptions,
  box: Box,
  { zBox, port }: { readonly zBox: Box; readonly port: Box },
): void {
  const { a, z } = parts.layers[layer];
  // What is differentiated may read the sum and pass over the activation.
  const around = a[unit] !== z[unit] && numbers.state(a[unit]) === 'zero';
  const y = box.y + box.height / 2;
  if (box.y >= port.y + port.height) {
    if (!around) link(pen, port, box, NaN, false);
    else {
      const x = Math.max(zBox.x + zBox.width, port.x + port.width) - 10;
      pen.curve(x, zBox.y + zBox.height, x, box.y, pen.look.edge, 1.6);
    }
  } else if (around) {
    const below = Math.max(zBox.y + zBox.height, port.y + port.height) + 26;
    const middle = (zBox.x + zBox.width + box.x) / 2;
    pen.curve(zBox.x + zBox.width, zBox.y + zBox.height - 16, middle, below, pen.look.edge, 1.6);
    pen.curve(middle, below, box.x, y + 12, pen.look.edge, 1.6);
  } else pen.curve(port.x + port.width, port.y + port.height / 2, box.x, y, pen.look.edge, 1.6);
  drawNetworkCard(pen, {
    box,
    title: words.loss,
    lines: [
      [loss, pen.valueText(parts.loss)],
      [`∂${loss}/∂${loss}`, pen.gradientText(parts.loss)],
    ],
    node: parts.loss,
    kind: 'loss',
    layer: parts.layers.length,
    unit: -1,
    opens: pathOf({ kind: 'loss' }),
    column: 3,
  });
}

/** The rows of a sum: its terms, the rest of them as one, and the bias. */
function termRows(
  pen: NetworkPen,
  parts: NetworkParts,
  options: NeuronSceneOptions,
  most = Infinity,
): readonly NetworkRow[] {
  const { layer, unit, ranked, from, to, words, numbers, name } = options;
  const { weights, biases } = parts.layers[layer];
  const inputs = inputsOf(parts, layer);
  const below = belowOf(parts, layer);
  const { order, product } = ranked;
  const known = below.length > 0 && below.every((node) => numbers.known(node));
  const rows: NetworkRow[] = [];
  // Drawn in the order of the layer before, so that its picture is found again.
  for (const k of order.slice(from, to).sort()) {
    const weight = weights[unit * inputs + k];
    rows.push({
      cells: [
        name(below[k]),
        pen.valueText(below[k], most),
        pen.number(numbers.weight(layer, unit * inputs + k), most),
        known ? pen.number(product[k], most) : '—',
        pen.gradientText(weight, most),
      ],
      node: weight,
      kind: 'term',
      layer,
      unit: k,
      opens: pathOf({ kind: 'term', layer, unit, term: k }),
      value: known ? product[k] : NaN,
      fresh: numbers.fresh(weight),
    });
  }
  const rest = inputs - rows.length;
  if (rest > 0) {
    const sum = sumOfTerms(ranked, 0, from) + sumOfTerms(ranked, to);
    rows.push({
      cells: [words.rest(String(rest)), '', '', known ? pen.number(sum, most) : '—', ''],
      node: -1,
      kind: 'rest',
      layer,
      unit,
      opens: pathOf({ kind: 'sum', layer, unit }),
      value: known ? sum : NaN,
      fresh: null,
      text: known ? pen.number(sum, most) : '—',
    });
  }
  if (biases !== null) {
    const bias = biases[unit];
    rows.push({
      cells: [
        words.bias,
        '',
        pen.number(numbers.value(bias), most),
        pen.number(numbers.value(bias), most),
        pen.gradientText(bias, most),
      ],
      node: bias,
      kind: 'bias',
      layer,
      unit,
      opens: null,
      value: numbers.value(bias),
      fresh: numbers.fresh(bias),
    });
  }
  return rows;
}

/** Who uses the neuron, and what each contributes to its gradient. */
function userRows(pen: NetworkPen, parts: NetworkParts, options: NeuronSceneOptions): readonly NetworkRow[] {
  const { layer, unit, numbers, name, users, words } = options;
  const next = parts.layers[layer + 1];
  const inputs = inputsOf(parts, layer + 1);
  const count = next.z.length;
  const weights = Float64Array.from({ length: count }, (_, k) =>
    numbers.weight(layer + 1, k * inputs + unit),
  );
  const slopes = Float64Array.from(next.z, (node) =>
    numbers.state(node) === 'final' ? numbers.gradient(node) : 0,
  );
  const ranked = rankTerms(weights, slopes);
  const chosen = count <= users ? Int32Array.from(weights, (_, k) => k) : ranked.order.slice(0, users).sort();
  const arrived = (k: number): boolean => numbers.state(next.weights[k * inputs + unit]) === 'final';
  const rows: NetworkRow[] = Array.from(chosen, (k) => ({
    cells: [
      name(next.z[k]),
      pen.gradientText(next.z[k]),
      pen.number(weights[k]),
      arrived(k) ? pen.number(ranked.product[k]) : '—',
    ],
    node: next.weights[k * inputs + unit],
    also: [next.z[k], next.a[k]],
    kind: 'use',
    layer: layer + 1,
    unit: k,
    opens: pathOf({ kind: 'neuron', layer: layer + 1, unit: k }),
    value: arrived(k) ? ranked.product[k] : NaN,
    fresh: numbers.fresh(next.weights[k * inputs + unit]) === 'backward' ? 'backward' : null,
  }));
  if (count <= users) return rows;
  let sum = 0;
  let all = true;
  for (const k of ranked.order.slice(users).sort()) {
    sum += ranked.product[k];
    all &&= arrived(k);
  }
  rows.push({
    cells: [words.rest(String(count - users)), '', '', all ? pen.number(sum) : '—'],
    node: -1,
    kind: 'rest',
    layer: layer + 1,
    unit: -1,
    opens: pathOf({ kind: 'layer', layer: layer + 1 }),
    value: all ? sum : NaN,
    fresh: null,
    text: all ? pen.number(sum) : '—',
  });
  return rows;
}

function rowBoxes(
  rows: readonly NetworkRow[],
  { x, top, row }: { readonly x: number; readonly top: number; readonly row: number },
  width: number,
): readonly Box[] {
  return rows.map((_, at) => ({ x, y: top + at * row - row / 2, width, height: row }));
}

/** Curves between the rows of a table and the card that they make up, or that makes them up. */
function drawRowEdges(
  pen: NetworkPen,
  rows: readonly NetworkRow[],
  boxes: readonly Box[],
  card: Box,
  way: 'in' | 'out',
): void {
  const scale = rows.reduce((most, { value }) => Math.max(most, Math.abs(value) || 0), 0);
  rows.forEach(({ value, fresh }, at) => {
    const box = boxes[at];
    const y = box.y + box.height / 2;
    const spread = card.y + (card.height * (at + 0.5)) / rows.length;
    const [x1, y1, x2, y2] =
      way === 'in' ? [box.x + box.width, y, card.x, spread] : [card.x + card.width, spread, box.x, y];
    const { color, width, dash } = pen.stroke(value, scale);
    if (fresh !== null) pen.curve(x1, y1, x2, y2, pen.look.activeGlow, width + 5);
    pen.curve(x1, y1, x2, y2, color, Math.max(0.8, width * (0.5 + 0.5 * intensity(value, scale))), dash);
  });
}

/** From a card to the next one, beside it or below it. */
function link(pen: NetworkPen, from: Box, to: Box, value: number, fresh: boolean): void {
  const { color, dash } = pen.stroke(value, Math.abs(value));
  if (to.y >= from.y + from.height) {
    const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2];
    if (fresh) pen.fall(x1, from.y + from.height, x2, to.y, pen.look.activeGlow, 8);
    pen.fall(x1, from.y + from.height, x2, to.y, color, 2, dash);
    return;
  }
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
  if (fresh) pen.curve(from.x + from.width, y1, to.x, y2, pen.look.activeGlow, 8);
  pen.curve(from.x + from.width, y1, to.x, y2, color, 2, dash);
}

/** A curve with the point where it is right now. */
function drawCurve(pen: NetworkPen, field: Box, curve: (z: number) => number, z: number): void {
  const { look } = pen;
  const reach = Math.max(4, Number.isFinite(z) ? Math.min(1e6, Math.abs(z) * 1.2) : 0);
  const STEPS = 48;
  const values = Array.from({ length: STEPS + 1 }, (_, at) => curve(-reach + (2 * reach * at) / STEPS));
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const across = (at: number): number => field.x + (field.width * (at + reach)) / (2 * reach);
  const down = (value: number): number =>
    field.y + field.height - 3 - ((field.height - 6) * (value - low)) / (high - low || 1);
  pen.line(field.x, down(0), field.x + field.width, down(0), look.border, 1);
  pen.line(across(0), field.y, across(0), field.y + field.height, look.border, 1);
  const points = [across(-reach), down(values[0])];
  for (let at = 1; at <= STEPS; at++) {
    const [x1, y1] = [across(-reach + (2 * reach * (at - 1)) / STEPS), down(values[at - 1])];
    const [x2, y2] = [across(-reach + (2 * reach * at) / STEPS), down(values[at])];
    points.push(
      x1 + (x2 - x1) / 3,
      y1 + (y2 - y1) / 3,
      x1 + (2 * (x2 - x1)) / 3,
      y1 + (2 * (y2 - y1)) / 3,
      x2,
      y2,
    );
  }
  pen.out.push({ kind: 'path', points, color: look.muted, lineWidth: 1.8, dash: null });
  if (!Number.isFinite(z)) return;
  const dot = { x: across(z) - 4.5, y: down(curve(z)) - 4.5, width: 9, height: 9 };
  pen.rect(dot, 4.5, { fill: look.ink, stroke: look.background, lineWidth: 1.5 });
}
