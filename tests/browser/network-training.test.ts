import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PHONE, pressAway, programText, setProgram, useBrowser, violations, visit } from './harness.ts';

useBrowser();

const MOONS = readFileSync(resolve(import.meta.dirname, '../../examples/moons.md'), 'utf8');
/** Long enough to be left in the middle of it. */
const LONG = MOONS.replace(/epochs: \d+/, 'epochs: 3000');

const strip = (page: Page): Locator => page.getByRole('group', { name: 'Training', exact: true });
const button = (page: Page, name: string): Locator => strip(page).getByRole('button', { name, exact: true });
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });
const standing = async (page: Page): Promise<string> => (await strip(page).innerText()).replace(/\s+/g, ' ');

async function loss(page: Page): Promise<string> {
  return /Loss (\S+)/.exec(await standing(page))![1];
}

async function epoch(page: Page): Promise<number> {
  return Number(/Epoch ([\d,]+) of/.exec(await standing(page))![1].replaceAll(',', ''));
}

/** The training tab of a document, ready to train. */
async function openTraining(page: Page, text: string): Promise<void> {
  await setProgram(page, text);
  await tab(page, 'Network').click();
  await tab(page, 'Training').click();
  await expect.poll(() => standing(page)).toContain('ready');
}

describe('training in the page', () => {
  it('trains moons, pauses, and is back at the same loss after a reset', async () => {
    const { page, leave } = await visit();
    await openTraining(page, LONG);
    const first = await loss(page);
    await button(page, 'Train').click();
    await expect.poll(() => epoch(page), { timeout: 20_000 }).toBeGreaterThan(20);
    await button(page, 'Pause').click();
    await expect.poll(() => standing(page)).toContain('paused');
    expect(Number(await loss(page))).toBeLessThan(Number(first));

    // The boundary says how many examples are on the right side, the table the same.
    const plane = page.getByRole('img', { name: /^The class that the network answers/ });
    const right = Number(/(\d+) of 100 examples/.exec((await plane.getAttribute('aria-label'))!)![1]);
    expect(right).toBeGreaterThan(80);
    await expect.poll(() => standing(page)).toContain(`Right ${right} %`);

    await button(page, 'Reset').click();
    await expect.poll(() => loss(page)).toBe(first);
    expect(await epoch(page)).toBe(0);

    // One step and one epoch, by key: with all examples in a batch they are the same.
    await pressAway(page, 'j');
    await expect.poll(() => epoch(page)).toBe(1);
    await pressAway(page, 'e');
    await expect.poll(() => epoch(page)).toBe(2);

    // In the editor they are letters.
    await page.getByRole('textbox', { name: /^Program/ }).focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('jae');
    await expect.poll(() => programText(page)).toContain('jae# Two moons');
    expect(await epoch(page)).toBe(2);
    expect(await violations(page)).toEqual([]);
    await leave();
  });

  it('takes a weight by hand, keeps a frozen one, and shows an example that is chosen', async () => {
    const { page, leave } = await visit();
    await openTraining(page, MOONS);
    const weights = page.getByRole('group', { name: /^Weights of/ });
    const field = weights.getByRole('spinbutton').first();
    const name = (await field.getAttribute('aria-label'))!;
    await field.fill('2.5');
    await field.press('Enter');
    await weights.getByRole('button', { name: `Freeze ${name}`, exact: true }).click();
    await button(page, 'Step').click();
    await expect.poll(() => epoch(page)).toBe(1);
    expect(await field.inputValue()).toBe('2.5');

    await page.getByRole('button', { name: /^Show example 3:/ }).click();
    await expect.poll(() => programText(page)).toContain('example = 3');
    expect(await epoch(page)).toBe(1);

    // Another rate in the text goes on with the same weights.
    await setProgram(page, MOONS.replace('rate: 1,', 'rate: 0.5,').replace('example = 7', 'example = 3'));
    await expect.poll(() => strip(page).getByRole('spinbutton', { name: 'Rate' }).inputValue()).toBe('0.5');
    expect(await field.inputValue()).toBe('2.5');
    expect(await epoch(page)).toBe(1);
    await leave();
  });

  it('says that the loss exploded, and goes on from the last good weights', async () => {
    const { page, leave } = await visit();
    await openTraining(page, MOONS);
    const rate = strip(page).getByRole('spinbutton', { name: 'Rate' });
    await rate.fill('1e9');
    await rate.press('Enter');
    await button(page, 'Train').click();
    const alert = page.getByRole('alert').filter({ hasText: 'The loss exploded' });
    await alert.waitFor();
    await alert.getByRole('button', { name: /^Go on from them/ }).click();
    await expect.poll(() => rate.inputValue()).toBe('100000000');
    expect(Number(await loss(page))).toBeLessThan(10);
    await leave();
  });

  it('offers to resume what was left in the middle', async () => {
    const { page, leave } = await visit();
    await openTraining(page, LONG);
    await button(page, 'Train').click();
    await expect.poll(() => epoch(page), { timeout: 20_000 }).toBeGreaterThan(30);
    await page.waitForTimeout(1100);
    await page.reload();
    await page.getByText(/This network was being trained here when the page was left/).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => epoch(page), { timeout: 20_000 }).toBeGreaterThan(30);
    await button(page, 'Pause').click();
    await expect.poll(() => standing(page)).toContain('paused');
    await leave();
  });

  it('asks for the files that a document names, and says what is wrong with them', async () => {
    const { page, leave } = await visit('', { viewport: PHONE, hasTouch: true });
    await tab(page, 'Notes').click();
    await setProgram(
      page,
      [
        '```backflow',
        'net = mlp(2, 4, 1, activation: tanh, seed: 1)',
        'data = csv("points.csv")',
        'loss = binaryCrossEntropyWithLogits()',
        'train = adam(rate: 0.05, epochs: 5, batch: 8)',
        '```',
      ].join('\n'),
    );
    await tab(page, 'Network').click();
    await page.getByText('The document names “points.csv”.').waitFor();
    const chooser = page.getByRole('group', { name: 'Data from files' }).locator('input');
    const give = (text: string): Promise<void> =>
      chooser.setInputFiles({ name: 'points.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await give('a,b,colour\n1,2,red\n3,,blue\n');
    await page.getByRole('alert').filter({ hasText: 'points.csv, line 3:' }).waitFor();
    await give('a,b,c,colour\n1,2,3,red\n3,4,5,blue\n');
    await page.getByRole('alert').filter({ hasText: 'but the network takes 2' }).waitFor();
    const rows = Array.from({ length: 20 }, (_, i) => `${i % 5},${i % 3},${i % 2 === 0 ? 'red' : 'blue'}`);
    await give(`a,b,colour\n${rows.join('\n')}\n`);
    await expect.poll(() => standing(page)).toContain('ready');
    await button(page, 'Epoch').click();
    await expect.poll(() => epoch(page)).toBe(1);
    // A file that will not do takes nothing away.
    await give('a,b,c,colour\n1,2,3,red\n3,4,5,blue\n');
    await page.getByRole('alert').filter({ hasText: 'but the network takes 2' }).waitFor();
    expect(await epoch(page)).toBe(1);
    await tab(page, 'Notes').click();
    expect(await page.getByText('the example is all zeros').count()).toBe(0);
    await leave();
  });
});
