import type { Bound } from '../bound.ts';
import type { Run } from '../run.ts';
import type { NumberTerm } from '../term.ts';
import { evaluateBound } from '../world/evaluate.ts';
import type { Digits } from './exact.ts';
import { literalsOf } from './literals.ts';

/** Everything that a formula may give when its rounded numbers stand for what they were rounded from. */
export interface Hull {
  readonly low: number;
  readonly high: number;
}

/** How far a literal may be from what it stands for: rounded, or cut off as well. */
export type Looseness = 'rounded' | 'loose';

/**
 * The hull of a formula over its literals. Integers and exact numbers do not move; the same number written twice moves as
 * one, unless two numbers may be meant. Each is moved alone and the effects are added, with room for the products of two.
 */
export function literalHull(
  bound: Bound,
  run: Run,
  looseness: Looseness,
  digits: Digits,
  local = false,
): Hull {
  const centre = evaluateBound(bound, run, { local });
  const groups: { readonly same: NumberTerm; readonly all: Set<NumberTerm> }[] = [];
  for (const literal of literalsOf(bound)) {
    if (literal.integer || digits.isExact(literal)) continue;
    const group = groups.find(({ same }) => isSameNumber(same, literal));
    if (group === undefined || (looseness === 'loose' && !digits.isOne(literal)))
      groups.push({ same: literal, all: new Set([literal]) });
    else group.all.add(literal);
  }
  let low = centre;
  let high = centre;
  let total = 0;
  for (const { same, all } of groups) {
    const { value, unit, open } = same;
    const outwards = value >= 0 ? 1 : -1;
    // What 0.5 was cut off from is less than 0.6.
    const reach = looseness === 'loose' ? unit * (1 - 1e-6) : unit / 2;
    // A zero may have been either sign.
    const inwards = value === 0 ? reach : unit / 2;
    const moves = open ? [outwards * unit] : [outwards * reach, -outwards * inwards];
    let least = 0;
    let most = 0;
    for (const move of moves) {
      const moved = evaluateBound(bound, run, {
        local,
        literal: (literal) => (all.has(literal) ? literal.value + move : literal.value),
      });
      least = Math.min(least, moved - centre);
      most = Math.max(most, moved - centre);
    }
    low += least;
    high += most;
    total += most - least;
  }
  const products = centre === 0 || groups.length < 2 ? 0 : (total * total) / (8 * Math.abs(centre));
  return { low: low - products, high: high + products };
}

function isSameNumber(a: NumberTerm, b: NumberTerm): boolean {
  return a.value === b.value && a.unit === b.unit && a.open === b.open;
}

/** Whether a number lies in a hull, up to float noise. */
export function isWithin({ low, high }: Hull, value: number): boolean {
  const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high), Math.abs(value));
  return value >= low - slack && value <= high + slack;
}

/** What a number may be when several others are taken as stated: the sum of the effects of each taken alone. */
export function hullOf(centre: number, moved: Iterable<number>): Hull {
  let low = centre;
  let high = centre;
  for (const value of moved) {
    if (Number.isNaN(value)) continue;
    low += Math.min(0, value - centre);
    high += Math.max(0, value - centre);
  }
  return { low, high };
}
