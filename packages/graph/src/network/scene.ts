import { css } from '../looks.ts';
import type { ThemeName } from '../looks.ts';
import { HEAD, placeColumns, unitBox } from './columns.ts';
import type { ColumnOptions, NetworkColumn } from './columns.ts';
import { drawEdges, unitNode } from './edges.ts';
import type { EdgeOptions } from './edges.ts';
import { pathOf } from './level.ts';
import type { NetworkParts } from './parts.ts';
import { NetworkPen } from './pen.ts';
import type { NetworkItem, NetworkScene } from './pen.ts';

/** The words of a picture of a network. */
export interface NetworkWords {
  readonly inputs: string;
  readonly layer: (number: number) => string;
  readonly outputs: string;
  /** What an activation is called, below the name of its layer. */
  readonly activation: (layer: number) => string;
  readonly units: (count: string, one: boolean) => string;
  readonly loss: string;
  readonly target: string;
  /** How many units are not drawn. */
  readonly more: (count: string) => string;
  /** What a unit of the last layer stands for; null for nothing in particular. */
  readonly output: (unit: number) => string | null;
  readonly input: (unit: number) => string | null;
}

export interface NetworkSceneOptions extends Omit<ColumnOptions, 'layers'>, EdgeOptions {
  readonly theme: ThemeName;
  readonly words: NetworkWords;
  /** Whether brightness goes from −1 to 1. */
  readonly signed: boolean;
  /** What is differentiated, as it is called. */
  readonly loss: string;
}

/** The whole network: a column per layer, units as circles, weights as edges. */
export function networkScene(parts: NetworkParts, options: NetworkSceneOptions): NetworkScene {
  const { columns, width, height } = placeColumns(parts, options);
  const pen = new NetworkPen(options.theme, options.measure, options.numbers, options.selected);
  for (let at = 1; at < columns.length; at++) drawEdges(pen, parts, columns[at - 1], columns[at], options);
  for (const [at, column] of columns.entries()) drawColumn(pen, parts, column, at, options);
  return pen.scene(width, height);
}

/** Draws a column with its name. */
export function drawColumn(
  pen: NetworkPen,
  parts: NetworkParts,
  column: NetworkColumn,
  at: number,
  options: NetworkSceneOptions,
): void {
  const { kind, page, layer } = column;
  drawHead(pen, parts, column, at, options);
  if (kind === 'image') return drawImage(pen, parts, column, at, options);
  if (kind === 'loss') return drawLoss(pen, parts, column, at, options);
  for (let unit = page.from; unit < page.to; unit++) {
    if (kind === 'targets') drawTarget(pen, parts, column, at, unit, options);
    else drawUnit(pen, parts, column, at, unit, options);
  }
  if (page.pages === 1 || kind === 'targets') return;
  const box = unitBox(column, page.to - page.from);
  const label = `⋮ ${options.words.more(String(page.count - (page.to - page.from)))}`;
  pen.text(column.x, box.y + box.height / 2 + 0.35 * column.size, label, {
    size: column.size,
    color: pen.look.muted,
    anchor: 'middle',
    width: column.width + 34,
  });
  const text = String(page.count - (page.to - page.from));
  item(pen, { kind: 'more', box, node: -1, layer, unit: -1, opens: null, column: at, text });
}

/** The name of a column, which opens its layer. */
function drawHead(
  pen: NetworkPen,
  parts: NetworkParts,
  { layer, kind, x, page, size, form, head }: NetworkColumn,
  at: number,
  { words }: NetworkSceneOptions,
): void {
  if (kind === 'targets' || kind === 'loss') return;
  const { length } = parts.layers;
  const isLayer = layer >= 0;
  const name = isLayer
    ? layer === length - 1 && length > 1
      ? words.outputs
      : words.layer(layer + 1)
    : words.inputs;
  const font = Math.max(13, Math.min(size, 18));
  const wide = head;
  const close = form === 'tight' || form === 'dot';
  const second = form === 'dot' ? String(page.count) : words.units(String(page.count), page.count === 1);
  const activation = isLayer && !close ? words.activation(layer) : '';
  pen.text(x, 16, isLayer ? `${name} ▸` : name, { size: font, weight: 600, anchor: 'middle', width: wide });
  pen.text(x, 31, activation === '' ? second : `${second} · ${activation}`, {
    size: Math.max(11.5, Math.min(14, 0.7 * size)),
    color: pen.look.muted,
    anchor: 'middle',
    width: wide,
  });
  if (!isLayer) return;
  const box = { x: x - wide / 2, y: 2, width: wide, height: HEAD - 6 };
  item(pen, {
    kind: 'layer',
    box,
    node: -1,
    layer,
    unit: -1,
    opens: pathOf({ kind: 'layer', layer }),
    column: at,
  });
}

function drawImage(
  pen: NetworkPen,
  parts: NetworkParts,
  column: NetworkColumn,
  at: number,
  { numbers, picture, shade, signed }: NetworkSceneOptions,
): void {
  const { inputs } = parts;
  const box = unitBox(column, 0);
  const { width: columns, height: rows } = picture!;
  const slopes = shade === 'gradients' && numbers.state(inputs[0]) === 'final';
  const values = Float64Array.from(inputs, (node) => (slopes ? numbers.gradient(node) : numbers.value(node)));
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0) || 1;
  pen.heats.push({
    box,
    columns,
    rows,
    values,
    signed: slopes,
    range: slopes ? [0, scale] : [signed ? -1 : 0, 1],
  });
  pen.rect(box, 2, { stroke: pen.look.border });
  const cell = box.width / columns;
  if (cell >= 44) {
    for (let k = 0; k < inputs.length; k++) {
      const [x, y] = [box.x + (k % columns) * cell, box.y + Math.floor(k / columns) * (box.height / rows)];
      const own = { x, y, width: cell, height: box.height / rows };
      if (inputs[k] === pen.selected) pen.rect(own, 2, { stroke: pen.look.active, lineWidth: 3 });
      // A plate of its own: the number stands on black as on white.
      const text = pen.number(values[k]);
      const wide = pen.measure(text, 13, 400) + 10;
      const plate = { x: x + (cell - wide) / 2, y: y + own.height / 2 - 10, width: wide, height: 20 };
      pen.rect(plate, 5, { fill: css(pen.look.card), stroke: pen.look.border });
      pen.text(x + cell / 2, y + own.height / 2 + 4.5, text, { anchor: 'middle' });
      item(pen, { kind: 'input', box: own, node: inputs[k], layer: -1, unit: k, opens: null, column: at });
    }
    return;
  }
  const chosen = inputs.indexOf(pen.selected);
  if (chosen >= 0) {
    const [x, y] = [box.x + (chosen % columns) * cell, box.y + Math.floor(chosen / columns) * cell];
    pen.rect({ x, y, width: cell, height: cell }, 1, { stroke: pen.look.active, lineWidth: 2 });
  }
  item(pen, { kind: 'image', box, node: -1, layer: -1, unit: -1, opens: null, column: at });
}

function drawUnit(
  pen: NetworkPen,
  parts: NetworkParts,
  column: NetworkColumn,
  at: number,
  unit: number,
  { numbers, words }: NetworkSceneOptions,
): void {
  const { layer, form, size, page, row, after } = column;
  const node = unitNode(parts, layer, unit, numbers);
  const shownNode = layer < 0 ? node : parts.layers[layer].a[unit];
  const box = unitBox(column, unit - page.from);
  const { look } = pen;
  const scale = numbers.activationScale(layer);
  const fresh = numbers.fresh(node) ?? (layer < 0 ? null : numbers.fresh(shownNode));
  const own = layer < 0 ? [node] : [node, shownNode, parts.layers[layer].z[unit]];
  const name = layer < 0 ? words.input(unit) : layer === parts.layers.length - 1 ? words.output(unit) : null;
  const { value, slope } = unitTexts(pen, shownNode, node);
  if (form === 'inside') {
    const radius = box.width / 2;
    if (fresh !== null) pen.glow(box, radius, fresh);
    pen.rect(box, radius, pen.fill(shownNode, scale));
    pen.ring(box, node, 6);
    if (own.includes(pen.selected)) pen.frame(box, radius);
    const middle = box.y + radius;
    pen.text(column.x, middle + 4.5, value, {
      size: 14,
      weight: 600,
      anchor: 'middle',
      width: box.width - 8,
      halo: pen.numbers.known(shownNode) && pen.numbers.value(shownNode) < 0,
    });
    pen.text(column.x, box.y + box.height + 16, slope, {
      size: 12,
      anchor: 'middle',
      color: look.muted,
      halo: true,
    });
    if (name !== null && layer >= 0)
      pen.text(box.x + box.width + 7, middle - 6, name, {
        size: 12,
        weight: 600,
        width: Math.max(16, after - 10),
        halo: true,
      });
    else if (name !== null && row >= 2 * radius + 44)
      pen.text(column.x, box.y - 8, name, { size: 12, weight: 600, anchor: 'middle', width: 96, halo: true });
  } else {
    const two = form === 'stack' && row >= 2.35 * size;
    const dot = form === 'dot';
    const circle = Math.min(box.height - 4, (dot ? 1.9 : 1.55) * size);
    const inset = dot ? (box.width - circle) / 2 : 4;
    const disc = { x: box.x + inset, y: box.y + (box.height - circle) / 2, width: circle, height: circle };
    const corner = box.height / 2;
    if (fresh !== null) pen.glow(box, corner, fresh);
    if (!dot) pen.rect(box, corner, { fill: css(look.card), stroke: look.border });
    pen.rect(disc, circle / 2, pen.fill(shownNode, scale));
    pen.ring(disc, node, 4);
    if (own.includes(pen.selected)) pen.frame(box, corner);
    const left = disc.x + circle + 0.45 * size;
    const number = pen.measure(form === 'tight' ? '−0.000' : '−0.00000', size, 400);
    const middle = box.y + box.height / 2 + 0.36 * size;
    if (dot) {
      // The number is in what is said of the circle.
    } else if (two) {
      pen.text(left, middle - 0.6 * size, value, { size, width: number });
      pen.text(left, middle + 0.55 * size, slope, { size: size * 0.9, color: look.muted, width: number + 4 });
    } else {
      pen.text(left, middle, value, { size, width: number });
      if (form === 'line')
        pen.text(left + number + 0.3 * size, middle, slope, {
          size,
          color: look.muted,
          width: number + 0.6 * size,
        });
    }
    if (name !== null) {
      const right = layer >= 0;
      pen.text(right ? box.x + box.width + 5 : box.x - 3, middle, name, {
        size: Math.max(11, size * 0.95),
        weight: 600,
        anchor: right ? 'start' : 'end',
        width: right ? Math.max(12, after - 8) : 16,
        halo: true,
      });
    }
  }
  item(pen, {
    kind: layer < 0 ? 'input' : 'neuron',
    box,
    node,
    layer,
    unit,
    opens: layer < 0 ? null : pathOf({ kind: 'neuron', layer, unit }),
    column: at,
  });
}

/** Numbers of a unit in few digits: all of them are in its particulars. */
function unitTexts(pen: NetworkPen, value: number, slope: number): { value: string; slope: string } {
  return { value: pen.valueText(value, FEW), slope: `∂ ${pen.gradientText(slope, FEW)}` };
}

const FEW = 3;

function drawTarget(
  pen: NetworkPen,
  parts: NetworkParts,
  column: NetworkColumn,
  at: number,
  unit: number,
  { words }: NetworkSceneOptions,
): void {
  const { page, width, row, top, x, size } = column;
  const node = parts.targets[unit];
  const y = top + (unit - page.from) * row;
  const height = Math.min(row - 4, 26);
  const box = { x: x - width / 2, y: y - height / 2, width, height };
  pen.rect(box, 5, { fill: css(pen.look.card), stroke: pen.look.border });
  if (node === pen.selected) pen.frame(box, 5);
  pen.text(x, y + 0.36 * size, pen.valueText(node), { size, anchor: 'middle', width: width - 6 });
  if (unit === page.from)
    pen.text(x, box.y - 6, words.target, {
      size: 11.5,
      color: pen.look.muted,
      anchor: 'middle',
      width: width + 40,
    });
  item(pen, { kind: 'target', box, node, layer: parts.layers.length, unit, opens: null, column: at });
}

function drawLoss(
  pen: NetworkPen,
  parts: NetworkParts,
  column: NetworkColumn,
  at: number,
  { loss, numbers, words }: NetworkSceneOptions,
): void {
  const box = { x: column.x - column.width / 2, y: column.top - 36, width: column.width, height: 72 };
  const node = parts.loss;
  const fresh = numbers.fresh(node);
  if (fresh !== null) pen.glow(box, 9, fresh);
  pen.rect(box, 9, { fill: css(pen.look.card), stroke: pen.look.border });
  if (node === pen.selected) pen.frame(box, 9);
  pen.text(column.x, box.y + 20, `${words.loss} ▸`, {
    size: 13,
    weight: 600,
    anchor: 'middle',
    width: box.width - 8,
  });
  pen.text(column.x, box.y + 42, pen.valueText(node), { size: 17, anchor: 'middle', width: box.width - 10 });
  const slope = box.width < 96 ? '∂' : `∂${loss}/∂${loss}`;
  pen.text(column.x, box.y + 61, `${slope} ${pen.gradientText(node)}`, {
    size: 11.5,
    color: pen.look.muted,
    anchor: 'middle',
    width: box.width - 8,
  });
  item(pen, {
    kind: 'loss',
    box,
    node,
    layer: parts.layers.length,
    unit: -1,
    opens: pathOf({ kind: 'loss' }),
    column: at,
  });
}

/** Notes something that can be pointed at. */
export function item(pen: NetworkPen, of: Omit<NetworkItem, 'id'>): void {
  pen.items.push({ ...of, id: `${of.kind} ${of.column} ${of.layer} ${of.unit} ${of.node}` });
}
