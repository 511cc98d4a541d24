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

const FOUR_NODES = 'x = 3\nu = x*x\nv = u + x\ny = u*v';

describe('predicting first', () => {
  it('asks, judges and steps with nothing but the keyboard', async () => {
    const { page, leave } = await visit();
    await setProgram(page, FOUR_NODES);
    await graphNode(page, 'y').waitFor();
    await pressAway(page, 'q');
    const line = page.getByRole('status', { name: 'Predict first' });
    await line.waitFor();
    const caption = page.getByRole('status', { name: 'What this step does' });
    const answers = page.getByRole('group', { name: 'Answers' });
    const before = await stepText(page);

    await page.keyboard.press('ArrowRight');
    await expect.poll(() => line.innerText()).toBe('At which node does the backward pass begin?');
    expect(await stepText(page)).toBe(before);
    expect(await caption.innerText()).toBe('');
    expect(await violations(page)).toEqual([]);
    // To the last of the answers, y.
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await expect.poll(() => line.innerText()).toContain('Right.');
    expect(await stepText(page)).not.toBe(before);
    await expect.poll(() => caption.innerText()).toContain('Seed ∂y/∂y = 1');
    expect(await page.getByText('1 of 1 right').count()).toBe(1);

    await page.keyboard.press('ArrowRight');
    await answers.waitFor();
    expect(await graphNode(page, 'u').getAttribute('aria-label')).not.toContain('12');
    await page.keyboard.press('1');
    await expect
      .poll(() => line.innerText())
      .toBe('No, y is next. u waits for v and y: 0 of 2 uses have reported.');
    expect(await page.getByText('1 of 2 right').count()).toBe(1);

    await pressAway(page, 'q');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => line.innerText()).toBe('What does y pass on to u?');
    await page.keyboard.type('1/0.5');
    await page.keyboard.press('Enter');
    await page.getByText('Not a number').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('9');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => line.innerText())
      .toBe('No, it is 12. The value of u stands where a derivative is due.');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('textbox', { name: 'Your answer' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => line.count()).toBe(0);
    await leave();
  });

  it('takes a tap on a node for an answer, and shows it at the second press on a projector', async () => {
    const { page, leave } = await visit('', { viewport: PHONE, hasTouch: true });
    await page.getByRole('tab', { name: 'Notes' }).click();
    await setProgram(page, FOUR_NODES);
    await page.getByRole('tab', { name: 'Graph' }).click();
    await graphNode(page, 'y').waitFor();
    await pressAway(page, 'q');
    const line = page.getByRole('status', { name: 'Predict first' });
    await line.waitFor();
    await page.getByRole('button', { name: 'Step forward' }).click();
    await page.getByRole('group', { name: 'Answers' }).waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
    // The graph gives way to the question.
    await page.waitForTimeout(500);
    await graphNode(page, 'y').click();
    await expect.poll(() => line.innerText()).toContain('Right.');

    await page.setViewportSize({ width: 1024, height: 768 });
    await pressAway(page, 'p');
    await page.keyboard.press('PageDown');
    await expect.poll(() => line.innerText()).toBe('Which node comes next in the backward pass?');
    const size = () => line.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    await expect.poll(size).toBeGreaterThanOrEqual(24);
    await page.keyboard.press('PageDown');
    await expect.poll(() => line.innerText()).toBe('y is next. Nothing lies behind the output.');
    await leave();
  });
});
