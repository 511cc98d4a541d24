import { formatCount } from '@backflow/print';
import { assert, bigInt, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a count for people', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [2046, '2,046'],
    [8041818n, '8,041,818'],
    [-2046, '−2,046'],
    [2 ** 53 - 1, '9.007·10¹⁵'],
    [999_999_999_999_999n, '999,999,999,999,999'],
    [10n ** 15n, '1·10¹⁵'],
    [2n ** 10_000n, '1.995·10³⁰¹⁰'],
    [-(2n ** 10_000n), '−1.995·10³⁰¹⁰'],
    [1_234_500_000_000_000n, '1.235·10¹⁵'],
    [1_234_499_999_999_999n, '1.234·10¹⁵'],
    [9_999_499_999_999_999n, '9.999·10¹⁵'],
    [9_999_500_000_000_000n, '1·10¹⁶'],
    [1e300, '1·10³⁰⁰'],
  ])('%s is %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('takes the number of digits, and the separator of the place it is written in', () => {
    expect(formatCount(2n ** 70n, { exact: Infinity })).toBe('1,180,591,620,717,411,303,424');
    expect(formatCount(8041818, { exact: 5 })).toBe('8.042·10⁶');
    expect(formatCount(8041818, { exact: 0, digits: 1 })).toBe('8·10⁶');
    expect(formatCount(95, { exact: 0, digits: 1 })).toBe('1·10²');
    expect(formatCount(8041818, { exact: 0, digits: 40 })).toBe('8.041818·10⁶');
    expect(formatCount(8041818, { group: '$&' })).toBe('8$&041$&818');
  });

  it.each([NaN, Infinity, -Infinity, 0.5])('refuses %d, which is no count', (count) => {
    expect(() => formatCount(count)).toThrow(RangeError);
  });

  it('has every digit where it is exact', () => {
    const most = 10n ** 15n - 1n;
    assert(
      property(bigInt({ min: 0n, max: most }), (count) => {
        const text = formatCount(count);
        expect(text).toMatch(/^\d{1,3}(,\d{3})*$/);
        expect(BigInt(text.replaceAll(',', ''))).toBe(count);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('is elsewhere the nearest count of four digits and zeros, the larger of two', () => {
    assert(
      property(integer({ min: 16, max: 400 }), bigInt({ min: 0n, max: 10n ** 400n }), (length, noise) => {
        const least = 10n ** BigInt(length - 1);
        const count = least + (noise % (9n * least));
        const [, whole, rest = '', power] = /^(\d)(?:\.(\d{0,2}[1-9]))?·10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(
          formatCount(count),
        )!;
        const exponent = Array.from(power, (glyph) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(glyph)).join('');
        const read = BigInt(whole + rest) * 10n ** (BigInt(exponent) - BigInt(rest.length));
        const unit = 10n ** BigInt(length - 4);
        expect(2n * (read - count)).toBeLessThanOrEqual(unit);
        expect(2n * (read - count)).toBeGreaterThan(-unit);
        expect(read % unit).toBe(0n);
      }),
      { seed: 4, numRuns: 1000 },
    );
  });
});
