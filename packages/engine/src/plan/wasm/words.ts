/** A growing row of 32-bit words: a program of the machine while it is written. */
export class Words {
  private words = new Int32Array(1024);
  length = 0;

  /** Appends one instruction. */
  add(...words: readonly number[]): void {
    if (this.length + words.length > this.words.length) this.grow(words.length);
    for (let i = 0; i < words.length; i++) this.words[this.length++] = words[i];
  }

  add4(a: number, b: number, c: number, d: number): void {
    if (this.length + 4 > this.words.length) this.grow(4);
    const { words } = this;
    words[this.length] = a;
    words[this.length + 1] = b;
    words[this.length + 2] = c;
    words[this.length + 3] = d;
    this.length += 4;
  }

  at(i: number): number {
    return this.words[i];
  }

  put(i: number, word: number): void {
    this.words[i] = word;
  }

  all(): Int32Array {
    return this.words.subarray(0, this.length);
  }

  private grow(by: number): void {
    const words = new Int32Array(2 * this.words.length + by);
    words.set(this.words);
    this.words = words;
  }
}
