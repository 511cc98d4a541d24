import { isNoise, isNear, isRight } from './numbers.ts';
import type { DiagnosedMistake } from '../question.ts';
import type { Change } from '../run.ts';
import type { NoteVerdict } from '../report.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { factorOf } from './conventions.ts';
import type { Side } from './draft.ts';
import { ALL_ROUNDED, digitsOf } from './exact.ts';
import { isSameFormula } from './formulas.ts';
import { readingsOf } from './readings.ts';
import { keyOf } from './literals.ts';
import { FEWEST_SAMPLES, SAMPLES } from './page.ts';
import { hullOf, isWithin, literalHull } from './rounding.ts';
import type { Setting } from './setting.ts';
import { isNumeric } from './setting.ts';
import { mayMove } from './stated.ts';
import { mergeChanges } from './substitution.ts';

/** A member of the same chain that has been judged. */
export interface Judged {
  readonly side: Side;
  readonly claim: number;
  readonly verdict: NoteVerdict;
}

/** From which claim a wrong member inherits its slip; null for a slip of its own. */
export interface Inheritance {
  readonly claim: number | null;
}

/** How a number may agree with what was computed from wrong numbers. */
type Agreement = (side: Side, value: number, low: number, high: number) => boolean;

const exactly: Agreement = (side, value) =>
  side.printed !== null ? isRight(side.printed, value) : isNoise(evaluateLiteral(side), value);
const roughly: Agreement = (side, value, low, high) =>
  side.printed !== null && (isNear(side.printed, value) || isNear(side.printed, low, high));

function evaluateLiteral(side: Side): number {
  return side.bound.kind === 'literal' ? side.bound.literal.value : NaN;
}

/** Most wrong numbers that are taken one at a time. */
const MOST_SINGLE = 24;

interface Source {
  readonly change: Change;
  readonly claim: number | null;
}

/** Whether a wrong member is exactly what the notes' own wrong numbers, or a slip already named, give. */
export function inheritance(setting: Setting, side: Side, before: readonly Judged[]): Inheritance | null {
  return (
    fromChain(setting, side, before) ?? (setting.page.isExhausted ? null : fromPage(setting, side, before))
  );
}

/** The nearest wrong member before it in its own chain gives this. */
function fromChain(
  { page, at, subject }: Setting,
  side: Side,
  before: readonly Judged[],
): Inheritance | null {
  const run = page.run(at);
  for (let index = before.length - 1; index >= 0; index--) {
    const { side: other, claim, verdict } = before[index];
    if (verdict !== 'wrong' && verdict !== 'follows') continue;
    if (!isNumeric(side)) {
      if (!isNumeric(other) && isSameFormula(page, side.bound, other.bound)) return { claim };
      continue;
    }
    const values = readingsOf(other.bound, subject.bound).map((reading) =>
      evaluateBound(reading.bound, run, reading),
    );
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      const hull = literalHull(other.bound, run, 'loose', digitsOf(page));
      if (side.printed !== null) {
        if (isRight(side.printed, value) || isNear(side.printed, hull.low, hull.high)) return { claim };
      } else {
        const own = literalHull(side.bound, run, 'loose', digitsOf(page));
        if (own.low <= hull.high && hull.low <= own.high) return { claim };
      }
    }
  }
  return null;
}

/** What the subject is when the page's wrong numbers are put in their places, or a named slip is made again. */
function fromPage(setting: Setting, side: Side, before: readonly Judged[]): Inheritance | null {
  const { page, subject, local, at } = setting;
  const key = keyOf(subject.bound);
  const wrong = page.stated.filter((stated) => !stated.right);
  if (isNumeric(side)) {
    for (const stated of wrong) {
      if (stated.key === key && agreesWithNumber(setting, side, stated.printed.value)) {
        return { claim: stated.claim };
      }
    }
  }
  const movable = wrong.filter(
    (stated) => stated.change !== null && stated.key !== key && mayMove(subject.bound, stated.bound),
  );
  const sources: Source[] = [];
  for (const { change, claim } of movable.slice(-MOST_SINGLE).toReversed()) {
    sources.push({ change: change!, claim });
  }
  if (movable.length > 1) {
    sources.push({ change: mergeChanges(movable.map(({ change }) => change!)), claim: null });
  }
  const others = page.stated.filter(
    (stated) => stated.change !== null && stated.key !== key && mayMove(subject.bound, stated.bound),
  );
  if (movable.length > 0 && others.length > movable.length) {
    sources.push({ change: mergeChanges(others.slice(-400).map(({ change }) => change!)), claim: null });
  }
  const slips = page.slips.slice(-MOST_SINGLE).toReversed();
  for (const { change, claim } of slips) sources.push({ change, claim });
  for (const { change, claim } of page.suspects.slice(-MOST_SINGLE)) sources.push({ change, claim });
  if (sources.length === 0) return null;
  if (!isNumeric(side)) return sameSlip(setting, side, slips);

  const factor = factorOf(subject.bound, page.convention);
  const truth = page.plainTruthOf(subject.bound, local, at);
  const formulas = [subject, ...before.map(({ side: other }) => other)].filter((other) => !isNumeric(other));
  const computed: { value: number; source: Source }[] = [];
  for (const source of sources) {
    const run = page.run(at, source.change);
    for (const formula of formulas) {
      const value = evaluateBound(formula.bound, run, { local: formula === subject && local }) * factor;
      if (Number.isNaN(value) || isNoise(value, truth * factor)) continue;
      computed.push({ value, source });
    }
  }
  const stated = side.printed?.value ?? evaluateBound(side.bound, page.run(at));
  // Rounding does not lead further away than this.
  const near = computed.filter(
    ({ value }) => Math.abs(stated - value) <= 0.1 * Math.abs(value) + 2 * (side.printed?.unit ?? 0),
  );
  const found =
    computed.find(({ value }) => agrees(setting, side, exactly, value, value, value)) ??
    computed.find(({ value }) => agrees(setting, side, roughly, value, value, value)) ??
    near.slice(0, 8).find(({ value, source }) => {
      // The wrong number, and the page's right numbers rounded as they stand.
      const moved = others
        .filter(({ right }) => right)
        .slice(-60)
        .map(({ change }) => {
          const run = page.run(at, mergeChanges([source.change, change!]));
          return evaluateBound(subject.bound, run, { local }) * factor;
        });
      const { low, high } = hullOf(value, moved);
      return agrees(setting, side, roughly, value, low, high);
    });
  if (found === undefined) return null;
  return { claim: found.source.claim ?? nearestWrong(setting, movable, found.value, factor) };
}

/** Of several wrong numbers taken together, the one that alone comes closest to what they give. */
function nearestWrong(
  { page, subject, local, at }: Setting,
  wrong: readonly { readonly change: Change | null; readonly claim: number }[],
  value: number,
  factor: number,
): number | null {
  let best: number | null = null;
  let distance = Infinity;
  for (const { change, claim } of wrong.slice(-MOST_SINGLE)) {
    if (change === null) continue;
    const alone = evaluateBound(subject.bound, page.run(at, change), { local }) * factor;
    if (Math.abs(alone - value) < distance) {
      distance = Math.abs(alone - value);
      best = claim;
    }
  }
  return best;
}

function agreesWithNumber(setting: Setting, side: Side, value: number): boolean {
  return (
    agrees(setting, side, exactly, value, value, value) || agrees(setting, side, roughly, value, value, value)
  );
}

function agrees(
  { page, at }: Setting,
  side: Side,
  how: Agreement,
  value: number,
  low: number,
  high: number,
): boolean {
  if (side.printed !== null) return how(side, value, low, high);
  const hull = literalHull(
    side.bound,
    page.run(at),
    how === exactly ? 'rounded' : 'loose',
    how === exactly ? digitsOf(page) : ALL_ROUNDED,
  );
  if (isWithin(hull, value)) return true;
  return how === roughly && hull.low <= high && low <= hull.high;
}

/** The same slip, written as a formula. */
function sameSlip(
  { page, subject, local, at }: Setting,
  side: Side,
  slips: readonly { readonly claim: number; readonly mistake: DiagnosedMistake; readonly change: Change }[],
): Inheritance | null {
  for (const { claim, change } of slips) {
    let usable = 0;
    let equal = 0;
    let moved = 0;
    for (let index = 0; index < SAMPLES && usable === equal; index++) {
      const slipped = page.sample(index, at, change);
      const plain = page.sample(index, at);
      if (slipped === null || plain === null) continue;
      const due = evaluateBound(subject.bound, slipped, { local });
      const found = evaluateBound(side.bound, plain, { local: false });
      if (!Number.isFinite(due) || !Number.isFinite(found)) continue;
      usable++;
      if (isNoise(due, found, 1e-3)) equal++;
      if (!isNoise(due, evaluateBound(subject.bound, plain, { local }))) moved++;
    }
    if (usable >= FEWEST_SAMPLES && equal === usable && moved > 0) return { claim };
  }
  return null;
}
