import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { backward } from '@backflow/engine';
import { compile, nodeNamed } from '@backflow/language';
import { networks } from '@backflow/language/network';
import { describe, expect, it } from 'vitest';
import { examplesIn, exampleText, FIRST } from '../../apps/web/src/menu/examples.ts';
import { titleOf } from '../../apps/web/src/state/title.ts';
import { de, en } from './texts.ts';

const folder = join(import.meta.dirname, '../../examples');

/** A node's value, or with `of` the derivative of the output by it. */
const results = (text: string, names: readonly string[]) => {
  const compilation = compile(text);
  const recording = compilation.recording!;
  const gradient = backward(recording);
  return {
    output: recording.value[recording.output],
    gradients: names.map((name) => gradient[nodeNamed(compilation, name)!]),
  };
};

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

describe('the examples', () => {
  it('of the menu are the documents of the folder', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
    expect([...examplesIn(en.page)].sort()).toEqual(files.map((name) => name.slice(0, -3)).sort());
  });

  it.each([...examplesIn(en.page)])('%s compiles without a word, has a title, and a fence', async (id) => {
    const text = await exampleText(id);
    expect(compile(text, { extension: networks() }).diagnostics).toEqual([]);
    expect(titleOf(text)).not.toBeNull();
    expect(text).toContain('```backflow\n');
    expect([en.page.examples[id], de.page.examples[id]].every((label) => label.length > 0)).toBe(true);
  });

  it('stand in the same order in both languages', () => {
    expect(examplesIn(de.page)).toEqual(examplesIn(en.page));
    expect(examplesIn(en.page)[0]).toBe('first-slip');
  });

  it('are the documents that the menu names', async () => {
    for (const id of examplesIn(en.page)) {
      const title = titleOf(await exampleText(id))!.replace(/'/g, '’');
      expect(title).toBe(en.page.examples[id]);
    }
  });

  it('begin with a neuron whose derivation has a slip', () => {
    const a = sigmoid(0.5);
    const { output, gradients } = results(FIRST, ['a', 'z', 'w']);
    const expected = [2 * (a - 1), 2 * (a - 1) * a * (1 - a), 2 * (a - 1) * a * (1 - a) * 0.6];
    expect(output).toBeCloseTo((a - 1) ** 2, 12);
    gradients.forEach((gradient, i) => expect(gradient).toBeCloseTo(expected[i], 12));
    // The slip: σ(z), where σ′(z) = 0.235 is due.
    expect(FIRST).toContain('∂C/∂z = ∂C/∂a · σ(z) = -0.755·0.622 = -0.470');
  });

  it.each([
    ['square', ['x'], 9, [6]],
    ['two-weights', ['x', 'w1', 'w2'], -1.5, [-0.75, -3, 1]],
    ['circuit', ['x', 'y', 'z'], -12, [-4, -4, 3]],
    ['cost-surface', ['x', 'y'], 2, [3, 1]],
    ['four-nodes', ['x', 'u', 'v'], 108, [135, 21, 9]],
    ['micrograd', ['a', 'b'], 24.70408163265306, [138.83381924198252, 645.5772594752186]],
    [
      'mazur',
      ['w1', 'w5', 'w8'],
      0.298371108760003,
      [0.000438567734474347, 0.0821670405642308, -0.0227402422159783],
    ],
    [
      'sine-and-root',
      ['x'],
      2 * Math.sin(2.25) + Math.sqrt(7.5),
      [6 * Math.cos(2.25) + 5 / (2 * Math.sqrt(7.5))],
    ],
  ] as const)('%s gives the published numbers', async (id, names, output, gradients) => {
    const found = results(await exampleText(id), names);
    expect(found.output).toBeCloseTo(output, 12);
    found.gradients.forEach((gradient, i) => expect(gradient).toBeCloseTo(gradients[i], 11));
  });

  it('three layers of one neuron obey the formulas of the video', async () => {
    const text = await exampleText('chain-of-neurons');
    const a1 = sigmoid(1.2 * 0.7 - 0.3);
    const a2 = sigmoid(-0.9 * a1 + 0.4);
    const a3 = sigmoid(1.5 * a2 - 0.6);
    const delta = a3 * (1 - a3) * 2 * (a3 - 1);
    const { output, gradients } = results(text, ['w^{(L)}', 'b^{(L)}', 'a^{(L-1)}']);
    expect(output).toBeCloseTo((a3 - 1) ** 2, 12);
    [a2 * delta, delta, 1.5 * delta].forEach((expected, i) => expect(gradients[i]).toBeCloseTo(expected, 12));
  });

  it('the twenty weights give two paths to w^1_{11}', async () => {
    const text = await exampleText('twenty-weights');
    const x = [1, 0, 1, 1];
    const w1 = [
      [0.2, -0.3, 0.4],
      [0.1, 0.5, -0.2],
      [-0.4, 0.1, 0.3],
      [0.3, -0.1, 0.2],
    ];
    const w2 = [
      [0.5, -0.4],
      [-0.2, 0.3],
      [0.1, 0.6],
    ];
    const w3 = [0.7, -0.5];
    const layer = (input: number[], weights: number[][]): number[] =>
      weights[0].map((_, k) => sigmoid(input.reduce((sum, value, j) => sum + value * weights[j][k], 0)));
    const o1 = layer(x, w1);
    const o2 = layer(o1, w2);
    const [o3] = layer(
      o2,
      w3.map((w) => [w]),
    );
    const back = -2 * (1 - o3) * o3 * (1 - o3);
    const paths = [0, 1].map(
      (k) => back * w3[k] * o2[k] * (1 - o2[k]) * w2[0][k] * o1[0] * (1 - o1[0]) * x[0],
    );
    const { output, gradients } = results(text, ['w^1_{11}']);
    expect(output).toBeCloseTo((1 - o3) ** 2, 12);
    expect(gradients[0]).toBeCloseTo(paths[0] + paths[1], 12);
  });
});
