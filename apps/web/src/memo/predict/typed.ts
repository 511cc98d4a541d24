import { parseNumber } from '../../look/parse-number.ts';

/** A number as it was typed. */
export interface Typed {
  readonly number: number;
  /** Significant digits; Infinity for a fraction, which stands for itself. */
  readonly digits: number;
}

/**
 * What `parseNumber` reads, with its digits: 2 for `0.50`, 3 for `140`, 2 for `1.4·10²`; null for anything else. `2,046` is
 * read as the page writes it or with a decimal comma, whichever comes nearer to what is expected.
 */
export function parseTyped(text: string, expected = NaN): Typed | null {
  const tight = text.trim().replace(/\s*([·×*/])\s*/g, '$1');
  const read = readingOf(tight);
  if (!/^[-−–+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(tight)) return read;
  const grouped = readingOf(tight.replaceAll(',', ''))!;
  const error = ({ number }: Typed): number => Math.abs(number - expected);
  return read === null || error(grouped) < error(read) ? grouped : read;
}

function readingOf(text: string): Typed | null {
  const number = parseNumber(text);
  if (number === null) return null;
  if (text.includes('/')) return { number, digits: Infinity };
  const mantissa = text.split(/[eE·×*]/)[0].replace(/[^\d]/g, '');
  return { number, digits: mantissa.replace(/^0+(?=\d)/, '').length };
}
