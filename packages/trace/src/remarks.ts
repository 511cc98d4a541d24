import { evaluateFormula, isLive, numberAt, operationOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { formatNumber, inputExpression } from '@backflow/print';
import type { Expression } from '@backflow/print';

/** What deserves saying about a step besides its numbers. */
export type Remark =
  /** There is no derivative here; `chosen` is taken by convention, and all of `admissible` would do (null: nothing would). */
  | { readonly kind: 'kink'; readonly chosen: number; readonly admissible: readonly [number, number] | null }
  /** The derivative is zero almost everywhere: nothing can be learned through this operation. */
  | { readonly kind: 'flat' }
  /** No formula is known for the slope: the operation computes it. */
  | { readonly kind: 'opaque' }
  /** A NaN or an infinity that was none before: what went in was finite (a NaN may also come from infinities). */
  | { readonly kind: 'born'; readonly value: number; readonly of: 'value' | 'contribution' | 'gradient' }
  /** The number comes from a stable form; the formula that is shown gives `shown` in floating point. */
  | { readonly kind: 'stable'; readonly shown: number }
  /** A `where` did not take this input: it is not evaluated, and no gradient passes. */
  | { readonly kind: 'untaken'; readonly input: Expression };

/** Remarks on the value of a node that has inputs. */
export function valueRemarks(recording: Recording, node: number): Remark[] {
  const remarks: Remark[] = [];
  const { value, inputs, inputStart, skipped } = recording;
  let finite = true;
  for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
    const entry = inputs[at];
    const evaluated = entry < 0 || skipped[entry] === 0;
    if (evaluated && !Number.isFinite(numberAt(recording, entry))) finite = false;
  }
  if (finite && !Number.isFinite(value[node]))
    remarks.push({ kind: 'born', value: value[node], of: 'value' });
  for (let slot = 0; slot < inputStart[node + 1] - inputStart[node]; slot++) {
    const entry = inputs[inputStart[node] + slot];
    if (entry >= 0 && skipped[entry] === 1 && !isLive(recording, node, slot)) {
      remarks.push({ kind: 'untaken', input: inputExpression(recording, node, slot) });
    }
  }
  return remarks;
}

/**
 * Remarks on a contribution: `upstream` · `local` = `contribution`, to the input in `slot`. `digits` are those of the
 * reader: a difference between formula and number that they do not show is not worth a word.
 */
export function contributionRemarks(
  recording: Recording,
  node: number,
  slot: number,
  {
    upstream,
    local,
    contribution,
    digits,
  }: {
    readonly upstream: number;
    readonly local: number;
    readonly contribution: number;
    readonly digits?: number | undefined;
  },
): Remark[] {
  const operation = operationOf(recording, node);
  if (operation === null) return [];
  const { inputs, inputStart, value } = recording;
  const numbers = Array.from(inputs.subarray(inputStart[node], inputStart[node + 1]), (entry) =>
    numberAt(recording, entry),
  );
  const remarks: Remark[] = [];
  const kink = operation.kinks?.(numbers).find((found) => found.slot === slot);
  if (kink !== undefined) {
    remarks.push({ kind: 'kink', chosen: kink.chosen, admissible: kink.admissible });
  } else if (operation.flat !== true && !Number.isNaN(local)) {
    const shown = evaluateFormula(operation.rule(slot, numbers.length), numbers, value[node]);
    const options = digits === undefined ? {} : { digits };
    if (formatNumber(shown, options) !== formatNumber(local, options))
      remarks.push({ kind: 'stable', shown });
  }
  if (operation.opaque === true) remarks.push({ kind: 'opaque' });
  if (operation.flat === true) remarks.push({ kind: 'flat' });
  const born =
    (Number.isNaN(contribution) && !Number.isNaN(upstream)) ||
    (!Number.isFinite(contribution) && Number.isFinite(upstream));
  if (born) remarks.push({ kind: 'born', value: contribution, of: 'contribution' });
  return remarks;
}
