import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  graphNode,
  openExample,
  PHONE,
  pressAway,
  programText,
  setProgram,
  SITE,
  stepText,
  toTheEnd,
  useBrowser,
  violations,
  visit,
} from './harness.ts';

useBrowser();

const caption = (page: Page) => page.getByRole('status', { name: 'What this step does' });

/** Runs a command by its name in the palette. */
async function command(page: Page, words: string): Promise<void> {
  await pressAway(page, 'ControlOrMeta+K');
  await page.getByRole('combobox', { name: 'All commands' }).fill(words);
  await page.keyboard.press('Enter');
}

/** By how many pixels the page could be scrolled sideways. */
const wider = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The address, once the page has stopped writing it. */
async function settledHash(page: Page): Promise<string> {
  let before = '';
  await expect
    .poll(
      async () => {
        const last = before;
        before = await page.evaluate(() => location.hash);
        return before !== '' && before === last;
      },
      { interval: 600, timeout: 10_000 },
    )
    .toBe(true);
  return before;
}

describe('the document', () => {
  it('comes back by undo after another example was opened, and the view stays as it is', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'mine = 2\nb = mine*mine');
    await graphNode(page, 'b').waitFor();
    await openExample(page, 'A neuron with a sigmoid');
    await expect.poll(() => programText(page)).not.toContain('mine');
    await pressAway(page, 't');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => programText(page)).toContain('mine = 2');
    expect(await page.getByRole('tab', { name: 'Table' }).getAttribute('aria-selected')).toBe('true');
    await leave();
  });

  it('is not overwritten by a tab in which nothing was written since', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'old = 1\nb = old*old');
    await settledHash(page);
    const other = await page.context().newPage();
    await other.goto(SITE);
    await setProgram(other, 'later = 1\nb = later*later');
    await settledHash(other);
    await other.close();
    await toTheEnd(page);
    await settledHash(page);
    await page.goto('about:blank');
    await page.goto(SITE);
    await expect.poll(() => programText(page)).toContain('later');
    await leave();
  });

  it('says so where nothing can be saved', async () => {
    const { page, leave } = await visit();
    await page.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('forbidden', 'SecurityError');
        },
      }),
    );
    await page.reload();
    await setProgram(page, 'a = 2\nb = a*a');
    const notice = page.getByText('The browser does not allow saving here');
    await expect.poll(() => notice.count()).toBe(1);
    expect(await programText(page)).toContain('b = a*a');
    await leave();
  });
});

describe('a link', () => {
  it('brings step, digits and camera, and leaves the visitor’s own settings alone', async () => {
    const sender = await visit();
    await openExample(sender.page, 'A neuron with a sigmoid');
    await setProgram(sender.page, 'x = 1/3\nu = x*x\ny = u + x + 1');
    await graphNode(sender.page, 'u').waitFor();
    await toTheEnd(sender.page);
    await command(sender.page, 'more digits');
    await command(sender.page, 'zoom in');
    const step = await stepText(sender.page);
    const hash = await settledHash(sender.page);
    await sender.leave();

    const { page, leave } = await visit(hash);
    await graphNode(page, 'u').waitFor();
    await expect.poll(() => stepText(page)).toBe(step);
    await expect.poll(() => graphNode(page, 'u').getAttribute('aria-label')).toContain('0.11111');
    const box = (await graphNode(page, 'u').boundingBox())!;
    expect(box.x).toBeGreaterThan(300);
    expect(box.x).toBeLessThan(1280);
    await page.waitForTimeout(600);
    const stored = await page.evaluate(() => localStorage.getItem('backflow.settings'));
    expect(stored ?? '"digits":4').toContain('"digits":4');
    await leave();
  });
});

describe('the caption', () => {
  it('tells kinks, branches and the outcome of a pass', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 0\nm = relu(x)\ny = where(x >= 0, m + 1, log(x))');
    await graphNode(page, 'y').waitFor();
    await expect.poll(() => caption(page).textContent()).toContain('branch that is not taken');
    await page.getByText('Pass', { exact: true }).click();
    await toTheEnd(page);
    await expect.poll(() => caption(page).textContent()).toContain('Backward pass done: ∂y/∂x = 0.');
    await page.getByText('Edge', { exact: true }).click();
    const seen: string[] = [];
    for (let step = 0; step < 6; step++) {
      seen.push((await caption(page).textContent()) ?? '');
      await pressAway(page, 'ArrowLeft');
    }
    expect(seen.join('\n')).toContain('any value in [0, 1] is a subgradient');
    await leave();
  });
});

describe('bad input in the plain editor', () => {
  it('a pasted megabyte is there at once, with its message', async () => {
    const { page, leave } = await visit('', { serviceWorkers: 'block' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    // The rich editor never arrives.
    await page.route(/code-editor/, () => undefined);
    await page.evaluate(
      (text) => navigator.clipboard.writeText(text),
      `x = 1\n${'# a long remark\n'.repeat(66_000)}`,
    );
    await page.reload();
    await page.getByRole('textbox', { name: 'Program' }).focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('ControlOrMeta+V');
    const problems = page.getByRole('status', { name: 'Problems' });
    await expect.poll(() => problems.textContent(), { timeout: 20_000 }).toMatch(/200[, ]?000/);
    expect((await programText(page)).length).toBe(1_056_006);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => problems.textContent()).toBe('');
    await leave();
  });
});

describe('in German', () => {
  it('names everything, keys too, and fits a narrow phone', async () => {
    const { page, leave } = await visit('', { locale: 'de-DE', viewport: { ...PHONE, width: 320 } });
    await page.getByRole('tab', { name: 'Tabelle' }).click();
    expect(await wider(page)).toBe(0);
    await page.getByRole('tab', { name: 'Notizen' }).click();
    expect(await wider(page)).toBe(0);
    await page.getByRole('tab', { name: 'Graph' }).click();
    expect(await wider(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await pressAway(page, '?');
    const help = page.getByRole('dialog', { name: 'Tasten und Hilfe' });
    await help.waitFor();
    const text = await help.innerText();
    expect(text).toContain('Leertaste');
    expect(text).toContain('Bild ab');
    expect(text).not.toMatch(/\b(Space|Shift|Ctrl|Home|End)\b/);
    await leave();
  });
});
