import { backward, keysOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { fitScale, layered } from './layered.ts';
import { anchorsFrom } from './layout.ts';
import type { Layout, LayoutInput, LayoutOptions, Pane } from './layout.ts';
import { CARD, cardSizes } from './scene-sizes.ts';
import type { CardForm } from './scene-sizes.ts';
import type { Measure } from './scene-text.ts';
import { cardTexts } from './scene-texts.ts';
import type { SceneWords } from './scene-types.ts';
import { usesOf } from './uses.ts';

/** Where the cards stand and how large they are: plain data, can be made in a worker. */
export interface Arrangement {
  readonly form: CardForm;
  readonly layout: Layout;
  /** Card sizes in layout units. */
  readonly width: Float64Array;
  readonly height: Float64Array;
}

export interface ArrangeOptions {
  /** Significant digits of numbers. */
  readonly digits: number;
  readonly words: SceneWords;
  /** How wide a text is; by default an upper estimate. */
  readonly measure?: Measure;
  /** Keeps cards near the places they had. */
  readonly previous?: (Pick<Arrangement, 'form' | 'layout'> & { readonly keys: readonly string[] }) | null;
}

/** A small graph is not blown up further than this. */
export const FIT_MOST = 2;
/** Free space in layout units. Between columns there has to be room for curves and, from near, a label beside them. */
const GAP: Readonly<Record<CardForm, { readonly gapX: number; readonly gapY: number }>> = {
  row: { gapX: 70, gapY: 16 },
  stacked: { gapX: 62, gapY: 14 },
};
/** Above so many nodes the whole is small anyway: narrower columns make it larger, labels come with the zoom. */
const ROOMY_MOST = 40;
const NARROW_GAP_X = 48;
/** From this many nodes on only one form is laid out: its cards are dots when the whole is seen anyway. */
const BOTH_FORMS_MOST = 400;
/** Larger graphs are laid out once, whatever shape comes out. */
const RELAID_MOST = 4000;

/**
 * Sizes the cards and lays them out, in the form that comes out larger on the pane; a form that was chosen before is
 * kept unless the other is clearly better.
 */
export function arrangeCards(recording: Recording, pane: Pane, options: ArrangeOptions): Arrangement {
  const { previous } = options;
  const row = arrangement(recording, pane, options, 'row');
  if (recording.count > BOTH_FORMS_MOST) return row;
  const stacked = arrangement(recording, pane, options, 'stacked');
  // Above 0.95 both are read with ease, and rows are read faster. Without labels the taller card has the room.
  // An edge that turns around the end of a row is harder to follow, so rows of cards have to pay.
  const worth = ({ form, layout }: Arrangement): number => {
    const scale = Math.min(0.95, scaleOn(pane, layout));
    const lines = scale < CARD.full ? CARD[form].height / CARD.stacked.height : 1;
    return scale * lines * 0.94 ** (layout.rows - 1);
  };
  const edited = previous !== undefined && previous !== null && isEdited(keysOf(recording), previous.keys);
  const favour = !edited ? 1 : previous.form === 'row' ? 1.15 : 1 / 1.15;
  return worth(row) * favour >= worth(stacked) ? row : stacked;
}

/** True if one picture is an edit of the other, and not another document, by the keys of their nodes. */
export function isEdited(keys: readonly string[], before: readonly string[]): boolean {
  const known = new Set(before);
  const kept = keys.reduce((count, key) => count + (known.has(key) ? 1 : 0), 0);
  return 2 * kept >= Math.min(keys.length, before.length);
}

function arrangement(
  recording: Recording,
  pane: Pane,
  { digits, words, measure, previous }: ArrangeOptions,
  form: CardForm,
): Arrangement {
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
  const input: LayoutInput = {
    count: recording.count,
    inputStart: uses.start,
    inputs: uses.source,
    width,
    height,
  };
  const gapX = recording.count > ROOMY_MOST ? Math.min(NARROW_GAP_X, GAP[form].gapX) : GAP[form].gapX;
  const spacing: LayoutOptions = {
    gapX,
    gapY: GAP[form].gapY,
    pane,
    ...(anchors === null ? {} : { previous: anchors }),
  };
  const layout = layered(input, spacing);
  if (recording.count > RELAID_MOST) return { form, layout, width, height };
  const levelled = recording.count <= BOTH_FORMS_MOST && levelWidths(width, layout);
  const wider = spread(width, layout, pane, gapX);
  return levelled || wider > gapX
    ? { form, layout: layered(input, { ...spacing, gapX: wider }), width, height }
    : { form, layout, width, height };
}

/**
 * Gives the width that a pane has to spare to the cards, whose numbers a small scale would make smaller, and what is
 * left to the gaps between columns; returns the gap.
 */
function spread(width: Float64Array, layout: Layout, pane: Pane, gapX: number): number {
  const { bounds, layers, rows } = layout;
  if (rows > 1 || layers < 2) return gapX;
  const across = bounds.right - bounds.left;
  const room = Math.max(
    0,
    0.9 * (bounds.bottom - bounds.top) * (pane.width / Math.max(1, pane.height)) - across,
  );
  const columns = across - (layers - 1) * gapX;
  const stretch = scaleOn(pane, layout) < 0.85 ? Math.min(1.3, 1 + (0.7 * room) / Math.max(1, columns)) : 1;
  if (stretch > 1) for (let node = 0; node < width.length; node++) width[node] *= stretch;
  const left = Math.max(0, room - (stretch - 1) * columns);
  return Math.min(20 * gapX, gapX + left / (layers - 1));
}

function scaleOn(pane: Pane, layout: Layout): number {
  return fitScale(layout, pane.width, pane.height, FIT_MOST);
}

/** Makes the cards of a column equally wide, which leaves the most room for the numbers on edges; true if any changed. */
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
