import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { graphNode, setProgram, useBrowser, visit } from './harness.ts';

useBrowser();

const CHAIN = 'x = 0.5\nw = -2\nb = 1\nz = w·x + b\na = tanh(z)\nL = (a - 1)^2';

/** A sum of many terms. */
function wide(count: number): string {
  const terms = Array.from({ length: count }, (_, k) => `v${k}`);
  return `${terms.map((name) => `${name} = 0.01`).join('\n')}\nL = ${terms.map((name) => `tanh(${name})`).join(' + ')}`;
}

async function drag(page: Page, from: { x: number; y: number }, across: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let moved = 10; moved <= across; moved += 10) await page.mouse.move(from.x + moved, from.y);
  await page.mouse.up();
}

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
  it('shows a large graph as SVG while WebGL is lost, and comes back by itself', async () => {
    const { page, leave } = await visit();
    await setProgram(page, wide(260));
    await graphNode(page, 'L').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Show the whole graph' }).click();
    await page.locator('canvas.sigma-nodes').waitFor();
    await loseContext(page);
    const paper = page.getByRole('region', { name: 'Graph of L' });
    await paper.waitFor();
    await expect
      .poll(() => paper.locator('text').allTextContents())
      .toEqual(expect.arrayContaining(['tanh', '0.01', '∂L/∂v7']));
    await page.evaluate(() => (globalThis as unknown as { giveBack(): void }).giveBack());
    await paper.waitFor({ state: 'detached' });
    await page.locator('canvas.sigma-nodes').waitFor();
    await leave();
  });

  it('paints, zooms and pans without WebGL', async () => {
    const { page, leave } = await visit();
    await page.addInitScript(() => {
      const descriptor = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'getContext')!;
      const usual = descriptor.value as (this: HTMLCanvasElement, kind: string, options?: unknown) => unknown;
      descriptor.value = function (this: HTMLCanvasElement, kind: string, options?: unknown) {
        return kind === '2d' ? usual.call(this, kind, options) : null;
      };
      Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', descriptor);
    });
    await page.reload();
    await setProgram(page, CHAIN);
    await graphNode(page, 'L').waitFor();
    const before = await boxOf(page, 'x');
    await page.mouse.move(before.x + 12, before.y + 8);
    await page.mouse.wheel(0, 1100);
    await expect.poll(async () => (await boxOf(page, 'x')).height).toBeLessThan(22);
    const far = await boxOf(page, 'x');
    await drag(page, { x: before.x + 40, y: before.y + 60 }, 50);
    await expect.poll(async () => (await boxOf(page, 'x')).x).toBe(far.x + 50);
    expect(await page.locator('.graph-view').getAttribute('data-drawing')).toBe('canvas');
    await leave();
  });

  it('zooms at the pointer with the wheel, and not with a double click on the paper', async () => {
    const { page, leave } = await visit();
    await setProgram(page, CHAIN);
    await graphNode(page, 'L').waitFor();
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
    await graphNode(page, 'L').waitFor();
    const before = await boxOf(page, 'x');
    await drag(page, { x: before.x + 12, y: before.y + 8 }, 60);
    await expect.poll(async () => (await boxOf(page, 'x')).x).toBe(before.x + 60);
    await leave();
  });

  it('pinches with two fingers and pans with one, and drags a number with one', async () => {
    const { page, leave } = await visit('', { hasTouch: true });
    await setProgram(page, CHAIN);
    await graphNode(page, 'L').waitFor();
    const touch = await page.context().newCDPSession(page);
    const fingers = (type: string, ...at: readonly { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type: type as 'touchMove', touchPoints: [...at] });
    const before = await boxOf(page, 'x');
    const left = { x: before.x + 30, y: before.y + before.height + 40 };
    await fingers('touchStart', left, { ...left, x: left.x + 100 });
    for (const apart of [120, 150, 180, 200])
      await fingers('touchMove', left, { ...left, x: left.x + apart });
    await fingers('touchEnd');
    await expect.poll(async () => (await boxOf(page, 'x')).width / before.width).toBeCloseTo(2, 0);
    const pinched = await boxOf(page, 'x');
    expect(left.x - pinched.x).toBeCloseTo(2 * (left.x - before.x), -0.5);

    await fingers('touchStart', left);
    for (const down of [10, 20, 40]) await fingers('touchMove', { ...left, y: left.y + down });
    await fingers('touchEnd');
    await expect.poll(async () => Math.round((await boxOf(page, 'x')).y - pinched.y)).toBe(40);

    await page.getByRole('button', { name: 'Show the whole graph' }).tap();
    await expect.poll(async () => Math.round((await boxOf(page, 'x')).width)).toBe(Math.round(before.width));
    const box = await boxOf(page, 'x');
    // The value stands at the right, in the middle line.
    const number = { x: box.x + box.width - 20, y: box.y + box.height * 0.49 };
    await fingers('touchStart', number);
    for (const across of [10, 20, 40]) await fingers('touchMove', { ...number, x: number.x + across });
    await fingers('touchEnd');
    await expect.poll(() => graphNode(page, 'x').getAttribute('aria-label')).toContain('value 0.7');
    expect(Math.round((await boxOf(page, 'x')).y)).toBe(Math.round(box.y));
    await leave();
  });

  it('opens the field of a leaf with a double click', async () => {
    const { page, leave } = await visit();
    await setProgram(page, CHAIN);
    await graphNode(page, 'w').waitFor();
    const box = await boxOf(page, 'w');
    await page.mouse.dblclick(box.x + 14, box.y + 12);
    const field = page.getByRole('textbox', { name: 'New value of w' });
    await field.fill('3');
    await field.press('Enter');
    await expect.poll(() => graphNode(page, 'w').getAttribute('aria-label')).toContain('value 3');
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
    await graphNode(page, 'L').waitFor();
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
    expect(await elements(page)).toBeGreaterThan(0);
    await leave();
  });

  it('has at most 120 elements at any size of the graph', async () => {
    const { page, leave } = await visit();
    await setProgram(page, wide(150));
    await graphNode(page, 'L').waitFor({ timeout: 20_000 });
    const most = async (): Promise<number> => {
      expect(await elements(page)).toBeLessThanOrEqual(120);
      return page.locator('.graph-node').count();
    };
    expect(await most()).toBeGreaterThan(5);
    for (let press = 0; press < 3; press++) await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect.poll(most).toBeGreaterThan(50);
    await leave();
  });
});
