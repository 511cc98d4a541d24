import type { Span } from './span.ts';

/** The parts of a text that are program. */
export interface ProgramParts {
  /** In the order of the text, not overlapping. Offsets count from the beginning of the whole text. */
  readonly regions: readonly Span[];
  /** The lines that open and close fences marked `backflow`. */
  readonly fences: readonly Span[];
  /** The first fence without a mark, in a text in which none is marked as a program. */
  readonly unmarked: Span | null;
  /** The opening fence that is never closed, if there is one; its program runs to the end of the text. */
  readonly unclosed: Span | null;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*(.*)$/;

/**
 * Finds the program in a text. In a Markdown document only fenced blocks marked `backflow` are program;
 * a text without such a fence is program from beginning to end, but for the stops of a lecture. Other fences are
 * respected, so that a block which quotes a document does not count.
 */
export function programParts(text: string): ProgramParts {
  const regions: Span[] = [];
  const fences: Span[] = [];
  let unmarked: Span | null = null;
  const stops: Span[] = [];
  let open: { mark: string; program: boolean; fence: Span } | null = null;
  if (text.includes('```') || text.includes('~~~')) {
    for (let from = 0; from < text.length;) {
      const newline = text.indexOf('\n', from);
      const next = newline < 0 ? text.length : newline + 1;
      const to =
        newline < 0 ? text.length : newline > from && text[newline - 1] === '\r' ? newline - 1 : newline;
      const fence = to - from < 200 ? FENCE.exec(text.slice(from, to)) : null;
      if (fence !== null) {
        const mark = fence[1];
        const info = fence[2].trim();
        if (open === null) {
          if (mark.startsWith('~') || !info.includes('`')) {
            const word = info.split(/[\s{]/, 1)[0].toLowerCase();
            const program = word === 'backflow';
            open = { mark, program, fence: { from, to } };
            if (word === 'stops') stops.push({ from, to: text.length });
            else if (!program) unmarked ??= open.fence;
            else {
              fences.push(open.fence);
              regions.push({ from: next, to: text.length });
            }
          }
        } else if (info === '' && mark.startsWith(open.mark)) {
          if (open.program) {
            fences.push({ from, to });
            regions.push({ from: regions.pop()!.from, to: from });
          } else if (stops.at(-1)?.from === open.fence.from) {
            stops.push({ from: stops.pop()!.from, to });
          }
          open = null;
        }
      }
      from = next;
    }
  }
  if (regions.length === 0) {
    return { regions: around(text, stops), fences, unmarked, unclosed: null };
  }
  return { regions, fences, unmarked: null, unclosed: open?.program === true ? open.fence : null };
}

/** What is left of a text, at least one stretch. */
function around(text: string, without: readonly Span[]): Span[] {
  const left: Span[] = [];
  let at = 0;
  for (const { from, to } of without) {
    if (from > at) left.push({ from: at, to: from });
    at = to;
  }
  if (at < text.length || left.length === 0) left.push({ from: at, to: text.length });
  return left;
}
