import type { Mistake } from '../report.ts';
import type { Term } from '../term.ts';

/**
 * `dL/dw = Σ (y − f)²`: a sum of squares is a loss and not the derivative of one, whatever its names stand for. Null where
 * that is not what stands there.
 */
export function lossForDerivative(subject: Term, stated: Term): Mistake | null {
  if (subject.kind !== 'derivative' || subject.order !== 1 || subject.of?.kind !== 'name') return null;
  if (!isSumOfSquares(stated)) return null;
  const [of, by] = [subject.of.spelling, subject.by.kind === 'name' ? subject.by.spelling : ''];
  return { id: 'value-for-derivative', gives: null, where: [], data: { found: of, due: `∂${of}/∂${by}` } };
}

function isSumOfSquares(term: Term): boolean {
  if (term.kind === 'series') return term.operation === 'sum' && isSquare(term.body);
  if (term.kind !== 'apply') return false;
  const { operation, of } = term;
  if (operation === 'sum' || operation === 'mean') return of.every(isSquare);
  // A factor such as 1/n in front.
  if (operation === 'mul')
    return (
      of.filter(isSumOfSquares).length === 1 && of.every((part) => isSumOfSquares(part) || isFactor(part))
    );
  return operation === 'div' && isSumOfSquares(of[0]) && isFactor(of[1]);
}

function isSquare(term: Term): boolean {
  if (term.kind !== 'apply' || term.operation !== 'pow') return false;
  const [base, exponent] = term.of;
  return (
    exponent?.kind === 'number' && exponent.value === 2 && base.kind === 'apply' && base.operation === 'sub'
  );
}

function isFactor(term: Term): boolean {
  if (term.kind === 'number' || term.kind === 'name') return true;
  return term.kind === 'apply' && term.operation === 'div' && term.of.every(isFactor);
}
