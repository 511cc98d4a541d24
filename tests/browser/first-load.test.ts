import { gzipSync } from 'node:zlib';
import type { Response } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { FIRST_LOAD_LIMIT } from '../../apps/web/build/budget.ts';
import { graphNode, SITE, useBrowser, visit } from './harness.ts';

useBrowser();

/** What is not part of the first load, by the names of the chunks: it follows behind the first picture. */
const LATER = /\/(?:code-editor|problems|later|offline|katex-chunk|KaTeX_|notes|check\.worker|welcome)[^/]*$/;

describe('a first visit', () => {
  it('loads no more than the budget allows, and paints', async () => {
    const { page, leave } = await visit();
    // The same as someone who has never been here, with all responses on the bill.
    const responses: Response[] = [];
    const context = await page.context().browser()!.newContext();
    const fresh = await context.newPage();
    fresh.on('response', (response) => responses.push(response));
    await fresh.goto(SITE);
    await graphNode(fresh, 'x').waitFor();
    await fresh.locator('[data-editor="rich"]').waitFor();
    const sizes = await Promise.all(
      responses.map(async (response) => ({
        name: new URL(response.url()).pathname,
        size: gzipSync(await response.body()).length,
      })),
    );
    expect(sizes.some(({ name }) => LATER.test(name))).toBe(true);
    // What draws from afar waits until someone goes there.
    expect(sizes.filter(({ name }) => /\/host-[^/]*$/.test(name))).toEqual([]);
    const total = sizes.filter(({ name }) => !LATER.test(name)).reduce((sum, { size }) => sum + size, 0);
    const paint = await fresh
      .waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
      .then((found) => found.jsonValue());
    // What is kept for when the network is gone follows the first picture.
    const keeping = await fresh
      .waitForFunction(
        () => performance.getEntriesByType('resource').find(({ name }) => /\/offline-/.test(name))?.startTime,
      )
      .then((found) => found.jsonValue());
    expect(keeping).toBeGreaterThan(paint);
    await context.close();
    console.log(
      `First visit: ${(total / 1000).toFixed(1)} kB gzip, first paint after ${paint.toFixed(0)} ms.`,
    );
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThanOrEqual(FIRST_LOAD_LIMIT);
    expect(paint).toBeGreaterThan(0);
    await leave();
  });
});
