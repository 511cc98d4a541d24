import type { Printed } from '../question.ts';
import { isCutOff, isNear, isRight } from './numbers.ts';

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number as somebody typed it into a field: `−0,082`, `.5`, `9.5·10⁻⁴`, `1/2`; null for anything else. */
function readTyped(text: string): Printed | null {
  const plain = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/[⁺⁻⁰¹²³⁴-⁹]+/gu, (raised) =>
      Array.from(raised, (sign) => (sign === '⁻' ? '-' : sign === '⁺' ? '+' : RAISED.indexOf(sign))).join(''),
    )
    .replace(/\s*[·×*]\s*10\s*\^?\s*([-+]?\d+)$/, 'e$1')
    .replace(/^([^.,]*),(\d+)(?=e|$)/i, '$1.$2');
  const about = /^(≈|~)/.test(plain);
  const number = plain.replace(/^(≈|~)=?\s*/, '');
  const fraction = /^([-+]?\d+)\s*\/\s*(\d+)$/.exec(number);
  if (fraction !== null) {
    const value = Number(fraction[1]) / Number(fraction[2]);
    return Number.isFinite(value) ? { value, unit: 0, integer: false, open: false, about, text } : null;
  }
  const parts = /^[-+]?(?:\d+\.?(\d*)|\.(\d+))(?:e([-+]?\d+))?$/i.exec(number);
  if (parts === null) return null;
  const value = Number(number);
  if (!Number.isFinite(value)) return null;
  const [, after, alone, power] = parts;
  const decimals = (after ?? alone ?? '').length;
  const integer = !number.includes('.') && power === undefined;
  return { value, unit: 10 ** (Number(power ?? 0) - decimals), integer, open: false, about, text };
}

/**
 * Judges a number that stands alone, at the digits typed: right to half a unit of the last one, rounded (or cut off) to a
 * unit; unknown where it is no number.
 */
export function judgeNumber(text: string, truth: number): 'right' | 'rounded' | 'wrong' | 'unknown' {
  const printed = readTyped(text);
  if (printed === null) return 'unknown';
  if (isRight(printed, truth)) return 'right';
  return isCutOff(printed, truth) || (!printed.integer && isNear(printed, truth)) ? 'rounded' : 'wrong';
}
