import { LanguageError } from './diagnostics.ts';
import type { Reporter } from './diagnostics.ts';
import { FOREIGN_FUNCTIONS, FOREIGN_WORDS } from './foreign.ts';
import { CONSTANTS, FUNCTIONS } from './functions.ts';
import { canonicalName } from './names.ts';
import type { Scope } from './scope.ts';
import type { Span } from './span.ts';
import { nearest } from './suggestion.ts';
import type { Expression } from './syntax.ts';
import type { Token } from './tokens.ts';
import type { NameToken } from './words.ts';

/*
 * What may have been meant by something that cannot be read, or can be read in two ways.
 */

// Formulas with two readings

/** Refuses `√x²` and `√2x`: the root may end in two places. `at` is the index of the token after the operand. */
export function refuseRoot(
  from: number,
  operand: Expression,
  tokens: readonly Token[],
  at: number,
  text: string,
): void {
  if (endsWithBracket(operand, text)) return;
  const next = tokens[at];
  const under = sliceOf(text, operand);
  const power = next.kind === 'superscript' || (next.kind === 'operator' && next.symbol !== '√');
  const to = power ? exponentEnd(tokens, at) : factorEnd(tokens, at);
  const rest = text.slice(next.from, to);
  const first = power ? `(√${under})${rest}` : `√(${under})*${rest}`;
  const second = power ? `√(${under}${rest})` : `√(${under}*${rest})`;
  throw new LanguageError('ambiguous-root', { from, to }, { found: text.slice(from, to), first, second });
}

/** Refuses `1/2x`: the product may belong to the whole fraction or to its denominator. */
export function refuseDivision(
  above: Expression,
  below: Expression,
  tokens: readonly Token[],
  at: number,
  text: string,
): never {
  const span = { from: above.from, to: factorEnd(tokens, at) };
  const factor = text.slice(tokens[at].from, span.to);
  throw new LanguageError('ambiguous-division', span, {
    found: sliceOf(text, span),
    first: `(${sliceOf(text, above)}/${sliceOf(text, below)})*${factor}`,
    second: `${sliceOf(text, above)}/(${sliceOf(text, below)}*${factor})`,
  });
}

/** Says how `e^2x` is read, where the product may have been meant as the exponent. */
export function noticeExponent(
  base: Expression,
  exponent: Expression,
  tokens: readonly Token[],
  at: number,
  text: string,
  reporter: Reporter,
): void {
  if (base.kind !== 'constant' || base.name !== 'e' || endsWithBracket(exponent, text)) return;
  const span = { from: base.from, to: factorEnd(tokens, at) };
  const factor = text.slice(tokens[at].from, span.to);
  reporter.report('exponent-then-product', span, {
    found: sliceOf(text, span),
    exponent: `e^(${sliceOf(text, exponent)}*${factor})`,
    product: `e^(${sliceOf(text, exponent)})*${factor}`,
  });
}

/** Where the factor ends that begins with the token at `at`: `x²`, `sin(x)`, `√2`, `(a + b)^2`. */
function factorEnd(tokens: readonly Token[], at: number): number {
  let last = at;
  while (tokens[last].kind === 'operator' && tokens[last + 1].kind !== 'end') last++;
  const token = tokens[last];
  const next = tokens[last + 1];
  if (token.kind === 'bracket') last = closingIndex(tokens, last);
  else if (token.kind === 'name' && next?.kind === 'bracket' && next.symbol === '(' && !next.spaced) {
    last = closingIndex(tokens, last + 1);
  }
  return exponentEnd(tokens, last + 1);
}

/** Where an exponent ends that may stand at `at`; else where the token before ends. */
function exponentEnd(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (token?.kind === 'superscript') return token.to;
  if (token?.kind !== 'operator' || (token.symbol !== '^' && token.symbol !== '**')) return tokens[at - 1].to;
  const exponent = tokens[at + 1];
  return exponent.kind === 'bracket' ? tokens[closingIndex(tokens, at + 1)].to : exponent.to;
}

/** The index of the bracket that closes the one at `from`; of the opening one where none does. */
function closingIndex(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length && at < from + 64; at++) {
    const token = tokens[at];
    if (token.kind !== 'bracket') continue;
    if (token.symbol === '|') {
      if (depth === 0 && at > from) return at;
    } else if ('([{'.includes(token.symbol)) depth++;
    else if (--depth === 0) return at;
  }
  return from;
}

function endsWithBracket({ to }: Span, text: string): boolean {
  return /[)\]}|]/.test(text[to - 1]);
}

function sliceOf(text: string, { from, to }: Span): string {
  return text.slice(from, to);
}

/** The problem that a token without meaning is. */
export function badToken(token: Token & { readonly kind: 'bad' }, text: string): LanguageError {
  const found = text.slice(token.from, token.to);
  switch (token.code) {
    case 'foreign-symbol':
      return new LanguageError(token.code, token, { found, instead: token.instead ?? '' });
    case 'unclosed-brace':
      return new LanguageError(token.code, token, {});
    default:
      return new LanguageError(token.code, token, { found });
  }
}

// Functions and names

/** Refuses `sin x`, `sin²(x)` and a function on its own. */
export function failWithoutParentheses(token: NameToken, next: Token, text: string): never {
  const name = token.name.spelling;
  const { from } = token;
  const inverse = /^(?:\^[({]?[-−]1|⁻¹)[)}]?/.exec(text.slice(next.from, next.from + 6));
  if (inverse !== null && /^(?:sin|cos|tan)$/.test(name)) {
    const to = next.from + inverse[0].length;
    const found = text.slice(from, to);
    throw new LanguageError('foreign-symbol', { from, to }, { found, instead: `a${name}(x)` });
  }
  if (
    next.kind === 'superscript' ||
    (next.kind === 'operator' && (next.symbol === '^' || next.symbol === '**'))
  ) {
    throw new LanguageError('function-power', { from, to: next.to }, { name });
  }
  if (next.kind !== 'name' && next.kind !== 'number')
    throw new LanguageError('needs-parentheses', token, { name });
  const call = `${name}(${sliceOf(text, next)})`;
  throw new LanguageError('needs-parentheses', { from, to: next.to }, { name }, call);
}

/**
 * `w*x` for an undefined `wx` whose pieces are defined, `e*x` for `ex`; null if it does not fall into pieces. The fewest
 * pieces win.
 */
function productOf(written: string, scope: Scope): string | null {
  if (written.length > 32 || /[^\p{L}\p{Nd}_]/u.test(written)) return null;
  const best: (readonly string[] | null)[] = [[]];
  for (let to = 1; to <= written.length; to++) {
    let fewest: readonly string[] | null = null;
    for (let from = 0; from < to; from++) {
      const before = best[from]!;
      if (before === null || (fewest !== null && fewest.length <= before.length + 1)) continue;
      const piece = written.slice(from, to);
      const key = /^\p{L}/u.test(piece) ? canonicalName(piece) : null;
      const known = key !== null && (scope.find(key) !== null || CONSTANTS.has(key));
      if (known) fewest = [...before, piece];
    }
    best.push(fewest);
  }
  const pieces = best[written.length] ?? null;
  if (pieces === null || pieces.length < 2 || pieces.every((piece) => CONSTANTS.has(piece))) return null;
  return pieces.join('*');
}

/** The function that `sinx` begins with, if the rest is a defined name; the longest wins. */
function functionBefore(written: string, scope: Scope): string | null {
  for (let length = Math.min(written.length - 1, 16); length > 1; length--) {
    const rest = canonicalName(written.slice(length));
    if (FUNCTIONS.has(written.slice(0, length)) && rest !== null && scope.find(rest) !== null) {
      return written.slice(0, length);
    }
  }
  return null;
}

/** Reports a name that is not defined, with what may have been meant. */
export function reportUndefined(token: NameToken, scope: Scope, reporter: Reporter): void {
  const name = token.name.spelling;
  const instead = FOREIGN_WORDS.get(name);
  if (instead !== undefined) throw new LanguageError('foreign-symbol', token, { found: name, instead });
  const product = reporter.full ? null : productOf(name, scope);
  const callee = reporter.full ? null : functionBefore(name, scope);
  if (callee !== null) {
    const call = `${callee}(${name.slice(callee.length)})`;
    reporter.reportOnce(name, 'needs-parentheses', token, { name: callee }, call);
  } else if (product !== null) reporter.reportOnce(name, 'joined-names', token, { name, product }, product);
  else
    reporter.reportOnce(
      name,
      'undefined-name',
      token,
      { name },
      reporter.full ? null : scope.nearest(token.name.key),
    );
}

/** Reports the name before a parenthesis that is neither a function nor defined. */
export function reportUnknownFunction(token: NameToken, scope: Scope, reporter: Reporter): void {
  const name = token.name.spelling;
  const base = name.replace(/'+$/, '');
  const instead = FOREIGN_FUNCTIONS.get(name);
  if (base !== name) reporter.report('derivative', token, { found: name });
  else if (instead !== undefined)
    reporter.reportOnce(name, 'foreign-symbol', token, { found: name, instead });
  else {
    const product = reporter.full ? null : factorBefore(name, scope);
    if (product !== null) reporter.reportOnce(name, 'joined-names', token, { name, product }, product);
    else reporter.reportOnce(name, 'unknown-function', token, { name }, nearest(name, FUNCTIONS.keys()));
  }
}

/** `x*sin` for `xsin`, where x is defined; null if no function ends the word so. */
function factorBefore(written: string, scope: Scope): string | null {
  for (let length = 1; length < Math.min(written.length, 32); length++) {
    const [factor, callee] = [written.slice(0, length), written.slice(length)];
    const key = canonicalName(factor);
    if (FUNCTIONS.has(callee) && key !== null && scope.find(key) !== null) return `${factor}*${callee}`;
  }
  return null;
}

/** True if the parentheses that begin at `from` hold a comma, as only the arguments of a function do. */
export function holdsComma(tokens: readonly Token[], from: number): boolean {
  let depth = 0;
  for (let at = from; at < tokens.length && at < from + 64; at++) {
    const token = tokens[at];
    if (token.kind === 'bracket' && '([{'.includes(token.symbol)) depth++;
    if (token.kind === 'bracket' && ')]}'.includes(token.symbol) && --depth === 0) return false;
    if (depth === 1 && token.kind === 'separator' && token.symbol === ',') return true;
  }
  return false;
}
