import { raised } from './glyphs.ts';

/** How a count is shown to people. */
export interface CountOptions {
  /** Counts of at most this many digits are written in full. Default 15. */
  readonly exact?: number;
  /** Significant digits of longer ones, at least 1. Default 4. */
  readonly digits?: number;
  /** What separates thousands. Default `,`, the separator of `formatNumber`, in every language: the point is decimal. */
  readonly group?: string;
}

/**
 * A count for people, however large: `2,046`, `8,041,818`, `1.995·10³⁰¹⁰`.
 *
 * Every digit is there up to `exact` digits. A longer count is rounded to `digits` significant ones, half up, on its
 * decimal digits: it need not fit into a double. A negative one has a true minus. Throws a `RangeError` for a number
 * that is not an integer.
 */
export function formatCount(count: bigint | number, options: CountOptions = {}): string {
  const { exact = 15, digits = 4, group = ',' } = options;
  const exactly = BigInt(count);
  const sign = exactly < 0n ? '−' : '';
  const all = String(exactly < 0n ? -exactly : exactly);
  if (all.length <= exact) return sign + groupThousands(all, group);
  const kept = Math.min(all.length, Math.max(1, Math.round(digits)));
  const up = all.charCodeAt(kept) >= FIVE;
  const rounded = String(BigInt(all.slice(0, kept)) + (up ? 1n : 0n));
  // 9999.5 has become 10000: one digit more, a power of ten more.
  const power = all.length - 1 + (rounded.length - kept);
  const rest = rounded.slice(1).replace(/0+$/, '');
  return `${sign}${rounded[0]}${rest === '' ? '' : `.${rest}`}·10${raised(String(power)) ?? ''}`;
}

const FIVE = '5'.charCodeAt(0);

/** `8041818` as `8,041,818`. */
export function groupThousands(digits: string, group: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, () => group);
}
