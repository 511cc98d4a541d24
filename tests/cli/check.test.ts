import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvLine } from '../../apps/cli/src/check-csv.ts';
import { wrapped } from '../../apps/cli/src/width.ts';
import { run } from './run.ts';

/** A page of notes with one slip, which the last line inherits. */
const NEURON = `\`\`\`backflow
x = 2, w = 0.5, b = -0.4, y = 1
z = w·x + b
a = σ(z)
C = (a - y)²
\`\`\`

z = w·x + b = 0.6
a = 0.6457
dC/da = 2(a - y) = -0.7087
dC/dz = -0.7087·0.6457 = -0.4576
dC/dw = -0.4576·2 = -0.9152
`;

interface Claims {
  readonly claims: readonly {
    readonly line: number;
    readonly column: number;
    readonly text: string;
    readonly subject: string;
    readonly stated: number | string | null;
    readonly truth: number | string | null;
    readonly verdict: string;
    readonly scope: string | null;
    readonly convention: string | null;
    readonly mistakes: readonly {
      readonly id: string;
      readonly why: string;
      readonly where: string | null;
    }[];
  }[];
  readonly firstWrong: number | null;
}

async function judged(...argv: string[]): Promise<Claims & { status: number }> {
  const { status, out, err } = await run(['check', '--json', ...argv], { folder });
  expect(err).toBe('');
  return { status, ...(JSON.parse(out) as Claims) };
}

let folder: string;
const file = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backflow-check-'));
  file('neuron.md', NEURON);
  file('right.md', NEURON.slice(0, NEURON.indexOf('dC/dz')));
  file('prose.md', 'Nothing is claimed here.\n');
  file('exam.md', '# Exam\n\n```backflow\nx = 3\ny = x²\n```\n');
  file('plain.bf', 'x = 3\ny = x²\n');
  file('good.md', 'y = 9\ndy/dx = 6\n');
  file('bad.md', 'y = 9\n\nso, "at last", dy/dx = 9, he said\n');
  file('binary.md', Uint8Array.of(1, 2, 0, 3));
  file('broken.md', '```backflow\ny = (1\n```\ny = 1\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('backflow check', () => {
  it('marks every claim, says why one is wrong, and sums up', async () => {
    const { status, out, err } = await run(['check', 'neuron.md'], { folder });
    expect([status, err]).toEqual([1, '']);
    const marks = out.split('\n').flatMap((line) => /^ +(?:\d+)? {2}([✓≈↳✗?]) /.exec(line)?.[1] ?? []);
    expect(marks.join('')).toMatch(/^✓✓✓✓✓✗↳↳?↳$/);
    expect(out).toMatch(/\n +11 {2}✗ dC\/dz = -0\.7087·0\.6457\n +.*σ/);
    expect(out).toMatch(/\n +↳ = -0\.4576\n +Inherited from line 11\.\n +Right is −0\.162137\.\n/);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      /^5 of \d right, 1 wrong, \d follow; first slip in line 11: σ for σ′\.$/,
    );
  });

  it('ends with status 0 where nothing is wrong', async () => {
    const { status, out } = await run(['check', 'right.md'], { folder });
    expect(status).toBe(0);
    expect(out.trimEnd().split('\n').at(-1)).toBe('5 of 5 right.');
  });

  it('speaks German', async () => {
    const { out } = await run(['check', 'neuron.md', '--lang', 'de'], { folder });
    expect(out).toMatch(/5 von \d richtig, 1 falsch, .*erster Fehler in Zeile 11/);
    expect(out).toContain('Übernommen aus Zeile 11.');
  });

  it('finds no claim in prose, and says so', async () => {
    const ran = await run(['check', 'prose.md'], { folder });
    expect(ran).toEqual({
      status: 0,
      out: 'No claim found: nothing in these notes is an equation.\n',
      err: '',
    });
    expect(await judged('prose.md')).toMatchObject({ status: 0, claims: [], firstWrong: null });
  });

  it('takes a text in quotes, and standard input', async () => {
    const text = 'x = 3, y = x^2 = 9, dy/dx = 2x = 7';
    expect((await run(['check', text])).status).toBe(1);
    expect((await run(['check', '-'], { stdin: text })).status).toBe(1);
    expect((await run(['check', text.replace('7', '6')])).status).toBe(0);
  });

  it('fits a terminal, and colours marks there', async () => {
    const { out } = await run(['check', 'neuron.md'], { folder, columns: 50, env: { TERM: 'xterm' } });
    expect(out).toContain('\u001b[');
    // oxlint-disable-next-line no-control-regex
    const lines = out.replace(/\u001b\[\d+m/g, '').split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(50);
  });

  it('prints JSON', async () => {
    const { status, claims, firstWrong } = await judged('neuron.md');
    expect(status).toBe(1);
    expect(claims[firstWrong!]).toMatchObject({
      line: 11,
      column: 1,
      text: 'dC/dz = -0.7087·0.6457',
      subject: 'dC/dz',
      verdict: 'wrong',
      convention: null,
    });
    const [{ id, why, where }] = claims[firstWrong!].mistakes;
    expect([id, where]).toEqual(['activation-for-derivative', 'z → a']);
    expect(why).toContain('σ');
    expect(claims[0]).toMatchObject({
      line: 8,
      column: 1,
      subject: 'z',
      verdict: 'right',
      scope: 'everywhere',
      mistakes: [],
    });
    expect(claims[1]).toMatchObject({ stated: 0.6, verdict: 'right', scope: null });
    expect(claims[1].truth).toBeCloseTo(0.6, 12);
    expect(Object.keys(claims[0]).slice(0, 10)).toEqual(
      'line column text subject stated truth verdict scope convention mistakes'.split(' '),
    );
  });

  it('writes what is not a finite number as null', async () => {
    const { claims } = await judged('x = 0, y = ln(x) = 5');
    expect(claims.at(-1)!.truth).toBeNull();
  });

  it('takes the program from another file, fenced or plain', async () => {
    for (const program of ['exam.md', 'plain.bf']) {
      expect((await judged('good.md', '--program', program)).claims.map(({ verdict }) => verdict)).toEqual([
        'right',
        'right',
      ]);
      expect((await judged('bad.md', '--program', program)).status).toBe(1);
    }
  });

  it('takes numbers for leaves', async () => {
    const set = await judged('good.md', '--program', 'exam.md', '--set', 'x=-3');
    expect(set.claims.map(({ verdict, truth }) => [verdict, truth])).toEqual([
      ['right', 9],
      ['wrong', -6],
    ]);
  });

  it('compares two people’s notes', async () => {
    file('one.md', 'x = 3, y = x^2 = 9\ndy/dx = 6\n');
    file('two.md', 'dy/dx = 6\ny = 10\n');
    const { status, claims } = await judged('two.md', '--against', 'one.md');
    expect(status).toBe(1);
    expect(claims.map(({ verdict }) => verdict)).toEqual(['right', 'wrong']);
  });

  it('gives the first slip of each file as CSV', async () => {
    const ran = await run(['check', 'good.md', 'bad.md', 'binary.md', '--program', 'exam.md', '--csv'], {
      folder,
    });
    const lines = ran.out.trimEnd().split('\n');
    expect(lines[0]).toBe('file,claims,right,wrong,first_wrong_line,mistake,text');
    expect(lines[1]).toBe('good.md,2,2,0,,,');
    expect(lines[2]).toMatch(/^bad\.md,2,1,1,3,[a-z-]+,dy\/dx = 9$/);
    expect(lines[3]).toBe(
      'binary.md,,,,,unreadable,binary.md is not text: it has a zero byte at position 2.',
    );
    expect([ran.status, ran.err]).toEqual([2, '']);
  });

  it('judges several files one by one', async () => {
    const text = await run(['check', 'right.md', 'neuron.md'], { folder });
    expect(text.status).toBe(1);
    expect(text.out).toMatch(/^right\.md\n[^]*\n\nneuron\.md\n/);
    const { status, out } = await run(['check', 'right.md', 'neuron.md', '--json'], { folder });
    expect(status).toBe(1);
    const all = JSON.parse(out) as (Claims & { file: string })[];
    expect(all.map(({ file: name, firstWrong }) => [name, firstWrong])).toEqual([
      ['right.md', null],
      ['neuron.md', 5],
    ]);
    const mixed = await run(['check', 'right.md', 'absent.md'], { folder });
    expect([mixed.status, mixed.err]).toEqual([2, 'error: There is no file absent.md.\n']);
    expect(mixed.out).toContain('5 of 5 right.');
  });

  it.each([
    [['gone.md'], 'There is no file gone.md.'],
    [['binary.md'], 'binary.md is not text'],
    [[''], 'The notes are empty.'],
    [['good.md', '--program', 'gone'], 'There is no file gone.'],
    [['good.md', '--program', 'broken.md'], 'broken.md:2:5: error: This ( is never closed.'],
    [['good.md', '--against', 'gone.md'], 'There is no file gone.md.'],
    [['good.md', '--set', 'x'], '--set: expected name=number pairs'],
    [['good.md', '--json', '--csv'], '--csv: expected one form'],
    [['good.md', '--digits', '3'], 'check has no option --digits.'],
    [[], 'check needs an INPUT'],
  ])('with %j ends with status 2', async (argv, said) => {
    const { status, out, err } = await run(['check', ...argv], { folder });
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(said);
  });

  it('says what is wrong with a program in the notes, and reads the rest as well as it can', async () => {
    const { status, out, err } = await run(['check', 'broken.md'], { folder });
    expect(status).toBe(2);
    expect(err).toContain('broken.md:2:5: error: This ( is never closed.');
    expect(out).toMatch(/^ +4 {2}[✓?] y = 1\n/m);
  });

  it('says which numbers of --set nothing uses', async () => {
    const unused = await run(['check', 'good.md', '--program', 'exam.md', '--set', 'q=1'], { folder });
    expect([unused.status, unused.err]).toEqual([
      0,
      'notice: --set: The program has no q that could be given a value.\n',
    ]);
    const without = await run(['check', 'x = 3', '--set', 'x=1']);
    expect(without.err).toBe('notice: --set replaces numbers of a program, and these notes bring none.\n');
  });

  it('explains itself', async () => {
    const { out } = await run(['help', 'check']);
    expect(out).toContain('Usage: backflow check NOTES');
    expect((await run(['check', '--help', '--lang', 'de'])).out).toContain('Aufruf: backflow check NOTIZEN');
  });
});

describe('backflow write', () => {
  it('prints notes that backflow check finds right', async () => {
    const { status, out } = await run(['write', 'y = w*x + b', '--at', 'w=2,x=3,b=-1', '--lr', '0.1']);
    expect(status).toBe(0);
    expect(out).toContain('$$y = w \\cdot x + b = 2 \\cdot 3 + \\left(-1\\right) = 5$$');
    expect(out).toContain(
      '$$w^{+} = w - 0.1 \\cdot \\frac{\\partial y}{\\partial w} = 2 - 0.1 \\cdot 3 = 1.7$$',
    );
    expect((await run(['check', '-'], { stdin: out })).out).toMatch(/\n\n(\d+) of \1 right\.\n$/);
  });

  it('quotes the program as it was written, with the values and the output of the command line', async () => {
    const { out } = await run(['write', 'plain.bf', '--at', 'x=5', '--of', 'x'], { folder });
    expect(out).toContain('```backflow\nx = 5\ny = x²\noutput x\n```');
  });

  it('takes digits', async () => {
    expect((await run(['write', 'x = 2/3, y = x^2', '--digits', '2'])).out).toContain(
      '\\approx 0.67^{2} \\approx 0.44',
    );
  });
});

describe('a CSV line', () => {
  it.each([
    [['a', 1, ''], 'a,1,'],
    [['a,b', 'c"d'], '"a,b","c""d"'],
    [['two\nlines', ' blank '], 'two lines," blank "'],
    [['=1+1', '-2', '@x'], "'=1+1,'-2,'@x"],
  ])('of %j is %s', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });
});

describe('a long sentence', () => {
  it('is broken at spaces', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('extraordinary', 5)).toEqual(['extraordinary']);
    expect(wrapped('', 5)).toEqual(['']);
  });
});
