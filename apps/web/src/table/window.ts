/** Which rows of a long table are in the page. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/** Rows kept above and below what is seen. */
const SPARE = 12;
/** Shorter tables are kept whole. */
const WHOLE = 120;

export function rowWindow(count: number, scrollTop: number, height: number, rowHeight: number): RowWindow {
  if (count <= WHOLE) return { from: 0, to: count };
  const first = Math.floor(scrollTop / rowHeight) - SPARE;
  const from = Math.max(0, Math.min(first - (first % 2), count));
  const to = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + SPARE);
  return { from, to: Math.max(from, to) };
}
