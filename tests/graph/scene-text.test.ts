import { cardSizes, cardTexts, estimateWidth } from '@backflow/graph';
import { describe, expect, it } from 'vitest';
import { fitText, typeset, widthOf } from '../../packages/graph/src/scene-text.ts';
import { neurons, square, WORDS } from './scene-programs.ts';

describe('typesetting', () => {
  it.each([
    ['w1', ['w1']],
    ['E_total', ['E', '↓total']],
    ['∂E_total/∂w5', ['∂E', '↓total', '/∂w5']],
    ['w^{(2)}_{11}', ['w', '↑(2)', '↓11']],
    ['a^(L)', ['a', '↑(L)']],
    ['x_', ['x', '_']],
    ['_', ['_']],
    ['rate_of_decay', ['rate', '↓of_decay']],
    ['', []],
  ])('%s', (text, expected) => {
    const runs = typeset(text).map((run) => (run.shift > 0 ? '↓' : run.shift < 0 ? '↑' : '') + run.text);
    expect(runs).toEqual(expected);
  });

  it.each(['__proto__', 'x_', '_x', 'a^', '^2'])('leaves %s as it is', (text) => {
    const runs = typeset(text);
    expect(runs.map((run) => run.text).join('')).toBe(text);
    expect(runs.every(({ shift }) => shift === 0)).toBe(true);
  });
});

describe('fitting a text', () => {
  const fit = (text: string, width: number) => fitText(text, width, 13, 10, 400, estimateWidth);

  it('leaves it alone where it fits', () => {
    expect(fit('net', 200)).toMatchObject({ text: 'net', size: 13 });
  });

  it('makes it smaller, and then shorter, but never wider than asked', () => {
    const whole = widthOf('a longer name', 13, 400, estimateWidth);
    expect(fit('a longer name', whole * 0.9)).toMatchObject({ text: 'a longer name' });
    expect(fit('a longer name', whole * 0.5)?.text).toMatch(/^a .*…$/);
    const widths = Array.from({ length: 40 }, (_, k) => 4 + 3 * k);
    expect(widths.filter((width) => (fit('a longer name', width)?.width ?? 0) > width + 1e-6)).toEqual([]);
  });

  it('gives up where not even one letter fits', () => {
    expect(fit('wide', 3)).toBeNull();
  });
});

describe('card sizes', () => {
  const sizes = (form: 'row' | 'stacked', recording = neurons()) =>
    cardSizes(recording, { form, texts: cardTexts(recording), digits: 4, ...WORDS });

  it('are narrower and taller when stacked', () => {
    const row = sizes('row');
    const stacked = sizes('stacked');
    row.width.forEach((width, node) => expect(stacked.width[node]).toBeLessThanOrEqual(width));
    expect(stacked.height[0]).toBeGreaterThan(row.height[0]);
  });

  it('leave room for "(1 of 2)" where a node is used twice', () => {
    const twice = sizes('row', square()).width;
    expect(twice[0]).toBeGreaterThan(twice[1]);
  });

  it('grow with the number of inputs, so that every edge has its own port', () => {
    const recording = square();
    const many = {
      ...recording,
      inputs: new Int32Array(12),
      inputStart: new Int32Array([0, 0, 12]),
    };
    expect(sizes('row', many).height[1]).toBeGreaterThan(180);
  });
});
