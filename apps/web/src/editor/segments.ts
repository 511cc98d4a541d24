/** A stretch of text with the classes of everything that covers it. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly classes: string;
}

interface Covering {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
}

/**
 * Cuts a text of this length where any of the stretches begins or ends; stretches may overlap, empty
 * ones cover the character they stand before.
 */
export function segmentsOf(length: number, stretches: readonly Covering[]): Segment[] {
  const events: { at: number; kind: string; opens: boolean }[] = [];
  for (const { from, to, kind } of stretches) {
    const start = Math.max(0, Math.min(from, length));
    const end = Math.max(start, Math.min(Math.max(to, from + 1), length));
    if (start === end) continue;
    events.push({ at: start, kind, opens: true }, { at: end, kind, opens: false });
  }
  events.sort((a, b) => a.at - b.at);
  const open = new Map<string, number>();
  const segments: Segment[] = [];
  let from = 0;
  const cut = (to: number): void => {
    if (to === from) return;
    const classes = [...open.keys()].join(' ');
    segments.push({ from, to, classes });
    from = to;
  };
  for (const { at, kind, opens } of events) {
    cut(at);
    const count = (open.get(kind) ?? 0) + (opens ? 1 : -1);
    if (count === 0) open.delete(kind);
    else open.set(kind, count);
  }
  cut(length);
  return segments;
}
