import { formatExact } from '@backflow/print';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../apps/web/src/look/parse-number.ts';

describe('a typed number', () => {
  it.each([
    ['3', 3],
    [' -2 ', -2],
    ['−0.5', -0.5],
    ['.5', 0.5],
    ['3.', 3],
    ['0,35', 0.35],
    ['1e-3', 0.001],
    ['9.5·10⁻⁴', 0.00095],
    ['−1.5·10^7', -1.5e7],
    ['1/2', 0.5],
    ['1/0', null],
    ['', null],
    ['-', null],
    ['1.2.3', null],
    ['1,000,000', null],
    ['0x10', null],
    ['Infinity', null],
    ['NaN', null],
    ['1e999', null],
    ['x', null],
    ['1 2', null],
  ])('%j is %s', (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });

  it('reads back what is printed', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(parseNumber(formatExact(x))).toBe(x === 0 ? parseNumber(formatExact(0)) : x);
      }),
      { seed: 22, numRuns: 500 },
    );
  });
});
