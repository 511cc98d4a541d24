import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  colourCounts,
  graphNode,
  LAPTOP,
  pressAway,
  programText,
  setProgram,
  SITE,
  stepText,
  toTheEnd,
  useBrowser,
  visit,
} from './harness.ts';

useBrowser();

const NEURON = 'x = 2\nw = -3\nb = 7\nz = x*w + b\ny = tanh(z)\nL = (y - 1)^2';

const caption = (page: Page) => page.getByRole('status', { name: 'What this step does' });

describe('a student’s way through a derivation', () => {
  it('types a formula, steps to the end and back to the start', async () => {
    const { page, leave } = await visit();
    await setProgram(page, NEURON);
    await graphNode(page, 'L').waitFor();
    await pressAway(page, 'Home');
    expect(await stepText(page)).toMatch(/^Step 0 of \d+$/);
    await toTheEnd(page);
    // ∂L/∂w = 2(y − 1)(1 − y²)·x with y = tanh 1
    await expect.poll(() => graphNode(page, 'w').getAttribute('aria-label')).toContain('∂L/∂w = −0.4005');
    expect(await graphNode(page, 'w').getAttribute('aria-label')).toContain('final');
    await page.getByRole('button', { name: 'To the start' }).click();
    await expect.poll(() => stepText(page)).toMatch(/^Step 0 of/);
    await expect.poll(() => graphNode(page, 'w').getAttribute('aria-label')).toContain('not reached');
    await leave();
  });

  it('steps forward and back through the same captions', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\ny = x*x');
    await graphNode(page, 'y').waitFor();
    await pressAway(page, 'Home');
    const forward: (string | null)[] = [];
    for (let step = 0; step < 8; step++) {
      await page.getByRole('button', { name: 'Step forward', exact: true }).click();
      await expect.poll(() => stepText(page)).toBe(`Step ${step + 1} of 8`);
      forward.push(await caption(page).textContent());
    }
    expect(new Set(forward).size).toBe(8);
    const back: (string | null)[] = [];
    for (let step = 8; step > 0; step--) {
      await expect.poll(() => stepText(page)).toBe(`Step ${step} of 8`);
      back.unshift(await caption(page).textContent());
      await page.getByRole('button', { name: 'Step back', exact: true }).click();
    }
    expect(back).toEqual(forward);
    await leave();
  });

  it('shows a gradient’s life: not reached, one of two uses, final', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\ny = x*x');
    await graphNode(page, 'y').waitFor();
    const seen = new Set<string>();
    for (let step = 0; step <= 8; step++) {
      const label = (await graphNode(page, 'x').getAttribute('aria-label')) ?? '';
      seen.add(label.replace('x, given number, value 3, ', ''));
      if (step < 8) await pressAway(page, 'ArrowRight');
    }
    expect([...seen]).toEqual([
      '∂y/∂x not reached yet',
      '∂y/∂x so far 3, 1 of 2 uses have reported',
      '∂y/∂x = 6, final',
    ]);
    await leave();
  });

  it('draws positive gradients blue and negative ones orange, and hatches the negative', async () => {
    const { page, leave } = await visit();
    const counts = async (source: string) => {
      await setProgram(page, source);
      await graphNode(page, 'y').waitFor();
      await toTheEnd(page);
      await expect.poll(() => graphNode(page, 'a').getAttribute('aria-label')).toContain('final');
      return colourCounts(page);
    };
    const positive = await counts('a = 2\ny = 3*a');
    expect(positive.blue).toBeGreaterThan(500);
    expect(positive.orange).toBe(0);
    const negative = await counts('a = 2\ny = -3*a');
    expect(negative.orange).toBeGreaterThan(500);
    await leave();
  });

  it('drags a leaf mid-way: the step stays, the text follows, one undo takes it back', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\ny = x*x');
    await graphNode(page, 'x').waitFor();
    await pressAway(page, 'Home');
    for (let step = 0; step < 4; step++) await pressAway(page, 'ArrowRight');
    const before = await stepText(page);
    expect(before).toBe('Step 4 of 8');
    const box = (await graphNode(page, 'x').boundingBox())!;
    // The number stands at the right end of the value row, below the middle of the card.
    const start = { x: box.x + box.width - 18, y: box.y + box.height * 0.49 };
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    for (let moved = 6; moved <= 60; moved += 6) await page.mouse.move(start.x + moved, start.y);
    await page.mouse.up();
    const text = () => programText(page);
    await expect.poll(text).not.toContain('x = 3\n');
    const dragged = Number(/x = ([\d.]+)/.exec(await text())![1]);
    expect(dragged).toBeGreaterThan(3);
    expect(await stepText(page)).toBe(before);
    await expect.poll(() => graphNode(page, 'x').getAttribute('aria-label')).toContain(`value ${dragged}`);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(text).toContain('x = 3\n');
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(text).toContain(`x = ${dragged}`);
    await leave();
  });

  it('nudges a leaf by key and types a number', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\ny = x*x');
    await graphNode(page, 'x').waitFor();
    await graphNode(page, 'x').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(() => graphNode(page, 'x').getAttribute('aria-label')).toContain('value 4.1,');
    // Presses in a row are one entry of the history.
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => graphNode(page, 'x').getAttribute('aria-label')).toContain('value 3,');
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(() => graphNode(page, 'x').getAttribute('aria-label')).toContain('value 4.1,');
    await page.getByRole('button', { name: 'Undo' }).click();
    await graphNode(page, 'x').click();
    const field = page.getByRole('region', { name: 'Inspector' }).getByRole('spinbutton');
    await field.fill('-2');
    await field.press('Enter');
    await expect.poll(() => graphNode(page, 'y').getAttribute('aria-label')).toContain('value 4');
    expect(await programText(page)).toMatch(/x = [-−]2/);
    await leave();
  });

  it('clicks a node and reads its rule, its chain-rule sum and its paths', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\nu = x*x\nv = u + x\ny = u*v');
    await graphNode(page, 'u').waitFor();
    await toTheEnd(page);
    await graphNode(page, 'x').click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await inspector.waitFor();
    await expect.poll(() => inspector.textContent()).toContain('135');
    // x → u twice, by u → y and u → v → y, and x → v: five paths.
    expect(await inspector.textContent()).toContain('5 paths');
    await leave();
  });

  it('opens a link with a step in it, and does not overwrite the reader’s own work', async () => {
    const first = await visit();
    await setProgram(first.page, NEURON);
    await graphNode(first.page, 'L').waitFor();
    for (let step = 0; step < 5; step++) await pressAway(first.page, 'ArrowRight');
    const step = await stepText(first.page);
    await expect.poll(() => first.page.evaluate(() => location.hash)).toMatch(/^#1\./);
    const settled = async () => {
      const before = await first.page.evaluate(() => location.hash);
      await first.page.waitForTimeout(700);
      return before === (await first.page.evaluate(() => location.hash));
    };
    await expect.poll(settled, { timeout: 10_000 }).toBe(true);
    const hash = await first.page.evaluate(() => location.hash);
    await first.leave();

    const { page, leave } = await visit();
    await setProgram(page, 'mine = 1\nkeep = mine + 1');
    await graphNode(page, 'keep').waitFor();
    await page.waitForTimeout(1500);
    await page.goto('about:blank');
    await page.goto(SITE + hash);
    await graphNode(page, 'L').waitFor();
    await expect.poll(() => stepText(page)).toBe(step);
    await page.goto('about:blank');
    await page.goto(SITE);
    await graphNode(page, 'keep').waitFor();
    await leave();
  });

  it('is back after a reload, with the text and the example untouched', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'q = 5\nr = q^2');
    await graphNode(page, 'r').waitFor();
    await page.waitForTimeout(1500);
    await page.evaluate(() => history.replaceState(null, '', location.pathname));
    await page.reload();
    await graphNode(page, 'r').waitFor();
    expect(await programText(page)).toContain('q = 5');
    await leave();
  });

  it('plays the first visit by itself, and any key stops it', async () => {
    const { page, leave } = await visit('', { viewport: LAPTOP, reducedMotion: 'no-preference' });
    await graphNode(page, 'x').waitFor();
    await expect.poll(() => stepText(page), { timeout: 15_000 }).toMatch(/Step ([7-9]|1\d|2\d) of 31/);
    await page.keyboard.press('Shift');
    await page.waitForTimeout(300);
    const stopped = await stepText(page);
    await page.waitForTimeout(1800);
    expect(await stepText(page)).toBe(stopped);
    await leave();
  });
});
