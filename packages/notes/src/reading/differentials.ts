import type { DerivativeTerm, NameTerm, Term } from '../term.ts';
import { layerAhead, nameWithMarks } from './marks.ts';
import type { Reader } from './reader.ts';
import type { NameNoteToken, NoteToken } from './tokens.ts';

/** How far the numerator of a derivative may reach: tokens, with brackets as one. */
const LONGEST_NUMERATOR = 16;

/** Reads a derivative in any of its ways of writing, if one begins here. */
export function derivativeAt(reader: Reader): Term | null {
  const token = reader.peek();
  if (token?.kind === 'structure' && token.structure === 'fraction') return fractionAt(reader);
  if (token?.kind === 'bracket' && token.symbol === '(') return operatorAt(reader);
  if (token?.kind === 'name') return joinedAt(reader, token) ?? quotientAt(reader);
  if (token?.kind !== 'operator' || (token.symbol !== '∂' && token.symbol !== '∇')) return null;
  return gradientAt(reader, token) ?? quotientAt(reader);
}

/** \frac{∂L}{∂w}, \frac{d}{dx} x². */
function fractionAt(reader: Reader): Term | null {
  const above = reader.at + 1;
  const upper = reader.closingOf(above);
  const below = upper + 1;
  const lower = upper < 0 || below >= reader.limit ? -1 : reader.closingOf(below);
  if (lower < 0 || lower >= reader.limit) return null;
  straighten(reader, above + 1, below + 1);
  if (!isDifferential(reader, above + 1, upper) || !isDifferential(reader, below + 1, lower)) return null;
  if (isDefinedQuotient(reader, above + 1, below + 1)) return null;
  const { from } = reader.peek()!;
  const numerator = reader.within(above + 1, upper, below, () => numeratorOf(reader));
  const bys = reader.within(below + 1, lower, lower + 1, () => denominatorOf(reader, numerator.order));
  return assembled(reader, numerator, bys, from, reader.tokens[lower].to);
}

/** ∂L/∂w, dL/dw5, d(sin x)/dx, ∂/∂x (x²y), (∂L)/(∂w). */
function quotientAt(reader: Reader): Term | null {
  const { at } = reader;
  const first = reader.tokens[at];
  straighten(reader, at, at + (first.kind === 'name' && first.key === 'δ' ? 3 : 2));
  if (!isDifferential(reader, at, reader.limit)) return null;
  const slash = slashAfter(reader, at);
  if (slash < 0 || isDefinedQuotient(reader, at, slash + 1)) return null;
  const { from } = reader.tokens[at];
  const numerator = reader.within(at, slash, slash + 1, () => numeratorOf(reader));
  const bys = denominatorOf(reader, numerator.order);
  return assembled(reader, numerator, bys, from, reader.tokens[reader.at - 1].to);
}

/** (d/dx)(…): the operator in brackets of its own. */
function operatorAt(reader: Reader): Term | null {
  const open = reader.at;
  const closing = reader.closingOf(open);
  const first = reader.tokens[open + 1];
  const bare =
    first?.kind === 'operator' ? first.symbol === '∂' : first?.kind === 'name' && first.key === 'd';
  const slash = reader.tokens[open + 2];
  if (!bare || closing < 0 || slash?.kind !== 'operator' || slash.symbol !== '/') return null;
  if (!isDifferential(reader, open + 3, closing) || !reader.begins(reader.tokens[closing + 1])) return null;
  const bys = reader.within(open + 3, closing, closing + 1, () => denominatorOf(reader, 1));
  return assembled(reader, { of: null, order: 1 }, bys, reader.tokens[open].from, reader.tokens[closing].to);
}

interface Numerator {
  readonly order: number;
  readonly of: Term | null;
}

function numeratorOf(reader: Reader): Numerator {
  stripDifferential(reader);
  const order = orderAt(reader);
  if (reader.peek() === undefined) return { order, of: null };
  return { order, of: reader.sum() };
}

/** What is differentiated by, once for each time. */
function denominatorOf(reader: Reader, order: number): Term[] {
  const bys: Term[] = [];
  while (bys.length < order && isDifferential(reader, reader.at, reader.limit)) {
    stripDifferential(reader);
    const name = reader.nameAt();
    if (name === null && !reader.isBracket('(') && !reader.isBracket('{')) reader.fail();
    const by = name === null ? reader.bracketed(() => reader.sum()) : variableAt(reader, name, order);
    const times = order > 1 ? orderAt(reader) : 1;
    for (let i = 0; i < times; i++) bys.push(by);
  }
  if (bys.length === 0) reader.fail();
  return bys;
}

/** A name below the bar. A bare superscript on it is its layer, unless it counts the derivatives. */
function variableAt(reader: Reader, token: NameNoteToken, order = 1): NameTerm {
  reader.at++;
  return nameWithMarks(reader, token, order === 1 || layerAhead(reader)?.text !== String(order));
}

function assembled(
  reader: Reader,
  { of, order }: Numerator,
  bys: readonly Term[],
  from: number,
  end: number,
): Term {
  let to = end;
  let body = of;
  if (body === null) {
    if (!reader.begins(reader.peek()) && !reader.isOperator('-')) reader.fail();
    body = bodyOf(reader);
    ({ to } = body);
  }
  const same = bys.every((by) => by.kind === 'name' && bys[0].kind === 'name' && by.key === bys[0].key);
  let term: Term;
  if (order <= 2 && same && bys.length === order) {
    term = { kind: 'derivative', of: body, by: bys[0], order, at: [], from, to };
  } else {
    term = body;
    for (const by of bys.toReversed())
      term = { kind: 'derivative', of: term, by, order: 1, at: [], from, to };
  }
  return placed(reader, term);
}

/** What `d/dx` works on: a bracket, or a product. */
function bodyOf(reader: Reader): Term {
  const token = reader.peek();
  const bracket = token?.kind === 'bracket' && (token.symbol === '(' || token.symbol === '[');
  return bracket ? reader.power() : reader.product();
}

/** Takes a derivative at a place; f′(x) at x = 2 is f′(2). Null for a term that cannot be taken anywhere. */
export function takenAt(term: Term, places: DerivativeTerm['at'], to: number): Term | null {
  const put = (item: Term): Term =>
    item.kind === 'name' ? (places.find(({ name }) => name.key === item.key)?.value ?? item) : item;
  switch (term.kind) {
    case 'derivative':
      return { ...term, at: [...term.at, ...places], to };
    case 'call':
      return { ...term, of: term.of.map(put), to };
    case 'slope':
      return { ...term, of: put(term.of), to };
    default:
      return null;
  }
}

/** Reads `|_{x = 2}` behind a term. */
export function placed(reader: Reader, term: Term): Term {
  if (reader.peek()?.kind !== 'bar') return term;
  const places = placesBelow(reader);
  return takenAt(term, places, reader.tokens[reader.at - 1].to) ?? reader.fail();
}

function placesBelow(reader: Reader): DerivativeTerm['at'] {
  reader.at++;
  const lowered = reader.peek();
  if (lowered?.kind === 'lowered') {
    const match = /^(\p{L}\w*)=([-+]?\d+)$/u.exec(lowered.text);
    if (match === null) reader.fail();
    reader.at++;
    const { from, to } = lowered;
    const name: NameTerm = { kind: 'name', key: match[1], spelling: match[1], from, to };
    const value: Term = {
      kind: 'number',
      value: Number(match[2]),
      unit: 1,
      integer: true,
      open: false,
      from,
      to,
    };
    return [{ name, value }];
  }
  const braced = reader.isBracket('{') || reader.isBracket('(');
  const closing = braced ? reader.closingOf(reader.at) : -1;
  if (braced && closing < 0) reader.fail('cut-off');
  return braced
    ? reader.within(reader.at + 1, closing, closing + 1, () => placesOf(reader))
    : placesOf(reader, 1);
}

/** `x = 2, y = 3` */
export function placesOf(reader: Reader, most = Infinity): DerivativeTerm['at'] {
  const places: DerivativeTerm['at'][number][] = [];
  while (places.length < most) {
    const name = reader.nameAt();
    const sign = reader.peek(1);
    if (name === null || sign?.kind !== 'relation' || (sign.symbol !== '=' && sign.symbol !== '≈'))
      reader.fail();
    reader.at += 2;
    const value = most === 1 ? reader.factor() : reader.sum();
    const { key, spelling, from, to } = name;
    places.push({ name: { kind: 'name', key, spelling, from, to }, value });
    const separator = reader.peek();
    const joined =
      separator?.kind === 'separator' || (separator?.kind === 'name' && /^(?:and|und)$/.test(separator.key));
    if (!joined || reader.nameAt(1) === null || reader.peek(2)?.kind !== 'relation') break;
    reader.at++;
  }
  return places;
}

/** ∇_w L, ∂_w L, ∇C. */
function gradientAt(reader: Reader, sign: NoteToken & { readonly kind: 'operator' }): Term | null {
  const mark = reader.peek(1);
  const lowered = mark?.kind === 'lowered';
  if (lowered || (mark?.kind === 'operator' && mark.symbol === '_')) {
    reader.at += lowered ? 1 : 2;
    let by: Term;
    if (lowered) {
      const { text, from, to } = mark;
      reader.at++;
      by = { kind: 'name', key: text, spelling: text, from, to };
    } else if (reader.isBracket('{')) by = reader.bracketed(() => reader.sum());
    else {
      const name = reader.nameAt();
      if (name === null) reader.fail();
      by = variableAt(reader, name);
    }
    if (!reader.begins(reader.peek())) reader.fail();
    const of = reader.power();
    return placed(reader, { kind: 'derivative', of, by, order: 1, at: [], from: sign.from, to: of.to });
  }
  const name = reader.nameAt(1);
  if (name === null) return null;
  if (sign.symbol === '∂' && slashAfter(reader, reader.at) >= 0) return null;
  // ∇C and a lone ∂C are names of their own.
  reader.at++;
  const prefix = sign.symbol;
  reader.tokens[reader.at] = {
    ...name,
    key: prefix + name.key,
    spelling: prefix + name.spelling,
    from: sign.from,
  };
  return null;
}

/** dL_dw5 */
function joinedAt(reader: Reader, token: NameNoteToken): Term | null {
  const match = JOINED.exec(token.key);
  if (match === null || reader.names.has(token.key)) return null;
  const [, above, below] = match;
  const start = token.key.length - below.length;
  if (reader.isBracket('(', 1) && !reader.peek(1)!.spaced) return null;
  reader.at++;
  const { from, to } = token;
  const of: NameTerm = {
    kind: 'name',
    key: above,
    spelling: above,
    from: from + 1,
    to: from + 1 + above.length,
  };
  const by: NameTerm = { kind: 'name', key: below, spelling: below, from: from + start, to };
  return placed(reader, { kind: 'derivative', of, by, order: 1, at: [], from, to });
}

const JOINED =
  /^[d∂]((?:[A-Z]|[a-zα-ω](?=_d|\d|_\w*_d)|loss|cost|err|out|net|act|logit)[\p{L}\p{Nd}_]*?)_[d∂](\p{L}[\p{L}\p{Nd}_]*)$/u;

/** δE/δw with the signs of ∂E/∂w, where neither δE nor δw is a name. */
function straighten(reader: Reader, above: number, below: number): void {
  const places = [above, below];
  const isDelta = (index: number): boolean => {
    const [token, next] = [reader.tokens[index], reader.tokens[index + 1]];
    if (token?.kind !== 'name' || reader.names.has(token.key)) return false;
    return token.key === 'δ' ? next?.kind === 'name' : /^δ\p{L}/u.test(token.key);
  };
  if (below >= reader.limit || !places.every(isDelta)) return;
  for (const index of places) {
    const token = reader.tokens[index] as NameNoteToken;
    reader.tokens[index] = {
      ...token,
      key: `d${token.key.slice(1)}`,
      spelling: `d${token.spelling.slice(1)}`,
    };
  }
}

/** True where ∂, or d with a letter behind it, stands at `index`. */
function isDifferential(reader: Reader, index: number, limit: number): boolean {
  const token = index < limit ? reader.tokens[index] : undefined;
  if (token?.kind === 'operator') return token.symbol === '∂';
  if (token?.kind !== 'name') return false;
  if (token.key !== 'd') return /^d\p{L}/u.test(token.key) && !WORDS_WITH_D.test(token.key);
  const next = index + 1 < limit ? reader.tokens[index + 1] : undefined;
  switch (next?.kind) {
    case 'name':
    case 'raised':
    case 'structure':
      return true;
    case 'operator':
      return next.symbol === '/' || next.symbol === '^';
    case 'bracket':
      return next.symbol === '(' || next.symbol === '[' || next.symbol === '{';
    default:
      // \frac{d}{dx}
      return index + 1 === limit;
  }
}

/** Words that begin with d and are no differentials. */
const WORDS_WITH_D =
  /^(?:delta|data|dist|distance|diff|difference|dot|dim|depth|div|det|dropout|decay|degree|days?)(?:_|$)/;

/** True where both sides of `dA/dB` are names that are defined. */
function isDefinedQuotient(reader: Reader, above: number, below: number): boolean {
  const [upper, lower] = [reader.tokens[above], reader.tokens[below]];
  return (
    upper?.kind === 'name' &&
    lower?.kind === 'name' &&
    reader.names.has(upper.key) &&
    reader.names.has(lower.key)
  );
}

/** Takes the ∂ or the d in front away. */
function stripDifferential(reader: Reader): void {
  const token = reader.peek();
  if (token?.kind === 'name' && token.key !== 'd') {
    const rest = {
      ...token,
      key: token.key.slice(1),
      spelling: token.spelling.slice(1),
      from: token.from + 1,
    };
    reader.tokens[reader.at] = rest;
  } else reader.at++;
}

/** The 2 of ∂² and ∂x². */
function orderAt(reader: Reader): number {
  const token = reader.peek();
  if (token?.kind === 'raised' && /^[2-9]$/.test(token.text)) {
    reader.at++;
    return Number(token.text);
  }
  if (!reader.isOperator('^')) return 1;
  const braced = reader.isBracket('{', 1);
  const order = reader.peek(braced ? 2 : 1);
  if (order?.kind !== 'number' || !order.integer || order.value < 1 || order.value > 9) return 1;
  reader.at += braced ? 4 : 2;
  return order.value;
}

/** The `/` of a quotient of differentials whose numerator begins at `from`; -1 if there is none. */
function slashAfter(reader: Reader, from: number): number {
  const first = reader.tokens[from];
  const whole = first.kind === 'name' && first.key !== 'd';
  for (let index = from + 1, steps = 0; index < reader.limit && steps < LONGEST_NUMERATOR; index++, steps++) {
    const token = reader.tokens[index];
    if (token.kind === 'operator') {
      if (token.symbol === '/') return isDifferential(reader, index + 1, reader.limit) ? index : -1;
      if (token.symbol === '+' || token.symbol === '-' || token.symbol === '∂') return -1;
      if (whole && token.symbol === '*') return -1;
    } else if (token.kind === 'bracket') {
      const closing = reader.closingOf(index);
      if (closing < 0) return -1;
      index = closing;
    } else if (token.kind === 'name' || token.kind === 'number') {
      if (whole && steps > 1) return -1;
    } else if (token.kind !== 'raised') return -1;
  }
  return -1;
}
