import type { Term, Unreadable } from '../term.ts';
import { ReadingError } from './build.ts';
import type { Choices } from './choices.ts';
import type { NameNoteToken, NoteBracket, NoteOperator, NoteToken } from './tokens.ts';

/** The keys of names that are defined; a Set or a Map. */
export interface KnownNames {
  has(key: string): boolean;
}

const LIMIT = 200;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['❴', '❵'],
]);

/** The tokens of one formula and what its parts are read with. Reading fails with a `ReadingError`. */
export abstract class Reader {
  readonly names: KnownNames;
  readonly choices: Choices;
  readonly tokens: NoteToken[];
  at = 0;
  /** Index of the token at which what is read now must end. */
  limit: number;
  /** Bars that are open at this place. */
  bars = 0;
  readonly #closing: Int32Array;
  readonly #end: number;
  #depth = 0;

  constructor(tokens: readonly NoteToken[], end: number, names: KnownNames, choices: Choices) {
    this.tokens = [...tokens];
    this.limit = tokens.length;
    this.names = names;
    this.choices = choices;
    this.#end = end;
    this.#closing = closingTokens(tokens);
  }

  /** A sum of products. */
  abstract sum(): Term;
  /** A comparison of sums, or a sum. */
  abstract comparison(): Term;
  /** A product of factors. */
  abstract product(): Term;
  /** A factor with its sign and its exponent. */
  abstract factor(): Term;
  /** An operand with what is raised behind it; no sign. */
  abstract power(): Term;
  /** True where an operand begins at this token. */
  abstract begins(token: NoteToken | undefined): boolean;

  peek(ahead = 0): NoteToken | undefined {
    return this.at + ahead < this.limit ? this.tokens[this.at + ahead] : undefined;
  }

  next(): NoteToken {
    const token = this.peek();
    if (token === undefined) this.fail();
    this.at++;
    return token;
  }

  /** Index of the token that closes the bracket at `index`; -1 if nothing does. */
  closingOf(index: number): number {
    return this.#closing[index] ?? -1;
  }

  isOperator(symbol: NoteOperator, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'operator' && token.symbol === symbol;
  }

  isBracket(symbol: NoteBracket, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'bracket' && token.symbol === symbol;
  }

  nameAt(ahead = 0): NameNoteToken | null {
    const token = this.peek(ahead);
    return token?.kind === 'name' ? token : null;
  }

  expect(symbol: NoteBracket): NoteToken {
    if (!this.isBracket(symbol)) this.fail();
    return this.next();
  }

  /** Reads with one more level of nesting. */
  nested<T>(read: () => T): T {
    if (++this.#depth > LIMIT) this.fail('too-deep');
    const result = read();
    this.#depth--;
    return result;
  }

  /** Reads the tokens in `[from, to)` to their end, and goes on at `behind`. */
  within<T>(from: number, to: number, behind: number, read: () => T): T {
    const { bars, limit } = this;
    this.at = from;
    this.limit = to;
    this.bars = 0;
    const result = this.nested(read);
    if (this.at < to) this.fail();
    this.bars = bars;
    this.limit = limit;
    this.at = behind;
    return result;
  }

  /** What stands in the brackets that open here. */
  bracketed(read: () => Term): Term {
    const open = this.at;
    const closing = this.closingOf(open);
    if (closing < 0 || closing >= this.limit) {
      this.at = this.limit;
      this.fail('cut-off');
    }
    const { from } = this.tokens[open];
    const term = this.within(open + 1, closing, closing + 1, read);
    return { ...term, from, to: this.tokens[closing].to };
  }

  fail(code?: Unreadable['code']): never {
    const token = this.peek();
    if (token === undefined) {
      const beyond = this.at < this.tokens.length ? this.tokens[this.at] : undefined;
      const place =
        beyond === undefined ? { from: this.#end, to: this.#end } : { from: beyond.from, to: beyond.to };
      throw new ReadingError({ code: code ?? 'cut-off', found: '', ...place });
    }
    throw new ReadingError({ code: code ?? 'unexpected', found: '', from: token.from, to: token.to });
  }
}

function closingTokens(tokens: readonly NoteToken[]): Int32Array {
  const closing = new Int32Array(tokens.length).fill(-1);
  const open: { readonly index: number; readonly sign: string }[] = [];
  for (const [index, token] of tokens.entries()) {
    const sign =
      token.kind === 'bracket' ? token.symbol : token.kind === 'structure' ? token.structure : null;
    if (sign === null) continue;
    const due = CLOSING.get(sign) ?? (sign === 'cases' || sign === 'matrix' ? 'end' : undefined);
    if (due !== undefined) open.push({ index, sign: due });
    else if (open.at(-1)?.sign === sign) closing[open.pop()!.index] = index;
  }
  return closing;
}
