import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnreadableInput } from '../../apps/cli/src/problem.ts';
import { readSource } from '../../apps/cli/src/source.ts';
import { fakeTerminal } from './terminal.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backflow-source-'));
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'mazur.md'), 'y = x*x\n');
  writeFileSync(join(folder, 'x'), 'x = 3');
  writeFileSync(join(folder, 'wide.txt'), Buffer.from('\ufeffσ = 1', 'utf16le'));
  writeFileSync(join(folder, 'marked.txt'), '\ufeffσ = 1');
  writeFileSync(join(folder, 'image.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]));
  writeFileSync(join(folder, 'latin.txt'), Buffer.from([0x78, 0xe4, 0x3d]));
  writeFileSync(join(folder, 'empty.md'), ' \n');
  writeFileSync(join(folder, 'large.md'), 'x'.repeat(1001));
  execFileSync('sh', ['-c', 'mkfifo pipe'], { cwd: folder });
});

afterAll(() => rmSync(folder, { recursive: true }));

const read = (input: string, stdin = '') => readSource(input, fakeTerminal({ folder, stdin }).terminal, 1000);

describe('an input', () => {
  it.each([
    ['a*b', { kind: 'formula', origin: 'formula', text: 'a*b' }],
    ['a/b', { kind: 'formula', origin: 'formula', text: 'a/b' }],
    ['x', { kind: 'file', origin: 'x', text: 'x = 3' }],
    ['mazur.md', { kind: 'file', origin: 'mazur.md', text: 'y = x*x\n' }],
    ['./mazur.md', { kind: 'file', origin: './mazur.md', text: 'y = x*x\n' }],
    ['wide.txt', { kind: 'file', origin: 'wide.txt', text: 'σ = 1' }],
    ['marked.txt', { kind: 'file', origin: 'marked.txt', text: 'σ = 1' }],
    ['x\u0000', { kind: 'formula', origin: 'formula', text: 'x\u0000' }],
    ['\\frac{1}{x}', { kind: 'formula', origin: 'formula', text: '\\frac{1}{x}' }],
  ])('%j is %j', async (input, expected) => {
    expect(await read(input)).toEqual(expected);
  });

  it('of 300,000 characters is a formula, not a path', async () => {
    expect((await read('('.repeat(300_000))).kind).toBe('formula');
  });

  it('- is standard input', async () => {
    expect(await read('-', 'y = 2')).toEqual({ kind: 'stdin', origin: 'stdin', text: 'y = 2' });
  });

  it('is read from a named pipe', async () => {
    const [source] = await Promise.all([read('pipe'), writeFile(join(folder, 'pipe'), 'y = 3')]);
    expect(source.text).toBe('y = 3');
  });

  it.each([
    ['mazurr.md', { kind: 'missing', suggestion: 'mazur.md' }],
    ['./mazzur.md', { kind: 'missing', suggestion: 'mazur.md' }],
    ['nowhere/at/all.bf', { kind: 'missing', suggestion: null }],
    ['/nowhere', { kind: 'missing', suggestion: null }],
    ['a', { kind: 'directory' }],
    ['image.png', { kind: 'binary', at: 4 }],
    ['latin.txt', { kind: 'encoding' }],
    ['empty.md', { kind: 'empty' }],
    ['', { kind: 'empty' }],
    ['large.md', { kind: 'large', bytes: 1001, limit: 1000 }],
  ])('%j is refused as %j', async (input, reason) => {
    const error: unknown = await read(input).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UnreadableInput);
    expect(error).toMatchObject({ reason });
  });

  it('without an end is read up to the limit', async () => {
    await expect(read('-', 'x'.repeat(5000))).rejects.toMatchObject({
      reason: { kind: 'large', bytes: null },
    });
    await expect(read('/dev/zero')).rejects.toMatchObject({ reason: { kind: 'large' } });
  });
});
