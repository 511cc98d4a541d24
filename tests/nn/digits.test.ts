import { generate, inputInto } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

const SIDE = 28;
const digits = generate({ kind: 'digits', count: 500, noise: 0, seed: 1, validation: 0 });
const pixelsOf = (i: number): Float64Array => {
  const into = new Float64Array(digits.inputs);
  inputInto(digits, i, into);
  return into;
};

/** Where the ink of a picture begins and ends, and its centre of mass. */
function ink(pixels: Float64Array) {
  let [left, right, top, bottom, mass, x, y] = [SIDE, -1, SIDE, -1, 0, 0, 0];
  for (const [pixel, brightness] of pixels.entries()) {
    const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
    mass += brightness;
    x += brightness * (column + 0.5);
    y += brightness * (row + 0.5);
    if (brightness < 0.1) continue;
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  return { width: right - left + 1, height: bottom - top + 1, mass, x: x / mass, y: y / mass };
}

describe('drawn digits', () => {
  it('are bytes, of the ten classes in turn', () => {
    expect(digits.x).toBeInstanceOf(Uint8Array);
    expect([...digits.y.subarray(8, 12)]).toEqual([8, 9, 0, 1]);
    expect(Math.max(...pixelsOf(3))).toBeLessThanOrEqual(1);
  });

  it('fill a box of 20 × 20 pixels, with their centre of mass in the middle', () => {
    for (let i = 0; i < digits.size; i++) {
      const { width, height, x, y } = ink(pixelsOf(i));
      // The box ends between pixels, and a stroke fades.
      expect(Math.max(width, height)).toBeGreaterThanOrEqual(19);
      expect(Math.max(width, height)).toBeLessThanOrEqual(23);
      expect(Math.abs(x - SIDE / 2)).toBeLessThan(1.6);
      expect(Math.abs(y - SIDE / 2)).toBeLessThan(1.6);
    }
  });

  it('are of a light and of a heavy hand, in the measure of MNIST', () => {
    const masses = Array.from({ length: digits.size }, (_, i) => ink(pixelsOf(i)).mass / digits.inputs);
    const mean = masses.reduce((sum, mass) => sum + mass, 0) / masses.length;
    // MNIST's mean brightness is 0.13.
    expect(mean).toBeGreaterThan(0.1);
    expect(mean).toBeLessThan(0.16);
    expect(Math.max(...masses)).toBeGreaterThan(3 * Math.min(...masses));
  });

  it('are none the same', () => {
    const seen = new Set(Array.from({ length: digits.size }, (_, i) => pixelsOf(i).join()));
    expect(seen.size).toBe(digits.size);
  });

  it('are told apart by the mean picture of each digit most of the time, but not always', () => {
    const means = Array.from({ length: 10 }, () => new Float64Array(digits.inputs));
    const trained = 300;
    for (let i = 0; i < trained; i++) {
      const mean = means[digits.y[i]];
      for (const [k, brightness] of pixelsOf(i).entries()) mean[k] += brightness / (trained / 10);
    }
    const squares = (a: Float64Array, b: Float64Array): number =>
      a.reduce((sum, value, k) => sum + (value - b[k]) ** 2, 0);
    let right = 0;
    for (let i = trained; i < digits.size; i++) {
      const distances = means.map((mean) => squares(mean, pixelsOf(i)));
      if (distances.indexOf(Math.min(...distances)) === digits.y[i]) right++;
    }
    const share = right / (digits.size - trained);
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.97);
  });
});
