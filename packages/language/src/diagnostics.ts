import type { Language, Messages } from '@backflow/messages';
import { formatCount } from '@backflow/print';
import { LIMITS } from './limits.ts';
import type { Lines, Span } from './span.ts';

/** What was expected at a place; the words for it are `messages.language.expected`. */
export type Expected = keyof Messages['language']['expected'];

/** The shape of a value: [] for a number, [3] for a vector of three, [2, 3] for a matrix of two rows. */
export type Shape = readonly number[];

type Nothing = Readonly<Record<string, never>>;

/** Every kind of problem and what is known about it. `found` is text of the program; '' is the end of a statement. */
export interface DiagnosticData {
  // The text as a whole
  'text-too-long': { readonly length: number; readonly limit: number };
  'empty-program': Nothing;
  'unclosed-fence': Nothing;
  'unmarked-fence': { readonly found: string };
  'more-problems': { readonly limit: number };
  'too-deep': { readonly limit: number };
  'too-many-nodes': { readonly count: number; readonly limit: number };
  'too-many-edges': { readonly count: number; readonly limit: number };

  // Characters
  'unknown-character': { readonly found: string };
  'foreign-symbol': { readonly found: string; readonly instead: string };
  'unknown-command': { readonly found: string };
  'bad-number': { readonly found: string };
  'number-too-large': { readonly found: string };
  'bad-superscript': { readonly found: string };
  'unclosed-brace': Nothing;
  derivative: { readonly found: string };

  // Syntax
  unexpected: { readonly found: string; readonly expected: Expected };
  'unclosed-bracket': { readonly bracket: string; readonly closing: string };
  'missing-operator': { readonly found: string };
  'ambiguous-division': { readonly found: string; readonly first: string; readonly second: string };
  'ambiguous-root': { readonly found: string; readonly first: string; readonly second: string };
  'chained-comparison': { readonly found: string };
  'equals-in-formula': Nothing;
  'double-equals': { readonly name: string };
  'second-equals': Nothing;
  'left-side': { readonly found: string };
  'function-definition': { readonly name: string; readonly parameter: string };
  'version-assigned': { readonly found: string; readonly name: string };
  /** `other`: what the comma may mean besides, null if nothing. */
  'decimal-comma': { readonly found: string; readonly instead: string; readonly other: string | null };
  'bare-formula': Nothing;
  'continued-line': { readonly found: string };
  'needs-parentheses': { readonly name: string };
  'function-power': { readonly name: string };
  'brace-group': Nothing;
  'bracket-group': { readonly found: string; readonly instead: string };
  'empty-list': Nothing;
  'bad-index': { readonly found: string };

  // Names
  'undefined-name': { readonly name: string };
  'joined-names': { readonly name: string; readonly product: string };
  'unknown-function': { readonly name: string };
  'not-a-function': { readonly name: string };
  'used-before': { readonly name: string; readonly line: number };
  'self-reference': { readonly name: string };
  'unknown-version': { readonly name: string; readonly version: number; readonly count: number };
  'unknown-output': { readonly name: string };
  'look-alike': { readonly name: string; readonly other: string };
  euler: { readonly found: string };
  'layer-or-power': { readonly name: string; readonly power: string };
  'exponent-then-product': { readonly found: string; readonly exponent: string; readonly product: string };

  // Values
  'argument-count': {
    readonly name: string;
    readonly found: number;
    readonly least: number;
    readonly most: number;
  };
  'argument-shape': { readonly name: string; readonly shape: Shape };
  'mixed-arguments': { readonly name: string; readonly shape: Shape };
  'shapes-differ': { readonly operator: string; readonly left: Shape; readonly right: Shape };
  'product-shapes': { readonly left: Shape; readonly right: Shape };
  'vector-product': { readonly left: string; readonly right: string };
  'matrix-power': { readonly shape: Shape };
  'bars-of-vector': { readonly shape: Shape };
  'condition-shape': { readonly shape: Shape };
  'list-shapes': { readonly first: Shape; readonly other: Shape };
  'list-too-deep': { readonly shape: Shape };
  'no-elements': { readonly shape: Shape };
  'index-range': { readonly index: number; readonly size: number };
  'element-of-defined': { readonly name: string; readonly whole: string };
  'update-shape': { readonly name: string; readonly before: Shape; readonly after: Shape };
  'output-shape': { readonly name: string; readonly shape: Shape };
  'second-output': { readonly name: string };
  'leaf-output': { readonly name: string; readonly last: string };

  // Extensions
  /** A statement that only an extension could read. */
  network: { readonly found: string };
  extension: ExtensionProblem;
  'extension-notice': ExtensionProblem;

  // Values from outside
  'unused-value': { readonly name: string };
  'value-of-computed': { readonly name: string };
  'value-of-shape': { readonly name: string; readonly shape: Shape };
}

/** What an extension has found: it brings its own words. */
interface ExtensionProblem {
  /** Its own name for this kind of problem. */
  readonly problem: string;
  readonly found: string;
  readonly words: Readonly<Record<Language, string>>;
}

export type DiagnosticCode = keyof DiagnosticData;

const NOTICES: ReadonlySet<DiagnosticCode> = new Set([
  'unclosed-fence',
  'more-problems',
  'look-alike',
  'euler',
  'layer-or-power',
  'exponent-then-product',
  'second-output',
  'leaf-output',
  'unused-value',
  'extension-notice',
]);

/** What to write in place of the diagnostic's span. */
export interface Suggestion {
  /** For people: `w*x`. */
  readonly text: string;
  readonly replacement: string;
}

/** A problem without words: what can be copied to another thread. */
export interface DiagnosticRecord<C extends DiagnosticCode = DiagnosticCode> extends Span {
  /** A program with an error has no recording; a notice stands beside one. */
  readonly severity: 'error' | 'notice';
  readonly code: C;
  readonly data: DiagnosticData[C];
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
  /** The text that stands there; '' at the end of a statement. */
  readonly found?: string;
  readonly expected?: Expected;
  readonly suggestion?: Suggestion;
}

/**
 * A problem in a program: where, what was found, what was expected, in any language. Its fields are plain
 * data; after a copy by `postMessage` the words come from `diagnosticMessage`.
 */
export class Diagnostic implements DiagnosticRecord {
  readonly severity: 'error' | 'notice';
  readonly code: DiagnosticCode;
  readonly data: DiagnosticData[DiagnosticCode];
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  readonly found?: string;
  readonly expected?: Expected;
  readonly suggestion?: Suggestion;

  constructor(error: LanguageError, lines: Lines) {
    const { code, data, span, suggestion } = error;
    this.severity = NOTICES.has(code) ? 'notice' : 'error';
    this.code = code;
    this.data = data;
    this.from = span.from;
    this.to = span.to;
    this.line = lines.lineOf(span.from);
    this.column = lines.columnOf(span.from);
    if ('found' in data && typeof data.found === 'string') this.found = data.found;
    if ('expected' in data) this.expected = data.expected;
    if (suggestion !== null) this.suggestion = suggestion;
  }

  message(messages: Messages): string {
    return diagnosticMessage(this, messages);
  }
}

/** One problem in one or two sentences, without its line and column. */
export function diagnosticMessage({ code, data, suggestion }: DiagnosticRecord, messages: Messages): string {
  if ('words' in data) return data.words[messages.trace.language];
  const { problems, thousands } = messages.language;
  const shown: Record<string, unknown> = { suggestion: suggestion && shortened(suggestion.text) };
  for (const [field, value] of Object.entries(data)) {
    if (typeof value === 'string') shown[field] = shortened(value);
    else shown[field] = COUNTS.has(field) ? formatCount(value as number, { group: thousands }) : value;
  }
  // Every code has a text that takes its data; that they go together is known only here.
  return (problems[code as keyof typeof problems] as (data: unknown) => string)(shown);
}

/** Fields whose numbers are grouped in thousands. */
const COUNTS: ReadonlySet<string> = new Set(['length', 'limit', 'count']);

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const characters = Array.from(line.slice(0, 100));
  return line.length <= 40 ? line : `${characters.slice(0, 39).join('')}…`;
}

/** A problem at the moment it is found. Thrown where a statement cannot be read any further. */
export class LanguageError<C extends DiagnosticCode = DiagnosticCode> extends Error {
  readonly code: C;
  readonly data: DiagnosticData[C];
  readonly span: Span;
  readonly suggestion: Suggestion | null;

  constructor(code: C, { from, to }: Span, data: DiagnosticData[C], suggestion: string | null = null) {
    super(`${code} at ${from}`);
    this.name = 'LanguageError';
    this.code = code;
    this.data = data;
    this.span = { from, to };
    this.suggestion = suggestion === null ? null : { text: suggestion, replacement: suggestion };
  }
}

/** Collects problems in the order of the text, up to a limit. */
export class Reporter {
  readonly #lines: Lines;
  readonly #limit: number;
  readonly #found: LanguageError[] = [];
  /** Notices are kept apart, so that they never crowd out an error. */
  readonly #noticed: LanguageError[] = [];
  readonly #once = new Set<string>();
  #more = false;

  constructor(lines: Lines, limit = LIMITS.diagnostics) {
    this.#lines = lines;
    this.#limit = limit;
  }

  get failed(): boolean {
    return this.#found.length > 0;
  }

  /** True if further errors are not kept, so that no advice for them is needed. */
  get full(): boolean {
    return this.#found.length >= this.#limit;
  }

  /** True if errors had to be left out: nothing more can be learnt from reading on. */
  get overflowing(): boolean {
    return this.#more;
  }

  report<C extends DiagnosticCode>(
    code: C,
    span: Span,
    data: DiagnosticData[C],
    suggestion: string | null = null,
  ): void {
    this.add(new LanguageError(code, span, data, suggestion));
  }

  /** Reports a problem with a name unless the same has been said of that name before. */
  reportOnce<C extends DiagnosticCode>(
    name: string,
    code: C,
    span: Span,
    data: DiagnosticData[C],
    suggestion: string | null = null,
  ): void {
    const id = `${code} ${name}`;
    if (this.#once.has(id)) return;
    this.#once.add(id);
    this.report(code, span, data, suggestion);
  }

  add(error: LanguageError): void {
    const list = NOTICES.has(error.code) ? this.#noticed : this.#found;
    if (list.length < this.#limit) list.push(error);
    else this.#more ||= list === this.#found;
  }

  /** One for the same text whose problems nobody hears of. */
  silent(): Reporter {
    return new Reporter(this.#lines, this.#limit);
  }

  lineOf(offset: number): number {
    return this.#lines.lineOf(offset);
  }

  diagnostics(): readonly Diagnostic[] {
    const all = [...this.#found, ...this.#noticed.slice(0, this.#limit - this.#found.length)];
    const sorted = all.toSorted((a, b) => a.span.from - b.span.from);
    if (this.#more) {
      const end = sorted.at(-1)!.span;
      sorted.push(new LanguageError('more-problems', end, { limit: this.#limit }));
    }
    return sorted.map((error) => new Diagnostic(error, this.#lines));
  }
}
