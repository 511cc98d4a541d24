import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';

let folder: string;

const TABLE = 'größe,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n';
const TINY = ['--data', 'moons', '--count', '20', '--layers', '2,3,2', '--epochs', '1'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backflow-train-files-'));
  mkdirSync(join(folder, 'Daten für heute'));
  write('Daten für heute/tabelle.csv', TABLE);
  write('latin.csv', Buffer.from('a,b,kind\n1,2,x\n3,4,größe\n', 'latin1'));
  write('twice.csv.gz', gzipSync(gzipSync(TABLE)));
  write(
    'Daten für heute/netz.md',
    '```backflow\nnet = mlp(2, 3, 2)\ndata = csv("tabelle.csv")\nloss = crossEntropy()\ntrain = sgd(epochs: 2)\n```\n',
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

const train = (argv: readonly string[], options = {}): ReturnType<typeof run> =>
  run(['train', ...argv], { folder, ...options });

describe('where results go', () => {
  it.each([
    [['--save', 'nowhere/model.json'], 'nowhere/model.json cannot be written: there is no folder for it.'],
    [['--save', 'Daten für heute'], 'Daten für heute cannot be written: it is a folder.'],
    [['--checkpoint', 'nowhere/state.json'], 'nowhere/state.json cannot be written'],
  ])('is looked at before training: %j', async (argv, what) => {
    const { status, out, err } = await train([...TINY, ...argv]);
    expect([status, out]).toEqual([1, '']);
    expect(err).toContain(what);
    expect(err).not.toContain('Training');
  });

  it.runIf(existsSync('/dev/full'))('keeps what was learned if the checkpoint cannot be kept', async () => {
    const { status, err } = await train([...TINY, '--checkpoint', '/dev/full', '--save', 'learned.json']);
    expect(status).toBe(1);
    expect(err).toContain('/dev/full cannot be written');
    expect(readFileSync(join(folder, 'learned.json'), 'utf8')).toContain('"layers"');
  });
});

describe('a checkpoint', () => {
  const at = 'Daten für heute';

  it('finds its data from another folder', async () => {
    const argv = ['--data', `${at}/tabelle.csv`, '--epochs', '2', '--checkpoint', `${at}/stand.json`];
    const whole = await train([...argv.slice(0, 3), '4', '--schedule', 'constant', '--json']);
    await train([...argv, '--schedule', 'constant']);
    const there = { folder: join(folder, at) };
    const { status, out } = await train(['--resume', 'stand.json', '--epochs', '4', '--json'], there);
    expect(status).toBe(0);
    expect(whole.out.endsWith(out)).toBe(true);
    expect(out.split('\n')).toHaveLength(3);
    mkdirSync(join(folder, 'other'));
    const elsewhere = { folder: join(folder, 'other') };
    expect((await train(['--resume', `../${at}/stand.json`], elsewhere)).err).toContain(
      'All 4 epochs are done. More of them take --epochs',
    );
  });

  it.each([
    ['"kind":"moons"', '"kind":"mons"', 'spec.data.kind: found "mons"'],
    ['"kind":"moons"', '"kind":"csv"', 'spec.data.file: found undefined'],
    ['"count":20', '"count":1e12', 'spec.data.count: found 1000000000000'],
    ['"noise":0.1', '"noise":null', 'spec.data.noise: found null'],
  ])('with other data than can be is refused: %s', async (right, wrong, what) => {
    await train([...TINY, '--checkpoint', 'right.json']);
    write('wrong.json', readFileSync(join(folder, 'right.json'), 'utf8').replace(right, wrong));
    const { status, err } = await train(['--resume', 'wrong.json']);
    expect(status).toBe(2);
    expect(err).toContain('wrong.json is no checkpoint that can be read.');
    expect(err).toContain(what);
  });
});

describe('tables', () => {
  it('of another encoding are named with the line', async () => {
    const { status, err } = await train(['--data', 'latin.csv']);
    expect([status, err]).toEqual([
      2,
      'error: latin.csv, line 3: bytes found that are no text in UTF-8; a table in UTF-8 was expected.\n',
    ]);
  });

  it('that are packed twice are named so', async () => {
    expect((await train(['--data', 'twice.csv.gz'])).err).toContain('is packed with gzip twice');
  });

  it('beside their document are read, and not said to be missing', async () => {
    const { status, err } = await train(['Daten für heute/netz.md']);
    expect(status).toBe(0);
    expect(err).toMatch(/^Training 2-3-2, 17 parameters, on 4 examples\.\n/);
  });
});
