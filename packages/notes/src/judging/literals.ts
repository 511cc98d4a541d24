import type { Bound } from '../bound.ts';
import type { MemberForm, Printed } from '../question.ts';
import type { Relation } from '../sheet.ts';
import type { NumberTerm, Term } from '../term.ts';

/** What a formula is made of, as far as the verdict depends on it. */
export interface Makeup {
  readonly form: MemberForm;
  /** Where it is one number with its sign. */
  readonly number: { readonly literal: NumberTerm; readonly negative: boolean } | null;
}

/** Sorts a formula: one number, a formula of numbers, one with names, or with names and decimal numbers. */
export function makeupOf(term: Term): Makeup {
  let negative = false;
  let inner = term;
  while (inner.kind === 'apply' && inner.operation === 'neg') {
    negative = !negative;
    inner = inner.of[0];
  }
  if (inner.kind === 'number') return { form: 'number', number: { literal: inner, negative } };
  const found = { names: false, decimals: false };
  scan(term, found);
  if (!found.names) return { form: isExactNumber(inner) ? 'number' : 'numbers', number: null };
  return { form: found.decimals ? 'mixed' : 'symbolic', number: null };
}

/** The number that a claim prints; null for a formula. An exact number (`9/2`, `√3/2`) has no last digit. */
export function printedOf(term: Term, value: number, relation: Relation, text: string): Printed | null {
  const { form, number } = makeupOf(term);
  if (form !== 'number') return null;
  const about = relation === '≈';
  if (number === null) return { value, unit: 0, integer: false, open: false, about, text };
  const { unit, integer, open } = number.literal;
  return { value, unit, integer, open, about, text };
}

function scan(term: Term, found: { names: boolean; decimals: boolean }): void {
  switch (term.kind) {
    case 'number':
      if (!term.integer) found.decimals = true;
      return;
    case 'constant':
    case 'elided':
      return;
    case 'apply':
    case 'list':
      for (const part of term.kind === 'list' ? term.items : term.of) scan(part, found);
      return;
    case 'slope':
    case 'transpose':
      scan(term.of, found);
      return;
    case 'name':
    case 'derivative':
      found.names = true;
      return;
    case 'call':
      found.names = true;
      for (const part of term.of) scan(part, found);
      return;
    case 'series':
      scan(term.body, found);
      return;
    case 'cases':
      for (const { value, condition } of term.branches) {
        scan(value, found);
        if (condition !== null) scan(condition, found);
      }
  }
}

/** `9/2`, `√3/2`, `10⁻³`, `π/4`: integers and constants, without a sum. */
function isExactNumber(term: Term): boolean {
  if (term.kind === 'constant') return true;
  if (term.kind === 'number') return term.integer;
  if (term.kind !== 'apply') return false;
  if (!EXACT.has(term.operation)) return false;
  // A product of integers is a calculation: 28 × 28.
  if (term.operation === 'mul' && term.of.every(isPlainInteger)) return false;
  return term.of.every(isExactNumber);
}

const EXACT: ReadonlySet<string> = new Set(['div', 'neg', 'sqrt', 'pow', 'mul', 'exp', 'log']);

function isPlainInteger(term: Term): boolean {
  return (
    term.kind === 'number' ||
    (term.kind === 'apply' && term.operation === 'neg' && isPlainInteger(term.of[0]))
  );
}

/** Every literal of a bound formula, left to right. */
export function literalsOf(bound: Bound): NumberTerm[] {
  const found: NumberTerm[] = [];
  visit(bound, (part) => {
    if (part.kind === 'literal') found.push(part.literal);
  });
  return found;
}

/** Calls back for every part of a bound formula, the whole first. */
export function visit(bound: Bound, callback: (part: Bound) => void): void {
  callback(bound);
  if (bound.kind === 'apply') for (const part of bound.of) visit(part, callback);
  else if (bound.kind === 'slope') visit(bound.of, callback);
  else if (bound.kind === 'updated' && bound.rate !== null) visit(bound.rate, callback);
}

/** The formula with other parts in place of some literals. */
export function replaceLiterals(bound: Bound, replacement: (literal: NumberTerm) => Bound | null): Bound {
  switch (bound.kind) {
    case 'literal':
      return replacement(bound.literal) ?? bound;
    case 'apply':
      return { ...bound, of: bound.of.map((part) => replaceLiterals(part, replacement)) };
    case 'slope':
      return { ...bound, of: replaceLiterals(bound.of, replacement) };
    default:
      return bound;
  }
}

/** Whether two bound formulas are the same question: the same node, the same derivative, the same tree. */
export function keyOf(bound: Bound): string {
  switch (bound.kind) {
    case 'literal':
      return `#${bound.literal.value}`;
    case 'exact':
      return `#${bound.value}`;
    case 'value':
      return `v${bound.node}${atKey(bound.at)}`;
    case 'derivative':
      return `d${bound.of}/${bound.by}^${bound.order}${bound.negative === true ? '-' : ''}${atKey(bound.at)}`;
    case 'apply':
      return `${bound.operation}(${bound.of.map(keyOf).join(',')})`;
    case 'slope':
      return `${bound.operation}'(${keyOf(bound.of)})`;
    case 'updated':
      return `u${bound.leaf}`;
  }
}

function atKey(at: ReadonlyMap<number, Bound> | null | undefined): string {
  if (at === null || at === undefined || at.size === 0) return '';
  return `@${[...at].map(([node, bound]) => `${node}=${keyOf(bound)}`).join(',')}`;
}
