import type { ValueRange } from '@backflow/messages';
import type { ExtensionLine } from '../extension.ts';
import type { Reporter } from '../diagnostics.ts';
import type { Span } from '../span.ts';
import { nearest } from '../suggestion.ts';
import type { Token } from '../tokens.ts';
import { problemAt, quoted } from './problem.ts';
import type { LineWord } from './words.ts';

/** A value in a network line. */
export type LineValue = Span & { readonly written: string } & (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'word'; readonly value: string }
    | { readonly kind: 'text'; readonly value: string }
  );

/** A network line that has been read; values that do not fit have been reported and are not here. */
export interface NetworkLine extends Span {
  readonly word: string;
  /** The place of the word. */
  readonly at: Span;
  readonly role: LineWord['role'];
  readonly arguments: readonly LineValue[];
  readonly options: ReadonlyMap<string, LineValue>;
  /** Where the names of the options stand. */
  readonly optionNames: ReadonlyMap<string, Span>;
  /** The place before the closing parenthesis. */
  readonly end: number;
  /** True if something is wrong with it. */
  readonly broken: boolean;
}

/** Reads `word(…)`, whose first two tokens are known to be the word and its parenthesis. Everything wrong is reported. */
export function readLine(
  line: ExtensionLine,
  word: string,
  { role, most, argument, options: known }: LineWord,
  text: string,
  reporter: Reporter,
): NetworkLine {
  const tokens = line.right;
  const [name, open] = tokens;
  const values: LineValue[] = [];
  const options = new Map<string, LineValue>();
  const optionNames = new Map<string, Span>();
  let broken = false;
  let end = open.to;
  let at = 2;
  const report: typeof problemAt = (...problem) => {
    broken = true;
    const error = problemAt(...problem);
    reporter.add(error);
    return error;
  };
  const finish = (): NetworkLine => {
    const { from, to } = line;
    return { word, at: spanOf(name), role, arguments: values, options, optionNames, end, broken, from, to };
  };
  const written = (token: Span): string => quoted(text.slice(token.from, token.to));
  const unexpected = (token: Token, due: 'value' | 'separator'): NetworkLine => {
    if (token.kind === 'end') report('unclosed', open, undefined);
    else report('unexpected', token, { found: written(token), due });
    return finish();
  };

  if (!tokens.some((token) => isBracket(token, ')'))) {
    // Someone may still be writing: what stands in it is not finished.
    report('unclosed', open, undefined);
    return finish();
  }
  for (let first = true; ; first = false) {
    if (isBracket(tokens[at], ')') && first) break;
    const option = optionAt(tokens, at, text);
    if (option !== null) {
      const [named, sign] = [tokens[at], tokens[at + 1]];
      if (sign.kind === 'assign') {
        report('equals', { from: named.from, to: sign.to }, { option }, `${option}:`);
      }
      at += 2;
      const value = valueAt(tokens, at, text);
      if (value === null) return unexpected(tokens[at], 'value');
      at += value.length;
      const range = known.get(option);
      if (range === undefined) {
        const suggestion = nearest(option, known.keys());
        const data = { word, found: quoted(option), options: [...known.keys()], suggestion };
        report('unknownOption', named, data, suggestion);
      } else if (optionNames.has(option)) report('optionTwice', named, { found: option });
      else {
        optionNames.set(option, spanOf(named));
        if (fits(value.value, range)) options.set(option, value.value);
        else reportValue(option, value.value, range);
      }
    } else {
      const value = valueAt(tokens, at, text);
      if (value === null) return unexpected(tokens[at], 'value');
      at += value.length;
      if (optionNames.size > 0) report('late', value.value, { found: quoted(value.value.written) });
      else if (values.length >= most) {
        if (values.length === most)
          report('arguments', value.value, { word, most, found: value.value.written });
      } else if (!fits(value.value, argument)) {
        reportValue(null, value.value, argument);
        values.push(value.value);
      } else values.push(value.value);
    }
    const next = tokens[at];
    if (isBracket(next, ')')) break;
    if (next.kind !== 'separator' || next.symbol !== ',') return unexpected(next, 'separator');
    at++;
  }
  end = tokens[at - 1].to;
  const rest = tokens[at + 1];
  if (rest.kind !== 'end') {
    const span = { from: rest.from, to: tokens[tokens.length - 2].to };
    report('after', span, { found: written(span) });
  }
  return finish();

  function reportValue(of: string | null, value: LineValue, range: ValueRange): void {
    const softmax = value.value === 'softmax' && of === 'activation';
    if (softmax) {
      report('hiddenSoftmax', value, undefined);
      return;
    }
    const words = value.kind === 'word' ? nearest(value.value, range.words ?? []) : null;
    const quotes = range.text === true && value.kind === 'word' ? `"${value.value}"` : null;
    const suggestion = words ?? quotes;
    const facts = { found: quoted(value.written), range, suggestion };
    if (of === null) report('argument', value, { ...facts, word }, suggestion);
    else report('value', value, { ...facts, name: of }, suggestion);
  }
}

/** The name of the option that begins here: `name:`, or `name =`, as others write it. */
function optionAt(tokens: readonly Token[], at: number, text: string): string | null {
  const [name, sign] = [tokens[at], tokens[at + 1]];
  if (name.kind !== 'name') return null;
  if (sign.kind !== 'assign' && !(sign.kind === 'bad' && text[sign.from] === ':')) return null;
  return text.slice(name.from, name.to);
}

/** The value that begins here and how many tokens it is; null if none does. */
function valueAt(
  tokens: readonly Token[],
  at: number,
  text: string,
): { readonly value: LineValue; readonly length: number } | null {
  const token = tokens[at];
  const written = text.slice(token.from, token.to);
  const { from, to } = token;
  if (token.kind === 'number') {
    return { value: { kind: 'number', value: token.value, written, from, to }, length: 1 };
  }
  if (token.kind === 'operator' && (token.symbol === '-' || token.symbol === '+')) {
    const number = tokens[at + 1];
    if (number.kind !== 'number') return null;
    const value = token.symbol === '-' ? -number.value : number.value;
    const span = { from, to: number.to };
    return { value: { kind: 'number', value, written: text.slice(from, number.to), ...span }, length: 2 };
  }
  if (token.kind === 'name') return { value: { kind: 'word', value: written, written, from, to }, length: 1 };
  if (token.kind === 'bad' && to - from >= 2 && /^["“”„]/.test(written)) {
    return { value: { kind: 'text', value: written.slice(1, -1), written, from, to }, length: 1 };
  }
  return null;
}

/** True if a value is within a range. */
function fits(value: LineValue, { number, words, text, bare }: ValueRange): boolean {
  if (value.kind === 'text') return text === true && value.value.trim() !== '';
  if (value.kind === 'word') return bare === true || words?.includes(value.value) === true;
  if (number === undefined) return false;
  const { whole = false, least = -Infinity, most = Infinity, above = -Infinity, below = Infinity } = number;
  if (whole && !Number.isSafeInteger(value.value)) return false;
  return value.value >= least && value.value <= most && value.value > above && value.value < below;
}

export function isBracket(token: Token | undefined, symbol: '(' | ')'): boolean {
  return token?.kind === 'bracket' && token.symbol === symbol;
}

function spanOf({ from, to }: Span): Span {
  return { from, to };
}
