import type { Anchor, Primitive, Run, Weight } from './scene-primitive.ts';

/** The fonts of the drawing: near Arial's widths first, so that a card sized here fits there. */
export const FONT = '"Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", Roboto, "Noto Sans", sans-serif';

/** The width of a text in pixels, at a font size in pixels. */
export type Measure = (text: string, size: number, weight: Weight) => number;

/** Advance widths in hundredths of the font size: the wider of DejaVu Sans and Liberation Sans, rounded up in groups. */
const ADVANCES: readonly (readonly [number, string])[] = [
  [28, "′'ijlI⁽⁾₍₎"],
  [34, ' ,.·/:;\\|ιf'],
  [40, '-()[]t!⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ₀₁₂₃₄₅₆₇₈₉″'],
  [46, 'r"'],
  [54, '*J▸◂‖sz∂⁻⁺₊₋cεζ'],
  [60, '?L_–νξΓkυχvxyγκλτ'],
  [64, 'FTaoδθäöeéèbdghnpquΣηρσüß$0123456789{}√βμ'],
  [70, 'EKPSYXαφ∇AVΔΛBZπ'],
  [78, 'CRUHNΠΩD'],
  [84, '&GOQΘΦw∏∞#+<=>^~−×÷±≤≥≠ωΨ'],
];
const ADVANCE = new Map<string, number>();
for (const [hundredths, characters] of ADVANCES)
  for (const character of characters) ADVANCE.set(character, hundredths / 100);

/** An upper estimate for the usual sans-serif fonts, for places without a font to ask. */
export const estimateWidth: Measure = (text, size, weight) => {
  let width = 0;
  for (const character of text) width += ADVANCE.get(character) ?? 1.02;
  return width * size * (weight === 600 ? 1.1 : 1);
};

const PLAIN: readonly Run[] = [];
const SMALL = 0.74;

/** Splits `E_total`, `w^{(2)}_{11}` into a line with its subscripts and superscripts; braces go. */
export function typeset(text: string): readonly Run[] {
  if (!/[_^]/.test(text)) return text === '' ? PLAIN : [{ text, scale: 1, shift: 0 }];
  const runs: Run[] = [];
  // An underscore starts a subscript only behind a letter, a digit or a bracket: `__proto__` is no subscript.
  const piece =
    /(?<=[\p{L}\p{N}′'})⁾])([_^])(?:\{([^{}]*)\}|(\([^()\s]*\)|[\p{L}\p{N}′']+(?:_[\p{L}\p{N}]+)*))|([^_^]+|[_^])/gu;
  for (const match of text.matchAll(piece)) {
    const small = match[2] ?? match[3];
    if (small === undefined) runs.push({ text: match[0], scale: 1, shift: 0 });
    else if (small !== '') runs.push({ text: small, scale: SMALL, shift: match[1] === '_' ? 0.2 : -0.38 });
  }
  return runs;
}

/** The width of a text with its subscripts. */
export function widthOf(text: string, size: number, weight: Weight, measure: Measure): number {
  let width = 0;
  for (const run of typeset(text)) width += measure(run.text, size * run.scale, weight);
  return width;
}

/** A text at the size and width at which it fits. */
export interface FittedText {
  readonly text: string;
  readonly size: number;
  readonly width: number;
}

/** What has been fitted with a measure: a card is drawn again wherever the camera takes it, with the same texts. */
const fitted = new WeakMap<Measure, Map<string, FittedText | null>>();
const FITTED_MOST = 4000;

/**
 * A text that is at most `width` wide: at its own size, else smaller down to `least`, else shortened with an ellipsis;
 * null where not even one letter fits.
 */
export function fitText(
  text: string,
  width: number,
  size: number,
  least: number,
  weight: Weight,
  measure: Measure,
): FittedText | null {
  let known = fitted.get(measure);
  if (known === undefined) fitted.set(measure, (known = new Map()));
  const key = `${weight} ${size} ${least} ${width} ${text}`;
  let fit = known.get(key);
  if (fit === undefined) {
    fit = fittedText(text, width, size, least, weight, measure);
    if (known.size >= FITTED_MOST) known.clear();
    known.set(key, fit);
  }
  return fit;
}

function fittedText(
  text: string,
  width: number,
  size: number,
  least: number,
  weight: Weight,
  measure: Measure,
): FittedText | null {
  const full = widthOf(text, size, weight, measure);
  if (full <= width) return { text, size, width: full };
  const smaller = Math.max(least, (size * width) / full);
  const narrow = widthOf(text, smaller, weight, measure);
  if (narrow <= width + 1e-6) return { text, size: smaller, width: narrow };
  const letters = Array.from(text);
  let low = 0;
  let high = letters.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(shortened(letters, middle), least, weight, measure) <= width) low = middle;
    else high = middle - 1;
  }
  if (low < 1) return null;
  const short = shortened(letters, low);
  return { text: short, size: least, width: widthOf(short, least, weight, measure) };
}

function shortened(letters: readonly string[], count: number): string {
  return (
    letters
      .slice(0, count)
      .join('')
      .replace(/[\s_^{(·]+$/u, '') + '…'
  );
}

/** A line of text as a primitive; `y` is the baseline. */
export function line(
  x: number,
  y: number,
  fit: FittedText,
  anchor: Anchor,
  weight: Weight,
  color: string,
  halo: string | null = null,
): Primitive {
  return {
    kind: 'text',
    x,
    y,
    text: fit.text,
    runs: typeset(fit.text),
    size: fit.size,
    weight,
    anchor,
    color,
    halo,
    width: fit.width,
  };
}
