import type { Bound } from '../bound.ts';
import type { Run } from '../run.ts';
import type { NumberTerm } from '../term.ts';
import { evaluateBound } from '../world/evaluate.ts';

/** Relative size of what doubles may lose. */
const NOISE = 1e-9;

/** True where two numbers differ by rounding errors at most. */
export function same(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= NOISE * Math.max(Math.abs(a), Math.abs(b)) + 1e-300;
}

/** Number of digits that say something: 3 for `0.0204`, 2 for `0.40`, 1 for `3`. */
export function significantDigits(text: string): number {
  const digits = text
    .replace(/(?:e|·10|×10|\*10|\\cdot|\\times).*$/iu, '')
    .replace(/[^0-9]/gu, '')
    .replace(/^0+/u, '');
  return digits.length;
}

/** Smallest and largest number that a formula of rounded numbers can stand for: each literal moved by half a unit. */
export interface Hull {
  readonly low: number;
  readonly high: number;
}

/**
 * `exact` says which literals do not move: integers, and the numbers of leaves. Literals are moved one at a time, which is
 * exact up to products of two half units.
 */
export function hullOf(bound: Bound, run: Run, exact: (literal: NumberTerm) => boolean): Hull {
  const centre = evaluateBound(bound, run);
  let low = centre;
  let high = centre;
  for (const literal of literalsOf(bound)) {
    if (exact(literal)) continue;
    const half = literal.open ? literal.unit : literal.unit / 2;
    const ends = [literal.open ? 0 : -half, half].map(
      (shift) =>
        evaluateBound(bound, run, {
          local: false,
          literal: (other) => (other === literal ? other.value + shift : other.value),
        }) - centre,
    );
    low += Math.min(0, ...ends);
    high += Math.max(0, ...ends);
  }
  const noise = NOISE * Math.abs(centre);
  return { low: low - noise, high: high + noise };
}

/** All literals of a formula, each place on its own. */
export function literalsOf(bound: Bound): NumberTerm[] {
  const found: NumberTerm[] = [];
  const open: Bound[] = [bound];
  while (open.length > 0) {
    const part = open.pop()!;
    if (part.kind === 'literal') found.push(part.literal);
    else if (part.kind === 'apply') open.push(...part.of);
    else if (part.kind === 'slope') open.push(part.of);
    else if (part.kind === 'updated' && part.rate !== null) open.push(part.rate);
  }
  return found;
}

/** Plain digits of a printed number, its sign and exponent taken apart; null for a fraction or a root. */
export interface Digits {
  readonly negative: boolean;
  /** Without point: `0.0320` has `00320`. */
  readonly digits: string;
  /** Digits before the point. */
  readonly whole: number;
  readonly exponent: number;
}

export function digitsOf(text: string): Digits | null {
  const plain = text.replace(/[−–]/gu, '-').replace(/[\s,]/gu, '');
  const match = /^([+-]?)(\d*)\.?(\d*)(?:(?:e|(?:·|×|\*|\\cdot|\\times)10\^?\{?)([+-]?\d+)\}?)?$/iu.exec(
    plain,
  );
  if (match === null) return null;
  const [, sign, whole, decimals, exponent] = match;
  if (whole === '' && decimals === '') return null;
  return {
    negative: sign === '-',
    digits: (whole === '' ? '0' : whole) + decimals,
    whole: whole === '' ? 1 : whole.length,
    exponent: exponent === undefined ? 0 : Number(exponent),
  };
}
