import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GradientSum, largestOf, orderedRows, wishTable } from '../../packages/nn/src/explain/wishes.ts';
import { sensitivityRatio, WISH_THRESHOLDS, wishSize } from '../../packages/nn/src/explain/words.ts';
import { passWishes, waysToRaise } from '../../packages/nn/src/explain/ways.ts';
import {
  CAUSE_SHARE,
  chainCause,
  chainOf,
  factorPerLayer,
  sizesOf,
  steepest,
  verdictOf,
  type LayerSizes,
} from '../../packages/nn/src/explain/sizes.ts';
import { FLAT_SLOPE, LayerActivity, NEARLY_DEAD, slopeOf } from '../../packages/nn/src/explain/activity.ts';
import { LEVEL, TOLERANCE } from '../../packages/nn/src/explain/descent.ts';
import { costTerms } from '../../packages/nn/src/explain/terms.ts';
import { ACTIVATIONS } from '../../packages/nn/src/spec/spec.ts';

/** Runs to the end, and counts the stops on the way. */
function finish<T>(work: Generator<unknown, T>): { result: T; stops: number } {
  for (let stops = 0; ; stops++) {
    const { done, value } = work.next();
    if (done === true) return { result: value, stops };
  }
}

describe('the mean of wishes', () => {
  it('keeps what is too small for the sum so far', () => {
    const sum = new GradientSum(2);
    for (const each of [1e16, 1, -1e16, 1]) sum.add([each, 0.1]);
    expect([...sum.mean()]).toEqual([0.5, 0.1]);
  });

  it('is 0 of none, infinite where one is, and NaN where one is', () => {
    expect([...new GradientSum(1).mean()]).toEqual([0]);
    const sum = new GradientSum(3);
    sum.add([Infinity, NaN, 1]);
    sum.add([1, 1, 2]);
    expect([...sum.mean()]).toEqual([Infinity, NaN, 1.5]);
  });

  it('is over all examples, also over those without a column', () => {
    const gradients = [
      [1, -2],
      [3, 0],
      [-10, 5],
    ];
    const { result, stops } = finish(wishTable((i) => gradients[i], 2, [0, 1, 2], 2));
    expect(result.columns.map((column) => [...column])).toEqual([
      [-1, 2],
      [-3, 0],
    ]);
    expect([...result.mean]).toEqual([2, -1]);
    expect([...result.examples]).toEqual([0, 1]);
    expect([result.count, result.largest, stops]).toEqual([3, 2, 3]);
  });

  it('puts the largest first, on demand, and numbers that are none before all', () => {
    const mean = [0.1, -3, NaN, 2, 3, 0];
    expect([...orderedRows(mean, mean.keys(), 'place', 4)]).toEqual([0, 1, 2, 3]);
    expect([...orderedRows(mean, mean.keys(), 'size', 9)]).toEqual([2, 1, 4, 3, 0, 5]);
    expect([...orderedRows(mean, [5, 0, 3], 'size', 2)]).toEqual([3, 0]);
  });

  it('has a largest mean among those that are numbers', () => {
    const { largest } = finish(wishTable(() => [NaN, -2, 1], 3, [0], 1)).result;
    expect(largest).toBe(2);
    expect(wishSize(2, largest)).toBe('lot');
    expect(wishSize(-1, largest)).toBe('lot');
    expect(wishSize(0.5, finish(wishTable(() => [-Infinity, 0.5], 2, [0], 1)).result.largest)).toBe('hardly');
  });

  it('has a largest one', () => {
    expect([largestOf([]), largestOf([1, -2]), largestOf([1, NaN, 2])]).toEqual([0, 2, NaN]);
  });
});

describe('a wish in words', () => {
  it.each([
    [0.31, 'somewhat'],
    [0.03, 'little'],
    [-1.25, 'lot'],
    [0.78, 'lot'],
    [-0.37, 'somewhat'],
    [0.16, 'little'],
  ])('%d next to −1.25 is %s, as the lecture has it', (wish, size) => {
    expect(wishSize(wish, -1.25)).toBe(size);
  });

  it('is documented as it is', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/networks.md'), 'utf8');
    const words = { lot: 'a lot', somewhat: 'somewhat', little: 'a little' };
    for (const [size, from] of Object.entries(WISH_THRESHOLDS)) {
      const word = words[size as keyof typeof words];
      expect(page).toMatch(new RegExp(`\\| from ${100 * from} % +\\| should increase ${word} +\\|`));
    }
    expect(page).toContain(`at most ${100 * NEARLY_DEAD} %`);
    expect(page).toContain(`below ${100 * FLAT_SLOPE} % of the steepest`);
    expect(CAUSE_SHARE).toBe(3 / 4);
    expect(page).toContain('at least three quarters');
    expect(TOLERANCE).toBe(1e-6);
    expect(LEVEL).toBe(1e-3);
    expect(page).toContain('shorter than 10⁻⁶');
    expect(page).toContain('steeper than 10⁻³');
  });

  it('knows nothing, and hardly anything', () => {
    expect([0, -0, 0.0099, 0.01, 0.2, 0.5, 1].map((wish) => wishSize(wish, 1))).toEqual([
      'none',
      'none',
      'hardly',
      'little',
      'somewhat',
      'lot',
      'lot',
    ]);
    expect(wishSize(0, 0)).toBe('none');
  });

  it('compares two: 3.2 does 32 times as much as 0.1', () => {
    expect(sensitivityRatio(3.2, -0.1)).toBeCloseTo(32, 12);
    expect(sensitivityRatio(1, 0)).toBe(Infinity);
    expect(sensitivityRatio(0, 0)).toBeNaN();
  });
});

describe('the ways to raise an output', () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  const weights = [0.5, -1.5, 2];
  const activations = [0.2, 0.9, 0];
  const bias = -0.3;
  const output = (w: readonly number[], a: readonly number[], b: number): number =>
    sigmoid(w.reduce((sum, each, k) => sum + each * a[k], b));
  const nudged = (list: readonly number[], k: number, h: number): number[] =>
    list.map((each, i) => (i === k ? each + h : each));
  const slope = (f: (h: number) => number): number => (f(1e-6) - f(-1e-6)) / 2e-6;

  it('are the slopes of finite differences', () => {
    const a = output(weights, activations, bias);
    const ways = waysToRaise(a * (1 - a), weights, activations, true);
    expect(ways.bias).toBeCloseTo(
      slope((h) => output(weights, activations, bias + h)),
      9,
    );
    for (const k of [0, 1, 2]) {
      expect(ways.weights[k]).toBeCloseTo(
        slope((h) => output(nudged(weights, k, h), activations, bias)),
        9,
      );
      expect(ways.activations[k]).toBeCloseTo(
        slope((h) => output(weights, nudged(activations, k, h), bias)),
        9,
      );
    }
    expect(waysToRaise(1, weights, activations, false).bias).toBeNull();
  });

  it('add up over all outputs to the wishes for the layer before', () => {
    const { shares, sums } = passWishes([2, -1], [1, 2, 3, 10, 20, 30]);
    expect([...shares]).toEqual([2, 4, 6, -10, -20, -30]);
    expect([...sums]).toEqual([-8, -16, -24]);
    expect(passWishes([], []).sums).toHaveLength(0);
  });
});

describe('sizes of gradients by layer', () => {
  it('are taken of all numbers, also where squares are no doubles', () => {
    expect(sizesOf([3, -4])).toEqual({
      rms: expect.closeTo(Math.sqrt(12.5), 12) as number,
      mean: 3.5,
      largest: 4,
    });
    expect(sizesOf([1e-200, -1e-200]).rms).toBeCloseTo(1e-200, 212);
    expect(sizesOf([9, 3, -4, 9], 1, 3).largest).toBe(4);
    expect(sizesOf([])).toEqual({ rms: 0, mean: 0, largest: 0 });
    expect(sizesOf([1, NaN]).rms).toBeNaN();
    expect(sizesOf([1, -Infinity]).rms).toBe(Infinity);
  });

  it.each([
    [[1e-4, 1], 'vanishing'],
    [[1e-2, 1], 'shrinking'],
    [[0.5, 1], 'even'],
    [[50, 1], 'growing'],
    [[5000, 1], 'exploding'],
    [[0, 1], 'zero'],
    [[0, 0], 'zero'],
    [[1, NaN], 'broken'],
    [[Infinity, 1], 'broken'],
    [[1], 'even'],
  ] as const)('of %j are %s', (sizes, verdict) => {
    expect(verdictOf(sizes)).toBe(verdict);
  });

  it('come of slopes and weights, which multiply to what happens', () => {
    const layer = (gradient: number, slope: number): LayerSizes => ({
      weights: sizesOf([1]),
      weightGradients: sizesOf([1]),
      gradients: sizesOf([gradient]),
      slopes: sizesOf([slope]),
    });
    const chain = chainOf([layer(0.1, 0.25), layer(0.8, 0.2)]);
    expect(chain[0].factor).toBeCloseTo(0.125, 12);
    expect(chain[0].slopeFactor * chain[0].weightFactor).toBeCloseTo(chain[0].factor, 12);
    expect(chain[0].weightFactor).toBeCloseTo(0.5, 12);
    expect(chain[1].factor).toBe(1);
  });

  describe('have a cause', () => {
    const layer = (gradient: number, slope: number, weight = 1): LayerSizes => ({
      weights: sizesOf([weight]),
      weightGradients: sizesOf([1]),
      gradients: sizesOf([gradient]),
      slopes: sizesOf([slope]),
    });
    it.each([
      ['slopes, the weights less than half as much', [layer(1e-6, 1e-5), layer(1, 1)], 'slopes'],
      ['slopes, but the weights half as much', [layer(1e-6, 1e-4), layer(1, 1)], 'both'],
      ['slopes, and weights against it', [layer(1e-6, 1e-9), layer(1, 1)], 'slopes'],
      ['weights', [layer(1e-6, 1), layer(1, 1)], 'weights'],
      ['weights that explode, and slopes against it', [layer(1e6, 1e-3), layer(1, 1)], 'weights'],
      ['both', [layer(1e-6, 1e-3), layer(1, 1)], 'both'],
      ['nothing to explain', [layer(0.5, 0.25), layer(1, 1)], null],
      ['no numbers', [layer(NaN, 0.25), layer(1, 1)], null],
      ['nothing that sets out', [layer(0, 1), layer(0, 1)], 'none'],
      ['weights of 0', [layer(0, 1), layer(1, 1, 0)], 'zeros'],
      ['slopes of 0', [layer(0, 0), layer(1, 1)], 'level'],
      ['a 0 on every path', [layer(0, 1), layer(1, 1)], 'paths'],
    ] as const)('%s', (_, layers, cause) => {
      expect(chainCause(chainOf(layers))).toBe(cause);
    });
  });

  it('are bounded by 0.25 per sigmoid: below a thousandth from five factors on', () => {
    const bound = (layers: number): number => steepest('sigmoid') ** layers;
    expect(bound(3)).toBe(0.015625);
    expect([4, 5].map((layers) => bound(layers) < 1e-3)).toEqual([false, true]);
    expect(bound(10)).toBeCloseTo(9.5e-7, 8);
    expect(bound(20)).toBeCloseTo(9.1e-13, 14);
    expect(bound(100) / 6.2e-61).toBeCloseTo(1, 2);
    for (const layers of [10, 20, 100])
      expect(factorPerLayer(Number(`1e-${layers}`), layers)).toBeCloseTo(0.1, 12);
  });
});

describe('units over the data', () => {
  it('are dead where the slope is 0 for every example', () => {
    const layer = new LayerActivity('relu', 4);
    for (let i = 0; i < 100; i++) layer.add([99, -1 - i, i < 3 ? 1 : -1, 1, i - 50], 1);
    const [dead, nearly, alive, half] = layer.units();
    expect([dead.state, nearly.state, alive.state, half.state]).toEqual(['dead', 'nearly', 'alive', 'alive']);
    expect(dead).toMatchObject({ reached: 0, examples: 100, largest: -1, smallest: -100, meanSlope: 0 });
    expect(nearly.reached).toBe(3);
    expect(half.reached).toBe(49);
  });

  it('are neither dead nor flat of no examples, nor where a sum is no number', () => {
    for (const activation of ['relu', 'sigmoid'] as const) {
      const layer = new LayerActivity(activation, 2);
      expect(layer.units().map(({ state }) => state)).toEqual(['alive', 'alive']);
      layer.add([NaN, 1]);
      layer.add([-1, 1]);
      expect(layer.units().map(({ state }) => state)).toEqual(['broken', 'alive']);
    }
  });

  it('are flat where a sigmoid is far out, for every example', () => {
    const layer = new LayerActivity('sigmoid', 3);
    for (const z of [8, 9]) layer.add([z, -z, z - 8]);
    expect(layer.units().map(({ state }) => state)).toEqual(['flat', 'flat', 'alive']);
  });

  it('have the slopes of finite differences', () => {
    for (const activation of ACTIVATIONS.filter((name) => name !== 'softmax')) {
      const slope = slopeOf(activation);
      const f: Record<string, (z: number) => number> = {
        identity: (z) => z,
        step: (z) => (z > 0 ? 1 : 0),
        sigmoid: (z) => 1 / (1 + Math.exp(-z)),
        tanh: Math.tanh,
        relu: (z) => Math.max(0, z),
        leakyRelu: (z) => (z > 0 ? z : 0.01 * z),
      };
      for (const z of [-2.5, -0.4, 0.7, 3]) {
        const difference = (f[activation](z + 1e-6) - f[activation](z - 1e-6)) / 2e-6;
        expect(slope(z)).toBeCloseTo(difference, 8);
      }
    }
    expect(() => slopeOf('softmax')).toThrow(RangeError);
  });
});

describe('the cost of one example', () => {
  /** Squares as they are printed, of activations as they are printed, two digits behind the point. */
  const printed: readonly (readonly [number, number, number])[] = [
    [0.1863, 0.43, 0],
    [0.0809, 0.28, 0],
    [0.0357, 0.19, 0],
    [0.0138, 0.88, 1],
    [0.5242, 0.72, 0],
    [0.0001, 0.01, 0],
    [0.4079, 0.64, 0],
    [0.7388, 0.86, 0],
    [0.9817, 0.99, 0],
    [0.3998, 0.63, 0],
  ];

  it('is the sum of squared differences of the unrounded activations', () => {
    // The activation that the printed square came from; it is printed as the notes have it.
    const a = printed.map(([square, , y]) => (y === 0 ? Math.sqrt(square) : 1 - Math.sqrt(square)));
    expect(a.map((each) => Number(each.toFixed(2)))).toEqual(printed.map(([, shown]) => shown));
    const { terms, cost } = costTerms(
      'squared',
      a,
      a,
      printed.map(([, , y]) => y),
    );
    expect(terms.map((term) => Number(term.cost.toFixed(4)))).toEqual(printed.map(([square]) => square));
    expect(cost).toBeCloseTo(3.3692, 10);
    expect(cost.toFixed(2)).toBe('3.37');
  });

  it('of the four-pixel camera is 3.25, by absolute differences', () => {
    const a = [0.5, 0.75, -0.25, -0.75];
    const { terms, cost } = costTerms('absolute', a, a, [0, 0, 0, 1]);
    expect(terms.map((term) => term.cost)).toEqual([0.5, 0.75, 0.25, 1.75]);
    expect(cost).toBe(3.25);
  });

  it('has the terms of each loss', () => {
    const z = [0.3, -1.2, 2];
    const p = z.map((each) => Math.exp(each) / z.reduce((sum, other) => sum + Math.exp(other), 0));
    expect(costTerms('meanSquared', [1, 3], [1, 3], [0, 1]).cost).toBe(2.5);
    expect(costTerms('hinge', [0.4, -2], [0, 0], [1, -1]).terms.map((term) => term.cost)).toEqual([0.6, 0]);
    expect(costTerms('binaryCrossEntropy', [0.8], [0], [1]).cost).toBeCloseTo(-Math.log(0.8), 12);
    expect(costTerms('binaryCrossEntropy', [1], [0], [1]).cost).toBe(0);
    expect(costTerms('binaryCrossEntropy', [1], [0], [0]).cost).toBe(Infinity);
    expect(costTerms('binaryCrossEntropyWithLogits', [0], [-2], [1]).cost).toBeCloseTo(
      -Math.log(1 / (1 + Math.exp(2))),
      12,
    );
    expect(costTerms('binaryCrossEntropyWithLogits', [0], [800], [0]).cost).toBe(800);
    const cross = costTerms('crossEntropy', z, z, [0, 1, 0]);
    expect(cross.cost).toBeCloseTo(-Math.log(p[1]), 12);
    cross.terms.forEach((term, i) => expect(term.found).toBeCloseTo(p[i], 12));
  });
});
