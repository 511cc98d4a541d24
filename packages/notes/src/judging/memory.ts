import type { Printed } from '../question.ts';
import { isUnbound } from '../world.ts';
import { align } from '../world/alignment.ts';
import type { Side } from './draft.ts';
import type { Judged } from './following.ts';
import { keyOf } from './literals.ts';
import { isNear } from './numbers.ts';
import type { NoteVerdict } from '../report.ts';
import { isNumeric } from './setting.ts';
import type { Setting } from './setting.ts';

/** Remembers the number that was stated, and the numbers that stand under the names of a formula before it. */
export function remember(
  setting: Setting,
  side: Side,
  verdict: NoteVerdict,
  judged: readonly Judged[],
): void {
  const { page, subject, local, at } = setting;
  if (at !== null || !isNumeric(side)) return;
  const claim = judged[judged.length - 1].claim;
  // What cannot be judged is what the notes give.
  const right = verdict === 'right' || verdict === 'rounded' || verdict === 'unknown';
  if (side.printed !== null) page.keep(Math.abs(side.printed.value), right);
  if (side.printed !== null && !isNumeric(subject))
    page.state(subject.bound, side.printed, right, claim, local);
  if (side.printed !== null) return;
  const formula = judged.findLast((other) => !isNumeric(other.side) && other.verdict === 'right');
  if (formula === undefined) return;
  const alignment = align(formula.side.term, side.term);
  for (const [term, value] of alignment?.values ?? []) {
    const bound = page.world.bind(term);
    if (isUnbound(bound) || bound.kind === 'apply' || bound.kind === 'literal') continue;
    const truth = page.plainTruthOf(bound, false, null);
    const unit = unitBehind(alignment?.parts ?? [], term);
    const printed: Printed = { value, unit, integer: false, open: false, about: false, text: String(value) };
    const said = page.stated.findLast(
      (stated) => stated.key === keyOf(bound) && stated.printed.value === value,
    );
    page.state(bound, printed, said?.right ?? isNear(printed, truth), claim, false);
  }
}

/** The last digit of the number that stands under a name. */
function unitBehind(
  parts: readonly { readonly symbolic: readonly unknown[]; readonly numbers: readonly Side['term'][] }[],
  term: unknown,
): number {
  for (const { symbolic, numbers } of parts) {
    if (!symbolic.includes(term) || numbers.length !== 1) continue;
    let [number] = numbers;
    while (number.kind === 'apply' && number.operation === 'neg') [number] = number.of;
    if (number.kind === 'number') return number.integer ? 0 : number.unit;
  }
  return 0;
}
