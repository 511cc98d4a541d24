import { describe, expect, it } from 'vitest';
import { graphNode, PHONE, pressAway, setProgram, useBrowser, violations, visit } from './harness.ts';

useBrowser();

const PROGRAM = [
  'w1 = 0.5, w2 = -0.25, x1 = 2, x2 = 4, b = 0.125',
  'z = affine([w1, w2], [x1, x2], b)',
  'y = tanh(z) + b + w1',
].join('\n');

describe('a card of many inputs', () => {
  it('opens into its parts and closes by keyboard, with focus and selection on the node', async () => {
    const { page, leave } = await visit('', { reducedMotion: 'reduce' });
    await setProgram(page, PROGRAM);
    const z = graphNode(page, 'z');
    await z.waitFor();
    expect(await z.getAttribute('aria-label')).toContain('operation Σ, O opens its parts, value 0.125');
    await z.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await graphNode(page, 'w1·x1').waitFor();
    await graphNode(page, 'w2·x2').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await expect.poll(focused).toContain('z, operation +, value 0.125');
    expect(await z.getAttribute('aria-pressed')).toBe('true');
    expect(await violations(page)).toEqual([]);
    // From one of its parts, which is then gone.
    await graphNode(page, 'w1·x1').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('o');
    await expect.poll(() => graphNode(page, 'w1·x1').count()).toBe(0);
    await expect.poll(focused).toContain('z, operation Σ');
    await leave();
  });

  it('keeps the step while it opens, and a link opens it again', async () => {
    const { page, leave } = await visit('', { reducedMotion: 'reduce' });
    await setProgram(page, PROGRAM);
    await graphNode(page, 'z').click();
    await pressAway(page, 'End');
    for (let back = 0; back < 3; back++) await pressAway(page, 'ArrowLeft');
    const caption = page.getByRole('status', { name: 'What this step does' });
    const said = await caption.innerText();
    await page.getByRole('button', { name: 'Show its parts' }).click();
    await graphNode(page, 'w2·x2').waitFor();
    expect(await caption.innerText()).toBe(said);
    await expect.poll(() => page.url().length).toBeGreaterThan(100);
    await page.reload();
    await graphNode(page, 'w2·x2').waitFor();
    expect(await caption.innerText()).toBe(said);
    await page.getByRole('button', { name: 'Close its parts' }).click();
    await expect.poll(() => graphNode(page, 'w2·x2').count()).toBe(0);
    await leave();
  });

  it('shows 784 weights shortened, on a phone', async () => {
    const { page, leave } = await visit('', { viewport: PHONE, reducedMotion: 'reduce' });
    const ones = Array.from({ length: 784 }, (_, k) => k / 784).join(', ');
    await page.getByRole('tab', { name: 'Notes' }).click();
    await setProgram(page, `w = [${ones}]\nx = [${ones}]\nz = affine(w, x, 1)\ny = tanh(z)`);
    await page.getByRole('tab', { name: 'Graph' }).click();
    // So large a program is computed behind the one before, which has a z as well and no y that is computed.
    await expect.poll(() => graphNode(page, 'y').getAttribute('aria-label')).toContain('operation tanh');
    await pressAway(page, 'ArrowLeft');
    await expect.poll(() => graphNode(page, 'z').getAttribute('aria-label')).toContain('operation Σ');
    expect(await violations(page)).toEqual([]);
    await leave();
  });
});
