import { Tape, type Recording } from '@backflow/engine';
import {
  finishedMoment,
  GRADIENT_STATES,
  layerScene,
  levelAbove,
  levelAt,
  lossScene,
  networkScene,
  neuronScene,
  ownersOf,
  pageOf,
  pathOf,
  rankTerms,
  sumOfTerms,
  termScene,
  TERMS_MOST,
  toSvg,
  UNITS_MOST,
  estimateWidth,
  type NetworkLevel,
  type NetworkNumbers,
  type NetworkParts,
  type NetworkScene,
} from '@backflow/graph';
import { initialParameters, recordExample, type LossSpec, type NetworkSpec } from '@backflow/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const loss: LossSpec = { name: 'squared', l1: 0, l2: 0 };

interface Pass {
  readonly parts: NetworkParts;
  readonly recording: Recording;
}

function passOf(sizes: readonly number[], more: Partial<NetworkSpec> = {}): Pass {
  const network: NetworkSpec = {
    sizes,
    activation: 'tanh',
    output: 'sigmoid',
    bias: true,
    init: 'xavier',
    seed: 5,
    ...more,
  };
  const tape = new Tape();
  const x = Array.from({ length: sizes[0] }, (_, k) => Math.sin(k + 1));
  const y = Array.from({ length: sizes[sizes.length - 1] }, (_, c) => (c === 0 ? 1 : 0));
  const parts = recordExample(tape, { network, loss }, { parameters: initialParameters(network), x, y });
  return { parts, recording: tape.record() };
}

/** Everything known, or nothing but the leaves. */
function numbersOf({ parts, recording }: Pass, finished = true): NetworkNumbers {
  const { gradient, gradientState } = finishedMoment(recording);
  return {
    digits: 4,
    scale: 1,
    slopeScale: 1,
    known: (node) => finished || recording.operation[node] === 0,
    value: (node) => recording.value[node],
    state: (node) => (finished ? GRADIENT_STATES[gradientState[node]] : 'none'),
    gradient: (node) => (finished ? gradient[node] : 0),
    fresh: () => null,
    weight: (layer, place) => recording.value[parts.layers[layer].weights[place]],
    weightScale: () => 1,
    activationScale: () => 1,
  };
}

const words = {
  inputs: 'Inputs',
  layer: (number: number) => `Layer ${number}`,
  outputs: 'Output',
  activation: () => 'tanh',
  units: (count: string) => `${count} units`,
  loss: 'Loss',
  target: 'target',
  more: (count: string) => `${count} more`,
  output: () => null,
  input: () => null,
};

const looks = {
  width: 1200,
  height: 500,
  measure: estimateWidth,
  theme: 'light',
  selected: -1,
  loss: 'loss',
} as const;

function whole(pass: Pass, more: Partial<Parameters<typeof networkScene>[1]> = {}): NetworkScene {
  return networkScene(pass.parts, {
    ...looks,
    numbers: numbersOf(pass),
    picture: null,
    signed: false,
    page: () => 0,
    readable: 11,
    words,
    shade: 'weights',
    hovered: null,
    ...more,
  });
}

const texts = ({ primitives }: NetworkScene): string[] =>
  primitives.flatMap((one) => (one.kind === 'text' ? [one.text] : []));

function open(
  pass: Pass,
  layer: number,
  unit: number,
  finished = true,
  width: number = looks.width,
): NetworkScene & { readonly product: Float64Array } {
  const numbers = numbersOf(pass, finished);
  const { weights, z } = pass.parts.layers[layer];
  const inputs = weights.length / z.length;
  const below = layer === 0 ? pass.parts.inputs : pass.parts.layers[layer - 1].a;
  const ranked = rankTerms(
    Array.from({ length: inputs }, (_, k) => numbers.weight(layer, unit * inputs + k)),
    Array.from(below, (node) => pass.recording.value[node]),
  );
  const scene = neuronScene(pass.parts, {
    ...looks,
    width,
    numbers,
    words: {
      bias: 'bias',
      sum: 'z',
      slope: 'slope',
      rest: (count) => `${count} more`,
      users: 'used by',
      loss: 'Loss',
    },
    layer,
    unit,
    ranked,
    from: 0,
    to: Math.min(TERMS_MOST, inputs),
    users: TERMS_MOST,
    name: (node) => pass.recording.names.get(node) ?? '?',
    activation: 'tanh',
    curve: Math.tanh,
    slope: () => 0.5,
    only: false,
  });
  return { ...scene, product: ranked.product };
}

describe('the levels of a network', () => {
  const { parts } = passOf([3, 4, 2]);
  const levels: NetworkLevel[] = [
    { kind: 'network' },
    { kind: 'loss' },
    { kind: 'layer', layer: 1 },
    { kind: 'neuron', layer: 1, unit: 1 },
    { kind: 'sum', layer: 0, unit: 3 },
    { kind: 'term', layer: 0, unit: 3, term: 2 },
  ];

  it('are found again by their paths, from the innermost up to the network', () => {
    for (const level of levels) {
      expect(levelAt(pathOf(level), parts)).toEqual(level);
    }
    expect(pathOf(levels[5])).toEqual(['layer 1', 'neuron 3', 'sum', 'term 2']);
    const up: (string | undefined)[] = [];
    for (let at: NetworkLevel | null = levels[5]; at !== null; at = levelAbove(at))
      up.push(pathOf(at).at(-1));
    expect(up).toEqual(['term 2', 'sum', 'neuron 3', 'layer 1', undefined]);
  });

  it('end where the network has no more of them', () => {
    expect(levelAt(['layer 3'], parts)).toEqual({ kind: 'network' });
    expect(levelAt(['layer 2', 'neuron 2'], parts)).toEqual({ kind: 'layer', layer: 1 });
    expect(levelAt(['layer 1', 'neuron 0', 'sum', 'term 3'], parts)).toEqual({
      kind: 'sum',
      layer: 0,
      unit: 0,
    });
    expect(levelAt(['layer __proto__'], parts)).toEqual({ kind: 'network' });
  });
});

describe('the terms of a sum', () => {
  it('stand by size, and those that are left out sum to what is missing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (list) => {
          const ranked = rankTerms(list, list.toReversed());
          const sizes = Array.from(ranked.order, (k) => Math.abs(ranked.product[k]));
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
          const parts = sumOfTerms(ranked, 0, TERMS_MOST) + sumOfTerms(ranked, TERMS_MOST);
          expect(parts).toBeCloseTo(sumOfTerms(ranked), 9);
        },
      ),
      { seed: 6, numRuns: 60 },
    );
  });

  it('show first what is not a number', () => {
    expect([...rankTerms([1, NaN, 3], [1, 1, 1]).order]).toEqual([1, 2, 0]);
  });

  it('come in pages that begin again', () => {
    expect(pageOf(784, 16, 48)).toEqual({ from: 768, to: 784, count: 784, page: 48, pages: 49 });
    expect(pageOf(784, 16, 49).from).toBe(0);
    expect(pageOf(784, 16, -1).to).toBe(784);
    expect(pageOf(16, 16, 3)).toEqual({ from: 0, to: 16, count: 16, page: 0, pages: 1 });
  });
});

describe('a network as columns', () => {
  it('has every unit once, every weight as a line, and the loss', () => {
    const pass = passOf([3, 4, 2]);
    const { items, lines } = whole(pass);
    expect(items.filter(({ kind }) => kind === 'neuron').map(({ node }) => node)).toEqual([
      ...pass.parts.layers[0].a,
      ...pass.parts.layers[1].a,
    ]);
    expect(items.filter(({ kind }) => kind === 'input').map(({ node }) => node)).toEqual([
      ...pass.parts.inputs,
    ]);
    expect(new Set(lines.map(({ weight }) => weight))).toEqual(
      new Set(pass.parts.layers.flatMap(({ weights }) => [...weights])),
    );
    expect(items.filter(({ kind }) => kind === 'loss').map(({ node }) => node)).toEqual([pass.parts.loss]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });

  it('folds what is beyond sixteen units, says how many, and pages through them', () => {
    const pass = passOf([40, 30, 2]);
    const scene = whole(pass);
    const more = scene.items.filter(({ kind }) => kind === 'more');
    expect(more.map(({ text }) => text)).toEqual(['24', '14']);
    expect(texts(scene)).toContain('⋮ 24 more');
    const second = whole(pass, { page: () => 1 }).items.filter(
      ({ kind, layer }) => kind === 'neuron' && layer === 0,
    );
    expect(second.map(({ unit }) => unit)).toEqual(Array.from({ length: 14 }, (_, k) => UNITS_MOST + k));
  });

  it('draws a picture of 784 inputs as one field, and fewer than 120 things in all', () => {
    const pass = passOf([784, 16, 16, 10]);
    const scene = whole(pass, { picture: { width: 28, height: 28 } });
    expect(scene.heats.map(({ values, columns, rows }) => [values.length, columns, rows])).toEqual([
      [784, 28, 28],
    ]);
    expect(scene.items.length).toBeLessThan(120);
    expect(scene.lines.length).toBe(16 * 16 + 16 * 10);
    expect(scene.width).toBe(1200);
  });

  it('is wider than the pane where ten layers have no room', () => {
    const scene = whole(passOf([2, ...Array.from({ length: 9 }, () => 8), 1]), { width: 400 });
    expect(scene.width).toBeGreaterThan(1000);
    for (const { box } of scene.items) {
      expect(box.x).toBeGreaterThanOrEqual(-2);
      expect(box.x + box.width).toBeLessThanOrEqual(scene.width + 2);
    }
  });

  it.each([390, 588, 934])('fits a pane of %i pixels, the names of its columns apart', (width) => {
    const pass = passOf([784, 16, 16, 10]);
    const scene = whole(pass, { width, height: 360, picture: { width: 28, height: 28 } });
    expect(scene.width).toBe(width);
    const heads = scene.items.filter(({ kind }) => kind === 'layer').map(({ box }) => box);
    expect(heads).toHaveLength(3);
    heads.slice(1).forEach((box, at) => expect(box.x).toBeGreaterThanOrEqual(heads[at].x + heads[at].width));
    for (const { box } of scene.items) expect([box.x >= 0, box.x + box.width <= width]).toEqual([true, true]);
  });

  it.each([390, 700, 1000])('keeps names of outputs clear of what is wanted, at %i pixels', (width) => {
    const classes = ['solid', 'vertical', 'diagonal', 'horizontal'];
    const scene = whole(passOf([4, 5, 4]), {
      width,
      words: { ...words, output: (unit) => classes[unit] },
    });
    const outputs = scene.items.filter(({ kind, layer }) => kind === 'neuron' && layer === 1);
    const targets = scene.items.filter(({ kind }) => kind === 'target');
    const most = targets[0].box.x - outputs[0].box.x - outputs[0].box.width;
    const names = scene.primitives.flatMap((one) =>
      one.kind === 'text' && /^(sol|ver|dia|hor)/.test(one.text)
        ? [estimateWidth(one.text, one.size, 600)]
        : [],
    );
    expect(names).toHaveLength(4);
    expect(Math.max(...names)).toBeLessThanOrEqual(most);
  });

  it('lets small weights step back where many edges cross, but not where there are few', () => {
    const shares = (sizes: readonly number[]): readonly number[] => {
      const pass = passOf(sizes);
      const numbers = { ...numbersOf(pass), weight: (_: number, place: number) => (place === 0 ? 1 : 0.25) };
      const { primitives } = whole(pass, { numbers });
      const widths = primitives.flatMap((one) =>
        one.kind === 'path' && one.color.startsWith('rgba') ? [one.lineWidth] : [],
      );
      return [Math.min(...widths), Math.max(...widths)];
    };
    const [few, many] = [shares([2, 3]), shares([16, 16])];
    expect(few[0] / few[1]).toBeGreaterThan(0.3);
    expect(many[0] / many[1]).toBeLessThan(0.25);
  });

  it('shows a dash for what is not known, and never 0', () => {
    const pass = passOf([3, 4, 2]);
    const shown = texts(whole(pass, { numbers: numbersOf(pass, false) }));
    expect(shown.filter((text) => text === '∂ —').length).toBe(3 + 4 + 2);
    expect(shown).not.toContain('∂ 0');
  });

  it('dashes what is negative and makes it as wide as it is large', () => {
    const pass = passOf([1, 2], { bias: false });
    const scene = (numbers: NetworkNumbers) =>
      whole(pass, { numbers }).primitives.flatMap((one) =>
        one.kind === 'path' && one.points[0] !== one.points[6] && one.color.startsWith('rgba') ? [one] : [],
      );
    const [small, large] = scene({ ...numbersOf(pass), weight: (_, place) => [-1, 0.1][place] });
    expect([small.dash, large.dash !== null]).toEqual([null, true]);
    expect(large.lineWidth).toBeGreaterThan(2 * small.lineWidth);
  });

  it('is a drawing for paper too', () => {
    expect(toSvg(whole(passOf([3, 4, 2])))).toMatch(/^<svg .*<\/svg>\s*$/s);
  });
});

describe('what can be opened', () => {
  const pass = passOf([40, 18, 3]);

  it('is a layer, as its neurons with their edges', () => {
    const layerWords = { neuron: (unit: number) => `Neuron ${unit}`, bias: 'b', more: words.more };
    const scene = layerScene(pass.parts, {
      ...looks,
      numbers: numbersOf(pass),
      picture: null,
      signed: false,
      page: () => 0,
      readable: 11,
      words,
      shade: 'weights',
      hovered: null,
      layer: 1,
      layerWords,
    });
    expect(texts(scene).filter((text) => text.startsWith('Neuron '))).toEqual([
      'Neuron 0',
      'Neuron 1',
      'Neuron 2',
    ]);
    expect(scene.lines.length).toBe(16 * 3);
  });

  it('is a neuron: its twelve largest products, the rest as one, the bias, and who uses it', () => {
    const scene = open(pass, 0, 4);
    const terms = scene.items.filter(({ kind }) => kind === 'term');
    expect(terms.length).toBe(TERMS_MOST);
    expect(texts(scene)).toContain('28 more');
    expect(scene.items.filter(({ kind }) => kind === 'use').map(({ unit }) => unit)).toEqual([0, 1, 2]);
    const drawn = terms.reduce((sum, { unit }) => sum + scene.product[unit], 0);
    const rest = scene.items.find(({ kind, column }) => kind === 'rest' && column === 0)!;
    const bias = pass.recording.value[pass.parts.layers[0].biases![4]];
    const z = pass.recording.value[pass.parts.layers[0].z[4]];
    expect(drawn + Number(rest.text!.replace('−', '-')) + bias).toBeCloseTo(z, 3);
  });

  it.each([390, 588, 934, 1400])('fits a pane of %i pixels as a neuron and as a product', (width) => {
    const pass = passOf([784, 16, 16, 10]);
    for (const unit of [1, 2]) {
      const numbers = numbersOf(pass);
      const scenes = [
        open(pass, 1, unit, true, width),
        open(pass, 0, unit, true, width),
        termScene(pass.parts, {
          ...looks,
          width,
          numbers,
          words: { value: 'value', product: 'product', part: 'here:' },
          layer: 1,
          unit,
          term: 3,
          name: (node) => pass.recording.names.get(node) ?? '',
        }),
      ];
      for (const { items, ...scene } of scenes) {
        // Estimated letters are wide; what nearly fits is made a little smaller.
        expect(scene.width * 0.9).toBeLessThanOrEqual(width);
        const cards = items.filter(({ kind }) => kind !== 'term' && kind !== 'use').map(({ box }) => box);
        for (const [at, one] of cards.entries())
          for (const other of cards.slice(at + 1))
            expect(
              one.x + one.width <= other.x ||
                other.x + other.width <= one.x ||
                one.y + one.height <= other.y ||
                other.y + other.height <= one.y,
            ).toBe(true);
      }
    }
  });

  it('has numbers only once they are there', () => {
    const shown = texts(open(pass, 1, 0, false));
    expect(shown.filter((text) => text === '—').length).toBeGreaterThan(TERMS_MOST);
  });

  it('is one product with what the chain rule gives to each of its two', () => {
    const scene = termScene(pass.parts, {
      ...looks,
      numbers: numbersOf(pass),
      words: { value: 'value', product: 'product', part: 'here:' },
      layer: 1,
      unit: 2,
      term: 7,
      name: (node) => pass.recording.names.get(node) ?? '?',
    });
    const { weights, z } = pass.parts.layers[1];
    const below = pass.parts.layers[0].a[7];
    expect(scene.items.map(({ node }) => node)).toEqual([weights[2 * 18 + 7], below, -1, z[2]]);
  });

  it('is the loss, down to each of its operations', () => {
    const scene = lossScene(pass.parts, pass.recording, {
      ...looks,
      numbers: numbersOf(pass),
      title: (node) => pass.recording.names.get(node) ?? `#${node}`,
      more: words.more,
    });
    const { layer } = ownersOf(pass.parts, pass.recording);
    const own = Array.from(layer.keys()).filter((node) => layer[node] === 2);
    const drawn = new Set(scene.items.map(({ node }) => node));
    expect(own.every((node) => drawn.has(node))).toBe(true);
  });
});
