import { readFileSync } from 'node:fs';
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
  useBrowser,
  violations,
  visit,
} from './harness.ts';

useBrowser();

/** A check is a matter of moments, on a machine that has nothing else to do. */
const SOON = { timeout: 10_000 };

const LATEX = [
  'z^{(L)}=w^{(L)}a^{(L-1)}+b^{(L)}=1.5·0.6-0.4=0.5',
  'a^{(L)}≈0.62, y=1, C_0=(a^{(L)}-y)^2',
  '∂C_0/∂b^{(L)}=-0.47',
].join('\n');

const LATEX_SLIP = [
  'z^{(L)}=w^{(L)}a^{(L-1)}+b^{(L)}=1.5·0.6-0.4=0.5',
  'a^{(L)}=\\sigma(z^{(L)}), y=1, C_0=(a^{(L)}-y)^2',
  '\\frac{\\partial C_0}{\\partial w^{(L)}} = a^{(L-1)} \\sigma(z^{(L)}) 2(a^{(L)}-y)',
].join('\n');

const CHAIN = '# Notes\n\n```backflow\nx = 2\nw = 3\nL = (w*x - 5)^2\n```\n\n';

/** The marks in the margin, by line. */
const marks = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const found: Record<string, string> = {};
    const root = document.querySelector('[data-editor]')?.shadowRoot;
    for (const button of root?.querySelectorAll<HTMLElement>('button.sign') ?? [])
      found[button.dataset['line']!] = button.dataset['sign']!;
    return found;
  });

const mark = (page: Page, line: number) => page.getByRole('button', { name: new RegExp(`^Line ${line}:`) });
const panel = (page: Page) => page.getByRole('region', { name: 'What your notes say' });
const card = (page: Page, line: number) => page.getByRole('region', { name: `line ${line}`, exact: true });

describe('the first visit', () => {
  it('plays the backward pass, then marks the slip, names it and offers four doors', async () => {
    const { page, leave } = await visit('', { reducedMotion: 'no-preference' });
    await graphNode(page, 'z').waitFor();
    const doors = page.getByRole('region', { name: 'First steps' });
    await expect
      .poll(() => doors.getByRole('button').allInnerTexts())
      .toEqual(['Check my notes', 'Step through', 'Why memoize?', 'Use in code', '']);
    // Only source, graph and transport are open.
    expect(await page.getByRole('region', { name: 'Inspector' }).count()).toBe(0);
    await expect.poll(() => stepText(page), { timeout: 20_000 }).toBe('Step 31 of 31');
    await expect
      .poll(() => card(page, 19).innerText(), { timeout: 10_000 })
      .toMatch(/σ\(z\).*stood where σ′\(z\)/);
    expect(await marks(page)).toEqual({ 15: '✓', 16: '✓', 17: '✓', 18: '✓', 19: '✗', 20: '↳' });
    await leave();
  });

  it('opens each of its doors', async () => {
    const first = await visit();
    await first.page.getByRole('button', { name: 'Use in code' }).click();
    await first.page
      .getByRole('dialog', { name: 'The same in TypeScript' })
      .getByText('@backflow/engine')
      .waitFor();
    await first.page.keyboard.press('Escape');
    await first.page.getByRole('button', { name: 'Step through' }).click();
    await expect.poll(() => stepText(first.page)).toBe('Step 0 of 31');
    await first.leave();

    const second = await visit();
    await second.page.getByRole('button', { name: 'Why memoize?' }).click();
    await expect.poll(() => programText(second.page)).toContain('Four nodes');
    expect(await second.page.getByRole('region', { name: 'First steps' }).count()).toBe(0);
    await second.leave();

    const third = await visit();
    await third.page.getByRole('button', { name: 'Check my notes' }).click();
    await third.page.getByRole('textbox', { name: 'Notes' }).waitFor();
    await setProgram(third.page, LATEX);
    await expect.poll(() => marks(third.page), SOON).toMatchObject({ 1: '✓', 3: '✗' });
    await third.leave();
  });
});

describe('notes beside a program', () => {
  it('are marked as they are written; the explanation comes in three presses', async () => {
    const { page, leave } = await visit();
    await setProgram(page, `${CHAIN}∂L/∂w = 2(w·x - 5)·x = 4\n∂L/∂x = 2(w·x - 5)·w = 7\n`);
    await expect.poll(() => marks(page), SOON).toEqual({ 9: '✓', 10: '✗' });
    await expect
      .poll(() => panel(page).getByRole('status').innerText(), SOON)
      .toBe('3 of 4 right; first slip in line 10');
    await mark(page, 10).click();
    await expect.poll(() => card(page, 10).innerText()).toContain('Why?');
    // Where first: neither the reason nor the number.
    expect(await card(page, 10).innerText()).not.toMatch(/\b6\b/);
    await card(page, 10).getByRole('button', { name: 'Why?' }).click();
    await card(page, 10).getByRole('button', { name: 'What is right?' }).click();
    await expect.poll(() => card(page, 10).innerText()).toMatch(/right is 6/);
    // The mark leads to the step at which the number is born.
    await expect
      .poll(() => page.getByRole('status', { name: 'What this step does' }).textContent())
      .toContain('∂L/∂x');
    await leave();
  });

  it('can be asked by keyboard alone, wherever the focus is', async () => {
    const { page, leave } = await visit();
    await setProgram(page, `${CHAIN}L = 2\n∂L/∂w = 4\n`);
    await expect.poll(() => marks(page), SOON).toEqual({ 9: '✗', 10: '✓' });
    await page.keyboard.press('F8');
    await card(page, 9).waitFor();
    await page.keyboard.press('F9');
    await page.keyboard.press('F9');
    await expect.poll(() => card(page, 9).innerText()).toMatch(/right is 1/);
    await pressAway(page, 'Escape');
    await expect.poll(() => card(page, 9).count()).toBe(0);
    await leave();
  });

  it('are told at once to a teacher', async () => {
    const { page, leave } = await visit();
    await setProgram(page, `${CHAIN}L = 2\n`);
    await panel(page).getByLabel('Show everything').check();
    await mark(page, 9).click();
    await expect.poll(() => card(page, 9).innerText()).toMatch(/right is 1/);
    await leave();
  });

  it('keep their marks on their lines while lines are put in above', async () => {
    const { page, leave } = await visit();
    await setProgram(page, `${CHAIN}L = 2\n∂L/∂w = 4\n`);
    await expect.poll(() => marks(page), SOON).toEqual({ 9: '✗', 10: '✓' });
    await page.locator('[data-editor="rich"]').waitFor();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('More words\n\n');
    await expect.poll(() => marks(page), SOON).toEqual({ 11: '✗', 12: '✓' });
    await leave();
  });

  it('are found from the node they speak about', async () => {
    const { page, leave } = await visit();
    await setProgram(page, `${CHAIN}∂L/∂w = 4\n∂L/∂x = 7\n`);
    await expect.poll(() => marks(page), SOON).toEqual({ 9: '✓', 10: '✗' });
    await graphNode(page, 'x').click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await expect.poll(() => inspector.innerText()).toContain('Your notes');
    expect(await inspector.innerText()).toContain('line 10');
    expect(await inspector.innerText()).not.toContain('line 9');
    await inspector.getByRole('button', { name: 'line 10' }).click();
    await card(page, 10).waitFor();
    await leave();
  });

  it('can be taken along with their marks', async () => {
    const { page, leave } = await visit();
    await setProgram(page, `${CHAIN}L = 2\n`);
    await expect.poll(() => marks(page), SOON).toEqual({ 9: '✗' });
    await page.getByRole('button', { name: 'Document' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Marked notes as Markdown' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('notes-marked.md');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('L = 2\n\n> ✗ wrong');
    expect(text).toContain('Right is 1.');
    await leave();
  });
});

describe('notes without a program', () => {
  it('are known when they are pasted, with a way back', async () => {
    const { page, leave } = await visit();
    await setProgram(page, LATEX);
    await expect.poll(() => marks(page), SOON).toMatchObject({ 1: '✓', 2: '✓', 3: '✗' });
    // The graph is put together from the notes.
    await graphNode(page, 'z⁽ᴸ⁾').waitFor();
    await page.getByRole('button', { name: 'It is a program' }).click();
    await page.getByRole('textbox', { name: 'Program' }).waitFor();
    await expect.poll(() => marks(page), SOON).toEqual({});
    expect(await page.getByRole('status', { name: 'Problems' }).innerText()).toContain('Error');
    await page.getByRole('group', { name: 'Read as' }).getByRole('button', { name: 'Notes' }).click();
    await expect.poll(() => marks(page), SOON).toMatchObject({ 3: '✗' });
    expect(await page.getByRole('status', { name: 'Problems' }).innerText()).toBe('');
    await leave();
  });

  it('are explained in the notation in which they are written', async () => {
    const { page, leave } = await visit();
    await setProgram(page, LATEX_SLIP);
    await expect.poll(() => marks(page), SOON).toEqual({ 1: '✓', 2: '✓', 3: '✗' });
    await mark(page, 3).click();
    const open = card(page, 3);
    await open.getByRole('button', { name: 'Why?' }).click();
    await open.getByRole('button', { name: 'What is right?' }).click();
    // The claim, and what is right in its place.
    await expect.poll(() => open.locator('.katex').count(), SOON).toBe(2);
    expect(await open.getByRole('math').first().getAttribute('aria-label')).toContain('\\frac');
    expect(await violations(page)).toEqual([]);
    await leave();
  });

  it('are asked for where there is nothing to draw, and prose draws nothing', async () => {
    const { page, leave } = await visit();
    await page.getByRole('button', { name: 'Check my notes' }).click();
    const graph = page.getByRole('region', { name: 'Graph' });
    await expect.poll(() => graph.innerText()).toContain('paste a derivation');
    expect(await violations(page)).toEqual([]);
    await setProgram(page, 'The chain rule is a product of slopes along a path.');
    await expect.poll(() => panel(page).innerText()).toContain('No claims yet');
    expect(await graph.innerText()).toContain('paste a derivation');
    await leave();
  });

  it('are opened from a file that is dropped', async () => {
    const { page, leave } = await visit();
    await page.locator('[data-editor="rich"]').waitFor();
    await page.getByRole('textbox', { name: 'Program and notes' }).evaluate((editor, text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'homework.tex', { type: 'text/x-tex' }));
      editor.dispatchEvent(
        new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true, composed: true }),
      );
    }, LATEX);
    await expect.poll(() => marks(page), SOON).toMatchObject({ 1: '✓', 3: '✗' });
    expect(await programText(page)).not.toContain('backflow');
    await leave();
  });

  it('are notes again after a reload, and for whoever opens the link', async () => {
    const { page, leave } = await visit();
    await setProgram(page, LATEX);
    await expect.poll(() => marks(page), SOON).toMatchObject({ 3: '✗' });
    await page.waitForTimeout(1200);
    const hash = await page.evaluate(() => location.hash);
    await page.goto('about:blank');
    await page.goto(SITE);
    await expect.poll(() => marks(page), { timeout: 10_000 }).toMatchObject({ 3: '✗' });
    await leave();

    const other = await visit(hash);
    await expect.poll(() => marks(other.page), { timeout: 10_000 }).toMatchObject({ 3: '✗' });
    await other.leave();
  });

  it('can be written on while a long page of them is checked', async () => {
    const { page, leave } = await visit();
    await page.locator('[data-editor="rich"]').waitFor();
    const lines = Array.from({ length: 1000 }, (_, k) => `∂C/∂w${k} = 2·${k} = ${2 * k}`);
    await setProgram(page, lines.join('\n'));
    await page.getByRole('textbox', { name: 'Notes' }).waitFor();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('1 + 1 = 3\n');
    expect(await programText(page)).toContain('1 + 1 = 3');
    await expect.poll(() => marks(page), { timeout: 20_000 }).toMatchObject({ 1: '✗' });
    await leave();
  });
});

describe('the conventions of the loss', () => {
  it('are asked at its card, declared in a line of the notes, and undone like any writing', async () => {
    const { page, leave } = await visit();
    await setProgram(page, `${CHAIN}∂L/∂w = 2\n`);
    await expect.poll(() => marks(page), SOON).toEqual({ 9: '✗' });
    const chip = page.getByRole('button', { name: /^Conventions of the loss: ½/ });
    await chip.click();
    const menu = page.getByRole('dialog', { name: 'Conventions of the loss' });
    expect(await violations(page)).toEqual([]);
    await menu.getByLabel('½ in the loss').selectOption('with ½');
    await expect.poll(() => marks(page), SOON).toEqual({ 10: '✓' });
    await page.keyboard.press('Escape');
    expect(await programText(page)).toContain('Convention: with ½');
    expect(await chip.getAttribute('aria-haspopup')).toBe('dialog');
    expect(await panel(page).innerText()).toContain('with ½');
    await panel(page).getByRole('button', { name: 'the program' }).click();
    await expect.poll(() => marks(page), SOON).toEqual({ 10: '✗' });
    await panel(page).getByRole('button', { name: 'the notes' }).click();
    await pressAway(page, 'ControlOrMeta+Z');
    await expect.poll(() => marks(page), SOON).toEqual({ 9: '✗' });
    expect(await programText(page)).not.toContain('Convention');
    await leave();
  });
});

describe('my own numbers in the table', () => {
  it('can be negative on a phone, whose keypad has no minus', async () => {
    const { page, leave } = await visit('', { viewport: PHONE, hasTouch: true, isMobile: true });
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.getByLabel('My columns').selectOption('gradient');
    const field = page.getByRole('textbox', { name: /^My gradient of w(:|$)/ });
    await field.fill('0.1065');
    await page.getByRole('button', { name: 'Change the sign of my number' }).tap();
    expect(await field.inputValue()).toBe('-0.1065');
    expect(await page.getByText('1 of 1 of mine right').count()).toBe(1);
    await leave();
  });

  it('are judged as they are typed, and are there after a reload, not in the link', async () => {
    const { page, leave } = await visit();
    await openExample(page, 'A neuron with a sigmoid');
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.getByLabel('My columns').selectOption('both');
    const field = page.getByRole('textbox', { name: /^My gradient of w1(:|$)/ });
    expect(await field.getAttribute('inputmode')).toBe('decimal');
    await field.fill('12');
    await expect.poll(() => page.getByRole('textbox', { name: 'My gradient of w1: wrong' }).count()).toBe(1);
    await page.getByRole('textbox', { name: /^My value of z(:|$)/ }).fill('0,3');
    await expect.poll(() => page.getByRole('textbox', { name: 'My value of z: right' }).count()).toBe(1);
    expect(await page.getByText('1 of 2 of mine right').count()).toBe(1);
    await page.waitForTimeout(1000);
    await page.reload();
    await page.getByRole('tab', { name: 'Table' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: /^My value of z(:|$)/ }).inputValue())
      .toBe('0,3');
    await leave();
  });
});

describe('the notes’ half', () => {
  for (const [title, options] of [
    ['on a laptop', {}],
    ['in the dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: PHONE, hasTouch: true, isMobile: true }],
  ] as const) {
    it(`${title}: axe finds nothing`, async () => {
      const { page, leave } = await visit('', options);
      if ('isMobile' in options) await page.getByRole('tab', { name: 'Notes' }).click();
      await card(page, 19).waitFor();
      await page.locator('[data-editor="rich"]').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'What is right?' }).click();
      await page.getByRole('button', { name: 'Use in code' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Table' }).click();
      await page.getByLabel('My columns').selectOption('both');
      expect(await violations(page)).toEqual([]);
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
      await leave();
    });
  }

  it('on a phone has marks of 44 pixels and a row of signs above the keyboard', async () => {
    const { page, leave } = await visit('', { viewport: PHONE, hasTouch: true, isMobile: true });
    await page.getByRole('tab', { name: 'Notes' }).click();
    await page.locator('[data-editor="rich"]').waitFor();
    await card(page, 19).getByRole('button', { name: 'Close' }).click();
    for (const line of [16, 17, 19]) {
      const box = (await mark(page, line).boundingBox())!;
      expect(box.width).toBeGreaterThanOrEqual(44);
      expect(box.height).toBeGreaterThanOrEqual(44);
    }
    await page.getByRole('textbox', { name: 'Program and notes' }).focus();
    const keys = page.getByRole('toolbar', { name: 'Characters' });
    await expect
      .poll(() => keys.getByRole('button').allInnerTexts())
      .toEqual(['∂', '/', '·', 'σ', '′', '²', '₁', '⁽ᴸ⁾', '=']);
    await leave();
  });

  it('speaks German', async () => {
    const { page, leave } = await visit('', { locale: 'de-DE' });
    await page.getByRole('region', { name: 'Zeile 19', exact: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Was deine Notizen sagen' }).innerText()).toContain(
      'erster Fehler in Zeile 19',
    );
    await leave();
  });
});
