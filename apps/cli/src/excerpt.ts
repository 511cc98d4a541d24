import { cellsOf, plain, widthOf } from './width.ts';

const TAB_STOP = 8;

/** A line of a source with a mark below the part that is meant. */
export interface Excerpt {
  readonly line: string;
  /** Spaces, then a caret, then tildes to the end of the part. */
  readonly mark: string;
}

/**
 * The line around `from`, cut to `width` cells, with a caret below `from` and tildes up to `to`.
 * Tabs are drawn as spaces to the next multiple of eight, so the caret stands right in any terminal and
 * behind any margin; wide characters count two cells and combining ones none.
 */
export function excerpt(text: string, from: number, to: number, width: number): Excerpt {
  const at = text[from] === '\n' && text[from - 1] === '\r' ? from - 1 : from;
  // Only a window of a very long line is looked at.
  const left = Math.max(lineStart(text, at), at - 4 * width);
  const end = lineEnd(text, at);
  const right = Math.min(end, at + 4 * width);
  const until = Math.max(at, Math.min(to, right));

  const before = drawn(text.slice(left, at), 0);
  const part = drawn(text.slice(at, until), widthOf(before));
  const after = drawn(text.slice(until, right), widthOf(before + part));

  const tail = widthOf(part) + widthOf(after);
  const head = last(before, width - Math.max(1, Math.min(tail, Math.floor((2 * width) / 3))));
  const line = first(head + part + after, width, right < end);
  const space = widthOf(head);
  const tildes = Math.min(widthOf(part), widthOf(line) - space) - 1;
  return { line, mark: `${' '.repeat(space)}^${'~'.repeat(Math.max(0, tildes))}` };
}

function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text[start - 1])) start--;
  return start;
}

function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBreak(text[end])) end++;
  return end;
}

const isBreak = (character: string): boolean => character === '\n' || character === '\r';

/** A part of a line as a terminal shows it, from the cell `column` on. */
function drawn(text: string, column: number): string {
  let out = '';
  let at = column;
  for (const [index, part] of text.split('\t').entries()) {
    if (index > 0) {
      const spaces = TAB_STOP - (at % TAB_STOP);
      out += ' '.repeat(spaces);
      at += spaces;
    }
    const shown = plain(part);
    out += shown;
    at += widthOf(shown);
  }
  return out;
}

/** The first `width` cells; `…` is the last one where something follows. */
function first(text: string, width: number, more: boolean): string {
  const cells = [...cellsOf(text)];
  const whole = cells.reduce((sum, cell) => sum + cell.width, 0);
  if (whole <= width && !more) return text;
  let used = 0;
  let out = '';
  for (const cell of cells) {
    if (used + cell.width > width - 1) break;
    out += cell.text;
    used += cell.width;
  }
  return `${out}…`;
}

/** The last `width` cells; `…` is the first one where something was left out. */
function last(text: string, width: number): string {
  const cells = [...cellsOf(text)];
  if (cells.reduce((sum, cell) => sum + cell.width, 0) <= width) return text;
  let used = 0;
  let out = '';
  for (let index = cells.length - 1; index >= 0; index--) {
    used += cells[index].width;
    if (used > width - 1) break;
    out = cells[index].text + out;
  }
  return `…${out}`;
}
