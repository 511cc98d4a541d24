import type { BinaryOperator } from './syntax.ts';
import type { BracketSymbol, OperatorSymbol } from './tokens.ts';

/** An operator between two operands. */
export interface Infix {
  readonly operator: BinaryOperator;
  /** Binding powers to the left and to the right; the smaller one on the left groups to the left. */
  readonly left: number;
  readonly right: number;
}

/*
 * Binding powers, loosest first:
 *
 *     5   < > <= >= == !=      do not chain
 *    10   + -                  left to right
 *    20   * / ⊙ and products without a sign, left to right
 *    30   - in front           -x^2 is -(x^2)
 *    40   ^ **                 right to left
 *    60   √                    takes what follows directly
 */
export const INFIX: ReadonlyMap<OperatorSymbol, Infix> = new Map<OperatorSymbol, Infix>([
  ['<', { operator: 'less', left: 5, right: 6 }],
  ['>', { operator: 'greater', left: 5, right: 6 }],
  ['<=', { operator: 'lessEqual', left: 5, right: 6 }],
  ['>=', { operator: 'greaterEqual', left: 5, right: 6 }],
  ['==', { operator: 'equal', left: 5, right: 6 }],
  ['!=', { operator: 'notEqual', left: 5, right: 6 }],
  ['+', { operator: 'add', left: 10, right: 11 }],
  ['-', { operator: 'sub', left: 10, right: 11 }],
  ['*', { operator: 'mul', left: 20, right: 21 }],
  ['⊙', { operator: 'hadamard', left: 20, right: 21 }],
  ['/', { operator: 'div', left: 20, right: 21 }],
  ['^', { operator: 'pow', left: 41, right: 40 }],
  ['**', { operator: 'pow', left: 41, right: 40 }],
]);
/** A product without a sign binds like one with it. */
export const PRODUCT = INFIX.get('*')!;
export const POWER = INFIX.get('^')!;
export const COMPARISON = INFIX.get('<')!;
export const SIGN = 30;
export const ROOT = 60;

/** The sign that closes a bracket. */
export function closingOf({ symbol }: { readonly symbol: BracketSymbol }): ')' | ']' | '}' | '|' {
  return symbol === '(' ? ')' : symbol === '[' ? ']' : symbol === '{' ? '}' : '|';
}
