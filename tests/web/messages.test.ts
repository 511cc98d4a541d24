import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { panelsDe, panelsEn } from '@backflow/messages';
import { de, en } from './texts.ts';

const folder = join(import.meta.dirname, '../../apps/web/src');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

/** Texts that are picked by a value and not by their name; the compiler checks that there is one for each. */
const CHOSEN =
  /^\.(commands|commandGroups|examples|menu\.themes|menu\.languages|transport\.phases|transport\.granularities|notices\.link|table\.orders|inspector\.words)/;

/** The last names of all texts of a section, with where they stand. */
function leaves(texts: object, path = ''): { path: string; name: string; text: unknown }[] {
  return Object.entries(texts).flatMap(([name, text]: [string, unknown]) =>
    typeof text === 'object' && text !== null
      ? leaves(text, `${path}.${name}`)
      : [{ path: `${path}.${name}`, name, text }],
  );
}

describe.each([
  ['page', en.page, de.page],
  ['panels', panelsEn, panelsDe],
])('the texts of the %s', (_of, english, german) => {
  it('are all used', () => {
    const unused = leaves(english)
      .filter(({ path }) => !CHOSEN.test(path))
      .filter(({ name }) => !new RegExp(`\\.${name}\\b`).test(sources))
      .map(({ path }) => path);
    expect(unused).toEqual([]);
  });

  it('are all there in German, with the same parameters', () => {
    const shape = (texts: object): string[] =>
      leaves(texts).map(({ path, text }) => (typeof text === 'function' ? `${path}(${text.length})` : path));
    expect(shape(german)).toEqual(shape(english));
  });

  it('are never empty', () => {
    for (const texts of [english, german]) {
      expect(leaves(texts).filter(({ text }) => typeof text === 'string' && text.trim() === '')).toEqual([]);
    }
  });
});
