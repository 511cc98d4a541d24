import { describe, expect, it } from 'vitest';
import {
  costTerms,
  depthExperiment,
  encodeTarget,
  factorPerLayer,
  GradientReplay,
  initialParameters,
  LOSSES,
  passOf,
  passWishes,
  survey,
  waysToRaise,
  type ActivationName,
  type Dataset,
  type LossName,
  type LossSpec,
  type NetworkSpec,
  type Survey,
} from '@backflow/nn';

const lossOf = (name: LossName): LossSpec => ({ name, l1: 0, l2: 0 });
const spec = (
  sizes: readonly number[],
  activation: ActivationName,
  more?: Partial<NetworkSpec>,
): NetworkSpec => ({
  sizes,
  activation,
  output: activation,
  bias: true,
  init: 'uniform',
  seed: 7,
  ...more,
});

/** Three classes by two numbers. */
const dataset: Dataset = {
  name: 'three',
  size: 12,
  inputs: 2,
  task: 'classification',
  x: Float64Array.from({ length: 24 }, (_, i) => Math.sin(5 * i + 1)),
  scale: 1,
  y: Float64Array.from({ length: 12 }, (_, i) => i % 3),
  targets: 1,
  classes: ['a', 'b', 'c'],
  columns: ['p', 'q'],
  picture: null,
};
const all = Int32Array.from({ length: 12 }, (_, i) => i);

function surveyed(network: NetworkSpec, loss: LossSpec, parameters: Float64Array, columns = 5): Survey {
  const work = survey(new GradientReplay(network, loss), parameters, loss, dataset, all, columns);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

const target = (network: NetworkSpec, loss: LossSpec, i: number): Float64Array => {
  const y = new Float64Array(network.sizes.at(-1)!);
  encodeTarget(network, loss, dataset, i, y);
  return y;
};
const inputs = (i: number): Float64Array => (dataset.x as Float64Array).slice(2 * i, 2 * i + 2);

describe('a survey of the data', () => {
  const loss = lossOf('squared');
  const network = spec([2, 4, 3], 'sigmoid');
  const parameters = initialParameters(network);
  const costAt = (numbers: Float64Array): number =>
    all.reduce(
      (sum, i) => sum + passOf(network, loss, numbers, inputs(i), target(network, loss, i)).cost,
      0,
    ) / 12;

  it('has the mean wish of finite differences of the mean cost, over all examples', () => {
    const { wishes, cost } = surveyed(network, loss, parameters);
    expect(cost).toBeCloseTo(costAt(parameters), 12);
    expect([wishes.count, wishes.columns.length]).toEqual([12, 5]);
    parameters.forEach((_, i) => {
      const moved = (h: number): Float64Array => parameters.map((each, k) => (k === i ? each + h : each));
      const slope = (costAt(moved(1e-5)) - costAt(moved(-1e-5))) / 2e-5;
      expect(wishes.mean[i]).toBeCloseTo(-slope, 9);
    });
  });

  it('has a column per example that is what its own pass says', () => {
    const { wishes } = surveyed(network, loss, parameters);
    wishes.columns.forEach((column, i) => {
      const { layers } = passOf(network, loss, parameters, inputs(i), target(network, loss, i));
      const found = layers.flatMap((layer) => [...layer.weightGradients, ...layer.sumGradients]);
      column.forEach((wish, place) => expect(wish).toBeCloseTo(-found[place], 14));
    });
  });

  it('is the same without biases, but for these', () => {
    const plain = spec([2, 4, 3], 'sigmoid', { bias: false });
    const own = initialParameters(plain);
    const { wishes, chain } = surveyed(plain, loss, own, 1);
    expect(wishes.mean).toHaveLength(20);
    const { layers } = passOf(plain, loss, own, inputs(0), target(plain, loss, 0));
    expect(layers[0].biases).toBeNull();
    const found = layers.flatMap((layer) => [...layer.weightGradients]);
    wishes.columns[0].forEach((wish, place) => expect(wish).toBeCloseTo(-found[place], 14));
    expect(chain[0].gradients.rms).toBeGreaterThan(0);
  });

  it('measures ∂C/∂z and slopes over all examples, and the factors between layers multiply', () => {
    const { chain } = surveyed(network, loss, parameters);
    const sums = all.reduce((squares, i) => {
      const { layers } = passOf(network, loss, parameters, inputs(i), target(network, loss, i));
      return squares + layers[0].sumGradients.reduce((sum, each) => sum + each * each, 0);
    }, 0);
    expect(chain[0].gradients.rms).toBeCloseTo(Math.sqrt(sums / 48), 12);
    expect(chain[0].slopes.largest).toBeLessThanOrEqual(0.25);
    expect(chain[0].slopeFactor * chain[0].weightFactor * chain[1].gradients.rms).toBeCloseTo(
      chain[0].gradients.rms,
      12,
    );
  });

  it('finds a ReLU that no example reaches, and that its weights have no wish', () => {
    const relu = spec([2, 4, 3], 'relu', { output: 'identity' });
    const numbers = initialParameters(relu);
    // The bias of unit 2.
    numbers[2 * 4 + 2] = -50;
    const { units, wishes } = surveyed(relu, loss, numbers);
    expect(units[0].map(({ state }) => state)).toEqual(['alive', 'alive', 'dead', 'alive']);
    expect([wishes.mean[4], wishes.mean[5], wishes.mean[10]]).toEqual([0, 0, 0]);
    expect(units[0][2].largest).toBeLessThan(-40);
  });

  it('leaves out the units of softmax', () => {
    const soft = spec([2, 4, 3], 'tanh', { output: 'softmax' });
    const cross = lossOf('crossEntropy');
    expect(surveyed(soft, cross, initialParameters(soft)).units.map((layer) => layer.length)).toEqual([4, 0]);
  });
});

describe('the pass of one example', () => {
  const OUTPUTS: Readonly<Record<LossName, ActivationName>> = {
    squared: 'sigmoid',
    meanSquared: 'tanh',
    absolute: 'identity',
    hinge: 'identity',
    binaryCrossEntropy: 'sigmoid',
    binaryCrossEntropyWithLogits: 'identity',
    crossEntropy: 'softmax',
  };

  it.each(LOSSES)('%s: its cost is the sum of the terms that are listed', (name) => {
    const network = spec([2, 4, 3], 'tanh', { output: OUTPUTS[name] });
    const loss = lossOf(name);
    for (const i of [0, 1, 2]) {
      const y = target(network, loss, i);
      const { cost, layers } = passOf(network, loss, initialParameters(network), inputs(i), y);
      const { a, z } = layers[1];
      expect(costTerms(name, a, z, y).cost).toBeCloseTo(cost, 12);
    }
  });

  it('hands wishes back layer by layer, down to the inputs', () => {
    const network = spec([2, 5, 4, 3], 'sigmoid');
    const loss = lossOf('squared');
    const pass = passOf(network, loss, initialParameters(network), inputs(3), target(network, loss, 3));
    pass.layers.forEach((layer, l) => {
      const wishes = layer.sumGradients.map((each) => -each);
      const { sums } = passWishes(wishes, layer.weights);
      const before = l === 0 ? pass.inputGradients : pass.layers[l - 1].activationGradients;
      sums.forEach((sum, k) => expect(sum).toBeCloseTo(-before[k], 14));
      // The wish for a weight is the wish for z times the activation.
      const ways = waysToRaise(
        layer.slopes[1],
        layer.weights.slice(layer.inputs.length, 2 * layer.inputs.length),
        layer.inputs,
        true,
      );
      layer.inputs.forEach((_, k) => {
        const wish = -layer.activationGradients[1] * ways.weights[k];
        expect(wish).toBeCloseTo(-layer.weightGradients[layer.inputs.length + k], 14);
      });
    });
  });
});

describe('deep networks', () => {
  const run = (depth: number, activation: ActivationName, init: NetworkSpec['init'] = 'xavier') =>
    depthExperiment({ depth, width: 8, activation, init, seed: 1 });

  it.each([
    [2, 0.0625],
    [10, 9.5367431640625e-7],
    [20, 9.094947017729282e-13],
    [100, 6.223015277861142e-61],
  ])('%d sigmoid layers: slopes stay below 0.25ⁿ = %d', (depth, bound) => {
    const result = run(depth, 'sigmoid');
    expect(result.bound).toBe(bound);
    expect(result.slopes).toBeLessThanOrEqual(bound);
    expect(result.slopes).toBeGreaterThan(0);
    expect((result.slopes * result.weights) / result.ratio).toBeCloseTo(1, 9);
    expect(result.chain).toHaveLength(depth + 1);
    expect(result.verdict).toBe(depth === 2 ? 'shrinking' : 'vanishing');
    // What the notes say, 10⁻ⁿ, needs a tenth per layer, less than the slope alone takes.
    expect(factorPerLayer(bound, depth)).toBeCloseTo(0.25, 12);
  });

  it('keep their gradient with ReLU and He', () => {
    for (const depth of [2, 10, 20]) {
      const { verdict, ratio } = depthExperiment({
        depth,
        width: 32,
        activation: 'relu',
        init: 'he',
        seed: 1,
      });
      expect(['even', 'growing', 'shrinking']).toContain(verdict);
      expect(ratio).toBeGreaterThan(1e-3);
    }
  });

  it.each([
    ['sigmoid', 'xavier', 'slopes'],
    ['sigmoid', 'he', 'slopes'],
    ['sigmoid', 'uniform', 'both'],
    ['tanh', 'uniform', 'weights'],
    ['relu', 'uniform', 'both'],
    ['tanh', 'zeros', 'zeros'],
  ] as const)('of %s with weights %s: the cause is %s, at 10 and 20 layers', (activation, init, cause) => {
    for (const depth of [10, 20]) expect(run(depth, activation, init).cause).toBe(cause);
  });

  it('get no gradient at all where all weights are 0', () => {
    const { verdict, chain } = run(3, 'tanh', 'zeros');
    expect(verdict).toBe('zero');
    expect(chain[0].weightGradients.largest).toBe(0);
  });
});
