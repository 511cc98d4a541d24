import type { Bound } from '../bound.ts';
import type { Printed } from '../question.ts';
import type { Mistake } from '../report.ts';
import { align } from '../world/alignment.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { UNKNOWN_RATE } from '../world/rates.ts';
import { digitsIn } from './aligned.ts';
import { factorOf } from './conventions.ts';
import type { Side } from './draft.ts';
import { statedHulls } from './stated.ts';
import { mergeChanges } from './substitution.ts';
import { compareFormulas } from './formulas.ts';
import { keyOf, literalsOf } from './literals.ts';
import { isCutOff, isNear, isNoise, isRight, toDigits, toUnit, unitOf } from './numbers.ts';
import { termsOf } from './noise.ts';
import type { Page } from './page.ts';
import { isWithin, literalHull } from './rounding.ts';
import type { Hull } from './rounding.ts';
import { isNumeric } from './setting.ts';
import type { Setting, Settled } from './setting.ts';

/** Compares a member with what its subject is: right, rounded by what is written here, or neither. */
export function settle(setting: Setting, side: Side): Settled {
  const { page, subject, local, at } = setting;
  if (isNumeric(subject) && !isNumeric(side)) return settleTurned(setting, side);
  if (!isNumeric(side)) return compareFormulas(setting, side);
  const truth = page.truthOf(subject.bound, local, at);
  if (Number.isNaN(truth)) return settleByChain(setting, side);
  return side.printed === null ? settleCalculation(setting, side, truth) : settleNumber(setting, side, truth);
}

/** What the subject is nobody knows: a number can still be checked against the calculation before it. */
function settleByChain(setting: Setting, side: Side): Settled {
  const { before } = setting;
  const calculation = before.findLast(isNumeric);
  if (calculation !== undefined) {
    const rest = before.slice(0, before.indexOf(calculation));
    return settle({ ...setting, subject: calculation, before: rest }, side);
  }
  // ∂L/∂w may be known from nothing but the number that stands in the notes.
  const given = givenTruth(setting);
  if (!Number.isNaN(given)) {
    const settled =
      side.printed === null ? settleCalculation(setting, side, given) : settleNumber(setting, side, given);
    return { ...settled, remarks: [...settled.remarks, { code: 'taken-as-given', data: {} }] };
  }
  const formula = before.at(-1);
  if (formula === undefined || side.form !== 'numbers' || align(formula.term, side.term) === null) {
    return unknownNumber(setting);
  }
  return verdictOf('right', NaN, { remarks: [{ code: 'taken-as-given', data: {} }] });
}

/** The subject, or a formula before it, with the numbers that the notes give; NaN where that is not enough. */
function givenTruth({ page, subject, before, at, local }: Setting): number {
  const key = keyOf(subject.bound);
  const changes = page.stated.flatMap(({ change, key: other }) =>
    change === null || other === key ? [] : [change],
  );
  if (changes.length === 0 || changes.length > 2000) return NaN;
  const run = page.run(at, mergeChanges(changes));
  for (const { bound } of [subject, ...before.filter((side) => !isNumeric(side))]) {
    if (bound.kind === 'updated' && bound.rate === UNKNOWN_RATE) continue;
    const number = evaluateBound(bound, run, { local });
    if (!Number.isNaN(number)) return number;
  }
  return NaN;
}

function unknownNumber({ page, subject }: Setting): Settled {
  const name = nameOfFree(page, subject.bound);
  return {
    verdict: 'unknown',
    scope: null,
    truth: NaN,
    mistakes: [],
    remarks: [{ code: 'no-number', data: name === null ? {} : { name } }],
  };
}

function nameOfFree({ world }: Page, bound: Bound): string | null {
  if (bound.kind === 'value') return world.nameOf(bound.node);
  return world.free[0] ?? null;
}

const verdictOf = (verdict: Settled['verdict'], truth: number, more: Partial<Settled> = {}): Settled => ({
  verdict,
  scope: null,
  truth,
  mistakes: [],
  remarks: [],
  ...more,
});

function settleNumber(setting: Setting, side: Side, truth: number): Settled {
  const { page, subject, at } = setting;
  const printed = side.printed!;
  const run = page.run(at);
  const terms = termsOf(subject.bound, run);
  if (isRight(printed, truth, terms)) return verdictOf('right', truth);
  // Two numbers side by side: 0.2 = 0.20.
  if (subject.printed !== null && isRight(subject.printed, printed.value)) return verdictOf('right', truth);
  const rounded = roundedBy(setting, side, truth);
  return rounded === null
    ? verdictOf('wrong', truth)
    : verdictOf('rounded', truth, { mistakes: [roundingMistake(printed, truth, rounded)] });
}

/** Which number was rounded, as words for the sentence; empty where the last digit is a little off; null for none. */
function roundedBy(setting: Setting, side: Side, truth: number): Readonly<Record<string, string>> | null {
  const printed = side.printed!;
  // What needs no more digits than are printed has nothing to round.
  // (0.51999999994 does: cut off, it is 0.5199.)
  const isWhole = Math.abs(toUnit(truth, printed.unit) - truth) <= 1e-12 * Math.abs(truth);
  if (!isWhole && isNear(printed, truth)) return {};
  const { page, subject, at, local } = setting;
  const calculations = [...setting.before, ...(subject.form === 'numbers' ? [subject] : [])].filter(
    ({ form }) => form === 'numbers' || form === 'mixed',
  );
  for (const { bound } of calculations) {
    // A calculation of its own counts only if the truth is what it stands for.
    const loose = literalHull(bound, page.run(at), 'loose', digitsIn(setting, bound), local);
    if (!isWithin(loose, truth)) continue;
    if (hasWidth(loose) && isNear(printed, loose.low, loose.high)) return {};
    const shorter = shorterLiteral(bound, page, printed, truth);
    if (shorter !== null) return shorter;
  }
  if (isNumeric(subject)) return null;
  for (const hull of statedHulls(setting, truth)) {
    if (hasWidth(hull) && isNear(printed, hull.low, hull.high)) return {};
  }
  return shorterIntermediate(setting, printed, truth);
}

function hasWidth({ low, high }: Hull): boolean {
  return !isNoise(low, high);
}

/** A literal of a calculation, taken with fewer digits: 0.7503·(1 − 0.7503) worked out as 0.75·0.25. */
function shorterLiteral(
  bound: Bound,
  page: Page,
  printed: Printed,
  truth: number,
): Readonly<Record<string, string>> | null {
  if (unitOf(printed) === 0 || Math.abs(printed.value - truth) > 0.02 * Math.abs(truth)) return null;
  for (const literal of literalsOf(bound)) {
    if (literal.integer) continue;
    for (let digits = 2; digits < 10; digits++) {
      const shorter = toDigits(literal.value, digits);
      if (shorter === literal.value) break;
      const found = evaluateBound(bound, page.world.run(), {
        local: false,
        literal: (other) => (other.value === literal.value ? shorter : other.value),
      });
      if (isNoise(toUnit(found, printed.unit), printed.value)) {
        return { found: String(shorter), due: String(literal.value) };
      }
    }
  }
  return null;
}

/** One intermediate result rounded to the decimals that are printed, or to two digits or more: 0.7503 → 0.75. */
function shorterIntermediate(
  { page, subject, local, at }: Setting,
  printed: Printed,
  truth: number,
): Readonly<Record<string, string>> | null {
  if (unitOf(printed) === 0 || subject.bound.kind !== 'derivative') return null;
  if (Math.abs(printed.value - truth) > 0.01 * Math.abs(truth)) return null;
  const { world } = page;
  const { of, by } = subject.bound;
  if (of - by > 400 || page.isExhausted) return null;
  const base = page.run(at);
  const factor = factorOf(subject.bound, page.convention);
  const { recording } = world;
  for (let node = by; node <= of; node++) {
    const value = base.value[node];
    if (recording.inputStart[node] === recording.inputStart[node + 1] || !Number.isFinite(value)) continue;
    const tried = new Set<number>();
    // What has a name may have been written down elsewhere, with few digits.
    const few = recording.names.has(node) ? [2, 3, 4].map((digits) => toDigits(value, digits)) : [];
    for (const shorter of [toUnit(value, printed.unit), ...few]) {
      if (shorter === value || tried.has(shorter)) continue;
      tried.add(shorter);
      const run = page.run(at, { values: new Map([[node, shorter]]) });
      const found = factor * evaluateBound(subject.bound, run, { local });
      if (isNoise(toUnit(found, printed.unit), printed.value)) {
        return { found: String(shorter), due: String(toDigits(value, 6)) };
      }
    }
  }
  return null;
}

function roundingMistake(printed: Printed, truth: number, words: Readonly<Record<string, string>>): Mistake {
  const id = isCutOff(printed, truth) ? 'truncated' : 'rounded-too-early';
  const data = { stated: printed.text, truth: String(toDigits(truth, 6)), ...words };
  return { id, gives: null, where: [], data };
}

function settleCalculation(setting: Setting, side: Side, truth: number): Settled {
  const { page, subject, at, local } = setting;
  const run = page.run(at);
  const value = evaluateBound(side.bound, run, { local });
  if (subject.printed !== null) {
    if (isRight(subject.printed, value, termsOf(side.bound, run))) return verdictOf('right', value);
  } else if (isNoise(value, truth, termsOf(subject.bound, run) + termsOf(side.bound, run))) {
    return verdictOf('right', truth);
  }
  const digits = digitsIn(setting, side.bound);
  const own = subject.form === 'numbers' || subject.form === 'number';
  for (const looseness of ['rounded', 'loose'] as const) {
    const hull = literalHull(side.bound, run, looseness, digits, local);
    const due = own ? literalHull(subject.bound, run, looseness, digits, local) : { low: truth, high: truth };
    const within = isWithin(hull, truth) || (own && hull.low <= due.high && due.low <= hull.high);
    const nearPrinted = subject.printed !== null && isNear(subject.printed, hull.low, hull.high);
    if (!within && !nearPrinted) continue;
    const right = looseness === 'rounded' && within;
    if (right) return verdictOf('right', truth);
    return verdictOf('rounded', truth, { mistakes: [roundedEarly(truth, value)] });
  }
  if (!own) {
    const loose = literalHull(side.bound, run, 'loose', digits, local);
    for (const hull of statedHulls(setting, truth)) {
      if (hull.low > loose.high || loose.low > hull.high) continue;
      return verdictOf('rounded', truth, { mistakes: [roundedEarly(truth, value)] });
    }
  }
  return verdictOf('wrong', truth);
}

function roundedEarly(truth: number, value: number): Mistake {
  return {
    id: 'rounded-too-early',
    gives: null,
    where: [],
    data: { stated: String(toDigits(value, 6)), truth: String(toDigits(truth, 6)) },
  };
}

/** `0.2 = σ(z)`: the number is what is claimed. */
function settleTurned(setting: Setting, side: Side): Settled {
  const turned: Setting = { ...setting, subject: side, before: [] };
  const settled = settle(turned, setting.subject);
  return { ...settled, scope: null };
}
