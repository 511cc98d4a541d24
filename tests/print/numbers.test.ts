import {
  alignNumbers,
  formatExact,
  formatNumber,
  formatNumberLatex,
  isShownExactly,
  splitNumber,
} from '@backflow/print';
import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a number for people', () => {
  it.each([
    [3, '3'],
    [0, '0'],
    [-0, '0'],
    [-2, '−2'],
    [0.5, '0.5'],
    [0.593269992, '0.5933'],
    [24.7041, '24.7'],
    [138.8338, '138.8'],
    [-0.7413650695, '−0.7414'],
    [0.1 + 0.2, '0.3'],
    [0.9999999, '1'],
    [0.99994, '0.9999'],
    [0.001, '0.001'],
    [0.0012345, '0.001234'],
    [0.00099996, '0.001'],
    [0.00099994, '9.999·10⁻⁴'],
    [0.00095, '9.5·10⁻⁴'],
    [-0.0001234, '−1.234·10⁻⁴'],
    [1e-320, '1·10⁻³²⁰'],
    [5e-324, '4.941·10⁻³²⁴'],
    [-1e-20, '−1·10⁻²⁰'],
    [1234, '1234'],
    [13002, '13,002'],
    [12345.678, '12,346'],
    [1234.5678, '1235'],
    [999950, '999,950'],
    [999950.4, '999,950'],
    [999999.7, '1·10⁶'],
    [1e6, '1·10⁶'],
    [8041818, '8.042·10⁶'],
    [-2500000, '−2.5·10⁶'],
    [1e21, '1·10²¹'],
    [2.3e12, '2.3·10¹²'],
    [Number.MAX_VALUE, '1.798·10³⁰⁸'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [NaN, 'NaN'],
  ])('%d is %s', (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });

  it.each([
    [2, '0.59'],
    [6, '0.59327'],
    [10, '0.593269992'],
    [99, '0.593269992'],
    [0, '0.59'],
  ])('with %d digits 0.593269992 is %s', (digits, text) => {
    expect(formatNumber(0.593269992, { digits })).toBe(text);
  });

  it.each([
    [3, '3.000'],
    [0, '0.000'],
    [0.5, '0.5000'],
    [13002, '13,002'],
    [0.00095, '9.500·10⁻⁴'],
  ])('with its zeros kept %d is %s', (x, text) => {
    expect(formatNumber(x, { zeros: true })).toBe(text);
  });

  it('takes the sign and the thousands separator of the place it is written in', () => {
    expect(formatNumber(-13002, { minus: '-', group: ' ' })).toBe('-13 002');
  });

  it('is within half a unit of its last digit and never a signed zero', () => {
    assert(
      property(
        double({ min: -1e307, max: 1e307, noNaN: true }),
        integer({ min: 2, max: 10 }),
        (x, digits) => {
          const text = formatNumber(x, { digits });
          const read = readBack(text);
          expect(text).not.toMatch(/^−0(\.0*)?$/);
          expect(Math.abs(read - x)).toBeLessThanOrEqual(
            Math.abs(x) * 0.5 * 10 ** (1 - digits) * (1 + 1e-9) + 5e-324,
          );
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('a number in LaTeX', () => {
  it.each([
    [3, '3'],
    [-0.00095, '-9.5 \\cdot 10^{-4}'],
    [13002, '13{,}002'],
    [-Infinity, '-\\infty'],
    [NaN, '\\mathrm{NaN}'],
    [-0, '0'],
  ])('%d is %s', (x, latex) => {
    expect(formatNumberLatex(x)).toBe(latex);
  });
});

describe('a number in full', () => {
  it.each([
    [0.1 + 0.2, '0.30000000000000004'],
    [-1.5e-7, '−1.5·10⁻⁷'],
    [1e21, '1·10²¹'],
    [-0, '0'],
    [-Infinity, '−∞'],
  ])('%d is %s', (x, text) => {
    expect(formatExact(x)).toBe(text);
  });

  it('reads back as the same double', () => {
    assert(
      property(double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(readBack(formatExact(x))).toBe(x === 0 ? 0 : x);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});

describe('a column of numbers', () => {
  it('a column is aligned on its decimal points', () => {
    expect(alignNumbers(['3', '−0.5933', '12.5', '9.5·10⁻⁴', '—', '2·10⁶'])).toEqual(
      [' 3      ', '−0.5933 ', '12.5    ', ' 9.5·10⁻⁴', ' —      ', ' 2·10⁶  '].map((line) => line.padEnd(9)),
    );
    expect(splitNumber('−0.5933')).toEqual({ whole: '−0', rest: '.5933' });
  });

  it('tells a rounded number from an exact one', () => {
    expect([3, 0.5, 0.1 + 0.2, 0.37751, 13002, NaN].map((x) => isShownExactly(x))).toEqual([
      true,
      true,
      true,
      false,
      true,
      true,
    ]);
  });
});

const DIGITS = new Map(Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹').map((glyph, digit) => [glyph, String(digit)]));

function readBack(text: string): number {
  const ascii = Array.from(
    text.replaceAll('−', '-').replaceAll(',', '').replace('·10', 'e').replace('⁻', '-'),
  );
  return Number(ascii.map((character) => DIGITS.get(character) ?? character).join(''));
}
