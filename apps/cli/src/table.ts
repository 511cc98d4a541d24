import { clip, widthOf } from './width.ts';

export interface Column {
  readonly title: string;
  /** `number` puts the decimal points below each other, `count` the last characters. */
  readonly align: 'text' | 'number' | 'count';
  /** Cells at most; longer ones end in `…`. */
  readonly width?: number;
}

const GAP = '  ';

/** The lines of an aligned table, the titles first; no line ends in spaces. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const padded = columns.map((column, index) => {
    const clipped = rows.map((row) =>
      column.width === undefined ? row[index] : clip(row[index], column.width),
    );
    const cells = column.align === 'number' ? pointAligned(clipped) : clipped;
    const width = cells.reduce((most, cell) => Math.max(most, widthOf(cell)), widthOf(column.title));
    const pad = column.align === 'text' ? padEnd : padStart;
    return [column.title, ...cells].map((cell) => pad(cell, width));
  });
  return [-1, ...rows.keys()].map((row) =>
    padded
      .map((cells) => cells[row + 1])
      .join(GAP)
      .trimEnd(),
  );
}

const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;
const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Pads numbers so that their points meet: `1.5`, `−12`, `9.5·10⁻⁴`. */
function pointAligned(numbers: readonly string[]): string[] {
  const parts = numbers.map((text) => {
    const point = text.search(/[.·]/);
    return point < 0 ? [text, ''] : [text.slice(0, point), text.slice(point)];
  });
  const left = Math.max(0, ...parts.map(([whole]) => widthOf(whole)));
  const right = Math.max(0, ...parts.map(([, rest]) => widthOf(rest)));
  return parts.map(([whole, rest]) => padEnd(padStart(whole, left) + rest, left + right));
}
