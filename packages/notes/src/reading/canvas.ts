/** What stands at an offset besides its character. */
export const EDGE = 1;
export const COLUMN = 2;

const SPACE = 32;

/**
 * The text of notes while its markup is painted over. Every offset keeps its meaning: what is taken away becomes blanks,
 * what is put in its place is not longer.
 */
export class Canvas {
  readonly source: string;
  /** EDGE where a formula in `$…$` begins or ends, COLUMN where a table or `align` begins a new column. */
  readonly flags: Uint8Array;
  readonly #codes: Uint16Array;

  constructor(source: string) {
    this.source = source;
    this.flags = new Uint8Array(source.length + 1);
    this.#codes = new Uint16Array(source.length);
    for (let i = 0; i < source.length; i++) this.#codes[i] = source.charCodeAt(i);
  }

  blank(from: number, to: number): void {
    this.#codes.fill(SPACE, from, to);
  }

  /** Puts `text` at `from`, and blanks up to `to`. */
  write(from: number, to: number, text: string): void {
    for (let i = 0; i < text.length && from + i < to; i++) this.#codes[from + i] = text.charCodeAt(i);
    if (from + text.length < to) this.blank(from + text.length, to);
  }

  /** Brings back what the source has there. */
  restore(from: number, to: number): void {
    for (let i = from; i < to; i++) this.#codes[i] = this.source.charCodeAt(i);
  }

  mark(at: number, flag: number): void {
    this.flags[at] |= flag;
  }

  text(from = 0, to = this.#codes.length): string {
    let out = '';
    for (let at = from; at < to; at += 8192) {
      out += String.fromCharCode(...this.#codes.subarray(at, Math.min(to, at + 8192)));
    }
    return out;
  }
}
