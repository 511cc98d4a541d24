import type { BrowserContextOptions, Page } from 'playwright-core';
import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { encodeLink } from '../../apps/web/src/link/codec.ts';
import {
  graphNode,
  pressAway,
  programText,
  setProgram,
  SITE,
  stepText,
  useBrowser,
  visit,
} from './harness.ts';

useBrowser();

const PROJECTOR = { width: 1024, height: 768 };
const caption = (page: Page): Promise<string> =>
  page.getByRole('status', { name: 'What this step does' }).innerText();

const LESSON = `# A lesson

\`\`\`backflow
x = 3
u = x·x
v = u + x
y = u·v
\`\`\`

\`\`\`stops
forward: Every value is known.
visit u [pre-order | reverse]: Too early.
end [graph]: All is told.
end [nodes]: In numbers.
\`\`\`
`;

async function lesson(options: BrowserContextOptions = {}) {
  const opened = await visit('', options);
  await setProgram(opened.page, LESSON);
  await opened.page.getByRole('group', { name: 'Stops' }).waitFor();
  return opened;
}

/** Leaves the page at once, before it has written its address, and comes back. */
async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.locator('[data-editor]').waitFor({ state: 'attached' });
}

describe('a lecture on the projector', () => {
  it('goes from stop to stop wherever the focus is, blanks, and leaves', async () => {
    const { page, leave } = await lesson({ viewport: PROJECTOR });
    await pressAway(page, 'p');
    await page.keyboard.press('PageDown');
    await expect.poll(() => caption(page)).toBe('Every value is known.');
    await page.getByRole('slider', { name: 'Step' }).focus();
    await page.keyboard.press('PageDown');
    await expect.poll(() => caption(page)).toBe('Too early.');
    // A dialog gives way to the talk.
    await pressAway(page, 'l');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('PageDown');
    await expect.poll(() => caption(page)).toBe('All is told.');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('.');
    await page.locator('.blank').waitFor();
    await page.keyboard.press('PageUp');
    await page.locator('.blank').waitFor({ state: 'detached' });
    expect(await caption(page)).toBe('All is told.');
    await page.keyboard.press('PageUp');
    await expect.poll(() => caption(page)).toBe('Too early.');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Examples' }).waitFor();
    await leave();
  });

  it('shows no text below 24 pixels at 1024 by 768', async () => {
    const { page, leave } = await lesson({ viewport: PROJECTOR });
    await pressAway(page, 'p');
    const small = (): Promise<string[]> =>
      page.evaluate(() => {
        const found: string[] = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const element = node.parentElement!;
          const { width, height } = element.getBoundingClientRect();
          const isShown =
            element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
            width > 2 &&
            height > 2 &&
            element.closest('option, .hidden-visually, .hidden-mark, sub, sup') === null;
          const size = parseFloat(getComputedStyle(element).fontSize);
          if (isShown && node.textContent!.trim() !== '' && size < 24)
            found.push(`${size}: ${node.textContent!.trim()}`);
        }
        return found;
      });
    for (const said of ['Every value is known.', 'Too early.', 'All is told.', 'In numbers.']) {
      await page.keyboard.press('PageDown');
      await expect.poll(() => caption(page)).toBe(said);
      await expect.poll(small).toEqual([]);
    }
    await page.getByRole('table').waitFor();
    expect(await small()).toEqual([]);
    await page.keyboard.press('l');
    await page.getByRole('dialog').waitFor();
    expect(await small()).toEqual([]);
    await leave();
  });
});

describe('F5', () => {
  it('returns to the same step at once, with the lanes and the stop, on the projector, and not blank', async () => {
    const { page, leave } = await lesson();
    await pressAway(page, 'End');
    await page.keyboard.press('ArrowLeft');
    const step = await stepText(page);
    await reload(page);
    await expect.poll(() => stepText(page)).toBe(step);
    expect(await programText(page)).toContain('visit u [pre-order | reverse]');

    await pressAway(page, 'p');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await expect.poll(() => caption(page)).toBe('Too early.');
    const lanes = await stepText(page);
    await page.keyboard.press('b');
    await reload(page);
    await expect.poll(() => caption(page)).toBe('Too early.');
    expect(await stepText(page)).toBe(lanes);
    expect(await page.getByRole('button', { name: 'Examples' }).count()).toBe(0);
    expect(await page.locator('.blank').count()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await reload(page);
    await expect.poll(() => stepText(page)).not.toBe(lanes);
    await leave();
  });
});

describe('R', () => {
  it('goes back to what the link brought, also after F5, and undo brings the edits back', async () => {
    const { page, leave } = await visit(await encodeLink({ text: LESSON, step: { pass: 'end' } }));
    await graphNode(page, 'y').waitFor();
    const step = await stepText(page);
    await setProgram(page, LESSON.replace('x = 3', 'x = 7'));
    await expect.poll(() => graphNode(page, 'x').getAttribute('aria-label')).toContain('7');
    await pressAway(page, 'Home');
    await reload(page);
    await expect.poll(() => programText(page)).toContain('x = 7');
    await pressAway(page, 'r');
    await expect.poll(() => programText(page)).toContain('x = 3');
    await expect.poll(() => stepText(page)).toBe(step);
    await pressAway(page, 'ControlOrMeta+Z');
    await expect.poll(() => programText(page)).toContain('x = 7');
    await leave();
  });

  it('goes back to the example as it was opened', async () => {
    const { page, leave } = await visit();
    await graphNode(page, 'C').waitFor();
    await setProgram(page, 'a = 1\nb = a*a');
    await graphNode(page, 'b').waitFor();
    await pressAway(page, 'r');
    await expect.poll(() => programText(page)).toContain('# Six lines, one slip');
    await leave();
  });
});

describe('the QR code', () => {
  /** What a scanner reads from the screen. */
  async function scanned(page: Page): Promise<string | undefined> {
    const picture = await page.getByRole('dialog').getByRole('img').screenshot();
    const { data, width, height } = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const image = context.getImageData(0, 0, bitmap.width, bitmap.height);
      // It is black and white: one letter for a pixel.
      let data = '';
      for (let at = 0; at < image.data.length; at += 4) data += image.data[at] < 128 ? '1' : '0';
      return { data, width: bitmap.width, height: bitmap.height };
    }, picture.toString('base64'));
    const pixels = new Uint8ClampedArray(4 * data.length).fill(255);
    for (let at = 0; at < data.length; at++) if (data[at] === '1') pixels.fill(0, 4 * at, 4 * at + 3);
    return jsQR(pixels, width, height)?.data;
  }

  it('is the page’s link, off the projector, in the dark too', async () => {
    const { page, leave } = await lesson({ viewport: PROJECTOR, colorScheme: 'dark' });
    await pressAway(page, 'End');
    await expect.poll(() => page.url()).toContain('#');
    await pressAway(page, 'l');
    await page.getByRole('dialog').getByRole('img').waitFor();
    const link = await scanned(page);
    const address = page.getByRole('region', { name: 'Address' });
    expect(await address.innerText()).toBe(link);
    await expect.poll(() => page.url()).toBe(link);
    await page.keyboard.press('Escape');
    await pressAway(page, 'p');
    await page.getByRole('button', { name: 'Link as a QR code' }).click();
    expect(await address.innerText()).toBe(link);
    await leave();
  });

  it('says so where the link is too long for one, and offers to copy it', async () => {
    const { page, leave } = await visit();
    const names = Array.from({ length: 400 }, (_, i) => `a${i} = ${Math.sin(i + 1)}`);
    await setProgram(page, `${names.join('\n')}\ny = a0 + a399`);
    await graphNode(page, 'y').waitFor();
    await pressAway(page, 'l');
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/a QR code holds 2,?953/);
    await page.getByRole('dialog').getByRole('button', { name: 'Copy the link' }).waitFor();
    await leave();
  });
});

describe('without a network', () => {
  /** Goes everywhere that has code of its own. */
  async function tour(page: Page): Promise<void> {
    await pressAway(page, 'm');
    await page.getByRole('tabpanel', { name: 'Side by side' }).waitFor();
    await pressAway(page, 't');
    await page.getByRole('table').first().waitFor();
    await pressAway(page, 'g');
    await graphNode(page, 'a').click();
    await page.getByRole('region', { name: 'Inspector' }).locator('.katex').first().waitFor();
    const fonts = await page.evaluate(async () => {
      await document.fonts.ready;
      return Array.from(document.fonts, ({ family, status }) => `${family} ${status}`);
    });
    expect(fonts.filter((font) => font.endsWith('error'))).toEqual([]);
    expect(fonts).toContain('KaTeX_Main loaded');
    await pressAway(page, 'l');
    await page.getByRole('dialog').getByRole('img').waitFor();
    await page.keyboard.press('Escape');
    await pressAway(page, 'ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'All commands' }).fill('Picture as SVG');
    const download = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    await download;
    await pressAway(page, 'ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'All commands' }).fill('English or German');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Beispiele' }).waitFor();
    await page.getByRole('button', { name: 'Beispiele' }).click();
    await page.getByText('Ein Neuron mit').first().click();
    await expect.poll(() => page.locator('.document-title').innerText()).toBe('A neuron with a sigmoid');
  }

  it('every file of one build is kept; everything works after F5, and a second visit begins', async () => {
    const { page } = await visit();
    await page.locator('html[data-offline="ready"]').waitFor({ timeout: 30_000, state: 'attached' });
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const cache = await caches.open(names[0]);
      return { names, files: (await cache.keys()).map(({ url }) => url) };
    });
    expect(kept.names.length).toBe(1);
    const listed = (await (await fetch(`${SITE}files.json`)).json()) as string[];
    expect(kept.files.sort()).toEqual(listed.map((name) => SITE + name).sort());

    const context = page.context();
    await context.setOffline(true);
    await page.reload();
    await graphNode(page, 'C').waitFor();
    await tour(page);
    const other = await context.newPage();
    await other.goto(SITE);
    await other.locator('[data-editor="rich"]').waitFor();
    expect(await other.title()).toContain('Backflow');
    await context.close();
  });

  it('everything works until F5 where there are no service workers', async () => {
    const { page } = await visit();
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    await page.reload();
    await page.locator('html[data-offline="ready"]').waitFor({ timeout: 30_000, state: 'attached' });
    await page.context().setOffline(true);
    expect(await page.evaluate(() => 'serviceWorker' in navigator)).toBe(false);
    await tour(page);
    await page.context().close();
  });
});
