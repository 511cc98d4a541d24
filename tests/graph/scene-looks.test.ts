import { bandColor, intensity, LOOKS, type Rgb } from '@backflow/graph';
import { describe, expect, it } from 'vitest';

function channels(color: string): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(color);
  const parts =
    hex === null ? color.match(/\d+/g)!.map(Number) : hex.slice(1).map((part) => Number.parseInt(part, 16));
  return [parts[0], parts[1], parts[2]];
}

/** Relative luminance and contrast as WCAG 2 defines them. */
function luminance(color: Rgb): number {
  const [r, g, b] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: Rgb, b: Rgb): number {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark', 'print'] as const)('the %s colours', (theme) => {
  const look = LOOKS[theme];
  const ink = channels(look.ink);

  it('give text a contrast of 4.5 and more on everything it stands on', () => {
    const grounds = [
      look.card,
      channels(look.background),
      channels(look.chip),
      channels(look.zeroBand),
      ...look.positiveBand,
      ...look.negativeBand,
    ];
    for (const ground of grounds) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
    for (const ground of [look.card, channels(look.background)])
      expect(contrast(channels(look.muted), ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(channels(look.chipOver), channels(look.chipOverInk))).toBeGreaterThanOrEqual(4.5);
  });

  it('give lines of either sign, and of activity, a contrast of 3 and more on the paper', () => {
    for (const line of [look.positive, look.negative, channels(look.active), channels(look.edge)])
      expect(contrast(line, channels(look.background))).toBeGreaterThanOrEqual(3);
  });

  it('are blue for positive and orange for negative, stronger for more', () => {
    const positive = channels(bandColor(1, 1, look));
    const negative = channels(bandColor(-1, 1, look));
    expect(positive[2]).toBeGreaterThan(positive[0]);
    expect(negative[0]).toBeGreaterThan(negative[2]);
    const weak = channels(bandColor(0.01, 1, look));
    expect(weak[2] - weak[0]).toBeLessThan(positive[2] - positive[0]);
    expect(bandColor(0, 1, look)).toBe(look.zeroBand);
    expect(bandColor(NaN, 1, look)).toBe(look.zeroBand);
  });
});

describe('intensity', () => {
  it('is 0 for nothing, 1 from the scale on, and between them in between', () => {
    expect(intensity(0, 4)).toBe(0);
    expect(intensity(NaN, 4)).toBe(0);
    expect(intensity(-4, 4)).toBe(1);
    expect(intensity(Infinity, 4)).toBe(1);
    expect(intensity(400, 4)).toBe(1);
    expect(intensity(1, 4)).toBe(0.5);
  });
});
