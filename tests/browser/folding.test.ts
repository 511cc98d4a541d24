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

describe('tree and graph', () => {
  it('folds and unfolds with keys and buttons while the counter follows', async () => {
    const { page, leave } = await visit('', { reducedMotion: 'reduce' });
    await setProgram(page, FOUR_NODES);
    await graphNode(page, 'y').waitFor();
    await openTab(page, 'Tree and graph');
    await expect.poll(() => counted(page)).toBe('8');
    await expect.poll(() => copiesOf(page, 'x')).toBe(5);
    await pressAway(page, 'f');
    await expect.poll(() => counted(page)).toBe('6');
    await expect.poll(() => copiesOf(page, 'u')).toBe(1);
    await expect.poll(() => copiesOf(page, 'x')).toBe(3);
    await page.getByText('12 + 9 = 21 = ∂y/∂u').waitFor();
    await page.getByRole('button', { name: 'Fold one', exact: true }).click();
    await page.getByRole('button', { name: 'Fold one', exact: true }).click();
    await expect.poll(() => copiesOf(page, 'x')).toBe(1);
    await page.getByText('72 + 63 = 135 = ∂y/∂x').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Unfold one' }).click();
    await expect.poll(() => copiesOf(page, 'x')).toBe(2);
    await page.keyboard.press('Shift+U');
    await expect.poll(() => counted(page)).toBe('8');
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
    for (let press = 0; press < 6; press++) {
      await page.getByRole('button', { name: 'Store one' }).click();
      seen.push(await counted(page));
    }
    expect(seen).toEqual(['86', '86', '72', '58', '48', '38', '28']);
    expect(await page.getByRole('math', { name: /^δ₁₁ = / }).getAttribute('aria-label')).toBe(
      'δ₁₁ = ∂L/∂O₁₁ = δ₂₁ · ∂O₂₁/∂O₁₁ + δ₂₂ · ∂O₂₂/∂O₁₁',
    );
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Store nothing' }).click();
    await expect.poll(() => counted(page)).toBe('86');
    expect(await page.getByRole('math').count()).toBe(20);
    await page.getByRole('checkbox', { name: 'with inputs' }).check();
    await expect.poll(() => page.getByRole('math').count()).toBe(24);
    await leave();
  });
});
