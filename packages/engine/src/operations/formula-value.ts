import type { Formula } from './formula.ts';
import { OPERATIONS } from './table.ts';

/**
 * The number of a formula at an operation's inputs and result. Calls itself as deep as the formula is nested: the
 * rules of the table are at most five deep.
 */
export function evaluateFormula(formula: Formula, inputs: ArrayLike<number>, result: number): number {
  if (typeof formula === 'number') return formula;
  if (formula === 'result') return result;
  if ('input' in formula) return inputs[formula.input];
  const operation = OPERATIONS[formula.operation];
  const of = formula.of.map((part) => evaluateFormula(part, inputs, result));
  switch (operation.arity) {
    case 1:
      return operation.value(of[0]);
    case 2:
      return operation.value(of[0], of[1]);
    default:
      return operation.value(of);
  }
}
