import type { Term } from '../term.ts';
import type { Reader } from './reader.ts';

/** `(a + b)`, `(1, 2)`, `[1, 2]`, `[[1, 2], [3, 4]]`, `[0.1 0.2]`, `[1 2; 3 4]`. */
export function bracketAt(reader: Reader): Term {
  const open = reader.at;
  const token = reader.peek()!;
  const closing = reader.closingOf(open);
  if (closing < 0 || closing >= reader.limit) {
    reader.at = reader.limit;
    reader.fail('cut-off');
  }
  const square = token.kind === 'bracket' && token.symbol === '[';
  const { from } = token;
  const { to } = reader.tokens[closing];
  const rows = reader.within(open + 1, closing, closing + 1, () =>
    rowsOf(reader, square && isColumns(reader, open, closing)),
  );
  if (rows.length === 1 && rows[0].length === 1 && !(square && rows[0][0].kind === 'list')) {
    return { ...rows[0][0], from, to };
  }
  const lists = rows.map((items): Term => ({
    kind: 'list',
    items,
    from: items[0].from,
    to: items.at(-1)!.to,
  }));
  return rows.length === 1 ? { ...lists[0], from, to } : { kind: 'list', items: lists, from, to };
}

function rowsOf(reader: Reader, columns: boolean): Term[][] {
  const rows: Term[][] = [[]];
  for (;;) {
    rows.at(-1)!.push(columns ? reader.factor() : reader.comparison());
    const separator = reader.peek();
    if (separator === undefined) return rows;
    if (separator.kind === 'separator') {
      reader.at++;
      if (reader.peek() === undefined) return rows;
      if (separator.symbol === ';') rows.push([]);
    } else if (!columns) reader.fail();
  }
}

/** True where numbers stand side by side without commas, as numpy prints them. */
function isColumns(reader: Reader, open: number, closing: number): boolean {
  let values = 0;
  for (let i = open + 1; i < closing; i++) {
    const token = reader.tokens[i];
    if (token.kind === 'separator' && token.symbol === ',') return false;
    if (token.kind === 'bracket' && token.symbol === '[') {
      i = reader.closingOf(i);
      if (i < 0) return false;
      values++;
    } else if (token.kind === 'number') values++;
    else if (token.kind === 'operator' && (token.symbol === '-' || token.symbol === '+')) {
      const number = reader.tokens[i + 1];
      if (number?.kind !== 'number' || number.spaced || (!token.spaced && i > open + 1)) return false;
    } else if (token.kind !== 'ellipsis' && token.kind !== 'separator') return false;
  }
  return values > 1;
}

/** A matrix or cases between `\begin` and `\end`. */
export function blockAt(reader: Reader): Term {
  const open = reader.at;
  const token = reader.peek()!;
  const closing = reader.closingOf(open);
  if (closing < 0 || closing >= reader.limit) {
    reader.at = reader.limit;
    reader.fail('cut-off');
  }
  const cells = cellsOf(reader, open, closing);
  const { from } = token;
  const { to } = reader.tokens[closing];
  const cases = token.kind === 'structure' && token.structure === 'cases';
  if (cases) {
    const branches = cells.map((row) => branchOf(reader, row));
    reader.at = closing + 1;
    return { kind: 'cases', branches, from, to };
  }
  const rows = cells.map((row) =>
    row
      .filter(([start, end]) => start < end)
      .map(([start, end]) => reader.within(start, end, end, () => reader.sum())),
  );
  reader.at = closing + 1;
  const filled = rows.filter((row) => row.length > 0);
  if (filled.length === 0) reader.fail();
  // A column is a vector, and so is a single row.
  if (filled.every((row) => row.length === 1)) {
    return { kind: 'list', items: filled.map(([item]) => item), from, to };
  }
  const lists = filled.map((items): Term => ({
    kind: 'list',
    items,
    from: items[0].from,
    to: items.at(-1)!.to,
  }));
  return lists.length === 1 ? { ...lists[0], from, to } : { kind: 'list', items: lists, from, to };
}

type Cell = readonly [from: number, to: number];

function cellsOf(reader: Reader, open: number, closing: number): Cell[][] {
  const rows: Cell[][] = [[]];
  let start = open + 1;
  const end = (index: number): void => {
    rows.at(-1)!.push([start, index]);
    start = index + 1;
  };
  for (let i = open + 1; i < closing; i++) {
    const token = reader.tokens[i];
    const inner = token.kind === 'bracket' || token.kind === 'structure' ? reader.closingOf(i) : -1;
    if (inner >= 0) i = inner;
    else if (token.kind === 'layout' && token.layout === 'cell') end(i);
    else if (token.kind === 'layout' && token.layout === 'row') {
      end(i);
      rows.push([]);
    }
  }
  end(closing);
  return rows.filter((row) => row.some(([from, to]) => from < to));
}

const OTHERWISE = /^\s*,?\s*(?:otherwise|else|elsewhere|sonst|sinon|other)\b/i;
const WHEN = /^(?:if|when|for|where|wenn|falls|für|si|pour)$/i;

function branchOf(
  reader: Reader,
  row: readonly Cell[],
): { readonly value: Term; readonly condition: Term | null } {
  const cells = row.filter(([from, to]) => from < to);
  const [start, first] = cells[0];
  let end = first;
  let condition: Cell | null = cells[1] ?? null;
  if (condition === null) {
    // One cell: the condition begins behind a comma or a word.
    for (let i = start; i < end && condition === null; i++) {
      const token = reader.tokens[i];
      const splits =
        (token.kind === 'separator' && i > start) ||
        token.kind === 'words' ||
        (token.kind === 'name' && (WHEN.test(token.key) || OTHERWISE.test(token.key)));
      if (splits) {
        condition = [i, end];
        end = i;
      }
    }
  }
  if (end > start && reader.tokens[end - 1].kind === 'separator') end--;
  const value = reader.within(start, end, end, () => reader.sum());
  return { value, condition: condition === null ? null : conditionOf(reader, condition) };
}

/** What stands behind a branch; null for "otherwise". */
export function conditionOf(reader: Reader, [from, to]: Cell): Term | null {
  let start = from;
  let end = to;
  for (; start < end; start++) {
    const token = reader.tokens[start];
    const text = token.kind === 'words' ? token.text : token.kind === 'name' ? token.key : null;
    if (text !== null && OTHERWISE.test(text)) return null;
    const word = token.kind === 'words' || (token.kind === 'name' && WHEN.test(token.key));
    if (!word && token.kind !== 'separator') break;
  }
  while (end > start && ['separator', 'words'].includes(reader.tokens[end - 1].kind)) end--;
  if (start >= end) return null;
  return reader.within(start, end, end, () => reader.comparison());
}

/** `{ z if z > 0; 0 otherwise`, open or closed; null where what follows the brace is something else. */
export function plainCasesAt(reader: Reader): Term | null {
  const open = reader.at;
  const token = reader.peek()!;
  const closed = reader.closingOf(open);
  const closing = closed < 0 ? reader.limit : closed;
  let conditions = false;
  const rows: Cell[] = [];
  let start = open + 1;
  for (let i = open + 1; i < closing; i++) {
    const inner = reader.tokens[i];
    if (inner.kind === 'bracket' && reader.closingOf(i) >= 0) i = reader.closingOf(i);
    else if (inner.kind === 'name' && (WHEN.test(inner.key) || OTHERWISE.test(inner.key))) conditions = true;
    else if (inner.kind === 'words' || inner.kind === 'relation') conditions = true;
    else if (
      (inner.kind === 'separator' && inner.symbol === ';') ||
      (inner.kind === 'layout' && (inner.layout === 'row' || inner.layout === 'line'))
    ) {
      rows.push([start, i]);
      start = i + 1;
    }
  }
  if (!conditions) return null;
  rows.push([start, closing]);
  const filled = rows.filter(([from, to]) => from < to);
  if (filled.length === 0) return null;
  const parts = filled.length === 1 ? atCommas(reader, filled[0]) : filled;
  const branches = parts.map((cell) => branchOf(reader, [cell]));
  reader.at = closed < 0 ? closing : closing + 1;
  return { kind: 'cases', branches, from: token.from, to: reader.tokens[reader.at - 1].to };
}

/** `z if z > 0, 0 otherwise` */
function atCommas(reader: Reader, [from, to]: Cell): Cell[] {
  const cells: Cell[] = [];
  let start = from;
  for (let i = from; i < to; i++) {
    const token = reader.tokens[i];
    if (token.kind === 'separator' && token.symbol === ',' && cells.length === 0 && i > from + 1) {
      cells.push([start, i]);
      start = i + 1;
    }
  }
  cells.push([start, to]);
  return cells;
}
