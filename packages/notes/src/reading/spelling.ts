import { isLetter, uprightLetters } from '@backflow/language';
import type { Span } from '@backflow/language';
import {
  ACCENTS,
  BEGIN_CASES,
  BEGIN_LAYOUT,
  BEGIN_MATRIX,
  CASES,
  DIFFERENTIAL,
  DROPPED,
  END_BLOCK,
  FONTS,
  FRACTION,
  FUNCTION_COMMANDS,
  HAIR,
  LETTERS,
  MATRICES,
  QUAD,
  ROOT,
  ROW,
  SIGN_COMMANDS,
  SILENT,
  TEXT_FROM,
  TEXT_TO,
  TEXTS,
  UNKNOWN,
  WORDS,
} from './latex.ts';
import { Transcript } from './transcript.ts';
import type { Spelled } from './transcript.ts';

/** What is to be spelled out: commands, mathematical letters, `{w}_{11}`. */
const MARKUP = /\{[,.]\}|_\{[^{}]{0,60}\{|[\\\u{1d400}-\u{1d7ff}]|\{\s*\p{L}{1,12}\s*\}\s*[_^]/u;
const COMMAND = /\\([A-Za-z]+\*?|[^A-Za-z])/y;
const PRIMES = /\^\s*(?:\{\s*((?:(?:\\prime|['′])\s*)+)\}|\\prime(?![A-Za-z]))/y;
const LONE_SIGN = /\{\s*(?:[,=+*/<>·×−-]|\\(?:times|cdot|le|leq|ge|geq|approx|ll|gg|ast|odot))\s*\}/y;
/** `{w}_{11}`: braces around what a mark hangs on. */
const LONE_NAME = /\{\s*(?:\\[A-Za-z]{2,12}|\p{L}{1,12})\s*\}(?=\s*[_^'′])/uy;
const CIRCLED_NUMBER = /^\s*\{\s*-?\d*\.\d/;
/** An index with braces inside. */
const FLAT = /^[^{}]*\{[\p{L}\p{Nd}(){}_,+\s-]*$/u;
const ENVIRONMENT = /\s*\{\s*([A-Za-z]{1,20}\*?)\s*\}/y;
const COLUMNS = /\s*(?:\[[a-z]\])?\s*\{[^{}]{0,40}\}/y;
const OPTION = /\s*\[[^[\]\n]{0,80}\]/y;
const SOLE_WORD = /^\s*[\p{L}_][\p{L}\p{Nd}_']*\.?\s*$/u;

/** Spells out the LaTeX and the mathematical letters of a stretch of text. Never fails; time is linear in its length. */
export function spellOut(text: string, { from, to }: Span): Spelled {
  const source = text.slice(from, to);
  if (!MARKUP.test(source)) {
    return {
      text: source,
      latex: false,
      startOf: (index) => from + index,
      endOf: (index) => from + index + 1,
    };
  }
  return new Speller(source, from).spell();
}

class Speller extends Transcript {
  protected override next(): void {
    const at = this.at;
    const character = this.source[at];
    switch (character) {
      case '\\':
        return this.#command();
      case '{': {
        if (this.silent.has(at)) this.at++;
        else if (at + 1 < this.source.length && this.matches(LONE_SIGN)) this.unwrap(at, null);
        else if (this.matches(LONE_NAME)) this.unwrap(at, null);
        else this.emit('{', 1);
        return;
      }
      case '}':
        return this.#close();
      case '^':
        if (this.latex) {
          const primes = this.match(PRIMES);
          if (primes !== null) {
            this.dropBlanks();
            const count = primes[1] === undefined ? 1 : (primes[1].match(/\\prime|['′]/g)?.length ?? 1);
            return this.emit('′'.repeat(count), primes[0].length);
          }
        }
        return this.#mark(character);
      case '_':
        return this.#mark(character);
      case '~':
        return this.emit(this.latex && this.source[at + 1] !== '=' ? ' ' : '~', 1);
      case '\ud835': {
        const letter = String.fromCodePoint(this.source.codePointAt(at)!);
        const plain = uprightLetters(letter);
        return this.letter(plain.length > 1 ? '?' : plain, letter.length);
      }
      default:
        if (this.accent !== '' && isLetter(character)) this.letter(character, 1);
        else this.emit(character, 1);
    }
  }

  #command(): void {
    const at = this.at;
    const match = this.match(COMMAND);
    if (match === null) return this.emit(UNKNOWN, 1);
    const name = match[1].replace(/\*$/, '');
    const { length } = match[0];
    const letter = LETTERS.get(name);
    const sign = SIGN_COMMANDS.get(name);
    const accent = ACCENTS.get(name);
    const dropped = DROPPED.get(name);
    if (letter !== undefined) {
      this.divide();
      return this.letter(letter, length);
    }
    if (sign !== undefined) {
      this.emit(sign, length);
      if (sign === '∑' || sign === '∏') this.#bounds();
      return;
    }
    if (FUNCTION_COMMANDS.has(name)) {
      this.divide();
      this.emit(name, length);
      if (/[\p{L}\d]/u.test(this.source[this.at] ?? '')) this.emit(HAIR, 0);
      return;
    }
    if (accent !== undefined) {
      this.divide();
      this.at += length;
      this.blanks();
      if (this.source[this.at] === '{') this.unwrap(this.at, 'word');
      this.begun = at;
      this.accent = accent;
      return;
    }
    if (dropped !== undefined) {
      this.at += length;
      // A number in a circle may be a neuron's; a digit or a letter counts the lines.
      if (name === 'textcircled' && CIRCLED_NUMBER.test(this.source.slice(this.at, this.at + 12))) {
        return this.unwrap(this.source.indexOf('{', this.at), null, at);
      }
      for (let i = 0; i < dropped; i++) this.dropGroup();
      return;
    }
    if (FONTS.has(name)) return this.#font(name, length);
    if (TEXTS.has(name)) return this.#text(length);
    switch (name) {
      case 'frac':
      case 'dfrac':
      case 'tfrac':
      case 'cfrac':
        this.emit(FRACTION, length);
        return this.#argument('argument');
      case 'sqrt':
        this.emit(ROOT, length);
        return this.source[this.at] === '[' ? undefined : this.#argument(null);
      case 'underbrace':
      case 'overbrace':
      case 'underbracket':
      case 'overbracket': {
        this.at += length;
        this.blanks();
        const closing = this.closing.get(this.at);
        if (closing !== undefined) this.behind.set(closing, 'label');
        return;
      }
      case 'begin':
      case 'end':
        return this.#environment(name, length);
      case 'xrightarrow':
      case 'xleftarrow':
      case 'xRightarrow':
      case 'xLeftarrow':
      case 'xlongequal':
        this.emit(name.includes('equal') ? '=' : name.includes('left') ? '←' : '→', length);
        this.match(OPTION, true);
        return this.dropGroup();
      case 'quad':
      case 'qquad':
        return this.emit(QUAD, length);
      case '\\':
      case 'newline':
      case 'cr':
        this.emit(ROW, length);
        this.match(OPTION, true);
        return;
      case ',':
      case ':':
      case ';':
      case '>':
      case ' ':
      case '\n':
      case 'thinspace': {
        const number = /\d/.test(this.source[at - 1] ?? '') && /\d/.test(this.source[at + length] ?? '');
        return this.emit(number ? '\u2009' : name === '\n' ? '\n' : ' ', length);
      }
      case '!':
      case '/':
        this.at += length;
        return;
      case '{':
        return this.emit('❴', length);
      case '}':
        return this.emit('❵', length);
      case '|':
        return this.emit('‖', length);
      case '(':
      case ')':
      case '[':
      case ']':
        return this.emit('$', length);
      case '_':
      case '%':
      case '#':
      case '&':
      case '$':
      case '-':
      case '*':
      case '.':
      case '^':
        return this.emit(name === '&' || name === '$' ? UNKNOWN : name, length);
      default:
    }
    this.at += length;
    if (!SILENT.has(name)) {
      this.at = at;
      return this.emit(UNKNOWN, length);
    }
    this.blanks();
    if (/^(?:left|right|middle)$|^[bB]igg?[lrm]?$/.test(name) && this.source[this.at] === '.') this.at++;
  }

  #font(name: string, length: number): void {
    const at = this.at;
    let open = at + length;
    while (this.source[open] === ' ') open++;
    const closing = this.source[open] === '{' ? this.closing.get(open) : undefined;
    if (name !== 'underline' && closing !== undefined) {
      const content = this.source.slice(open + 1, Math.min(closing, open + 8)).trim();
      if (/^math|^text|^operator/.test(name) && content === 'd') {
        return this.emit(DIFFERENTIAL, closing + 1 - at);
      }
      if (name === 'mathbb' && content === '1') return this.emit('1', closing + 1 - at);
    }
    this.at = open;
    this.divide();
    if (closing !== undefined) this.unwrap(open, 'word', at);
    else this.begun = at;
  }

  #text(length: number): void {
    const at = this.at;
    let open = at + length;
    while (this.source[open] === ' ') open++;
    const closing = this.source[open] === '{' ? this.closing.get(open) : undefined;
    if (closing === undefined) {
      this.at = open;
      return;
    }
    const content = this.source.slice(open + 1, closing);
    const marked = /[_^]\{?\s*$/.test(this.source.slice(Math.max(0, at - 4), at));
    if (content.length < 40 && !content.includes('\\')) {
      if (marked) {
        this.at = open;
        return this.unwrap(open, null, at);
      }
      if (SOLE_WORD.test(content) && !WORDS.has(content.trim().toLowerCase())) {
        this.at = open;
        this.divide();
        return this.unwrap(open, 'word', at);
      }
      if (/^\s*[=+−*/·×<>≤≥≈,.;:-]*\s*$/.test(content)) {
        this.at = open;
        return this.unwrap(open, null, at);
      }
    }
    if (content.includes('$')) {
      this.at = open;
      return this.unwrap(open, null, at);
    }
    this.emit(TEXT_FROM, open + 1 - at);
    const last = closing;
    while (this.at < last) this.emit(this.source[this.at], 1);
    this.emit(TEXT_TO, 1);
  }

  #environment(name: 'begin' | 'end', length: number): void {
    const at = this.at;
    this.at += length;
    const match = this.match(ENVIRONMENT, true);
    const environment = match?.[1] ?? '';
    const matrix = MATRICES.test(environment);
    const block = matrix || CASES.test(environment);
    if (name === 'begin' && (/^array|^tabular|^alignat|^alignedat/.test(environment) || block)) {
      if (/^array|^tabular|at\*?$/.test(environment)) this.match(COLUMNS, true);
    }
    const to = this.at;
    this.at = at;
    const begin = matrix ? BEGIN_MATRIX : block ? BEGIN_CASES : BEGIN_LAYOUT;
    this.emit(name === 'begin' ? begin : block ? END_BLOCK : BEGIN_LAYOUT, to - at);
  }

  #close(): void {
    const at = this.at;
    const behind = this.behind.get(at);
    if (this.silent.has(at)) {
      this.skip();
    } else this.emit('}', 1);
    if (behind === 'word' && /[\p{L}\d]/u.test(this.source[this.at] ?? '')) this.emit(HAIR, 0);
    if (behind === 'argument') this.#argument(null);
    if (behind === 'label') {
      const label = this.at;
      this.blanks();
      if (this.source[this.at] === '_' || this.source[this.at] === '^') {
        this.at++;
        this.dropGroup();
      } else this.at = label;
    }
  }

  /** An argument that may stand without braces: `\frac12`. */
  #argument(then: 'argument' | null): void {
    const at = this.at;
    this.blanks();
    const character = this.source[this.at];
    if (character === '{') {
      const closing = this.closing.get(this.at);
      if (closing !== undefined && then !== null) this.behind.set(closing, then);
      return;
    }
    if (character !== undefined && /[\p{L}\d]/u.test(character)) {
      this.emit('{', 0);
      this.emit(character, 1);
      this.emit('}', 0);
      if (then !== null) this.#argument(null);
    } else if (character === '\\') {
      COMMAND.lastIndex = this.at;
      const name = COMMAND.exec(this.source)?.[1] ?? '';
      if (!LETTERS.has(name)) return;
      this.emit('{', 0);
      this.letter(LETTERS.get(name)!, name.length + 1);
      this.emit('}', 0);
      if (then !== null) this.#argument(null);
    } else this.at = at;
  }

  /** The bounds of Σ get braces where they have none, since a single letter is meant: `\sum_jw_j`. */
  #bounds(): void {
    for (let i = 0; i < 2; i++) {
      this.blanks();
      while (/^\\(?:no)?limits/.test(this.source.slice(this.at, this.at + 9))) {
        this.at += this.source[this.at + 1] === 'n' ? 9 : 7;
        this.blanks();
      }
      const mark = this.source[this.at];
      if (mark !== '_' && mark !== '^') return;
      let next = this.at + 1;
      while (this.source[next] === ' ') next++;
      if (this.source[next] === '{') return;
      this.emit(mark, 1);
      this.#argument(null);
    }
  }

  /** `_` and `^` hang on what stands before them, without blanks. */
  #mark(character: string): void {
    if (this.latex) this.dropBlanks();
    this.emit(character, 1);
    if (this.latex) this.blanks();
    if (character === '_') this.#flatten();
  }

  /** Leaves out the braces inside an index: `L_{(n_{est})}`, `w_{h_{1}}`. */
  #flatten(): void {
    const open = this.at;
    const closing = this.source[open] === '{' ? (this.closing.get(open) ?? open) : open;
    if (closing - open > 64 || !FLAT.test(this.source.slice(open + 1, Math.max(closing, open + 1)))) return;
    for (let i = open + 1; i < closing; i++) {
      const inner = this.source[i] === '{' ? this.closing.get(i) : undefined;
      if (inner !== undefined) this.silent.add(i).add(inner);
    }
  }
}
