import { parseNumber } from '../../look/parse-number.ts';

/** A number as it was typed. */
export interface Typed {
  readonly number: number;
  /** Significant digits; Infinity for a fraction, which stands for itself. */
  readonly digits: number;
}

/** What `parseNumber` reads, with its digits: 2 for `0.50`, 3 for `140`, 2 for `1.4·10²`; null for anything else. */
export function parseTyped(text: string): Typed | null {
  const number = parseNumber(text);
  if (number === null) return null;
  if (text.includes('/')) return { number, digits: Infinity };
  const mantissa = text
    .trim()
    .split(/[eE·×*]/)[0]
    .replace(/[^\d]/g, '');
  return { number, digits: mantissa.replace(/^0+(?=\d)/, '').length };
}
