import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codesIn, readMarkdown } from './markdown.ts';

const top = resolve(import.meta.dirname, '..');

/** What each room may import. An arrow that is not in this table does not exist. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'packages/engine': [],
  'packages/nn': ['@backflow/engine', 'papaparse', 'pbf'],
  'packages/messages': [],
  'packages/print': ['@backflow/engine'],
  'packages/language': ['@backflow/engine', '@backflow/messages', '@backflow/nn', '@backflow/print'],
  'packages/trace': ['@backflow/engine', '@backflow/messages', '@backflow/print'],
  'packages/graph': ['@backflow/engine', '@backflow/print', 'graphology'],
  'packages/notes': ['@backflow/engine', '@backflow/language', '@backflow/print'],
  'apps/cli': [
    '@backflow/engine',
    '@backflow/nn',
    '@backflow/messages',
    '@backflow/print',
    '@backflow/language',
    '@backflow/trace',
    '@backflow/graph',
    '@backflow/notes',
    'node:',
  ],
  'apps/web': [
    '@backflow/engine',
    '@backflow/nn',
    '@backflow/messages',
    '@backflow/print',
    '@backflow/language',
    '@backflow/trace',
    '@backflow/graph',
    '@backflow/notes',
    '@codemirror/',
    '@preact/signals',
    'graphology',
    'katex',
    'preact',
    'qr',
    'sigma',
    'valibot',
  ],
};

const IMPORT =
  /(?:^|[\s;])(?:import|export)\b[^'"();]*?from\s*['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]/g;

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3]);
}

const matches = (specifier: string, allowed: string): boolean =>
  specifier === allowed ||
  specifier.startsWith(allowed.endsWith('/') || allowed.endsWith(':') ? allowed : `${allowed}/`);

describe('the rooms', () => {
  it('are all in the table, and the table names no room that is gone', () => {
    const rooms = ['packages', 'apps'].flatMap((side) =>
      readdirSync(join(top, side)).map((name) => `${side}/${name}`),
    );
    expect(rooms.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    const source = join(top, room, 'src');

    it(`${room} imports only what it may`, () => {
      const wrong: string[] = [];
      for (const file of filesOf(source)) {
        for (const specifier of importsOf(file)) {
          const inside = specifier.startsWith('.')
            ? !relative(source, resolve(dirname(file), specifier.split('?')[0])).startsWith('..') ||
              (room === 'apps/web' && /^\.\..*\/examples\/[\w-]+\.(?:md|ts)(?:\?raw)?$/.test(specifier))
            : allowed.some((name) => matches(specifier, name));
          if (!inside) wrong.push(`${relative(top, file)} imports ${specifier}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    it(`${room} declares every package it imports, and imports every one it declares`, () => {
      const manifest = JSON.parse(readFileSync(join(top, room, 'package.json'), 'utf8')) as {
        dependencies?: Record<string, string>;
      };
      const nameOf = (specifier: string): string =>
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/');
      const used = new Set(
        filesOf(source)
          .flatMap(importsOf)
          .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
          .map(nameOf),
      );
      const typesOnly = new Set(['graphology-types']);
      const declared = Object.keys(manifest.dependencies ?? {}).filter((name) => !typesOnly.has(name));
      expect([...used].sort()).toEqual(declared.sort());
    });
  }
});

/** All files that a file brings with it, and the packages that these name. Types are gone by then, and do not count. */
function reachedFrom(entry: string): { files: string[]; packages: string[] } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    for (const match of text.matchAll(IMPORT)) {
      const specifier = match[1] ?? match[2] ?? match[3];
      if (/^\s*(?:import|export)\s+type\b/.test(match[0])) continue;
      if (specifier.startsWith('.')) files.add(resolve(dirname(file), specifier));
      else packages.add(specifier);
    }
  }
  return { files: [...files].map((file) => relative(top, file)), packages: [...packages].sort() };
}

describe('what is imported with what', () => {
  it('is no network with the language: only its entry for networks knows them', () => {
    const language = reachedFrom(join(top, 'packages/language/src/index.ts'));
    expect(language.files).toContain('packages/language/src/parser.ts');
    expect(language.files.filter((file) => file.includes('/network/'))).toEqual([]);
    expect(language.packages).toEqual(['@backflow/engine', '@backflow/print']);
    const networks = reachedFrom(join(top, 'packages/language/src/network/index.ts'));
    expect(networks.packages).toContain('@backflow/nn');
  });

  it.each([
    ['index.ts', []],
    ['files/index.ts', ['papaparse']],
    ['exchange/index.ts', ['pbf']],
  ])('is, with %s of nn, nothing from outside but %j', (entry, outside) => {
    const { packages } = reachedFrom(join(top, 'packages/nn/src', entry));
    expect(packages.filter((name) => name !== '@backflow/engine')).toEqual(outside);
  });
});

describe('the map of the rooms in the README', () => {
  const { tables } = readMarkdown(readFileSync(join(top, 'README.md'), 'utf8'));
  const [map] = tables.filter(({ columns }) => columns.includes('may import'));

  it('says of each room what it may import', () => {
    const all = Object.keys(MAY_IMPORT).filter((room) => room.startsWith('packages/'));
    const said = map.rows.map((row) => {
      const text = row.get('may import')!;
      const names = text.split(', ').map((name) => `packages/${name}`);
      const rooms = text === 'nothing' ? [] : text === 'every package above' ? all : names;
      return [codesIn(row.get('room')!)[0], rooms.sort()];
    });
    const held = Object.entries(MAY_IMPORT).map(([room, allowed]) => [
      room,
      all.filter((name) => allowed.includes(name.replace('packages/', '@backflow/'))).sort(),
    ]);
    expect(new Map(said as [string, string[]][])).toEqual(new Map(held as [string, string[]][]));
  });
});

describe('the import reader', () => {
  it('sees static, side-effect, type, re-exporting and dynamic imports', () => {
    const text = [
      "import { a } from 'one';",
      "import type { B } from 'two';",
      "export { c } from 'three';",
      "import 'four';",
      "const d = await import('five');",
      "import {\n  e,\n} from 'six';",
    ].join('\n');
    expect([...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3])).toEqual([
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
    ]);
  });
});
