import type { Span } from '@backflow/language';
import type { Chain, Member } from '../sheet.ts';
import type { DerivativeTerm, Term } from '../term.ts';
import type { Canvas } from './canvas.ts';
import { COLUMN } from './canvas.ts';
import { headingOf, isElided, isNumber, isRuler, lineOf } from './cells.ts';
import type { Cell, Heading, Line } from './cells.ts';
import { readFormula } from './formula.ts';
import type { Row } from './page.ts';
import { printoutOf } from './printouts.ts';

interface TableReader {
  readonly text: string;
  readonly names: ReadonlySet<string>;
  readonly chains: Chain[];
  /** Rows that were cut into cells, by their position. */
  readonly lines: Map<number, Line | null>;
}

/** A table's rows beyond this are read as a table of their own, or as text. */
const ROWS_READ = 2000;
/** A table whose rows are headed `value` and `gradient` has few rows. */
const TRANSPOSED_ROWS = 6;

/** The chains that tables and printouts make, one for each cell, and the rows that are left. */
export function readTables(
  canvas: Canvas,
  rows: readonly Row[],
  names: ReadonlySet<string>,
): { readonly chains: readonly Chain[]; readonly rows: readonly Row[] } {
  const left: Row[] = [];
  const reader: TableReader = { text: canvas.text(), names, chains: [], lines: new Map() };
  for (let i = 0; i < rows.length;) {
    const length = readTable(reader, canvas, rows, i);
    if (length > 0) {
      i += length;
      continue;
    }
    const row = rows[i++];
    const printed = printoutOf(reader.text, canvas.source, row, rows[i]);
    if (printed !== null) {
      const shown = { ...reader, text: printed.inRemark ? canvas.source : reader.text };
      for (const { subject, value } of printed.claims) cell(shown, subject, value);
      i += printed.more;
      continue;
    }
    if (isRuler(reader.text.slice(row.from, row.to)) && reader.text.slice(row.from, row.to).includes('|'))
      continue;
    if (reader.text[row.from] === '|' && reader.text[row.to - 1] === '|' && lineOf(canvas, row) !== null)
      paintPipes(canvas, row);
    left.push(row);
  }
  return { chains: reader.chains, rows: left };
}

function paintPipes(canvas: Canvas, row: Row): void {
  for (
    let at = canvas.source.indexOf('|', row.from);
    at >= 0 && at < row.to;
    at = canvas.source.indexOf('|', at + 1)
  ) {
    canvas.blank(at, at + 1);
    // `| v₁ = ln x | = 0.693 |`: the next cell goes on.
    if (!/^\s*(?:[=≈≃≤≥<>]|\\(?:approx|leq?|geq?)(?![a-z]))/.test(canvas.source.slice(at + 1, at + 12)))
      canvas.mark(at, COLUMN);
  }
}

/** Reads the table that begins with the row at `first`; gives the number of its rows, 0 if it is none. */
function readTable(reader: TableReader, canvas: Canvas, rows: readonly Row[], first: number): number {
  const head = lineAt(reader, canvas, rows, first);
  if (head === null) return 0;
  const headings = head.cells.map(headingOf);
  if (head.ruled === 'commas' && headings.includes(null)) return 0;
  const kinds = headings.map((heading) => heading?.kind);
  const averaged = kinds.some((kind) => kind === 'mean' || kind === 'sum');
  const told = kinds.some((kind) => kind === 'value' || kind === 'gradient' || kind === 'formula');
  const body: Line[] = [];
  const most = averaged || told ? ROWS_READ : TRANSPOSED_ROWS;
  let at = first + 1;
  for (; at < rows.length && !rows[at].apart && body.length < most; at++) {
    if (isRuler(reader.text.slice(rows[at].from, rows[at].to))) continue;
    const line = lineAt(reader, canvas, rows, at);
    if (line === null || line.ruled !== head.ruled) break;
    body.push(line);
  }
  if (body.length === 0) return 0;
  if (averaged) readAverages(reader, headings, body);
  else if (told && tellsNames(reader, headings, body)) readColumns(reader, headings, body);
  else if (body.slice(0, TRANSPOSED_ROWS).some((line) => isTold(headingOf(line.cells[0]))))
    readTransposed(reader, head, body);
  else if (!readTotals(reader, body)) return 0;
  return at - first;
}

function lineAt(reader: TableReader, canvas: Canvas, rows: readonly Row[], at: number): Line | null {
  const known = reader.lines.get(at);
  if (known !== undefined) return known;
  const line = lineOf(canvas, rows[at]);
  reader.lines.set(at, line);
  return line;
}

function isTold(heading: Heading | null): boolean {
  return heading?.kind === 'value' || heading?.kind === 'gradient';
}

/** In aligned columns the first cells must be names, not words of a sentence. */
function tellsNames(
  reader: TableReader,
  headings: readonly (Heading | null)[],
  body: readonly Line[],
): boolean {
  const column = nameColumn(headings);
  return body.some(
    (line) => line.cells[column] !== undefined && formula(reader, line.cells[column]) !== null,
  );
}

function nameColumn(headings: readonly (Heading | null)[]): number {
  const named = headings.findIndex((heading) => heading?.kind === 'name');
  if (named >= 0) return named;
  return Math.max(
    0,
    headings.findIndex((heading) => heading === null || heading.kind === 'other'),
  );
}

/** One node in each row. */
function readColumns(
  reader: TableReader,
  headings: readonly (Heading | null)[],
  body: readonly Line[],
): void {
  const column = nameColumn(headings);
  const totals: Cell[][] = headings.map(() => []);
  for (const { cells } of body) {
    const named = cells[column];
    if (named === undefined) continue;
    const total = headingOf(named)?.kind;
    const name = total === 'sum' || total === 'mean' ? null : formula(reader, named);
    for (const [k, heading] of headings.entries()) {
      const value = cells[k];
      if (k === column || value === undefined || heading === null) continue;
      if (total === 'sum' || total === 'mean') {
        if (totals[k].length > 1 && isNumber(value.text))
          cell(reader, aggregate(reader, total, totals[k]), value);
        continue;
      }
      const number = withoutSign(value);
      if (isNumber(number.text)) totals[k].push(number);
      if (name === null) continue;
      const subject = subjectOf(reader, heading, name);
      if (subject !== null) cell(reader, subject, value);
    }
  }
}

/** One node in each column; the rows are headed `value` and `gradient`. */
function readTransposed(reader: TableReader, head: Line, body: readonly Line[]): void {
  const names = head.cells.map((one, k) =>
    k === 0 && headingOf(one) !== null ? null : formula(reader, one),
  );
  const shift = body.every((line) => line.cells.length === head.cells.length + 1) ? 1 : 0;
  for (const { cells } of body) {
    const heading = headingOf(cells[0]);
    if (heading === null) continue;
    for (let k = 1; k < cells.length; k++) {
      const name = names[k - shift];
      const subject = name === null || name === undefined ? null : subjectOf(reader, heading, name);
      if (subject !== null) cell(reader, subject, cells[k]);
    }
  }
}

/** Rows of numbers with their mean or total at the end. */
function readAverages(
  reader: TableReader,
  headings: readonly (Heading | null)[],
  body: readonly Line[],
): void {
  for (const { cells } of body) {
    for (const [k, heading] of headings.entries()) {
      const value = cells[k];
      if (value === undefined || !isNumber(value.text)) continue;
      if (heading?.kind !== 'mean' && heading?.kind !== 'sum') continue;
      const others = cells.slice(0, k).filter((one) => isNumber(one.text) || isElided(one.text));
      if (others.filter((one) => isNumber(one.text)).length > 1)
        cell(reader, aggregate(reader, heading.kind, others), value);
    }
  }
}

/** Columns of numbers with their mean or total below. False where there is none. */
function readTotals(reader: TableReader, body: readonly Line[]): boolean {
  const last = body.findIndex(({ cells }, i) => i > 1 && isAggregate(headingOf(cells[0])));
  if (last < 0) return false;
  const { kind } = headingOf(body[last].cells[0])!;
  for (let k = 1; k < body[last].cells.length; k++) {
    const value = body[last].cells[k];
    const others = body
      .slice(0, last)
      .flatMap(({ cells }) => (cells[k] === undefined ? [] : [withoutSign(cells[k])]));
    if (isNumber(withoutSign(value).text) && others.length > 1 && others.every((one) => isNumber(one.text)))
      cell(reader, aggregate(reader, kind as 'mean' | 'sum', others), value);
  }
  return true;
}

function isAggregate(heading: Heading | null): boolean {
  return heading?.kind === 'mean' || heading?.kind === 'sum';
}

/** `≈ 4.00` without its sign. */
function withoutSign(one: Cell): Cell {
  const length = /^[≈=~]\s*/.exec(one.text)?.[0].length ?? 0;
  return { text: one.text.slice(length), from: one.from + length, to: one.to };
}

function aggregate(reader: TableReader, operation: 'mean' | 'sum', cells: readonly Cell[]): Term {
  const span: Span = { from: cells[0].from, to: cells[cells.length - 1].to };
  const of = cells.map((one): Term => formula(reader, one) ?? { kind: 'elided', from: one.from, to: one.to });
  return { kind: 'apply', operation, of, ...span };
}

function subjectOf(reader: TableReader, heading: Heading, name: Term): Term | null {
  if (heading.kind === 'value' || heading.kind === 'formula') return name;
  if (heading.kind !== 'gradient' || (name.kind !== 'name' && name.kind !== 'apply')) return null;
  const span = { from: name.from, to: name.to };
  const derivative = (of: Term | null, by: Term): DerivativeTerm => ({
    kind: 'derivative',
    of,
    by,
    order: 1,
    at: [],
    ...span,
  });
  if (heading.by !== null) {
    const by = readFormula(reader.text, heading.by, reader.names);
    return 'term' in by ? derivative(name, by.term) : null;
  }
  if (heading.of === null) return derivative(null, name);
  const of = readFormula(reader.text, heading.of, reader.names);
  return 'term' in of ? derivative(of.term, name) : null;
}

function formula(reader: TableReader, one: Span): Term | null {
  if (one.from === one.to) return null;
  const reading = readFormula(reader.text, one, reader.names);
  return 'term' in reading ? reading.term : null;
}

/** The chain of one cell. */
function cell(reader: TableReader, subject: Term, value: Span): void {
  const written = reader.text.slice(value.from, value.to);
  const sign = /^\s*(?:≈|~=|~|≃|=|\\approx)\s*/.exec(written);
  const span = { from: value.from + (sign?.[0].length ?? 0), to: value.to };
  if (/^[-–—−\s/]*$/.test(reader.text.slice(span.from, span.to))) return;
  const reading = readFormula(reader.text, span, reader.names);
  if (!('term' in reading)) return;
  const relation = sign === null || sign[0].trim() === '=' ? '=' : '≈';
  const member: Member = {
    ...span,
    relation,
    term: reading.term,
    alternatives: reading.alternatives,
    problem: null,
  };
  reader.chains.push({ ...value, subject, members: [member], at: [], remark: '', layout: 'cell' });
}
