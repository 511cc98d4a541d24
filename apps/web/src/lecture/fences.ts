/** A stretch of the document. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The lines inside a fence marked `stops`. */
export interface StopsFence extends Stretch {
  /** The opening line of a fence that is never closed; it runs to the end of the text. */
  readonly unclosed: Stretch | null;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*(.*)$/;

/** Every fence marked `stops`; one that is quoted inside another fence does not count. */
export function stopsFences(text: string): StopsFence[] {
  const fences: StopsFence[] = [];
  let open: { mark: string; isStops: boolean; line: Stretch; from: number } | null = null;
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline < 0 ? text.length : newline;
    const next = newline < 0 ? text.length : newline + 1;
    const fence = to - from < 200 ? FENCE.exec(text.slice(from, to).trimEnd()) : null;
    if (fence !== null && open === null) {
      const isStops = /^stops(?![^\s{])/i.test(fence[2]);
      open = { mark: fence[1], isStops, line: { from, to }, from: next };
    } else if (fence !== null && fence[2] === '' && fence[1].startsWith(open!.mark)) {
      if (open!.isStops) fences.push({ from: open!.from, to: from, unclosed: null });
      open = null;
    }
    from = next;
  }
  if (open?.isStops === true) fences.push({ from: open.from, to: text.length, unclosed: open.line });
  return fences;
}
