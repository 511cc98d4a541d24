import type { NetworkParts } from './parts.ts';
import { pageOf, UNITS_MOST } from './terms.ts';
import type { Page } from './terms.ts';
import type { Measure } from '../scene-text.ts';
import type { Box } from '../scene-types.ts';

/**
 * How a column draws its units: their numbers in large circles, or beside small ones in one line or in two; where there is
 * little room only the value, or nothing but the circle.
 */
export type UnitForm = 'inside' | 'line' | 'stack' | 'tight' | 'dot';

/** One column of a picture of a network. */
export interface NetworkColumn {
  /** −1 for the inputs, the number of layers for what follows the last one. */
  readonly layer: number;
  readonly kind: 'image' | 'units' | 'targets' | 'loss';
  readonly page: Page;
  readonly form: UnitForm;
  /** The middle, and how much room a unit takes. */
  readonly x: number;
  readonly width: number;
  readonly row: number;
  /** The middle of the first row. */
  readonly top: number;
  readonly size: number;
  /** How wide its name may be. */
  readonly head: number;
  /** The room behind it. */
  readonly after: number;
}

export interface ColumnOptions {
  readonly width: number;
  readonly height: number;
  /** The shape of the input where it is a picture. */
  readonly picture: { readonly width: number; readonly height: number } | null;
  /** Which page of a folded layer is shown; −1 for the inputs. */
  readonly page: (layer: number) => number;
  /** No text is smaller, in pixels. */
  readonly readable: number;
  readonly measure: Measure;
  /** What stands behind the outputs. */
  readonly words?: { readonly output: (unit: number) => string | null };
  /** The layers to be drawn, by default all; what comes after the last one only if it is drawn. */
  readonly layers?: readonly [number, number];
  /** How units are drawn, by default as there is room. */
  readonly form?: 'stack' | 'tight' | 'dot';
}

/** The room above the columns for their names, and below them. */
export const HEAD = 40;
const FOOT = 14;
const LARGE = 30;

/** The forms by the room that they take, with the least gap between two columns of units. */
const FORMS: readonly { readonly form: UnitForm; readonly gap: number; readonly side: number }[] = [
  { form: 'line', gap: 74, side: 28 },
  { form: 'stack', gap: 46, side: 28 },
  { form: 'tight', gap: 40, side: 12 },
  { form: 'dot', gap: 30, side: 8 },
];

/** What a column draws at a size of letters takes so much width. */
function widthOfForm(form: UnitForm, size: number, measure: Measure): number {
  const number = measure('−0.00000', size, 400);
  const circle = 1.7 * size;
  if (form === 'dot') return Math.max(22, circle);
  if (form === 'tight') return circle + measure('−0.000', size, 400) + 0.9 * size;
  return form === 'line' ? circle + 2 * number + 1.8 * size : circle + number + 1.2 * size;
}

/**
 * Places the columns of a network from left to right. Where there is no room for all of them the picture is wider than
 * asked for, and where rows would be too low it is higher.
 */
export function placeColumns(
  parts: NetworkParts,
  options: ColumnOptions,
): { readonly columns: readonly NetworkColumn[]; readonly width: number; readonly height: number } {
  const { picture, page, readable, measure } = options;
  const [first, last] = options.layers ?? [0, parts.layers.length];
  const font = Math.max(11, readable);
  const least = 1.75 * font;
  const counts: { layer: number; kind: NetworkColumn['kind']; page: Page }[] = [];
  const roomFor = Math.floor((options.height - HEAD - FOOT) / least);
  const most = Math.max(6, Math.min(UNITS_MOST, font > 13 ? roomFor - 1 : UNITS_MOST));
  for (let layer = first - 1; layer < Math.min(last, parts.layers.length); layer++) {
    const count = layer < 0 ? parts.inputs.length : parts.layers[layer].z.length;
    if (layer < 0 && picture !== null) counts.push({ layer, kind: 'image', page: pageOf(count, count, 0) });
    else counts.push({ layer, kind: 'units', page: pageOf(count, most, page(layer)) });
  }
  if (last >= parts.layers.length && parts.loss >= 0) {
    const { length } = parts.targets;
    const outputs = counts[counts.length - 1];
    const aligned = length === outputs.page.count ? outputs.page : pageOf(length, most, 0);
    if (length > 0) counts.push({ layer: parts.layers.length, kind: 'targets', page: aligned });
    counts.push({ layer: parts.layers.length, kind: 'loss', page: pageOf(1, 1, 0) });
  }
  const rowsOf = (of: Page): number => of.to - of.from + (of.pages > 1 ? 1 : 0);
  const rows = Math.max(...counts.map(({ page: of }) => rowsOf(of)).filter((count) => count < 100), 1);
  const height = Math.max(options.height, HEAD + FOOT + rows * least);
  const room = height - HEAD - FOOT;

  const place = ({ form, gap, side }: (typeof FORMS)[number], fill: boolean) => {
    const close = form === 'tight' || form === 'dot';
    const columns = counts.map(({ layer, kind, page: of }): Omit<NetworkColumn, 'x' | 'head' | 'after'> => {
      const count = kind === 'image' ? 1 : rowsOf(of);
      const row = Math.min(room / Math.max(1, count), 118);
      const large =
        kind === 'units' && row >= 2 * LARGE + 26 && of.pages === 1 && font <= 13 && form !== 'dot';
      const size = close ? font : Math.max(font, Math.min(font > 13 ? 24 : 13, row * 0.52));
      const image = close
        ? Math.max(64, Math.min(room * 0.72, options.width * 0.16))
        : Math.max(96, Math.min(room * 0.72, options.width * 0.22, 250));
      const own: Record<NetworkColumn['kind'], number> = {
        image,
        units: large ? 2 * LARGE : widthOfForm(form, size, measure),
        targets: close ? 30 : Math.max(34, measure('−0.0000', size, 400)),
        loss: form === 'dot' ? 74 : close ? 84 : Math.max(96, measure('∂loss/∂loss', 13, 600)),
      };
      return {
        layer,
        kind,
        page: of,
        form: large ? 'inside' : form,
        width: own[kind],
        row,
        top: HEAD + (room - row * count) / 2 + row / 2,
        size,
      };
    });
    const [least, weights] = [new Float64Array(columns.length), new Float64Array(columns.length)];
    // Where many edges cross they need the most room; those to what is wanted and to the loss lie side by side.
    for (let at = 1; at < columns.length; at++) {
      const [left, right] = [columns[at - 1], columns[at]];
      const wires = right.kind !== 'units';
      const names = right.kind === 'targets' ? nameRoom(left, options, close) : 0;
      least[at] = wires
        ? Math.min(gap, form === 'dot' ? 14 : close ? 17 : 28)
        : left.kind === 'image'
          ? Math.min(gap, 30)
          : gap;
      least[at] = Math.max(least[at], names);
      const edges = rowsOf(left.page) * rowsOf(right.page);
      weights[at] = wires
        ? 0.5
        : left.kind === 'image'
          ? 0.8
          : Math.max(0.8, Math.min(2, Math.sqrt(edges) / 8));
    }
    const total = (of: Float64Array): number => of.reduce((sum, one) => sum + one, 0);
    const used = columns.reduce((sum, { width }) => sum + width, 0) + 2 * side + total(least);
    const spare = Math.max(0, options.width - used) / (total(weights) || 1);
    const gaps = least.map((one, at) => one + (fill ? spare * weights[at] : 0));
    let at = side;
    const placed = columns.map((column, index): NetworkColumn => {
      at += gaps[index];
      const x = at + column.width / 2;
      at += column.width;
      const beside = (index === 0 ? side : gaps[index] / 2) + (gaps[index + 1] ?? 2 * side) / 2;
      return {
        ...column,
        x,
        head: Math.min(column.width + 30, column.width + beside - 4),
        after: gaps[index + 1] ?? side,
      };
    });
    return { columns: placed, used, width: at + side };
  };
  const forms = FORMS.filter(({ form }) => form === (options.form ?? form));
  const form = forms.map((one) => place(one, true)).find(({ used }) => used <= options.width);
  if (form !== undefined) return { columns: form.columns, width: options.width, height };
  // What does not fit at all is as wide as can be read.
  const { columns, width } = place(
    options.form === undefined ? FORMS[options.width < 700 ? 2 : 1] : forms[0],
    false,
  );
  return { columns, width: Math.max(options.width, width), height };
}

/** How much room the names of a column's units need behind it. */
function nameRoom(
  { page, size, form }: Pick<NetworkColumn, 'page' | 'size' | 'form'>,
  { words, measure }: ColumnOptions,
  close: boolean,
): number {
  let widest = 0;
  for (let unit = page.from; unit < page.to; unit++)
    widest = Math.max(widest, measure(words?.output(unit) ?? '', form === 'inside' ? 12 : size, 600));
  return widest === 0 ? 0 : Math.min(widest + 14, close ? 40 : 130);
}

/** Where a unit of a column stands; its number is counted from the column's first one. */
export function unitBox({ x, width, row, top, form, kind, size }: NetworkColumn, at: number): Box {
  const y = top + at * row;
  if (kind === 'image') return { x: x - width / 2, y: y - width / 2, width, height: width };
  if (form === 'inside') return { x: x - LARGE, y: y - LARGE, width: 2 * LARGE, height: 2 * LARGE };
  const height = Math.min(row - 3, (form === 'stack' ? 2.5 : form === 'dot' ? 2 : 1.8) * size);
  return { x: x - width / 2, y: y - height / 2, width, height };
}
