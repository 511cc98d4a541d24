import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openExample, pressAway, useBrowser, visit } from './harness.ts';

useBrowser();

const view = (page: Page): Locator => page.getByRole('region', { name: 'Network' });
const tab = (page: Page, name: string): Locator => view(page).getByRole('tab', { name, exact: true });
const button = (page: Page, name: string): Locator => view(page).getByRole('button', { name, exact: true });
const standing = async (page: Page): Promise<string> =>
  (await view(page).getByRole('group', { name: 'Training', exact: true }).innerText()).replace(/\s+/g, ' ');

describe('a lesson about networks', () => {
  it('trains moons, pauses, opens a neuron, steps back through its backward pass, edits a weight, and reads what is drawn', async () => {
    const { page, leave } = await visit();
    await openExample(page, 'Two moons');
    await tab(page, 'Training').click();
    await button(page, 'Train').click();
    await expect.poll(() => standing(page), { timeout: 20_000 }).toMatch(/Epoch [1-9]\d? of 100/);
    await button(page, 'Pause').click();
    await expect.poll(() => standing(page)).toContain('paused');

    await tab(page, 'Picture').click();
    const item = (name: RegExp): Locator =>
      view(page)
        .getByRole('group', { name: /^Picture of the network/ })
        .getByRole('button', { name });
    await item(/^a⁽²⁾₃/).focus();
    await page.keyboard.press('o');
    await view(page).getByRole('navigation', { name: 'Open levels' }).getByText('Neuron 3').waitFor();
    await pressAway(page, 'End');
    const sum = async (): Promise<string> => (await item(/^z⁽²⁾₃/).getAttribute('aria-label'))!;
    expect(await sum()).toMatch(/final$/);
    let back = 0;
    while (/final/.test(await sum()) && back < 100) {
      await pressAway(page, 'ArrowLeft');
      back++;
    }
    expect(back).toBeGreaterThan(8);
    expect(await sum()).not.toMatch(/final/);

    // Another weight, another answer.
    await tab(page, 'Training').click();
    await pressAway(page, 'End');
    const field = view(page)
      .getByRole('group', { name: /^Weights of/ })
      .getByRole('spinbutton')
      .first();
    const answer = (): Promise<string> =>
      view(page)
        .getByText(/^At \(/)
        .innerText();
    const before = await answer();
    await field.fill('25');
    await field.press('Enter');
    await expect.poll(answer).not.toBe(before);
    expect(await standing(page)).toContain('paused');

    await openExample(page, 'Drawn digits');
    await tab(page, 'Try it').click();
    await button(page, 'Epoch').click();
    await expect.poll(() => standing(page), { timeout: 20_000 }).toContain('Epoch 1 of 30');
    const bars = view(page).getByRole('region', { name: 'Answer' });
    const blank = await bars.innerText();
    const box = (await view(page).getByRole('application').boundingBox())!;
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.15 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.48 * box.width, box.y + 0.85 * box.height, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => bars.innerText()).not.toBe(blank);
    await leave();
  });
});
