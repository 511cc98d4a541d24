import { backward, compile, OperandError, sum, Tape, value, Value, withTape } from '@backflow/engine';
import type { Block } from '@backflow/engine';
import {
  ACTIVATIONS,
  Adam,
  initialParameters,
  l2Penalty,
  Layer,
  lossOf,
  MLP,
  Module,
  networkOf,
  Neuron,
  parameterName,
  parameterPath,
  recordNetwork,
  SGD,
  SpecError,
} from '@backflow/nn';
import type { ActivationName, NetworkSpec } from '@backflow/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('an MLP', () => {
  const tape = new Tape();
  const net = new MLP([4, 3, 2, 1], { activation: 'sigmoid', tape });

  it('has the parameters of its layers, named as in PyTorch', () => {
    const lengths = net.namedParameters().map(([name, each]) => `${name} ${(each as Block).length}`);
    expect(lengths).toEqual([
      'layers.0.weight 12',
      'layers.0.bias 3',
      'layers.1.weight 6',
      'layers.1.bias 2',
      'layers.2.weight 2',
      'layers.2.bias 1',
    ]);
    expect(net.block.length).toBe(26);
    expect(new MLP([4, 3, 2, 1], { bias: false, tape }).block.length).toBe(20);
    const paths = net.namedParameters().flatMap(([name, each]) =>
      (each as Block).values().map((_, i) => {
        const { inputs } = net.layers[Number(name[7])];
        return name.endsWith('bias') ? `${name}[${i}]` : `${name}[${Math.floor(i / inputs)}][${i % inputs}]`;
      }),
    );
    expect(paths).toEqual(Array.from({ length: 26 }, (_, i) => parameterPath(net.spec, i)));
  });

  it('starts as its seed says', () => {
    expect([...net.block.data]).toEqual([...initialParameters(net.spec)]);
    expect(net.spec.init).toBe('xavier');
    expect(new MLP([2, 1], { tape }).spec.init).toBe('he');
    const other = new MLP([4, 3, 2, 1], { activation: 'sigmoid', seed: 2, tape });
    expect([...other.block.data]).not.toEqual([...net.block.data]);
    const given = new MLP([2, 1], { parameters: [1, 2, 3], tape });
    expect(given.forward([10, 100])[0].data).toBe(213);
    expect(new MLP(net.spec, { tape }).spec).toEqual(net.spec);
  });

  it('has layers of neurons that share its parameters', () => {
    const [layer] = net.layers;
    expect(layer.neurons.length).toBe(3);
    expect(layer.neurons[1].weight.at(2).index).toBe(net.block.start + 6);
    expect(layer.neurons[1].weight.at(2).label).toBe(parameterName(net.spec, 6));
    const [out] = net.forward([1, 2, 3, 4]);
    out.backward();
    expect(layer.neurons[1].weight.at(2).grad).toBe(net.block.grad[6]);
    expect(net.block.grad[6]).not.toBe(0);
    net.zeroGrad();
    expect([...net.block.grad].every((g) => g === 0)).toBe(true);
  });

  it('goes to the current tape', () => {
    const own = new Tape();
    expect(withTape(own, () => new MLP([2, 2])).block.tape).toBe(own);
  });

  it('takes numbers, Values, blocks, and what another network gives', () => {
    const twice = new MLP([2, 2, 1], { activation: 'tanh', tape });
    const x = [0.5, -1];
    const expected = twice.forward(x)[0].data;
    const leaf = tape.leaf(0.5);
    expect(twice.forward([leaf, -1])[0].data).toBe(expected);
    expect(twice.forward(Float64Array.from(x))[0].data).toBe(expected);
    expect(twice.forward(tape.constants(x))[0].data).toBe(expected);
    expect(twice.forward(tape.parameters(x))[0].data).toBe(expected);
    const first = new MLP([2, 2], { tape });
    const [out] = twice.forward(first.forward([leaf, -1]));
    out.backward();
    expect(leaf.grad).not.toBe(0);
  });

  it('records, bit for bit, what recordNetwork does', () => {
    const hidden = ACTIVATIONS.filter((name) => name !== 'softmax');
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        sizes,
        fc.constantFrom<ActivationName>(...hidden),
        fc.constantFrom(...ACTIVATIONS),
        fc.boolean(),
        fc.constantFrom('uniform', 'xavier', 'he', 'zeros'),
        fc.integer(),
        fc.array(fc.double({ noNaN: true, min: -100, max: 100 }), { minLength: 6, maxLength: 6 }),
        (list, activation, output, bias, init, seed, numbers) => {
          const spec: NetworkSpec = { sizes: list, activation, output, bias, init, seed };
          const x = numbers.slice(0, list[0]);
          const eager = new Tape();
          const mlp = new MLP(spec, { tape: eager });
          const outputs = mlp.forward(x);
          sum(outputs).backward();

          const other = new Tape();
          const inputs = x.map((number) => other.constant(number));
          const nodes = recordNetwork(other, spec, { parameters: mlp.block.data, inputs });
          const last = Array.from(nodes.layers.at(-1)!.a, (node) => other.at(node));
          expect(outputs.map((a) => a.data)).toEqual(last.map((a) => a.data));
          const gradient = backward(other.record(sum(last)));
          expect([...mlp.block.grad]).toEqual(Array.from(nodes.parameters, (node) => gradient[node]));
        },
      ),
      { numRuns: 100, seed: 6 },
    );
  });

  it('works on a tape in debug mode, which refuses what was forgotten', () => {
    const debug = new Tape({ debug: true });
    const checked = new MLP([2, 3, 1], { activation: 'tanh', tape: debug });
    const mark = debug.mark();
    const [out] = checked.forward([1, 2]);
    out.backward();
    expect(checked.block.grad[0]).not.toBe(0);
    debug.reset(mark);
    checked.forward([1, 2]);
    expect(() => out.data).toThrow('no longer on its tape');
  });

  it('refuses what is no network and no input', () => {
    expect(() => new MLP([2.5])).toThrow('sizes: found a list of 1, expected at least two');
    for (const strange of ['2,3', 5, null, undefined]) {
      expect(() => new MLP(strange as unknown as number[])).toThrow(
        /^sizes: found .*, expected at least two/,
      );
    }
    expect(() => new MLP([2, 2.5])).toThrow('sizes[1]: found 2.5, expected a whole number from 1 on.');
    expect(() => new MLP([2, 3, 1], { activation: 'softmax' })).toThrow(SpecError);
    expect(() => new MLP([2, 3, 1], { activation: 'sigmoidal' as 'sigmoid' })).toThrow(
      'found “sigmoidal”, expected one of identity, step',
    );
    expect(() => new MLP([2, 1], { parameters: [1, 2] })).toThrow(
      'parameters: found a list of 2, expected a list of 3.',
    );
    expect(() => net.forward([1, 2, 3])).toThrow(
      'x: found a list of 3, expected a list of 4 numbers or Values.',
    );
    expect(() => net.forward(null as unknown as number[])).toThrow('x: found null');
    expect(() => net.forward([1, 2, 3, '4' as unknown as number])).toThrow(OperandError);
    expect(() => net.forward([1, 2, 3, value(4)])).toThrow('found a Value of another tape');
  });

  it('shows what IEEE 754 makes of numbers that are not finite', () => {
    const relu = new MLP([1, 1], { parameters: [2, 1], tape });
    expect([Infinity, -Infinity, NaN].map((x) => relu.forward([x])[0].data)).toEqual([
      Infinity,
      -Infinity,
      NaN,
    ]);
  });
});

describe('a neuron and a layer by themselves', () => {
  it('compute what their names say', () => {
    const tape = new Tape();
    const neuron = new Neuron(2, { activation: 'tanh', tape });
    neuron.weight.data.set([0.5, -1]);
    neuron.bias!.data[0] = 0.25;
    expect(neuron.sum([2, 3]).data).toBe(-1.75);
    expect(neuron.forward([2, 3]).data).toBe(Math.tanh(-1.75));
    expect(neuron.namedParameters().map(([name]) => name)).toEqual(['weight', 'bias']);
    const layer = new Layer(2, 3, { activation: 'softmax', bias: false, tape });
    const shares = layer.forward([1, 2]).map(({ data }) => data);
    expect(shares[0] + shares[1] + shares[2]).toBeCloseTo(1, 15);
    expect(layer.namedParameters().map(([name]) => name)).toEqual(['weight']);
    expect(new Neuron(1, { activation: 'softmax', tape }).forward([3]).data).toBe(1);
    expect(() => layer.forward([1])).toThrow(SpecError);
    expect(() => new Neuron(0, { tape })).toThrow(SpecError);
  });
});

describe('a module of one’s own', () => {
  class Pair extends Module {
    readonly first: MLP;
    readonly again: MLP;
    readonly list: Layer[];
    readonly scale: Value;
    readonly name = 'pair';
    readonly nothing = null;
    readonly #hidden: Value;

    constructor(tape: Tape) {
      super();
      this.first = new MLP([1, 1], { bias: false, parameters: [3], tape });
      this.again = this.first;
      this.list = [new Layer(1, 1, { bias: false, tape }), new Layer(1, 1, { bias: false, tape })];
      this.scale = tape.leaf(2);
      this.#hidden = tape.leaf(1);
    }

    forward(x: number): Value {
      return this.first.forward([x])[0].mul(this.scale).add(this.#hidden);
    }
  }

  const pair = new Pair(new Tape());

  it('finds parameters in its properties, each once, and in no private ones', () => {
    expect(pair.namedParameters().map(([name]) => name)).toEqual([
      'first.layers.0.weight',
      'list.0.weight',
      'list.1.weight',
      'scale',
    ]);
  });

  it('clears and moves them', () => {
    pair.forward(5).backward();
    expect(pair.parameters().map((each) => (each instanceof Value ? each.grad : each.grad[0]))).toEqual([
      10, 0, 0, 15,
    ]);
    pair.update(new SGD(), 0.1);
    expect([pair.first.block.data[0], pair.scale.data]).toEqual([2, 0.5]);
    pair.update(new SGD(), 0.1, [1, 0, 0, 0]);
    expect([pair.first.block.data[0], pair.scale.data]).toEqual([2, -1]);
    pair.zeroGrad();
    expect([pair.first.block.grad[0], pair.scale.grad]).toEqual([0, 0]);
  });

  it('has parameters that a plan takes as inputs', () => {
    const plan = compile(pair.forward(1), pair.parameters());
    plan.run();
    expect([...plan.gradient]).toEqual([pair.scale.data, 0, 0, pair.first.block.data[0]]);
  });
});

describe('a network that starts with zeros', () => {
  const trained = (activation: ActivationName, optimizer: 'sgd' | 'adam') => {
    const tape = new Tape();
    const net = new MLP([2, 4, 3, 1], { activation, init: 'zeros', tape });
    const mover = optimizer === 'sgd' ? new SGD() : new Adam();
    for (let step = 0; step < 60; step++) {
      net.zeroGrad();
      tape.scope(() => {
        const [out] = net.forward([0.5 + (step % 3), -1]);
        lossOf('squared')([out], [step % 2]).backward();
      });
      net.update(mover, 0.1);
    }
    return net;
  };

  it.each(['sgd', 'adam'] as const)(
    'keeps the units of a layer equal for ever, however it is trained: %s',
    (optimizer) => {
      const net = trained('sigmoid', optimizer);
      for (const layer of net.layers) {
        const [first, ...others] = layer.neurons.map(({ weight, bias }) => [...weight.data, ...bias!.data]);
        for (const other of others) expect(other).toEqual(first);
      }
      // It has learned something, but no more than one unit per layer can.
      expect(net.block.data.every((w) => w === 0)).toBe(false);
    },
  );

  it('learns nothing but its last bias where the activation of 0 is 0', () => {
    const { data } = trained('tanh', 'sgd').block;
    expect([...data.subarray(0, -1)].every((w) => w === 0)).toBe(true);
    expect(data.at(-1)).not.toBe(0);
  });

  it('differs from one that starts at random', () => {
    const spec = networkOf([2, 4, 1]);
    expect(new Set(initialParameters(spec).subarray(0, 8)).size).toBe(8);
  });
});

describe('training by hand', () => {
  // Two half circles that reach into each other, ±1.
  const points = Array.from({ length: 24 }, (_, i) => {
    const angle = (Math.PI * (i >> 1)) / 11;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return i % 2 === 0 ? { x: [x, y], label: -1 } : { x: [1 - x, 0.5 - y], label: 1 };
  });

  it('separates two small moons as micrograd’s demo does: hinge, λ = 10⁻⁴, rate 1 → 0.1', () => {
    const tape = new Tape();
    const net = new MLP([2, 16, 16, 1], { tape, seed: 1 });
    const hinge = lossOf('hinge');
    const sgd = new SGD();
    const losses: number[] = [];
    for (let epoch = 0; epoch < 100; epoch++) {
      net.zeroGrad();
      losses.push(
        tape.scope(() => {
          const costs = points.map(({ x, label }) => hinge(net.forward(x), [label]));
          const total = sum(costs).div(costs.length).add(l2Penalty(net, 1e-4));
          total.backward();
          return total.data;
        }),
      );
      sgd.step(net.block.data, net.block.grad, 1 - 0.009 * epoch);
    }
    const right = points.filter(({ x, label }) => tape.scope(() => net.forward(x)[0].data) * label > 0);
    expect(right.length).toBe(points.length);
    expect(losses.at(-1)!).toBeLessThan(0.05);
    expect(tape.size).toBe(net.block.length);
  });
});
