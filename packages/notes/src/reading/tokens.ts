import { FRACTIONS, isDigit, isLetter, readName, SUBSCRIPTS, SUPERSCRIPTS } from '@backflow/language';
import type { Span } from '@backflow/language';
import { DIFFERENTIAL, HAIR, TEXT_FROM, TEXT_TO } from './latex.ts';
import { readNumber } from './numbers.ts';
import { spellOut } from './spelling.ts';
import { LONGEST_SIGN, placed, SIGNS } from './token.ts';
import type { NoteBracket, NoteToken, Plain } from './token.ts';
import type { Spelled } from './transcript.ts';

export type { NameNoteToken, NoteBracket, NoteOperator, NoteRelation, NoteToken } from './token.ts';

const BLANKS = /(?:[^\S\n\r\u2028\u2029\u2003\u200a\t]|[\u200b-\u200d\u2060-\u2064\ufeff])+/y;
/** A number too large for a double. */
const HUGE = /[\d.]+(?:[eE][-+−]?\d+)?/y;
const NEWLINE = /\r\n|[\n\r\u2028\u2029]/y;
const ORNAMENT = /[\u2460-\u24ff\u2776-\u2793\u25a0-\u25ff\u2600-\u27bf∴∵✓✗↑↓↳↗↘⇑⇓■□▪•]/y;
/** `.grad` and what hangs on it: `.grad.item()`. */
const METHOD =
  /\.(grad|data|item|T|detach|numpy|value)(?![\p{L}\p{Nd}_])(?:\(\))?(?:\.(?:item|numpy|detach|data)\(?\)?)*/uy;
/** `np.`, `torch.nn.functional.` */
const MODULE =
  /(?:np|numpy|math|cmath|torch|tf|jnp|jax|F|nn|scipy|sp|sympy|special|Math|K|keras|self)\.(?:(?:nn|functional|special|numpy|math|activations|linalg)\.)*(?=\p{L})/uy;
/** Where a joined word is several names without doubt: `w_1a_1`. */
const JOINED = /^(\p{L}_\d{1,4})(?=\p{L}(?:_[\d{\p{L}]|[({'′\s]|$))/u;
/** With letters for indices: `w_na_n`; for certain where the indices are the same, or in LaTeX, which lowers one letter only. */
const JOINED_SAME = /^(\p{L}_(\p{L}))(?=\p{L}_\2(?![\p{L}\p{Nd}_]))/u;
const JOINED_LATEX = /^(\p{L}_\p{L})(?=\p{L}_[\p{L}\p{Nd}{])/u;
/** `(0,25)` is a number in Europe. */
const TUPLE = /^\((?!0,\d\d+\))\s*[-−+]?\d+(?:\.\d+)?(?:,[-−+]?\d+(?:\.\d+)?)+\s*\)\s*$/;
const SIGMA_INSIDE = /^[^_σ]+(?=σ(?:$|[('′^(]))/u;

/**
 * The tokens of one stretch of notes, in any of their notations. Never fails; time is linear in the length. What means
 * nothing becomes a token of kind `bad`. Offsets are into the whole text.
 */
export function tokenize(text: string, span: Span): NoteToken[] {
  return new Tokenizer(spellOut(text, span)).tokens();
}

class Tokenizer {
  readonly #spelled: Spelled;
  readonly #text: string;
  readonly #tokens: NoteToken[] = [];
  /** For each open bracket, whether commas in it separate entries. */
  readonly #lists: boolean[] = [];
  #at = 0;
  #spaced = true;

  constructor(spelled: Spelled) {
    this.#spelled = spelled;
    this.#text = spelled.text;
  }

  tokens(): NoteToken[] {
    const text = this.#text;
    while (this.#at < text.length) {
      if (text[this.#at] === HAIR) {
        this.#at++;
        continue;
      }
      const code = text.charCodeAt(this.#at);
      BLANKS.lastIndex = this.#at;
      if ((code <= 32 || code >= 128) && BLANKS.test(text)) {
        this.#at = BLANKS.lastIndex;
        this.#spaced = true;
        continue;
      }
      this.#token();
    }
    return this.#tokens;
  }

  #token(): void {
    const text = this.#text;
    const at = this.#at;
    const character = String.fromCodePoint(text.codePointAt(at)!);
    const code = text.charCodeAt(at);
    NEWLINE.lastIndex = at;
    if ((code <= 32 || code >= 128) && NEWLINE.test(text)) {
      this.#push({ kind: 'layout', layout: 'line' }, NEWLINE.lastIndex);
      this.#spaced = true;
      return;
    }
    if (isDigit(character) || (character === '.' && isDigit(text[at + 1]))) return this.#number();
    const fraction = FRACTIONS.get(character);
    if (fraction !== undefined) {
      const [above, below] = /** NFKC writes ½ as 1⁄2. */ character.normalize('NFKC').split('⁄').map(Number);
      return this.#push({ kind: 'fraction', above, below }, at + 1);
    }
    if (character === 'Σ' || character === 'Π') {
      const operation = character === 'Σ' ? 'sum' : 'prod';
      return this.#push({ kind: 'series', operation }, at + 1);
    }
    if (character === DIFFERENTIAL) return this.#push({ kind: 'operator', symbol: '∂' }, at + 1);
    if (isLetter(character) && character !== '_') return this.#name();
    if (SUPERSCRIPTS.has(character)) return this.#shifted('raised', SUPERSCRIPTS);
    if (SUBSCRIPTS.has(character)) return this.#shifted('lowered', SUBSCRIPTS);
    if (character === TEXT_FROM) return this.#words();
    if (character === '.' && !this.#spaced) {
      METHOD.lastIndex = at;
      const method = METHOD.exec(text);
      if (method !== null) return this.#push({ kind: 'method', name: method[1] }, METHOD.lastIndex);
    }
    if (character === '<' && text[at + 1] === '-' && this.#spaced && /\s/.test(text[at + 2] ?? '')) {
      return this.#push({ kind: 'relation', symbol: '←' }, at + 2);
    }
    if (character === '|' && (text[at + 1] === '_' || SUBSCRIPTS.has(text[at + 1]))) {
      return this.#push({ kind: 'bar' }, at + (text[at + 1] === '_' ? 2 : 1));
    }
    if (character === '∣' || character === '|') {
      // The bars of |a||b| are single where one is open.
      if (
        text[at + 1] === '|' &&
        /[\p{L}\p{Nd})]/u.test(text[at - 1] ?? '') &&
        /[\p{L}\p{Nd}(]/u.test(text[at + 2] ?? '')
      )
        return this.#push({ kind: 'bracket', symbol: '|' }, at + 1);
    }
    for (let to = Math.min(at + LONGEST_SIGN, text.length); to > at; to--) {
      const meaning = SIGNS.get(text.slice(at, to));
      if (meaning === undefined) continue;
      if (meaning.kind === 'bracket') this.#bracket(meaning.symbol);
      return this.#push(meaning, to);
    }
    ORNAMENT.lastIndex = at;
    this.#push({ kind: ORNAMENT.test(text) ? 'ornament' : 'bad' }, at + character.length);
  }

  #bracket(symbol: NoteBracket): void {
    const before = this.#tokens.at(-1);
    if (symbol === '[' || symbol === '❴') this.#lists.push(true);
    else if (symbol === '(') {
      // x=(1,1) is a list; 2·(0,5) has a decimal comma.
      const tuple =
        (before === undefined || before.kind === 'relation') &&
        TUPLE.test(this.#text.slice(this.#at, this.#at + 80));
      this.#lists.push(tuple || (!this.#spaced && before?.kind === 'name'));
    } else if (symbol === '{') this.#lists.push(false);
    else if (symbol === ')' || symbol === ']' || symbol === '}' || symbol === '❵') this.#lists.pop();
  }

  #number(): void {
    const before = this.#tokens.at(-1);
    const raised =
      before?.kind === 'operator' && (before.symbol === '^' || before.symbol === '-') && this.#raises();
    const number = readNumber(this.#text, this.#at, this.#lists.at(-1) ?? false, raised);
    if (number === null) {
      HUGE.lastIndex = this.#at;
      return this.#push({ kind: 'bad' }, HUGE.test(this.#text) ? HUGE.lastIndex : this.#at + 1);
    }
    const { value, unit, integer, open, to } = number;
    this.#push({ kind: 'number', value, unit, integer, open }, to);
  }

  /** True where an exponent without braces is being read: `^2`, `^-2`. */
  #raises(): boolean {
    const [before, last] = this.#tokens.slice(-2);
    const token = last?.kind === 'operator' && last.symbol === '-' ? before : (last ?? before);
    return token?.kind === 'operator' && token.symbol === '^';
  }

  #name(): void {
    const text = this.#text;
    let at = this.#at;
    MODULE.lastIndex = at;
    if (MODULE.test(text)) at = MODULE.lastIndex;
    const reading = readName(text, at)!;
    let { to } = reading;
    let { name } = reading;
    const end = this.#cut(at, to);
    if (end < to) {
      const part = readName(text.slice(at, end), 0)!;
      to = at + part.to;
      name = part.name;
    }
    const { key, spelling, layered, indexed } = name;
    this.#push({ kind: 'name', key, spelling, layered, indexed, broken: reading.brokenBrace !== null }, to);
    if (reading.brokenBrace !== null && end >= reading.to) {
      this.#at = Math.max(this.#at, reading.brokenBrace);
    }
  }

  /** Where a word that is several names is cut; its end if it is one. */
  #cut(from: number, to: number): number {
    const text = this.#text;
    const written = text.slice(from, Math.min(to, from + 64));
    // LaTeX raises one letter only, and so does ^T anywhere.
    if (text[from - 1] === '^' && (this.#spelled.latex || /^T\p{L}/u.test(written))) {
      return Math.min(to, from + String.fromCodePoint(text.codePointAt(from)!).length);
    }
    if (written[0] === 'π' && /^π\p{L}/u.test(written)) return from + 1;
    // Euler's number and what is raised in brackets of any formula: e^{(x+1)}, a^{(1-a)}.
    const raised = written.indexOf('^');
    if (raised > 0 && (written.startsWith('e^') || !LAYERS.test(written.slice(raised)))) return from + raised;
    const ahead = written + text.slice(to, to + 1);
    const joined = !ahead.includes('_')
      ? null
      : (JOINED.exec(ahead) ??
        JOINED_SAME.exec(ahead) ??
        (this.#spelled.latex ? JOINED_LATEX.exec(ahead) : null));
    if (joined !== null) return from + joined[1].length;
    const sigma = ahead.includes('σ') ? SIGMA_INSIDE.exec(ahead) : null;
    return sigma === null ? to : from + sigma[0].length;
  }

  #shifted(kind: 'raised' | 'lowered', table: ReadonlyMap<string, string>): void {
    let to = this.#at;
    let plain = '';
    for (; to < this.#text.length && table.has(this.#text[to]); to++) plain += table.get(this.#text[to])!;
    this.#push({ kind, text: plain }, to);
  }

  #words(): void {
    const closing = this.#text.indexOf(TEXT_TO, this.#at);
    const to = closing < 0 ? this.#text.length : closing + 1;
    this.#push({ kind: 'words', text: this.#text.slice(this.#at + 1, closing < 0 ? to : closing) }, to);
  }

  #push(token: Plain, to: number): void {
    const from = this.#spelled.startOf(this.#at);
    const end = this.#spelled.endOf(to - 1);
    this.#tokens.push(placed(token, from, end, this.#spaced));
    this.#at = to;
    this.#spaced = false;
  }
}

/** Marks that can only be a layer's: `^{(L-1)}_{jk}`, `^3_{11}`. */
const LAYERS =
  /^\^(?:\{\s*[([]\s*(?:\p{L}[\p{L}\p{Nd}]*\s*(?:[-+−]\s*\p{Nd}+)?|\p{Nd}+)(?:\s*,\s*[\p{L}\p{Nd}]+)*\s*[)\]]\s*\}|[({]?[\p{L}\p{Nd}]+(?:[-+−]\p{Nd}+)?[)}]?)(?:[_'′@]|$|[₀-₉])/u;
