import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts';

// Makes the README's picture: a neuron with its gradient half way back, in a window of 1280 × 800.

const top = resolve(import.meta.dirname, '../..');
const configFile = resolve(top, 'vite.config.ts');
await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
const page = await browser.newPage({
  viewport: { width: 1280, height: 800 },
  deviceScaleFactor: 1.5,
  reducedMotion: 'reduce',
});
await page.goto(server.resolvedUrls!.local[0]);
await page.getByRole('button', { name: 'Examples' }).click();
await page.getByText('A neuron with a sigmoid').click();
await page.getByRole('group', { name: /^Graph of/ }).waitFor();
await page.locator('body').click({ position: { x: 640, y: 5 } });
await page.keyboard.press('End');
const steps = Number(/of (\d+)/.exec(await page.getByText(/^Step \d+ of \d+$/).innerText())![1]);
for (let step = 0; step < Math.round(steps * 0.25); step++) await page.keyboard.press('ArrowLeft');
await page.waitForTimeout(1500);
await page.screenshot({ path: resolve(top, 'docs/picture.png') });
await browser.close();
await server.close();
