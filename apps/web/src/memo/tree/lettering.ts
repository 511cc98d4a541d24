import type { Lettering } from './shape.ts';

/** An index stands behind something, as in `E_total`; digits are small glyphs of their own already. */
const INDEX = /(?<=[\p{L}\p{N}\p{M})′}])([_^])(\{[^{}]+\}|[\p{L}\p{N}]+(?:_[\p{L}\p{N}]+)*)/gu;

/** Pictures are laid out with text of this size, in pixels, and scaled. */
const DRAWN_SIZE = 15;

/** Size of an index beside its line. */
export const INDEX_SIZE = 0.74;

export interface Piece {
  readonly text: string;
  readonly place: 'line' | 'below' | 'above';
}

/** A name in pieces: what stands on the line, and what is lowered or raised. */
export function piecesOf(label: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of label.matchAll(INDEX)) {
    const [whole, mark, index] = found as unknown as [string, string, string];
    pieces.push({ text: label.slice(at, found.index), place: 'line' });
    pieces.push({
      text: index.startsWith('{') ? index.slice(1, -1) : index,
      place: mark === '_' ? 'below' : 'above',
    });
    at = found.index + whole.length;
  }
  pieces.push({ text: label.slice(at), place: 'line' });
  return pieces.filter(({ text }) => text !== '');
}

let context: CanvasRenderingContext2D | null = null;

/** The page's own font, at the size that an element has. */
export function letteringOf(element: HTMLElement): Lettering {
  const { fontSize, fontFamily } = getComputedStyle(element);
  const known = new Map<string, number>();
  const line = (text: string, size: number, bold: boolean): number => {
    const font = `${bold ? 600 : 400} ${size}px ${fontFamily}`;
    const key = `${font} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      context ??= document.createElement('canvas').getContext('2d');
      if (context === null) return 0.6 * size * text.length;
      context.font = font;
      known.set(key, (width = context.measureText(text).width));
    }
    return width;
  };
  return {
    size: DRAWN_SIZE,
    page: Number.parseFloat(fontSize),
    measure: (label, size, bold) =>
      piecesOf(label).reduce(
        (sum, { text, place }) => sum + line(text, place === 'line' ? size : INDEX_SIZE * size, bold),
        0,
      ),
  };
}
