import { show } from '@backflow/cli';
import { defineOperation, grad, value } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, inject, it } from 'vitest';
import { graphNode, programText, setProgram, toTheEnd, useBrowser, visit } from './harness.ts';

useBrowser();

const site = inject('built');
const x = { input: 0 };
const swish = defineOperation('swish', {
  arity: 1,
  value: (a) => a / (1 + Math.exp(-a)),
  partials: [(a) => 1 / (1 + Math.exp(-a)) + (a * Math.exp(-a)) / (1 + Math.exp(-a)) ** 2],
  formula: { operation: 'mul', of: [x, { operation: 'sigmoid', of: [x] }] },
});
const bend = defineOperation('bend', {
  arity: 1,
  value: (a) => Math.tanh(1.2 * a),
  partials: [(a) => 1.2 * (1 - Math.tanh(1.2 * a) ** 2)],
});

async function opened(output: Value, name = 'loss', change = (recording: string): string => recording) {
  const shown = await show(output, { site, open: false, print: () => {} });
  const { page, leave } = await visit();
  await page.route('**/recording.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
  await page.goto(shown.url);
  await graphNode(page, name).waitFor();
  await toTheEnd(page);
  const label = (name: string) => graphNode(page, name).getAttribute('aria-label');
  return {
    page,
    label,
    close: async () => {
      await leave();
      await shown.close();
    },
  };
}

const lossOf = (operation: typeof swish): Value =>
  operation(value(0.5, { label: 'w' }).mul(2))
    .as('h')
    .sub(1)
    .pow(2)
    .as('loss');

describe('an operation that the page does not have', () => {
  it('is shown with its values and slopes, and computed anew by its formula', async () => {
    const { page, label, close } = await opened(lossOf(swish));
    expect(await label('h')).toContain('operation swish, value 0.7311');
    await expect.poll(() => label('w')).toContain('∂loss/∂w = −0.998');
    await setProgram(page, 'w = -0.5\nloss = swish(2w)');
    await expect.poll(() => label('loss')).toContain('value −0.2689');
    await close();
  });

  it('is shown as it was recorded where it has no formula', async () => {
    const { page, label, close } = await opened(lossOf(bend));
    expect(await label('h')).toContain('operation bend, value 0.8337');
    await expect.poll(() => label('w')).toContain('∂loss/∂w = −0.2435');
    expect(await page.getByText('It can be stepped through, not edited.').count()).toBe(1);
    await close();
  });
});

describe('the graph of a gradient', () => {
  it('is stepped through, edited and written down, though the last bits are those of another program', async () => {
    const [x, w, b] = [2, -0.5, 1.5].map((number, i) => value(number, { label: 'xwb'[i] }));
    const loss = w.mul(x).add(b).sigmoid().as('a').sub(1).pow(2).as('L');
    const [slope] = grad(loss, [w], { createGraph: true });
    const [curvature] = grad(slope, [w], { createGraph: true });
    const digits = String(curvature.data);
    const { page, label, close } = await opened(curvature, 'L_ww', (recording) => {
      const last = Number(digits.at(-1));
      expect(recording).toContain(digits);
      return recording.replaceAll(digits, digits.slice(0, -1) + (last === 9 ? 8 : last + 1));
    });
    expect(await label('L_ww')).toContain('value 0.6157');
    await expect.poll(() => label('w')).toContain('∂L_ww/∂w = −0.06719');
    expect(await programText(page)).toMatch(/L_\{ww\} = .*# ∂²L\/∂w²/s);
    await setProgram(page, (await programText(page)).replace('w = -0.5', 'w = -0.75'));
    await expect.poll(() => label('L_ww')).toContain('value 0.5,');
    await close();
  });
});
