import { canonicalName } from '@backflow/language';
import {
  layoutOf,
  parameterCount,
  parameterName,
  parameterPath,
  parameterPlace,
  SpecError,
} from '@backflow/nn';
import { describe, expect, it } from 'vitest';

const plain = { sizes: [4, 3, 2, 1], bias: false };
const digits = { sizes: [784, 16, 16, 10], bias: true };

describe('the layout of parameters', () => {
  it.each([
    ['4-3-2-1 without biases', plain, 20],
    ['4-3-2-1 with biases', { ...plain, bias: true }, 26],
    ['784-16-16-10', digits, 13_002],
    ['a perceptron', { sizes: [2, 1], bias: true }, 3],
  ])('%s has %s parameters', (_, spec, count) => {
    expect(parameterCount(spec)).toBe(count);
    const last = layoutOf(spec).at(-1)!;
    expect(spec.bias ? last.biases + last.units : last.weights + last.inputs * last.units).toBe(count);
  });

  it('goes layer by layer, weights first, unit by unit, then biases', () => {
    expect(layoutOf({ sizes: [2, 3, 1], bias: true })).toEqual([
      { inputs: 2, units: 3, weights: 0, biases: 6 },
      { inputs: 3, units: 1, weights: 9, biases: 12 },
    ]);
    expect(layoutOf(plain).map(({ weights, biases }) => [weights, biases])).toEqual([
      [0, -1],
      [12, -1],
      [18, -1],
    ]);
    const paths = Array.from({ length: 13 }, (_, i) => parameterPath({ sizes: [2, 3, 1], bias: true }, i));
    expect(paths).toEqual([
      'layers.0.weight[0][0]',
      'layers.0.weight[0][1]',
      'layers.0.weight[1][0]',
      'layers.0.weight[1][1]',
      'layers.0.weight[2][0]',
      'layers.0.weight[2][1]',
      'layers.0.bias[0]',
      'layers.0.bias[1]',
      'layers.0.bias[2]',
      'layers.1.weight[0][0]',
      'layers.1.weight[0][1]',
      'layers.1.weight[0][2]',
      'layers.1.bias[0]',
    ]);
  });

  it('names every parameter once, as formulas do', () => {
    expect(parameterName(digits, 3 * 784 + 12)).toBe('w^{(1)}_{3,12}');
    expect(parameterName(digits, 784 * 16)).toBe('b^{(1)}_{0}');
    expect(parameterName(digits, 13_001)).toBe('b^{(3)}_{9}');
    expect(parameterPlace(digits, 13_001)).toEqual({ layer: 2, unit: 9, input: -1 });
    const keys = new Set(Array.from({ length: 13_002 }, (_, i) => canonicalName(parameterName(digits, i))));
    expect(keys.size).toBe(13_002);
    expect(keys.has(null)).toBe(false);
  });

  it.each([-1, 20, 0.5, NaN])('has no parameter %s of 20', (index) => {
    expect(() => parameterName(plain, index)).toThrow(SpecError);
    expect(() => parameterName(plain, index)).toThrow(`found ${index}, expected an index from 0 to 19`);
  });
});
