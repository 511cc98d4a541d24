import { groupThousands } from './counts.ts';
import { raised } from './glyphs.ts';

/** How a number is shown to people. */
export interface NumberOptions {
  /** Significant digits, 2 to 10 (anything else is brought into this range). Default 4. */
  readonly digits?: number;
  /**
   * Keep the trailing zeros of the significant digits: `0.5000`. `rounded`: where they say how exact a number is, that
   * is, of rounded numbers; 12345.678 then keeps one digit behind the point, so that it cannot be taken for an integer.
   * Default false.
   */
  readonly zeros?: boolean | 'rounded';
  /** The sign of negative numbers. Default `−` (U+2212). */
  readonly minus?: string;
  /** What separates thousands, from 10,000 up. Default `,`. */
  readonly group?: string;
}

/** From here up a number is written with a power of ten; below, its integer part is never rounded. */
const LARGE = 1e6;
/** A first significant digit behind 10⁻³ is written with a power of ten. */
const SMALLEST_EXPONENT = -3;

interface Decimal {
  readonly negative: boolean;
  /** Digits with at most one point, without a sign. */
  readonly digits: string;
  /** The power of ten the digits are multiplied by; null for none. */
  readonly power: number | null;
}

/**
 * A number for people: `3`, `0.5933`, `−2`, `13,002`, `9.5·10⁻⁴`, `∞`, `NaN`; zero never has a sign.
 *
 * Integers below a million are exact. Everything else is rounded to `digits` significant digits
 * without trailing zeros, but never so far that a digit before the point is lost; below 0.001 and from
 * a million up it is written with a power of ten.
 */
export function formatNumber(x: number, options: NumberOptions = {}): string {
  const minus = options.minus ?? '−';
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x < 0 ? `${minus}∞` : '∞';
  const { negative, digits, power } = rounded(x, options);
  const sign = negative ? minus : '';
  const body = grouped(digits, options.group ?? ',');
  return power === null ? sign + body : `${sign}${body}·10${raised(String(power)) ?? ''}`;
}

/** The same number in LaTeX: `9.5 \cdot 10^{-4}`, `13{,}002`, `-\infty`. */
export function formatNumberLatex(x: number, options: NumberOptions = {}): string {
  if (Number.isNaN(x)) return '\\mathrm{NaN}';
  if (!Number.isFinite(x)) return x < 0 ? '-\\infty' : '\\infty';
  const { negative, digits, power } = rounded(x, options);
  const sign = negative ? '-' : '';
  const body = grouped(digits, options.group ?? '{,}');
  return power === null ? sign + body : `${sign}${body} \\cdot 10^{${power}}`;
}

/** Every digit needed to read the same double back: `0.30000000000000004`, `−1.5·10⁻⁷`. */
export function formatExact(x: number, options: Pick<NumberOptions, 'minus'> = {}): string {
  const minus = options.minus ?? '−';
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x < 0 ? `${minus}∞` : '∞';
  const [digits, power] = String(Math.abs(x)).split('e');
  const sign = x < 0 ? minus : '';
  return power === undefined
    ? sign + digits
    : `${sign}${digits}·10${raised(power.startsWith('+') ? power.slice(1) : power) ?? ''}`;
}

/** True if `formatNumber` shows the number itself and not a rounding of it (float noise of 2⁻⁵⁰ apart). */
export function isShownExactly(x: number, options: NumberOptions = {}): boolean {
  if (!Number.isFinite(x)) return true;
  const { digits, power } = rounded(x, options);
  const shown = Number(`${digits}e${power ?? 0}`);
  return isNearly(shown, Math.abs(x));
}

/** But for float noise. */
function isNearly(shown: number, size: number): boolean {
  return Math.abs(shown - size) <= size * 2 ** -50;
}

/** The two sides of a number's decimal point, for columns aligned on it: `−0` and `.5933`, `9` and `.5·10⁻⁴`. */
export function splitNumber(text: string): { readonly whole: string; readonly rest: string } {
  const at = text.search(/[.·]/);
  return at < 0 ? { whole: text, rest: '' } : { whole: text.slice(0, at), rest: text.slice(at) };
}

/** Pads texts with spaces to one width, so that their decimal points stand below each other in a monospaced font. */
export function alignNumbers(texts: readonly string[]): string[] {
  const parts = texts.map(splitNumber);
  const width = (side: string[]): number =>
    side.reduce((most, text) => Math.max(most, Array.from(text).length), 0);
  const whole = width(parts.map((part) => part.whole));
  const rest = width(parts.map((part) => part.rest));
  return parts.map((part) => part.whole.padStart(whole) + part.rest.padEnd(rest));
}

function rounded(x: number, options: NumberOptions): Decimal {
  const size = Math.abs(x);
  const negative = x < 0;
  const count = Math.min(10, Math.max(2, Math.round(options.digits ?? 4)));
  const { zeros = false } = options;
  if (size < LARGE && Number.isInteger(size)) {
    const digits = String(size);
    return { negative, digits: zeros === true ? padded(digits, count) : digits, power: null };
  }
  const [mantissa, exponent] = size.toExponential(count - 1).split('e');
  const power = Number(exponent);
  const exact = isNearly(Number(`${mantissa}e${exponent}`), size);
  const keep = zeros === 'rounded' ? !exact : zeros;
  // The integer part may have more digits than were asked for: it is kept whole.
  const decimals = Math.max(zeros === 'rounded' ? 1 : 0, count - 1 - power);
  const fixed = power < SMALLEST_EXPONENT || power > 20 ? null : size.toFixed(decimals);
  if (fixed !== null && Number(fixed) < LARGE) {
    return { negative, digits: keep ? fixed : trimmed(fixed), power: null };
  }
  return { negative, digits: keep ? mantissa : trimmed(mantissa), power };
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function padded(digits: string, count: number): string {
  return digits.length >= count ? digits : `${digits}.${'0'.repeat(count - digits.length)}`;
}

function grouped(digits: string, group: string): string {
  const point = digits.indexOf('.');
  const whole = point < 0 ? digits : digits.slice(0, point);
  if (whole.length < 5) return digits;
  return groupThousands(whole, group) + (point < 0 ? '' : digits.slice(point));
}
