import type { OperationName } from '@backflow/engine';
import type { Sheet } from '../sheet.ts';
import { ACTIVATIONS, pairKey } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import { keyOf, partsOf } from './name-parts.ts';

/** Names of activations, and of the weighted sums that belong to them; the marks are the same. */
const PAIRS: ReadonlyMap<string, readonly string[]> = new Map([
  ['a', ['z', 'n', 's']],
  ['A', ['Z']],
  ['out', ['net', 'in', 'z']],
  ['h', ['net', 'z', 'u']],
  ['H', ['Z']],
  ['o', ['net', 'z', 's']],
  ['O', ['Z', 'net', 'z', 'I']],
  ['ŷ', ['z']],
  ['y_hat', ['z']],
  ['yhat', ['z']],
]);

export interface ActivationByName {
  /** Key of the weighted sum. */
  readonly of: string;
  readonly operation: OperationName;
}

/**
 * a^{(L)} = σ(z^{(L)}) without anybody saying so: where the page uses a function of z^{(L)} or its derivative, or says which
 * activation is meant, and both names carry the same marks.
 */
export function activationByName(key: string, sheet: Sheet, mentions: Mentions): ActivationByName | null {
  const implied = mentions.implied.get(key);
  if (implied !== undefined) return implied;
  const parts = partsOf(key);
  // out_h1 has the base `out`; y_hat is a name of its own, maybe with further marks.
  const hat = parts.base === 'y' && parts.below[0] === 'hat';
  const bases = PAIRS.get(hat ? 'y_hat' : parts.base) ?? [];
  for (const base of bases) {
    const of = keyOf({ ...parts, base, below: hat ? parts.below.slice(1) : parts.below });
    if (!mentions.names.has(of)) continue;
    const operation = operationAt(of, key, sheet, mentions);
    if (operation !== null) return { of, operation };
  }
  return null;
}

function operationAt(
  sum: string,
  activation: string,
  sheet: Sheet,
  mentions: Mentions,
): OperationName | null {
  const applied = mentions.applied.get(sum);
  if (applied !== undefined) return applied;
  const declared = declaredActivation(sheet);
  if (declared !== null) return declared;
  // Seen at another layer's z, and ∂a/∂z or the same two bases elsewhere: one function for the whole page.
  if (mentions.activations.length !== 1) return null;
  const related =
    mentions.pairKeys.has(pairKey(activation, sum)) || mentions.appliedBases.has(partsOf(sum).base);
  return related ? mentions.activations[0] : null;
}

/** The activation that a page declares: `sigmoid activation`, `4-3-2-1, sigmoid`. */
export function declaredActivation(sheet: Sheet): OperationName | null {
  for (const declaration of sheet.declarations) {
    const operation =
      declaration.kind === 'activation'
        ? declaration.operation
        : declaration.kind === 'network'
          ? declaration.activation
          : null;
    if (operation !== null && isActivation(operation)) return operation;
  }
  return null;
}

function isActivation(operation: string): operation is OperationName {
  return (ACTIVATIONS as ReadonlySet<string>).has(operation);
}
