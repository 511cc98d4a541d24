/** A stretch of the text, `[from, to)`, in UTF-16 units from its beginning. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where each line of a text begins, to turn offsets into lines and columns. */
export class Lines {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    const breaks = /\r\n|[\n\r\u2028\u2029]/g;
    while (breaks.exec(text) !== null) this.#starts.push(breaks.lastIndex);
  }

  /** The 1-based line of an offset. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The 1-based column of an offset, in characters as people count them (a surrogate pair is one). */
  columnOf(offset: number): number {
    const start = this.#starts[this.lineOf(offset) - 1];
    let column = 1;
    for (let at = start; at < offset; column++) at += this.#text.codePointAt(at)! > 0xffff ? 2 : 1;
    return column;
  }
}
