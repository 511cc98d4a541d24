import type { Run } from './run.ts';

/**
 * The named node whose statement the offset stands in, as an index of the shown recording; −1 for none.
 * A statement is found by its right side: on the offset's line, the first one that ends behind the offset.
 */
export function statementAt(run: Run, offset: number): number {
  const { spans } = run.full;
  if (spans === null) return -1;
  const lineFrom = run.text.lastIndexOf('\n', offset - 1) + 1;
  const newline = run.text.indexOf('\n', offset);
  const lineTo = newline < 0 ? run.text.length : newline;
  let best = -1;
  let bestFrom = Infinity;
  let last = -1;
  let lastTo = -1;
  for (const node of run.shown.names.keys()) {
    const origin = run.origin[node];
    const from = spans[2 * origin];
    const to = spans[2 * origin + 1];
    if (from < lineFrom || from > lineTo) continue;
    if (to >= offset && from < bestFrom) {
      best = node;
      bestFrom = from;
    }
    if (to > lastTo) {
      last = node;
      lastTo = to;
    }
  }
  return best >= 0 ? best : last;
}

/** A line of a text around a column, for pointing at: long lines are cut on both sides. */
export interface Excerpt {
  readonly text: string;
  /** How many characters stand before the place. */
  readonly before: number;
  readonly length: number;
}

export function excerptAt(text: string, from: number, to: number, width: number): Excerpt {
  const lineFrom = text.lastIndexOf('\n', from - 1) + 1;
  const newline = text.indexOf('\n', from);
  const lineTo = newline < 0 ? text.length : newline;
  let start = lineFrom;
  let end = lineTo;
  if (end - start > width) {
    start = Math.max(lineFrom, Math.min(from - Math.floor(width / 3), lineTo - width));
    end = Math.min(lineTo, start + width);
  }
  const line = text.slice(start, end).replace(/[\t\r]/g, ' ');
  const head = start > lineFrom ? '…' : '';
  return {
    text: head + line + (end < lineTo ? '…' : ''),
    before: head.length + Math.min(from, end) - start,
    length: Math.max(1, Math.min(to, end) - from),
  };
}
