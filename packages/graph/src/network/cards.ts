import { bandColor, css, signColor } from '../looks.ts';
import type { NetworkItem, NetworkPen } from './pen.ts';
import { item } from './scene.ts';
import type { Box } from '../scene-types.ts';

/** A card with a title and lines of a label and a number. */
export interface NetworkCard {
  readonly box: Box;
  readonly title: string;
  readonly lines: readonly (readonly [label: string, text: string])[];
  /** What it is about. */
  readonly node: number;
  /** What counts as it when something is selected. */
  readonly also?: readonly number[];
  readonly kind: NetworkItem['kind'];
  readonly layer: number;
  readonly unit: number;
  readonly opens: readonly string[] | null;
  readonly column: number;
  /** Whether its gradient is a single node's, for the band. */
  readonly plain?: boolean;
}

const CARD_LINE = 21;

export const cardHeight = (lines: number): number => 30 + lines * CARD_LINE + 5;

export function drawNetworkCard(pen: NetworkPen, card: NetworkCard): void {
  const { box, title, lines, node } = card;
  const { look, numbers } = pen;
  const fresh = node < 0 ? null : numbers.fresh(node);
  const opens = card.opens !== null;
  if (fresh !== null) pen.glow(box, 9, fresh);
  const final = node >= 0 && numbers.state(node) === 'final';
  const gradient = final ? numbers.gradient(node) : 0;
  pen.rect(box, 9, {
    fill: css(look.card),
    stroke: final && gradient !== 0 ? signColor(gradient, look, look.border) : look.border,
    lineWidth: final && gradient !== 0 ? 1.6 : 1,
  });
  if (node >= 0 && (pen.selected === node || card.also?.includes(pen.selected) === true)) pen.frame(box, 9);
  pen.text(box.x + 10, box.y + 20, opens ? `${title} ▸` : title, {
    size: 14,
    weight: 600,
    width: box.width - 20,
  });
  for (const [at, [label, text]] of lines.entries()) {
    const y = box.y + 30 + at * CARD_LINE;
    // The last line is the gradient's, on a field of its sign.
    if (at === lines.length - 1 && final && card.plain !== true) {
      const field = { x: box.x + 4, y: y + 1, width: box.width - 8, height: CARD_LINE };
      pen.rect(field, 4, {
        fill: bandColor(gradient, numbers.scale, look),
        hatch: gradient < 0 ? look.negativeHatch : null,
      });
    }
    const wide = pen.measure(text, 13, 400);
    pen.text(box.x + 10, y + 16, label, { size: 12.5, color: look.muted, width: box.width - wide - 26 });
    pen.text(box.x + box.width - 10, y + 16, text, {
      size: 13,
      anchor: 'end',
      width: box.width - 20,
      halo: false,
    });
  }
  item(pen, {
    kind: card.kind,
    box,
    node,
    layer: card.layer,
    unit: card.unit,
    opens: card.opens,
    column: card.column,
  });
}

/** A row of a table of numbers, with a name in front. */
export interface NetworkRow {
  readonly cells: readonly string[];
  readonly node: number;
  readonly also?: readonly number[];
  readonly kind: NetworkItem['kind'];
  readonly layer: number;
  readonly unit: number;
  readonly opens: readonly string[] | null;
  /** The number that its edge shows. */
  readonly value: number;
  /** What the last step has reached of it. */
  readonly fresh: 'forward' | 'backward' | null;
  /** What is said of it, where it stands for many. */
  readonly text?: string;
}

/** The widths of a table's cells: wide enough for their texts and for the names above them. */
export function cellWidths(
  pen: NetworkPen,
  heads: readonly string[],
  rows: readonly NetworkRow[],
  size: number,
): readonly number[] {
  return heads.map((head, cell) => {
    let widest = pen.measure(plain(head), 12, 400);
    for (const { cells, kind } of rows)
      if (kind !== 'rest') widest = Math.max(widest, pen.measure(plain(cells[cell] ?? ''), size, 400));
    return Math.max(widest, cell === 0 ? 0 : pen.measure('−0.000', size, 400)) + (size < 12 ? 13 : 18);
  });
}

const plain = (text: string): string => text.replace(/[_^{}]/g, '');

/** Draws a table; returns the box of each row. */
export function drawTable(
  pen: NetworkPen,
  heads: readonly string[],
  rows: readonly NetworkRow[],
  widths: readonly number[],
  place: { readonly x: number; readonly top: number; readonly row: number; readonly column: number },
  size: number,
): readonly Box[] {
  const { look } = pen;
  const { x, top, row, column } = place;
  const width = widths.reduce((sum, cell) => sum + cell, 8);
  const ends: number[] = [];
  let end = x + 4;
  for (const cell of widths) ends.push((end += cell));
  heads.forEach((head, cell) => {
    pen.text(cell === 0 ? x + 12 : ends[cell] - 9, top - row / 2 - 6, head, {
      size: 12,
      color: look.muted,
      anchor: cell === 0 ? 'start' : 'end',
      width: widths[cell] - 4,
    });
  });
  return rows.map((of, at) => {
    const y = top + at * row;
    const box = { x, y: y - row / 2 + 1.5, width, height: row - 3 };
    const rest = of.kind === 'rest';
    if (of.fresh !== null) pen.glow(box, 6, of.fresh);
    pen.rect(box, 6, {
      fill: rest ? look.zeroBand : css(look.card),
      stroke:
        of.value < 0 && !rest ? css(look.negative) : of.value > 0 && !rest ? css(look.positive) : look.border,
      lineWidth: 1,
      dash: of.value < 0 && !rest ? [5, 3] : null,
    });
    if (pen.selected >= 0 && (of.node === pen.selected || of.also?.includes(pen.selected) === true))
      pen.frame(box, 6);
    of.cells.forEach((text, cell) => {
      const first = cell === 0;
      pen.text(first ? x + 12 : ends[cell] - 9, y + 0.36 * size, text, {
        size,
        weight: first ? 600 : 400,
        anchor: first ? 'start' : 'end',
        width: rest && first ? width - widths[widths.length - 1] - 30 : widths[cell] - 8,
      });
    });
    item(pen, {
      kind: of.kind,
      box,
      node: of.node,
      layer: of.layer,
      unit: of.unit,
      opens: of.opens,
      column,
      text: of.text ?? '',
    });
    return box;
  });
}
