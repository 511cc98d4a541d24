import { backward, keysOf, LEAF } from '@backflow/engine';
import { canonicalName, compile, nodeNamed, type Compilation } from '@backflow/language';
import {
  encodeTarget,
  generate,
  initialParameters,
  inputInto,
  parameterName,
  recordExample,
} from '@backflow/nn';
import { BareTape } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { MOONS, read } from './network.ts';

const valueOf = (compilation: Compilation, name: string): number =>
  compilation.recording!.value[nodeNamed(compilation, name)!];

describe('a network document', () => {
  it('says all that training needs', () => {
    const { network } = read(MOONS);
    expect(network).toMatchObject({
      name: 'net',
      network: {
        sizes: [2, 16, 16, 1],
        activation: 'relu',
        output: 'identity',
        bias: true,
        init: 'he',
        seed: 1,
      },
      data: { kind: 'moons', count: 100, noise: 0.1, seed: 1, validation: 0 },
      loss: { name: 'hinge', l1: 0, l2: 0.0001 },
      train: {
        optimizer: 'sgd',
        rate: 1,
        schedule: { name: 'linear', to: 0.1, factor: 0.5, every: 10 },
        epochs: 100,
        batch: Infinity,
        shuffle: true,
        seed: 1,
        tolerance: 0,
      },
      example: 7,
    });
  });

  it('is one example’s pass, with the parameters of the seed', () => {
    const { recording, network, output } = read(MOONS);
    const { data, loss, nodes } = network!;
    const dataset = generate(data as Parameters<typeof generate>[0]);
    const y = new Float64Array(1);
    encodeTarget(network!.network, loss!, dataset, 7, y);
    const parameters = initialParameters(network!.network);
    const tape = new BareTape();
    const own = recordExample(
      tape,
      { network: network!.network, loss },
      { parameters, x: dataset.x.slice(14, 16), y },
    );
    const expected = tape.recordNode(own.loss);
    expect(output).toBe('loss');
    expect(recording!.output).toBe(nodes.loss);
    expect(recording!.value).toEqual(expected.value);
    expect(recording!.inputs).toEqual(expected.inputs);
    expect(nodes).toEqual(own);
    expect(new Map(recording!.names)).toEqual(new Map(expected.names));
  });

  it('knows every node by its name, in every spelling', () => {
    const compilation = read(MOONS);
    const { network, names } = compilation;
    const { nodes } = network!;
    nodes.parameters.forEach((node, i) => {
      const name = parameterName(network!.network, i);
      expect(names.get(name)).toBe(node);
      expect(canonicalName(name)).not.toBeNull();
    });
    expect(nodeNamed(compilation, 'w⁽²⁾_{3,12}')).toBe(nodes.layers[1].weights[3 * 16 + 12]);
    expect(nodeNamed(compilation, 'b_15^2')).toBe(nodes.layers[1].biases![15]);
    expect(nodeNamed(compilation, 'z^{(1)}_4')).toBe(nodes.layers[0].z[4]);
    expect(nodeNamed(compilation, 'a_{4}^{(1)}')).toBe(nodes.layers[0].a[4]);
    expect(nodeNamed(compilation, 'a^{(0)}_1')).toBe(nodes.inputs[1]);
    expect(nodeNamed(compilation, 'a^{(3)}_0')).toBe(nodes.layers[2].a[0]);
    expect(nodeNamed(compilation, 'y_0')).toBe(nodes.targets[0]);
    expect(nodeNamed(compilation, 'error')).toBe(nodes.error);
    expect(nodeNamed(compilation, 'loss')).toBe(nodes.loss);
    expect(valueOf(compilation, 'λ')).toBe(0.0001);
  });

  it('has keys that a link can name', () => {
    const { recording } = read(MOONS);
    const keys = keysOf(recording!);
    expect(keys).toContain('w^{(2)}_{3,12}');
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('answers to one digit each without a comma, and to O counted from 1, where indices have one digit', () => {
    const compilation = read('net = mlp(4, 3, 2, 1, output: sigmoid, bias: false)\ndata = csv("points.csv")');
    const { layers } = compilation.network!.nodes;
    expect(nodeNamed(compilation, 'w^{(1)}_{23}')).toBe(layers[0].weights[2 * 4 + 3]);
    expect(nodeNamed(compilation, 'O_{12}')).toBe(layers[0].a[1]);
    expect(nodeNamed(compilation, 'O_31')).toBe(layers[2].a[0]);
    expect(nodeNamed(read(MOONS), 'w^{(2)}_{312}')).toBeNull();
  });

  it('has the place of every number in its lines', () => {
    const { spans } = read(MOONS).network!;
    const texts = Object.fromEntries([...spans].map(([name, { from, to }]) => [name, MOONS.slice(from, to)]));
    expect(texts).toMatchObject({
      'net.sizes.1': '16',
      'net.activation': 'relu',
      'data.count': '100',
      'loss.l2': '0.0001',
      'train.rate': '1',
      'train.epochs': '100',
      'train.end': '',
      example: '7',
    });
    expect(texts['data']).toBe('data = moons(100, noise: 0.1, seed: 1)');
    const { to } = spans.get('train.end')!;
    expect(MOONS[to]).toBe(')');
  });

  it('has spans for no leaf but λ, whose number is in the text', () => {
    const { recording, names } = read(MOONS);
    const withSpan = Array.from({ length: recording!.count }, (_, node) => node).filter(
      (node) => recording!.operation[node] === LEAF && recording!.spans![2 * node] >= 0,
    );
    expect(withSpan).toEqual([names.get('λ')]);
    const [from, to] = recording!.spans!.slice(2 * withSpan[0], 2 * withSpan[0] + 2);
    expect(MOONS.slice(from, to)).toBe('0.0001');
  });

  it('is plain data that another thread can have', () => {
    const { network } = read(MOONS);
    expect(structuredClone(network)).toEqual(network);
  });

  it('reads lines in any order, over several lines, in several fences', () => {
    const text = `# Moons

\`\`\`backflow
train = sgd(rate: 1,
  schedule: linear, to: 0.1, # down to a tenth
  epochs: 100)
loss = hinge(l2: 1e-4)
\`\`\`

The network:

\`\`\`backflow
example = 7; net = mlp(2, 16, 16, 1)
data = moons(100)
\`\`\`
`;
    const { network, recording } = read(text);
    expect({ ...network, spans: null }).toEqual({ ...read(MOONS).network, spans: null });
    expect(recording!.value).toEqual(read(MOONS).recording!.value);
  });

  it('makes no example but the one that is shown', () => {
    const shown = read('net = mlp(784, 1, 10)\ndata = digits(100000)\nloss = squared()\nexample = 99999');
    const spec = { kind: 'digits', count: 1, noise: 0.1, seed: 1, validation: 0 } as const;
    const x = new Float64Array(784);
    inputInto(generate(spec, 99_999), 0, x);
    const inputs = Array.from({ length: 784 }, (_, k) => valueOf(shown, `a^{(0)}_{${k}}`));
    expect(inputs).toEqual([...x]);
    expect(valueOf(shown, 'y_{9}')).toBe(1);
  });

  it('takes parameters in place of those of the seed, if they are as many', () => {
    const parameters = Float64Array.from({ length: 337 }, (_, i) => i / 337);
    const { recording, network } = read(MOONS, {}, { parameters });
    expect([...network!.nodes.parameters].map((node) => recording!.value[node])).toEqual([...parameters]);
    const few = read(MOONS, {}, { parameters: [1, 2] });
    expect(few.recording!.value).toEqual(read(MOONS).recording!.value);
  });

  it('takes values from outside for weights, inputs and targets', () => {
    const values = new Map([
      ['w^{(1)}_{0,1}', 0.25],
      ['a^{(0)}_0', -3],
      ['y_0', 1],
    ]);
    const compilation = read(MOONS, { values });
    expect(compilation.diagnostics).toEqual([]);
    for (const [name, value] of values) expect(valueOf(compilation, name)).toBe(value);
    const other = read('net = mlp(2, 3, 1)', { values: new Map([['w^{(1)}_{21}', 0.75]]) });
    expect(valueOf(other, 'w^{(1)}_{2,1}')).toBe(0.75);
  });

  it('may be differentiated by any node', () => {
    const { recording, output } = read(MOONS, { of: 'z^{(2)}_{3}' });
    expect(output).toBe('z^{(2)}_{3}');
    expect(backward(recording!)[recording!.output]).toBe(1);
  });

  it('asks for examples that come from files', () => {
    const text = 'net = mlp(2, 1)\ndata = csv("a.csv", target: price)\nloss = squared()\nexample = 3';
    const asked: unknown[] = [];
    const example = (...question: unknown[]) => {
      asked.push(question);
      return { x: [5, 6], y: [7] };
    };
    const compilation = read(text, {}, { example });
    expect(asked).toEqual([[{ kind: 'csv', file: 'a.csv', target: 'price', seed: 1, validation: 0 }, 3]]);
    expect(['a^{(0)}_0', 'a^{(0)}_1', 'y_0'].map((name) => valueOf(compilation, name))).toEqual([5, 6, 7]);
    expect(compilation.diagnostics).toEqual([]);
  });

  it('is of zeros while files are missing', () => {
    const { recording, diagnostics, network } = read(
      'net = mlp(784, 4, 10)\ndata = images("i.gz", "l.gz", count: 50)\nloss = squared()',
    );
    expect(diagnostics.map(({ severity, code }) => [severity, code])).toEqual([
      ['notice', 'extension-notice'],
    ]);
    expect([...network!.nodes.inputs].every((node) => recording!.value[node] === 0)).toBe(true);
  });

  it('starts all of them alike whatever the platform', () => {
    const { recording, names } = read('net = mlp(2, 3, 1, init: he, seed: 1)');
    expect(recording!.value[names.get('w^{(1)}_{0,0}')!]).toBe(
      initialParameters({
        sizes: [2, 3, 1],
        activation: 'relu',
        output: 'identity',
        bias: true,
        init: 'he',
        seed: 1,
      })[0],
    );
  });
});

describe('a network in formulas', () => {
  const text = `net = mlp(2, 3, 2, activation: tanh, seed: 4)
x = [0.5, 1]
out = net(x)
E = (out[0] - 1)² + out[1]²`;

  it('is a function of a vector', () => {
    const { recording, names, output, network } = read(text);
    expect(output).toBe('E');
    const at = (name: string): number => recording!.value[names.get(name)!];
    const z = [0, 1, 2].map(
      (j) => at(`w^{(1)}_{${j},0}`) * 0.5 + at(`w^{(1)}_{${j},1}`) * 1 + at(`b^{(1)}_{${j}}`),
    );
    z.forEach((sum, j) => expect(at(`a^{(1)}_{${j}}`)).toBeCloseTo(Math.tanh(sum), 14));
    expect([...network!.nodes.inputs]).toEqual([names.get('x[0]'), names.get('x[1]')]);
    expect(network!.nodes.loss).toBe(-1);
    expect(recording!.names.get(names.get('out[1]')!)).toBe('out[1]');
    expect(names.get('z^{(2)}_{1}')).toBe(names.get('out[1]'));
  });

  it('takes numbers one by one, which become leaves', () => {
    const one = read('net = mlp(2, 3, 1, seed: 4)\ny = net(0.5, 1)');
    const other = read('net = mlp(2, 3, 1, seed: 4)\ny = net([0.5, 1])');
    expect(one.recording!.value).toEqual(other.recording!.value);
    const node = one.names.get('a^{(0)}_{0}')!;
    expect([one.recording!.operation[node], one.recording!.value[node]]).toEqual([LEAF, 0.5]);
    const [from, to] = one.recording!.spans!.slice(2 * node, 2 * node + 2);
    expect(one.text.slice(from, to)).toBe('0.5');
  });

  it('uses the same weights in every call', () => {
    const once = read('net = mlp(1, 2, 1, seed: 2)\nx = 3\ny = net(x)');
    const twice = read('net = mlp(1, 2, 1, seed: 2)\nx = 3\ny = net(x) + net(x)');
    const w = 'w^{(1)}_{0,0}';
    const slope = ({ recording, names }: Compilation): number => backward(recording!)[names.get(w)!];
    expect(slope(twice)).toBeCloseTo(2 * slope(once), 14);
    const leaves = [...twice.recording!.operation].filter((code) => code === LEAF).length;
    expect(leaves).toBe(1 + 7);
  });

  it('can be one of two branches, or inside another', () => {
    const { recording, diagnostics } = read(
      'net = mlp(1, 2, 1)\nx = -1\ny = where(x > 0, net(x), net(net(2x)))',
    );
    expect(diagnostics).toEqual([]);
    expect(Number.isFinite(recording!.value[recording!.output])).toBe(true);
  });

  it('goes with data, whose loss stays the output', () => {
    const { recording, output, names, diagnostics } = read(`${MOONS}\nhere = net([0, 0])\ntwice = 2loss`);
    expect(diagnostics).toEqual([]);
    expect(output).toBe('loss');
    expect(recording!.value[names.get('twice')!]).toBe(2 * recording!.value[names.get('loss')!]);
    expect(names.has('here')).toBe(true);
    expect(read(`${MOONS}\ntwice = 2loss\noutput twice`).output).toBe('twice');
    expect(read(`${MOONS}\nnet([0, 0])`).output).toBe('loss');
  });

  it('leaves a redefined name to the program, and keeps its own as a version', () => {
    const { recording, names, network, output } = read(`${MOONS}\nloss = loss + 1`);
    expect(output).toBe('loss');
    expect(names.get('loss@1')).toBe(network!.nodes.loss);
    expect(recording!.value[names.get('loss')!]).toBe(recording!.value[network!.nodes.loss] + 1);
  });

  it('calls the loss as its line does', () => {
    const { names, network } = read(MOONS.replace('loss =', 'C ='));
    expect(names.get('C')).toBe(network!.nodes.loss);
  });

  it('takes a loss whose name is none', () => {
    const { recording } = read(MOONS.replace('loss =', 'a^{(0)}_{0}loss ='));
    expect(recording!.names.get(recording!.output)).toBe('loss');
  });

  it('without data or call is a pass of zeros', () => {
    const { recording, output, network } = read('model = mlp(3, 2, 2, seed: 5)');
    expect([network!.name, output]).toEqual(['model', 'a^{(2)}_{0}']);
    expect([...network!.nodes.inputs].map((node) => recording!.value[node])).toEqual([0, 0, 0]);
  });

  it('leaves ordinary formulas alone', () => {
    const { recording, names, network } = read('line = 3\ny = line(2)\nloss = (y - 1)^2\nexample = 4');
    expect(network).toBeNull();
    expect(recording!.value[names.get('loss')!]).toBe(25);
    expect(read('net = mlp(1, 1)\nx = 2\nhinge = net(x)\ny = hinge(2)').recording).not.toBeNull();
    expect(read('net = mlp(1, 1)\nsquared = 3\ny = squared(2)').recording).not.toBeNull();
  });

  it('is no network without what reads it, and says so', () => {
    const [problem] = compile(MOONS).diagnostics;
    expect(problem).toMatchObject({ code: 'network', severity: 'error', line: 1, found: 'mlp' });
    expect(compile('y = mlp(2), mlp = 3').network).toBeNull();
    expect(compile('mlp = 3, y = mlp(2)').recording!.value[1]).toBe(6);
  });
});

describe('the limits', () => {
  it('are held before anything is recorded', () => {
    const { recording, diagnostics } = read('net = mlp(1e9, 1e9, 1)\ny = net(1)');
    expect(recording).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toContain('too-many-nodes');
    expect(read('net = mlp(1e15, 1e15, 1e15)').recording).toBeNull();
    expect(read('net = mlp(2, 9007199254740991, 9007199254740991)').recording).toBeNull();
  });

  it.each([
    MOONS,
    'net = mlp(3, 2, 4, output: softmax)\ndata = csv("a")\nloss = crossEntropy(l1: 1, l2: 2)',
    'net = mlp(2, 2, 1, output: sigmoid)\ndata = xor()\nloss = binaryCrossEntropy(l1: 1)',
    'net = mlp(4, 9, 4, activation: step, output: softmax)\ndata = camera()\nloss = binaryCrossEntropy()',
    'net = mlp(2, 5, 2, bias: false)\ndata = moons()\nloss = meanSquared()',
    'net = mlp(2, 5, 2)\ny = sum(net([1, 2])) + sum(net(3, 4))',
    'net = mlp(2, 5, 2)',
  ])('are never passed by what is recorded: %s', (text) => {
    const { recording } = read(text);
    const { count, inputs } = recording!;
    expect(read(text, { limits: { nodes: count - 1 } }).recording).toBeNull();
    expect(read(text, { limits: { edges: inputs.length - 1 } }).recording).toBeNull();
  });

  it('let 784-16-16-10 pass', () => {
    const { recording, network } = read(
      'net = mlp(784, 16, 16, 10, activation: sigmoid, output: sigmoid)\ndata = digits(100)\nloss = squared()\nexample = 42',
    );
    expect(network!.nodes.parameters).toHaveLength(13_002);
    expect(recording!.value[network!.nodes.targets[2]]).toBe(1);
    expect(recording!.count).toBeLessThan(14_000);
  });
});
