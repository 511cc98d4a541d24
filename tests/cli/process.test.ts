import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGradients } from './run.ts';

const top = resolve(import.meta.dirname, '../..');
const command = join(top, 'apps/cli/bin/backflow.js');

let folder: string;

beforeAll(() => {
  execFileSync(process.execPath, [join(top, 'node_modules/.bin/tsc'), '-b', join(top, 'apps/cli')], {
    stdio: 'inherit',
  });
  folder = mkdtempSync(join(tmpdir(), 'backflow-process-'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end. With `leave`, its output is closed after the first piece. */
function end(program: string, argv: readonly string[], { stdin = '', leave = false } = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C.UTF-8', NODE_OPTIONS: '' },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      out += piece;
      if (leave) child.stdout.destroy();
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece));
    child.on('error', reject).on('close', (status) => resolve({ status, out, err }));
    child.stdin.on('error', () => {}).end(stdin);
  });
}

describe('the built command', () => {
  it('is executable and prints what the README promises', async () => {
    expect(statSync(command).mode & 0o111).toBe(0o111);
    const { status, out, err } = await end(command, [
      'grad',
      'L = (a*b + c)*f',
      '--at',
      'a=2,b=-3,c=10,f=-2',
      '--json',
    ]);
    expect([status, err]).toEqual([0, '']);
    const { output, value, values, grads } = readGradients(out);
    expect([output, value]).toEqual(['L', -8]);
    expect([...values]).toEqual([['a', 2], ['b', -3], ['c', 10], ['f', -2], ['L', -8]]); // prettier-ignore
    expect([...grads]).toEqual([['a', 6], ['b', -4], ['c', -2], ['f', 4], ['L', 1]]); // prettier-ignore
  });

  it('works through a link, as npm makes one', async () => {
    symlinkSync(command, join(folder, 'backflow'));
    expect(await end(join(folder, 'backflow'), ['--version'])).toEqual({
      status: 0,
      out: '0.1.0\n',
      err: '',
    });
  });

  it('reads standard input', async () => {
    const { out } = await end(command, ['grad', '-', '--json'], { stdin: 'x = 3\ny = x*x' });
    expect(readGradients(out).grads.get('x')).toBe(6);
  });

  it('ends with status 2 at an error, and says it on stderr alone', async () => {
    const { status, out, err } = await end(command, ['grad', 'y = (1']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^formula:1:5: error: /);
  });

  it('is quiet when the reader of its output goes away', async () => {
    const program = [
      'x = 1',
      ...Array.from({ length: 3000 }, (_, i) => `y${i} = x*${i === 0 ? 'x' : `y${i - 1}`}`),
    ];
    const { status, out, err } = await end(command, ['steps', '-', '--json'], {
      stdin: program.join('\n'),
      leave: true,
    });
    expect(out).toMatch(/^\[\n\{"step":1,/);
    expect(out).not.toMatch(/\]\n$/);
    expect([status, err]).toEqual([0, '']);
  });

  it('ends training at Ctrl-C with status 130, goes on from there, and is quiet when its reader goes away', async () => {
    const argv = ['train', '--data', 'moons', '--epochs', '1000000', '--json', '--checkpoint', 'state.json'];
    const child = spawn(command, argv, { cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      if (out === '') {
        child.kill('SIGINT');
        // A key that is pressed twice.
        setTimeout(() => child.kill('SIGINT'), 5);
      }
      out += piece;
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece));
    const status = await new Promise((done) => child.on('close', done));
    expect(status).toBe(130);
    const done = Number(/Stopped, with (\d+) epochs? done/.exec(err)![1]);
    expect(out.trimEnd().split('\n')).toHaveLength(done);
    expect(err).toContain('backflow train --resume state.json --json');

    const rest = await end(command, [
      'train',
      '--resume',
      'state.json',
      '--epochs',
      String(done + 1),
      '--json',
    ]);
    expect([rest.status, rest.out.trimEnd().split('\n').length]).toEqual([0, 1]);
    expect(JSON.parse(rest.out)).toMatchObject({ epoch: done + 1 });

    const left = await end(command, ['train', '--data', 'moons', '--epochs', '1000000', '--json'], {
      leave: true,
    });
    expect(left.status).toBe(0);
    expect(left.out).toMatch(/^\{"epoch":1,/);
  });

  it('says in one line how to build it', async () => {
    cpSync(command, join(folder, 'bin/backflow.js'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const { status, out, err } = await end(join(folder, 'bin/backflow.js'), ['grad', 'x']);
    expect([status, out]).toEqual([1, '']);
    expect(err).toBe('backflow is not built yet: run `npm run prepare` in its folder.\n');
  });
});

describe('programs in TypeScript', () => {
  it('run on this Node, with the packages that are built', async () => {
    writeFileSync(join(folder, 'part.ts'), 'export const two: number = 2;\n');
    writeFileSync(
      join(folder, 'neuron.ts'),
      [
        "import { value, type Value } from '@backflow/engine';",
        "import { two } from './part.ts';",
        "const w: Value = value(0.5, { label: 'w' });",
        'const loss = w.mul(two).tanh();',
        'loss.backward();',
        'console.log(w.grad.toFixed(4));',
      ].join('\n'),
    );
    symlinkSync(join(top, 'node_modules'), join(folder, 'node_modules'));
    const { status, out, err } = await end(process.execPath, [
      '--import',
      join(top, 'apps/cli/typescript.js'),
      'neuron.ts',
    ]);
    expect([status, out, err]).toEqual([0, '0.8399\n', '']);
  });
});
