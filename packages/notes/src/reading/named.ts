import { CONSTANTS } from '@backflow/language';
import type { NameTerm, Term } from '../term.ts';
import { apply } from './build.ts';
import { callAt, functionAt, gluedAt, seriesNamed } from './calls.ts';
import { layerAhead, nameWithMarks } from './marks.ts';
import type { Reader } from './reader.ts';
import type { NameNoteToken } from './tokens.ts';

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

/** `[∂L/∂w]_{w_old}`: where the derivative in brackets is taken, in words of its own. */
export function withoutMark(reader: Reader, term: Term): Term {
  const closing = reader.isOperator('_') && reader.isBracket('{', 1) ? reader.closingOf(reader.at + 1) : -1;
  if (closing < 0 || term.kind !== 'derivative') return term;
  reader.at = closing + 1;
  return term;
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
  else if (number && !bracketed && reader.names.has(token.key)) likely = false;
  else if (number && /^(?:δ|delta)$/.test(token.key)) likely = true;
  else if (letter && indices.length >= 2 && /^[ijklmn]$/.test(above.text)) likely = true;
  else if (bracketed) likely = letter || !number;
  else if (number)
    likely = letter && /\d/.test(indices) && (indices.length >= 2 || /^[azδhOo]/.test(token.key));
  else return false;
  if (likely || (letter && number && (indices !== '' || /^[wWωΩδΔ]/.test(token.key)))) {
    if (reader.choices.turned('layer', at)) likely = !likely;
  }
  return likely;
}
