import { LanguageError } from './diagnostics.ts';
import type { Reporter } from './diagnostics.ts';
import { FUNCTIONS } from './functions.ts';
import { canonicalName } from './names.ts';
import { closingOf } from './precedence.ts';
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

/** Refuses `√x²` and `√2x`: the root may end in two places. `after` is the token after `next`. */
export function refuseRoot(
  from: number,
  operand: Expression,
  next: Token,
  after: Token | undefined,
  text: string,
): void {
  if (endsWithBracket(operand, text)) return;
  const under = sliceOf(text, operand);
  const power = next.kind === 'operator' || next.kind === 'superscript';
  const exponent = next.kind === 'operator' && after !== undefined ? sliceOf(text, after) : '';
  const rest = power ? sliceOf(text, next) + exponent : factorOf(next, text);
  const first = power ? `(√${under})${rest}` : `√(${under})*${rest}`;
  const second = power ? `√(${under}${rest})` : `√(${under}*${rest})`;
  const found = text.slice(from, next.from) + rest;
  throw new LanguageError('ambiguous-root', { from, to: next.to }, { found, first, second });
}

/** Refuses `1/2x`: the product may belong to the whole fraction or to its denominator. */
export function refuseDivision(above: Expression, below: Expression, next: Token, text: string): never {
  const factor = factorOf(next, text);
  const span = { from: above.from, to: next.to };
  throw new LanguageError('ambiguous-division', span, {
    found: text.slice(span.from, next.from) + factor,
    first: `(${sliceOf(text, above)}/${sliceOf(text, below)})*${factor}`,
    second: `${sliceOf(text, above)}/(${sliceOf(text, below)}*${factor})`,
  });
}

/** Says how `e^2x` is read, where the product may have been meant as the exponent. */
export function noticeExponent(
  base: Expression,
  exponent: Expression,
  next: Token,
  text: string,
  reporter: Reporter,
): void {
  if (base.kind !== 'constant' || base.name !== 'e' || endsWithBracket(exponent, text)) return;
  const factor = factorOf(next, text);
  const span = { from: base.from, to: next.to };
  reporter.report('exponent-then-product', span, {
    found: text.slice(span.from, next.from) + factor,
    exponent: `e^(${sliceOf(text, exponent)}*${factor})`,
    product: `e^(${sliceOf(text, exponent)})*${factor}`,
  });
}

/** The factor that begins with this token, as it is shown. */
function factorOf(token: Token, text: string): string {
  if (token.kind === 'bracket') return `${token.symbol}…${closingOf(token)}`;
  return sliceOf(text, token);
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

/** `w*x` for an undefined `wx` whose pieces are defined; null if it does not fall into pieces. The fewest pieces win. */
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
      if (key !== null && scope.find(key) !== null) fewest = [...before, piece];
    }
    best.push(fewest);
  }
  const pieces = best[written.length] ?? null;
  return pieces === null || pieces.length < 2 ? null : pieces.join('*');
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
      reporter.full ? null : nearest(name, scope.spellings()),
    );
}

/** Reports the name before a parenthesis that is neither a function nor defined. */
export function reportUnknownFunction(token: NameToken, reporter: Reporter): void {
  const name = token.name.spelling;
  const base = name.replace(/'+$/, '');
  if (base !== name) reporter.report('derivative', token, { found: name });
  else reporter.reportOnce(name, 'unknown-function', token, { name }, nearest(name, FUNCTIONS.keys()));
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
