import type { NetworkParts } from './parts.ts';
import { pageOf, UNITS_MOST } from './terms.ts';
import type { Page } from './terms.ts';
import type { Measure } from '../scene-text.ts';
import type { Box } from '../scene-types.ts';

/** How a column draws its units: their numbers in large circles, or beside small ones in one line or in two. */
export type UnitForm = 'inside' | 'line' | 'stack';

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
  /** The layers to be drawn, by default all; what comes after the last one only if it is drawn. */
  readonly layers?: readonly [number, number];
}

/** The room above the columns for their names, and below them. */
export const HEAD = 40;
const FOOT = 14;
const SIDE = 28;
const LARGE = 30;

/** What a column draws at a size of letters takes so much width. */
function widthOfForm(form: UnitForm, size: number, measure: Measure): number {
  const number = measure('−0.00000', size, 400);
  const circle = 1.7 * size;
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

  const place = (form: UnitForm, gap: number | null) => {
    const columns = counts.map(({ layer, kind, page: of }): NetworkColumn => {
      const count = kind === 'image' ? 1 : rowsOf(of);
      const row = Math.min(room / Math.max(1, count), 118);
      const large = kind === 'units' && row >= 2 * LARGE + 26 && of.pages === 1 && font <= 13;
      const size = Math.max(font, Math.min(font > 13 ? 24 : 13, row * 0.52));
      const image = Math.max(96, Math.min(room * 0.72, options.width * 0.24, 250));
      const own: Record<NetworkColumn['kind'], number> = {
        image,
        units: large ? 2 * LARGE : widthOfForm(form, size, measure),
        targets: Math.max(34, measure('−0.0000', size, 400)),
        loss: Math.max(96, measure('∂loss/∂loss', 13, 600)),
      };
      return {
        layer,
        kind,
        page: of,
        form: large ? 'inside' : form,
        x: 0,
        width: own[kind],
        row,
        top: HEAD + (room - row * count) / 2 + row / 2,
        size,
      };
    });
    const used = columns.reduce((sum, { width }) => sum + width, 0) + 2 * SIDE;
    const between = gap ?? (options.width - used) / Math.max(1, columns.length - 1);
    let at = SIDE;
    const placed = columns.map((column) => {
      const x = at + column.width / 2;
      at += column.width + between;
      return { ...column, x };
    });
    return { columns: placed, between, width: at - between + SIDE };
  };
  const forms: readonly (readonly [UnitForm, number])[] = [
    ['line', 74],
    ['stack', 46],
  ];
  for (const [form, gap] of forms) {
    const { columns, between } = place(form, null);
    if (between >= gap) return { columns, width: options.width, height };
  }
  const { columns, width } = place('stack', 46);
  return { columns, width, height };
}

/** Where a unit of a column stands; its number is counted from the column's first one. */
export function unitBox({ x, width, row, top, form, kind, size }: NetworkColumn, at: number): Box {
  const y = top + at * row;
  if (kind === 'image') return { x: x - width / 2, y: y - width / 2, width, height: width };
  if (form === 'inside') return { x: x - LARGE, y: y - LARGE, width: 2 * LARGE, height: 2 * LARGE };
  const height = Math.min(row - 3, (form === 'stack' ? 2.5 : 1.8) * size);
  return { x: x - width / 2, y: y - height / 2, width, height };
}
