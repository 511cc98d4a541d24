/** What of a long table is in the page: from, and up to, not including. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A scroll position, in whole steps. */
export function stepped(position: number, step: number): number {
  return Math.floor(position / step) * step;
}

/** Rows or columns of one size that are seen, and `spare` more on both sides. */
export function seen(count: number, scrolled: number, room: number, size: number, spare: number): Span {
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / size) - spare));
  const to = Math.min(count, Math.ceil((scrolled + room) / size) + spare);
  return { from, to: Math.max(from, to) };
}
