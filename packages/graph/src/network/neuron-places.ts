import { HEAD } from './columns.ts';
import type { Box } from '../scene-types.ts';

const GAP = 62;
const GAP_CLOSE = 36;
const SIDE = 16;
const CARD = 168;
/** Cards beside a table in a narrow pane. */
const CARD_CLOSE = 148;
export const SIDE_CLOSE = 8;
/** The room for a curve on a card. */
export const CURVE = 66;

/** How large the pieces of an open neuron are. */
export interface NeuronSizes {
  /** The width of the table of terms. */
  readonly table: number;
  readonly rows: number;
  readonly row: number;
  readonly height: number;
  readonly users: { readonly width: number; readonly rows: number } | null;
  /** The heights of the cards: of the sum, the activation, the loss. */
  readonly cards: readonly number[];
}

/** The middle of a table's first row. */
export interface Spot {
  readonly x: number;
  readonly top: number;
  readonly row: number;
}

/** Where they stand. */
export interface NeuronPlaces {
  readonly width: number;
  readonly height: number;
  readonly terms: Spot;
  readonly cards: readonly Box[];
  readonly users: Spot | null;
  /** How one gets from the terms to their sum, and on to the users. */
  readonly ways: { readonly terms: 'across' | 'down'; readonly users: 'across' | 'down' };
}

/** Beside each other where there is room for that; else the cards one below the other, or below the table. */
export function placeNeuron(
  options: { readonly width: number; readonly height: number },
  sizes: NeuronSizes,
): NeuronPlaces {
  const { width } = options;
  const { table, rows, row, users, cards } = sizes;
  const pieces = table + cards.length * CARD + (users?.width ?? 0);
  const gaps = cards.length + (users === null ? 0 : 1);
  const topOf = (count: number, around: number): number => around - ((count - 1) * row) / 2;
  if (pieces + gaps * GAP + 2 * SIDE <= width) {
    const gap = Math.min(150, (width - 2 * SIDE - pieces) / gaps);
    const middle = HEAD + (sizes.height - HEAD - 16) / 2 + 4;
    let x = SIDE + (width - 2 * SIDE - pieces - gaps * gap) / 2;
    const terms = { x, top: topOf(rows, middle), row };
    x += table;
    const boxes = cards.map((height): Box => {
      const box = { x: x + gap, y: middle - height / 2, width: CARD, height };
      x += gap + CARD;
      return box;
    });
    const usersSpot = users === null ? null : { x: x + gap, top: topOf(users.rows, middle), row };
    const ways = { terms: 'across', users: 'across' } as const;
    return { width, height: sizes.height, terms, cards: boxes, users: usersSpot, ways };
  }
  const room = width - table - GAP_CLOSE - 2 * SIDE_CLOSE;
  const beside = room >= CARD_CLOSE;
  const card = beside ? Math.min(CARD, room) : CARD;
  const stack = cards.reduce((sum, height) => sum + height + GAP_CLOSE, -GAP_CLOSE);
  const least = HEAD + 16 + rows * row;
  let boxes: Box[];
  let terms: Spot;
  let bottom: number;
  let whole = width;
  if (beside) {
    const middle =
      HEAD - 12 + Math.max(rows * row, stack, users === null ? options.height - HEAD - 8 : 0) / 2;
    const gap = Math.max(GAP_CLOSE, Math.min(110, width - table - card - 2 * SIDE));
    const x = (width - table - card - gap) / 2;
    terms = { x, top: topOf(rows, middle + 8), row };
    let y = middle - stack / 2;
    boxes = cards.map((height): Box => {
      const box = { x: x + table + gap, y, width: card, height };
      y += height + GAP_CLOSE;
      return box;
    });
    bottom = Math.max(terms.top + (rows - 0.5) * row, y - GAP_CLOSE);
  } else {
    whole = Math.max(width, table + 2 * SIDE_CLOSE);
    terms = { x: (whole - table) / 2, top: HEAD + row / 2, row };
    let y = least + 8;
    boxes = cards.map((height): Box => {
      const box = { x: (whole - CARD) / 2, y, width: CARD, height };
      y += height + GAP_CLOSE;
      return box;
    });
    bottom = y - GAP_CLOSE;
  }
  if (users !== null) {
    whole = Math.max(whole, users.width + 2 * SIDE_CLOSE);
    const top = bottom + GAP_CLOSE + 24 + row / 2;
    const x = beside ? Math.max(SIDE_CLOSE, whole - SIDE - users.width) : (whole - users.width) / 2;
    const ways = { terms: beside ? 'across' : 'down', users: 'down' } as const;
    const height = Math.max(options.height, top + users.rows * row);
    return { width: whole, height, terms, cards: boxes, users: { x, top, row }, ways };
  }
  const ways = { terms: beside ? 'across' : 'down', users: 'down' } as const;
  return {
    width: whole,
    height: Math.max(options.height, bottom + 14),
    terms,
    cards: boxes,
    users: null,
    ways,
  };
}
