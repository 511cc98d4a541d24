import type { Expression } from './expression.ts';

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
  readonly binding: (expression: Expression) => number;
  /** True if it is written with a minus sign in front. */
  readonly signed: (expression: Expression) => boolean;
  /** `leads` is passed on to the leftmost inner place. */
  readonly pieces: (expression: Expression, leads: boolean) => readonly Piece[];
}

/** A place that needs no parentheses whatever stands in it, as between brackets. */
export function inside(expression: Expression): Place {
  return { expression, above: 0, leads: true };
}

export function place(expression: Expression, above: number, leads = false): Place {
  return { expression, above, leads };
}

/** Writes an expression; from `maxLength` characters on, the rest is `…`. */
export function write(expression: Expression, style: Style, maxLength = Infinity): string {
  const tasks: Piece[] = [inside(expression)];
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
    const { expression: inner, above, leads } = task;
    const bare = style.binding(inner) >= above && (leads || !style.signed(inner));
    const pieces = style.pieces(inner, leads || !bare);
    if (!bare) tasks.push(style.close);
    for (let index = pieces.length - 1; index >= 0; index--) tasks.push(pieces[index]);
    if (!bare) tasks.push(style.open);
  }
  return out.join('');
}

/** Pieces with a separator between them. */
export function joined(places: readonly Piece[], separator: string): Piece[] {
  return places.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece]));
}

/** The terms of a `signedSum` with the sign each is written with. */
export function signedTerms(
  of: readonly Expression[],
): { readonly minus: boolean; readonly term: Expression }[] {
  const terms = [];
  for (let slot = 0; slot + 1 < of.length; slot += 2) {
    const sign = of[slot];
    terms.push({ minus: sign.kind === 'number' && sign.value < 0, term: of[slot + 1] });
  }
  return terms;
}
