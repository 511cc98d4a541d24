import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { programParts } from '@backflow/language';

const folder = resolve(import.meta.dirname, '../../../examples');

/** The shipped examples that are documents. */
export const EXAMPLE_NAMES: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => basename(name, '.md'));

/** The program in a shipped example. */
export function programOfExample(name: string): string {
  const text = readFileSync(join(folder, `${name}.md`), 'utf8');
  return programParts(text)
    .regions.map(({ from, to }) => text.slice(from, to))
    .join('\n');
}
