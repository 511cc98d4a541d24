import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkNotes, MISTAKE_IDS, type NoteVerdict } from '@backflow/notes';
import { describe, expect, it } from 'vitest';
import { codesIn, readMarkdown, type Row } from './markdown.ts';

const page = readFileSync(resolve(import.meta.dirname, '../docs/notes.md'), 'utf8');
const { fences, tables } = readMarkdown(page);
const programs = fences.filter(({ language }) => language === 'backflow').map(({ text }) => text);

/** The program of the tables of lines, and those that the table of slips calls by name. */
const [SUBJECT, NEURON, LAYERS] = programs;

const MARKS: ReadonlyMap<string, NoteVerdict> = new Map([
  ['✓', 'right'],
  ['≈', 'rounded'],
  ['↳', 'follows'],
  ['✗', 'wrong'],
  ['?', 'unknown'],
]);
const verdictsOf = (marks: string): (NoteVerdict | undefined)[] =>
  marks.split(/\s+/).map((mark) => MARKS.get(mark));

/** Rows of the tables that have exactly these columns. */
const rowsWith = (...columns: string[]): Row[] =>
  tables.filter((table) => table.columns.join() === columns.join()).flatMap((table) => [...table.rows]);

const document = (program: string, notes: string): string =>
  program === '' ? notes : `\`\`\`backflow\n${program}\n\`\`\`\n\n${notes}\n`;

/** The code in a cell, where it has any, else its text. */
const codeOr = (row: Row, column: string): string => codesIn(row.get(column)!)[0] ?? row.get(column)!;

describe('docs/notes.md', () => {
  it.each(rowsWith('line', 'mark').map((row) => [codeOr(row, 'line'), row.get('mark')!]))(
    '%s is %s',
    (line, mark) => {
      const { claims } = checkNotes(document(SUBJECT, line));
      expect(claims.map(({ verdict }) => verdict)).toEqual(verdictsOf(mark));
    },
  );

  it.each(
    fences.filter(({ language }) => language === 'notes').map(({ text, line }) => [line, text] as const),
  )('the notes of line %i have the marks that stand behind them', (_, text) => {
    const marked = text.split('\n').map((line) => {
      const found = /^(.*?)\s{3,}((?:[✓≈↳✗?] ?)+)((?: ?[a-z-]+)*)$/u.exec(line);
      return { line: found?.[1] ?? line, marks: found?.[2].trim() ?? '', ids: found?.[3].trim() ?? '' };
    });
    const notes = marked.map(({ line }) => line).join('\n');
    const table = notes.startsWith('|');
    const { claims } = checkNotes(table ? document(SUBJECT, notes) : notes);
    const offset = table ? document(SUBJECT, '').split('\n').length - 2 : 0;
    for (const [index, { marks, ids }] of marked.entries()) {
      if (marks === '') continue;
      const found = claims.filter(({ line }) => line === index + 1 + offset);
      expect([index, ...found.map(({ verdict }) => verdict)]).toEqual([index, ...verdictsOf(marks)]);
      const named = found.flatMap(({ verdict, mistakes }) =>
        verdict === 'wrong' ? mistakes.slice(0, 2).map(({ id }): string => id) : [],
      );
      expect(named.filter((id) => id === ids)).toEqual(ids === '' ? [] : [ids]);
    }
  });

  const slips = rowsWith('id', 'program', 'claim');

  it.each(slips.map((row) => [codeOr(row, 'id'), codeOr(row, 'program'), codeOr(row, 'claim')]))(
    'names %s in %s: %s',
    (id, program, claim) => {
      const text = program === 'neuron' ? NEURON : program === 'layers' ? LAYERS : program;
      const { claims } = checkNotes(document(text, claim.replaceAll('; ', '\n')));
      const wrong = claims.filter(({ verdict }) => verdict === 'wrong');
      expect(wrong.length).toBeGreaterThan(0);
      expect(wrong[0].mistakes.slice(0, 2).map((mistake) => mistake.id)).toContain(id);
    },
  );

  it('lists every slip once', () => {
    const noSlips = ['rounded-too-early', 'truncated', 'opposite-convention'];
    const listed = slips.map((row) => codeOr(row, 'id'));
    expect([...listed, ...noSlips].sort()).toEqual([...MISTAKE_IDS].sort());
    for (const id of noSlips) expect(page).toContain(`\`${id}\``);
  });

  it.each(rowsWith('line', 'declares').map((row) => [codeOr(row, 'line')]))('%s is no claim', (line) => {
    expect(checkNotes(document(SUBJECT, line)).claims).toEqual([]);
  });
});
