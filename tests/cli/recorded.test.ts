import { recordingFromJson } from '@backflow/engine';
import { traceFromJson } from '@backflow/trace';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'backflow-recorded-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PROGRAM = 'w = 2, x = 3, y = tanh(w*x + 1 - x) + dot([w, x], [x, w])';

async function print(...argv: string[]): Promise<string> {
  const { status, out, err } = await run(argv);
  expect([status, err]).toEqual([0, '']);
  return out;
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('a recording as INPUT', () => {
  it('gives what its program gives, in every command', async () => {
    const text = await print('graph', PROGRAM, '--as', 'recording');
    expect(recordingFromJson(text).names.size).toBe(3);
    const path = file('y.json', text);
    for (const line of [
      ['grad'],
      ['grad', '--at', 'x=1/2', '--json'],
      ['grad', '--of', 'y/1'],
      ['steps'],
      ['steps', '--lr', '0.1', '--params', 'w'],
      ['compare', '--json'],
      ['graph', '--as', 'json'],
    ]) {
      const [command, ...options] = line;
      expect(await print(command, path, ...options), line.join(' ')).toBe(
        await print(command, PROGRAM, ...options),
      );
    }
    const again = recordingFromJson(await print('graph', path, '--as', 'recording'));
    expect(again).toEqual({ ...recordingFromJson(text), spans: null });
    expect(await print('write', path)).toContain('w = 2');
  });

  it('is refused with the place of what is wrong', async () => {
    const text = await print('graph', PROGRAM, '--as', 'recording');
    const path = file('bad.json', text.replace('"tanh"', '"tan"'));
    const { status, out, err } = await run(['grad', path]);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(`${path} begins like a recording and is none that can be read.`);
    expect(err).toContain('Recording, at $.value[');
    expect((await run(['grad', file('cut.json', text.slice(0, -9))])).err).toContain('at $: found the text');
    const asked = await run(['grad', file('good.json', text), '--at', 'y=1']);
    expect([asked.status, asked.err]).toEqual([2, expect.stringContaining('--at')]);
    expect((await run(['grad', file('good.json', text), '--at', 'q=1'])).err).toContain('q');
  });
});

describe('a run as INPUT', () => {
  it('is told as it is, and as JSON comes out as it went in', async () => {
    const text = await print('steps', PROGRAM, '--algorithm', 'preorder', '--trace');
    expect(traceFromJson(text).algorithm).toBe('preorder');
    const path = file('run.json', text);
    expect(await print('steps', path, '--trace')).toBe(text);
    expect(await print('steps', path)).toBe(await print('steps', PROGRAM, '--algorithm', 'preorder'));
    expect(await print('steps', path, '--at', 'x=4')).toBe(await print('steps', PROGRAM, '--at', 'x=4'));
    expect(await print('grad', path)).toBe(await print('grad', PROGRAM));
  });

  it('is refused where an event is not what its algorithm gives', async () => {
    const text = await print('steps', 'y = x*x', '--at', 'x=3', '--trace');
    const { status, err } = await run(['steps', file('wrong.json', text.replace('6]', '7]'))]);
    expect(status).toBe(2);
    expect(err).toContain('Trace, at $.value[7]: found "7", expected 6, as the run has it.');
  });
});
