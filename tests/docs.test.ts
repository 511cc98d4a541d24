import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { format } from 'node:util';
import { compile } from '@backflow/language';
import { networks } from '@backflow/language/network';
import { en } from '@backflow/messages';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FIRST_LOAD_LIMIT } from '../apps/web/build/budget.ts';
import { run } from './cli/run.ts';
import { codesIn, readMarkdown, slugOf, targetsIn, type Row } from './markdown.ts';

const shown = vi.hoisted(() => [] as { readonly label: string }[]);
// Examples end by opening the page; here it is enough to know on what.
vi.mock('@backflow/cli', () => ({ show: async (value: { readonly label: string }) => shown.push(value) }));

const top = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(top, path), 'utf8');
const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(join(top, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

const PAGES = ['README.md', ...filesOf('docs', '.md')];
const OTHERS = ['CONTRIBUTING.md', 'CHANGELOG.md'];

interface Block {
  /** `README.md:12` */
  readonly place: string;
  readonly text: string;
}

const blocksOf = (language: string): Block[] =>
  PAGES.flatMap((path) =>
    readMarkdown(read(path))
      .fences.filter((fence) => fence.language === language)
      .map(({ text, line }) => ({ place: `${path}:${line}`, text })),
  );

/** Rows of all tables of a page that have these columns. */
const rowsWith = (path: string, ...columns: string[]): Row[] =>
  readMarkdown(read(path))
    .tables.filter((table) => columns.every((column) => table.columns.includes(column)))
    .flatMap((table) => [...table.rows]);

/** The first code span of a cell. */
const code = (row: Row, column: string): string => codesIn(row.get(column)!)[0];

describe('programs in the documents', () => {
  it.each(blocksOf('backflow'))('$place compiles without a word', ({ text }) => {
    const { diagnostics } = compile(text, { extension: networks() });
    expect(diagnostics.map((diagnostic) => diagnostic.message(en))).toEqual([]);
  });

  it.each(blocksOf('markdown'))('$place is a document with a program', ({ text }) => {
    const { recording, diagnostics } = compile(text);
    expect(diagnostics).toEqual([]);
    expect(recording!.count).toBeGreaterThan(1);
  });
});

describe('TypeScript in the documents', () => {
  const examples = filesOf('examples', '.ts');

  it('is that of examples/, each file once', () => {
    const texts = blocksOf('ts').map(({ text }) => `${text}\n`);
    expect(texts.sort()).toEqual(examples.map(read).sort());
  });

  afterEach(() => vi.restoreAllMocks());

  it.each(examples)('%s prints what its comments say', async (path) => {
    const printed: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => {
      printed.push(...format(...values).split('\n'));
    });
    await import(join(top, path));
    const lines = read(path).trimEnd().split('\n');
    const beside = lines.flatMap((line) => /console\.log\(.*\); \/\/ (.*)$/.exec(line)?.[1] ?? []);
    const below = lines.slice(lines.findLastIndex((line) => !line.startsWith('//')) + 1);
    expect(printed).toEqual([...beside, ...below.map((line) => line.slice(3))]);
    expect(printed.length + shown.length).toBeGreaterThan(0);
  });

  it('ends the eight lines of the README by showing the loss; another one shows a gradient', () => {
    const lines = readMarkdown(read('README.md')).fences[0].text.split('\n').filter(Boolean);
    expect([lines.length, lines.at(-1)]).toEqual([8, 'await show(loss);']);
    expect(shown.map(({ label }) => label)).toEqual(['loss', '∂y/∂x']);
  });
});

/** The words of a command line: bare, or in single quotes. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);

/** What a terminal shows while a `console` block is typed into it: the lines that begin with `$`, and their output. */
async function session(text: string): Promise<string> {
  let screen = '';
  let last = 0;
  for (const line of text.split('\n').filter((each) => each.startsWith('$ '))) {
    screen += `${line}\n`;
    if (line === '$ echo $?') {
      screen += `${last}\n`;
      continue;
    }
    const [, piped = '', call] = /^\$ (?:echo (.*?) \| )?backflow (.*)$/.exec(line)!;
    const { status, out, err } = await run(wordsOf(call), { folder: top, stdin: wordsOf(piped).join(' ') });
    screen += out + err;
    last = status;
  }
  return screen;
}

describe('command lines in the documents', () => {
  it.each(blocksOf('console'))('$place prints what it shows', async ({ text }) => {
    expect(`${text}\n`).toBe(await session(text));
  });

  it.each(['grad', 'steps', 'compare', 'graph', 'show', 'check', 'write', 'train', 'export', 'import'])(
    'the options of %s are listed',
    async (command) => {
      const rows = rowsWith('docs/command-line.md', 'option', 'of');
      const of = rows.filter((row) => codesIn(row.get('of')!).includes(command));
      const listed = of.map((row) => code(row, 'option').split(' ')[0]);
      const { out } = await run(['help', command]);
      const known = new Set(
        [...out.matchAll(/^ {2}(--.*?)(?: {2,}|$)/gm)].flatMap(([, head]) =>
          head.match(/--[a-z][a-z0-9-]*/g)!,
        ),
      );
      expect(listed.sort()).toEqual([...known].sort());
    },
  );
});

/** True if a path, whose last part may have a `*`, is there. */
function exists(path: string): boolean {
  if (!path.includes('*')) return existsSync(join(top, path));
  const folder = join(top, dirname(path));
  const [before, after] = basename(path).split('*');
  const fits = (name: string): boolean => name.startsWith(before) && name.endsWith(after);
  return existsSync(folder) && readdirSync(folder).some(fits);
}

/** True if a link of a page leads to a file, and to a heading in it if it names one. */
function leads(page: string, target: string): boolean {
  const [file, heading] = target.split('#');
  const path = file === '' ? page : relative(top, resolve(top, dirname(page), file));
  if (!existsSync(join(top, path))) return false;
  return heading === undefined || readMarkdown(read(path)).headings.map(slugOf).includes(heading);
}

describe.each([...PAGES, ...OTHERS])('%s', (page) => {
  const { lines } = readMarkdown(read(page));

  it('links to files and headings that exist', () => {
    const links = lines.flatMap(({ text, number }) => targetsIn(text).map((target) => ({ target, number })));
    const broken = links.filter(({ target }) => !/^[a-z]+:/.test(target) && !leads(page, target));
    expect(broken).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const folder = /^(?:apps|bench|docs|examples|packages|tests)\//;
    const paths = lines.flatMap(({ text }) => codesIn(text)).filter((span) => folder.test(span));
    expect(paths.filter((path) => !path.includes('/dist') && !exists(path))).toEqual([]);
  });

  it('names scripts and tests that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Record<string, string> };
    const known = new Set(Object.keys(scripts));
    const calls = [...read(page).matchAll(/npm (?:run (?:-s )?([\w:]+)|(start|test)\b)/g)];
    expect(calls.map(([, script, short]) => script ?? short).filter((name) => !known.has(name))).toEqual([]);
    const filters = [...read(page).matchAll(/npx vitest run (tests\/[\w/-]+)/g)].map(([, filter]) => filter);
    expect(filters.filter((filter) => !exists(`${filter}*`))).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  it('says of every script what it does and what it takes', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Record<string, string> };
    const listed = rowsWith('CONTRIBUTING.md', 'command', 'what it does', 'takes').map((row) =>
      code(row, 'command').replace(/^npm (?:run )?| --.*$/g, ''),
    );
    // `npm ci` runs `prepare`.
    const known = Object.keys(scripts).map((name) => (name === 'prepare' ? 'ci' : name));
    expect(listed.sort()).toEqual(known.sort());
  });
});

const dependenciesOf = (room: string): string[] => {
  const manifest = JSON.parse(read(`${room}/package.json`)) as { dependencies?: Record<string, string> };
  return Object.keys(manifest.dependencies ?? {});
};

describe('the map of the rooms', () => {
  const rooms = ['packages', 'apps'].flatMap((side) => filesOf(side, ''));
  const packages = rooms.filter((room) => room.startsWith('packages/')).map((room) => room.slice(9));
  const rows = rowsWith('README.md', 'room', 'may import');

  it('names every room', () => {
    expect(rows.map((row) => code(row, 'room')).sort()).toEqual(rooms.sort());
  });

  it.each(rows.map((row) => [code(row, 'room'), row.get('may import')!]))(
    '%s may import %s',
    (room, said) => {
      const used = dependenciesOf(room).filter((name) => name.startsWith('@backflow/'));
      const stated = said === 'nothing' ? [] : said === 'every package above' ? packages : said.split(', ');
      expect(used.map((name) => name.slice(10)).sort()).toEqual([...stated].sort());
    },
  );

  it('is followed by every library that a room uses', () => {
    const libraries = rooms.flatMap(dependenciesOf).filter((name) => !name.startsWith('@backflow/'));
    const words = libraries.map((name) => /^@?([a-z]+)/.exec(name)![1]);
    const text = read('README.md').toLowerCase();
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });
});

describe('README.md', () => {
  it('lists every document of examples/', () => {
    const listed = rowsWith('README.md', 'document').flatMap((row) => targetsIn(row.get('document')!));
    expect(listed.sort()).toEqual(filesOf('examples', '.md').sort());
  });

  it('counts what is measured', () => {
    const cases = JSON.parse(read('tests/cases/worked-examples.json')) as Record<string, object>[];
    const numbers = cases.flatMap((each) =>
      [each.expected, each.gradients].flatMap((of) => Object.keys(of ?? {})),
    );
    const text = read('README.md');
    expect(text).toContain(`${cases.length} published derivations, ${numbers.length} numbers`);
    expect(text).toContain(`at most ${FIRST_LOAD_LIMIT / 1000} kB gzip`);
    expect(text).toContain('10,000 random programs');
    expect(read('tests/engine/random-programs.test.ts')).toContain('const PROGRAMS = 10_000;');
  });
});
