import { operationName } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { Bound } from './bound.ts';
import type { NumberTerm } from './term.ts';

/** A number of a formula that stands where a leaf belongs, with a minus before it or not. */
export interface Place {
  readonly leaf: number;
  readonly negative: boolean;
}

/** The leaves in whose places the numbers of a formula stand, where it is built as a node is; else none. */
export function leavesUnder(
  formula: Bound,
  node: number,
  { operation, inputStart, inputs }: Recording,
): ReadonlyMap<NumberTerm, Place> {
  const found = new Map<NumberTerm, Place>();
  const open: (readonly [Bound, number])[] = [[formula, node]];
  while (open.length > 0) {
    const [part, at] = open.pop()!;
    // What stands for a constant of the formula is none of its leaves.
    if (at < 0) continue;
    const start = inputStart[at];
    const arity = inputStart[at + 1] - start;
    const negative = part.kind === 'apply' && part.operation === 'neg';
    const bare = negative ? part.of[0] : part;
    if (bare.kind === 'literal') {
      if (arity === 0) found.set(bare.literal, { leaf: at, negative });
    } else if (part.kind === 'apply') {
      if (part.operation !== operationName(operation[at]) || part.of.length !== arity) return new Map();
      for (const [slot, inner] of part.of.entries()) open.push([inner, inputs[start + slot]]);
    }
  }
  return found;
}
