import type { ActivationName, NetworkSpec } from '../spec/spec.ts';
import { activationOf, checkParameters, describe, layersOf } from './described.ts';

/** As PyTorch calls them; null for what needs no module. */
const MODULES: Readonly<Record<ActivationName, string | null>> = {
  identity: null,
  step: 'Step()',
  sigmoid: 'nn.Sigmoid()',
  tanh: 'nn.Tanh()',
  relu: 'nn.ReLU()',
  leakyRelu: 'nn.LeakyReLU(0.01)',
  softmax: 'nn.Softmax(dim=-1)',
};

const STEP = `

class Step(nn.Module):
    def forward(self, z):
        return (z > 0).to(z.dtype)

`;

/**
 * The network as a Python module for PyTorch: `network`, an `nn.Sequential` in float64 with all digits of the weights,
 * which reads lists of inputs from standard input when it is run by itself. The outputs are those of the last layer's
 * activation; what a loss makes of them is not in it.
 *
 * Throws an `ExchangeError` for a parameter that is not finite.
 */
export function toPyTorch(spec: NetworkSpec, parameters: ArrayLike<number>): string {
  checkParameters(spec, parameters, Number.MAX_VALUE, 'float64');
  const modules: string[] = [];
  const tensors: string[] = [];
  for (const [layer, { weights, biases }] of layersOf(spec, parameters).entries()) {
    const name = String(modules.length);
    const withoutBias = biases === null ? ', bias=False' : '';
    modules.push(`nn.Linear(${weights[0].length}, ${weights.length}${withoutBias})`);
    const rows = weights.map((row) => `        ${list(row)},\n`).join('');
    tensors.push(`    "${name}.weight": [\n${rows}    ],\n`);
    if (biases !== null) tensors.push(`    "${name}.bias": ${list(biases)},\n`);
    const module = MODULES[activationOf(spec, layer)];
    if (module !== null) modules.push(module);
  }
  const example = `[[${Array.from({ length: spec.sizes[0] }, (_, index) => (index < 3 ? '0.5' : '…'))
    .slice(0, 4)
    .join(', ')}]]`;
  return `"""${describe(spec)}; written by Backflow.

Import \`network\` from this file, or run it to get the outputs for a list of inputs:

    echo '${example}' | python3 THIS_FILE
"""

import json
import sys

import torch
from torch import nn
${modules.includes('Step()') ? STEP : ''}
network = nn.Sequential(
${modules.map((module) => `    ${module},\n`).join('')}).double()

state = {
${tensors.join('')}}

network.load_state_dict({name: torch.tensor(numbers, dtype=torch.float64) for name, numbers in state.items()})
network.eval()

if __name__ == "__main__":
    inputs = torch.tensor(json.load(sys.stdin), dtype=torch.float64)
    with torch.no_grad():
        print(json.dumps(network(inputs).tolist()))
`;
}

const list = (numbers: readonly number[]): string => `[${numbers.map(literal).join(', ')}]`;

/** A float of Python with all digits; whole numbers have a point, as Python's integers do not end at 2⁶³. */
function literal(x: number): string {
  if (Object.is(x, -0)) return '-0.0';
  const text = String(x);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
