import type { Bound } from '../bound.ts';
import { leavesUnder } from '../places.ts';
import { digitsOf } from './exact.ts';
import type { Digits } from './exact.ts';
import { isNoise } from './numbers.ts';
import type { Setting } from './setting.ts';

/**
 * What the numbers of a formula stand for where it is written as its subject's own: in `y = 2·3 + 0.5` for y = ab + c the
 * 0.5 stands for c, and is c's number or a wrong one.
 */
export function digitsIn({ page, subject, at }: Setting, formula: Bound): Digits {
  const digits = digitsOf(page);
  if (subject.bound.kind !== 'value') return digits;
  const { recording } = page.world;
  const leaves = leavesUnder(formula, subject.bound.node, recording);
  if (leaves.size === 0) return digits;
  const { value } = page.run(at);
  return {
    isOne: (literal) => digits.isOne(literal),
    isExact(literal) {
      const place = leaves.get(literal);
      if (place === undefined) return digits.isExact(literal);
      const due = Math.abs(value[place.leaf]);
      return isNoise(due, literal.value) || !(Math.abs(due - literal.value) < literal.unit);
    },
  };
}
