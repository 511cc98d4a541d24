import type { LanguageFunction } from '@backflow/language';
import type { NameTerm, Term } from '../term.ts';
import { apply, whole } from './build.ts';
import { BARE, GLUED, INVERSES, NOT_GLUED, notesFunction } from './functions.ts';
import type { NotesFunction } from './functions.ts';
import type { Reader } from './reader.ts';
import type { NameNoteToken, NoteToken } from './tokens.ts';

/** A known function with its argument; null where the name is none or stands alone. */
export function functionAt(reader: Reader, token: NameNoteToken): Term | null {
  const found = notesFunction(token.key);
  if (found === null) return null;
  const known = reader.names.has(token.key);
  if (seriesAhead(reader, token)) return null;
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
function argumentsAt(reader: Reader): Term[] {
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
export function gluedAt(reader: Reader, token: NameNoteToken): Term | null {
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

/** `sum (y − t)^2`, `sum 3x²`: the square is summed. */
function seriesWord(reader: Reader, token: NameNoteToken): Term | null {
  if (!seriesAhead(reader, token)) return null;
  reader.at++;
  const body = reader.nested(() => reader.product());
  const operation = token.key === 'sum' ? 'sum' : 'prod';
  return {
    kind: 'series',
    operation,
    index: null,
    first: null,
    last: null,
    body,
    from: token.from,
    to: body.to,
  };
}

function seriesAhead(reader: Reader, token: NameNoteToken): boolean {
  const open = reader.peek(1);
  const bracket = open?.kind === 'bracket' && open.symbol === '(';
  const known = reader.names.has(token.key) || !/^(?:sum|prod)$/.test(token.key);
  return !known && open !== undefined && open.spaced && reader.begins(open) && (!bracket || isRaised(reader));
}

/** True where the brackets that open behind the name here are raised to a power. */
function isRaised(reader: Reader): boolean {
  const closing = reader.closingOf(reader.at + 1);
  const raised = closing < 0 ? undefined : reader.tokens[closing + 1];
  return raised?.kind === 'raised' || (raised?.kind === 'operator' && raised.symbol === '^');
}

/** `sum_j w_j x_j` */
export function seriesNamed(reader: Reader, token: NameNoteToken): Term | null {
  const series = seriesWord(reader, token);
  if (series !== null) return series;
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

/** Names that people give to functions. */
const FUNCTION_LETTER =
  /^(?:[fgFGφψHQR]|[A-Z]?[a-z]*(?:loss|Loss|cost|Cost|error|Error|activation|forward|model|net))$/u;
/** Names of results that are written as functions of what they depend on. */
const RESULT_LETTER = /^[∂∇]?(?:[CJLEhyzapqruvPNISTℒ]|[A-Z][a-z]+|[a-z]{2,})(?:_.*|\^.*)?$/u;

/** `f(x)`, `f′(1)`, `C(w_1, w_2)`; null where the parenthesis is a factor. */
export function callAt(reader: Reader, token: NameNoteToken): Term | null {
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
        nested || (plain && inner[0].kind === 'name') || ((plain || signed) && /^[CJLEhpquP]/.test(letter));
  }
  // Nobody multiplies f by a number in parentheses.
  if (!likely && !open.spaced && /^[fgFGCLEJ]$/.test(base))
    likely = (plain && inner[0].kind === 'number') || signed;
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
