import { methodInstead } from './foreign.ts';
import { FUNCTIONS } from './functions.ts';
import { FRACTIONS, isDigit, isLetter, SUPERSCRIPTS } from './characters.ts';
import type { Name } from './names.ts';
import { readName } from './names.ts';
import type { Span } from './span.ts';

export type OperatorSymbol =
  '+' | '-' | '*' | '⊙' | '/' | '^' | '**' | '√' | '<' | '>' | '<=' | '>=' | '==' | '!=';
export type AssignSymbol = '=' | '+=' | '-=' | '*=' | '/=' | '**=';
export type BracketSymbol = '(' | ')' | '[' | ']' | '{' | '}' | '|';

/** Why a stretch of text is no token. */
type BadTokenCode =
  | 'unknown-character'
  | 'foreign-symbol'
  | 'derivative'
  | 'unknown-command'
  | 'bad-number'
  | 'number-too-large'
  | 'unclosed-brace'
  | 'bad-superscript';

/** A word of the language, with its place. `spaced`: white space, a comment or a new line stands before it. */
export type Token = Span & { readonly spaced: boolean } & (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'name'; readonly name: Name }
    | { readonly kind: 'operator'; readonly symbol: OperatorSymbol }
    | { readonly kind: 'superscript'; readonly exponent: string }
    | { readonly kind: 'bracket'; readonly symbol: BracketSymbol }
    | { readonly kind: 'assign'; readonly symbol: AssignSymbol }
    | { readonly kind: 'separator'; readonly symbol: ',' | ';' | '\n' }
    | { readonly kind: 'comment' }
    /** What stands here means nothing; `instead` is what to write in its place. */
    | { readonly kind: 'bad'; readonly code: BadTokenCode; readonly instead?: string }
    | { readonly kind: 'end' }
  );

type Meaning =
  | { readonly operator: OperatorSymbol }
  | { readonly assign: AssignSymbol }
  | { readonly bracket: BracketSymbol }
  | { readonly separator: ',' | ';' }
  | { readonly comment: true }
  | { readonly foreign: string }
  | { readonly derivative: true };

/** Signs by their spelling; the longest spelling wins. */
const SIGNS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...operators('+', ['+', '＋']),
  ...operators('-', ['-', '−', '–', '‐', '‑', '‒', '—', '﹣', '－']),
  ...operators('*', ['*', '·', '⋅', '∙', '×', '∗', '•', '✕', '✖', '＊']),
  ...operators('⊙', ['⊙']),
  ...operators('/', ['/', '÷', '∕', '⁄', '／']),
  ...operators('^', ['^']),
  ...operators('**', ['**']),
  ...operators('√', ['√']),
  ...operators('<', ['<']),
  ...operators('>', ['>']),
  ...operators('<=', ['<=', '≤', '⩽']),
  ...operators('>=', ['>=', '≥', '⩾']),
  ...operators('==', ['==']),
  ...operators('!=', ['!=', '≠']),
  ...assignments('=', ['=', ':=', '＝']),
  ...assignments('+=', ['+=']),
  ...assignments('-=', ['-=', '−=', '–=']),
  ...assignments('*=', ['*=', '×=', '·=']),
  ...assignments('/=', ['/=', '÷=']),
  ...assignments('**=', ['**=', '^=']),
  ...(['(', ')', '[', ']', '{', '}', '|'] as const).map((symbol) => [symbol, { bracket: symbol }] as const),
  ['（', { bracket: '(' }],
  ['）', { bracket: ')' }],
  ['［', { bracket: '[' }],
  ['］', { bracket: ']' }],
  ['∣', { bracket: '|' }],
  ['｜', { bracket: '|' }],
  [',', { separator: ',' }],
  ['，', { separator: ',' }],
  [';', { separator: ';' }],
  ['#', { comment: true }],
  ['//', { comment: true }],
  ['∂', { derivative: true }],
  ['∇', { derivative: true }],
  ['≈', { foreign: '=' }],
  ['≔', { foreign: '=' }],
  ['←', { foreign: '=' }],
  ['===', { foreign: '==' }],
  ['=>', { foreign: '>=' }],
  ['=<', { foreign: '<=' }],
  ['<>', { foreign: '!=' }],
  ['∑', { foreign: 'sum(a, b, …)' }],
  ['∏', { foreign: 'prod(a, b, …)' }],
  ['∛', { foreign: 'x^(1/3)' }],
  ['?', { foreign: 'where(condition, a, b)' }],
  ['@', { foreign: '*' }],
  ['.*', { foreign: '⊙' }],
  ['./', { foreign: '/' }],
  ['.^', { foreign: '^' }],
  ['.+', { foreign: '+' }],
  ['.-', { foreign: '-' }],
  ['⌊', { foreign: 'floor(x)' }],
  ['⌈', { foreign: 'ceil(x)' }],
  ['%', { foreign: 'x - n*floor(x/n)' }],
  ['‖', { foreign: 'hypot(a, b, …)' }],
  ['&&', { foreign: '(a < b)*(c < d)' }],
  ['&', { foreign: '(a < b)*(c < d)' }],
  ['∧', { foreign: '(a < b)*(c < d)' }],
  ['∨', { foreign: 'max(a < b, c < d)' }],
  ['∘', { foreign: '⊙' }],
]);

const LONGEST_SIGN = 3;

const COMMANDS: ReadonlyMap<string, OperatorSymbol> = new Map([
  ['cdot', '*'],
  ['times', '*'],
  ['odot', '⊙'],
  ['div', '/'],
  ['le', '<='],
  ['leq', '<='],
  ['ge', '>='],
  ['geq', '>='],
  ['lt', '<'],
  ['gt', '>'],
  ['ne', '!='],
  ['neq', '!='],
]);

const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+−]?\d+)?/y;
/** What else may hang on a number that was not written rightly: `1.2.3`, `1_000`. */
const NUMBER_TAIL = /(?:[.\d]|_\d)+/y;
const NEWLINE = /\r\n|[\n\r\u2028\u2029]/y;
const COMMAND = /\\([A-Za-z]+)/y;
const BLANKS = /(?:[^\S\n\r\u2028\u2029]|[\u200b-\u200d\u2060\ufeff])+/y;
/** `.exp` in `np.exp(x)` and `x.exp()`. */
const METHOD = /\.(\p{L}[\p{L}\p{Nd}_]{0,63})/uy;
/** A whole derivative, so that a message can quote it: ∂L/∂w. */
const DERIVATIVE = /[∂∇][\p{L}\p{Nd}_]{0,32}(?: {0,4}\/ {0,4}∂[\p{L}\p{Nd}_]{0,32})?/uy;
/** A text in quotes, which only extensions can read. */
const QUOTED = /["“”„][^"“”„\n\r\u2028\u2029]*["“”]/y;
const COMMENT = /[^\n\r\u2028\u2029]*/y;

/**
 * The tokens of one stretch of the text, in order; the last one is `end`. Never fails: what means
 * nothing becomes a token of kind `bad`. Time is linear in the length.
 */
export function tokenize(text: string, { from, to }: Span): Token[] {
  const source = to < text.length ? text.slice(0, to) : text;
  const tokens: Token[] = [];
  let at = from;
  let spaced = true;
  while (at < to) {
    BLANKS.lastIndex = at;
    if (BLANKS.test(source)) {
      at = BLANKS.lastIndex;
      spaced = true;
      continue;
    }
    const token = tokenAt(source, at, spaced);
    tokens.push(token);
    at = token.to;
    spaced = token.kind === 'comment' || token.kind === 'separator';
  }
  tokens.push({ kind: 'end', from: to, to, spaced: true });
  return tokens;
}

function tokenAt(source: string, from: number, spaced: boolean): Token {
  const character = String.fromCodePoint(source.codePointAt(from)!);

  NEWLINE.lastIndex = from;
  if (NEWLINE.test(source)) return { kind: 'separator', symbol: '\n', from, to: NEWLINE.lastIndex, spaced };

  if (isDigit(character) || (character === '.' && isDigit(source[from + 1])))
    return numberAt(source, from, spaced);
  const fraction = FRACTIONS.get(character);
  if (fraction !== undefined) return { kind: 'number', value: fraction, from, to: from + 1, spaced };

  if (isLetter(character)) return nameAt(source, from, spaced);

  if (SUPERSCRIPTS.has(character)) return superscriptAt(source, from, spaced);

  COMMAND.lastIndex = from;
  const command = COMMAND.exec(source)?.[1];
  if (command !== undefined) {
    const symbol = COMMANDS.get(command);
    const to = COMMAND.lastIndex;
    if (symbol !== undefined) return { kind: 'operator', symbol, from, to, spaced };
    return { kind: 'bad', code: 'unknown-command', from, to, spaced };
  }

  METHOD.lastIndex = from;
  const method = METHOD.exec(source)?.[1];
  if (method !== undefined) {
    const instead = methodInstead(method, (name) => FUNCTIONS.has(name));
    const place = { from, to: METHOD.lastIndex, spaced };
    if (instead === null) return { kind: 'bad', code: 'derivative', ...place };
    return { kind: 'bad', code: 'foreign-symbol', instead, ...place };
  }
  QUOTED.lastIndex = from;
  if (QUOTED.test(source))
    return { kind: 'bad', code: 'unknown-character', from, to: QUOTED.lastIndex, spaced };
  for (let to = Math.min(from + LONGEST_SIGN, source.length); to > from; to--) {
    const meaning = SIGNS.get(source.slice(from, to));
    if (meaning !== undefined) return signOf(meaning, source, from, to, spaced);
  }
  return { kind: 'bad', code: 'unknown-character', from, to: from + character.length, spaced };
}

function signOf(meaning: Meaning, source: string, from: number, to: number, spaced: boolean): Token {
  const place = { from, to, spaced };
  if ('operator' in meaning) return { kind: 'operator', symbol: meaning.operator, ...place };
  if ('assign' in meaning) return { kind: 'assign', symbol: meaning.assign, ...place };
  if ('bracket' in meaning) return { kind: 'bracket', symbol: meaning.bracket, ...place };
  if ('separator' in meaning) return { kind: 'separator', symbol: meaning.separator, ...place };
  if ('foreign' in meaning)
    return { kind: 'bad', code: 'foreign-symbol', instead: meaning.foreign, ...place };
  if ('derivative' in meaning) {
    DERIVATIVE.lastIndex = from;
    DERIVATIVE.test(source);
    return { kind: 'bad', code: 'derivative', ...place, to: DERIVATIVE.lastIndex };
  }
  COMMENT.lastIndex = from;
  COMMENT.test(source);
  return { kind: 'comment', from, to: COMMENT.lastIndex, spaced };
}

function numberAt(source: string, from: number, spaced: boolean): Token {
  NUMBER.lastIndex = from;
  const written = NUMBER.exec(source)![0];
  const to = NUMBER.lastIndex;
  NUMBER_TAIL.lastIndex = to;
  if (NUMBER_TAIL.test(source))
    return { kind: 'bad', code: 'bad-number', from, to: NUMBER_TAIL.lastIndex, spaced };
  const value = Number(written.replace('−', '-'));
  if (!Number.isFinite(value)) return { kind: 'bad', code: 'number-too-large', from, to, spaced };
  return { kind: 'number', value, from, to, spaced };
}

function nameAt(source: string, from: number, spaced: boolean): Token {
  const { name, to, brokenBrace } = readName(source, from)!;
  if (brokenBrace !== null) {
    return { kind: 'bad', code: 'unclosed-brace', from: brokenBrace, to: brokenBrace + 1, spaced };
  }
  return { kind: 'name', name, from, to, spaced };
}

function superscriptAt(source: string, from: number, spaced: boolean): Token {
  let exponent = '';
  let to = from;
  while (to < source.length && SUPERSCRIPTS.has(source[to])) exponent += SUPERSCRIPTS.get(source[to++])!;
  if (!/^[-+]?(?:\d+|\p{L})$/u.test(exponent))
    return { kind: 'bad', code: 'bad-superscript', from, to, spaced };
  return { kind: 'superscript', exponent, from, to, spaced };
}

function operators(symbol: OperatorSymbol, spellings: readonly string[]): [string, Meaning][] {
  return spellings.map((spelling) => [spelling, { operator: symbol }]);
}

function assignments(symbol: AssignSymbol, spellings: readonly string[]): [string, Meaning][] {
  return spellings.map((spelling) => [spelling, { assign: symbol }]);
}
