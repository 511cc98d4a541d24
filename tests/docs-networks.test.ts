import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonicalName, nodeNamed } from '@backflow/language';
import { LINE_WORDS, standardCount } from '@backflow/language/network';
import { generate, GENERATED, LOSSES, OPTIMIZERS, parameterCount } from '@backflow/nn';
import { describe, expect, it } from 'vitest';
import { MOONS, read, said } from './language/network.ts';
import { codesIn, readMarkdown, targetsIn, type Row } from './markdown.ts';

const top = resolve(import.meta.dirname, '..');
const page = readFileSync(resolve(top, 'docs/networks.md'), 'utf8');
const { tables } = readMarkdown(page);

/** Rows of the table that has these columns first. */
function rowsOf(...columns: string[]): readonly Row[] {
  const table = tables.find((each) => columns.every((column, i) => each.columns[i] === column));
  if (table === undefined)
    throw new Error(`docs/networks.md has no table with the columns ${columns.join(', ')}.`);
  return table.rows;
}

const code = (row: Row, column: string): string => codesIn(row.get(column)!)[0];

/** What a table of options says: name, default, and the numbers and words of the range. */
const optionsIn = (column: string) =>
  rowsOf(column, 'default', 'range')
    .filter((row) => row.get(column) !== '(examples)')
    .map((row) => ({
      name: code(row, column),
      standards: codesIn(row.get('default')!),
      range: row.get('range')!,
    }));

describe.each([
  ['option of `mlp`', ['mlp']],
  ['option of data', [...GENERATED]],
  ['option of losses', [...LOSSES]],
  ['option of training', [...OPTIMIZERS]],
])('the table %s of docs/networks.md', (column, words) => {
  const stated = optionsIn(column);

  it('has every option', () => {
    const known = new Set(words.flatMap((word) => [...LINE_WORDS.get(word)!.options.keys()]));
    expect(stated.map(({ name }) => name).sort()).toEqual([...known].sort());
  });

  it.each(stated)(
    'says right what $name may be, and is where it is left out',
    ({ name, standards, range }) => {
      const options = words.flatMap((word) => LINE_WORDS.get(word)!.options.get(name) ?? []);
      const without = words.filter((word) => !LINE_WORDS.get(word)!.options.has(name));
      const named = codesIn(range);
      expect(named).toEqual(expect.arrayContaining(without));
      for (const { standard, number = {}, words: allowed = [] } of options) {
        const stated = standard === null || standards.length === 0 ? [String(standard)] : standards;
        expect(stated).toContain(String(standard));
        expect(named).toEqual(expect.arrayContaining([...allowed]));
        const bounds = [number.least, number.most, number.above, number.below].filter((x) => x !== undefined);
        expect(bounds.filter((bound) => !range.includes(String(bound)))).toEqual([]);
        expect(range.includes('whole')).toBe(number.whole === true);
      }
    },
  );
});

describe('docs/networks.md', () => {
  it('lists all data with what they are like', () => {
    const stated = rowsOf('data', 'examples').map((row) => [
      code(row, 'data'),
      ...['examples', 'noise', 'inputs', 'wanted'].map((column) => row.get(column)),
    ]);
    const known = GENERATED.map((kind) => {
      const noise = LINE_WORDS.get(kind)!.options.get('noise')!.standard as number;
      const { inputs, classes } = generate({ kind, count: 1, noise, seed: 1, validation: 0 });
      const wanted = classes.length === 0 ? 'a number' : `${classes.length} classes`;
      return [kind, String(standardCount(kind)), String(noise), String(inputs), wanted];
    });
    expect(stated).toEqual(known);
  });

  it('lists all losses, with the outputs that they are made for', () => {
    const rows = rowsOf('loss', 'of one example');
    expect(rows.map((row) => code(row, 'loss'))).toEqual([...LOSSES]);
    for (const row of rows) {
      const outputs = codesIn(row.get('outputs')!);
      for (const output of LINE_WORDS.get('mlp')!.options.get('output')!.words!) {
        const text = `net = mlp(2, 3, 2, output: ${output})\ndata = moons()\nloss = ${code(row, 'loss')}()`;
        const fits = outputs.length === 0 || outputs.includes(output);
        expect([text, read(text).recording !== null]).toEqual([text, fits]);
      }
    }
  });

  it('names nodes that are there', () => {
    const both = read(MOONS.replace('l2: 0.0001', 'l1: 0.1, l2: 0.1'));
    const names = rowsOf('name', 'what it is').flatMap((row) => codesIn(row.get('name')!));
    for (const name of names) expect([name, nodeNamed(read(MOONS), name)]).not.toEqual([name, null]);
    for (const name of ['λ_1', 'penalty_1', 'λ_2', 'penalty_2']) expect(nodeNamed(both, name)).not.toBeNull();
    expect(names.map(canonicalName)).not.toContain(null);
  });

  it('counts the parameters of digits', () => {
    expect(parameterCount({ sizes: [784, 16, 16, 10], bias: true })).toBe(13_002);
    expect(page).toContain('13,002 parameters');
  });

  it.each(rowsOf('program', 'what is said').map((row) => [code(row, 'program'), row.get('what is said')!]))(
    '%s: %s',
    (program, words) => {
      expect(said(program)).toEqual([words]);
    },
  );

  it('lists the documents that have a network, with its sizes', () => {
    const stated = rowsOf('document', 'network').map(
      (row) => `${targetsIn(row.get('document')!)[0]} ${row.get('network')!}`,
    );
    const files = readdirSync(resolve(top, 'examples')).filter((name) => name.endsWith('.md'));
    const known = files.flatMap((name) => {
      const { network } = read(readFileSync(resolve(top, 'examples', name), 'utf8'));
      return network === null ? [] : [`../examples/${name} ${network.network.sizes.join('-')}`];
    });
    expect(stated.sort()).toEqual(known.sort());
  });
});
