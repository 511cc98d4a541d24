import type { LineRole } from '@backflow/messages';
import type { Reporter } from '../diagnostics.ts';
import type { ExtensionLine } from '../extension.ts';
import { FUNCTIONS } from '../functions.ts';
import type { Span } from '../span.ts';
import { nearest } from '../suggestion.ts';
import { isBracket, readLine } from './line.ts';
import type { NetworkLine } from './line.ts';
import { problemAt, quoted } from './problem.ts';
import type { NetworkProblem } from './problem.ts';
import { LINE_WORDS } from './words.ts';

/** The network lines of a text: which of its definitions they are, and what each of them says. */
export class NetworkLines {
  /** The line of each role, read or not. */
  readonly byRole = new Map<LineRole, ExtensionLine>();
  /** What was read of them. */
  readonly read = new Map<LineRole, NetworkLine>();
  /** Of the network. */
  name: { readonly key: string; readonly spelling: string } | null = null;
  example = 0;
  exampleSpan: Span | null = null;
  /** True once there is a problem: nothing is recorded then. */
  broken = false;
  readonly #text: string;
  readonly #reporter: Reporter;

  constructor(text: string, reporter: Reporter) {
    this.#text = text;
    this.#reporter = reporter;
  }

  /** The definitions that are network lines. */
  claim(definitions: readonly ExtensionLine[]): Set<ExtensionLine> {
    const candidates = new Map<ExtensionLine, string>();
    for (const line of definitions) {
      const word = this.#wordOf(line);
      if (word !== null) candidates.set(line, word);
    }
    const defined = new Set<string>();
    for (const line of definitions) {
      if (!LINE_WORDS.has(candidates.get(line) ?? '')) defined.add(line.name.key);
    }
    const owned = new Set<ExtensionLine>();
    for (const line of definitions) {
      const word = this.#bareWordOf(line);
      if (word === null || defined.has(word)) continue;
      owned.add(line);
      this.#reportBare(line, word);
    }
    for (const [line, word] of candidates) {
      if (defined.has(word)) continue;
      if (LINE_WORDS.has(word)) {
        owned.add(line);
        this.#readLine(line, word);
      } else if (!FUNCTIONS.has(word) && this.#claimUnknown(line, word)) owned.add(line);
    }
    if (this.byRole.has('net')) {
      for (const line of definitions) {
        if (line.name.key !== 'example' || owned.has(line)) continue;
        owned.add(line);
        this.#readExample(line);
      }
    }

    return owned;
  }

  /** The word of `name = word(…)`; null for other definitions. */
  #wordOf({ right, update }: ExtensionLine): string | null {
    const [word] = right;
    if (update !== null || word.kind !== 'name' || !isBracket(right[1], '(')) return null;
    return this.#text.slice(word.from, word.to);
  }

  /** The word of `name = word`, whose parentheses are missing; null for other definitions. */
  #bareWordOf({ right, update }: ExtensionLine): string | null {
    const [word, next] = right;
    if (update !== null || word.kind !== 'name' || next.kind !== 'end') return null;
    const text = this.#text.slice(word.from, word.to);
    return LINE_WORDS.has(text) ? text : null;
  }

  #reportBare(line: ExtensionLine, word: string): void {
    const { role, usage } = LINE_WORDS.get(word)!;
    this.#mean(role, line);
    const whole = usage === `${word}()` ? usage : null;
    this.report('bareWord', line.right[0], { found: word, usage }, whole);
  }

  /** What was meant is there: that it is missing is no further problem. */
  #mean(role: LineRole, line: ExtensionLine): void {
    if (!this.byRole.has(role)) this.byRole.set(role, line);
    if (role === 'net') this.name = line.name;
  }

  #readLine(line: ExtensionLine, word: string): void {
    const known = LINE_WORDS.get(word)!;
    const { role } = known;
    const first = this.byRole.get(role);
    if (first !== undefined) {
      this.report('secondLine', line.name, { role, line: this.#reporter.lineOf(first.from) });
      return;
    }
    this.byRole.set(role, line);
    const read = readLine(line, word, known, this.#text, this.#reporter);
    this.read.set(role, read);
    if (read.broken) this.broken = true;
    if (role === 'net') this.name = line.name;
  }

  /** A word that nobody knows, in what is written like a network line or with a word that is nearly one. */
  #claimUnknown(line: ExtensionLine, word: string): boolean {
    const suggestion = nearest(word, LINE_WORDS.keys());
    const options = line.right.some((token) => token.kind === 'bad' && this.#text[token.from] === ':');
    if (!options && (suggestion === null || nearest(word, FUNCTIONS.keys()) !== null)) return false;
    const role = suggestion === null ? null : LINE_WORDS.get(suggestion)!.role;
    if (role !== null) this.#mean(role, line);
    this.report('unknownWord', line.right[0], { found: quoted(word), suggestion }, suggestion);
    return true;
  }

  #readExample(line: ExtensionLine): void {
    const first = this.byRole.get('example');
    if (first !== undefined) {
      const data = { role: 'example', line: this.#reporter.lineOf(first.from) } as const;
      this.report('secondLine', line.name, data);
      return;
    }
    this.byRole.set('example', line);
    const [token] = line.right;
    const last = line.right[line.right.length - 2];
    const span = token.kind === 'end' ? token : { from: token.from, to: last.to };
    const whole = token === last && token.kind === 'number' && Number.isSafeInteger(token.value);
    if (line.update === null && whole) {
      this.example = token.value;
      this.exampleSpan = { from: token.from, to: token.to };
    } else this.report('exampleValue', span, { found: quoted(this.#text.slice(span.from, span.to)) });
  }

  report<P extends NetworkProblem>(
    problem: P,
    span: Span,
    data: Parameters<typeof problemAt<P>>[2],
    suggestion: string | null = null,
  ): void {
    this.add(problemAt(problem, span, data, suggestion));
  }

  add(error: ReturnType<typeof problemAt>): void {
    this.broken = true;
    this.#reporter.add(error);
  }
}
