import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  graphNode,
  PHONE,
  pressAway,
  setProgram,
  stepText,
  useBrowser,
  violations,
  visit,
} from './harness.ts';

useBrowser();

const MOONS = [
  'net = mlp(2, 6, 6, 1, activation: tanh, seed: 3)',
  'data = moons(40, noise: 0.1, seed: 1)',
  'loss = hinge()',
  'example = 3',
].join('\n');
const DIGITS = [
  'net = mlp(784, 16, 16, 10, activation: sigmoid, output: sigmoid, seed: 1)',
  'data = digits(40, seed: 1)',
  'loss = squared()',
].join('\n');

const view = (page: Page): Locator => page.getByRole('region', { name: 'Network' });
const picture = (page: Page): Locator => view(page).getByRole('group', { name: /^Picture of the network/ });
const item = (page: Page, name: RegExp): Locator => picture(page).getByRole('button', { name });
const crumbs = (page: Page): Locator => view(page).getByRole('navigation', { name: 'Open levels' });

async function openPicture(page: Page, text: string): Promise<void> {
  await setProgram(page, text);
  await page.getByRole('tab', { name: 'Network' }).click();
  await view(page).getByRole('tab', { name: 'Picture' }).click();
  await item(page, /^Layer 1,/).waitFor();
}

/** Where something stands on the screen: items are pointed at on the canvas below them. */
async function middleOf(of: Locator): Promise<{ x: number; y: number }> {
  const box = (await of.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describe('a network, seen', () => {
  it('opens down to a product and back, and steps through the backward pass of what is open', async () => {
    const { page, leave } = await visit();
    await openPicture(page, MOONS);
    expect(await stepText(page)).toBe('Step 4 of 8');

    // Before the backward pass no gradient is known, and none is 0.
    expect(await item(page, /^a⁽²⁾₃/).getAttribute('aria-label')).toMatch(/not reached yet$/);
    const neuron = await middleOf(item(page, /^a⁽²⁾₃/));
    await page.mouse.dblclick(neuron.x, neuron.y);
    await crumbs(page).getByText('Neuron 3').waitFor();
    const steps = Number((await stepText(page)).split(' of ')[1]);
    expect(steps).toBeGreaterThan(20);

    await pressAway(page, 'End');
    const final = await item(page, /^z⁽²⁾₃/).getAttribute('aria-label');
    expect(final).toMatch(/final$/);
    // Back through what the neuron passed on, until its own sum is not reached.
    let back = 0;
    while (/final/.test((await item(page, /^z⁽²⁾₃/).getAttribute('aria-label'))!) && back < steps) {
      await pressAway(page, 'ArrowLeft');
      back++;
    }
    expect(back).toBeGreaterThan(8);
    await pressAway(page, 'ArrowRight');
    expect(await item(page, /^z⁽²⁾₃/).getAttribute('aria-label')).toBe(final);

    // By keyboard: the sum, one of its products, and up again.
    await item(page, /^z⁽²⁾₃/).focus();
    await page.keyboard.press('Enter');
    await crumbs(page).getByText('Sum').waitFor();
    await item(page, /^w⁽²⁾₃,₁/).focus();
    await page.keyboard.press('Enter');
    await crumbs(page).getByText('Product 1').waitFor();
    expect(await crumbs(page).getByRole('button').allInnerTexts()).toEqual([
      'Network',
      'Layer 2',
      'Neuron 3',
      'Sum',
    ]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await crumbs(page).locator('[aria-current]').getByText('Neuron 3').waitFor();
    await crumbs(page).getByRole('button', { name: 'Layer 2' }).click();
    await item(page, /^a⁽²⁾₃/).waitFor();

    // The same number is selected in the graph, at the same step.
    const before = await page.getByRole('slider').first().getAttribute('aria-valuenow');
    const place = await middleOf(item(page, /^a⁽²⁾₃/));
    await page.mouse.click(place.x, place.y);
    await view(page).getByRole('button', { name: 'Show in graph' }).click();
    await graphNode(page, 'a⁽²⁾₃').waitFor();
    expect(await graphNode(page, 'a⁽²⁾₃').getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('tab', { name: 'Network' }).click();
    await crumbs(page).locator('[aria-current]').getByText('Layer 2').waitFor();
    expect(await page.getByRole('slider').first().getAttribute('aria-valuenow')).toBe(before);
    expect(await item(page, /^a⁽²⁾₃/).getAttribute('aria-pressed')).toBe('true');
    await leave();
  });

  it('shows 13,002 parameters in fewer than 120 elements, and pages through the 784 products of a sum', async () => {
    const { page, leave } = await visit();
    await openPicture(page, DIGITS);
    await item(page, /^picture of 28 × 28/).waitFor();
    const elements = await picture(page).evaluate((root) => root.parentElement!.querySelectorAll('*').length);
    expect(elements).toBeLessThan(120);
    await item(page, /^a⁽¹⁾₄/).focus();
    await page.keyboard.press('o');
    const foot = view(page).getByText(/^The 12 largest of 784 products sum to/);
    expect(await foot.innerText()).toMatch(/the other 772 to .*; with bias .*: z = /);
    await item(page, /^z⁽¹⁾₄/).focus();
    await page.keyboard.press('Enter');
    await view(page).getByRole('button', { name: 'Next page' }).click();
    await view(page)
      .getByText(/^\d+–\d+ of 784 by size$/)
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await leave();
  });

  it('fits a phone: a finger selects and opens without the inspector over it', async () => {
    const { page, leave } = await visit('', { hasTouch: true });
    await openPicture(page, MOONS);
    await page.setViewportSize(PHONE);
    await page.getByRole('tab', { name: 'Network' }).click();
    const neuron = await middleOf(item(page, /^a⁽¹⁾₃/));
    await page.touchscreen.tap(neuron.x, neuron.y);
    await page.getByRole('tooltip').waitFor();
    expect(await page.getByRole('complementary', { name: 'Inspector' }).count()).toBe(0);
    const board = picture(page).locator('xpath=../..');
    expect(await board.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await view(page).getByRole('button', { name: 'Open', exact: true }).click();
    await crumbs(page).getByText('Neuron 3').waitFor();
    expect(await page.getByRole('complementary', { name: 'Inspector' }).count()).toBe(0);
    await view(page).getByRole('button', { name: 'Details' }).click();
    await page.getByRole('complementary', { name: 'Inspector' }).waitFor();
    await leave();
  });
});
