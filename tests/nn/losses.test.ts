import { backward, BareTape, Tape } from '@backflow/engine';
import {
  addPenaltyGradient,
  confidences,
  encodeTarget,
  initialParameters,
  l1Penalty,
  l2Penalty,
  Layer,
  LOSSES,
  lossOf,
  MLP,
  Module,
  networkOf,
  penaltyOf,
  predictedClass,
  recordExample,
  SpecError,
} from '@backflow/nn';
import type { Dataset, LossName, LossSpec, MLPOptions } from '@backflow/nn';
import { describe, expect, it } from 'vitest';

const lossNamed = (name: LossName): LossSpec => ({ name, l1: 0, l2: 0 });
const outputsOf = (outputs: number, output: MLPOptions['output'] = 'identity') =>
  networkOf([2, outputs], { output });

describe('losses of Values', () => {
  it.each([
    ['squared', [0.5, -1], [1, 1], 4.25],
    ['meanSquared', [0.5, -1], [1, 1], 2.125],
    ['absolute', [0.5, -1], [1, 1], 2.5],
    ['hinge', [0.5, -1], [1, 1], 2.5],
    ['hinge', [0.5, -1], [-1, -1], 1.5],
    ['binaryCrossEntropy', [0.5, 0.25], [1, 0], -Math.log(0.5) - Math.log(0.75)],
    ['binaryCrossEntropyWithLogits', [0, Math.log(3)], [1, 0], Math.log(2) + Math.log(4)],
    ['crossEntropy', [Math.log(2), Math.log(6)], [1, 0], Math.log(4)],
  ] as const)('%s of %s for %s is %s', (name, outputs, targets, expected) => {
    const tape = new Tape();
    const loss = lossOf(name)(
      outputs.map((a) => tape.leaf(a)),
      targets,
    );
    expect(loss.data).toBeCloseTo(expected, 14);
  });

  it.each(LOSSES)('%s has the bits of what recordExample records', (name) => {
    const output = name === 'binaryCrossEntropy' ? 'sigmoid' : 'identity';
    const network = networkOf([2, 3, 3], { activation: 'tanh', output });
    const [x, y] = [
      [0.3, -0.8],
      [0, 1, 0],
    ];
    const tape = new Tape();
    const net = new MLP(network, { tape });
    const loss = lossOf(name)(net.forward(x), y);
    loss.backward();
    const bare = new BareTape();
    const nodes = recordExample(
      bare,
      { network, loss: lossNamed(name) },
      { parameters: initialParameters(network), x, y },
    );
    expect(loss.data).toBe(bare.value[nodes.loss]);
    const gradient = backward(bare.recordNode());
    expect([...net.block.grad]).toEqual(Array.from(nodes.parameters, (node) => gradient[node]));
  });

  it('takes targets that are Values, and passes gradients to them', () => {
    const tape = new Tape();
    const target = tape.leaf(1);
    lossOf('squared')([tape.leaf(3)], [target]).backward();
    expect(target.grad).toBe(-4);
  });

  it('refuses unknown names, and other numbers of targets than of outputs', () => {
    const tape = new Tape();
    expect(() => lossOf('cubed' as 'squared')).toThrow(
      'loss: found “cubed”, expected one of squared, meanSquared',
    );
    expect(() => lossOf('squared')([tape.leaf(1)], [1, 2])).toThrow('expected 1, one for each output');
    expect(() => lossOf('squared')([], [])).toThrow('expected a list of Values');
    expect(() => lossOf('squared')([tape.leaf(1)], null as unknown as number[])).toThrow(
      'targets: found null',
    );
    expect(() => lossOf('squared')([new Tape().leaf(1), tape.leaf(1)], [1, 2])).toThrow('another tape');
  });
});

describe('at the ends', () => {
  const tape = new Tape();
  const bce = (a: number, y: number): number[] => {
    const leaf = tape.leaf(a);
    const loss = lossOf('binaryCrossEntropy')([leaf], [y]);
    loss.backward();
    return [loss.data, leaf.grad];
  };

  it('what is certain and right costs nothing, what is certain and wrong is infinite', () => {
    expect(bce(1, 1)).toEqual([-0, -1]);
    expect(bce(0, 0)).toEqual([-0, 1]);
    expect(bce(0, 1)).toEqual([Infinity, -Infinity]);
    expect(bce(1, 0)).toEqual([Infinity, Infinity]);
  });

  it('logits keep what a rounded σ has lost', () => {
    const cost = (z: number, y: number): number =>
      lossOf('binaryCrossEntropyWithLogits')([tape.leaf(z)], [y]).data;
    expect(cost(800, 0)).toBe(800);
    expect(cost(-800, 1)).toBe(800);
    expect(cost(40, 1)).toBeCloseTo(Math.exp(-40), 12);
    const cross = lossOf('crossEntropy')([tape.leaf(1000), tape.leaf(-1000)], [0, 1]);
    expect(cross.data).toBe(2000);
  });

  it('NaN stays NaN in every loss', () => {
    for (const name of LOSSES) {
      expect(lossOf(name)([tape.leaf(NaN), tape.leaf(0.5)], [1, 0]).data).toBeNaN();
    }
  });
});

const dataset = (
  task: Dataset['task'],
  y: readonly number[],
  classes: readonly string[],
  targets = 1,
): Dataset => ({
  name: 'data',
  size: y.length / targets,
  inputs: 2,
  task,
  x: new Float64Array((2 * y.length) / targets),
  scale: 1,
  y: Float64Array.from(y),
  targets,
  classes,
  columns: [],
  picture: null,
});

describe('what an example wants of the outputs', () => {
  const two = dataset('classification', [0, 1], ['red', 'blue']);
  const three = dataset('classification', [2, 0], ['a', 'b', 'c']);
  const wanted = (
    network: ReturnType<typeof outputsOf>,
    name: LossName,
    data: Dataset,
    i: number,
  ): number[] => {
    const into = new Float64Array(network.sizes.at(-1)!);
    encodeTarget(network, lossNamed(name), data, i, into);
    return [...into];
  };

  it('of classes: 1 and 0, or ±1', () => {
    expect(wanted(outputsOf(3), 'crossEntropy', three, 0)).toEqual([0, 0, 1]);
    expect(wanted(outputsOf(3, 'sigmoid'), 'squared', three, 1)).toEqual([1, 0, 0]);
    expect(wanted(outputsOf(3), 'hinge', three, 0)).toEqual([-1, -1, 1]);
    expect([0, 1].map((i) => wanted(outputsOf(1, 'sigmoid'), 'squared', two, i))).toEqual([[0], [1]]);
    expect([0, 1].map((i) => wanted(outputsOf(1), 'hinge', two, i))).toEqual([[-1], [1]]);
    expect([0, 1].map((i) => wanted(outputsOf(1, 'tanh'), 'squared', two, i))).toEqual([[-1], [1]]);
    expect(wanted(outputsOf(2, 'tanh'), 'squared', two, 1)).toEqual([0, 1]);
  });

  it('of numbers: themselves', () => {
    const pairs = dataset('regression', [1, 2, 3, 4], [], 2);
    expect(wanted(outputsOf(2), 'squared', pairs, 1)).toEqual([3, 4]);
  });

  it('refuses data with other inputs, classes or numbers than the network', () => {
    expect(() => wanted(outputsOf(2), 'squared', three, 0)).toThrow(
      'sizes[1]: found 2, expected 3, one for each class.',
    );
    expect(() => wanted(outputsOf(1), 'squared', three, 0)).toThrow(SpecError);
    expect(() => wanted(outputsOf(3), 'squared', two, 0)).toThrow('expected 1 or 2, for two classes.');
    expect(() => wanted(outputsOf(2), 'squared', dataset('regression', [1], []), 0)).toThrow(
      'expected 1, as many as an example has numbers',
    );
    expect(() => wanted(networkOf([3, 2]), 'squared', two, 0)).toThrow('sizes[0]: found 3, expected 2');
  });
});

describe('what outputs say', () => {
  it('is the class of the largest, the first of several', () => {
    const say = (outputs: number[]): number =>
      predictedClass(outputsOf(3), lossNamed('crossEntropy'), outputs);
    expect([say([1, 3, 2]), say([2, 2, 2]), say([-1, -2, -0.5]), say([NaN, NaN, NaN])]).toEqual([1, 0, 2, 0]);
  });

  it.each([
    ['squared', 'sigmoid', 0.5],
    ['binaryCrossEntropy', 'sigmoid', 0.5],
    ['binaryCrossEntropyWithLogits', 'sigmoid', 0.5],
    ['binaryCrossEntropyWithLogits', 'identity', 0],
    ['hinge', 'identity', 0],
    ['squared', 'tanh', 0],
    ['squared', 'identity', 0.5],
  ] as const)('of one output with %s and %s changes at %s', (name, output, at) => {
    const say = (a: number): number => predictedClass(outputsOf(1, output), lossNamed(name), [a]);
    expect([say(at - 1e-9), say(at), say(at + 1e-9), say(NaN)]).toEqual([0, 0, 1, 0]);
    const [other, sure] = confidences(outputsOf(1, output), lossNamed(name), [at]);
    expect([other, sure]).toEqual([0.5, 0.5]);
  });

  it('is as sure as the loss means it', () => {
    const sure = (name: LossName, outputs: number[], output: MLPOptions['output'] = 'identity'): number[] => [
      ...confidences(outputsOf(outputs.length, output), lossNamed(name), outputs),
    ];
    expect(sure('crossEntropy', [Math.log(1), Math.log(3)]).map((p) => Number(p.toFixed(12)))).toEqual([
      0.25, 0.75,
    ]);
    expect(sure('crossEntropy', [1000, 0])).toEqual([1, 0]);
    expect(sure('crossEntropy', [0.25, 0.75], 'softmax')).toEqual([0.25, 0.75]);
    expect(sure('binaryCrossEntropyWithLogits', [0, 800, -800])).toEqual([0.5, 1, 0]);
    expect(sure('hinge', [-1, 0, 3])).toEqual([0, 0.5, 1]);
    expect(sure('squared', [0.9, 0.8, 1.2, -0.1])).toEqual([0.9, 0.8, 1, 0]);
    expect(sure('squared', [-0.5], 'tanh')).toEqual([0.75, 0.25]);
    expect(sure('squared', [NaN])).toEqual([NaN, NaN]);
  });
});

describe('penalties', () => {
  const tape = new Tape();
  const net = new MLP([2, 3, 1], { tape, seed: 4 });
  const { spec } = net;

  it('of Values, in numbers, and as gradients agree', () => {
    const parameters = initialParameters(spec);
    for (const [l1, l2] of [
      [0.1, 0],
      [0, 0.1],
      [0.2, 0.3],
    ]) {
      net.zeroGrad();
      const recorded = l1Penalty(net, l1).add(l2Penalty(net, l2));
      recorded.backward();
      expect(penaltyOf(spec, { l1, l2 }, parameters)).toBe(recorded.data);
      const gradient = new Float64Array(parameters.length);
      addPenaltyGradient(spec, { l1, l2 }, parameters, gradient);
      gradient.forEach((g, i) => expect(Math.abs(g - net.block.grad[i])).toBeLessThanOrEqual(1e-15));
      // Biases are not weighed down.
      expect([...gradient.subarray(6, 9), gradient[12]]).toEqual([0, 0, 0, 0]);
      expect(gradient[0]).not.toBe(0);
    }
  });

  it('leave alone what has no λ, whatever the parameters are', () => {
    const broken = new Float64Array(13).fill(NaN);
    const gradient = new Float64Array(13);
    addPenaltyGradient(spec, { l1: 0, l2: 0 }, broken, gradient);
    expect([penaltyOf(spec, { l1: 0, l2: 0 }, broken), ...gradient]).toEqual(
      Array.from({ length: 14 }, () => 0),
    );
  });

  it('have the slope 0 at a weight of 0', () => {
    const layer = new Layer(1, 1, { init: 'zeros', tape });
    l1Penalty(layer, 1).backward();
    expect(layer.weight.grad[0]).toBe(0);
  });

  it('need weights of one tape', () => {
    class Two extends Module {
      readonly here = new Layer(1, 1, { tape });
      readonly there = new Layer(1, 1, { tape: new Tape() });
    }
    expect(() => l1Penalty(new Two(), 1)).toThrow('found a Value of another tape');
    expect(() => l2Penalty(new Two(), 1)).toThrow('found a Value of another tape');
  });

  it('need a module with weights', () => {
    class Empty extends Module {}
    expect(() => l2Penalty(new Empty(), 1)).toThrow(
      'module: found an object, expected a module with a parameter named weight.',
    );
  });
});
