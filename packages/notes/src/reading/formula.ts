import type { Span } from '@backflow/language';
import type { Reading, Term, Unreadable } from '../term.ts';
import { heightOf, ReadingError } from './build.ts';
import { Choices } from './choices.ts';
import { Parser } from './parser.ts';
import type { KnownNames } from './reader.ts';
import { tokenize } from './tokens.ts';
import type { NoteToken } from './tokens.ts';

const LIMITS = { length: 20_000, height: 200, found: 60 };
const NO_NAMES: KnownNames = new Set<string>();

/**
 * Reads one stretch of notes as one formula, without relation signs outside brackets. `names`: keys of names that are
 * defined; they decide what can be read in several ways. The likeliest reading comes first. Never throws; time is linear in
 * the length.
 */
export function readFormula(text: string, span: Span, names: KnownNames = NO_NAMES): Reading | Unreadable {
  if (span.to - span.from > LIMITS.length) {
    return { code: 'too-long', found: text.slice(span.from, span.from + LIMITS.found), ...span };
  }
  return readTokens(text, tokenize(text, span), span, names);
}

function readTokens(
  text: string,
  tokens: readonly NoteToken[],
  span: Span,
  names: KnownNames = NO_NAMES,
): Reading | Unreadable {
  const meant = essential(tokens);
  if (meant.length === 0)
    return { code: 'empty', found: text.slice(span.from, span.from + LIMITS.found), ...span };
  const end = meant.at(-1)!.to;
  const choices = new Choices();
  const first = read(meant, end, names, choices);
  if (first instanceof ReadingError) {
    const { unreadable } = first;
    const found = text.slice(unreadable.from, Math.min(unreadable.to, unreadable.from + LIMITS.found));
    return { ...unreadable, found };
  }
  const others = choices.others();
  if (others.length === 0) return { term: first, alternatives: [] };
  const alternatives: Term[] = [];
  const seen = new Set([JSON.stringify(first)]);
  for (const turned of others) {
    const other = read(meant, end, names, new Choices(turned));
    if (other instanceof ReadingError) continue;
    const written = JSON.stringify(other);
    if (!seen.has(written)) alternatives.push(other);
    seen.add(written);
  }
  return { term: first, alternatives };
}

export function isUnreadable(reading: Reading | Unreadable): reading is Unreadable {
  return 'code' in reading;
}

function read(
  tokens: readonly NoteToken[],
  end: number,
  names: KnownNames,
  choices: Choices,
): Term | ReadingError {
  try {
    const term = new Parser(tokens, end, names, choices).formula();
    if (tokens.length > LIMITS.height && heightOf(term) > LIMITS.height) {
      return new ReadingError({ code: 'too-deep', found: '', from: term.from, to: term.to });
    }
    return term;
  } catch (error) {
    if (error instanceof ReadingError) return error;
    throw error;
  }
}

const CONDITION = /^\s*(?:if|when|for|otherwise|else|where|at|wenn|falls|sonst|für)\b/i;

/** Leaves out what says nothing: ornaments, layout, words beside the formula, punctuation around it. */
function essential(tokens: readonly NoteToken[]): NoteToken[] {
  const meant: NoteToken[] = [];
  let blocks = 0;
  let braces = 0;
  for (const token of tokens) {
    if (token.kind === 'ornament') continue;
    if (token.kind === 'structure') {
      if (token.structure === 'cases' || token.structure === 'matrix') blocks++;
      else if (token.structure === 'end') blocks--;
    }
    if (token.kind === 'bracket' && /[{❴]/.test(token.symbol)) braces++;
    if (token.kind === 'layout') {
      const kept =
        blocks > 0
          ? token.layout === 'row' || token.layout === 'cell'
          : braces > 0 && /row|line/.test(token.layout);
      if (!kept) continue;
    }
    if (token.kind === 'words' && blocks <= 0 && !(braces > 0 && CONDITION.test(token.text))) continue;
    meant.push(token);
  }
  while (meant.length > 0 && isPunctuation(meant.at(-1)!)) meant.pop();
  return withoutLooseBraces(meant);
}

/** Closing braces at the end that opened before the formula: cut out of \boxed{a = b}. */
function withoutLooseBraces(tokens: NoteToken[]): NoteToken[] {
  let open = 0;
  let loose = 0;
  for (const token of tokens) {
    if (token.kind !== 'bracket') continue;
    if (token.symbol === '{') open++;
    else if (token.symbol === '}' && --open < 0) {
      loose++;
      open = 0;
    }
  }
  while (loose > 0) {
    const last = tokens.at(-1)!;
    if (last.kind !== 'bracket' || last.symbol !== '}') break;
    tokens.pop();
    loose--;
  }
  return tokens;
}

function isPunctuation(token: NoteToken): boolean {
  return (
    token.kind === 'separator' ||
    token.kind === 'layout' ||
    (token.kind === 'operator' && (token.symbol === '.' || token.symbol === '!'))
  );
}
