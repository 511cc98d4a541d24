import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { CHROMIUM_FLAGS } from './chromium.ts';

export const SITE = inject('site');

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;

/** Starts one browser for a test file and ends it after the file's last test. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('chromium'), args: CHROMIUM_FLAGS });
  });
  afterAll(() => browser.close());
}

export interface Visit {
  readonly page: Page;
  /** What the page complained about: console errors, uncaught exceptions, failed requests. */
  readonly complaints: readonly string[];
  /** Closes the page and expects that it never complained. */
  readonly leave: () => Promise<void>;
}

export const LAPTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** Opens the page as a new visitor with empty storage. `address` is put behind the site's address. */
export async function visit(address = '', options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: LAPTOP, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Leaving a page ends what it was still loading.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()} ${response.status()}`);
  });
  await page.goto(SITE + address);
  return {
    page,
    complaints,
    leave: async () => {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}

/** Every violation axe finds, one readable line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    return (await axe.run()).violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join('; ')}`,
    );
  });
  return found;
}

/** The graph's button of the node with this name. */
export const graphNode = (page: Page, name: string) =>
  page
    .getByRole('group', { name: /^Graph of/ })
    .getByRole('button', { name: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')},`) });

/** Replaces the whole program as a person would: select all, paste. */
export async function setProgram(page: Page, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: /^(Program|Notes)/ });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await editor.evaluate((element, pasted) => {
    if (element instanceof HTMLTextAreaElement) {
      // `execCommand` types line by line: minutes for a megabyte, which a paste does not take.
      element.setRangeText(pasted, 0, element.value.length, 'end');
      element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
      return;
    }
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  // The graph of the text before may have nodes of the same names.
  await painted(page);
}

/** Waits until what was asked for before has been painted. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150)))),
  );
}

/** Presses a key with the focus on nothing in particular. */
export async function pressAway(page: Page, key: string): Promise<void> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.keyboard.press(key);
}

export const stepText = (page: Page): Promise<string> =>
  page
    .getByText(/^Step \d+ of \d+$/)
    .first()
    .innerText();

/** How many pixels of the graph are clearly blue, clearly orange. */
export async function colourCounts(page: Page): Promise<{ blue: number; orange: number }> {
  const image = await page.getByRole('region', { name: 'Graph' }).screenshot();
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let blue = 0;
    let orange = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, azure] = [data[at], data[at + 1], data[at + 2]];
      if (azure - red > 70 && azure - green > 30) blue++;
      if (red - azure > 70 && red - green > 30) orange++;
    }
    return { blue, orange };
  }, image.toString('base64'));
}

/** Steps to the end, wherever the step stands. */
export const toTheEnd = (page: Page): Promise<void> => pressAway(page, 'End');

/** What stands in the editor, whichever of the two is there. */
export async function programText(page: Page): Promise<string> {
  const editor = page.getByRole('textbox', { name: /^(Program|Notes)/ });
  return editor.evaluate((element) =>
    element instanceof HTMLTextAreaElement ? element.value : (element as HTMLElement).innerText,
  );
}

/** Opens a shipped example by a part of its title in the menu. */
export async function openExample(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByText(title).first().click();
  await page.waitForTimeout(400);
}
