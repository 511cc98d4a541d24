import { backward, keysOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { anchorsFrom, CARD, cardSizes, cardTexts, fitScale, layered, usesOf } from '@backflow/graph';
import type { CardForm, Layout, Measure, ScenePicture, SceneWords } from '@backflow/graph';

/** What is drawn as long as the structure stays: the nodes, their texts, and where they stand. */
export interface Picture extends ScenePicture {
  /** Per node, its key: the same node has the same key in the next picture. */
  readonly keys: readonly string[];
}

/** The size of the pane in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the cards stand and how large they are: plain data, can be made in a worker. */
export interface Arrangement {
  readonly form: CardForm;
  readonly layout: Layout;
  readonly width: Float64Array;
  readonly height: Float64Array;
}

export interface PictureOptions {
  readonly digits: number;
  readonly words: SceneWords;
  /** How wide a text is; `fontMeasure()` on the page. */
  readonly measure?: Measure;
  /** Keeps cards near the places they had. */
  readonly previous?: Picture | null;
}

/** Free space in layout units. Between columns there has to be room for curves and, from near, a label beside them. */
const GAP: Readonly<Record<CardForm, { readonly gapX: number; readonly gapY: number }>> = {
  row: { gapX: 70, gapY: 16 },
  stacked: { gapX: 44, gapY: 14 },
};
/** Free space around the fitted picture, in pixels. */
export const FIT_MARGIN = 24;
/** A small graph is not blown up further than this. */
const FIT_MOST = 2;
/** From this many nodes on only one form is laid out: its cards are dots at fit zoom anyway. */
const BOTH_FORMS_MOST = 400;
/** Larger graphs are laid out once, whatever shape comes out. */
const RELAID_MOST = 4000;

/** The scale at which a layout fits the pane. */
export function paneScale(layout: Layout, size: Size): number {
  return fitScale(layout, size.width, size.height, FIT_MOST, FIT_MARGIN);
}

/**
 * Sizes the cards and lays them out, in the form that comes out larger on a pane of this size; a form that was
 * chosen before is kept unless the other is clearly better.
 */
export function arrange(recording: Recording, size: Size, options: PictureOptions): Arrangement {
  const { previous } = options;
  if (recording.count > BOTH_FORMS_MOST) return arrangement(recording, size, options, 'row');
  const row = arrangement(recording, size, options, 'row');
  const stacked = arrangement(recording, size, options, 'stacked');
  // Above 0.95 both are read with ease, and rows are read faster. Without labels the taller card has the room.
  // An edge that turns around the end of a row is harder to follow, so rows of cards have to pay.
  const worth = ({ form, layout }: Arrangement): number => {
    const scale = Math.min(0.95, paneScale(layout, size));
    const lines = scale < CARD.full ? CARD[form].height / CARD.stacked.height : 1;
    return scale * lines * 0.94 ** (layout.rows - 1);
  };
  const edited = previous !== undefined && previous !== null && isEdited(keysOf(recording), previous.keys);
  const favour = !edited ? 1 : previous.form === 'row' ? 1.15 : 1 / 1.15;
  return worth(row) * favour >= worth(stacked) ? row : stacked;
}

/** True if one picture is an edit of the other, and not another document. */
export function isEdited(keys: readonly string[], before: readonly string[]): boolean {
  const known = new Set(before);
  const kept = keys.reduce((count, key) => count + (known.has(key) ? 1 : 0), 0);
  return 2 * kept >= Math.min(keys.length, before.length);
}

function arrangement(recording: Recording, size: Size, options: PictureOptions, form: CardForm): Arrangement {
  const { digits, words, measure, previous } = options;
  const { width, height } = cardSizes(recording, {
    form,
    digits,
    texts: cardTexts(recording),
    gradient: backward(recording),
    partial: words.partial,
    value: words.value,
    ...(measure === undefined ? {} : { measure }),
  });
  const uses = usesOf(recording);
  const anchors =
    previous?.form === form ? anchorsFrom(previous.layout, previous.keys, keysOf(recording)) : null;
  const input = { count: recording.count, inputStart: uses.start, inputs: uses.source, width, height };
  const spacing = {
    ...GAP[form],
    pane: { width: size.width - 2 * FIT_MARGIN, height: size.height - 2 * FIT_MARGIN },
    ...(anchors === null ? {} : { previous: anchors }),
  };
  let layout = layered(input, spacing);
  if (recording.count > RELAID_MOST) return { form, layout, width, height };
  const levelled = recording.count <= BOTH_FORMS_MOST && levelWidths(width, layout);
  const { gapX } = GAP[form];
  const room = spareWidth(layout, size);
  // Width to spare goes to the cards first, whose numbers a small scale would make smaller, and then to the gaps.
  const columns = layout.bounds.right - layout.bounds.left - (layout.layers - 1) * gapX;
  const stretch = paneScale(layout, size) < 0.85 ? Math.min(1.3, 1 + (0.7 * room) / Math.max(1, columns)) : 1;
  if (stretch > 1) for (let node = 0; node < width.length; node++) width[node] *= stretch;
  const left = Math.max(0, room - (stretch - 1) * columns);
  const wider = Math.min(20 * gapX, gapX + left / Math.max(1, layout.layers - 1));
  if (levelled || room > 0) layout = layered(input, { ...spacing, gapX: wider });
  return { form, layout, width, height };
}

/** How much wider a graph that is tall for the pane may become without getting smaller on it. */
function spareWidth({ bounds, layers, rows }: Layout, size: Size): number {
  if (rows > 1 || layers < 2) return 0;
  const across = bounds.right - bounds.left;
  return Math.max(0, 0.9 * (bounds.bottom - bounds.top) * (size.width / Math.max(1, size.height)) - across);
}

/** Makes the cards of a column equally wide; true if that changed anything. */
function levelWidths(width: Float64Array, { layer }: Layout): boolean {
  const widest = new Float64Array(layer.length);
  for (let node = 0; node < width.length; node++)
    widest[layer[node]] = Math.max(widest[layer[node]], width[node]);
  let changed = false;
  for (let node = 0; node < width.length; node++) {
    if (width[node] !== widest[layer[node]]) changed = true;
    width[node] = widest[layer[node]];
  }
  return changed;
}

/** The picture of a recording (with sums already folded), arranged for a pane, here or beforehand in a worker. */
export function pictureOf(
  recording: Recording,
  size: Size,
  options: PictureOptions,
  arranged: Arrangement = arrange(recording, size, options),
): Picture {
  return {
    recording,
    ...arranged,
    uses: usesOf(recording),
    texts: cardTexts(recording),
    keys: keysOf(recording),
  };
}

export type { GraphCallbacks, GraphHandle } from './contract.ts';
