import { LanguageError } from './diagnostics.ts';
import type { Reporter } from './diagnostics.ts';
import { referenceKey, withLayer } from './names.ts';
import { badToken } from './advice.ts';
import type { Span } from './span.ts';
import type { BinaryOperator, Definee } from './syntax.ts';
import type { AssignSymbol, Token } from './tokens.ts';
import { indicesAfter, joinNames, superscriptAfter } from './words.ts';
import type { NameToken } from './words.ts';

/** The tokens of one statement, not yet parsed, without comments and line ends; the last one is `end`. */
export interface RawStatement extends Span {
  readonly tokens: readonly Token[];
  /** The comma that separates it from the statement before, if it is one that touches digits on both sides: `0,5`. */
  readonly decimalComma: Span | null;
}

/** A statement whose left side has been read. */
export type Sketch = Span &
  (
    | {
        readonly kind: 'definition';
        readonly name: Definee;
        readonly update: BinaryOperator | null;
        readonly right: readonly Token[];
      }
    | { readonly kind: 'formula' | 'output'; readonly right: readonly Token[] }
    /** Its left side means nothing, which has been reported; `name` is what it would have defined. */
    | { readonly kind: 'broken'; readonly name: Definee | null }
  );

const UPDATES: Readonly<Record<AssignSymbol, BinaryOperator | null>> = {
  '=': null,
  '+=': 'add',
  '-=': 'sub',
  '*=': 'mul',
  '/=': 'div',
  '**=': 'pow',
};

/**
 * Cuts tokens into statements at line ends, semicolons and commas, except inside brackets. A bracket that is
 * never closed ends where a later line begins a definition, so that one slip does not swallow the rest.
 */
export function splitStatements(tokens: readonly Token[]): RawStatement[] {
  const statements: RawStatement[] = [];
  let current: Token[] = [];
  let depth = 0;
  /** The last line end inside a bracket: its index in `tokens`, and how much of `current` stands before it. */
  let lineEnd: { index: number; length: number } | null = null;
  let comma = null as Span | null;

  const finish = (next: Token | null): void => {
    const last = current.at(-1);
    if (last !== undefined) {
      const { from } = current[0];
      const { to } = last;
      statements.push({
        tokens: [...current, { kind: 'end', from: to, to, spaced: true }],
        decimalComma: comma,
        from,
        to,
      });
    }
    const touches =
      next?.kind === 'separator' && next.symbol === ',' && last?.kind === 'number' && last.to === next.from;
    comma = touches ? { from: next.from, to: next.to } : null;
    current = [];
    depth = 0;
    lineEnd = null;
  };

  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.kind === 'comment') continue;
    if (token.kind === 'end') finish(null);
    else if (token.kind === 'separator' && depth === 0) finish(token);
    else if (token.kind === 'separator' && token.symbol === '\n')
      lineEnd = { index: i, length: current.length };
    else if (token.kind === 'assign' && depth > 0 && lineEnd !== null) {
      // Nothing inside a bracket is assigned: the bracket was meant to end before this line.
      i = lineEnd.index;
      current.length = lineEnd.length;
      finish(null);
    } else {
      if (token.kind === 'bracket' && '([{'.includes(token.symbol)) depth++;
      if (token.kind === 'bracket' && ')]}'.includes(token.symbol) && depth > 0) depth--;
      if (current.length === 0 && !(token.kind === 'number' && token.from === comma?.to)) comma = null;
      current.push(token);
    }
  }
  return statements;
}

/** Reads the left side of a statement; problems are reported. */
export function sketch({ tokens, from, to }: RawStatement, text: string, reporter: Reporter): Sketch {
  const assign = tokens.findIndex((token) => token.kind === 'assign');
  const first = tokens[0];
  if (assign < 0) {
    const chosen = tokens[1].kind === 'name' || tokens[1].kind === 'number';
    if (chosen && first.kind === 'name' && first.name.key === 'output')
      return { kind: 'output', right: tokens.slice(1), from, to };
    return foreignDefinition(tokens, text, reporter) ?? { kind: 'formula', right: tokens, from, to };
  }
  const sign = tokens[assign] as Token & { readonly kind: 'assign' };
  const second = secondAssignment(tokens, assign);
  const left = tokens.slice(0, assign);
  try {
    const name = definee(left, sign, text);
    if (second !== null) throw new LanguageError('second-equals', second, {});
    const right = tokens.slice(assign + 1);
    return { kind: 'definition', name, update: UPDATES[sign.symbol], right, from, to };
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    reporter.add(error);
    const name = first.kind === 'name' ? { ...first.name, from: first.from, to: first.to } : null;
    return { kind: 'broken', name, from, to };
  }
}

/** `x ← 1`: a definition, but for its sign; null if it is none. */
function foreignDefinition(tokens: readonly Token[], text: string, reporter: Reporter): Sketch | null {
  const at = tokens.findIndex((token) => token.kind === 'bad');
  const sign = tokens[at];
  if (at < 1 || sign.kind !== 'bad' || sign.instead !== '=') return null;
  try {
    const name = definee(tokens.slice(0, at), sign, text);
    reporter.add(badToken(sign, text));
    return { kind: 'broken', name, from: tokens[0].from, to: tokens.at(-1)!.to };
  } catch {
    return null;
  }
}

function secondAssignment(tokens: readonly Token[], first: number): Token | null {
  let depth = 0;
  for (let i = first + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.kind === 'bracket' && '([{'.includes(token.symbol)) depth++;
    if (token.kind === 'bracket' && ')]}'.includes(token.symbol)) depth--;
    if (token.kind === 'assign' && depth <= 0) return token;
  }
  return null;
}

/** What stands to the left of `=`: a name, with layer or element if it has them. */
function definee(left: readonly Token[], sign: Token, text: string): Definee {
  const first = left[0];
  if (first === undefined) throw new LanguageError('left-side', sign, { found: '' });
  const whole = { from: first.from, to: left.at(-1)!.to };
  const found = text.slice(whole.from, whole.to);
  const bad = left.find((token) => token.kind === 'bad');
  if (bad !== undefined) throw badToken(bad, text);
  if (first.kind !== 'name') throw new LanguageError('left-side', whole, { found });

  const run: NameToken[] = [];
  for (const token of left) {
    if (token.kind !== 'name' || (run.length > 0 && token.spaced)) break;
    run.push(token);
  }
  const joined = joinNames(run);
  let { name } = joined;
  let length = run.length;
  const above = run.length === 1 && !name.layered ? superscriptAfter(left, 0) : null;
  if (above !== null) {
    name = withLayer(name, above, text.slice(first.to, above.to));
    length = above.length;
  }
  const { indices, length: indexLength } = indicesAfter(left, length);
  length += indexLength;

  if (length === left.length) {
    if (name.version !== null)
      throw new LanguageError('version-assigned', whole, { found, name: name.spelling });
    return {
      key: referenceKey(name.key, null, indices),
      spelling: referenceKey(name.spelling, null, indices),
      ...whole,
    };
  }
  const next = left[length];
  if (next.kind === 'operator' && next.symbol === '/')
    throw new LanguageError('derivative', whole, { found });
  if (next.kind === 'bracket' && next.symbol === '(') {
    const last = left.at(-1)!;
    const closed = last.kind === 'bracket' && last.symbol === ')';
    if (!closed) throw new LanguageError('equals-in-formula', sign, {}, '==');
    const parameter = text.slice(next.to, last.from).trim();
    throw new LanguageError('function-definition', whole, { name: name.spelling, parameter });
  }
  throw new LanguageError('left-side', whole, { found });
}

/** `0,5` as 0.5, `13,002` as 13002 or 13.002: what was meant by a formula that stands behind such a comma. */
export function withoutCommas(
  text: string,
  { from, to }: Span,
): { readonly span: Span; readonly found: string; readonly instead: string; readonly other: string | null } {
  const comma = text.slice(from, to);
  const before = /[\d.,，]*$/.exec(text.slice(Math.max(0, from - LONGEST_NUMBER), from))![0];
  const after = /^(?:\d|[,，](?=\d))*/.exec(text.slice(to, to + LONGEST_NUMBER))![0];
  const long = before + comma + after;
  if (/^[1-9]\d{0,2}(?:[,，]\d{3})+$/.test(long)) {
    const span = { from: from - before.length, to: to + after.length };
    const decimal = /[,，]/.test(before + after) ? null : `${before}.${after}`;
    return { span, found: long, instead: long.replace(/[,，]/g, ''), other: decimal };
  }
  // Only the digits around this comma.
  const whole = /[\d.]*$/.exec(before)![0];
  const decimals = /^\d*/.exec(after)![0];
  const span = { from: from - whole.length, to: to + decimals.length };
  return { span, found: whole + comma + decimals, instead: `${whole}.${decimals}`, other: null };
}

const LONGEST_NUMBER = 30;
