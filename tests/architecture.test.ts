import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

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
