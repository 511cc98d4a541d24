import { BareTape } from '@backflow/engine';
import {
  ACTIVATIONS,
  initialParameters,
  parameterCount,
  recordExample,
  type NetworkSpec,
} from '@backflow/nn';
import { ExchangeError, toOnnx } from '@backflow/nn/exchange';
import { describe, expect, it } from 'vitest';
import { readModel, runModel } from './model.ts';

const network = (sizes: readonly number[], parts: Partial<NetworkSpec> = {}): NetworkSpec => ({
  sizes,
  activation: 'tanh',
  output: 'identity',
  bias: true,
  init: 'uniform',
  seed: 3,
  ...parts,
});

/** What the engine makes of the input. */
function outputsOf(spec: NetworkSpec, parameters: Float64Array, inputs: readonly number[]): number[] {
  const tape = new BareTape();
  const { layers } = recordExample(tape, { network: spec, loss: null }, { parameters, x: inputs });
  const { value } = tape.recordNode();
  return Array.from(layers.at(-1)!.a, (node) => value[node]);
}

function refusal(spec: NetworkSpec, parameters: ArrayLike<number>): ExchangeError {
  try {
    toOnnx(spec, parameters);
  } catch (error) {
    if (error instanceof ExchangeError) return error;
  }
  throw new Error('not refused');
}

describe('the ONNX model', () => {
  it('has a Gemm and an activation for each layer, between input and output', () => {
    const spec = network([2, 3, 1], { activation: 'relu', output: 'sigmoid' });
    const model = readModel(toOnnx(spec, initialParameters(spec)));
    expect(model.irVersion).toBe(7);
    expect(model.opset).toEqual([{ domain: '', version: 13 }]);
    expect(model.producer).toBe('Backflow');
    expect(model.doc).toBe('2-3-1, relu, sigmoid outputs, 13 parameters');
    expect(model.inputs).toEqual([{ name: 'input', type: 1, shape: ['batch', 2] }]);
    expect(model.outputs).toEqual([{ name: 'output', type: 1, shape: ['batch', 1] }]);
    expect(model.nodes).toEqual([
      {
        type: 'Gemm',
        name: 'layers.0',
        inputs: ['input', 'layers.0.weight', 'layers.0.bias'],
        outputs: ['layers.0.z'],
        attributes: { transB: 1 },
      },
      {
        type: 'Relu',
        name: 'layers.0.relu',
        inputs: ['layers.0.z'],
        outputs: ['layers.0.a'],
        attributes: {},
      },
      {
        type: 'Gemm',
        name: 'layers.1',
        inputs: ['layers.0.a', 'layers.1.weight', 'layers.1.bias'],
        outputs: ['layers.1.z'],
        attributes: { transB: 1 },
      },
      {
        type: 'Sigmoid',
        name: 'layers.1.sigmoid',
        inputs: ['layers.1.z'],
        outputs: ['output'],
        attributes: {},
      },
    ]);
  });

  it('has the weights unit by unit, rounded to float32', () => {
    const spec = network([2, 3, 1]);
    const model = readModel(toOnnx(spec, [1, 2, 3, 4, 5, 6, 0.1, 0.2, 0.3, -0, 1e-45, 3.4e38, 7]));
    expect([...model.tensors]).toEqual([
      ['layers.0.weight', { dims: [3, 2], type: 1, numbers: [1, 2, 3, 4, 5, 6] }],
      ['layers.0.bias', { dims: [3], type: 1, numbers: [0.1, 0.2, 0.3].map(Math.fround) }],
      ['layers.1.weight', { dims: [1, 3], type: 1, numbers: [-0, 1e-45, 3.4e38].map(Math.fround) }],
      ['layers.1.bias', { dims: [1], type: 1, numbers: [7] }],
    ]);
  });

  it('has no biases where the network has none', () => {
    const spec = network([4, 3, 2, 1], { bias: false });
    const model = readModel(toOnnx(spec, initialParameters(spec)));
    expect([...model.tensors.keys()]).toEqual(['layers.0.weight', 'layers.1.weight', 'layers.2.weight']);
    expect(model.nodes.filter(({ type }) => type === 'Gemm').map(({ inputs }) => inputs.length)).toEqual([
      2, 2, 2,
    ]);
  });

  const inner = ACTIVATIONS.filter((name) => name !== 'softmax');
  it.each(inner.flatMap((activation) => ACTIVATIONS.map((output) => [activation, output] as const)))(
    'computes what the network computes: %s, then %s',
    (activation, output) => {
      for (const [sizes, bias] of [
        [[1, 1], true],
        [[3, 5, 4], true],
        [[3, 5, 4], false],
        [[5, 4, 3, 2], true],
      ] as const) {
        const spec = network(sizes, { activation, output, bias });
        // What float32 can hold, so that nothing is left but rounding in between.
        const parameters = initialParameters(spec).map(Math.fround);
        const model = readModel(toOnnx(spec, parameters));
        const input = Array.from({ length: sizes[0] }, (_, k) => Math.sin(5 * k + 1));
        const [found, expected] = [runModel(model, input), outputsOf(spec, parameters, input)];
        expect(found).toHaveLength(sizes.at(-1)!);
        for (const [unit, a] of found.entries()) expect(a).toBeCloseTo(expected[unit], 7);
      }
    },
  );

  it('has 13,002 numbers for 784-16-16-10', () => {
    const spec = network([784, 16, 16, 10]);
    const bytes = toOnnx(spec, initialParameters(spec));
    const { tensors } = readModel(bytes);
    expect([...tensors.values()].reduce((sum, { numbers }) => sum + numbers.length, 0)).toBe(13_002);
    expect(bytes.length).toBeLessThan(4 * 13_002 + 1000);
  });

  it('is refused for numbers that it cannot hold', () => {
    const spec = network([2, 3, 1]);
    const parameters = initialParameters(spec);
    expect(refusal(spec, parameters.with(4, NaN))).toMatchObject({
      where: 'layers.0.weight[2][0]',
      found: 'NaN',
      expected: 'a finite number',
    });
    expect(refusal(spec, parameters.with(12, -Infinity)).where).toBe('layers.1.bias[0]');
    expect(refusal(spec, parameters.with(0, 1e39)).expected).toBe('a number that float32 can hold');
    expect(refusal(spec, parameters.slice(1))).toMatchObject({
      where: 'parameters',
      found: `${parameterCount(spec) - 1} numbers`,
      expected: '13, as 2-3-1, tanh, identity outputs, 13 parameters has',
    });
  });
});
