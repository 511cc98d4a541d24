import { isLetter } from '@backflow/language';
import { DIFFERENTIAL, HAIR } from './latex.ts';

/** A stretch of text with LaTeX spelled out in plain characters, and where each of them comes from. */
export interface Spelled {
  readonly text: string;
  /** True where it was written in LaTeX. */
  readonly latex: boolean;
  /** Offset in the whole text at which the character at `index` begins. */
  startOf(index: number): number;
  /** Offset in the whole text at which the character at `index` ends. */
  endOf(index: number): number;
}

/** What is read and what has been written while a text is spelled out. */
export abstract class Transcript {
  protected readonly source: string;
  readonly #offset: number;
  /** Offset of the closing brace for each opening one. */
  protected readonly closing: ReadonlyMap<number, number>;
  protected readonly latex: boolean;
  readonly #out: string[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  /** Braces that are left out. */
  protected readonly silent = new Set<number>();
  /** Closing braces behind which a label is dropped, a second argument of a fraction or a new word begins. */
  protected readonly behind = new Map<number, 'label' | 'argument' | 'word'>();
  protected accent = '';
  /** Where the command began that the next character belongs to; -1 for none. */
  protected begun = -1;
  protected at = 0;

  constructor(source: string, offset: number) {
    this.source = source;
    this.#offset = offset;
    this.closing = closingBraces(source);
    this.latex = /[\\}]/.test(source);
  }

  spell(): Spelled {
    while (this.at < this.source.length) this.next();
    const [starts, ends] = [this.#from, this.#to];
    return {
      text: this.#out.join(''),
      latex: this.latex,
      startOf: (index) => starts[index],
      endOf: (index) => ends[index],
    };
  }

  /** Spells out what stands here. */
  protected abstract next(): void;

  protected letter(letter: string, length: number): void {
    this.emit(letter, length);
    if (this.accent === '') return;
    const [from, to] = [this.#from.at(-1)!, this.#to.at(-1)!];
    this.#out.push(this.accent);
    this.#from.push(from);
    this.#to.push(to);
    this.accent = '';
  }

  /** Leaves out the braces that open at `open`, if they close. */
  protected unwrap(open: number, behind: 'word' | null, begun = open): void {
    const closing = this.closing.get(open);
    this.begun = begun;
    this.at = open + 1;
    if (closing === undefined) return;
    this.silent.add(closing);
    if (behind !== null) this.behind.set(closing, behind);
  }

  /** Keeps what follows apart from a word before it. */
  protected divide(): void {
    const last = this.#out.at(-1);
    if (last !== undefined && last !== DIFFERENTIAL && isLetter(last) && last !== '_') this.emit(HAIR, 0);
  }

  protected dropGroup(): void {
    const at = this.at;
    this.blanks();
    const closing = this.source[this.at] === '{' ? this.closing.get(this.at) : undefined;
    if (closing !== undefined) this.at = closing + 1;
    else this.at = at;
  }

  protected dropBlanks(): void {
    while (this.#out.at(-1) === ' ' || this.#out.at(-1) === HAIR) {
      this.#out.pop();
      this.#from.pop();
      this.#to.pop();
    }
  }

  /** Leaves a closing brace out; what stands before it ends behind it. */
  protected skip(): void {
    this.at++;
    if (this.#to.length > 0) this.#to[this.#to.length - 1] = this.#offset + this.at;
  }

  protected blanks(): void {
    while (this.source[this.at] === ' ' || this.source[this.at] === '\t') this.at++;
  }

  protected emit(characters: string, length: number): void {
    const own = characters !== HAIR && this.begun >= 0;
    const from = this.#offset + (own ? this.begun : this.at);
    const to = this.#offset + this.at + length;
    if (own) this.begun = -1;
    for (let i = 0; i < characters.length; i++) {
      this.#out.push(characters[i]);
      this.#from.push(from);
      this.#to.push(to);
    }
    this.at += length;
  }

  protected matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.source);
  }

  protected match(pattern: RegExp, consume = false): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (consume && match !== null) this.at += match[0].length;
    return match;
  }
}

function closingBraces(source: string): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '{') open.push(i);
    else if (source[i] === '}') {
      const from = open.pop();
      if (from !== undefined) closing.set(from, i);
    }
  }
  return closing;
}
