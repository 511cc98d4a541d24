import { describe, expect, it } from 'vitest';
import {
  colourCounts,
  graphNode,
  LAPTOP,
  openExample,
  PHONE,
  pressAway,
  setProgram,
  stepText,
  toTheEnd,
  useBrowser,
  violations,
  visit,
} from './harness.ts';

useBrowser();

const LOOKS = [
  { title: 'on a laptop', options: { viewport: LAPTOP, colorScheme: 'light' } },
  { title: 'on a laptop in the dark', options: { viewport: LAPTOP, colorScheme: 'dark' } },
  { title: 'on a phone', options: { viewport: PHONE, colorScheme: 'light', hasTouch: true, isMobile: true } },
  {
    title: 'on a phone in the dark',
    options: { viewport: PHONE, colorScheme: 'dark', hasTouch: true, isMobile: true },
  },
] as const;

describe('axe finds nothing', () => {
  for (const { title, options } of LOOKS) {
    const phone = 'isMobile' in options;

    it(`${title}: graph, table, inspector`, async () => {
      const { page, leave } = await visit('', options);
      if (phone) await page.getByRole('tab', { name: 'Graph' }).click();
      await graphNode(page, 'x').waitFor();
      expect(await violations(page)).toEqual([]);
      await graphNode(page, 'x').click();
      await page.getByRole('region', { name: 'Inspector' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Close the inspector' }).click();
      await page.getByRole('tab', { name: 'Table' }).click();
      await page.getByRole('table').waitFor();
      expect(await violations(page)).toEqual([]);
      if (phone) await page.getByRole('tab', { name: 'Notes' }).click();
      await page.getByRole('textbox', { name: 'Program' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await leave();
    });

    it(`${title}: dialogs, menus and a mistake in the text`, async () => {
      const { page, leave } = await visit('', options);
      if (phone) await page.getByRole('tab', { name: 'Notes' }).click();
      await setProgram(page, 'x = 3\ny = x*(x + ');
      await page
        .getByText(/line 2/)
        .first()
        .waitFor();
      expect(await violations(page)).toEqual([]);
      await pressAway(page, '?');
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await pressAway(page, 'ControlOrMeta+k');
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Examples' }).click();
      await page.getByText('A sum times a number').waitFor();
      expect(await violations(page)).toEqual([]);
      await leave();
    });

    it(`${title}: nothing is wider than the screen`, async () => {
      const { page, leave } = await visit('', options);
      for (const name of phone ? ['Notes', 'Graph', 'Table'] : ['Graph', 'Table']) {
        await page.getByRole('tab', { name }).click();
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
      }
      await leave();
    });
  }

  it('on a phone every button is at least 44 pixels in both directions', async () => {
    const { page, leave } = await visit('', LOOKS[2].options);
    for (const tab of ['Graph', 'Notes', 'Table']) {
      await page.getByRole('tab', { name: tab }).click();
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, [role=tab], select, [role=slider]')]
          .filter((element) => element.checkVisibility())
          .map((element) => ({
            name: element.ariaLabel ?? element.innerText,
            box: element.getBoundingClientRect(),
          }))
          .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
          .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
      );
      expect(small).toEqual([]);
    }
    await leave();
  });
});

describe('the drawing', () => {
  it('tells sign without hue: a negative gradient is hatched, a positive one is even', async () => {
    const { page, leave } = await visit();
    // A program of the same names as the one before keeps the form of its cards.
    await setProgram(page, 'q = 1\nr = q*q');
    await graphNode(page, 'r').waitFor();
    const bands = async (program: string): Promise<number> => {
      await setProgram(page, program);
      await graphNode(page, 'y').waitFor();
      await toTheEnd(page);
      await expect.poll(() => graphNode(page, 'a').getAttribute('aria-label')).toContain('final');
      const box = (await graphNode(page, 'a').boundingBox())!;
      const clip = {
        x: box.x + box.width * 0.1,
        y: box.y + box.height * 0.68,
        width: box.width * 0.8,
        height: box.height * 0.24,
      };
      const image = (await page.screenshot({ clip })).toString('base64');
      // How often the brightness jumps along the middle row, in grey.
      return page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes]));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d')!;
        context.filter = 'grayscale(1)';
        context.drawImage(bitmap, 0, 0);
        const row = context.getImageData(0, 2, bitmap.width, 1).data;
        let jumps = 0;
        for (let at = 4; at < row.length; at += 4) if (Math.abs(row[at] - row[at - 4]) > 4) jumps++;
        return jumps;
      }, image);
    };
    const even = await bands('a = 2\ny = 3*a');
    const hatched = await bands('a = 2\ny = -3*a');
    expect(even).toBeLessThan(6);
    expect(hatched).toBeGreaterThan(even + 10);
    await leave();
  });

  it('shows both colours in the shipped networks, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, leave } = await visit('', { colorScheme });
      for (const example of ['Mazur', 'twenty weights']) {
        await openExample(page, example);
        await toTheEnd(page);
        await page.getByRole('button', { name: 'Show the whole graph' }).click();
        await page.waitForTimeout(400);
        const { blue, orange } = await colourCounts(page);
        expect(blue).toBeGreaterThan(500);
        expect(orange).toBeGreaterThan(500);
      }
      await leave();
    }
  });

  it('has no button over a card when the whole graph is shown', async () => {
    for (const { options } of [LOOKS[0], LOOKS[2]]) {
      const { page, leave } = await visit('', options);
      for (const example of ['Mazur', 'micrograd', 'twenty weights']) {
        await openExample(page, example);
        if ('isMobile' in options) await page.getByRole('tab', { name: 'Graph' }).click();
        await page.getByRole('button', { name: 'Show the whole graph' }).click();
        await page.waitForTimeout(400);
        const covered = await page.evaluate(() => {
          const tools = [...document.querySelectorAll('.graph-tools button')].map((button) =>
            button.getBoundingClientRect(),
          );
          return [...document.querySelectorAll('.graph-node')]
            .filter((card) => {
              const box = card.getBoundingClientRect();
              return tools.some(
                (tool) =>
                  tool.left < box.right &&
                  box.left < tool.right &&
                  tool.top < box.bottom &&
                  box.top < tool.bottom,
              );
            })
            .map((card) => card.getAttribute('aria-label'));
        });
        expect(covered).toEqual([]);
        expect(await page.locator('.graph-node').count()).toBeGreaterThan(20);
        expect(await page.locator('.graph-tools button').count()).toBe(4);
      }
      await leave();
    }
  });

  it('follows: the card of the step is whole on the pane, and large enough to read', async () => {
    const { page, leave } = await visit();
    await openExample(page, 'Mazur');
    await pressAway(page, 'Home');
    const pane = (await page.getByRole('region', { name: 'Graph' }).boundingBox())!;
    const caption = page.getByRole('status', { name: 'What this step does' });
    let seen = 0;
    for (let step = 0; step < 60; step++) {
      await pressAway(page, 'Shift+ArrowRight');
      await page.waitForTimeout(120);
      const text = await caption.innerText();
      const name = /^∂E_?total\/∂(\w+) .*is final/.exec(text)?.[1];
      if (name === undefined) continue;
      seen++;
      const box = (await graphNode(page, name).boundingBox())!;
      expect(box, text).not.toBeNull();
      // Three rows of text of 11 pixels.
      expect(box.height, text).toBeGreaterThan(44);
      expect(box.x, text).toBeGreaterThanOrEqual(pane.x);
      expect(box.y, text).toBeGreaterThanOrEqual(pane.y);
      expect(box.x + box.width, text).toBeLessThanOrEqual(pane.x + pane.width);
      expect(box.y + box.height, text).toBeLessThanOrEqual(pane.y + pane.height);
    }
    expect(seen).toBeGreaterThan(12);
    await leave();
  });
});

describe('keys', () => {
  it('step, jump, walk and leave', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 2\ny = 5\nz = -4\nf = (x + y)*z');
    await graphNode(page, 'f').waitFor();
    await pressAway(page, 'Home');
    expect(await stepText(page)).toMatch(/^Step 0 of/);
    await pressAway(page, 'ArrowRight');
    expect(await stepText(page)).toMatch(/^Step 1 of/);
    await pressAway(page, 'ArrowLeft');
    expect(await stepText(page)).toMatch(/^Step 0 of/);
    await pressAway(page, 'End');
    const end = /of (\d+)/.exec(await stepText(page))![1];
    expect(await stepText(page)).toBe(`Step ${end} of ${end}`);
    await graphNode(page, 'f').focus();
    await page.keyboard.press('ArrowLeft');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await expect.poll(focused).toMatch(/^(x \+ y|z),/);
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toMatch(/^f,/);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Inspector' }).waitFor();
    // The first press deselects, the second folds the inspector.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('region', { name: 'Inspector' }).count()).toBe(0);
    await leave();
  });

  it('are left alone while typing', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 2\ny = x*x');
    await graphNode(page, 'y').waitFor();
    const step = await stepText(page);
    await page.getByRole('textbox', { name: 'Program' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    expect(await stepText(page)).toBe(step);
    await leave();
  });

  it('P turns the projector on: only graph, caption and transport, in letters of at least 24 pixels', async () => {
    const { page, leave } = await visit('', { viewport: { width: 1024, height: 768 } });
    await graphNode(page, 'x').waitFor();
    await pressAway(page, 'p');
    await expect.poll(() => page.getByRole('textbox', { name: 'Program' }).count()).toBe(0);
    const caption = page.getByRole('status', { name: 'What this step does' });
    const size = () => caption.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    await expect.poll(size).toBeGreaterThanOrEqual(24);
    const before = await stepText(page);
    await page.keyboard.press('PageUp');
    await expect.poll(() => stepText(page)).not.toBe(before);
    await pressAway(page, 'p');
    await page.getByRole('textbox', { name: 'Program' }).waitFor();
    await leave();
  });
});
