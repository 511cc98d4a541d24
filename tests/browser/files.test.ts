import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { graphNode, openExample, setProgram, toTheEnd, useBrowser, visit } from './harness.ts';

useBrowser();

const top = resolve(import.meta.dirname, '../..');

describe('what the page gives away', () => {
  const saved = async (command: string) => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 2\ny = 3\nf = x*y');
    await graphNode(page, 'f').waitFor();
    await toTheEnd(page);
    await page.getByRole('button', { name: 'All commands' }).click();
    await page.getByRole('dialog').getByRole('combobox').fill(command);
    const waiting = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    const download = await waiting;
    const bytes = readFileSync(await download.path());
    await leave();
    return bytes;
  };

  it('an SVG that is well-formed and says the numbers', async () => {
    const svg = (await saved('Picture as SVG')).toString();
    expect(svg).toMatch(/^<svg|^<\?xml/);
    expect(svg).toContain('∂f/∂x');
  });

  it('a PNG', async () => {
    const png = await saved('Picture as PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.length).toBeGreaterThan(5_000);
  });

  it('the derivation in Markdown with LaTeX', async () => {
    const markdown = (await saved('Derivation as Markdown')).toString();
    expect(markdown).toContain('\\frac{\\partial f}{\\partial x}');
  });
});

describe('the page as one file', () => {
  const file = resolve(top, 'apps/web/dist/single/backflow.html');

  beforeAll(() => {
    execFileSync('npm', ['run', '-s', 'build:single'], { cwd: top, stdio: ['ignore', 'ignore', 'inherit'] });
  });

  it('opens by double-click, steps, and typesets', async () => {
    const { page, leave } = await visit();
    await page.goto(pathToFileURL(file).href);
    await graphNode(page, 'x').waitFor();
    await openExample(page, 'Mazur');
    await toTheEnd(page);
    await graphNode(page, 'w5').click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await expect.poll(() => inspector.textContent()).toContain('0.08217');
    await leave();
  });

  it('has nothing outside itself', () => {
    const html = readFileSync(file, 'utf8');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="(?!data:)/);
  });
});
