import { CONSTANTS } from '@backflow/language';
import type { LanguageFunction } from '@backflow/language';
import type { NameTerm, Term } from '../term.ts';
import { apply, whole } from './build.ts';
import { layerAhead, nameWithMarks } from './differentials.ts';
import { BARE, GLUED, INVERSES, NOT_GLUED, notesFunction } from './functions.ts';
import type { NotesFunction } from './functions.ts';
import type { Reader } from './reader.ts';
import type { NameNoteToken, NoteToken } from './tokens.ts';

/** Reads what begins with a name: a function and its argument, a constant, or the name alone. */
export function namedAt(reader: Reader): Term {
  const token = reader.nameAt()!;
  if (token.broken) reader.fail('cut-off');
  if (/^(?:lim|argmin|argmax)(?:_|$)|^(?:min|max)_\{?\p{L}/u.test(token.key) && !reader.names.has(token.key))
    reader.fail();
  const called = functionAt(reader, token) ?? gluedAt(reader, token) ?? seriesNamed(reader, token);
  if (called !== null) return called;
  const constant = CONSTANTS.get(token.key);
  // e^x is Euler's number also where e is a node.
  if (constant !== undefined && (!reader.names.has(token.key) || isPower(reader))) {
    const { from, to } = token;
    if (constant.name !== 'e' || isEuler(reader)) {
      reader.at++;
      return { kind: 'constant', ...constant, from, to };
    }
  }
  const barred = barredAt(reader, token);
  if (barred !== null) return barred;
  const call = callAt(reader, token) ?? splitAt(reader, token);
  if (call !== null) return call;
  reader.at++;
  const name = nameWithMarks(reader, token, isLayer(reader, token));
  return token.layered ? starred(reader, name) : (layerTransposed(reader, name) ?? starred(reader, name));
}

/** `W^{(2)T}` */
function layerTransposed(reader: Reader, name: NameTerm): Term | null {
  const bracket = reader.peek(2);
  if (!reader.isOperator('^') || !reader.isBracket('{', 1) || bracket?.kind !== 'bracket') return null;
  const outer = reader.closingOf(reader.at + 1);
  const inner = reader.closingOf(reader.at + 2);
  const sign = reader.tokens[inner + 1];
  const transposed =
    (sign?.kind === 'name' && sign.key === 'T') || (sign?.kind === 'operator' && sign.symbol === '⊤');
  if (inner < 0 || outer !== inner + 2 || !transposed || inner > reader.at + 6) return null;
  let layer = '';
  for (const token of reader.tokens.slice(reader.at + 3, inner)) {
    if (token.kind === 'name') layer += token.key;
    else if (token.kind === 'number') layer += String(token.value);
    else if (token.kind === 'operator' && /[+-]/.test(token.symbol)) layer += token.symbol;
    else return null;
  }
  const written = bracket.symbol === '[' ? `[${layer}]` : `(${layer})`;
  const { from } = name;
  const of: NameTerm = {
    ...name,
    key: `${name.key}^{${written}}`,
    spelling: `${name.spelling}^{${written}}`,
    to: reader.tokens[inner].to,
  };
  reader.at = outer + 1;
  return { kind: 'transpose', of, from, to: reader.tokens[outer].to };
}

/** `wa^{(0)}` */
const LAYERED_PAIR = /^(?![dDδΔ∂∇])\p{L}\p{L}(?:_[^^]*)?\^\{[([]/u;

/** `xy²` raises y only, and only a has a layer in `wa^{(0)}`. */
function splitAt(reader: Reader, token: NameNoteToken): Term | null {
  const raised = reader.peek(1);
  const power =
    raised !== undefined &&
    !raised.spaced &&
    ((raised.kind === 'raised' && /^-?\d+$/.test(raised.text)) || reader.isOperator('^', 1));
  const layered = LAYERED_PAIR.exec(token.key);
  if (layered !== null && !reader.names.has(token.key) && !reader.choices.turned('split', reader.at)) {
    const [letter] = token.key;
    const { from } = token;
    const name: Term = { kind: 'name', key: letter, spelling: letter, from, to: from + letter.length };
    const key = token.key.slice(letter.length);
    reader.tokens[reader.at] = {
      ...token,
      key,
      spelling: token.spelling.slice(letter.length),
      from: name.to,
    };
    return apply('mul', [name, reader.power()], undefined, true);
  }
  if (!power || reader.names.has(token.key) || !/^\p{L}{2,8}$/u.test(token.key)) return null;
  const letters = Array.from(token.key);
  const defined = letters.every((letter) => reader.names.has(letter));
  if (!defined && letters.length > 2) return null;
  if (reader.choices.turned('split', reader.at)) return null;
  let { from } = token;
  const names: Term[] = [];
  for (const letter of letters.slice(0, -1)) {
    names.push({ kind: 'name', key: letter, spelling: letter, from, to: from + 1 });
    from++;
  }
  const key = letters.at(-1)!;
  reader.tokens[reader.at] = { ...token, key, spelling: key, from, spaced: false };
  return [...names, reader.power()].reduce((left, right) => apply('mul', [left, right], undefined, true));
}

/** w⁺ and w^{*}: names of their own. */
function starred(reader: Reader, name: NameTerm): NameTerm {
  const raised = reader.peek();
  let sign: string | null = null;
  let length = 1;
  if (raised?.kind === 'raised' && raised.text === '+') sign = '+';
  else if (reader.isOperator('^')) {
    const braced = reader.isBracket('{', 1);
    length = braced ? 4 : 2;
    const mark = reader.peek(braced ? 2 : 1);
    const closed = braced
      ? reader.isBracket('}', 3)
      : !reader.begins(reader.peek(2)) && !reader.isOperator('-', 2);
    if (closed && mark?.kind === 'operator' && (mark.symbol === '+' || mark.symbol === '*'))
      sign = mark.symbol;
  }
  if (sign === null) return name;
  reader.at += length;
  const to = reader.tokens[reader.at - 1].to;
  return { ...name, key: `${name.key}^{${sign}}`, spelling: `${name.spelling}^${sign}`, to };
}

/** `(ω)_new`, `(w)new`: a name in parentheses with a mark behind them. */
export function markedBracket(reader: Reader, term: Term): Term {
  if (term.kind !== 'name') return term;
  const lowered = reader.isOperator('_');
  const braced = lowered && reader.isBracket('{', 1);
  const mark = reader.nameAt(lowered ? (braced ? 2 : 1) : 0);
  if (mark === null || (braced && !reader.isBracket('}', 3))) return term;
  if (!lowered && (mark.spaced || !/^(?:new|old|neu|alt)$/.test(mark.key))) return term;
  reader.at += lowered ? (braced ? 4 : 2) : 1;
  const to = reader.tokens[reader.at - 1].to;
  return { ...term, key: `${term.key}_${mark.key}`, spelling: `${term.spelling}_${mark.spelling}`, to };
}

/** True where an exponent hangs on the name here. */
function isPower(reader: Reader): boolean {
  const raised = reader.peek(1);
  return raised !== undefined && !raised.spaced && (raised.kind === 'raised' || reader.isOperator('^', 1));
}

/** A bare e is more often an error or a node of that name than Euler's number; e^x is not, but e² may be. */
function isEuler(reader: Reader): boolean {
  const raised = reader.peek(1);
  const power = isPower(reader);
  const number = raised?.kind === 'raised' ? /^\d$/.test(raised.text) : reader.peek(2)?.kind === 'number';
  if (power && !number) return true;
  return reader.choices.turned('constant', reader.at) !== power;
}

/** x̄ for ∂·/∂x. */
function barredAt(reader: Reader, token: NameNoteToken): Term | null {
  const plain = token.key.normalize('NFD');
  if (!/^\p{L}\u0304/u.test(plain)) return null;
  const turned = reader.choices.turned('bar', reader.at);
  if (turned !== reader.names.has(token.key)) return null;
  reader.at++;
  const strip = (name: string): string => name.normalize('NFD').replace('\u0304', '').normalize('NFC');
  const { from, to } = token;
  const by: NameTerm = { kind: 'name', key: strip(token.key), spelling: strip(token.spelling), from, to };
  return { kind: 'derivative', of: null, by, order: 1, at: [], from, to };
}

/** A known function with its argument; null where the name is none or stands alone. */
function functionAt(reader: Reader, token: NameNoteToken): Term | null {
  const found = notesFunction(token.key);
  if (found === null) return null;
  const known = reader.names.has(token.key);
  const { at } = reader;
  reader.at++;
  const raised = exponentOf(reader, found.callee);
  const open = reader.peek();
  const bracket =
    open?.kind === 'bracket' &&
    (open.symbol === '(' || open.symbol === '[' || open.symbol === '{' || open.symbol === '❴');
  const called = bracket && (open.symbol !== '[' || !known) && !(known && open.spaced);
  if (called && !(found.primes === 0 && isOwnFactor(reader, token.key))) {
    return applied(reader, token, found, argumentsAt(reader), raised);
  }
  // σ x is seen less often than a factor x behind a value σ.
  const bare = token.key.length > 1 && (BARE.has(found.callee.operation) || raised !== null);
  if (!known && bare && takesBare(reader)) {
    return applied(reader, token, found, [bareArgument(reader)], raised);
  }
  reader.at = at;
  return null;
}

/** `σ(1 − σ)`: a factor, not an argument. */
function isOwnFactor(reader: Reader, key: string): boolean {
  const closing = reader.closingOf(reader.at);
  for (let i = reader.at + 1; i < closing; i++) {
    const token = reader.tokens[i];
    if (token.kind !== 'name' || token.key !== key) continue;
    const next = reader.tokens[i + 1];
    if (next?.kind !== 'bracket' || next.symbol !== '(') return true;
  }
  return false;
}

interface Raised {
  /** What the function's name is raised to: sin²x; null for an inverse. */
  readonly exponent: Term | null;
  readonly inverse: string | null;
}

/** The ² of `sin²x`, the ⁻¹ of `sin⁻¹x`; only where an argument follows. */
function exponentOf(reader: Reader, callee: LanguageFunction): Raised | null {
  const token = reader.peek();
  const { at } = reader;
  let power: string | null = null;
  let exponent: Term | null = null;
  if (token?.kind === 'raised' && /^-?\d$/.test(token.text)) {
    power = token.text;
    exponent = whole(Number(token.text), token);
    reader.at++;
  } else if (reader.isOperator('^')) {
    const braced = reader.isBracket('{', 1) || reader.isBracket('(', 1);
    const inner = reader.at + (braced ? 2 : 1);
    const negative = reader.isOperator('-', inner - reader.at);
    const number = reader.tokens[inner + (negative ? 1 : 0)];
    if (number?.kind !== 'number' || !number.integer || number.value > 9) return null;
    power = `${negative ? '-' : ''}${number.value}`;
    exponent = whole(negative ? -number.value : number.value, number);
    reader.at = inner + (negative ? 2 : 1) + (braced ? 1 : 0);
  }
  if (power === null) return null;
  const open = reader.peek();
  if (!(open?.kind === 'bracket' && (open.symbol === '(' || open.symbol === '{')) && !takesBare(reader)) {
    reader.at = at;
    return null;
  }
  const inverse = power === '-1' ? (INVERSES.get(callee.name) ?? null) : null;
  return { exponent: inverse === null ? exponent : null, inverse };
}

function applied(
  reader: Reader,
  token: NameNoteToken,
  { callee, primes }: NotesFunction,
  of: readonly Term[],
  raised: Raised | null,
): Term {
  const span = { from: token.from, to: reader.tokens[reader.at - 1].to };
  let term: Term;
  const inverse = raised?.inverse ?? null;
  const operation = (inverse ?? callee.operation) as typeof callee.operation;
  if (primes === 1 && of.length === 1) term = { kind: 'slope', operation, of: of[0], ...span };
  else if (primes > 0 || of.length < callee.least || of.length > callee.most) {
    const { key, spelling, from, to } = token;
    term = {
      kind: 'call',
      callee: { kind: 'name', key: key.replace(/'+/, ''), spelling, from, to },
      primes,
      of,
      ...span,
    };
  } else term = apply(operation, of, span);
  return raised === null || raised.exponent === null ? term : apply('pow', [term, raised.exponent], span);
}

/** The arguments in the brackets that open here. */
export function argumentsAt(reader: Reader): Term[] {
  const open = reader.at;
  const closing = reader.closingOf(open);
  if (closing < 0 || closing >= reader.limit) {
    reader.at = reader.limit;
    reader.fail('cut-off');
  }
  return reader.within(open + 1, closing, closing + 1, () => {
    const items: Term[] = [];
    while (reader.peek() !== undefined) {
      // A keyword in a call: `axis=0`.
      items.push(reader.comparison());
      const separator = reader.peek();
      if (separator === undefined) break;
      if (separator.kind !== 'separator') reader.fail();
      reader.at++;
    }
    if (items.length === 0) reader.fail('empty');
    return items;
  });
}

/** True where an argument without parentheses can begin. */
function takesBare(reader: Reader): boolean {
  const token = reader.peek();
  if (reader.isOperator('-')) {
    const next = reader.peek(1);
    return token!.spaced && next !== undefined && !next.spaced && reader.begins(next);
  }
  if (token?.kind === 'operator') return token.symbol === '√';
  if (token?.kind === 'bracket') return token.symbol === '|' && reader.bars === 0;
  return reader.begins(token) && token?.kind !== 'ellipsis' && token?.kind !== 'series';
}

/** `sin x²`, `exp -x`, `ln 2x`, `tan \frac{a}{b}`: a number and what hangs on it, or one operand. */
function bareArgument(reader: Reader): Term {
  const negative = reader.isOperator('-') ? reader.next() : null;
  let term = reader.nested(() => reader.power());
  for (;;) {
    const token = reader.peek();
    const joined = token !== undefined && (term.kind === 'number' || !token.spaced) && token.kind === 'name';
    if (!joined || notesFunction(token.key) !== null) break;
    term = apply('mul', [term, reader.nested(() => reader.power())], undefined, true);
  }
  return negative === null ? term : apply('neg', [term], { from: negative.from, to: term.to });
}

/** `sinx` */
function gluedAt(reader: Reader, token: NameNoteToken): Term | null {
  if (NOT_GLUED.has(token.key) || reader.names.has(token.key) || notesFunction(token.key) !== null)
    return null;
  const match = GLUED.exec(token.key);
  if (match === null || !token.spelling.startsWith(match[1])) return null;
  const length = match[1].length;
  const found = notesFunction(match[1])!;
  const rest: NameNoteToken = {
    ...token,
    key: token.key.slice(length),
    spelling: token.spelling.slice(length),
    from: token.from + length,
    spaced: false,
  };
  reader.tokens[reader.at] = rest;
  return applied(reader, { ...token, to: rest.from }, found, [bareArgument(reader)], null);
}

/** `sum_j w_j x_j` */
function seriesNamed(reader: Reader, token: NameNoteToken): Term | null {
  const match = /^(sum|prod)_(?:\{)?(\p{L})(?:=(\d+))?\}?$/u.exec(token.key);
  if (match === null || reader.names.has(token.key)) return null;
  const { at } = reader;
  reader.at++;
  let last: Term | null = null;
  if (reader.isOperator('^')) {
    reader.at++;
    last = reader.isBracket('{') ? reader.bracketed(() => reader.sum()) : reader.power();
  }
  if (!reader.begins(reader.peek())) {
    reader.at = at;
    return null;
  }
  const body = reader.nested(() => reader.product());
  const { from, to } = token;
  return {
    kind: 'series',
    operation: match[1] as 'sum' | 'prod',
    index: match[2],
    first: match[3] === undefined ? null : whole(Number(match[3]), { from, to }),
    last,
    body,
    from,
    to: body.to,
  };
}

/** `[∂L/∂w]_{w_old}`: where the derivative in brackets is taken, in words of its own. */
export function withoutMark(reader: Reader, term: Term): Term {
  const closing = reader.isOperator('_') && reader.isBracket('{', 1) ? reader.closingOf(reader.at + 1) : -1;
  if (closing < 0 || term.kind !== 'derivative') return term;
  reader.at = closing + 1;
  return term;
}

/** Names that people give to functions. */
const FUNCTION_LETTER =
  /^(?:[fgFGφψHQR]|[A-Z]?[a-z]*(?:loss|Loss|cost|Cost|error|Error|activation|forward|model|net))$/u;
/** Names of results that are written as functions of what they depend on. */
const RESULT_LETTER = /^[∂∇]?(?:[CJLEhyzaPNISℒ]|[A-Z][a-z]+|[a-z]{2,})(?:_.*|\^.*)?$/u;

/** `f(x)`, `f′(1)`, `C(w_1, w_2)`; null where the parenthesis is a factor. */
function callAt(reader: Reader, token: NameNoteToken): Term | null {
  const open = reader.peek(1);
  if (open?.kind !== 'bracket' || open.symbol !== '(') return null;
  const closing = reader.closingOf(reader.at + 1);
  if (closing < 0 || closing >= reader.limit) return null;
  const inner = reader.tokens.slice(reader.at + 2, Math.min(closing, reader.at + 40));
  const primes = /'*$/.exec(/^[^_^]*/.exec(token.key)![0])![0].length;
  const base = token.key.replace(/'+/, '');
  const outer = outermost(reader, reader.at + 2, closing);
  const list = outer.some(({ kind }) => kind === 'separator');
  const compares = outer.some(({ kind }) => kind === 'relation');
  const operators = inner.some((part) => part.kind === 'operator' && part.symbol !== '∂');
  const plain = inner.length > 0 && !operators && inner.length <= 2;
  const nested =
    inner[0]?.kind === 'name' && inner[1]?.kind === 'bracket' && inner[1].symbol === '(' && !operators;
  const gradient = /^[∂∇]/.test(base);
  const signed = inner.length === 2 && operators && inner[1]?.kind === 'number';
  let likely = list || primes > 0;
  if (!likely && !reader.names.has(token.key) && !open.spaced) {
    const letter = base.replace(/^[∂∇]/, '');
    if (FUNCTION_LETTER.test(letter)) likely = true;
    else if (gradient || (RESULT_LETTER.test(letter) && !token.layered))
      likely =
        nested || (plain && inner[0].kind === 'name') || ((plain || signed) && /^[CJLEh]/.test(letter));
  }
  if (compares && /^[I1𝟙]$/u.test(base)) {
    reader.at++;
    return reader.bracketed(() => reader.comparison());
  }
  if (compares) return null;
  if (!list && primes === 0 && reader.choices.turned('call', reader.at)) likely = !likely;
  if (!likely) return null;
  reader.at++;
  const of = argumentsAt(reader);
  const { spelling, from, to } = token;
  const callee: NameTerm = { kind: 'name', key: base, spelling: spelling.replace(/['′]+/, ''), from, to };
  return { kind: 'call', callee, primes, of, from, to: reader.tokens[reader.at - 1].to };
}

/** The tokens in `[from, to)` that stand in no further bracket. */
function outermost(reader: Reader, from: number, to: number): NoteToken[] {
  const tokens: NoteToken[] = [];
  for (let i = from; i < to; i++) {
    tokens.push(reader.tokens[i]);
    const closing = reader.closingOf(i);
    if (closing >= 0) i = closing;
  }
  return tokens;
}

/** Letters whose superscript is a layer where it can be one. */
const LAYERED_LETTER = /^(?:[wWωΩazbBAZδΔoOhHθΘ]|net|out|err)(?:'|_|$)/u;

/** True where the bare superscript behind the name is its layer and not a power. */
function isLayer(reader: Reader, token: NameNoteToken): boolean {
  if (token.layered) return false;
  const at = reader.at - 1;
  const above = layerAhead(reader);
  if (above === null || /^[T⊤]$/.test(above.text)) return false;
  if (reader.names.has(`${token.key}^{(${above.text})}`)) return true;
  const letter = LAYERED_LETTER.test(token.key);
  const bracketed = reader.isBracket('(', 1);
  const named = /^(?:[lLℓ]|out|in|new|old)(?:[-+]\d+)?$/.test(above.text);
  const number = /^\d+$/.test(above.text);
  const indices = /_\{?([^}]*)\}?$/.exec(token.key)?.[1] ?? '';
  let likely = false;
  if (named) likely = true;
  else if (letter && indices.length >= 2 && /^[ijklmn]$/.test(above.text)) likely = true;
  else if (bracketed) likely = letter || !number;
  else if (number)
    likely = letter && (indices.length >= 2 || (indices !== '' && /^[azδhOo]/.test(token.key)));
  else return false;
  if (likely || (letter && number && (indices !== '' || /^[wWωΩδΔ]/.test(token.key)))) {
    if (reader.choices.turned('layer', at)) likely = !likely;
  }
  return likely;
}
