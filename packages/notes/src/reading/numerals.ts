import type { Span } from '@backflow/language';
import type { Canvas } from './canvas.ts';

const COMMA = /(?<![\d.,([{_])(\d+),(\d+)(?!\d|,\d|\.\d)/g;

/**
 * Makes decimal commas points, where they are that and nothing else: `0,0822` always; `1,5` in a text without decimal points. A list
 * like `1,0,1,1` and thousands like `13,002` stay.
 */
export function paintDecimalCommas(canvas: Canvas, rows: readonly Span[]): void {
  const texts = rows.map((row) => canvas.text(row.from, row.to));
  const points = texts.some((text) => /\.\d/.test(text));
  const found = texts.some((text) => /\b0,\d{2,}|\d,\d{4,}/.test(text));
  if (!texts.some((text) => /\d,\d/.test(text))) return;
  for (const [i, text] of texts.entries()) {
    for (const match of text.matchAll(COMMA)) {
      const [whole, integer, digits] = match;
      const thousands = digits.length === 3 && integer !== '0' && integer.length <= 3;
      const certain = (/^0$/.test(integer) && digits.length >= 2) || digits.length > 3;
      const likely = !points && (found || digits.length <= 2) && !thousands;
      if (!certain && !likely) continue;
      const at = rows[i].from + match.index + whole.indexOf(',');
      canvas.write(at, at + 1, '.');
    }
  }
}

const WIDE = /[０-９Ａ-Ｚａ-ｚ＋－／＝＊＾．＜＞]/g;

/** Letters, digits and signs of East Asian keyboards, `ｙ＝４`, as the plain ones. */
export function paintWide(canvas: Canvas, rows: readonly Span[]): void {
  if (!/[０-ｚ＋－／＝]/.test(canvas.source)) return;
  for (const { from, to } of rows) {
    for (const { 0: wide, index } of canvas.text(from, to).matchAll(WIDE))
      canvas.write(from + index, from + index + 1, wide.normalize('NFKC'));
  }
}
