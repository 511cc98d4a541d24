import { loadNetworkMessages } from '@backflow/messages';
import { generate, initialParameters, inputInto, type LossSpec, type NetworkSpec } from '@backflow/nn';
import { describe, expect, it } from 'vitest';
import { answerOf, confidenceOf, sharesAddUp } from '../../apps/web/src/network/try/answer.ts';
import { sentenceOf } from '../../apps/web/src/network/try/sentence.ts';
import { rangesOf } from '../../apps/web/src/network/try/ranges.ts';
import { boxOf, extentOf, FINE, inkOfPixels, type Ink } from '../../apps/web/src/network/try/ink.ts';
import { noiseInto, surveyNoise } from '../../apps/web/src/network/try/noise.ts';
import { shareText } from '../../apps/web/src/network/try/share.ts';
import { Sketch } from '../../apps/web/src/network/try/sketch.ts';
import { tryStateOf } from '../../apps/web/src/network/try/try-state.ts';
import { Response } from '../../apps/web/src/network/training/response.ts';
import type { Training } from '../../apps/web/src/network/contract.ts';

const SIDE = 28;
const languages = [await loadNetworkMessages('en'), await loadNetworkMessages('de')];
const digits = generate({ kind: 'digits', count: 30, noise: 0, seed: 1, validation: 0 });
const network: NetworkSpec = {
  sizes: [784, 8, 10],
  activation: 'tanh',
  output: 'identity',
  bias: true,
  init: 'xavier',
  seed: 1,
};
const loss: LossSpec = { name: 'crossEntropy', l1: 0, l2: 0 };
const response = new Response(network, initialParameters(network));

/** A seven of three points, moved and scaled. */
function seven(x: number, y: number, scale: number): Sketch {
  const sketch = new Sketch(SIDE, SIDE);
  sketch.begin(x, y);
  sketch.go(x + 8 * scale, y);
  sketch.go(x + 3 * scale, y + 14 * scale);
  sketch.end();
  return sketch;
}

const inkOf = (pixels: Float64Array): Ink => ({
  width: SIDE,
  height: SIDE,
  values: Float32Array.from(pixels),
});

describe('a drawing', () => {
  it('is brought into the box, with its centre of mass in the middle', () => {
    for (const [x, y, scale] of [
      [4, 3, 1],
      [15, 10, 1],
      [6, 5, 1.4],
    ]) {
      const extent = extentOf(inkOf(seven(x, y, scale).pixels()))!;
      expect(extent.x).toBeCloseTo(SIDE / 2, 1);
      expect(extent.y).toBeCloseTo(SIDE / 2, 1);
      const tall = extent.bottom - extent.top;
      expect(Math.abs(tall - boxOf(SIDE, SIDE))).toBeLessThanOrEqual(2);
    }
  });

  it('is the same to the network wherever it is drawn', () => {
    const [left, right] = [seven(4, 3, 1), seven(13, 9, 1)].map((sketch) => sketch.pixels());
    expect(Math.max(...left.map((value, k) => Math.abs(value - right[k])))).toBeLessThan(0.02);
  });

  it('is taken as it is where that is asked for', () => {
    const sketch = seven(4, 3, 1);
    sketch.centre.value = false;
    const extent = extentOf(inkOf(sketch.pixels()))!;
    expect(extent.left).toBeLessThan(5);
    expect(extent.x).toBeLessThan(10);
  });

  it('is black where nothing is drawn', () => {
    const sketch = new Sketch(SIDE, SIDE);
    expect(sketch.isEmpty).toBe(true);
    expect(sketch.pixels().every((value) => value === 0)).toBe(true);
  });

  it('is undone stroke by stroke', () => {
    const sketch = seven(4, 3, 1);
    const before = sketch.pixels();
    sketch.begin(20, 20);
    sketch.go(24, 24);
    expect(sketch.pixels()).not.toEqual(before);
    sketch.undo();
    expect(sketch.pixels()).toEqual(before);
    sketch.undo();
    expect(sketch.isEmpty).toBe(true);
  });

  it('is erased where the eraser goes', () => {
    const sketch = seven(4, 3, 1);
    sketch.begin(4, 3, true);
    sketch.go(12, 3);
    sketch.end();
    const { values } = sketch.ink;
    expect(values[3 * FINE * SIDE * FINE + 8 * FINE]).toBe(0);
    expect(Math.max(...values)).toBe(1);
  });

  it('is drawn by keys: the pen goes down, draws and is lifted', () => {
    const sketch = new Sketch(SIDE, SIDE);
    sketch.move(0, -100);
    expect(sketch.pen.value).toEqual({ x: 14, y: 0, down: false });
    expect(sketch.isEmpty).toBe(true);
    sketch.press();
    for (let k = 0; k < 10; k++) sketch.move(0, 1);
    sketch.press();
    sketch.move(9, 0);
    const { left, right, top, bottom } = extentOf(sketch.ink)!;
    expect(bottom - top).toBeGreaterThan(3 * (right - left));
  });
});

describe('a picture that is opened', () => {
  const picture = (paper: number, ink: number): Uint8ClampedArray => {
    const pixels = new Uint8ClampedArray(4 * 20 * 20).fill(255);
    for (let at = 0; at < 400; at++) {
      const inside = at % 20 > 8 && at % 20 < 12 && at > 60 && at < 340;
      pixels.fill(inside ? ink : paper, 4 * at, 4 * at + 3);
    }
    return pixels;
  };

  it.each([
    ['black on white', 255, 0, true],
    ['grey on grey paper', 180, 90, true],
    ['white on black', 0, 255, false],
    ['grey on dark', 40, 120, false],
  ])('%s: its ink is 1 and its paper 0', (_, paper, pen, turns) => {
    const { ink, turned } = inkOfPixels(picture(paper, pen), 20, 20);
    expect(turned).toBe(turns);
    expect(ink.values[0]).toBe(0);
    expect(ink.values[10 * 20 + 10]).toBeCloseTo(1, 6);
  });

  it('of nothing but paper has no ink', () => {
    expect(extentOf(inkOfPixels(picture(200, 200), 20, 20).ink)).toBe(null);
    expect(extentOf(inkOfPixels(new Uint8ClampedArray(1600), 20, 20).ink)).toBe(null);
  });

  it('keeps its shape', () => {
    const sketch = new Sketch(SIDE, SIDE);
    sketch.open({ width: 40, height: 10, values: new Float32Array(400).fill(1) });
    const { left, right, top, bottom } = extentOf(sketch.ink)!;
    expect((right - left) / (bottom - top)).toBeCloseTo(4, 0);
  });
});

describe('an answer', () => {
  it('names the class that it is surest of', () => {
    const x = new Float64Array(784);
    inputInto(digits, 3, x);
    const answer = answerOf(response, loss, digits, x);
    expect(answer.sure).toHaveLength(10);
    expect(confidenceOf(answer)).toBe(Math.max(...answer.sure!));
    expect(answer.sure!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('changes with the drawing', () => {
    const [one, two] = [seven(4, 3, 1), new Sketch(SIDE, SIDE)].map((sketch) =>
      answerOf(response, loss, digits, sketch.pixels()),
    );
    expect(one.outputs).not.toEqual(two.outputs);
  });

  it('is of numbers where there are no classes', () => {
    const answer = answerOf(response, null, null, new Float64Array(784));
    expect([answer.sure, answer.best, answer.outputs.length]).toEqual([null, -1, 10]);
  });

  it.each(languages)('is said in words, as sure as it is (%#)', ({ try: texts }) => {
    const said = (...sure: number[]): string => {
      const best = sure.indexOf(Math.max(...sure));
      return sentenceOf(
        { outputs: Float64Array.from(sure), sure: Float64Array.from(sure), best },
        ['a', 'b'],
        texts,
        String,
      );
    };
    expect(said(0.05, 0.95)).toBe(texts.answer.sure('b', '95\u00a0%'));
    expect(said(0.6, 0.4)).toBe(texts.answer.leaning('a', '60\u00a0%'));
    expect(said(0.3, 0.2)).toBe(texts.answer.unsure('a', '30\u00a0%'));
    expect(said(NaN, NaN)).toBe(texts.answer.noNumber);
  });

  it('says whether its shares add up', () => {
    const squared: LossSpec = { ...loss, name: 'squared' };
    expect(sharesAddUp(network, loss)).toBe(true);
    expect(sharesAddUp(network, squared)).toBe(false);
    expect(sharesAddUp({ ...network, output: 'softmax' }, squared)).toBe(true);
    expect(sharesAddUp({ ...network, sizes: [784, 1] }, squared)).toBe(true);
  });
});

describe('a share', () => {
  it.each([
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.012, '1.2 %'],
    [0.5, '50 %'],
    [0.994, '99.4 %'],
    [0.99999, '> 99.9 %'],
    [1, '100 %'],
    [NaN, 'NaN'],
  ])('%d is printed as %s', (share, text) => {
    expect(shareText(share).replaceAll('\u00a0', ' ')).toBe(text);
  });
});

describe('noise', () => {
  it('is the same for a seed and an index, and within brightness', () => {
    const [a, b, c] = [0, 0, 1].map((index) => {
      const x = new Float64Array(784);
      noiseInto(5, index, true, x);
      return x;
    });
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(Math.min(...a)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...a)).toBeLessThan(1);
  });

  it('is surveyed picture by picture', () => {
    const all = surveyNoise(response, loss, digits, 1, 40);
    const x = new Float64Array(784);
    let sum = 0;
    let surest = 0;
    for (let index = 0; index < 40; index++) {
      noiseInto(1, index, false, x);
      const confidence = confidenceOf(answerOf(response, loss, digits, x));
      sum += confidence;
      surest = Math.max(surest, confidence);
    }
    expect(all.mean).toBeCloseTo(sum / 40, 12);
    expect(all.surest.confidence).toBe(surest);
    expect(all.named.reduce((count, times) => count + times, 0)).toBe(40);
  });
});

describe('what the reader tried', () => {
  const example = { index: 3, x: new Float64Array(2).fill(0.5), y: new Float64Array(1) };
  const training = { example: { peek: () => example } } as unknown as Training;

  it('stays for the same data, and begins anew for others', () => {
    const moons = generate({ kind: 'moons', count: 9, noise: 0, seed: 1, validation: 0 });
    const state = tryStateOf(training, moons, 2);
    expect([...state.input.value]).toEqual([0.5, 0.5]);
    expect(state.example).toBe(3);
    expect(tryStateOf(training, { ...moons, size: 8 }, 2)).toBe(state);
    expect(tryStateOf(training, digits, 784)).not.toBe(state);
  });

  it('is drawn for pictures, and typed or pressed for few numbers', () => {
    const camera = generate({ kind: 'camera', count: 8, noise: 0, seed: 1, validation: 0 });
    expect(tryStateOf(training, digits, 784).sketch).toBeInstanceOf(Sketch);
    expect(tryStateOf(training, camera, 4).sketch).toBe(null);
  });

  it('is compared with what the data have in each column', () => {
    const line = generate({ kind: 'line', count: 100, noise: 0, seed: 1, validation: 0 });
    const [{ low, high }] = rangesOf(line, 1);
    expect([low, high]).toEqual([Math.min(...line.x), Math.max(...line.x)]);
    expect(rangesOf(null, 2)).toEqual([
      { low: -1, high: 1 },
      { low: -1, high: 1 },
    ]);
  });
});
