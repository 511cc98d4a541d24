import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PHONE, setProgram, stepText, useBrowser, violations, visit } from './harness.ts';

useBrowser();

const DIGITS = [
  'net = mlp(784, 12, 10, activation: tanh, seed: 1)',
  'data = digits(400, noise: 0.1, seed: 1)',
  'loss = crossEntropy()',
  'train = adam(rate: 0.01, epochs: 4, batch: 10)',
].join('\n');

/** A three and a one, in parts of the sheet's width and height. */
const THREE = [
  [0.3, 0.2],
  [0.45, 0.12],
  [0.62, 0.2],
  [0.6, 0.38],
  [0.45, 0.46],
  [0.62, 0.56],
  [0.66, 0.74],
  [0.5, 0.86],
  [0.3, 0.8],
] as const;
const ONE = [
  [0.52, 0.12],
  [0.48, 0.88],
] as const;

async function draw(page: Page, points: readonly (readonly [number, number])[], lift = true): Promise<void> {
  const box = (await sheet(page).boundingBox())!;
  const [first, ...rest] = points.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 2 });
  if (lift) await page.mouse.up();
}

const sheet = (page: Page) => page.getByRole('application', { name: 'Drawing of 28 × 28 pixels' });
const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });
const bars = async (page: Page): Promise<string> =>
  (await answer(page).getByRole('listitem').allInnerTexts()).join(' ');

async function openTry(page: Page, program: string): Promise<void> {
  await setProgram(page, program);
  await page.getByRole('tab', { name: 'Network' }).click();
  await page.getByRole('tab', { name: 'Try it' }).click();
  await answer(page).waitFor();
}

describe('trying a network', () => {
  it('answers what is drawn with keys or a pen, and the graph runs on it', async () => {
    const { page, leave } = await visit();
    await openTry(page, DIGITS);
    await answer(page).getByText('It has not been trained yet').waitFor();
    const blank = await bars(page);

    // Its keys neither step nor undo the text.
    const step = await stepText(page);
    await sheet(page).focus();
    for (let k = 0; k < 8; k++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    for (let k = 0; k < 16; k++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Column 16, row 23, pen up').waitFor({ state: 'attached' });
    expect(await bars(page)).not.toBe(blank);
    expect(await stepText(page)).toBe(step);
    await page.keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => bars(page)).toBe(blank);

    // The answer changes before the pen is lifted.
    await draw(page, THREE, false);
    const guessed = await bars(page);
    expect(guessed).not.toBe(blank);
    await page.mouse.up();

    await page.getByRole('checkbox', { name: 'Fast' }).check();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText('Epoch 4 of 4').waitFor();
    await expect.poll(() => answer(page).innerText()).toMatch(/It (answers|leans towards) 3/);
    expect(await answer(page).getByText('It has not been trained yet').count()).toBe(0);

    // With a wanted answer the loss is that of the drawing.
    const caption = page.getByRole('status', { name: 'What this step does' });
    const lossOf = async (): Promise<string> => (await caption.innerText()).split('=').at(-1)!;
    await page.getByRole('combobox', { name: 'Wanted' }).selectOption('3');
    await page.getByText('The loss, and with it every gradient, is that of your input.').waitFor();
    await expect.poll(async () => Number.parseFloat(await lossOf())).toBeLessThan(1);
    await page.getByRole('combobox', { name: 'Wanted' }).selectOption('8');
    await expect.poll(async () => Number.parseFloat(await lossOf())).toBeGreaterThan(1);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Clear' }).click();
    await draw(page, ONE);
    await expect.poll(() => answer(page).innerText()).toMatch(/It (answers|leans towards) 1/);

    // Noise is counted, and can be shown in the graph too.
    const noise = page.getByRole('region', { name: 'Noise' });
    await noise.getByRole('button', { name: 'New noise' }).click();
    await noise.getByRole('button', { name: '100 more' }).click();
    await noise.getByText('Noise picture 102, seed 1').waitFor();
    await noise
      .getByText(/It takes this for \d/)
      .first()
      .waitFor();
    await noise.getByRole('button', { name: 'Show it in the graph' }).click();
    await page.getByRole('button', { name: 'Back to the data’s example' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Back to the data’s example' }).count()).toBe(0);
    await leave();
  });

  it('takes pixels that are pressed and numbers that are typed, on a phone in the dark and in German', async () => {
    const { page, leave } = await visit('', {
      viewport: PHONE,
      hasTouch: true,
      colorScheme: 'dark',
      locale: 'de-DE',
    });
    await page.getByRole('tab', { name: 'Notizen' }).click();
    await setGerman(page, CAMERA);
    const region = page.getByRole('region', { name: 'Antwort' });
    const before = await region.innerText();
    const pixel = page.getByRole('button', { name: 'Zeile 1, Spalte 2: ' });
    const bright = await pixel.getAttribute('aria-pressed');
    await pixel.tap();
    expect(await pixel.getAttribute('aria-pressed')).not.toBe(bright);
    await expect.poll(() => region.innerText()).not.toBe(before);
    expect(await violations(page)).toEqual([]);

    await page.getByRole('tab', { name: 'Notizen' }).click();
    await setGerman(page, SINE);
    const field = page.getByRole('spinbutton', { name: 'x', exact: true });
    await field.fill('9');
    await field.press('Enter');
    await page.getByText('außerhalb der Daten').waitFor();
    await page.getByText('Es antwortet').first().waitFor();
    await leave();
  });
});

/** It says nothing about training. */
const CAMERA = 'net = mlp(4, 4, 4, activation: tanh)\ndata = camera(8)\nloss = crossEntropy()';
const SINE =
  'net = mlp(1, 4, 1, activation: tanh)\ndata = sine(20)\nloss = squared()\ntrain = sgd(epochs: 5)';

async function setGerman(page: Page, program: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: /^(Programm|Notizen)/ });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await editor.evaluate((element, pasted) => {
    if (element instanceof HTMLTextAreaElement) {
      element.value = pasted;
      element.dispatchEvent(new InputEvent('input', { bubbles: true }));
      return;
    }
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, program);
  await page.getByRole('tab', { name: 'Netz', exact: true }).click();
  await page.getByRole('tab', { name: 'Ausprobieren' }).click();
  await page.getByRole('region', { name: 'Antwort' }).waitFor();
}
