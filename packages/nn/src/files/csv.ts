import Papa from 'papaparse';
import type { Dataset } from '../data/dataset.ts';
import { DataError } from './problem.ts';

/** What is read at most. */
export const CSV_LIMITS = {
  characters: 200_000_000,
  columns: 10_000,
  cells: 20_000_000,
  classes: 1_000,
} as const;

/** Whole numbers in the target column are classes if there are at most this many different ones … */
const FEW = 10;
/** … and each occurs this often, on average. */
const OFTEN = 2;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA = /^[+-]?(?:\d+,\d*|,\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity|∞)$/i;

/** How a table is to be read. */
export interface CsvOptions {
  /** For messages, and as the name of the data set. */
  readonly name: string;
  /** Name of the column to be predicted, or its number, from 1, where the columns have no names; null for the last. */
  readonly target?: string | null;
  /** What to learn, if not what the target column suggests. */
  readonly task?: Dataset['task'] | null;
}

/**
 * Examples from a table: a line each, cells between commas, semicolons, tabs or bars (whichever the first line has, in the order
 * tab, semicolon, bar, comma), quoted where they hold such a sign or a line break.
 *
 * - The first line names the columns if no cell of it is a number; else they are called 1, 2, …
 * - All columns but the target are inputs and hold finite numbers, with a decimal point. They are taken as they are: nothing is
 *   standardised, scaled, filled in or left out.
 * - The target, the last column or the named one, is a class where it is text. Numbers are classes too if they are whole, at most
 *   ten different ones, and each occurs twice on average (0 and 1, digits, grades); else they are what is to be predicted. `task`
 *   overrides that. Classes are in the order of their numbers, else of the codes of their letters.
 * - Blank lines and a byte order mark are skipped.
 *
 * @throws DataError with the line in the file: a hole, a line of another length, text or a decimal comma among the numbers, …
 */
export function datasetFromCsv(text: string, options: CsvOptions): Dataset {
  const file = options.name;
  if (text.length > CSV_LIMITS.characters) {
    throw tooLarge(file, 'characters', text.length);
  }
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const table = new Table(file, options.target ?? null);
  rowsOf(clean, file, (cells, line) => table.add(cells, line));
  return table.finish(options.task ?? null);
}

/** Goes through the rows, each with the line that it begins in; a quoted cell can hold line breaks. */
function rowsOf(text: string, file: string, take: (cells: string[], line: number) => void): void {
  let line = 1;
  let counted = 0;
  const lineAt = (index: number): number => {
    for (let at = text.indexOf('\n', counted); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) {
      line++;
    }
    counted = Math.max(counted, index);
    return line;
  };
  let start = 0;
  if (text === '') return;
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    newline: '\n',
    step: ({ data, errors, meta }) => {
      for (const error of errors) {
        const at = lineAt(error.index ?? start);
        if (error.code === 'MissingQuotes') throw new DataError({ kind: 'openQuote', file, line: at });
        throw new DataError({ kind: 'strayQuote', file, line: at });
      }
      const blank = data.length === 1 && data[0].trim() === '';
      if (!blank) take(data, lineAt(start));
      start = meta.cursor;
    },
  });
}

/** The first of tab, semicolon, bar and comma that the first line with text has outside quotation marks. */
function delimiterOf(text: string): string {
  const first = /[^\n]*\S[^\n]*/.exec(text)?.[0] ?? '';
  const bare = first.replace(/"(?:[^"]|"")*"/g, '');
  return ['\t', ';', '|', ','].find((sign) => bare.includes(sign)) ?? ',';
}

/** The rows so far, as numbers. */
class Table {
  readonly #file: string;
  readonly #wanted: string | null;
  #columns: string[] = [];
  #headerLine = 0;
  #target = -1;
  /** Inputs, row by row. */
  readonly #x: number[] = [];
  /** The cells of the target, with their lines. */
  readonly #y: string[] = [];
  readonly #lines: number[] = [];

  constructor(file: string, wanted: string | null) {
    this.#file = file;
    this.#wanted = wanted;
  }

  add(raw: readonly string[], line: number): void {
    const cells = raw.map((cell) => cell.trim());
    if (this.#target === -1) {
      const named = this.#begin(cells, line);
      if (named) return;
    }
    const file = this.#file;
    if (cells.length !== this.#columns.length) {
      throw new DataError({
        kind: 'cells',
        file,
        line,
        found: cells.length,
        expected: this.#columns.length,
      });
    }
    for (const [index, cell] of cells.entries()) {
      if (cell === '') throw new DataError({ kind: 'hole', file, line, column: this.#columns[index] });
      if (index !== this.#target) this.#x.push(this.#number(cell, line, index));
    }
    this.#y.push(cells[this.#target]);
    this.#lines.push(line);
    const read = this.#y.length * cells.length;
    if (read > CSV_LIMITS.cells) throw tooLarge(file, 'cells', read);
  }

  /** Columns and target from the first row; whether it was one of names. */
  #begin(cells: readonly string[], line: number): boolean {
    const file = this.#file;
    if (cells.length < 2) throw new DataError({ kind: 'oneColumn', file, line, found: cells[0] });
    if (cells.length > CSV_LIMITS.columns) throw tooLarge(file, 'columns', cells.length);
    const named = !cells.some((cell) => NUMBER.test(cell) || COMMA.test(cell) || NOT_FINITE.test(cell));
    this.#columns = named ? [...cells] : cells.map((_, index) => String(index + 1));
    this.#headerLine = line;
    const seen = new Set<string>();
    for (const [index, name] of this.#columns.entries()) {
      if (name === '' || seen.has(name)) {
        throw new DataError({ kind: 'header', file, line, column: index + 1, found: name });
      }
      seen.add(name);
    }
    const wanted = this.#wanted;
    this.#target = wanted === null ? cells.length - 1 : this.#columns.indexOf(wanted);
    if (this.#target === -1) {
      throw new DataError({ kind: 'target', file, line, found: wanted ?? '', expected: this.#columns });
    }
    return named;
  }

  #number(cell: string, line: number, index: number): number {
    const file = this.#file;
    const column = this.#columns[index];
    const found = excerpt(cell);
    if (NUMBER.test(cell)) {
      const number = Number(cell);
      if (Number.isFinite(number)) return number;
      throw new DataError({ kind: 'notFinite', file, line, column, found });
    }
    if (NOT_FINITE.test(cell)) throw new DataError({ kind: 'notFinite', file, line, column, found });
    if (COMMA.test(cell)) {
      throw new DataError({ kind: 'comma', file, line, column, found, expected: found.replace(',', '.') });
    }
    throw new DataError({ kind: 'text', file, line, column, found });
  }

  finish(task: Dataset['task'] | null): Dataset {
    const file = this.#file;
    const size = this.#y.length;
    if (this.#target === -1) throw new DataError({ kind: 'empty', file });
    if (size === 0) throw new DataError({ kind: 'headerOnly', file, line: this.#headerLine });
    const { y, classes } = this.#targets(task);
    return {
      name: file,
      size,
      inputs: this.#columns.length - 1,
      task: classes.length > 0 ? 'classification' : 'regression',
      x: Float64Array.from(this.#x),
      scale: 1,
      y,
      targets: 1,
      classes,
      columns: this.#columns.filter((_, index) => index !== this.#target),
      picture: null,
    };
  }

  /** What is wanted: numbers, or classes and their names. */
  #targets(task: Dataset['task'] | null): { y: Float64Array; classes: readonly string[] } {
    const cells = this.#y;
    const isNumber = (cell: string): boolean => [NUMBER, COMMA, NOT_FINITE].some((form) => form.test(cell));
    // A column that begins with a number has to go on with numbers, unless it is known to hold classes.
    const numeric = task === 'classification' ? cells.every(isNumber) : isNumber(cells[0]);
    if (!numeric && task !== 'regression') return this.#classes(cells, byText);
    const numbers = Float64Array.from(cells, (cell, i) => this.#number(cell, this.#lines[i], this.#target));
    if (task === 'regression') return { y: numbers, classes: [] };
    const whole = numbers.every((number) => Number.isSafeInteger(number));
    const different = new Set(numbers).size;
    const few = different <= FEW && different * OFTEN <= numbers.length;
    if (task === 'classification' && !whole) {
      const i = numbers.findIndex((number) => !Number.isSafeInteger(number));
      const column = this.#columns[this.#target];
      throw new DataError({
        kind: 'notIntegers',
        file: this.#file,
        line: this.#lines[i],
        column,
        found: excerpt(cells[i]),
      });
    }
    if (task !== 'classification' && !(whole && few)) return { y: numbers, classes: [] };
    return this.#classes(
      Array.from(numbers, (number) => String(number + 0)),
      (a, b) => Number(a) - Number(b),
    );
  }

  #classes(
    cells: readonly string[],
    order: (a: string, b: string) => number,
  ): { y: Float64Array; classes: readonly string[] } {
    const file = this.#file;
    const column = this.#columns[this.#target];
    const classes = [...new Set(cells)].sort(order);
    if (classes.length === 1) {
      throw new DataError({ kind: 'oneClass', file, column, found: excerpt(classes[0]) });
    }
    if (classes.length > CSV_LIMITS.classes) {
      throw new DataError({
        kind: 'classes',
        file,
        column,
        found: classes.length,
        expected: CSV_LIMITS.classes,
      });
    }
    const numberOf = new Map(classes.map((name, index) => [name, index]));
    return { y: Float64Array.from(cells, (cell) => numberOf.get(cell)!), classes };
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A cell as a message shows it. */
function excerpt(cell: string): string {
  return cell.length <= 40 ? cell : `${cell.slice(0, 39)}…`;
}

function tooLarge(file: string, what: 'characters' | 'columns' | 'cells', found: number): DataError {
  return new DataError({ kind: 'large', file, what, found, expected: CSV_LIMITS[what] });
}
