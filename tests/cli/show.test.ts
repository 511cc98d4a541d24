import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { show, SiteMissing } from '@backflow/cli';
import { defineOperation, recordingFromJson, value } from '@backflow/engine';
import { compile } from '@backflow/language';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { documentOf } from '../../apps/cli/src/document.ts';
import { documentLink } from '../../apps/cli/src/link.ts';
import { main } from '../../apps/cli/src/main.ts';
import { readValues } from '../../apps/cli/src/values.ts';
import { decodeLink } from '../../apps/web/src/link/codec.ts';
import { fakeTerminal } from './terminal.ts';

let site: string;

beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), 'backflow-show-'));
  mkdirSync(join(site, 'assets'));
  writeFileSync(join(site, 'index.html'), '<!doctype html>page');
});
afterAll(() => rmSync(site, { recursive: true }));

describe('show(loss)', () => {
  it('serves the page with a recording of the loss, and prints its address', async () => {
    const w = value(0.5, { label: 'w' });
    const loss = w.mul(2).tanh().sub(1).pow(2);
    loss.label = 'loss';
    const printed: string[] = [];
    const shown = await show(loss, { site, open: false, print: (line) => printed.push(line) });
    try {
      expect(shown.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?recording=recording\.json$/);
      expect(printed[0]).toContain(shown.url);
      expect(await (await fetch(shown.url)).text()).toBe('<!doctype html>page');
      const answer = await fetch(new URL('recording.json', shown.url));
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      const recording = recordingFromJson(await answer.text());
      expect(recording.value[recording.output]).toBe(loss.data);
      expect([...recording.names.values()]).toEqual(['w', 'loss']);
      expect((await fetch(new URL('/..%2f..%2fetc/passwd', shown.url))).status).toBe(400);
    } finally {
      await shown.close();
    }
    await expect(fetch(shown.url)).rejects.toThrow('fetch failed');
  });

  it('serves operations of one’s own beside the recording', async () => {
    const twice = defineOperation('twice', { arity: 1, value: (x) => 2 * x, partials: [() => 2] });
    const shown = await show(twice(value(3)), { site, open: false, print: () => {} });
    try {
      expect(shown.url).toMatch(/\/\?recording=recording\.json&operations=operations\.json$/);
      const answer = await fetch(new URL('operations.json', shown.url));
      expect(await answer.json()).toMatchObject({
        operations: [{ name: 'twice', points: [{ x: '3', y: '6' }] }],
      });
    } finally {
      await shown.close();
    }
  });

  it('listens on the port that is asked for', async () => {
    const free = await show(value(1), { site, open: false, print: () => {} });
    const { port } = new URL(free.url);
    await free.close();
    const shown = await show(value(1), { site, open: false, print: () => {}, port: Number(port) });
    expect(new URL(shown.url).port).toBe(port);
    await shown.close();
  });

  it('says how to build the page when there is none', async () => {
    const missing = show(value(1), { site: join(site, 'assets'), open: false });
    await expect(missing).rejects.toBeInstanceOf(SiteMissing);
    await expect(missing).rejects.toThrow('npm run build');
  });
});

describe('backflow show', () => {
  it('serves the page with the document in its address until Ctrl-C', async () => {
    const { terminal, out, err, browsed, stop } = fakeTerminal();
    const ended = main(['show', 'y = x*x', '--at', 'x=3', '--site', site], terminal);
    await vi.waitFor(() => expect(browsed).toHaveLength(1));
    const [address] = browsed;
    expect(out()).toContain(address);
    expect(await decodeLink(new URL(address).hash)).toEqual({
      kind: 'state',
      state: { text: 'x = 3\ny = x*x' },
    });
    expect(await (await fetch(address)).text()).toBe('<!doctype html>page');
    stop();
    expect([await ended, err()]).toEqual([0, '']);
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });

  it('opens no browser with --no-open', async () => {
    const { terminal, out, browsed, stop } = fakeTerminal();
    stop();
    expect(await main(['show', 'y = 1', '--site', site, '--no-open'], terminal)).toBe(0);
    expect(out()).toContain('http://127.0.0.1:');
    expect(browsed).toEqual([]);
  });

  it('says how to build the page when there is none', async () => {
    const { terminal, err } = fakeTerminal({ folder: site });
    expect(await main(['show', 'y = 1', '--site', 'assets'], terminal)).toBe(1);
    expect(err()).toMatch(/^error: The page is not built.*\n.*npm run build/);
  });
});

describe('the document that backflow show opens', () => {
  const document = (text: string, at: string[], of?: string): string => {
    const values = readValues('--at', at);
    const numbers = new Map(Array.from(values, ([key, { value }]) => [key, value]));
    const { recording, names, output } = compile(text, { values: numbers, ...(of !== undefined && { of }) });
    return documentOf(
      { source: { origin: 'x', kind: 'file', text }, values, names, recording: recording!, output: output! },
      of,
    );
  };

  it.each([
    ['as it is', 'x = 2\ny = x*x', [], undefined, 'x = 2\ny = x*x'],
    ['with given names before it', 'y = a*b', ['a=2,b=−3'], undefined, 'a = 2, b = −3\ny = a*b'],
    ['with numbers replaced', 'x = 2, w = 0.5\ny = x*w', ['w=1/3'], undefined, 'x = 2, w = 1/3\ny = x*w'],
    ['with what is not finite as a quotient', 'y = x', ['x=-Infinity'], undefined, 'x = -1/0\ny = x'],
    [
      'with the node that is differentiated',
      'x = 2, u = x*x, y = u*x',
      [],
      'u',
      'x = 2, u = x*x, y = u*x\noutput u\n',
    ],
    [
      'with given names in the first fence',
      '# Notes\n\n```backflow\ny = x*x\n```\n\nmore\n',
      ['x=2'],
      'y',
      '# Notes\n\n```backflow\nx = 2\ny = x*x\noutput y\n```\n\nmore\n',
    ],
  ])('is the program %s', (_, text, at, of, expected) => {
    const made = document(text, at, of);
    expect(made).toBe(expected);
    expect(compile(made).recording).not.toBeNull();
  });

  it.each(['y = 1', `# σ ∂ 重み\n\n${'y = 1 + 2\n'.repeat(2000)}`])(
    'travels in a link that the page reads',
    async (text) => {
      expect(await decodeLink(documentLink(text))).toEqual({ kind: 'state', state: { text } });
    },
  );
});
