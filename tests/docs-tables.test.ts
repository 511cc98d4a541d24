import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { backward, kinksOf, OPERATIONS } from '@backflow/engine';
import { canonicalName, compile, FUNCTIONS, LIMITS, nodeNamed } from '@backflow/language';
import { en } from '@backflow/messages';
import { describe, expect, it } from 'vitest';
import { formula } from './language/notation.ts';
import { codesIn, readMarkdown, type Row } from './markdown.ts';

const read = (path: string): string => readFileSync(resolve(import.meta.dirname, '..', path), 'utf8');

/** Rows of all tables of a page that have these columns. */
function rowsWith(path: string, ...columns: string[]): Row[] {
  const rows = readMarkdown(read(path))
    .tables.filter((table) => columns.every((column) => table.columns.includes(column)))
    .flatMap((table) => [...table.rows]);
  if (rows.length === 0) throw new Error(`${path} has no table with the columns ${columns.join(', ')}.`);
  return rows;
}

/** The first code span of a cell. */
const code = (row: Row, column: string): string => codesIn(row.get(column)!)[0];

/** A number as people write it: `∞`, `NaN`, or a formula without names. */
function numberOf(text: string): number {
  if (text === 'NaN') return NaN;
  if (text.endsWith('∞')) return text.startsWith('−') ? -Infinity : Infinity;
  const { recording } = compile(`value = ${text}`);
  if (recording === null) throw new Error(`${text} is not a number.`);
  return recording.value[0];
}

describe('docs/language.md', () => {
  const page = 'docs/language.md';
  const values = new Map(['a', 'b', 'c', 'x', 'w1', 'x1'].map((name, i) => [name, i + 2]));

  it('lists every function with its other names, its arguments and what it does with vectors', () => {
    const stated = rowsWith(page, 'name', 'arguments', 'on vectors').map((row) =>
      [
        code(row, 'name'),
        codesIn(row.get('also')!).sort().join(),
        row.get('arguments'),
        row.get('on vectors'),
      ].join(': '),
    );
    const known = [...new Set(FUNCTIONS.values())].map((callee) => {
      const { name, least, most, takes } = callee;
      const names = [...FUNCTIONS].filter(([, other]) => other === callee).map(([other]) => other);
      const also = names.filter((other) => other !== name).sort();
      const count = most === Infinity ? `${least} or more` : least === most ? least : `${least} or ${most}`;
      return [name, also.join(), count, takes].join(': ');
    });
    expect(stated.sort()).toEqual(known.sort());
  });

  it.each(
    rowsWith(page, 'example', 'is read as').map((row) => [code(row, 'example'), code(row, 'is read as')]),
  )('%s is read as %s', (written, meant) => {
    const structure = (text: string): string =>
      formula(`result = ${text}`, { values }).replace('√2', 'sqrt(2)');
    expect(structure(written)).toBe(structure(meant));
  });

  it.each(
    rowsWith(page, 'sign').map((row) => [code(row, 'sign'), codesIn(row.get('also written')!)] as const),
  )('%s can be written %s', (sign, others) => {
    const given = (each: string): string =>
      formula(sign === '=' ? `y ${each} 2a` : `y = a ${each} b`, { values });
    expect(others.map(given)).toEqual(others.map(() => given(sign)));
  });

  it.each(
    rowsWith(page, 'name', 'what it is', 'also written').map(
      (row) => [code(row, 'name'), codesIn(row.get('also written')!)] as const,
    ),
  )('%s is also written %s', (name, others) => {
    const key = canonicalName(name);
    expect(key).not.toBeNull();
    expect(others.map(canonicalName)).toEqual(others.map(() => key));
  });

  it.each(
    rowsWith(page, 'program', 'what is said').map((row) => [code(row, 'program'), row.get('what is said')!]),
  )('%s: %s', (program, said) => {
    expect(compile(program).diagnostics.map((diagnostic) => diagnostic.message(en))).toEqual([said]);
  });

  it('states the limits', () => {
    const stated = rowsWith(page, 'at most').map((row) => Number(row.get('at most')!.replaceAll(',', '')));
    const { textLength, depth, nodes, edges, diagnostics } = LIMITS;
    expect(stated).toEqual([textLength, depth, nodes, edges, diagnostics]);
  });

  it('says rightly what is refused', () => {
    const given = 'x = 1, w = 2, L = 3, v = [1, 2]';
    const formulas =
      '1/2x;√2x;v*v;|v|;sin x;sin²(x);xy;∂L/∂w;dL/dw;\\frac{1}{2};x.sin();0,5;x ≈ 1;x === 2;x && w;' +
      'x if w;gelu(x);np.exp(x)';
    const programs = [...formulas.split(';').map((each) => `${given}, y = ${each}`), 'x = 1, f(x) = 2x'];
    expect(programs.filter((program) => compile(program).recording !== null)).toEqual([]);
  });
});

/** `x = 0, y = 2` as values by name. */
function pointOf(text: string): Map<string, number> {
  return new Map(
    text.split(', ').map((part) => {
      const [name, value] = part.split(' = ');
      return [name, numberOf(value)];
    }),
  );
}

/** Equal, counting NaN as equal to itself, but for a few units in the last place. */
const isSame = (found: number, expected: number): boolean =>
  Object.is(found, expected) || Math.abs(found - expected) <= 4 * Number.EPSILON * Math.abs(expected);

describe('docs/conventions.md', () => {
  const page = 'docs/conventions.md';
  const rows = rowsWith(page, 'formula', 'at', 'value', 'gradient');
  const compiled = (row: Row) =>
    compile(`result = ${code(row, 'formula')}`, { values: pointOf(row.get('at')!) });

  it.each(rows.map((row) => [code(row, 'formula'), row.get('at')!, row] as const))(
    '%s at %s',
    (_, at, row) => {
      const { recording, names } = compiled(row);
      const gradient = backward(recording!);
      const found = [...pointOf(at).keys()].map((name) => gradient[nodeNamed({ names }, name)!]);
      const stated = row.get('gradient')!.split(', ').map(numberOf);
      expect(found).toHaveLength(stated.length);
      expect(
        found.every((slope, i) => isSame(slope, stated[i])),
        `gradient ${found.join(', ')}`,
      ).toBe(true);
      const value = recording!.value[recording!.output];
      expect(isSame(value, numberOf(row.get('value')!)), `value ${value}`).toBe(true);
    },
  );

  it('shows plain forms that lose what the stable ones keep', () => {
    const forms = rowsWith(page, 'the plain form').map((row) => row.get('the plain form')!.split(' = '));
    const given = forms.map(([written]) => numberOf(codesIn(written)[0]));
    expect(given).toEqual(forms.map(([, value]) => numberOf(value)));
  });

  it('has a row or a word for every operation with a kink or without a slope', () => {
    const named = Object.values(OPERATIONS).filter(({ kinks, flat }) => kinks !== undefined || flat === true);
    const spans = codesIn(read(page)).map((span) => span.split('(')[0]);
    expect(named.map(({ name }) => name).filter((name) => !spans.includes(name))).toEqual([]);
  });

  it('applies rules 2 and 3, and its exceptions, to kinks', () => {
    const atKinks = rowsWith(page, 'formula', 'at', 'rule').filter((row) => !/[145]/.test(row.get('rule')!));
    const smooth = atKinks.filter((row) => {
      const kinks = kinksOf(compiled(row).recording!);
      return kinks.length === 0 || kinks.some(({ kink }) => kink.admissible === null);
    });
    expect(smooth.map((row) => code(row, 'formula'))).toEqual([]);
  });
});
