import { LanguageError } from './diagnostics.ts';
import type { Reporter } from './diagnostics.ts';
import type { ExtensionLine, ExtensionReading } from './extension.ts';
import type { Limits } from './limits.ts';
import { FOREIGN_WORDS } from './foreign.ts';
import { CONSTANTS, functionNamed } from './functions.ts';
import type { LanguageFunction } from './functions.ts';
import { canonicalName } from './names.ts';
import { parseFormula } from './parser.ts';
import { Scope } from './scope.ts';
import type { Span } from './span.ts';
import { sketch, splitStatements, withoutCommas } from './statements.ts';
import type { RawStatement, Sketch } from './statements.ts';
import { namesNode } from './syntax.ts';
import type { Definee, Expression, Statement } from './syntax.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';
import { decideNames } from './words.ts';

/** A program as syntax. */
export interface Program {
  readonly statements: readonly Statement[];
  /** Every name it defines, and those given from outside. */
  readonly scope: Scope;
  /** Names whose definition could not be read. */
  readonly broken: ReadonlySet<string>;
  /** Where the extension's statements stand. */
  readonly owned: readonly Span[];
}

export interface ParseOptions {
  readonly text: string;
  /** The parts of the text that are program. */
  readonly regions: readonly Span[];
  /** Names that have a value from outside: key and spelling. */
  readonly given: ReadonlyMap<string, string>;
  readonly reporter: Reporter;
  readonly limits: Limits;
  readonly extension?: ExtensionReading | undefined;
}

/**
 * Parses a program, statement by statement; problems are reported, at most one of syntax for each statement.
 * The left sides are read first, because what a formula means depends on which names are defined.
 */
export function parseProgram({ text, regions, given, reporter, limits, extension }: ParseOptions): Program {
  const raw: RawStatement[] = regions.flatMap((region) => splitStatements(tokenize(text, region)));
  const sketches: Sketch[] = [];
  for (const statement of raw) {
    if (reporter.overflowing) break;
    sketches.push(sketch(statement, text, reporter));
  }
  const scope = new Scope();
  const broken = new Set<string>();
  const definitions = sketches.filter((each) => each.kind === 'definition');
  const owned: ReadonlySet<ExtensionLine> = extension?.claim(definitions) ?? new Set();
  const isOwned = (each: Sketch): boolean => each.kind === 'definition' && owned.has(each);
  for (const sketched of sketches) if (!isOwned(sketched)) defineIn(scope, broken, sketched, reporter);
  for (const name of extension?.names() ?? []) scope.define(canonicalName(name)!, name);
  if (reporter.failed) {
    for (const { name } of owned) {
      scope.define(name.key, name.spelling);
      broken.add(name.key);
    }
  }
  for (const [key, spelling] of given) if (scope.find(key) === null) scope.define(key, spelling);

  const statements: Statement[] = [];
  const last = sketches.findLastIndex((each) => each.kind !== 'output' && !isOwned(each));
  const meant = sketches.map((each, i) => meantDefinition(each, i === last, scope));
  for (const name of meant) {
    if (name === null) continue;
    scope.define(name.key, name.spelling);
    broken.add(name.key);
  }
  const callee = (key: string): LanguageFunction | undefined => extension?.callee(key) ?? functionNamed(key);
  let recorded = false;
  const parse = (tokens: readonly Token[], listener = reporter): Expression | null => {
    try {
      const decided = decideNames(tokens, text, scope, listener);
      const { depth } = limits;
      return parseFormula(decided, { text, scope, reporter: listener, depth, functionNamed: callee });
    } catch (error) {
      if (!(error instanceof LanguageError)) throw error;
      reporter.add(error);
      return null;
    }
  };
  for (const [i, sketched] of sketches.entries()) {
    if (reporter.overflowing) break;
    const { kind, from, to } = sketched;
    if (kind === 'broken') continue;
    if (isOwned(sketched)) {
      if (!recorded) statements.push({ kind: 'extension', from, to });
      recorded = true;
      continue;
    }
    const comma = raw[i].decimalComma;
    if (kind === 'formula' && comma !== null) {
      const { span, found, instead, other } = withoutCommas(text, comma);
      const data = { found, instead, other };
      reporter.reportOnce(String(span.from), 'decimal-comma', span, data, other === null ? instead : null);
      continue;
    }
    const [first] = sketched.right;
    if (
      kind === 'formula' &&
      i > 0 &&
      first?.kind === 'operator' &&
      (first.symbol === '+' || first.symbol === '-')
    ) {
      // As a formula of its own it would silently take a term away from the line before.
      reporter.report('continued-line', first, { found: text.slice(first.from, first.to) });
      continue;
    }
    if (kind === 'formula' && (meant[i] !== null || i !== last)) {
      if (meant[i] !== null && reportSign(meant[i], sketched.right[1], text, reporter)) continue;
      // Of what is wrong with it, a sign that cannot be read says more than the missing name.
      if (parse(sketched.right, reporter.silent()) !== null)
        reporter.report('bare-formula', { from, to }, {});
      continue;
    }
    if (extension === undefined && !scope.has('mlp') && isNetwork(sketched.right)) {
      reporter.report('network', sketched.right[0], { found: 'mlp' });
      if (kind === 'definition') broken.add(sketched.name.key);
      continue;
    }
    const value = parse(sketched.right);
    if (kind === 'definition') {
      if (value === null) broken.add(sketched.name.key);
      else statements.push({ kind, name: sketched.name, update: sketched.update, value, from, to });
    } else if (value === null) continue;
    else if (kind === 'output') {
      if (namesNode(value)) statements.push({ kind, of: value, from, to });
      else if (value.kind !== 'missing') {
        reporter.report('unexpected', value, { found: text.slice(value.from, value.to), expected: 'name' });
      }
    } else statements.push({ kind, value, from, to });
  }
  return { statements, scope, broken, owned: Array.from(owned, ({ from, to }) => ({ from, to })) };
}

/** `mlp(…)`, which only an extension reads. */
function isNetwork([first, second]: readonly Token[]): boolean {
  return first.kind === 'name' && first.name.key === 'mlp' && second.kind === 'bracket';
}

/**
 * The name that a statement was meant to define, although it has no `=`: `x 3`, `x == 3` or, before the last
 * statement, any formula that begins with a name that is defined nowhere. Null for other statements.
 */
function meantDefinition(sketched: Sketch, isLast: boolean, scope: Scope): Definee | null {
  if (sketched.kind !== 'formula') return null;
  const [first, second] = sketched.right;
  if (first.kind !== 'name' || scope.find(first.name.key) !== null) return null;
  const { key, spelling } = first.name;
  if (functionNamed(key) !== undefined || CONSTANTS.has(key) || FOREIGN_WORDS.has(key)) return null;
  const compares = second.kind === 'operator' && second.symbol === '==';
  if (isLast && !compares && second.kind !== 'number') return null;
  return { key, spelling, from: first.from, to: first.to };
}

/** Reports what stands where `=` was due; false if that is nothing in particular. */
function reportSign({ spelling }: Definee, sign: Token, text: string, reporter: Reporter): boolean {
  if (sign.kind === 'operator' && sign.symbol === '==') {
    reporter.report('double-equals', sign, { name: spelling }, '=');
  } else if (sign.kind === 'number') {
    reporter.report('unexpected', sign, { found: text.slice(sign.from, sign.to), expected: '=' });
  } else return false;
  return true;
}

function defineIn(scope: Scope, broken: Set<string>, sketched: Sketch, reporter: Reporter): void {
  if (sketched.kind !== 'definition' && sketched.kind !== 'broken') return;
  const name: Definee | null = sketched.name;
  if (name === null) return;
  const alike = scope.define(name.key, name.spelling);
  if (sketched.kind === 'broken') broken.add(name.key);
  else if (alike !== null) {
    reporter.report('look-alike', name, { name: name.spelling, other: scope.spellingOf(alike) });
  }
}
