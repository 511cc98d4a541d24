import { compile } from '@backflow/language';
import { loadMemoMessages } from '@backflow/messages';
import { formatCount } from '@backflow/print';
import { compareAlgorithms } from '@backflow/trace';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
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

type Side = 'Left' | 'Right';

const lane = (page: Page, side: Side): Locator =>
  page.getByRole('region', { name: new RegExp(`^${side} algorithm:`) });
const results = async (page: Page, side: Side): Promise<string> =>
  (
    await lane(page, side)
      .getByRole('list', { name: /^Derivatives/ })
      .innerText()
  ).replace(/\s+/g, ' ');
const counter = (page: Page, side: Side, name: string): Promise<string> =>
  lane(page, side)
    .getByRole('table', { name: /^What it costs/ })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
    .getByRole('cell')
    .first()
    .innerText();
const headline = (page: Page): Promise<string> =>
  page
    .getByRole('region', { name: 'Memoization' })
    .getByText(/leads? from/)
    .innerText();

/** All counters of a lane, as they stand. */
const counters = (page: Page, side: Side): Promise<string[]> =>
  lane(page, side)
    .getByRole('table', { name: /^What it costs/ })
    .getByRole('cell')
    .allInnerTexts();

/** What the counters of each algorithm say at its end, by another run of the same program. */
async function counted(program: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { algorithms } = await loadMemoMessages('en');
  const outcomes = compareAlgorithms(compile(program).recording!).algorithms;
  return new Map(
    outcomes.map(({ name, counters: { slots, ...costs } }) => {
      const { multiplications, visits, additions, hits, forwardPasses } = costs;
      const all = [multiplications, visits, additions, hits, forwardPasses].map((count) =>
        formatCount(count),
      );
      return [algorithms.names[name], [...all.map((count) => `${count} of ${count}`), formatCount(slots)]];
    }),
  );
}

const AT_HAND = new Set(['Path sum', 'Reverse', 'Pre-order']);

/** Chooses an algorithm, of the three at hand or of the list behind them. */
async function choose(page: Page, side: Side, name: string): Promise<void> {
  const group = page.getByRole('group', { name: `${side} algorithm` });
  if (AT_HAND.has(name)) await group.getByText(name, { exact: true }).locator('visible=true').first().click();
  else await group.getByRole('combobox').selectOption({ label: name });
  await lane(page, side)
    .and(page.getByRole('region', { name: `${side} algorithm: ${name}`, exact: true }))
    .waitFor();
}

const doubling = ['x0 = 1', ...Array.from({ length: 10 }, (_, k) => `x${k + 1} = x${k} + x${k}`)].join('\n');

/** The measured facts of the lesson: what every algorithm gives, and whether that is right. */
const FACTS = [
  {
    program: 'a = 1\nb = a + a\nc = b + b',
    derivative: '∂c/∂a',
    truth: '4',
    wrong: { 'Half-accumulated': '8', 'Post-order': '0', '= in place of +=': '1' },
  },
  {
    program: 'x = 3\nu = x·x\nv = u + x\ny = u·v',
    derivative: '∂y/∂x',
    truth: '135',
    wrong: {
      'Half-accumulated': '207',
      'Pre-order': '81',
      'Breadth-first': '81',
      'Post-order': '0',
      '= in place of +=': '27',
    },
  },
  {
    program: doubling,
    derivative: '∂x10/∂x0',
    truth: '1024',
    wrong: { 'Half-accumulated': '2.345·10¹²', 'Post-order': '0', '= in place of +=': '1' },
  },
] as const;
const RIGHT = ['Path sum', 'Reverse', 'Recursion with a memo table', 'Forward mode', 'Numeric'];
const TABS = ['Tree and graph', 'Written out', 'Memo table', 'Growth'];
const OTHERS = ['Half-accumulated', 'Pre-order', 'Breadth-first', 'Post-order', '= in place of +='];

describe('memoization, seen', () => {
  it('is told by the default lesson: what it saves, and why pre-order is wrong', async () => {
    const { page, leave } = await visit();
    await page.getByRole('button', { name: 'Why memoize?' }).click();
    await lane(page, 'Right').waitFor();
    // The text of the lesson is seen from its top.
    const title = page.getByText('# Why memoize? A lesson with stops');
    await expect.poll(async () => (await title.boundingBox())?.y ?? 0).toBeGreaterThan(40);
    expect(await page.getByRole('tab', { name: 'Memoization' }).getAttribute('aria-selected')).toBe('true');
    expect(await headline(page)).toBe(
      '5 paths lead from the leaves to y. Path sum: 8 multiplications. Reverse: 6.',
    );
    await choose(page, 'Right', 'Pre-order');
    expect(await counter(page, 'Right', 'Multiplications')).toBe('0 of 6');
    expect(await lane(page, 'Right').getByText('✗').count()).toBe(0);
    expect(await stepText(page)).toBe('Step 3 of 29');

    await toTheEnd(page);
    await expect.poll(() => results(page, 'Right')).toBe('∂y/∂x = 81 ✗ wrong: 135 is due');
    expect(await results(page, 'Left')).toBe('∂y/∂x = 135 ✓ right');
    expect(await counter(page, 'Left', 'Multiplications')).toBe('8 of 8');
    expect(await counter(page, 'Right', 'Done already')).toBe('3 of 3');
    const reason = lane(page, 'Right').getByRole('button', { name: /^✗ u passed on/ });
    expect(await reason.innerText()).toBe('✗ u passed on 12 before its second use had reported; 21 was due.');
    expect(await lane(page, 'Right').getByRole('button', { name: '✗ 12, not 21' }).isVisible()).toBe(true);

    // The reason leads to its step; there it is said, one step before it is not.
    await reason.click();
    expect(await stepText(page)).toBe('Step 10 of 29');
    await reason.waitFor();
    await pressAway(page, 'ArrowLeft');
    await expect.poll(() => lane(page, 'Right').getByText('✗').count()).toBe(0);
    await leave();
  });

  it('leads from four nodes to programs that save more, and back', async () => {
    const { page, leave } = await visit();
    await page.getByRole('button', { name: 'Why memoize?' }).click();
    await lane(page, 'Right').waitFor();
    await choose(page, 'Right', 'Pre-order');
    await page.getByRole('button', { name: '10 doublings: 2,046 → 20' }).click();
    await expect
      .poll(() => headline(page))
      .toBe('1,024 paths lead from the leaves to c. Path sum: 2,046 multiplications. Reverse: 20.');
    expect(await page.getByText('Larger programs save more:').count()).toBe(0);
    await pressAway(page, 'ControlOrMeta+z');
    await expect.poll(() => headline(page)).toMatch(/^5 paths lead from the leaves to y\./);
    await page.getByRole('button', { name: 'a network that reads digits: 8,041,818 → 51,930' }).click();
    await page
      .getByRole('tabpanel', { name: 'Growth' })
      .getByText('784-16-16-10: 8,041,818 multiplications if every path is computed, 51,930 with stored')
      .waitFor();
    await leave();
  });

  it('inspects a node as it stands in the lane where it was picked', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\nu = x·x\nv = u + x\ny = u·v');
    await pressAway(page, 'm');
    await choose(page, 'Right', 'Pre-order');
    await toTheEnd(page);
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    const facts = async (): Promise<string> => (await inspector.innerText()).replace(/\s+/g, ' ');
    await lane(page, 'Right')
      .getByRole('button', { name: /^∂y\/∂x/ })
      .click();
    await expect.poll(facts).toMatch(/^x Algorithm: Pre-order .*81 final/);
    await lane(page, 'Left').getByRole('button', { name: /^u,/ }).press('Enter');
    await expect.poll(facts).toMatch(/^u Algorithm: Path sum .*21 final/);
    await pressAway(page, 'g');
    await expect.poll(facts).not.toMatch(/Algorithm/);
    await leave();
  });

  it('keeps results to itself while the learner predicts', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\nu = x·x\nv = u + x\ny = u·v');
    await pressAway(page, 'm');
    await choose(page, 'Right', 'Pre-order');
    await pressAway(page, 'q');
    await page.getByRole('tab', { name: 'Memo table' }).click();
    const shown = async (): Promise<string> =>
      (await page.getByRole('tabpanel', { name: 'Memo table' }).innerText()).replace(/\s+/g, ' ');
    await expect.poll(shown).toMatch(/Path sum Shown at the end: predict first\./);
    expect(await shown()).not.toMatch(/135|207|81/);
    await toTheEnd(page);
    await expect.poll(shown).toMatch(/Path sum 135 .*Pre-order 81 .*Half-accumulated 207/);
    await leave();
  });

  it('says while the text has an error that what it shows is older', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\ny = x·x');
    await pressAway(page, 'm');
    await lane(page, 'Left').waitFor();
    const says = page
      .getByRole('region', { name: 'Memoization' })
      .getByText(/^This is the last good picture/);
    expect(await says.count()).toBe(0);
    await setProgram(page, 'x = 3\ny = x·');
    await says.waitFor();
    await setProgram(page, 'x = 3\ny = x·x·x');
    await expect.poll(() => says.count()).toBe(0);
    await leave();
  });

  it('shows what every algorithm gives for the three programs, to the digit', async () => {
    const { page, leave } = await visit();
    for (const { program, derivative, truth, wrong } of FACTS) {
      await setProgram(page, program);
      await pressAway(page, 'm');
      await pressAway(page, 'End');
      const costs = await counted(program);
      for (const name of [...RIGHT, ...OTHERS]) {
        await choose(page, 'Left', name);
        const found = (wrong as Readonly<Record<string, string>>)[name];
        const verdict = found === undefined ? `${truth} ✓ right` : `${found} ✗ wrong: ${truth} is due`;
        await expect.poll(() => results(page, 'Left'), { message: name }).toBe(`${derivative} = ${verdict}`);
        expect(await counters(page, 'Left'), name).toEqual(costs.get(name));
      }
    }
    await choose(page, 'Left', 'Path sum');
    expect(await headline(page)).toBe(
      '1,024 paths lead from the leaves to x10. Path sum: 2,046 multiplications. Reverse: 20.',
    );
    expect(await counter(page, 'Left', 'Multiplications')).toBe('2,046 of 2,046');
    expect(await counter(page, 'Right', 'Multiplications')).toBe('20 of 20');

    await setProgram(
      page,
      `${doubling}\n${doubling.replaceAll(/x(\d+)/g, (_, k) => `x${Number(k) + 10}`).slice(8)}`,
    );
    await lane(page, 'Left')
      .getByText('Counted, not stepped: 2,097,150 multiplications are more than 100,000 steps.')
      .waitFor();
    await leave();
  });

  it('lights a node in both lanes, keeps its place in a link, and has tabs for the keyboard', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 3\nu = x·x\nv = u + x\ny = u·v');
    await pressAway(page, 'm');
    await choose(page, 'Left', 'Breadth-first');
    for (let k = 0; k < 9; k++) await pressAway(page, 'ArrowRight');
    const pressed = page.getByRole('button', { name: /^u,/, pressed: true });
    await page.getByRole('button', { name: /^u,/ }).first().press('Enter');
    await expect.poll(() => pressed.count()).toBe(2);

    const at = await stepText(page);
    await expect.poll(() => page.evaluate(() => location.hash.length), { timeout: 5000 }).toBeGreaterThan(80);
    await page.waitForTimeout(600);
    await page.reload();
    await page.getByRole('region', { name: 'Left algorithm: Breadth-first', exact: true }).waitFor();
    await expect.poll(() => stepText(page)).toBe(at);
    await pressAway(page, 'g');
    await pressAway(page, 'm');
    await expect.poll(() => stepText(page)).toBe(at);

    await page.getByRole('tab', { name: 'Side by side' }).focus();
    for (const name of [...TABS, 'Side by side']) {
      await page.keyboard.press('ArrowRight');
      const tab = page.getByRole('tab', { name, selected: true });
      await expect.poll(() => tab.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await page.getByRole('tabpanel', { name }).isVisible()).toBe(true);
    }
    await leave();
  });

  it('is without accessibility violations, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, leave } = await visit('', { colorScheme });
      await openExample(page, 'Four nodes');
      await pressAway(page, 'm');
      await choose(page, 'Right', 'Pre-order');
      await toTheEnd(page);
      await page.waitForTimeout(300);
      expect(await violations(page)).toEqual([]);
      for (const name of TABS) {
        await page.getByRole('tab', { name }).click();
        await page.getByRole('tabpanel', { name }).waitFor();
        expect(await violations(page), name).toEqual([]);
      }
      await leave();
    }
  });

  it('stands one lane above the other on a phone, and side by side on a projector', async () => {
    const phone = await visit('', { viewport: PHONE, hasTouch: true });
    await openExample(phone.page, 'Four nodes');
    await phone.page.getByRole('tab', { name: 'Memoization' }).click();
    const boxes = async (page: Page) =>
      [await lane(page, 'Left').boundingBox(), await lane(page, 'Right').boundingBox()].map((box) => box!);
    await lane(phone.page, 'Right').waitFor();
    const [upper, lower] = await boxes(phone.page);
    expect(lower.y).toBeGreaterThanOrEqual(upper.y + upper.height);
    expect(
      await phone.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ),
    ).toBe(0);
    await phone.leave();

    const wall = await visit('', { viewport: { width: 1024, height: 768 } });
    await openExample(wall.page, 'Four nodes');
    await pressAway(wall.page, 'm');
    await choose(wall.page, 'Right', 'Pre-order');
    await pressAway(wall.page, 'p');
    await wall.page.locator('html[data-projector]').waitFor();
    await toTheEnd(wall.page);
    const [left, right] = await boxes(wall.page);
    expect(right.x).toBeGreaterThanOrEqual(left.x + left.width);
    const small = await wall.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.memo *')]
        .filter((element) =>
          [...element.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim()),
        )
        .filter(
          (element) =>
            element.offsetParent !== null &&
            !element.closest('.hidden-visually, option, sub, sup, .hidden-mark'),
        )
        .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 24)
        .map((element) => element.textContent),
    );
    expect(small).toEqual([]);
    await wall.leave();
  });
});
