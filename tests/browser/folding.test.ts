import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { graphNode, PHONE, pressAway, setProgram, useBrowser, violations, visit } from './harness.ts';

useBrowser();

const FOUR_NODES = 'x = 3\nu = x*x\nv = u + x\ny = u*v';
const TWENTY = readFileSync(new URL('../../examples/twenty-weights.md', import.meta.url), 'utf8');

async function openTab(page: Page, name: string): Promise<void> {
  await pressAway(page, 'm');
  await page.getByRole('tab', { name }).click();
}

/** The large digits. */
const counted = (page: Page): Promise<string> => page.locator('.count-now strong').innerText();

/** How many copies of a node stand in the tree. */
const copiesOf = (page: Page, name: string): Promise<number> =>
  page
    .getByRole('group', { name: /^Tree: / })
    .getByRole('button', { name: new RegExp(`^${name} `) })
    .count();

/** The sentence under what is shown. */
const caption = (page: Page): Promise<string> =>
  page.getByRole('status', { name: 'What this step does' }).innerText();

describe('tree and graph', () => {
  it('folds and unfolds by the transport and its keys while the counter follows', async () => {
    const { page, leave } = await visit('', { reducedMotion: 'reduce' });
    await setProgram(page, FOUR_NODES);
    await graphNode(page, 'y').waitFor();
    await openTab(page, 'Tree and graph');
    await expect.poll(() => counted(page)).toBe('8');
    await expect.poll(() => copiesOf(page, 'x')).toBe(5);
    expect(await caption(page)).toContain('each of the 5 paths from y');
    await pressAway(page, 'ArrowRight');
    await expect.poll(() => counted(page)).toBe('6');
    await expect.poll(() => copiesOf(page, 'u')).toBe(1);
    await expect.poll(() => copiesOf(page, 'x')).toBe(3);
    expect(await caption(page)).toContain('12 + 9 = 21 = ∂y/∂u');
    await page.getByText('Merge 1 of 3').waitFor();
    await page.getByRole('button', { name: 'Step forward' }).click();
    await page.getByRole('button', { name: 'Step forward' }).click();
    await expect.poll(() => copiesOf(page, 'x')).toBe(1);
    expect(await caption(page)).toContain('72 + 63 = 135 = ∂y/∂x');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Step back' }).click();
    await expect.poll(() => copiesOf(page, 'x')).toBe(2);
    await pressAway(page, 'Home');
    await expect.poll(() => counted(page)).toBe('8');
    await pressAway(page, ' ');
    await page.getByText('Merge 3 of 3').waitFor();
    // The run is where it was.
    await page.getByRole('tab', { name: 'Side by side' }).click();
    await page.getByText(/^Step \d+ of \d+$/).waitFor();
    await leave();
  });

  it('folds with Page Down on the projector, and F5 keeps what is folded', async () => {
    const { page, leave } = await visit('', { viewport: { width: 1024, height: 768 } });
    await setProgram(page, FOUR_NODES);
    await graphNode(page, 'y').waitFor();
    await openTab(page, 'Tree and graph');
    await pressAway(page, 'p');
    await page.keyboard.press('PageDown');
    await expect.poll(() => counted(page)).toBe('6');
    await page.keyboard.press('PageDown');
    await page.getByText('Merge 2 of 3').waitFor();
    expect(await page.getByRole('slider').count()).toBe(1);
    await page.reload();
    await page.getByText('Merge 2 of 3').waitFor();
    await expect.poll(() => copiesOf(page, 'x')).toBe(2);
    await page.keyboard.press('PageUp');
    await page.getByText('Merge 1 of 3').waitFor();
    await expect.poll(() => copiesOf(page, 'x')).toBe(3);
    await leave();
  });

  it('lights all copies of a node and says how many there are', async () => {
    const { page, leave } = await visit('', { reducedMotion: 'reduce' });
    await setProgram(page, FOUR_NODES);
    await graphNode(page, 'y').waitFor();
    await openTab(page, 'Tree and graph');
    await page
      .getByRole('group', { name: /^Graph: / })
      .getByRole('button', { name: /^x / })
      .hover();
    await page.getByText('x: 5 copies in the tree, 5 of them standing').waitFor();
    await expect.poll(() => page.locator('.fold-node.lit').count()).toBe(6);
    await leave();
  });

  it('counts a tree of 2¹⁰¹ nodes that it cannot draw, on a phone', async () => {
    const { page, leave } = await visit('', { viewport: PHONE, reducedMotion: 'reduce' });
    const lines = Array.from({ length: 100 }, (_, k) => `x${k + 1} = x${k} + x${k}`);
    await page.getByRole('tab', { name: 'Notes' }).click();
    await setProgram(page, ['x0 = 1', ...lines].join('\n'));
    await page.getByRole('tab', { name: 'Memoization' }).click();
    await page.getByRole('tab', { name: 'Tree and graph' }).click();
    await expect.poll(() => counted(page)).toBe('2.535·10³⁰');
    await page.getByRole('slider', { name: 'Merges' }).fill('100');
    await expect.poll(() => counted(page)).toBe('200');
    expect(await violations(page)).toEqual([]);
    await leave();
  });
});

describe('the chain rule written out', () => {
  it('goes from 86 multiplications to 28 and back, press by press', async () => {
    const { page, leave } = await visit('', { reducedMotion: 'reduce' });
    await setProgram(page, TWENTY);
    await openTab(page, 'Written out');
    const seen = [await counted(page)];
    for (let press = 1; press <= 6; press++) {
      await pressAway(page, 'ArrowRight');
      await page.getByText(`Stored: ${press} of 6`).waitFor();
      seen.push(await counted(page));
    }
    expect(seen).toEqual(['86', '86', '72', '58', '48', '38', '28']);
    expect(await page.getByRole('math', { name: /^δ₁₁ = / }).getAttribute('aria-label')).toBe(
      'δ₁₁ = ∂L/∂O₁₁ = δ₂₁ · ∂O₂₁/∂O₁₁ + δ₂₂ · ∂O₂₂/∂O₁₁',
    );
    expect(await violations(page)).toEqual([]);
    await pressAway(page, 'Home');
    await expect.poll(() => counted(page)).toBe('86');
    expect(await page.getByRole('math').count()).toBe(20);
    await page.getByRole('checkbox', { name: 'with inputs' }).check();
    await expect.poll(() => page.getByRole('math').count()).toBe(24);
    await leave();
  });
});
