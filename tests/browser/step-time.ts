import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { encodeLink } from '../../apps/web/src/link/codec.ts';
import type { LinkView } from '../../apps/web/src/link/schema.ts';
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts';

// Measures one step of two algorithms side by side: the processor time that the page's scripts take, in milliseconds.

const STEPS = 200;
const WARM_UP = 30;

/** A net without weights: 999 nodes, each used once or twice. */
function program(width: number, depth: number): string {
  const units = Array.from({ length: width }, (_, unit) => unit);
  const name = (layer: number, unit: number): string => `h${layer}_${unit % width}`;
  const lines = units.map((unit) => `${name(0, unit)} = ${0.1 + unit / 50}`);
  for (let layer = 1; layer <= depth; layer++)
    for (const unit of units)
      lines.push(`${name(layer, unit)} = tanh(${name(layer - 1, unit)}·${name(layer - 1, unit + 1)})`);
  return [...lines, `y = ${units.map((unit) => name(depth, unit)).join(' + ')}`].join('\n');
}

const LANES = [
  { left: 'reverse', right: 'memo', granularity: 'edge' },
  { left: 'reverse', right: 'memo', granularity: 'node' },
  { left: 'preorder', right: 'reverse', granularity: 'edge' },
] as const;

const configFile = resolve(import.meta.dirname, '../../vite.config.ts');
await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
const text = program(20, 24);

for (const { left, right, granularity } of LANES) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const view: LinkView = { mode: 'memo', memo: { left, right }, granularity };
  await page.goto(server.resolvedUrls!.local[0] + (await encodeLink({ text, view })));
  await page.locator('.memo-lane canvas').last().waitFor();
  await page.waitForTimeout(2000);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const scripts = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'ScriptDuration')!.value;
  };
  const times: number[] = [];
  for (let step = 0; step < WARM_UP + STEPS; step++) {
    const before = await scripts();
    await page.evaluate(async () => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      // Until the frame has been painted.
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
    });
    const after = await scripts();
    if (step >= WARM_UP) times.push(after - before);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor(share * times.length)].toFixed(2);
  const count = await page.getByText(/^Step \d+ of \d+$/).innerText();
  process.stdout.write(
    `${left} | ${right}, by ${granularity}, ${count}: median ${at(0.5)} ms, lower quartile ${at(0.25)}, 90 % ${at(0.9)}\n`,
  );
  await context.close();
}
await browser.close();
await server.close();
