/** What stands at an offset besides its character. */
export const EDGE = 1;
export const COLUMN = 2;

const SPACE = 32;
/** Binary logarithm of a block's length. */
const BLOCK = 5;

/**
 * The text of notes while its markup is painted over. Every offset keeps its meaning: what is taken away becomes blanks,
 * what is put in its place is not longer.
 */
export class Canvas {
  readonly source: string;
  /** EDGE where a formula in `$…$` begins or ends, COLUMN where a table or `align` begins a new column. */
  readonly flags: Uint8Array;
  readonly #codes: Uint16Array;
  /** The text when it was last asked for as a whole. */
  #whole: string;
  /** Which blocks of characters were painted since; the others are as they were. */
  readonly #painted: Uint8Array;

  /** What was asked for last, while nothing is painted. */
  #last = { from: -1, to: -1, text: '' };

  constructor(source: string) {
    this.source = source;
    this.#whole = source;
    this.flags = new Uint8Array(source.length + 1);
    this.#codes = new Uint16Array(source.length);
    this.#painted = new Uint8Array((source.length >> BLOCK) + 1);
    for (let i = 0; i < source.length; i++) this.#codes[i] = source.charCodeAt(i);
  }

  blank(from: number, to: number): void {
    if (to <= from) return;
    this.#last.from = -1;
    this.#codes.fill(SPACE, from, to);
    this.#painted.fill(1, from >> BLOCK, ((to - 1) >> BLOCK) + 1);
  }

  /** Puts `text` at `from`, and blanks up to `to`. */
  write(from: number, to: number, text: string): void {
    this.blank(from, to);
    for (let i = 0; i < text.length && from + i < to; i++) this.#codes[from + i] = text.charCodeAt(i);
  }

  /** Brings back what the source has there. */
  restore(from: number, to: number): void {
    if (to <= from) return;
    this.#last.from = -1;
    for (let i = from; i < to; i++) this.#codes[i] = this.source.charCodeAt(i);
    this.#painted.fill(1, from >> BLOCK, ((to - 1) >> BLOCK) + 1);
  }

  mark(at: number, flag: number): void {
    this.flags[at] |= flag;
  }

  text(from = 0, to = this.#codes.length): string {
    if (this.#last.from === from && this.#last.to === to) return this.#last.text;
    let out = '';
    for (let at = from; at < to;) {
      const painted = this.#painted[at >> BLOCK];
      let end = at;
      while (end < to && this.#painted[end >> BLOCK] === painted) end = ((end >> BLOCK) + 1) << BLOCK;
      if (end > to) end = to;
      if (painted === 0) out += this.#whole.slice(at, end);
      else {
        for (; at < end; at += 4096) {
          out += String.fromCharCode.apply(
            null,
            this.#codes.subarray(at, Math.min(end, at + 4096)) as unknown as number[],
          );
        }
      }
      at = end;
    }
    if (from === 0 && to === this.#codes.length) {
      this.#whole = out;
      this.#painted.fill(0);
    }
    this.#last = { from, to, text: out };
    return out;
  }
}
