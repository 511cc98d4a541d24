/**
 * What is wrong with a file of data: which file, where in it, what was found and what was expected. Lines and columns count from
 * 1, bytes from 0. It can be sent to a worker, and said in any language.
 */
export type DataProblem =
  /** A text without a row, or pictures without a picture. */
  | { readonly kind: 'empty'; readonly file: string }
  /** A header, and nothing under it. */
  | { readonly kind: 'headerOnly'; readonly file: string; readonly line: number }
  /** There has to be an input besides the target. */
  | { readonly kind: 'oneColumn'; readonly file: string; readonly line: number; readonly found: string }
  /** Names of columns that are missing or given twice. */
  | {
      readonly kind: 'header';
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly found: string;
    }
  | {
      readonly kind: 'cells';
      readonly file: string;
      readonly line: number;
      readonly found: number;
      readonly expected: number;
    }
  | { readonly kind: 'hole'; readonly file: string; readonly line: number; readonly column: string }
  | {
      readonly kind: 'text';
      readonly file: string;
      readonly line: number;
      readonly column: string;
      readonly found: string;
    }
  | {
      readonly kind: 'comma';
      readonly file: string;
      readonly line: number;
      readonly column: string;
      readonly found: string;
      readonly expected: string;
    }
  | {
      readonly kind: 'notFinite';
      readonly file: string;
      readonly line: number;
      readonly column: string;
      readonly found: string;
    }
  | { readonly kind: 'openQuote'; readonly file: string; readonly line: number }
  | { readonly kind: 'strayQuote'; readonly file: string; readonly line: number }
  | {
      readonly kind: 'target';
      readonly file: string;
      readonly line: number;
      readonly found: string;
      readonly expected: readonly string[];
    }
  | { readonly kind: 'oneClass'; readonly file: string; readonly column: string; readonly found: string }
  | {
      readonly kind: 'classes';
      readonly file: string;
      readonly column: string;
      readonly found: number;
      readonly expected: number;
    }
  | {
      readonly kind: 'notIntegers';
      readonly file: string;
      readonly column: string;
      readonly line: number;
      readonly found: string;
    }
  /** More than is read at once; `what` is counted. */
  | {
      readonly kind: 'large';
      readonly file: string;
      readonly what: 'characters' | 'columns' | 'cells';
      readonly found: number;
      readonly expected: number;
    }
  /** The first four bytes say what an IDX file holds. */
  | {
      readonly kind: 'magic';
      readonly file: string;
      readonly byte: number;
      readonly found: number;
      readonly expected: number;
    }
  /** Packed with gzip: not unpacked yet, or it cannot be. */
  | { readonly kind: 'packed'; readonly file: string; readonly byte: number }
  /** The file ends at `found` bytes; its head, or what it says, asks for `expected`. */
  | {
      readonly kind: 'short';
      readonly file: string;
      readonly byte: number;
      readonly found: number;
      readonly expected: number;
    }
  | {
      readonly kind: 'long';
      readonly file: string;
      readonly byte: number;
      readonly found: number;
      readonly expected: number;
    }
  /** A picture of no pixels, or of more than are read. */
  | {
      readonly kind: 'pixels';
      readonly file: string;
      readonly byte: number;
      readonly width: number;
      readonly height: number;
      readonly expected: number;
    }
  | {
      readonly kind: 'count';
      readonly file: string;
      readonly byte: number;
      readonly found: number;
      readonly expected: number;
      readonly images: string;
    }
  | {
      readonly kind: 'label';
      readonly file: string;
      readonly byte: number;
      readonly found: number;
      readonly expected: number;
    }
  /** Bytes that are no text. */
  | { readonly kind: 'binary'; readonly file: string };

/** A file of data that cannot be taken; `data` says it in parts, for a text in another language. */
export class DataError extends Error {
  /** Tells it from other errors, also where it was sent from a worker. */
  override readonly name = 'DataError';
  /** The same as data, to be said in any language. */
  readonly data: DataProblem;

  constructor(data: DataProblem) {
    super(sentence(data));
    this.data = data;
  }
}

const hex = (magic: number): string => `0x${magic.toString(16).padStart(8, '0')}`;
const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Where it is: the file, and the line or the byte in it. */
function placeOf(problem: DataProblem): string {
  if ('line' in problem) return `${problem.file}, line ${problem.line}`;
  if ('byte' in problem) return `${problem.file}, byte ${problem.byte}`;
  return problem.file;
}

function sentence(problem: DataProblem): string {
  return `${placeOf(problem)}: ${said(problem)}`;
}

function said(problem: DataProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'there is nothing in it; examples were expected.';
    case 'headerOnly':
      return 'the names of the columns, and no line of numbers after them.';
    case 'oneColumn':
      return `one column was found, “${problem.found}”; at least one input and the target were expected, separated by commas, semicolons or tabs.`;
    case 'header':
      return problem.found === ''
        ? `column ${problem.column} has no name; the first line has text, so it was read as the names of the columns.`
        : `column ${problem.column} has the name “${problem.found}” of another column; each was expected to have its own.`;
    case 'cells':
      return `${counted(problem.found, 'cell')} found, ${problem.expected} expected.`;
    case 'hole':
      return `nothing in column “${problem.column}”; a value was expected. Fill it in or remove the line.`;
    case 'text':
      return `“${problem.found}” found in column “${problem.column}”; a number was expected.`;
    case 'comma':
      return `“${problem.found}” found in column “${problem.column}”; a decimal point was expected, as in ${problem.expected}.`;
    case 'notFinite':
      return `“${problem.found}” found in column “${problem.column}”; a finite number was expected.`;
    case 'openQuote':
      return 'the quotation mark that opens here is never closed.';
    case 'strayQuote':
      return 'a quotation mark in a quoted cell; two of them were expected in its place.';
    case 'target':
      return `there is no column “${problem.found}”; expected one of ${problem.expected.map((name) => `“${name}”`).join(', ')}.`;
    case 'oneClass':
      return `every example is of the class “${problem.found}” in column “${problem.column}”; at least two classes were expected.`;
    case 'classes':
      return `${problem.found} classes found in column “${problem.column}”; at most ${problem.expected} were expected.`;
    case 'notIntegers':
      return `“${problem.found}” found in column “${problem.column}”, which is to be read as classes; whole numbers or text were expected.`;
    case 'large':
      return `${problem.found} ${problem.what} found; at most ${problem.expected} were expected.`;
    case 'magic':
      return `the file begins with ${hex(problem.found)}; ${hex(problem.expected)} was expected (IDX, ${problem.expected === 0x803 ? 'pictures of bytes' : 'labels of bytes'}).`;
    case 'packed':
      return 'the file is packed with gzip and could not be unpacked; it may be cut short.';
    case 'short':
      return `the file ends after ${counted(problem.found, 'byte')}; ${problem.expected} were expected.`;
    case 'long':
      return `the file goes on to ${counted(problem.found, 'byte')}; ${problem.expected} were expected.`;
    case 'pixels':
      return `pictures of ${problem.width} × ${problem.height} pixels found; 1 to ${problem.expected} pixels were expected.`;
    case 'count':
      return `${counted(problem.found, 'label')} found; ${problem.expected} were expected, as many as there are pictures in ${problem.images}.`;
    case 'label':
      return `the label ${problem.found} found; a class from 0 to ${problem.expected} was expected.`;
    case 'binary':
      return 'its bytes are no text in UTF-8; a table of text was expected.';
  }
}
