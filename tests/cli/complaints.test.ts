import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backflow-complaints-'));
  mkdirSync(join(folder, 'notes'));
  writeFileSync(join(folder, 'bad.bf'), 'a = 1\n\tb = a + $\n');
  writeFileSync(join(folder, 'notes.md'), '# Notes\n\n```backflow\nx = 2\ny = x * (3\n```\n');
  writeFileSync(join(folder, 'image.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What is printed on stderr by a command line that ends with status 2 and prints nothing else. */
async function refusal(argv: readonly string[], stdin = ''): Promise<string> {
  const { status, out, err } = await run(argv, { folder, stdin });
  expect(out).toBe('');
  expect(status).toBe(2);
  return err;
}

describe('a formula error', () => {
  it('is shown with line, column and a caret', async () => {
    expect(await refusal(['grad', 'a = 2\ny = a + )'])).toBe(
      [
        'formula:2:9: error: Expected a number, a name or an opening bracket, found ).',
        '   2 | y = a + )',
        '     |         ^',
        '',
      ].join('\n'),
    );
  });

  it('names the file, and its caret stands right under a tab', async () => {
    const lines = (await refusal(['grad', 'bad.bf'])).split('\n');
    expect(lines[0]).toMatch(/^bad\.bf:2:10: error: /);
    expect(lines[1]).toBe('   2 |         b = a + $');
    expect(lines[2]).toBe('     |                 ^');
  });

  it('counts lines of the whole document', async () => {
    expect(await refusal(['steps', 'notes.md'])).toMatch(/^notes\.md:5:9: error: .*never closed/);
  });

  it('stands under wide and combining characters', async () => {
    const lines = (await refusal(['graph', '-'], '重み = 1\ne\u0301 = 重み + $')).split('\n');
    expect(lines[0]).toMatch(/^stdin:2:/);
    expect(lines[1]).toBe('   2 | e\u0301 = 重み + $');
    expect(lines[2]).toBe('     |            ^');
  });

  it('suggests what may have been meant', async () => {
    const err = await refusal(['grad', 'weight = 2\ny = wieght*3']);
    expect(err.match(/Did you mean weight\?/g)).toHaveLength(1);
    expect(
      (await refusal(['grad', 'weight = 2\ny = wieght*3', '--lang', 'de'])).match(/Meinst du/g),
    ).toHaveLength(1);
  });

  it('says how to give values to all undefined names at once', async () => {
    const err = await refusal(['grad', 'a*b + a']);
    expect(err.trimEnd().split('\n').at(-1)).toBe('Give values with --at a=…,b=…');
    expect(await refusal(['grad', 'a*a'])).toContain('\nGive values with --at a=…\n');
    expect(await refusal(['grad', 'weight = 2\ny = wieght*3'])).not.toContain('Give values');
  });

  it('says that there is no such file either', async () => {
    expect(await refusal(['grad', 'a/b'])).toContain('There is no file a/b either.');
  });

  it('is shown in German', async () => {
    const { err } = await run(['grad', 'y = (1'], { env: { LANG: 'de_DE.UTF-8' } });
    expect(err).toMatch(/^formula:1:5: Fehler: /);
    expect((await run(['grad', 'y = (1', '--lang', 'en'], { env: { LANG: 'de_DE.UTF-8' } })).err).toMatch(
      /error/,
    );
  });

  it('cannot send commands to the terminal', async () => {
    const err = await refusal(['grad', 'y = \u001b]0;title\u0007\u001b[31m']);
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/); // oxlint-disable-line no-control-regex
    expect(err).toContain('␛');
  });

  it('is coloured on a terminal, but not with NO_COLOR', async () => {
    const coloured = await run(['grad', 'y = )'], { columns: 80, env: {} });
    expect(coloured.err).toContain('\u001b[31m');
    const quiet = await run(['grad', 'y = )'], { columns: 80, env: { NO_COLOR: '1' } });
    expect(quiet.err).not.toContain('\u001b');
  });
});

describe('too much', () => {
  it('of 100,000 brackets is a short complaint', async () => {
    const err = await refusal(['grad', '('.repeat(100_000)]);
    expect(err).toMatch(/^formula:1:\d+: error: /);
    expect(err.length).toBeLessThan(1000);
  });

  it('of one megabyte is refused', async () => {
    const text = 'y = 1\n'.repeat(180_000);
    writeFileSync(join(folder, 'large.md'), text);
    expect(await refusal(['grad', '-'], text)).toMatch(/stdin is too large.*600,000/);
    expect(await refusal(['grad', 'large.md'])).toMatch(/large\.md is too large: it has 1,080,000 bytes/);
    expect(await refusal(['grad', text])).toMatch(/^formula:1:1: error: .*200,000/);
  });

  it('of a small text that expands to millions of nodes is refused', async () => {
    const ones = `[${Array.from({ length: 2000 }, () => '1').join(',')}]`;
    expect(
      await refusal([
        'grad',
        `x = ${ones}\ny = sum(x*dot(x, x) + [${ones},${ones}]*x)\nz = ${'exp('.repeat(200)}x${')'.repeat(200)}\nsum(z)`,
      ]),
    ).toMatch(/error: /);
  });
});

describe('a command line that is not understood', () => {
  it.each([
    [['gard', 'x'], 'There is no command gard.', 'Did you mean grad?'],
    [['a*b'], 'There is no command a*b.', "backflow grad 'a*b'"],
    [['grad', 'x', '--jsno'], 'grad has no option --jsno.', 'Did you mean --json?'],
    [
      ['grad', 'x', '--zzzzzz'],
      'grad has no option --zzzzzz.',
      'Its options: --at, --of, --parameters, --digits, --json',
    ],
    [['grad', '-x^2'], 'grad has no option -x^2.', "backflow grad -- '-x^2'"],
    [['grad'], 'grad needs an INPUT', 'backflow grad --help'],
    [['grad', 'a', '*', 'b'], 'found 3: a  *  b', 'Put a formula in quotes'],
    [['grad', 'a*b', 'b=3'], 'found 2: a*b  b=3', 'Values stand after --at'],
    [['grad', 'a*b', 'a=2,b=3'], 'found 2: a*b  a=2,b=3', 'Values stand after --at'],
    [['grad', '--', '-x', '--at', 'x=1'], 'found 3: -x  --at  x=1', "backflow grad --at x=1 -- '-x'"],
    [
      ['grad', 'x', '--at', 'x=0,5'],
      'expected a number with a decimal point for x, as in 0.5, found 0,5',
      '',
    ],
    [
      ['grad', 'x', '--at', 'x=[1,2]'],
      'expected a number for each element, as in x[0]=1,x[1]=2, found [1,2]',
      '',
    ],
    [['grad', 'x', '--at', 'x=1', '--of', ''], '--of: expected the name of a node, found nothing', ''],
    [['grad', 'x', '--at', 'x=1', '--of', 'z'], '--of: no node is called z', 'The named nodes: x.'],
    [['grad', 'v = [1, 2], y = sum(v)', '--of', 'v'], '--of: The output must be one number', 'v[0]'],
    [['grad', 'x', '--at'], '--at needs a value', '--at x=2,w=0.5'],
    [['grad', 'x', '--json=yes'], '--json is a switch', ''],
    [['graph', 'x', '--as', 'png'], 'expected dot, json, svg or recording, found png', ''],
    [['graph', 'x', '--theme', 'blue'], 'expected light or dark, found blue', ''],
    [['steps', 'x', '--granularity', 'line'], 'expected pass, node or edge, found line', ''],
    [['steps', 'x', '--lr', 'fast'], 'expected a finite number, found fast', ''],
    [['steps', 'x', '--params', 'w'], '--lr', ''],
    [['help', 'gard'], 'There is no command gard.', 'Did you mean grad?'],
    [['grad', 'x', '--lang', 'fr'], 'expected en or de, found fr', ''],
    [['show', 'x', '--port', '99999'], 'expected a whole number from 0 to 65535', ''],
  ])('%j', async (argv, what, help) => {
    const err = await refusal(argv);
    expect(err).toMatch(/^error: /);
    expect(err).toContain(what);
    expect(err).toContain(help);
  });

  it('does not repeat what is very long', async () => {
    expect((await refusal(['x'.repeat(100_000)])).length).toBeLessThan(2000);
  });
});

describe('an input that cannot be read', () => {
  it.each([
    ['nothing.md', 'There is no file nothing.md.'],
    ['./nothing', 'There is no file ./nothing.'],
    ['note.md', 'Did you mean notes.md?'],
    ['notes', 'notes is a folder.'],
    ['image.png', 'image.png is not text: it has a zero byte at position 4.'],
    ['', 'The formula is empty.'],
    ['-', 'There is no formula in stdin: it is empty.'],
  ])('%j: %s', async (input, what) => {
    expect(await refusal(['grad', input])).toContain(what);
  });
});

/** The command lines of a help text's examples: arguments, and what an `echo` before them says. */
function examplesOf(help: string): { argv: string[]; stdin: string }[] {
  return [...help.matchAll(/^ {2}(?:echo '(.*)' \| )?backflow (.+?)(?: [>|] .*)?$/gm)].map((match) => ({
    argv: [...match[2].matchAll(/'([^']*)'|\S+/g)].map((word) => word[1] ?? word[0]),
    stdin: match[1] ?? '',
  }));
}

describe('help', () => {
  const commands = ['grad', 'steps', 'compare', 'graph', 'show', 'help'];

  it.each(commands)('of %s begins with its usage and fits on 80 columns', async (command) => {
    const { status, out, err } = await run([command, '--help']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^Usage: backflow ${command} `));
    const german = (await run([command, '--help', '--lang', 'de'])).out;
    expect(german).toMatch(new RegExp(`^Aufruf: backflow ${command} `));
    for (const line of [...out.split('\n'), ...german.split('\n')])
      expect(line.length).toBeLessThanOrEqual(80);
  });

  it('gives examples that work', async () => {
    writeFileSync(join(folder, 'network.md'), 'x = 2\nout_o1 = sigmoid(x)\ny = out_o1*x\n');
    writeFileSync(join(folder, 'neuron.md'), '```backflow\nw = 1, b = 2\ny = tanh(w*3 + b)\n```\n');
    writeFileSync(join(folder, 'netz.md'), 'x = 2\nout_o1 = sigmoid(x)\ny = out_o1*x\n');
    let count = 0;
    for (const command of ['grad', 'steps', 'compare', 'graph']) {
      for (const language of ['en', 'de']) {
        const { out: help } = await run([command, '--help', '--lang', language]);
        for (const { argv, stdin } of examplesOf(help)) {
          count++;
          const { status, out, err } = await run(argv, { folder, stdin });
          expect({ argv, status, err }).toEqual({ argv, status: 0, err: '' });
          expect(out).not.toBe('');
        }
      }
    }
    expect(count).toBeGreaterThan(20);
  });

  it('without a command is printed, as a complaint unless asked for', async () => {
    const asked = await run(['--help']);
    const unasked = await run([]);
    expect(asked).toEqual({ status: 0, out: unasked.err, err: '' });
    expect(unasked).toMatchObject({ status: 2, out: '' });
    expect((await run(['help'])).out).toBe(asked.out);
    expect((await run(['help', 'grad'])).out).toBe((await run(['grad', '-h'])).out);
  });

  it('tells the version', async () => {
    expect(await run(['--version'])).toEqual({ status: 0, out: '0.1.0\n', err: '' });
  });
});

describe('a terminal that is asked for a formula', () => {
  it('is told what is awaited', async () => {
    const { err, out } = await run(['grad', '-', '--at', 'x=2'], {
      columns: 80,
      stdin: 'x*x',
      keyboard: true,
    });
    expect(err).toMatch(/standard input.*Ctrl-D/);
    expect(out).toContain('4');
  });
});
