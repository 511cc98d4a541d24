import type { Printed } from '../question.ts';

/** Differences below this are float noise, relative to the number and to the terms it was added up from. */
const RELATIVE = 1e-9;
const OF_TERMS = 1e-12;

/** Whether two numbers are the same up to float noise. `terms` is the size of what they were added up from. */
export function isNoise(a: number, b: number, terms = 0): boolean {
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  // The terms of what leans on a free name have no size.
  const size = Number.isNaN(terms) ? 0 : terms;
  return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + OF_TERMS * size;
}

/** Size of the last digit that counts: 0 for an integer without `≈`, a fraction or a root. */
export function unitOf(printed: Printed): number {
  return printed.integer && !printed.about ? 0 : printed.unit;
}

/**
 * Whether a number is right as printed: to half a unit of its last digit. `0.39…` is anything from 0.39 up to, not
 * including, 0.40. 0 without a point is zero only.
 */
export function isRight(printed: Printed, truth: number, terms = 0): boolean {
  const { value, open, unit } = printed;
  if (Number.isNaN(truth) || Number.isNaN(value)) return false;
  if (isNoise(value, truth, terms)) return true;
  if (!Number.isFinite(truth) || !Number.isFinite(value)) return false;
  const slack = RELATIVE * Math.max(Math.abs(value), Math.abs(truth));
  if (open) {
    const further = Math.abs(truth) - Math.abs(value);
    const sameSide = value === 0 || Math.sign(truth) === Math.sign(value);
    return sameSide && further >= -slack && further < unit - slack;
  }
  const half = unitOf(printed) / 2;
  if (half === 0) return false;
  if (value === 0 && printed.integer) return false;
  return Math.abs(value - truth) <= half + slack;
}

/**
 * Whether a number is within one unit of its last digit of anything from `low` to `high`. An integer of two digits or
 * more may be a rounded number even where `≈` was not written; 0 and 3 may not.
 */
export function isNear(printed: Printed, low: number, high = low): boolean {
  const { value, integer, about, open } = printed;
  if (!(low <= high) || !Number.isFinite(value)) return false;
  const slack = RELATIVE * Math.max(Math.abs(value), Math.abs(low), Math.abs(high));
  if (open) {
    const end = value >= 0 ? value + printed.unit : value - printed.unit;
    return Math.min(value, end) <= high + slack && Math.max(value, end) > low + slack;
  }
  let unit = unitOf(printed);
  if (integer && !about && Math.abs(value) >= 10) unit = printed.unit / 2;
  // 0.0 has no digit that could be a little off; 0.00, and what a calculation gives, may have been cut off.
  if (value === 0) {
    const room = low < high || unit < 0.05 ? unit : unit / 2;
    return low <= room + slack && high >= -room - slack;
  }
  if (low * high > 0 && Math.sign(low) !== Math.sign(value)) return false;
  return value >= low - unit - slack && value <= high + unit + slack;
}

/** Whether a printed number is the truth with the rest of its digits cut off. */
export function isCutOff(printed: Printed, truth: number): boolean {
  const { value, unit } = printed;
  if (unit === 0 || !Number.isFinite(truth) || truth * value < 0) return false;
  const rest = Math.abs(truth) - Math.abs(value);
  return rest > unit / 2 && rest < unit;
}

/** The number rounded to so many significant digits. */
export function toDigits(value: number, digits: number): number {
  return value === 0 || !Number.isFinite(value)
    ? value
    : Number(value.toPrecision(Math.min(17, Math.max(1, digits))));
}

/** The number rounded to a unit of 1, 0.1, 0.01, … */
export function toUnit(value: number, unit: number): number {
  if (!(unit > 0) || !Number.isFinite(value)) return value;
  const decimals = Math.round(-Math.log10(unit));
  return decimals >= 0 && decimals <= 20 ? Number(value.toFixed(decimals)) : Math.round(value / unit) * unit;
}
