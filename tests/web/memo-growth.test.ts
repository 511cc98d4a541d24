import { DOUBLING, networksOfWidth } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { curvesOf, readOff } from '../../apps/web/src/memo/growth/lines.ts';
import { apart, log10Of, powerOfTen, ticksTo, wholeNumbers } from '../../apps/web/src/memo/growth/scale.ts';

describe('the scale of the growth plot', () => {
  it('takes the logarithm of counts far beyond doubles', () => {
    expect(log10Of(1n)).toBe(0);
    expect(log10Of(1000n)).toBeCloseTo(3, 12);
    expect(log10Of(10n ** 3010n)).toBeCloseTo(3010, 9);
    expect(log10Of(2n ** 10_000n)).toBeCloseTo(10_000 * Math.log10(2), 9);
    expect(log10Of(0n)).toBe(-Infinity);
  });

  it('has few, round ticks, that reach no further than the axis', () => {
    expect(ticksTo(3010, 3, 1)).toEqual([0, 2000]);
    expect(ticksTo(6.3, 4, 1)).toEqual([0, 2, 4, 6]);
    expect(ticksTo(1, 5, 1)).toEqual([0, 1]);
    expect(ticksTo(20_002, 4, 1)).toEqual([0, 10_000, 20_000]);
  });

  it('writes powers of ten', () => {
    expect([0, 2, 3000].map(powerOfTen)).toEqual(['1', '10²', '10³⁰⁰⁰']);
  });

  it('spreads whole numbers over a range, its ends among them', () => {
    expect(wholeNumbers(1, 5, 80)).toEqual([1, 2, 3, 4, 5]);
    expect(wholeNumbers(1, 10_000, 4)).toEqual([1, 2501, 5001, 7500, 10_000]);
    expect(wholeNumbers(3, 3, 10)).toEqual([3]);
  });

  it('moves labels apart and keeps their order', () => {
    expect(apart([50, 52, 10], 10, 0, 100)).toEqual([50, 60, 10]);
    expect(apart([98, 99], 10, 0, 100)).toEqual([90, 100]);
  });
});

describe('the lines of the growth plot', () => {
  const nameOf = (name: string): string => name;
  const alike = (first: string, others: number): string => `${first} + ${others}`;

  it('are one where algorithms cost the same at every size', () => {
    const names = ['path-sum', 'memo', 'reverse', 'forward', 'accumulate-early'] as const;
    const curves = curvesOf(DOUBLING, 20, 'multiplications', names, nameOf, alike);
    expect(curves.map(({ id, label }) => [id, label])).toEqual([
      ['path-sum', 'path-sum = accumulate-early'],
      ['reverse', 'reverse + 2'],
    ]);
    expect(readOff(curves, DOUBLING, 10, 'multiplications').map(({ reading }) => reading)).toEqual([
      '2,046',
      '20',
    ]);
  });

  it('leave out what costs nothing', () => {
    const curves = curvesOf(networksOfWidth(4), 5, 'multiplications', ['numeric', 'forward'], nameOf, alike);
    expect(curves.map(({ id }) => id)).toEqual(['forward']);
  });
});
