import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { graphNode, setProgram, toTheEnd, useBrowser, visit } from './harness.ts';

useBrowser();

const CHAIN = 'x = 0.5\nw = -2\nb = 1\nz = w·x + b\na = tanh(z)\nL = (a - 1)^2';

const boxOf = async (page: Page, name: string) => (await graphNode(page, name).boundingBox())!;
const elements = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelectorAll('.graph-view *').length);

/** Takes one of the pane's WebGL contexts away; the function it leaves behind gives it back. */
const loseContext = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const canvas of document.querySelectorAll('canvas')) {
      const extension = canvas.className.includes('nodes')
        ? canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')
        : null;
      if (extension === null || extension === undefined) continue;
      Object.assign(globalThis, { giveBack: () => extension.restoreContext() });
      extension.loseContext();
      return;
    }
    throw new Error('No WebGL context to lose');
  });

describe('the graph pane', () => {
  it('shows the whole graph as SVG while WebGL is lost, and comes back by itself', async () => {
    const { page, leave } = await visit();
    await setProgram(page, CHAIN);
    await graphNode(page, 'L').waitFor();
    await toTheEnd(page);
    await loseContext(page);
    const paper = page.getByRole('region', { name: 'Graph of L' });
    await paper.waitFor();
    const texts = await paper.locator('text').allTextContents();
    expect(texts).toEqual(expect.arrayContaining(['tanh', '0.5', '∂L/∂w']));
    await page.evaluate(() => (globalThis as unknown as { giveBack(): void }).giveBack());
    await graphNode(page, 'L').waitFor();
    await paper.waitFor({ state: 'detached' });
    await leave();
  });

  it('zooms at the pointer with the wheel, and not with a double click on the paper', async () => {
    const { page, leave } = await visit();
    await setProgram(page, CHAIN);
    await graphNode(page, 'x').waitFor();
    const before = await boxOf(page, 'x');
    const pointer = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
    await page.mouse.move(pointer.x, pointer.y);
    await page.mouse.wheel(0, -200);
    await expect.poll(async () => (await boxOf(page, 'x')).width).toBeGreaterThan(before.width * 1.2);
    const after = await boxOf(page, 'x');
    expect(after.x + after.width / 2).toBeCloseTo(pointer.x, -0.5);
    expect(after.y + after.height / 2).toBeCloseTo(pointer.y, -0.5);
    await page.mouse.dblclick(after.x + after.width / 2, after.y + after.height + 60);
    await page.waitForTimeout(400);
    expect(await boxOf(page, 'x')).toEqual(after);
    await leave();
  });

  it('pans when the paper is dragged, and when a card is', async () => {
    const { page, leave } = await visit();
    await setProgram(page, CHAIN);
    await graphNode(page, 'x').waitFor();
    const before = await boxOf(page, 'x');
    await page.mouse.move(before.x + 12, before.y + 8);
    await page.mouse.down();
    for (let moved = 10; moved <= 60; moved += 10) await page.mouse.move(before.x + 12 + moved, before.y + 8);
    await page.mouse.up();
    await expect.poll(async () => (await boxOf(page, 'x')).x).toBeGreaterThan(before.x + 30);
    await leave();
  });

  it('walks along the edges with the arrow keys', async () => {
    const { page, leave } = await visit();
    await setProgram(page, CHAIN);
    await graphNode(page, 'z').waitFor();
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.split(',')[0] ?? '');
    await graphNode(page, 'z').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('a');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focused).toBe('z');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(focused).toBe('w·x');
    await leave();
  });

  it('takes a number typed on the card of a leaf', async () => {
    const { page, leave } = await visit();
    await setProgram(page, CHAIN);
    await graphNode(page, 'x').waitFor();
    await graphNode(page, 'x').focus();
    await page.keyboard.press('Enter');
    const field = page.getByRole('textbox', { name: 'New value of x' });
    await field.fill('one');
    await field.press('Enter');
    await page.getByRole('alert').getByText('Expected a number').waitFor();
    await field.fill('0,25');
    await field.press('Enter');
    await expect.poll(() => graphNode(page, 'x').getAttribute('aria-label')).toContain('value 0.25');
    await leave();
  });

  it('goes from a long program to a short one and back without asking for nodes that are gone', async () => {
    const { page, leave } = await visit();
    for (const text of [CHAIN, 'x = 2\ny = x^2', CHAIN]) {
      await setProgram(page, text);
      await graphNode(page, text === CHAIN ? 'L' : 'y').waitFor();
      await page.waitForTimeout(200);
    }
    await leave();
  });

  it('has at most 120 elements at any size of the graph', async () => {
    const { page, leave } = await visit();
    const terms = Array.from({ length: 150 }, (_, k) => `v${k}`);
    await setProgram(
      page,
      `${terms.map((name) => `${name} = 0.01`).join('\n')}\nL = ${terms.map((name) => `tanh(${name})`).join(' + ')}`,
    );
    await graphNode(page, 'L').waitFor({ timeout: 20_000 });
    expect(await elements(page)).toBeLessThanOrEqual(120);
    expect(await page.locator('.graph-node').count()).toBeGreaterThan(50);
    await leave();
  });
});
