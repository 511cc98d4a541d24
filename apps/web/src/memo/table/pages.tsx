import type { MemoMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Rows that are in the page at once. */
const ROWS = 60;

export interface Page {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly turn: (from: number) => void;
}

/** A stretch of a long table; it turns to a row when that row changes. */
export function usePage(count: number, row: number): Page {
  const [from, turn] = useState(0);
  useEffect(() => {
    if (row >= 0) turn(row - (row % ROWS));
  }, [row]);
  const start = from < count ? from : 0;
  return { from: start, to: Math.min(count, start + ROWS), count, turn };
}

/** Where in the table one is, and the way on; nothing where all of it is there. */
export function Pager({ page, texts }: { page: Page; texts: MemoMessages }): JSX.Element | null {
  const { from, to, count, turn } = page;
  if (count <= ROWS) return null;
  return (
    <p class="memo-pager small">
      <button type="button" class="button outlined" disabled={from === 0} onClick={() => turn(from - ROWS)}>
        {texts.table.earlier}
      </button>
      <span>{texts.table.rows(from + 1, to, count)}</span>
      <button type="button" class="button outlined" disabled={to >= count} onClick={() => turn(from + ROWS)}>
        {texts.table.later}
      </button>
    </p>
  );
}
