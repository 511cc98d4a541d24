import type { Chain } from '../sheet.ts';
import type { Canvas } from './canvas.ts';
import type { Row } from './page.ts';

/** The chains of tables, and the rows that are left. */
export function readTables(
  _canvas: Canvas,
  rows: readonly Row[],
  _names: ReadonlySet<string>,
): { readonly chains: readonly Chain[]; readonly rows: readonly Row[] } {
  return { chains: [], rows };
}
