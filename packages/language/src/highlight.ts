import { programParts } from './document.ts';
import { CONSTANTS, FUNCTIONS } from './functions.ts';
import type { Span } from './span.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

/** What a stretch of the text is, for colouring. `definition` is a name where it is defined. */
export type HighlightKind =
  | 'number'
  | 'name'
  | 'definition'
  | 'function'
  | 'constant'
  | 'operator'
  | 'bracket'
  | 'separator'
  | 'keyword'
  | 'comment'
  | 'fence'
  | 'invalid';

export interface Highlight extends Span {
  readonly kind: HighlightKind;
}

/**
 * The coloured stretches of a text, in order and not overlapping. White space and the prose of a document
 * are left out. Works on any text, also while it is being typed; time is linear in the length.
 */
export function highlight(text: string): Highlight[] {
  const { regions, fences } = programParts(text);
  const found: Highlight[] = fences.map(({ from, to }) => ({ kind: 'fence', from, to }));
  const programs = regions.map((region) => tokenize(text, region).filter((token) => token.kind !== 'end'));
  const defined = new Set<string>();
  for (const tokens of programs) {
    for (const token of definitionsIn(tokens)) if (token.kind === 'name') defined.add(token.name.key);
  }
  for (const tokens of programs) {
    const definitions = definitionsIn(tokens);
    for (const [i, token] of tokens.entries()) {
      if (token.kind === 'separator' && token.symbol === '\n') continue;
      const kind = definitions.has(token)
        ? 'definition'
        : (networkKind(text, tokens, i, defined) ?? kindOf(token, tokens[i - 1], tokens[i + 1], defined));
      found.push({ kind, from: token.from, to: token.to });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The tokens before an assignment, back to the beginning of the statement. */
function definitionsIn(tokens: readonly Token[]): Set<Token> {
  const definitions = new Set<Token>();
  let first = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'separator') first = i + 1;
    if (token.kind !== 'assign') continue;
    for (let at = first; at < i; at++) if (tokens[at].kind === 'name') definitions.add(tokens[at]);
    first = i + 1;
  }
  return definitions;
}

/** What a token is in a line like `train = sgd(rate: 1, schedule: linear)`; null for all others. */
function networkKind(
  text: string,
  tokens: readonly Token[],
  at: number,
  defined: ReadonlySet<string>,
): HighlightKind | null {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const is = (each: Token | undefined, sign: string): boolean =>
    each !== undefined && text.slice(each.from, each.to) === sign;
  if (token.kind === 'bad')
    return is(token, ':')
      ? 'separator'
      : /^["“„].+["“”]$/.test(text.slice(token.from, token.to))
        ? 'constant'
        : null;
  if (token.kind !== 'name') return null;
  if (is(after, ':')) return 'keyword';
  if (is(before, ':')) return 'constant';
  return before?.kind === 'assign' && is(after, '(') && !defined.has(token.name.key) ? 'function' : null;
}

function kindOf(
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
  defined: ReadonlySet<string>,
): HighlightKind {
  switch (token.kind) {
    case 'number':
    case 'superscript':
      return 'number';
    case 'name': {
      const { key } = token.name;
      const begins = before === undefined || before.kind === 'separator';
      if (key === 'output' && begins && after?.kind === 'name') return 'keyword';
      const called = after?.kind === 'bracket' && after.symbol === '(';
      if (called && FUNCTIONS.has(key) && !(after.spaced && defined.has(key))) return 'function';
      return CONSTANTS.has(key) && !defined.has(key) ? 'constant' : 'name';
    }
    case 'operator':
    case 'assign':
      return 'operator';
    case 'bracket':
      return 'bracket';
    case 'separator':
      return 'separator';
    case 'comment':
      return 'comment';
    case 'bad':
    case 'end':
      return 'invalid';
  }
}
