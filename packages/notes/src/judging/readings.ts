import type { Bound } from '../bound.ts';
import { visit } from './literals.ts';

/** What a formula with derivatives may mean: `bound`, evaluated with ∂A/∂B as the local partial or not. */
export interface Reading {
  readonly bound: Bound;
  readonly local: boolean;
}

/**
 * Every reading of a formula: total derivatives throughout, local partials throughout, and, as in backpropagation, local
 * partials but for the derivatives of what the subject differentiates.
 */
export function readingsOf(bound: Bound, subject: Bound | null = null): readonly Reading[] {
  const of = subject?.kind === 'derivative' ? subject.of : null;
  let own = 0;
  let others = 0;
  visit(bound, (part) => {
    if (!isAmbiguous(part)) return;
    if (part.kind === 'derivative' && part.of === of) own++;
    else others++;
  });
  const found: Reading[] = [{ bound, local: false }];
  if (own + others > 0) found.push({ bound, local: true });
  if (of !== null && own > 0 && others > 0) found.push({ bound: withTotals(bound, of), local: true });
  return found;
}

/** True where ∂A/∂B may be a local partial that is not the total derivative. */
export function isAmbiguous(bound: Bound): boolean {
  return bound.kind === 'derivative' && (bound.slots.length > 0 || bound.partial === true);
}

/** The formula with every derivative of `of` as the total one. */
function withTotals(bound: Bound, of: number): Bound {
  switch (bound.kind) {
    case 'derivative':
      return bound.of === of ? { ...bound, slots: [], partial: false } : bound;
    case 'apply':
      return { ...bound, of: bound.of.map((part) => withTotals(part, of)) };
    case 'slope':
      return { ...bound, of: withTotals(bound.of, of) };
    default:
      return bound;
  }
}
