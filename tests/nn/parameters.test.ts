import {
  initialParameters,
  layoutOf,
  networkOf,
  ParametersError,
  parametersFromJson,
  parametersToJson,
  SpecError,
} from '@backflow/nn';
import type { InitializerName, NetworkSpec } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

const wide: NetworkSpec = {
  sizes: [400, 100, 20],
  activation: 'relu',
  output: 'identity',
  bias: true,
  init: 'he',
  seed: 2,
};
const drawn = (init: InitializerName) => {
  const parameters = initialParameters({ ...wide, init });
  return layoutOf(wide).map(({ inputs, units, weights, biases }) => ({
    inputs,
    units,
    weights: parameters.subarray(weights, weights + inputs * units),
    biases: parameters.subarray(biases, biases + units),
  }));
};
const variance = (numbers: Float64Array): number =>
  numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length;

describe('parameters at the start', () => {
  it('are those of the seed, on every machine', () => {
    const small = networkOf([2, 2, 1], { activation: 'tanh', seed: 7 });
    const first = initialParameters(small);
    expect(initialParameters(small)).toEqual(first);
    expect([...first.subarray(0, 3)]).toEqual([
      0.04909072452108481, -0.9860011824498521, -0.6527522679600356,
    ]);
    expect(initialParameters({ ...small, init: 'he' })[0]).toBe(0.9914616778685171);
    expect(initialParameters({ ...small, seed: 8 })).not.toEqual(first);
  });

  it('uniform: up to ±1/√inputs, biases too', () => {
    for (const { inputs, weights, biases } of drawn('uniform')) {
      const bound = 1 / Math.sqrt(inputs);
      expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(bound);
      expect(variance(weights) / (bound ** 2 / 3)).toBeCloseTo(1, 1);
      expect(new Set(biases).size).toBe(biases.length);
    }
  });

  it('xavier: up to ±√(6/(inputs + units))', () => {
    for (const { inputs, units, weights, biases } of drawn('xavier')) {
      const bound = Math.sqrt(6 / (inputs + units));
      expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(bound);
      expect(variance(weights) / (2 / (inputs + units))).toBeCloseTo(1, 1);
      expect(biases.every((b) => b === 0)).toBe(true);
    }
  });

  it('he: normal with variance 2/inputs', () => {
    for (const { inputs, weights, biases } of drawn('he')) {
      expect(Math.abs((variance(weights) * inputs) / 2 - 1)).toBeLessThan(0.1);
      const beyond = weights.filter((w) => Math.abs(w) > Math.sqrt(2 / inputs)).length / weights.length;
      expect(Math.abs(beyond - 0.3173)).toBeLessThan(0.02);
      expect(biases.every((b) => b === 0)).toBe(true);
    }
  });

  it('zeros', () => {
    expect(initialParameters({ ...wide, init: 'zeros' }).every((w) => w === 0)).toBe(true);
  });
});

describe('parameters as JSON', () => {
  const spec = networkOf([2, 3, 1], { activation: 'tanh', output: 'sigmoid', seed: 9 });
  const odd = Float64Array.from([
    0.1,
    -0,
    5e-324,
    -1.7976931348623157e308,
    1 / 3,
    1e21,
    1e-7,
    123456789,
    0,
    -2.5,
    Math.PI,
    2 ** 53,
    -1e-310,
  ]);
  const text = parametersToJson(spec, odd);

  it('keep every bit', () => {
    const read = parametersFromJson(text, spec);
    expect(read.spec).toEqual(spec);
    expect([...read.parameters].map((w, i) => Object.is(w, odd[i]))).toEqual(
      Array.from({ length: 13 }, () => true),
    );
    const bare = networkOf([4, 3, 2, 1], { bias: false });
    const start = initialParameters(bare);
    expect(parametersFromJson(parametersToJson(bare, start)).parameters).toEqual(start);
  });

  it('are arranged as in PyTorch, a line per unit', () => {
    const data = JSON.parse(text) as { layers: { weight: number[][]; bias: number[] }[] };
    expect(data.layers.map(({ weight, bias }) => [weight.length, weight[0].length, bias.length])).toEqual([
      [3, 2, 3],
      [1, 3, 1],
    ]);
    expect(data.layers[0].weight[2]).toEqual([1 / 3, 1e21]);
    expect(text.split('\n').filter((line) => /^ {8}\[/.test(line)).length).toBe(4);
  });

  it('refuse numbers that are not finite, and another number of them', () => {
    const bad = odd.slice();
    bad[4] = NaN;
    expect(() => parametersToJson(spec, bad)).toThrow(
      'Parameters, at parameter 4: found NaN, expected a finite number.',
    );
    expect(() => parametersToJson(spec, odd.subarray(1))).toThrow(SpecError);
  });

  /** The file with something else at `layers.0.weight`; undefined takes away what is there. */
  const changed = (path: string, value?: unknown): string => {
    const data = JSON.parse(text) as Record<string, unknown>;
    const keys = path.split('.');
    const last = keys.pop()!;
    let inside = data;
    for (const key of keys) inside = inside[key] as Record<string, unknown>;
    inside[last] = value;
    return JSON.stringify(data);
  };
  it.each<[string, string, string]>([
    ['{"format":', 'the text', 'expected JSON'],
    ['[]', 'the text', 'found a list of 0, expected an object'],
    ['null', 'the text', 'found null, expected an object'],
    ['{}', 'format', 'found undefined, expected “backflow-network”'],
    [changed('version', 2), 'version', 'found 2, expected 1'],
    [changed('sizes', [2, 0, 1]), 'sizes[1]', 'found 0, expected a whole number'],
    [changed('sizes', 'many'), 'sizes', 'found “many”'],
    [changed('activation', 'swish'), 'activation', 'found “swish”, expected one of'],
    [changed('bias', 1), 'bias', 'found 1, expected true or false'],
    [changed('layers', [{}]), 'layers', 'found a list of 1, expected a list of 2'],
    [changed('layers.0', null), 'layers[0]', 'found null, expected an object'],
    [changed('layers.1.weight'), 'layers[1].weight', 'found undefined, expected a list of 1'],
    [
      changed('layers.0.weight.2', [1, 2, 3]),
      'layers[0].weight[2]',
      'found a list of 3, expected a list of 2',
    ],
    [changed('layers.0.weight.2.1', '1'), 'layers[0].weight[2][1]', 'found “1”, expected a finite number'],
    [text.replace('1e+21', '1e999'), 'layers[0].weight[2][1]', 'found Infinity, expected a finite number'],
    [changed('layers.1.bias', null), 'layers[1].bias', 'found null, expected a list of 1'],
  ])('refuse a file with the reason: %#', (file, where, message) => {
    expect(() => parametersFromJson(file)).toThrow(ParametersError);
    expect(() => parametersFromJson(file)).toThrow(expect.objectContaining({ where }));
    expect(() => parametersFromJson(file)).toThrow(message);
  });

  it('refuse a bias where there are none', () => {
    const bare = networkOf([1, 1], { bias: false });
    const file = parametersToJson(bare, [1]).replace('"bias": null', '"bias": [1]');
    expect(() => parametersFromJson(file)).toThrow(
      'layers[0].bias: found a list of 1, expected null, without biases.',
    );
  });

  it.each([
    [
      networkOf([2, 4, 1], { activation: 'tanh', output: 'sigmoid' }),
      'sizes: found “2-3-1”, expected 2-4-1.',
    ],
    [
      networkOf([2, 3, 1], { activation: 'tanh', output: 'sigmoid', bias: false }),
      'bias: found true, expected false.',
    ],
    [
      networkOf([2, 3, 1], { activation: 'relu', output: 'sigmoid' }),
      'activation: found “tanh”, expected relu.',
    ],
    [networkOf([2, 3, 1], { activation: 'tanh' }), 'output: found “sigmoid”, expected identity.'],
  ])('refuse a file of another network', (other, message) => {
    expect(() => parametersFromJson(text, other)).toThrow(`Parameters, at ${message}`);
  });

  it('fit a network with another seed or start', () => {
    const other = { ...spec, seed: 1, init: 'he' as const };
    expect(parametersFromJson(text, other).spec.seed).toBe(9);
    const single = parametersToJson(networkOf([2, 1], { activation: 'tanh' }), [1, 2, 3]);
    expect([...parametersFromJson(single, networkOf([2, 1])).parameters]).toEqual([1, 2, 3]);
  });
});
