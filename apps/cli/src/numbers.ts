import { formatExact, formatNumber } from '@backflow/print';

/** A number of a table with 2 to 17 significant digits; more than people read are written plainly. */
export function numberText(x: number, digits: number): string {
  if (digits <= 10) return formatNumber(x, { digits });
  return formatExact(Number.isInteger(x) ? x : Number(x.toPrecision(digits)));
}
