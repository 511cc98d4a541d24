import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALGORITHM_NAMES, type AlgorithmName } from '@backflow/trace';
import { afterAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../apps/cli/src/width.ts';
import { run } from './run.ts';
import type { FakeTerminalOptions } from './terminal.ts';

const TWICE = 'a = 1, b = a + a, c = b + b';
const SQUARE = 'x = 3, u = x*x, v = u + x, y = u*v';
const ladder = (stages: number): string =>
  ['a0 = 1', ...Array.from({ length: stages }, (_, i) => `a${i + 1}=a${i}+a${i}`)].join('\n');

type Count = number | string;

interface Row {
  readonly name: AlgorithmName;
  readonly right: boolean | null;
  readonly grads: Readonly<Record<string, number | string>> | null;
  readonly visits: Count;
  readonly multiplications: Count;
  readonly additions: Count;
  readonly hits: Count;
  readonly forwardPasses: Count;
}

async function compared(
  argv: readonly string[],
  options: FakeTerminalOptions = {},
): Promise<{ readonly text: string; readonly paths: string; readonly algorithms: readonly Row[] }> {
  const { status, out, err } = await run(['compare', '--json', ...argv], options);
  expect([status, err]).toEqual([0, '']);
  const { paths, algorithms } = JSON.parse(out) as { paths: string; algorithms: Row[] };
  return { text: out, paths, algorithms };
}

const countsOf = ({ visits, multiplications, additions, hits, forwardPasses }: Row): Count[] => [
  visits,
  multiplications,
  additions,
  hits,
  forwardPasses,
];

/** Lines of the table by the name of the algorithm, split at blanks, the mark first. */
function rowsOf(out: string): ReadonlyMap<string, readonly string[]> {
  const rows = out.split('\n').filter((line) => /^[✓✗–] /.test(line));
  return new Map(rows.map((line) => [line.split(/ {2,}/)[1], line.split(/ {2,}/)]));
}

describe('the results of the algorithms', () => {
  it.each([
    ['two doublings', TWICE, 'a', [4, 4, 4, 4, 4, 1, 8, 4, 4, 0]],
    ['the four nodes', SQUARE, 'x', [135, 135, 135, 135, 135, 27, 207, 81, 81, 0]],
    ['ten doublings', ladder(10), 'a0', [1024, 1024, 1024, 1024, 1024, 1, 2_345_233_639_424, 1024, 1024, 0]],
  ] as const)('of %s', async (_, program, leaf, results) => {
    const { algorithms } = await compared([program]);
    expect(algorithms.map(({ name }) => name)).toEqual(ALGORITHM_NAMES);
    const exact = algorithms.map(({ grads }) => grads![leaf]);
    const quotient = exact.splice(3, 1, results[3])[0];
    expect(exact).toEqual(results);
    expect(quotient).toBeCloseTo(results[3], 3);
    expect(algorithms.map(({ right }) => right)).toEqual(results.map((result) => result === results[2]));
  });
});

describe('backflow compare --json', () => {
  it('is one object with these members in this order', async () => {
    const { text } = await compared([SQUARE, '--algorithms', 'reverse']);
    expect(text).toBe(
      '{"paths":"5","algorithms":[{"name":"reverse","right":true,"grads":{"x":135},"visits":4,' +
        '"multiplications":6,"additions":3,"hits":0,"forwardPasses":0}]}\n',
    );
  });

  it('counts what every algorithm does', async () => {
    const { paths, algorithms } = await compared([SQUARE]);
    expect(paths).toBe('5');
    expect(new Map(algorithms.map((row) => [row.name, countsOf(row)]))).toEqual(
      new Map<AlgorithmName, Count[]>([
        ['path-sum', [9, 8, 5, 0, 0]],
        ['memo', [4, 6, 3, 3, 0]],
        ['reverse', [4, 6, 3, 0, 0]],
        ['numeric', [3, 0, 0, 0, 1]],
        ['forward', [4, 6, 3, 0, 1]],
        ['overwrite', [4, 6, 0, 0, 0]],
        ['accumulate-early', [9, 8, 5, 0, 0]],
        ['preorder', [4, 6, 3, 3, 0]],
        ['breadth-first', [4, 6, 3, 3, 0]],
        ['postorder', [4, 6, 3, 3, 0]],
      ]),
    );
  });

  it('has 2,046 multiplications over every path of ten doublings, and 20 with a memory', async () => {
    const { paths, algorithms } = await compared([ladder(10)]);
    const products = new Map(algorithms.map(({ name, multiplications }) => [name, multiplications]));
    expect([paths, products.get('path-sum'), products.get('reverse')]).toEqual(['1024', 2046, 20]);
  });

  it('writes counts that a double does not hold as strings', async () => {
    const visits = async (stages: number): Promise<Count> =>
      (await compared([ladder(stages), '--algorithms', 'path-sum'])).algorithms[0].visits;
    expect(await visits(52)).toBe(2 ** 53 - 1);
    expect(await visits(53)).toBe(String(2n ** 54n - 1n));
  });

  it('has null for what was only counted', async () => {
    const { paths, algorithms } = await compared([ladder(60)]);
    expect(paths).toBe(String(2n ** 60n));
    const missing = algorithms.filter(({ right, grads }) => right === null && grads === null);
    expect(missing.map(({ name }) => name)).toEqual(['path-sum', 'accumulate-early']);
    expect(algorithms.filter(({ grads }) => grads === null)).toEqual(missing);
    expect(missing[0].multiplications).toBe(String(2n ** 61n - 2n));
  });

  it('counts a ladder of 10,000 stages', async () => {
    const { paths, algorithms } = await compared(['-'], { stdin: ladder(10_000) });
    expect(paths).toBe(String(2n ** 10_000n));
    const find = (wanted: AlgorithmName): Row => algorithms.find(({ name }) => name === wanted)!;
    expect(countsOf(find('reverse'))).toEqual([10_001, 20_000, 10_000, 0, 0]);
    expect(countsOf(find('path-sum')).slice(0, 2)).toEqual([
      String(2n ** 10_001n - 1n),
      String(2n ** 10_001n - 2n),
    ]);
    expect(find('reverse').grads).toEqual({ a0: 'Infinity' });
    expect(find('postorder').grads).toEqual({ a0: 0 });
  });

  it('finds the wrong ones wrong in a deep network, whose paths cancel each other', async () => {
    const weights = Array.from({ length: 12 }, (_, row) =>
      Array.from({ length: 12 }, (__, column) => (((row * 7 + column * 11) * 13) % 29) / 20 - 0.7),
    );
    const layers = Array.from({ length: 40 }, (_, layer) => `h${layer + 1} = tanh(W*h${layer})`);
    const program = [
      `W = ${JSON.stringify(weights)}`,
      'h0 = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]',
      ...layers,
    ];
    const { algorithms } = await compared(['-', '--of', 'h40[3]'], { stdin: program.join('\n') });
    const verdicts = algorithms.flatMap(({ name, right }) => (right === null ? [] : [[name, right]]));
    expect(verdicts).toEqual([
      ['memo', true],
      ['reverse', true],
      ['overwrite', false],
      ['preorder', false],
      ['breadth-first', false],
      ['postorder', false],
    ]);
  });

  it('names all leaves, also those without a path, and any name', async () => {
    const program = '__proto__ = 2, constructor = 5, y = __proto__^2';
    const { text } = await compared([program, '--algorithms', 'memo']);
    expect(text).toContain('"grads":{"__proto__":4,"constructor":0}');
  });

  it('keeps the elements of a list and earlier versions of a name apart', async () => {
    const { algorithms } = await compared(['v = [1, 2], c = 3, c = c*v[0], y = c + v[1]']);
    expect(algorithms[2].grads).toEqual({ 'v[0]': 3, 'v[1]': 1, 'c@1': 1 });
  });

  it('writes numbers that JSON has none for as strings', async () => {
    const { algorithms } = await compared(['y = log(x)', '--at', 'x=0', '--algorithms', 'reverse']);
    expect(algorithms[0].grads).toEqual({ x: 'Infinity' });
  });
});

describe('backflow compare', () => {
  it('prints a line for each algorithm, and where the wrong ones go wrong', async () => {
    const { status, out, err } = await run(['compare', SQUARE]);
    expect([status, err]).toEqual([0, '']);
    expect(out.split('\n').slice(0, 14).join('\n')).toBe(
      [
        '5 paths lead from x to y.',
        '',
        '   algorithm         ∂y/∂x  visits  multiplications  additions  hits  passes',
        '✓  path-sum            135       9                8          5     0       0',
        '✓  memo                135       4                6          3     3       0',
        '✓  reverse             135       4                6          3     0       0',
        '✓  numeric             135       3                0          0     0       1',
        '✓  forward             135       4                6          3     0       1',
        '✗  overwrite            27       4                6          0     0       0',
        '✗  accumulate-early    207       9                8          5     0       0',
        '✗  preorder             81       4                6          3     3       0',
        '✗  breadth-first        81       4                6          3     3       0',
        '✗  postorder             0       4                6          3     3       0',
        '',
      ].join('\n'),
    );
    expect(out).toContain(
      '\npreorder: u passed on 12 before its second use had reported; 21 was due.\n' +
        'breadth-first: u passed on 12 before its second use had reported; 21 was due.\n' +
        'postorder: u passed on 0 before its first use had reported; 21 was due.\n',
    );
    expect(out.match(/^[a-z-]+: /gm)).toEqual([
      'overwrite: ',
      'accumulate-early: ',
      'preorder: ',
      'breadth-first: ',
      'postorder: ',
    ]);
  });

  it('says where a gradient that was passed on whole is passed on again', async () => {
    const { out } = await run(['compare', TWICE, '--algorithms', 'accumulate-early']);
    expect(out.replaceAll('\n', ' ')).toContain(
      'accumulate-early: b had passed on its whole gradient, 2, and passed on 2 once more.',
    );
  });

  it('counts the leaves that are right where there are several, and tells the worst', async () => {
    const { out } = await run([
      'compare',
      'x = 3, w = 2, b = 1, u = w*x + b, y = u*u + x*u',
      '--digits',
      '3',
    ]);
    expect(out).toContain('paths lead from 3 leaves to y.');
    const rows = rowsOf(out);
    expect(rows.get('reverse')![2]).toBe('3 of 3');
    // ∂y/∂u = 2u + x = 17, and ∂y/∂x = 17w + u = 41.
    expect(rows.get('postorder')![2]).toBe('0 of 3; w 0, not 51');
    expect(rows.get('overwrite')![2]).toMatch(/^0 of 3; \w \S+, not \d+$/);
  });

  it('says what was only counted', async () => {
    const { out } = await run(['compare', ladder(20), '--algorithms', 'reverse,path-sum']);
    expect(out).toMatch(/^1,048,576 paths lead from a0 to a20\.\n/);
    expect([...rowsOf(out)].map(([name, [mark]]) => [name, mark])).toEqual([
      ['path-sum', '–'],
      ['reverse', '✓'],
    ]);
    expect(out).toContain('path-sum: counted, not run: it would take 6,291,452 steps, more than 100,000.');
  });

  it.each([
    ['four nodes', SQUARE, undefined],
    [
      'nodes with long names',
      'a_long_name_of_x = 3, w = 2, b = 1, u = w*a_long_name_of_x + b, y = u*u*u',
      80,
    ],
    ['48 doublings', ladder(48), 80],
    ['9,000 doublings', ladder(9000), 80],
    ['many leaves', `w = [${Array.from({ length: 1200 }, (_, i) => i).join()}], s = sum(w), y = s*s*s`, 80],
    ['a wide terminal', ladder(9000), 120],
  ])('keeps the table of %s in the terminal', async (_, program, columns) => {
    for (const lang of ['en', 'de']) {
      const { out } = await run(['compare', '-', '--lang', lang], {
        stdin: program,
        ...(columns !== undefined && { columns }),
        env: { NO_COLOR: '1' },
      });
      expect(rowsOf(out).size).toBe(10);
      for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns ?? 80);
    }
  });

  it('rounds large counts to three digits and more where the table has room for them', async () => {
    // 2¹⁰⁰⁰¹ − 1 = 3.9901…·10³⁰¹⁰
    for (const [columns, visits] of [
      [80, '3.99·10³⁰¹⁰'],
      [100, '3.99·10³⁰¹⁰'],
      [60, '4·10³⁰¹⁰'],
    ] as const) {
      const { out } = await run(['compare', '-'], {
        stdin: ladder(10_000),
        columns,
        env: { NO_COLOR: '1' },
      });
      expect(out).toMatch(new RegExp(`^– +path-sum +— +${visits} `, 'm'));
    }
  });

  it('counts leaves as all is counted, and leaves the worst one out where it has no room', async () => {
    const program = `w = [${Array.from({ length: 1200 }, (_, i) => i).join()}], s = sum(w), y = s*s*s`;
    const worst = async (columns: number): Promise<string> => {
      const { out } = await run(['compare', '-'], { stdin: program, columns, env: { NO_COLOR: '1' } });
      expect(out).toMatch(/^3,600 paths lead from 1,200 leaves to y\./);
      expect(rowsOf(out).get('reverse')![2]).toBe('1,200 of 1,200');
      return rowsOf(out).get('postorder')![2];
    };
    expect(await worst(120)).toMatch(/^0 of 1,200; w\[0\] \S+, not \S+$/);
    expect(await worst(80)).toBe('0 of 1,200');
  });

  it('says of a difference quotient that it is no infinite derivative', async () => {
    const { out } = await run(['compare', '-', '--algorithms', 'numeric,reverse'], { stdin: ladder(10_000) });
    expect([...rowsOf(out)].map(([name, [mark]]) => [name, mark])).toEqual([
      ['reverse', '✓'],
      ['numeric', '✗'],
    ]);
    expect(out).toContain('\nnumeric: For a0 the difference quotient gives NaN; ∞ is due.\n');
    const steep = await run(['compare', 'y = sqrt(x)', '--at', 'x=0', '--algorithms', 'numeric']);
    expect(steep.out).toContain('✗  numeric');
    const order = await run(['compare', 'u = log(x), y = 3*u - 2*u', '--at', 'x=0', '--lang', 'de']);
    expect(order.out.replaceAll('\n', ' ')).toContain('path-sum: Für x gibt das NaN, die Engine ∞: ');
  });

  it('writes large counts with a power of ten', async () => {
    const { out } = await run(['compare', ladder(9000), '--algorithms', 'path-sum']);
    // 2⁹⁰⁰⁰ = 10^(9000 · 0.30103…) = 10^2709.27
    expect(out).toMatch(/^1\.8\d\d·10²⁷⁰⁹ paths lead from a0 to a9000\.\n/);
    expect(out).not.toMatch(/Infinity|NaN/);
  });

  it('takes values, another node and digits', async () => {
    const { out } = await run(['compare', 'y = x^2, z = y*y', '--at', 'x=1/3', '--of', 'y', '--digits', '3']);
    expect(out).toContain('1 path leads from x to y.');
    expect(rowsOf(out).get('reverse')![2]).toBe('0.667');
  });

  it('counts a sum by twos, as it is recorded', async () => {
    const { algorithms } = await compared(['a = 1, b = 2, c = 3, y = a + b - c', '--algorithms', 'reverse']);
    expect(countsOf(algorithms[0])).toEqual([5, 4, 0, 0, 0]);
  });

  it('copes with a leaf alone', async () => {
    const { status, out } = await run(['compare', 'x = 3']);
    expect(status).toBe(0);
    expect(out).toContain('1 path leads from x to x.');
    expect(new Set([...rowsOf(out).values()].map(([mark]) => mark))).toEqual(new Set(['✓']));
  });

  it('speaks German', async () => {
    const { out } = await run(['compare', SQUARE, '--lang', 'de']);
    expect(out).toMatch(/^5 Wege führen von x zu y\.\n\n +Verfahren +∂y\/∂x +Besuche +Mult/);
    expect(out.replaceAll('\n', ' ')).toContain(
      'preorder: u gab 12 weiter, bevor die zweite Verwendung gemeldet hatte; 21 war fällig.',
    );
    const counted = await run(['compare', ladder(20), '--algorithms', 'path-sum', '--lang', 'de']);
    expect(counted.out).toMatch(/gezählt, nicht gerechnet: es wären 6,291,452 Schritte/);
  });

  it('colours the marks on a terminal', async () => {
    const { out } = await run(['compare', SQUARE], { columns: 80 });
    const marks = new Set(out.match(/^(\u001b\[\d+m)+[✓✗]/gm));
    expect(marks).toEqual(new Set(['\u001b[32m✓', '\u001b[1m\u001b[31m✗']));
  });

  it.each([
    [
      ['--algorithms', 'pre-order'],
      ['--algorithms: expected path-sum, ', 'Did you mean preorder?'],
    ],
    [['--algorithms', ','], ['found nothing']],
    [
      ['--algorithm', 'preorder'],
      ['compare has no option --algorithm', '--algorithms'],
    ],
    [['--digits', '1'], ['--digits: expected a whole number from 2 to 17']],
    [['--of', 'z'], ['z']],
    [['--lr', '1'], ['compare has no option --lr']],
  ])('refuses %j', async (options, said) => {
    const { status, out, err } = await run(['compare', SQUARE, ...options]);
    expect([status, out]).toEqual([2, '']);
    for (const part of said) expect(err).toContain(part);
  });

  it('prints what is wrong with a formula', async () => {
    const { status, err } = await run(['compare', 'y = x*']);
    expect(status).toBe(2);
    expect(err).toContain('formula:1:');
  });

  const folder = mkdtempSync(join(tmpdir(), 'backflow-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads a file', async () => {
    writeFileSync(join(folder, 'square.md'), `# Notes\n\n\`\`\`backflow\n${SQUARE}\n\`\`\`\n`);
    const { algorithms } = await compared(['square.md', '--algorithms', 'preorder'], { folder });
    expect(algorithms[0].grads).toEqual({ x: 81 });
  });
});

describe('backflow steps --algorithm', () => {
  const events = async (...argv: string[]): Promise<Record<string, unknown>[]> => {
    const { status, out, err } = await run(['steps', '--json', ...argv]);
    expect([status, err]).toEqual([0, '']);
    return JSON.parse(out) as Record<string, unknown>[];
  };

  it.each(ALGORITHM_NAMES)('has as many events of %s as compare counts', async (name) => {
    const [row] = (await compared([SQUARE, '--algorithms', name])).algorithms;
    const kinds = (await events(SQUARE, '--algorithm', name)).slice(3).map(({ kind }) => kind);
    const count = (...wanted: string[]): number =>
      kinds.filter((kind) => wanted.includes(kind as string)).length;
    expect([count('visit', 'recompute', 'evaluate'), count('contribute'), count('reuse')]).toEqual([
      row.visits,
      row.multiplications,
      row.hits,
    ]);
  });

  it('tells a mark from an entry, and where a tangent comes from', async () => {
    const marks = (await events(SQUARE, '--algorithm', 'preorder')).filter(({ kind }) => kind === 'reuse');
    expect(marks.map(({ value }) => value)).toEqual([null, null, null]);
    const entries = (await events(SQUARE, '--algorithm', 'memo')).filter(({ kind }) => kind === 'reuse');
    expect(entries.map(({ node, value }) => [node, value])).toEqual(
      expect.arrayContaining([
        ['y', 1],
        ['u', 21],
      ]),
    );
    const tangents = await events('x = 3, y = x*x', '--algorithm', 'forward');
    expect(tangents.filter(({ kind }) => kind === 'accumulate')).toEqual([
      { step: 5, kind: 'accumulate', node: 'y', from: 'x', slot: 0, value: 3 },
      { step: 7, kind: 'accumulate', node: 'y', from: 'x', slot: 1, value: 6 },
    ]);
    const quotient = await events('x = 3, y = 2x', '--algorithm', 'numeric');
    expect(quotient.find(({ kind }) => kind === 'accumulate')).toEqual({
      step: 4,
      kind: 'accumulate',
      node: 'x',
      value: 2,
    });
  });

  it('tells the run in words, below its own headings', async () => {
    const said = async (name: string, lang = 'en'): Promise<string> =>
      (await run(['steps', SQUARE, '--algorithm', name, '--lang', lang])).out;
    expect(await said('preorder')).toMatch(/\n\nBackward: gradients\n/);
    expect(await said('forward')).toMatch(/\n\nForward for each leaf: tangents\n/);
    expect(await said('numeric', 'de')).toMatch(/\n\nVorwärts für jedes Blatt: Differenzen\n/);
    for (const name of ALGORITHM_NAMES) expect(await said(name)).not.toMatch(/NaN|undefined/);
  });

  it('is what it is without the option where there is no sum of three', async () => {
    expect(await run(['steps', SQUARE, '--algorithm', 'reverse'])).toEqual(await run(['steps', SQUARE]));
  });

  it('refuses a run that is too long and says where its cost is counted', async () => {
    const { status, out, err } = await run(['steps', ladder(20), '--algorithm', 'path-sum']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toBe(
      'error: path-sum takes 6,291,472 steps here; at most 100,000 are told.\n' +
        '  What it costs is counted by: backflow compare INPUT --algorithms path-sum\n',
    );
  });

  it.each([
    [['--algorithm', 'dfs'], '--algorithm: expected path-sum, '],
    [['--algorithm', 'memo', '--lr', '0.1'], '--lr: expected no --algorithm beside it, found 0.1.'],
  ])('refuses %j', async (options, said) => {
    const { status, err } = await run(['steps', SQUARE, ...options]);
    expect(status).toBe(2);
    expect(err).toContain(said);
  });
});
