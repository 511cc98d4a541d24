import { resolve } from 'node:path';
import { show } from '@backflow/cli';
import { defineOperation, value } from '@backflow/engine';
import type { Value } from '@backflow/engine';
import { describe, expect, it } from 'vitest';
import { graphNode, setProgram, toTheEnd, useBrowser, visit } from './harness.ts';

useBrowser();

const site = resolve(import.meta.dirname, '../../apps/web/dist/tested');
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

async function opened(loss: Value) {
  const shown = await show(loss, { site, open: false, print: () => {} });
  const { page, leave } = await visit();
  await page.goto(shown.url);
  await graphNode(page, 'loss').waitFor();
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
