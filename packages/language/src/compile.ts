import type { Recording } from '@backflow/engine';
import { checkProgram } from './check.ts';
import { Reporter } from './diagnostics.ts';
import type { Diagnostic } from './diagnostics.ts';
import { programParts } from './document.ts';
import type { Extension } from './extension.ts';
import { learnFunctions } from './functions.ts';
import { LIMITS } from './limits.ts';
import type { Limits } from './limits.ts';
import { lowerProgram } from './lower.ts';
import { canonicalName } from './names.ts';
import type { NetworkDocument } from './network/document.ts';
import { parseProgram } from './program.ts';
import { Lines } from './span.ts';
import type { Span } from './span.ts';

export interface CompileOptions {
  /** Limits that differ from `LIMITS`. */
  readonly limits?: Partial<Limits>;
  /**
   * Numbers for leaves by name, in any spelling (`w1`, `c@1`, `W[0][1]`): they replace what the text says, and
   * define names that the text uses without defining them.
   */
  readonly values?: ReadonlyMap<string, number>;
  /** The name of the node to differentiate, in place of the program's own output. */
  readonly of?: string;
  /** What reads further kinds of statements: `networks()` of @backflow/language/network. */
  readonly extension?: Extension;
}

/** What a program text gives. */
export interface Compilation {
  readonly text: string;
  /** Null if and only if a diagnostic is an error. */
  readonly recording: Recording | null;
  /**
   * Every name and its node, in the order of definition. Unlike `recording.names` it has all names of a node: after
   * `y = x` both are here.
   */
  readonly names: ReadonlyMap<string, number>;
  /** Further spellings of names, which are understood but not listed; only extensions give any. */
  readonly otherNames: ReadonlyMap<string, number>;
  /** The name by which the program means its output: y after `y = x`, `out` for a formula without a name. */
  readonly output: string | null;
  /** Statements that an extension has read, also of a text with errors. */
  readonly owned: readonly Span[];
  /** The network that the text describes, where there is an extension that reads it; null for none. */
  readonly network: NetworkDocument | null;
  /** Problems in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a program: text in, recording out. A text with fences marked `backflow` is a document, of which
 * only the fenced parts are program; any other text is program as a whole.
 *
 * Never throws for a text; every problem is a diagnostic. In the recording `+` and `-` have two operands, spans
 * of leaves are the numbers that a drag rewrites (-1 for a leaf that has no number of its own in the text), and
 * a branch of `where` that was not taken is skipped.
 */
export function compile(text: string, options: CompileOptions = {}): Compilation {
  learnFunctions();
  const limits: Limits = { ...LIMITS, ...options.limits };
  if (text.length > limits.textLength) {
    // The text itself is not looked at: a document of any size is refused at once.
    const reporter = new Reporter(new Lines(''), limits.diagnostics);
    const { length } = text;
    reporter.report('text-too-long', { from: 0, to: 0 }, { length, limit: limits.textLength });
    return failed(text, reporter);
  }
  const reporter = new Reporter(new Lines(text), limits.diagnostics);
  const { regions, unclosed, unmarked } = programParts(text);
  if (unmarked !== null) {
    // Read as a program, prose and all would be one long list of problems.
    reporter.report('unmarked-fence', unmarked, { found: text.slice(unmarked.from, unmarked.to).trim() });
    return failed(text, reporter);
  }
  if (unclosed !== null) reporter.report('unclosed-fence', unclosed, {});

  const values = options.values ?? new Map<string, number>();
  const given = new Map<string, string>();
  for (const name of values.keys()) {
    const key = canonicalName(name);
    if (key !== null && !key.includes('@')) given.set(key, name.replace(/\s+/g, ''));
  }
  const extension = options.extension?.read(text, reporter, limits);
  const { statements, scope, broken, owned } = parseProgram({
    text,
    regions,
    given,
    reporter,
    limits,
    extension,
  });
  if (statements.every(({ kind }) => kind === 'output') && !reporter.failed) {
    const [region] = regions;
    reporter.report('empty-program', { from: region.from, to: region.from }, {});
  }

  if (reporter.overflowing) return failed(text, reporter, owned);

  const of = options.of ?? null;
  const checked = checkProgram(statements, { text, scope, reporter, limits, values, broken, of, extension });
  if (reporter.failed) return failed(text, reporter, owned);
  const lowered = lowerProgram(statements, checked, { text, scope, extension });
  const network = extension?.result() ?? null;
  return { text, ...lowered, owned, network, diagnostics: reporter.diagnostics() };
}

function failed(text: string, reporter: Reporter, owned: readonly Span[] = []): Compilation {
  const diagnostics = reporter.diagnostics();
  const none = new Map<string, number>();
  return {
    text,
    recording: null,
    names: none,
    otherNames: none,
    output: null,
    owned,
    network: null,
    diagnostics,
  };
}

/** The node that a name means, in any of its spellings; null if there is none. */
export function nodeNamed(
  { names, otherNames }: Pick<Compilation, 'names'> & Partial<Pick<Compilation, 'otherNames'>>,
  name: string,
): number | null {
  const exact = names.get(name);
  if (exact !== undefined) return exact;
  const key = canonicalName(name);
  if (key === null) return null;
  for (const list of [names, otherNames ?? []]) {
    for (const [other, node] of list) if (canonicalName(other) === key) return node;
  }
  return null;
}
