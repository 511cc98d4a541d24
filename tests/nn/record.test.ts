import {
  backward,
  BareTape,
  compile,
  evaluate,
  expand,
  gradcheck,
  isExpandable,
  keysOf,
  operationOf,
  Tape,
  validateRecording,
} from '@backflow/engine';
import {
  ACTIVATIONS,
  checkLoss,
  initialParameters,
  LOSSES,
  networkOf,
  parameterCount,
  parameterName,
  penaltyOf,
  recordExample,
  recordNetwork,
  SpecError,
} from '@backflow/nn';
import type { ActivationName, LossName, LossSpec, NetworkSpec } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

const squared: LossSpec = { name: 'squared', l1: 0, l2: 0 };
const small = networkOf([2, 3, 2], { activation: 'tanh', output: 'sigmoid' });

const recorded = (
  network: NetworkSpec,
  loss: LossSpec | null = squared,
  parameters = initialParameters(network),
) => {
  const tape = new BareTape();
  const [inputs, outputs] = [network.sizes[0], network.sizes.at(-1)!];
  const x = Array.from({ length: inputs }, (_, k) => 0.5 - k);
  const y = Array.from({ length: outputs }, (_, c) => (c === 0 ? 1 : 0));
  const nodes = recordExample(tape, { network, loss }, { parameters, x, y });
  return { tape, nodes, recording: tape.recordNode(), x, y };
};

/** The last layer's activations that a loss is made for. */
const outputsFor = (name: LossName): readonly ActivationName[] =>
  ACTIVATIONS.filter((output) => {
    try {
      checkLoss(networkOf([1, 2], { output }), { name, l1: 0, l2: 0 });
      return true;
    } catch {
      return false;
    }
  });

describe('a network that is recorded for one example', () => {
  const { nodes, recording, x, y } = recorded(small);
  const named = (of: Iterable<number>): (string | undefined)[] =>
    Array.from(of, (node) => recording.names.get(node));

  it('has nodes with the names of formulas, which are their keys', () => {
    expect(named(nodes.inputs)).toEqual(['a^{(0)}_{0}', 'a^{(0)}_{1}']);
    expect(named(nodes.layers[0].weights)).toEqual(
      [0, 1, 2].flatMap((j) => [0, 1].map((k) => `w^{(1)}_{${j},${k}}`)),
    );
    expect(named(nodes.layers[1].biases!)).toEqual(['b^{(2)}_{0}', 'b^{(2)}_{1}']);
    expect(named(nodes.layers[0].z)).toEqual(['z^{(1)}_{0}', 'z^{(1)}_{1}', 'z^{(1)}_{2}']);
    expect(named(nodes.layers[1].a)).toEqual(['a^{(2)}_{0}', 'a^{(2)}_{1}']);
    expect(named(nodes.targets)).toEqual(['y_{0}', 'y_{1}']);
    expect(named([nodes.loss])).toEqual(['loss']);
    expect(named(nodes.parameters)).toEqual(Array.from({ length: 17 }, (_, i) => parameterName(small, i)));
    const keys = keysOf(recording);
    for (const [node, name] of recording.names) expect(keys[node]).toBe(name);
  });

  it('has the numbers that it was given, and the loss as output', () => {
    const numbers = (of: Iterable<number>): number[] => Array.from(of, (node) => recording.value[node]);
    expect(numbers(nodes.inputs)).toEqual(x);
    expect(numbers(nodes.targets)).toEqual(y);
    expect(numbers(nodes.parameters)).toEqual([...initialParameters(small)]);
    expect([nodes.loss, nodes.error]).toEqual([recording.output, recording.output]);
    validateRecording(recording);
  });

  it('has a group for each unit inside that of its layer', () => {
    const pathOf = (node: number): string => {
      let path = '';
      for (let group = recording.group![node]; group >= 0; group = recording.groups[group].parent) {
        path = `${recording.groups[group].name} › ${path}`;
      }
      return path;
    };
    const [first, second] = nodes.layers;
    expect(pathOf(first.z[2])).toBe('layer 1 › neuron 2 › ');
    expect(pathOf(first.weights[5])).toBe('layer 1 › neuron 2 › ');
    expect(pathOf(second.biases![1])).toBe('layer 2 › neuron 1 › ');
    expect(pathOf(nodes.inputs[0])).toBe('');
    expect(pathOf(nodes.loss)).toBe('loss › ');
    expect(recording.groups.filter(({ name }) => name === 'layer 1').length).toBe(1);
  });

  it('has one node for a sum, which opens into products', () => {
    const [z] = nodes.layers[0].z;
    expect(operationOf(recording, z)!.name).toBe('affine');
    expect(isExpandable(recording, z)).toBe(true);
    const opened = expand(recording, [z]).recording;
    expect(opened.count).toBe(recording.count + 3);
    expect(opened.value[opened.output]).toBe(recording.value[recording.output]);
    const plain = recorded(networkOf([2, 3, 2], { bias: false }));
    expect(operationOf(plain.recording, plain.nodes.layers[0].z[0])!.name).toBe('dot');
    expect(plain.nodes.layers[0].biases).toBeNull();
  });

  it('takes the sums of all for softmax, in the group of the layer', () => {
    const { nodes: soft, recording: of } = recorded(networkOf([2, 2, 3], { output: 'softmax' }));
    const a = Array.from(soft.layers[1].a, (node) => of.value[node]);
    expect(a.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 15);
    const shares = Array.from(soft.layers[1].z, (node) => Math.exp(of.value[node]));
    const total = shares.reduce((sum, each) => sum + each, 0);
    a.forEach((each, j) => expect(each).toBeCloseTo(shares[j] / total, 14));
    expect(of.groups[of.group![soft.layers[1].a[0]]].name).toBe('layer 2');
    expect([0, ...soft.layers[1].a].map((node) => of.names.get(node))).toEqual([
      'a^{(0)}_{0}',
      'a^{(2)}_{0}',
      'a^{(2)}_{1}',
      'a^{(2)}_{2}',
    ]);
  });

  it('has one node for z and a of identity', () => {
    const { nodes: plain, recording: of } = recorded(networkOf([2, 2], { output: 'identity' }));
    expect(plain.layers[0].a).toEqual(plain.layers[0].z);
    expect(of.names.get(plain.layers[0].a[0])).toBe('z^{(1)}_{0}');
  });

  it('is recorded without a loss, too', () => {
    const { nodes: none, recording: of } = recorded(small, null);
    expect([none.loss, none.error, none.targets.length]).toEqual([-1, -1, 0]);
    expect(of.output).toBe(none.layers[1].a[1]);
  });

  it('shares leaves with other recordings', () => {
    const tape = new Tape();
    const block = tape.parameters(initialParameters(small));
    const record = (parameters: Parameters<typeof recordExample>[2]['parameters']) =>
      recordExample(tape, { network: small, loss: squared }, { parameters, x, y });
    const first = record(block);
    const second = record({ leaves: first.parameters });
    expect([...second.parameters]).toEqual(Array.from({ length: 17 }, (_, i) => block.start + i));
    expect(tape.value[first.loss]).toBe(recording.value[nodes.loss]);
    expect(tape.value[second.loss]).toBe(recording.value[nodes.loss]);
    expect(() => recordExample(new Tape(), { network: small, loss: null }, { parameters: block, x })).toThrow(
      SpecError,
    );
  });
});

describe('a loss that is recorded', () => {
  it.each(LOSSES)('%s follows other targets and inputs when it is replayed', (name) => {
    const output = name === 'binaryCrossEntropy' ? 'sigmoid' : 'identity';
    const network = networkOf([2, 3, 3], { activation: 'tanh', output, seed: 8 });
    const loss = { name, l1: 0, l2: 0 };
    const parameters = initialParameters(network);
    const tape = new Tape();
    const zeros = { parameters, x: [0, 0], y: [0, 0, 0] };
    const nodes = recordExample(tape, { network, loss }, zeros);
    const at = (of: Iterable<number>) => Array.from(of, (node) => tape.at(node));
    const plan = compile(tape.at(nodes.loss), at(nodes.parameters), {
      data: at([...nodes.inputs, ...nodes.targets]),
      engine: 'javascript',
    });
    for (const y of [
      [0, 1, 0],
      [1, 0, 0],
      [0.5, 0.25, 0.25],
    ]) {
      const x = [y[0] - 0.3, 0.7];
      const other = new Tape();
      const fresh = recordExample(other, { network, loss }, { parameters, x, y });
      plan.data.set([...x, ...y]);
      expect(plan.run()).toBe(other.value[fresh.loss]);
      const gradient = backward(other.recordNode(fresh.loss));
      expect(Array.from(plan.gradient)).toEqual(Array.from(fresh.parameters, (node) => gradient[node]));
      const changes = new Map(
        [...x, ...y].map((number, i) => [[...nodes.inputs, ...nodes.targets][i], number]),
      );
      expect(evaluate(tape.recordNode(nodes.loss), changes).value[nodes.loss]).toBe(plan.outputs[0]);
    }
  });

  it.each(LOSSES)('%s has the gradient of forward mode and of differences, for every activation', (name) => {
    const outputs = outputsFor(name);
    for (const [turn, activation] of ACTIVATIONS.filter((each) => each !== 'softmax').entries()) {
      const output = outputs[turn % outputs.length];
      const network = networkOf([2, 3, 2], { activation, output, seed: turn + 1 });
      const { recording } = recorded(network, { name, l1: 0.01, l2: 0.02 });
      const report = gradcheck(recording);
      expect(report.ok, String(report)).toBe(true);
      const agreeing = report.leaves.filter(({ verdict }) => verdict === 'agrees');
      expect(agreeing.length).toBeGreaterThan(report.leaves.length / 2);
    }
  });

  it.each([
    ['λ Σ w²', { name: 'hinge', l1: 0, l2: 0.01 }, ['λ', 'penalty', 'error', 'loss']],
    ['λ Σ |w|', { name: 'hinge', l1: 0.01, l2: 0 }, ['λ', 'penalty', 'error', 'loss']],
    [
      'both',
      { name: 'hinge', l1: 0.01, l2: 0.02 },
      ['λ_1', 'λ_2', 'penalty_1', 'penalty_2', 'error', 'loss'],
    ],
  ] as const)('adds %s, by name', (_, loss, names) => {
    const { nodes, recording } = recorded(small, loss);
    for (const name of names) expect([...recording.names.values()]).toContain(name);
    const without = recorded(small, { ...loss, l1: 0, l2: 0 });
    expect([...without.recording.names.values()].filter((name) => /λ|penalty|error/.test(name))).toEqual([]);
    const penalty = penaltyOf(small, loss, initialParameters(small));
    expect(recording.value[nodes.error]).toBe(without.recording.value[without.nodes.loss]);
    expect(recording.value[nodes.loss]).toBeCloseTo(recording.value[nodes.error] + penalty, 15);
    expect(penalty).toBeGreaterThan(0);
  });
});

describe('what cannot be recorded', () => {
  const spec = { ...small };
  const cases: [string, Partial<NetworkSpec>, string, string][] = [
    ['half a unit', { sizes: [2.5, 1] }, 'sizes[0]', 'found 2.5'],
    ['no unit', { sizes: [2, 0] }, 'sizes[1]', 'found 0, expected a whole number from 1 on'],
    ['no layer', { sizes: [2.5] }, 'sizes', 'found a list of 1, expected at least two'],
    ['too many parameters', { sizes: [10_000, 10_000] }, 'sizes', 'expected at most 2000000 parameters'],
    [
      'softmax in a hidden layer',
      { activation: 'softmax' },
      'activation',
      'found “softmax”, expected another one in hidden layers',
    ],
    [
      'an unknown word',
      { output: 'swish' as 'relu' },
      'output',
      `found “swish”, expected one of ${ACTIVATIONS.join(', ')}`,
    ],
    ['an unknown initializer', { init: 'ones' as 'zeros' }, 'init', 'found “ones”'],
    ['a bias that is a number', { bias: 1 as unknown as boolean }, 'bias', 'found 1, expected true or false'],
    ['half a seed', { seed: 0.5 }, 'seed', 'found 0.5, expected a whole number'],
  ];
  it.each(cases)('%s', (_, change, where, message) => {
    const network = { ...spec, ...change };
    const act = () => recordNetwork(new BareTape(), network, { parameters: [], inputs: [] });
    expect(act).toThrow(message);
    expect(act).toThrow(expect.objectContaining({ name: 'SpecError', where }));
    expect(() => initialParameters(network)).toThrow(message);
  });

  it('a single layer may be called softmax twice', () => {
    expect(parameterCount(networkOf([2, 3], { activation: 'softmax', output: 'softmax' }))).toBe(9);
  });

  it('lists of wrong lengths', () => {
    const parameters = initialParameters(small);
    const record =
      (x: number[], y: number[], of = parameters) =>
      () =>
        recordExample(new BareTape(), { network: small, loss: squared }, { parameters: of, x, y });
    expect(record([1], [0, 0])).toThrow('x: found a list of 1, expected a list of 2.');
    expect(record([1, 2], [0])).toThrow('y: found a list of 1, expected a list of 2.');
    expect(record([1, 2], [0, 0], parameters.slice(1))).toThrow(
      'parameters: found a list of 16, expected a list of 17.',
    );
  });

  it.each([
    ['binaryCrossEntropy', 'identity', 2, 'output: found “identity”, expected sigmoid or softmax'],
    ['binaryCrossEntropyWithLogits', 'tanh', 2, 'output: found “tanh”, expected identity or sigmoid'],
    ['crossEntropy', 'relu', 2, 'output: found “relu”, expected identity or softmax'],
    ['crossEntropy', 'identity', 1, 'sizes[1]: found 1, expected an output for each class'],
    ['cubed', 'identity', 1, 'loss: found “cubed”, expected one of squared'],
  ] as const)('%s of %s', (name, output, outputs, message) => {
    const network = networkOf([2, outputs], { output });
    expect(() => recorded(network, { name: name as 'squared', l1: 0, l2: 0 })).toThrow(message);
  });

  it.each([-1, NaN, Infinity])('λ = %s', (l2) => {
    expect(() => recorded(small, { ...squared, l2 })).toThrow(`l2: found ${l2}, expected a number from 0 on`);
  });
});
