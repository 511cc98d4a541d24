import type { Report } from '@backflow/notes';

export const CSV_TITLES = 'file,claims,right,wrong,first_wrong_line,mistake,text';

/** One file: how many claims, how many of them right and wrong, and the first slip. */
export function csvRow(file: string, { claims, firstWrong }: Report): (string | number)[] {
  const count = (...verdicts: string[]): number =>
    claims.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const first = firstWrong === null ? null : claims[firstWrong];
  return [
    file,
    claims.length,
    count('right', 'rounded'),
    count('wrong'),
    first?.line ?? '',
    first?.mistakes[0]?.id ?? '',
    first?.text ?? '',
  ];
}

/** A file that cannot be read has no counts. */
export function unreadableRow(file: string, reason: string): (string | number)[] {
  return [file, '', '', '', '', 'unreadable', reason];
}

/**
 * A row after RFC 4180, but with one line a row: a line break in a cell is a space. What a spreadsheet would take for a
 * formula of its own stands behind an apostrophe.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells
    .map((cell) => {
      if (typeof cell === 'number') return String(cell);
      const line = cell.replace(/[\r\n]+/g, ' ');
      const safe = /^[=+\-@\t]/.test(line) ? `'${line}` : line;
      return /[",]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(',');
}
