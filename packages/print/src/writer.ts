import { OPERATIONS } from '@backflow/engine';
import type { Notation } from '@backflow/engine';
import { apply, sumOf } from './expression.ts';
import type { Expression } from './expression.ts';
import { partialBy, partialIn } from './partials.ts';
import type { Partial } from './partials.ts';

/*
 * An expression is written by taking it apart into pieces: texts, and places for inner expressions.
 * A place says how tightly the expression in it must bind to do without parentheses,
 *
 *   a − (b + c)·d      −: left place binds as a sum, right place tighter
 *       └ sum in a place for a factor: parentheses
 *
 * and whether it leads, that is, whether a minus sign may stand there bare: `−2·3`, but `3·(−2)`.
 * The work list is our own, so the depth of an expression is not limited.
 */

/** How tightly a notation binds; as in `Notation.precedence`. */
export const BINDING = { comparison: 0, sum: 1, product: 2, sign: 3, power: 4, atom: 9 } as const;

export interface Place {
  readonly expression: Expression;
  /** The least binding that needs no parentheses. */
  readonly above: number;
  readonly leads: boolean;
}

export type Piece = string | Place;

/** A way of writing: as text, in LaTeX, as a program. */
export interface Style {
  readonly open: string;
  readonly close: string;
  /** Sums of products that are one operation are written as what they are: `b + w1·x1 + w2·x2`. */
  readonly spellsSums?: true;
  readonly binding: (expression: Expression) => number;
  /** `leads` is passed on to the leftmost inner place. */
  readonly pieces: (expression: Expression, leads: boolean) => readonly Piece[];
}

export type Application = Extract<Expression, { kind: 'apply' }>;

/** How tightly an applied operation binds; `forms` says it for the notations that text and LaTeX lay out differently. */
export function applicationBinding(
  { operation, of }: Application,
  forms: Readonly<Record<Exclude<Notation['form'], 'infix' | 'prefix' | 'signedSum'>, number>>,
): number {
  const { notation } = OPERATIONS[operation];
  if (notation.form === 'infix') return notation.precedence;
  if (notation.form === 'prefix') return BINDING.sign;
  if (notation.form === 'signedSum') return of.length > 2 ? BINDING.sum : BINDING.sign;
  return forms[notation.form];
}

/** The two places of an infix operation: sums and products lean to the left, comparisons to neither side. */
export function infixPlaces(
  [a, b]: readonly Expression[],
  precedence: number,
  leads: boolean,
): [Place, Place] {
  const left = precedence === BINDING.comparison ? precedence + 1 : precedence;
  return [place(a, left, leads), place(b, precedence + 1)];
}

/** The terms of a signed sum between `+` and a minus sign. */
export function signedPieces(of: readonly Expression[], minusSign: string, leads: boolean): Piece[] {
  return signedTerms(of).flatMap(({ minus, term }, index) => {
    if (index > 0) return [minus ? ` ${minusSign} ` : ' + ', place(term, BINDING.product)];
    return minus ? [minusSign, place(term, BINDING.product)] : [place(term, BINDING.sum, leads)];
  });
}

/** True if a minus sign stands in front: negative numbers, `−x`, a signed sum that begins with a minus. */
function isSigned(expression: Expression): boolean {
  if (expression.kind === 'number') {
    return expression.text === undefined ? expression.value < 0 : /^\s*[-−]/.test(expression.text);
  }
  if (expression.kind !== 'apply') return false;
  const { form } = OPERATIONS[expression.operation].notation;
  return form === 'prefix' || (form === 'signedSum' && signedTerms(expression.of)[0].minus);
}

/** A place that needs no parentheses whatever stands in it, as between brackets. */
export function inside(expression: Expression): Place {
  return { expression, above: 0, leads: true };
}

export function place(expression: Expression, above: number, leads = false): Place {
  return { expression, above, leads };
}

/** The place behind a ∂: names stand bare, also raised ones, but no derivatives; everything else in parentheses. */
export function differential(expression: Expression): Place {
  const isBare = expression.kind === 'name' && partialIn(expression.name) === null;
  return place(expression, isBare ? 0 : BINDING.atom);
}

/** ∂²L/∂w∂b for a derivative of what is called ∂L/∂w by b; null for any other. */
export function furtherPartial(of: Expression, by: Expression): Partial | null {
  if (of.kind !== 'name' || by.kind !== 'name' || partialIn(by.name) !== null) return null;
  const partial = partialIn(of.name);
  return partial === null ? null : partialBy(partial, by.name);
}

export interface WriteOptions {
  /** A longer text ends in `…`. */
  readonly maxLength?: number;
  /** The text is to stand between equals signs: a comparison gets parentheses. */
  readonly member?: boolean;
}

/** `dot` and `affine` as the sum of products that they are; everything else as it is. */
function spelled(expression: Expression): Expression {
  if (expression.kind !== 'apply') return expression;
  const { operation, of } = expression;
  if (operation !== 'dot' && operation !== 'affine') return expression;
  const first = operation === 'affine' ? 1 : 0;
  const terms = of.slice(0, first);
  for (let slot = first; slot < of.length; slot += 2) {
    const [a, b] = [of[slot], of[slot + 1]];
    terms.push(a.kind === 'elided' && b.kind === 'elided' ? a : apply('mul', a, b));
  }
  return sumOf(terms);
}

/** Writes an expression. */
export function write(expression: Expression, style: Style, options: WriteOptions = {}): string {
  const { maxLength = Infinity, member = false } = options;
  const tasks: Piece[] = [place(expression, member ? BINDING.sum : BINDING.comparison, true)];
  const out: string[] = [];
  let length = 0;
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if (typeof task === 'string') {
      out.push(task);
      length += task.length;
      if (length > maxLength)
        return `${Array.from(out.join(''))
          .slice(0, maxLength - 1)
          .join('')
          .trimEnd()}…`;
      continue;
    }
    const { above, leads } = task;
    const inner = style.spellsSums === true ? spelled(task.expression) : task.expression;
    const bare = style.binding(inner) >= above && (leads || !isSigned(inner));
    const pieces = style.pieces(inner, leads || !bare);
    if (!bare) tasks.push(style.close);
    for (let index = pieces.length - 1; index >= 0; index--) tasks.push(pieces[index]);
    if (!bare) tasks.push(style.open);
  }
  return out.join('');
}

/** Expressions between brackets, with a separator. */
export function joined(of: readonly Expression[], separator: string): Piece[] {
  const pieces: Piece[] = [];
  for (const expression of of) {
    if (pieces.length > 0) pieces.push(separator);
    pieces.push(inside(expression));
  }
  return pieces;
}

/** The terms of a `signedSum` with the sign each is written with. */
function signedTerms(of: readonly Expression[]): { readonly minus: boolean; readonly term: Expression }[] {
  const terms = [];
  for (let slot = 0; slot + 1 < of.length; slot += 2) {
    const sign = of[slot];
    terms.push({ minus: sign.kind === 'number' && sign.value < 0, term: of[slot + 1] });
  }
  return terms;
}
