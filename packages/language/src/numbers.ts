import { programParts } from './document.ts';
import type { Span } from './span.ts';

/** A change of the text: the stretch `[from, to)` becomes `insert`. */
export interface Edit extends Span {
  readonly insert: string;
}

const LITERAL = /^([-−–+]?)(\d*)(?:\.(\d*))?(?:([eE])([-+−]?)(\d+))?$/;

/** Digits after which a number from a drag is noise: 0.35000000000000003 is 0.35. */
const SIGNIFICANT = 12;

/**
 * Rewrites the number of a leaf, in the style of the one it replaces: with at least as many decimals
 * (`2.0` → `3.0`), with its exponent (`5e-3` → `6e-3`), without a leading zero if it had none (`.5`), with the
 * Unicode minus where the text uses that. What is not a plain number (`3/2`, `sqrt(2)`) is replaced by one.
 *
 * Throws a RangeError for a number that cannot be written in a program: NaN and the infinities.
 */
export function editNumber(text: string, { from, to }: Span, value: number): Edit {
  if (!Number.isFinite(value)) throw new RangeError(`editNumber: found ${value}, expected a finite number.`);
  const literal = LITERAL.exec(text.slice(from, to).trim());
  const [, sign = '', whole = '', decimals = '', e, exponentSign = '', exponent] = literal ?? [];
  const minus = sign === '−' || (sign !== '-' && usesUnicodeMinus(text)) ? '−' : '-';
  const size = Number(Math.abs(value).toPrecision(SIGNIFICANT));
  let digits: string | null = null;
  if (e !== undefined) {
    const power = `${e}${exponentSign}${exponent}`;
    const scale = Number(`1e${exponentSign.replace('−', '-')}${exponent}`);
    const mantissa = Number((size / scale).toPrecision(SIGNIFICANT));
    const readable = mantissa === 0 || (mantissa >= 0.001 && mantissa < 10_000);
    // Only where the text then means the same number: near the ends of the range a mantissa loses digits.
    const same = Number(`${mantissa}e${exponentSign.replace('−', '-')}${exponent}`) === size;
    if (readable && same) digits = padded(String(mantissa), decimals.length) + power;
  }
  digits ??= padded(String(size), e === undefined ? decimals.length : 0);
  if (literal !== null && whole === '' && digits.startsWith('0.')) digits = digits.slice(1);
  const negative = value < 0 && size !== 0;
  return { from, to, insert: (negative ? minus : '') + digits };
}

/** Adds zeros up to so many decimals. */
function padded(digits: string, decimals: number): string {
  if (digits.includes('e') || decimals === 0) return digits;
  const written = digits.split('.')[1]?.length ?? 0;
  if (written >= decimals) return digits;
  return `${digits}${written === 0 ? '.' : ''}${'0'.repeat(Math.min(decimals, 20) - written)}`;
}

/** True if the program is written with −, and never with a hyphen. */
function usesUnicodeMinus(text: string): boolean {
  const { regions } = programParts(text);
  const program = regions.map(({ from, to }) => text.slice(from, to)).join('\n');
  return program.includes('−') && !program.includes('-');
}
