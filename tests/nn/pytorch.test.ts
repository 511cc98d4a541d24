import { initialParameters, type NetworkSpec } from '@backflow/nn';
import { ExchangeError, fromStateDict, toPyTorch, type Told } from '@backflow/nn/exchange';
import { describe, expect, it } from 'vitest';

const network = (sizes: readonly number[], parts: Partial<NetworkSpec> = {}): NetworkSpec => ({
  sizes,
  activation: 'tanh',
  output: 'identity',
  bias: true,
  init: 'uniform',
  seed: 3,
  ...parts,
});

/** The state dict that the code has, as JSON: its lists are written as JSON writes them, but for commas at the end. */
function stateIn(code: string): string {
  return code.slice(code.indexOf('state = ') + 8, code.indexOf('\n}\n') + 2).replace(/,(?=\s*[\]}])/g, '');
}

describe('code for PyTorch', () => {
  it('has modules by their names and all digits', () => {
    const spec = network([2, 2, 1], { activation: 'step', output: 'leakyRelu', bias: true });
    expect(toPyTorch(spec, [0.1, -0, 1e-7, 3, 1e21, -1.5, 2 / 3, 5e-324, -20]))
      .toBe(`"""2-2-1, step, leakyRelu outputs, 9 parameters; written by Backflow.

Import \`network\` from this file, or run it to get the outputs for a list of inputs:

    echo '[[0.5, 0.5]]' | python3 THIS_FILE
"""

import json
import sys

import torch
from torch import nn


class Step(nn.Module):
    def forward(self, z):
        return (z > 0).to(z.dtype)


network = nn.Sequential(
    nn.Linear(2, 2),
    Step(),
    nn.Linear(2, 1),
    nn.LeakyReLU(0.01),
).double()

state = {
    "0.weight": [
        [0.1, -0.0],
        [1e-7, 3.0],
    ],
    "0.bias": [1e+21, -1.5],
    "2.weight": [
        [0.6666666666666666, 5e-324],
    ],
    "2.bias": [-20.0],
}

network.load_state_dict({name: torch.tensor(numbers, dtype=torch.float64) for name, numbers in state.items()})
network.eval()

if __name__ == "__main__":
    inputs = torch.tensor(json.load(sys.stdin), dtype=torch.float64)
    with torch.no_grad():
        print(json.dumps(network(inputs).tolist()))
`);
  });

  it.each([
    ['identity', 'identity', []],
    ['sigmoid', 'sigmoid', ['nn.Sigmoid()', 'nn.Sigmoid()']],
    ['tanh', 'softmax', ['nn.Tanh()', 'nn.Softmax(dim=-1)']],
    ['relu', 'identity', ['nn.ReLU()']],
  ] as const)('has %s and %s as %j', (activation, output, modules) => {
    const spec = network([3, 4, 2], { activation, output, bias: false });
    const code = toPyTorch(spec, initialParameters(spec));
    const found = [...code.matchAll(/^ {4}(nn\..*),$/gm)].map((match) => match[1]);
    expect(found.filter((module) => !module.startsWith('nn.Linear'))).toEqual(modules);
    expect(found.filter((module) => module.startsWith('nn.Linear'))).toEqual([
      'nn.Linear(3, 4, bias=False)',
      'nn.Linear(4, 2, bias=False)',
    ]);
  });

  it.each([true, false])('comes back as the same numbers (bias: %s)', (bias) => {
    const spec = network([7, 5, 4, 3], { bias, activation: 'relu', output: 'softmax' });
    const parameters = initialParameters(spec);
    const read = fromStateDict(stateIn(toPyTorch(spec, parameters)), {
      activation: 'relu',
      output: 'softmax',
    });
    expect(read.parameters).toEqual(parameters);
    expect(read.spec).toEqual({ ...spec, seed: 1 });
  });

  it('is refused for numbers that are none', () => {
    const spec = network([2, 1]);
    expect(() => toPyTorch(spec, [1, NaN, 3])).toThrow(
      'layers.0.weight[0][1]: found NaN, expected a finite number',
    );
    expect(() => toPyTorch(spec, [1, 2])).toThrow('parameters: found 2 numbers, expected 3, as 2-1, ');
  });
});

const RELU: Told = { activation: 'relu' };

function refusal(state: unknown, told: Told | NetworkSpec = RELU): string {
  try {
    fromStateDict(typeof state === 'string' ? state : JSON.stringify(state), told);
  } catch (error) {
    if (error instanceof ExchangeError) return error.message;
    throw error;
  }
  throw new Error('not refused');
}

describe('a state dict', () => {
  it.each([
    ['Sequential', '0.weight', '0.bias', '2.weight', '2.bias'],
    ['names of its own', 'fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias'],
    ['a list of layers', 'layers.0.weight', 'layers.0.bias', 'layers.1.weight', 'layers.1.bias'],
    ['several devices', 'module.body.weight', 'module.body.bias', 'module.head.weight', 'module.head.bias'],
  ])('of %s is read', (_, ...names) => {
    const tensors = [[[1, 2], [3, 4], [5, 6]], [7, 8, 9], [[10, 11, 12]], [13]]; // prettier-ignore
    const state = Object.fromEntries(names.map((name, index) => [name, tensors[index]]));
    const { spec, parameters } = fromStateDict(JSON.stringify(state), RELU);
    expect(spec).toEqual(network([2, 3, 1], { activation: 'relu', seed: 1 }));
    expect([...parameters]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('of a single layer may have no prefix and no bias', () => {
    const { spec, parameters } = fromStateDict('{"weight": [[1, 2]]}', {
      activation: 'relu',
      output: 'sigmoid',
    });
    expect(spec).toMatchObject({ sizes: [2, 1], bias: false, output: 'sigmoid' });
    expect([...parameters]).toEqual([1, 2]);
  });

  it('is in the order of its numbers, whatever its order in the file', () => {
    const names = ['0', '2', '10'];
    const state = Object.fromEntries(
      names.toSorted().map((name) => [`${name}.weight`, [[names.indexOf(name)]]]),
    );
    expect(Object.keys(state)).toEqual(['0.weight', '10.weight', '2.weight']);
    expect([...fromStateDict(JSON.stringify(state), RELU).parameters]).toEqual([0, 1, 2]);
  });

  it('is in the order of the file where names differ in more than numbers', () => {
    const state = { 'stem.weight': [[1]], 'block2.weight': [[2]], 'block1.weight': [[3]] };
    expect([...fromStateDict(JSON.stringify(state), RELU).parameters]).toEqual([1, 2, 3]);
  });

  it('fits a network that is given, or says what does not', () => {
    const state = { '0.weight': [[1, 2]], '0.bias': [3] };
    expect([...fromStateDict(JSON.stringify(state), network([2, 1])).parameters]).toEqual([1, 2, 3]);
    expect(refusal(state, network([3, 1]))).toBe(
      '0.weight: found shape [1, 2], expected shape [1, 3] for layer 1 of 3-1',
    );
    expect(refusal(state, network([2, 4, 1]))).toBe(
      'state dict: found 1 layer (0.weight), expected 2, as 2-4-1 has',
    );
    expect(refusal(state, network([2, 1], { bias: false }))).toBe(
      '0.bias: found shape [1], expected none, as the network has no biases',
    );
    expect(refusal({ '0.weight': [[1, 2]] }, network([2, 1]))).toBe(
      '0.bias: found nothing, expected shape [1]',
    );
  });

  it.each([
    ['{"fc.weight": [[1, 2], [3]]}', 'fc.weight[1]: found 1 number, expected 2 numbers, as in fc.weight[0]'],
    ['{"fc.weight": [[1, NaN]]}', 'fc.weight[0][1]: found NaN, expected a finite number'],
    ['{"fc.weight": [[1]], "fc.bias": [-Infinity]}', 'fc.bias[0]: found -Infinity, expected a finite number'],
    ['{"fc.weight": [["1"]]}', 'fc.weight[0][0]: found the text "1", expected a finite number'],
    ['{"fc.weight": [[null]]}', 'fc.weight[0][0]: found null, expected a finite number'],
    ['{"fc.weight": [1, 2]}', 'fc.weight: found shape [2], expected shape [units, inputs], as nn.Linear has'],
    ['{"fc.weight": []}', 'fc.weight: found shape [0], expected shape [units, inputs], as nn.Linear has'],
    ['{"fc.weight": 3}', 'fc.weight: found 3, expected a list of numbers, as tolist() gives it'],
    [
      '{"model": {"fc.weight": [[1]]}}',
      'model: found an object, expected a list of numbers, as tolist() gives it',
    ],
    [
      '{"conv.weight": [[[[1]]]]}',
      'conv.weight: found shape [1, 1, 1, 1], expected the tensors of nn.Linear, which',
    ],
    [
      '{"bn.running_mean": [1]}',
      'bn.running_mean: found a tensor of shape [1], expected only weight and bias',
    ],
    ['{"fc.bias": [1]}', 'fc.weight: found nothing, expected a weight beside fc.bias'],
    [
      '{"fc.weight": [[1, 2]], "fc.bias": [1, 2]}',
      'fc.bias: found shape [2], expected shape [1], as fc.weight is shape [1, 2]',
    ],
    [
      '{"a.weight": [[1, 2]], "b.weight": [[1, 2]]}',
      'b.weight: found shape [1, 2], expected shape [1, 1], as a.weight gives 1 number',
    ],
    [
      '{"a.weight": [[1]], "a.bias": [1], "b.weight": [[1]]}',
      'b.bias: found nothing, expected shape [1], as there is a.bias',
    ],
    [
      '{"a.weight": [[1]], "b.weight": [[1]], "b.bias": [1]}',
      'b.bias: found shape [1], expected none, as a.weight has none',
    ],
    ['{}', 'state dict: found no tensor, expected weights of at least one layer'],
    ['[]', 'state dict: found a list, expected an object of names and lists of numbers'],
    ['{"__proto__": [[1]]}', '__proto__: found a tensor of shape [1, 1], expected only weight and bias'],
  ])('%s is refused', (text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it('that is no JSON is refused', () => {
    expect(refusal('{"fc.weight": [[1,')).toMatch(/^state dict: found .*, expected JSON$/);
  });
});
