import { describe, expect, it } from 'vitest';
import { graphNode, programText, setProgram, SITE, toTheEnd, useBrowser, visit } from './harness.ts';
import { deflateRawSync } from 'node:zlib';
import { encodeLink } from '../../apps/web/src/link/codec.ts';

useBrowser();

const GOOD = 'a = 2\nb = a*a';

describe('bad input', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['an unclosed bracket', 'x = 3\ny = (x + 1', /\)/],
    ['an unknown name', 'x = 3\ny = x*foo', /foo/],
    ['a missing operand', 'x = 3\ny = x *', /expected/i],
    ['an unknown function', 'x = 3\ny = sigmiod(x)', /sigmoid/],
    ['a foreign character', 'x = 3\ny = x $ 2', /\$/],
  ];
  for (const [title, program, message] of cases) {
    it(`${title} is told in place; the last good picture stays, marked stale`, async () => {
      const { page, leave } = await visit();
      await setProgram(page, GOOD);
      await graphNode(page, 'b').waitFor();
      await setProgram(page, program);
      const problems = page.getByRole('status', { name: 'Problems' });
      await expect.poll(() => problems.textContent()).toMatch(message);
      await expect.poll(() => problems.textContent()).toMatch(/line 2/);
      await graphNode(page, 'b').waitFor();
      await expect.poll(() => page.getByText('This is the last good picture').count()).toBe(1);
      expect(await programText(page)).toContain(program.split('\n')[1]);
      await setProgram(page, GOOD);
      await expect.poll(() => page.getByText('This is the last good picture').count()).toBe(0);
      await leave();
    });
  }

  it('division by zero and log of −1 are shown, not refused', async () => {
    const { page, leave } = await visit();
    await setProgram(page, 'x = 0\ny = 1/x');
    await expect.poll(() => graphNode(page, 'y').getAttribute('aria-label')).toContain('not');
    await toTheEnd(page);
    await expect.poll(() => graphNode(page, 'y').getAttribute('aria-label')).toContain('∞');
    await setProgram(page, 'x = -1\ny = log(x)');
    await toTheEnd(page);
    await expect.poll(() => graphNode(page, 'y').getAttribute('aria-label')).toContain('NaN');
    await leave();
  });

  it('names such as __proto__ and constructor are ordinary names', async () => {
    const { page, leave } = await visit();
    await setProgram(page, '__proto__ = 2\nconstructor = __proto__*3\ntoString = constructor + __proto__');
    await toTheEnd(page);
    await expect.poll(() => graphNode(page, '__proto__').getAttribute('aria-label')).toContain('= 4');
    await leave();
  });

  it('100 kB of opening brackets and a 1 MB document leave the page alive and the text kept', async () => {
    const { page, leave } = await visit();
    await setProgram(page, GOOD);
    await graphNode(page, 'b').waitFor();
    await setProgram(page, `y = ${'('.repeat(100_000)}`);
    const problems = page.getByRole('status', { name: 'Problems' });
    await expect.poll(() => problems.textContent()).toMatch(/256|deep/);
    await setProgram(page, `x = 1\n${'# a long remark\n'.repeat(66_000)}`);
    await expect.poll(() => problems.textContent(), { timeout: 20_000 }).toMatch(/200[, ]?000/);
    await setProgram(page, GOOD);
    await expect.poll(() => problems.textContent()).not.toMatch(/200[, ]?000/);
    await graphNode(page, 'b').waitFor();
    await leave();
  });

  it('a program that would expand to millions of nodes is refused before it is expanded', async () => {
    const { page, leave } = await visit();
    await setProgram(page, GOOD);
    await graphNode(page, 'b').waitFor();
    const row = `[${Array.from({ length: 200 }, () => '1').join(', ')}]`;
    const matrix = `[${Array.from({ length: 40 }, () => row).join(', ')}]`;
    const growing = `W = ${matrix}\nx = ${row}\n${Array.from({ length: 60 }, (_, i) => `y${i} = sum(W x)`).join('\n')}`;
    await setProgram(page, growing);
    const problems = page.getByRole('status', { name: 'Problems' });
    await expect.poll(() => problems.textContent(), { timeout: 20_000 }).toMatch(/200[, ]?000/);
    await graphNode(page, 'b').waitFor();
    await leave();
  });
});

describe('broken links', () => {
  const own = async () => {
    const { page, leave, complaints } = await visit();
    await setProgram(page, GOOD);
    await graphNode(page, 'b').waitFor();
    await page.waitForTimeout(1500);
    const hash = await page.evaluate(() => location.hash);
    await page.goto('about:blank');
    return { page, leave, hash, complaints };
  };

  it('a link cut in half says so and leaves the own work untouched', async () => {
    const { page, leave, hash } = await own();
    await page.goto(SITE + hash.slice(0, Math.floor(hash.length / 2)));
    await page.getByText(/This link (is incomplete|cannot be read)/).waitFor();
    await graphNode(page, 'b').waitFor();
    expect(await programText(page)).toContain('b = a*a');
    await leave();
  });

  it('a link that unfolds to 50 MB is not unfolded', async () => {
    const { page, leave, hash } = await own();
    const payload = deflateRawSync(Buffer.alloc(50_000_000, 0x20), { level: 9 }).toString('base64url');
    const marker = /^#1\.[a-z]*/.exec(hash)![0];
    for (const start of [`#1.`, marker, '#1.z', '#1.d', '#1.c']) {
      await page.goto('about:blank');
      await page.goto(SITE + start + payload);
      await page.getByText(/This link (unfolds|cannot be read|is incomplete)/).waitFor();
      await graphNode(page, 'b').waitFor();
      expect(await programText(page)).toContain('b = a*a');
    }
    await leave();
  });

  it('a link whose small text would expand to millions of nodes says so, and the page lives on', async () => {
    const { page, leave } = await own();
    const ones = `[${Array.from({ length: 100 }, () => '1').join(',')}]`;
    const matrix = `[${Array.from({ length: 100 }, () => ones).join(',')}]`;
    const text = `x = ${ones}\nW = ${matrix}\n${'x = tanh(W x)\n'.repeat(300)}y = sum(x)`;
    const link = await encodeLink({ text });
    // Six million nodes in less than two kilobytes.
    expect(link.length).toBeLessThan(2000);
    await page.goto(SITE + link);
    const problems = page.getByRole('status', { name: 'Problems' });
    await expect.poll(() => problems.textContent(), { timeout: 10_000 }).toMatch(/200[, ]?000/);
    await page.goto('about:blank');
    await page.goto(SITE);
    await graphNode(page, 'b').waitFor();
    await leave();
  });

  it('a program at the limits is worked on off the page, which answers meanwhile', async () => {
    const { page, leave } = await visit();
    await setProgram(page, GOOD);
    await graphNode(page, 'b').waitFor();
    await setProgram(page, `x = 1\n${'x += sin(x)*x + cos(x)*x\n'.repeat(7000)}y = x`);
    await page.getByRole('button', { name: 'Examples' }).click();
    await page.getByText('A sum times a number').click();
    await graphNode(page, 'f').waitFor();
    expect(await programText(page)).toContain('f =');
    await leave();
  });
});
