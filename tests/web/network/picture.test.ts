import { compile } from '@backflow/language';
import { networks } from '@backflow/language/network';
import type { NetworkLevel } from '@backflow/graph';
import { loadMessages, loadNetworkMessages } from '@backflow/messages';
import { nodeState } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { numbersAt } from '../../../apps/web/src/network/picture/numbers.ts';
import { sentenceOf } from '../../../apps/web/src/network/picture/sentence.ts';
import { rankOf, stepsOf } from '../../../apps/web/src/network/picture/steps.ts';
import { stepAt } from '../../../apps/web/src/network/picture/timeline.ts';
import { groundOf, type Ground } from '../../../apps/web/src/network/picture/timing.ts';
import { runOf, type RunOptions } from '../../../apps/web/src/state/run.ts';

function groundFor(text: string, options: Partial<RunOptions> = {}): Ground {
  const { recording, network } = compile(text, { extension: networks() });
  const run = runOf(text, recording!, { open: new Set(), rate: null, ...options }, null, network);
  return groundOf(run, network!);
}

const moons = (sizes: string, rest = 'loss = hinge(l2: 0.01)'): string =>
  `net = mlp(${sizes}, activation: tanh, seed: 3)\ndata = moons(20)\n${rest}\nexample = 4`;

const at = (ground: Ground, position: number) =>
  numbersAt(ground, { position, from: 0, digits: 4, live: null });

const words = async (language: 'en' | 'de') => ({
  texts: (await loadNetworkMessages(language)).picture.steps,
  messages: await loadMessages(language),
  digits: 4,
});

const LEVELS: readonly NetworkLevel[] = [
  { kind: 'network' },
  { kind: 'loss' },
  { kind: 'layer', layer: 1 },
  { kind: 'neuron', layer: 1, unit: 2 },
  { kind: 'sum', layer: 0, unit: 1 },
  { kind: 'term', layer: 1, unit: 0, term: 2 },
];

describe('what is known of a network at a step', () => {
  it.each([
    ['closed', {}],
    ['with a sum that the graph has opened, and an update', { open: new Set(['z^{(2)}_{1}']), rate: 0.1 }],
  ])('is what the trace says at every position, %s', (_, options) => {
    const ground = groundFor(moons('2, 3, 4, 1'), options);
    const { trace } = ground.run;
    const nodes = [
      ...ground.parts.inputs,
      ...ground.parts.layers.flatMap(({ a, z, weights, biases }) => [...a, ...z, ...weights, ...biases!]),
      ground.parts.loss,
    ];
    for (let position = 0; position <= trace.length; position += 3) {
      const numbers = at(ground, position);
      for (const node of nodes) {
        const { value, gradient } = nodeState(trace, node, position);
        const arrived = gradient.state === 'final' || gradient.state === 'partial';
        expect([
          node,
          numbers.known(node),
          numbers.known(node) ? numbers.value(node) : null,
          numbers.state(node),
          arrived ? numbers.gradient(node) : 0,
        ]).toEqual([
          node,
          value.state === 'known',
          value.state === 'known' ? value.value : null,
          gradient.state,
          arrived ? gradient.total : 0,
        ]);
      }
    }
  });

  it('is newer than the run where it trains', () => {
    const ground = groundFor(moons('2, 3, 1'));
    const live = Float64Array.from({ length: 13 }, (_, place) => place);
    const numbers = numbersAt(ground, { position: 0, from: 0, digits: 4, live });
    // Six weights and three biases stand before the second layer.
    expect([numbers.weight(0, 5), numbers.weight(1, 2)]).toEqual([5, 11]);
    expect(at(ground, 0).weight(1, 2)).toBe(ground.run.shown.value[ground.parts.layers[1].weights[2]]);
  });
});

describe('the steps of a level', () => {
  const ground = groundFor(moons('2, 3, 4, 1'));
  const { trace } = ground.run;

  it('go from the start to the end, and never back', () => {
    for (const level of LEVELS) {
      const steps = stepsOf(ground, level);
      expect([steps[0], steps[steps.length - 1]]).toEqual([0, trace.length]);
      expect(steps.every((position, k) => k === 0 || position > steps[k - 1])).toBe(true);
    }
  });

  it('are one per layer and pass where nothing is open', () => {
    // Three layers and the loss, forward and back.
    expect(stepsOf(ground, { kind: 'network' }).length - 1).toBe(8);
  });

  it('are one per neuron in an open layer', () => {
    expect(stepsOf(ground, { kind: 'layer', layer: 1 }).length - 1).toBe(8 - 2 + 2 * 4);
  });

  it('stay layer by layer where a sum is open in the graph', () => {
    const opened = groundFor(moons('2, 3, 4, 1'), { open: new Set(['z^{(2)}_{1}']) });
    expect(stepsOf(opened, { kind: 'network' }).length - 1).toBe(8);
  });

  it('stop at every contribution to an open neuron and at each that it passes on', () => {
    const steps = new Set(stepsOf(ground, { kind: 'neuron', layer: 1, unit: 2 }));
    const { a, z, weights, biases } = ground.parts.layers[1];
    const own = [a[2], z[2], biases![2], ...weights.subarray(6, 9)];
    for (const node of own) {
      const { start, events } = trace.arrivals;
      expect(steps.has(events[start[node + 1] - 1] + 1)).toBe(true);
    }
  });

  it('know which step leads to a position between two of them', () => {
    const steps = Int32Array.of(0, 4, 9);
    expect([0, 1, 4, 5, 9].map((position) => rankOf(steps, position))).toEqual([0, 1, 1, 2, 2]);
    expect(stepAt(steps, 6)).toEqual({ from: 4, to: 6 });
  });

  it('make the terms beyond the twelve largest one step', () => {
    const wide = groundFor(
      'net = mlp(30, 2, 1)\nx = net(0..29)'.replace(
        '0..29',
        Array.from({ length: 30 }, (_, k) => k / 10).join(', '),
      ),
    );
    const neuron = stepsOf(wide, { kind: 'neuron', layer: 0, unit: 1 }).length;
    const sum = stepsOf(wide, { kind: 'sum', layer: 0, unit: 1 }).length;
    expect(sum - neuron).toBeGreaterThan(18);
  });
});

describe('the sentence of a step', () => {
  const ground = groundFor(moons('2, 3, 4, 1', 'loss = squared()'));
  const said = async (level: NetworkLevel, language: 'en' | 'de' = 'en'): Promise<string[]> => {
    const steps = stepsOf(ground, level);
    const texts = await words(language);
    return Array.from(steps, (position) => sentenceOf(ground, level, stepAt(steps, position), texts));
  };

  it('says layer by layer what is known and what is largest', async () => {
    const sentences = await said({ kind: 'network' });
    const { a } = ground.parts.layers[0];
    const { gradient } = ground.timing;
    const largest = Array.from(a.keys()).reduce((best, j) =>
      Math.abs(gradient[a[j]]) > Math.abs(gradient[a[best]]) ? j : best,
    );
    expect(sentences[2]).toMatch(/^Layer 2: 4 sums and activations are computed; largest a = /);
    expect(sentences[7]).toMatch(
      new RegExp(
        `^Layer 2 is done: .* 16 parameters are known, and ∂loss/∂a⁽¹⁾ of 3 neurons; .* at neuron ${largest}\\.$`,
      ),
    );
  });

  it('is there for every step of every level, in both languages, without a hole', async () => {
    for (const level of LEVELS) {
      for (const language of ['en', 'de'] as const) {
        expect(await said(level, language)).not.toContain('');
        for (const sentence of await said(level, language))
          expect(sentence).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });

  it('counts what arrives at an open neuron', async () => {
    const sentences = await said({ kind: 'neuron', layer: 0, unit: 1 });
    expect(sentences.filter((text) => /uses? (has|have) reported/.test(text)).length).toBeGreaterThan(2);
  });
});
