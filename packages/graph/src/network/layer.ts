import { HEAD, placeColumns, unitBox } from './columns.ts';
import type { NetworkColumn } from './columns.ts';
import { pathOf } from './level.ts';
import { inputsOf } from './parts.ts';
import type { NetworkParts } from './parts.ts';
import { NetworkPen } from './pen.ts';
import type { NetworkScene } from './pen.ts';
import { drawEdges, unitNode } from './edges.ts';
import { drawColumn, item } from './scene.ts';
import type { NetworkSceneOptions } from './scene.ts';
import type { Box } from '../scene-types.ts';

/** What the columns of an open layer are called. */
export interface LayerWords {
  readonly neuron: (unit: number) => string;
  readonly bias: string;
  readonly more: (count: string) => string;
}

export interface LayerSceneOptions extends NetworkSceneOptions {
  readonly layer: number;
  readonly layerWords: LayerWords;
}

/** The least room for edges. */
const GAP = 64;
const GAP_CLOSE = 34;

/** One layer: what comes in at the left, each of its neurons with all of its numbers, and where it goes. */
export function layerScene(parts: NetworkParts, options: LayerSceneOptions): NetworkScene {
  const { layer, picture, layerWords } = options;
  const pen = new NetworkPen(options.theme, options.measure, options.numbers, options.selected);
  const form = options.width < 520 ? 'dot' : options.width < 900 ? 'tight' : 'stack';
  const rim = { ...options, width: 10, form } as const;
  const room = picture === null ? rim : options;
  const left = placeColumns(parts, { ...room, layers: [layer, layer] }).columns[0];
  const own = placeColumns(parts, {
    ...rim,
    form: 'stack',
    layers: [layer + 1, layer + 1],
    picture: null,
  });
  const column = own.columns[0];
  const next =
    layer + 1 < parts.layers.length
      ? placeColumns(parts, { ...rim, layers: [layer + 2, layer + 2], picture: null }).columns[0]
      : null;
  const height = own.height;
  if (layer === 0 && picture !== null) return gridScene(pen, parts, left, column, options, height);

  const fields = fieldsOf(parts, options, pen, column.size);
  const table = fields.reduce((sum, { width }) => sum + width, 24);
  const rims = left.width + (next?.width ?? 0);
  const gaps = next === null ? 1 : 2;
  const width = Math.max(options.width, rims + table + gaps * (form === 'stack' ? GAP : GAP_CLOSE) + 36);
  const gap = (width - 36 - rims - table) / gaps;
  const small: NetworkColumn = { ...left, x: 18 + left.width / 2 };
  const rows: NetworkColumn = {
    ...column,
    form: 'line',
    width: table,
    x: 18 + left.width + gap + table / 2,
    row: Math.min(column.row, 44),
  };
  const middle: NetworkColumn = { ...rows, top: topOf(rows, height) };
  const right = next === null ? null : { ...next, x: width - 18 - next.width / 2 };
  drawEdges(pen, parts, small, middle, options);
  if (right !== null) drawEdges(pen, parts, middle, right, options);
  drawColumn(pen, parts, small, 0, options);
  if (right !== null) drawColumn(pen, parts, right, 2, options);
  const start = middle.x - table / 2 + 12;
  let at = start;
  for (const { name, width: wide } of fields) {
    pen.text(at + wide - 10, middle.top - middle.row / 2 - 5, name, {
      size: Math.max(12, 0.75 * column.size),
      color: pen.look.muted,
      anchor: 'end',
      width: wide - 6,
    });
    at += wide;
  }
  const { from, to, pages, count } = middle.page;
  for (let unit = from; unit < to; unit++) {
    const box = unitBox(middle, unit - from);
    frameUnit(pen, parts, options, unit, box, box.height / 2);
    let x = start;
    for (const { name, width: wide, text } of fields) {
      pen.text(name === '' ? x : x + wide - 10, box.y + box.height / 2 + 0.36 * middle.size, text(unit), {
        size: middle.size,
        weight: name === '' ? 600 : 400,
        anchor: name === '' ? 'start' : 'end',
        width: wide - 6,
      });
      x += wide;
    }
  }
  if (pages > 1) {
    const box = unitBox(middle, to - from);
    pen.text(middle.x, box.y + box.height / 2 + 5, `⋮ ${layerWords.more(String(count - (to - from)))}`, {
      size: middle.size,
      anchor: 'middle',
      color: pen.look.muted,
    });
    item(pen, {
      kind: 'more',
      box,
      node: -1,
      layer,
      unit: -1,
      opens: null,
      column: 1,
      text: String(count - (to - from)),
    });
  }
  return pen.scene(width, height);
}

function topOf({ page, row }: NetworkColumn, height: number): number {
  const rows = page.to - page.from + (page.pages > 1 ? 1 : 0);
  return HEAD + Math.max(0, (height - HEAD - 14 - rows * row) / 2) + row / 2;
}

interface Field {
  readonly name: string;
  readonly width: number;
  readonly text: (unit: number) => string;
}

/** The numbers of a neuron, as columns of a table. */
function fieldsOf(
  parts: NetworkParts,
  { layer, layerWords, loss, measure, numbers }: LayerSceneOptions,
  pen: NetworkPen,
  size: number,
): readonly Field[] {
  const { z, a, biases } = parts.layers[layer];
  const number = measure('−0.00000 + …', size, 400) + 14;
  const plain = measure('−0.00000', size, 400) + 18;
  const fields: Field[] = [
    {
      name: '',
      width: measure(layerWords.neuron(Math.max(10, z.length - 1)), size, 600) + 18,
      text: layerWords.neuron,
    },
  ];
  if (biases !== null)
    fields.push({ name: layerWords.bias, width: plain, text: (unit) => pen.valueText(biases[unit]) });
  fields.push({ name: 'z', width: plain, text: (unit) => pen.valueText(z[unit]) });
  if (a[0] !== z[0]) {
    fields.push({ name: 'a', width: plain, text: (unit) => pen.valueText(a[unit]) });
    if (unitNode(parts, layer, 0, numbers) === a[0])
      fields.push({ name: `∂${loss}/∂a`, width: number, text: (unit) => pen.gradientText(a[unit]) });
  }
  fields.push({ name: `∂${loss}/∂z`, width: number, text: (unit) => pen.gradientText(z[unit]) });
  return fields;
}

/** The plate of a neuron: its colour, its ring, and that it can be opened. */
function frameUnit(
  pen: NetworkPen,
  parts: NetworkParts,
  { layer, numbers }: LayerSceneOptions,
  unit: number,
  box: Box,
  radius: number,
  below = 0,
): void {
  const { z, a, biases } = parts.layers[layer];
  const node = unitNode(parts, layer, unit, numbers);
  const fresh = numbers.fresh(z[unit]) ?? numbers.fresh(node);
  if (fresh !== null) pen.glow(box, radius, fresh, below === 0);
  // What is painted below shows through where it has to.
  const field = below === 0 ? box : { ...box, y: box.y + below, height: box.height - below };
  pen.rect(field, radius, pen.fill(a[unit], 2.4 * numbers.activationScale(layer)));
  pen.ring(box, node, 4, radius);
  if ([a[unit], z[unit], biases?.[unit] ?? -1].includes(pen.selected)) pen.frame(box, radius);
  item(pen, {
    kind: 'neuron',
    box,
    node,
    layer,
    unit,
    opens: pathOf({ kind: 'neuron', layer, unit }),
    column: 1,
  });
}

/** A layer over a picture: each neuron with its weights as a picture of the same shape. */
function gridScene(
  pen: NetworkPen,
  parts: NetworkParts,
  left: NetworkColumn,
  column: NetworkColumn,
  options: LayerSceneOptions,
  height: number,
): NetworkScene {
  const { layer, layerWords, numbers, picture, shade } = options;
  const { from, to, pages, count } = column.page;
  const { weights, a } = parts.layers[layer];
  const inputs = inputsOf(parts, layer);
  const tiles = to - from + (pages > 1 ? 1 : 0);
  const image = Math.min(left.width, 200, options.width * 0.2);
  const start = 18 + image + 34;
  const room = Math.max(options.width - start - 14, 280);
  const LINES = 40;
  const high = Math.max(options.height, 260);
  // As many columns as give the largest tiles.
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= tiles; columns++) {
    const rows = Math.ceil(tiles / columns);
    const size = Math.min(room / columns - 16, (high - HEAD) / rows - LINES - 14);
    if (size > best.size) best = { columns, size };
  }
  const size = Math.max(52, Math.min(best.size, 150));
  const columns = Math.max(1, Math.min(best.columns, Math.floor(room / (size + 16))));
  const rows = Math.ceil(tiles / columns);
  const across = Math.max(size, 84) + 16;
  const down = size + LINES + 14;
  const whole = Math.max(height, HEAD + rows * down);
  const top = HEAD - 10 + Math.max(0, (whole - HEAD - rows * down) / 2);
  drawColumn(pen, parts, { ...left, x: 18 + image / 2, width: image, top: (whole + HEAD) / 2 }, 0, options);
  for (let at = 0; at < tiles; at++) {
    const x = start + (at % columns) * across;
    const y = top + Math.floor(at / columns) * down;
    const unit = from + at;
    const box = { x, y, width: across - 12, height: down - 10 };
    if (unit >= to) {
      pen.text(x + box.width / 2, y + box.height / 2, `⋮ ${layerWords.more(String(count - (to - from)))}`, {
        anchor: 'middle',
        color: pen.look.muted,
        width: box.width,
      });
      item(pen, {
        kind: 'more',
        box,
        node: -1,
        layer,
        unit: -1,
        opens: null,
        column: 1,
        text: String(count - (to - from)),
      });
      continue;
    }
    frameUnit(pen, parts, options, unit, box, 7, size + 6);
    const heat = { x: x + (box.width - size) / 2, y: y + 5, width: size, height: size };
    const known = numbers.state(weights[unit * inputs]) === 'final';
    const slopes = shade === 'gradients';
    const values = new Float64Array(inputs);
    for (let k = 0; k < inputs; k++) {
      const place = unit * inputs + k;
      values[k] = slopes ? (known ? numbers.gradient(weights[place]) : 0) : numbers.weight(layer, place);
    }
    pen.heats.push({
      box: heat,
      columns: picture!.width,
      rows: picture!.height,
      values,
      signed: true,
      range: [0, slopes ? numbers.slopeScale : numbers.weightScale(layer)],
    });
    pen.rect(heat, 2, { stroke: pen.look.border });
    const node = unitNode(parts, layer, unit, numbers);
    pen.text(x + box.width / 2, y + size + 19, `${unit}: ${pen.valueText(a[unit])}`, {
      size: 12.5,
      weight: 600,
      anchor: 'middle',
      width: box.width - 6,
    });
    pen.text(x + box.width / 2, y + size + 35, `∂ ${pen.gradientText(node)}`, {
      size: 12,
      anchor: 'middle',
      width: box.width - 6,
    });
  }
  return pen.scene(Math.max(options.width, start + columns * across), whole);
}
