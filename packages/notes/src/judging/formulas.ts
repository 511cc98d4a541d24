import type { Bound } from '../bound.ts';
import type { Run } from '../run.ts';
import type { NumberTerm } from '../term.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { UNKNOWN_RATE } from '../world/rates.ts';
import type { Side } from './draft.ts';
import { factorOf } from './conventions.ts';
import { keyOf, literalsOf, replaceLiterals, visit } from './literals.ts';
import { termsOf } from './noise.ts';
import { isNoise } from './numbers.ts';
import { FEWEST_SAMPLES, SAMPLES } from './page.ts';
import type { Page } from './page.ts';
import { isWithin, literalHull } from './rounding.ts';
import { digitsIn } from './aligned.ts';
import { isAmbiguous, readingsOf } from './readings.ts';
import type { Reading } from './readings.ts';
import { leavesBehind } from './ranges.ts';
import type { Setting, Settled } from './setting.ts';
import { statedHulls } from './stated.ts';

/** How two formulas compare: at random points, and at the document's. */
interface Comparison {
  readonly usable: number;
  readonly equal: number;
  /** Null where a side is not known there. */
  readonly atPoint: boolean | null;
}

/** Most names for one literal, and most ways in which names are tried for all literals of a formula. */
const MOST_NAMES = 6;
const MOST_WAYS = 128;

/** Compares a formula with names with its subject: everywhere, at the document's point only, or nowhere. */
export function compareFormulas(setting: Setting, side: Side): Settled {
  const { page, subject, local, at } = setting;
  const truth = page.truthOf(subject.bound, local, at);
  const result = (verdict: Settled['verdict'], scope: Settled['scope'], code?: string): Settled => ({
    verdict,
    scope,
    truth,
    mistakes: [],
    remarks: code === undefined ? [] : [{ code, data: {} }],
  });
  let point = false;
  let known = false;
  let usable = 0;
  let elsewhere = false;
  const readings = readingsOf(side.bound, subject.bound);
  for (const reading of readings) {
    const found = compare(setting, reading);
    usable = Math.max(usable, found.usable);
    if (found.usable >= FEWEST_SAMPLES && found.equal === found.usable && found.atPoint !== false) {
      return result('right', 'everywhere');
    }
    if (found.usable < FEWEST_SAMPLES && found.atPoint === true) return result('right', null, 'not-sampled');
    if (found.usable >= FEWEST_SAMPLES && found.equal === found.usable) elsewhere = true;
    if (found.atPoint === true) point = true;
    if (found.atPoint !== null) known = true;
  }
  if (usable < FEWEST_SAMPLES && !known) return result('unknown', null, 'no-samples');
  if (holdsWithNames(setting, side)) return result('right', 'point');
  if (side.form === 'mixed' && Number.isFinite(truth)) {
    const run = page.run(at);
    const digits = digitsIn(setting, side.bound);
    for (const looseness of ['rounded', 'loose'] as const) {
      for (const { bound, local: partial } of readings) {
        if (!isWithin(literalHull(bound, run, looseness, digits, partial), truth)) continue;
        return result(looseness === 'rounded' ? 'right' : 'rounded', 'point');
      }
    }
    const hulls = readings.map(({ bound, local: partial }) =>
      literalHull(bound, run, 'loose', digits, partial),
    );
    for (const due of statedHulls(setting, truth)) {
      if (hulls.some(({ low, high }) => low <= due.high && due.low <= high))
        return result('rounded', 'point');
    }
  }
  // At which rate is nowhere said: the formula may say it.
  if (subject.bound.kind === 'updated' && subject.bound.rate === UNKNOWN_RATE)
    return result('unknown', null, 'no-rate');
  if (!point && isCondition(page, subject.bound, side.bound)) return result('unknown', null, 'condition');
  return point ? result('wrong', 'point', 'only-here') : { ...result('wrong', null), elsewhere };
}

/**
 * True where two formulas speak of different names of which nothing is known, as in a² + b² = c²: that says what is
 * to hold, and cannot be checked.
 */
function isCondition(page: Page, subject: Bound, found: Bound): boolean {
  if (subject.kind !== 'apply') return false;
  const { known } = page.world;
  const [left, right] = [subject, found].map(
    (bound) => new Set(leavesBehind(page, [bound]).filter((leaf) => known[leaf] !== 1)),
  );
  return [...left].some((leaf) => !right.has(leaf)) && [...right].some((leaf) => !left.has(leaf));
}

/** Whether two formulas with names are the same everywhere; for slips that are written down twice. */
export function isSameFormula(page: Page, a: Bound, b: Bound): boolean {
  let usable = 0;
  for (let index = 0; index < SAMPLES; index++) {
    const run = page.sample(index, null);
    if (run === null) continue;
    const [x, y] = [evaluateBound(a, run), evaluateBound(b, run)];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    if (!isSame(x, y)) return false;
    usable++;
  }
  return usable >= FEWEST_SAMPLES;
}

const comparisons = new WeakMap<Page, Map<string, Comparison>>();

/** The comparison of two formulas; at the document's point once for each two. */
function compare(setting: Setting, reading: Reading): Comparison {
  const { page, subject, local, at } = setting;
  if (at !== null) return comparisonOf(setting, reading);
  let known = comparisons.get(page);
  if (known === undefined) comparisons.set(page, (known = new Map<string, Comparison>()));
  let ways = `${local ? 'l' : 't'}${reading.local ? 'l' : 't'}`;
  for (const bound of [subject.bound, reading.bound])
    visit(bound, (part) => {
      if (part.kind === 'derivative' && isAmbiguous(part))
        ways += `${part.slots.length > 0 ? 's' : ''}${part.partial === true ? 'p' : ''}`;
      else if (part.kind === 'derivative') ways += 'd';
    });
  const key = `${ways}${keyOf(subject.bound)}=${keyOf(reading.bound)}`;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = comparisonOf(setting, reading)));
  return found;
}

function comparisonOf(setting: Setting, reading: Reading): Comparison {
  const formula = reading.bound;
  const { page, subject, local, at } = setting;
  const factor = factorOf(subject.bound, page.convention);
  let usable = 0;
  let equal = 0;
  let plain = 0;
  for (let index = 0; index < SAMPLES; index++) {
    const run = page.sample(index, at);
    if (run === null) continue;
    const due = evaluateBound(subject.bound, run, { local });
    const found = evaluateBound(formula, run, reading);
    // Both without a number here: this point says nothing. One without: a formula with a pole of its own.
    if (!Number.isFinite(due) || !Number.isFinite(found)) continue;
    usable++;
    if (isSame(due * factor, found) || isCancelled(setting, formula, run, due * factor, found)) equal++;
    if (factor !== 1 && isSame(due, found)) plain++;
    // Enough to know that it does not hold everywhere.
    if (usable >= FEWEST_SAMPLES && equal < usable && plain < usable) break;
  }
  const due = page.plainTruthOf(subject.bound, local, at);
  const found = page.leansOnFree(formula) ? NaN : evaluateBound(formula, page.run(at), reading);
  const run = page.run(at);
  let atPoint: boolean | null = null;
  if (Number.isFinite(due) && Number.isFinite(found)) {
    const terms = termsOf(subject.bound, run) + termsOf(formula, run);
    atPoint = isNoise(due * factor, found, terms) || (factor !== 1 && isNoise(due, found, terms));
  }
  return { usable, equal: Math.max(equal, plain), atPoint };
}

/** Different only by what is left of digits that cancelled out, as in 1 − a² where a is nearly 1. */
function isCancelled({ subject }: Setting, formula: Bound, run: Run, due: number, found: number): boolean {
  if (Math.abs(due - found) > 0.1 * Math.abs(due)) return false;
  return isNoise(due, found, termsOf(subject.bound, run) + termsOf(formula, run));
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-8 * Math.max(Math.abs(a), Math.abs(b)) + 1e-13;
}

/** Whether the formula holds everywhere when its literals stand for names that have these numbers. */
function holdsWithNames(setting: Setting, side: Side): boolean {
  const literals = literalsOf(side.bound);
  if (literals.length === 0 || literals.length > 12) return false;
  const choices = literals.map((literal) => [...weightOf(setting), ...namesFor(setting, literal)]);
  const ways = choices.reduce((product, names) => product * (names.length + 1), 1);
  // All literals as the first name that has their number, then every other way while there are few.
  for (let way = 1; way < Math.min(ways, MOST_WAYS); way++) {
    let rest = ways - way;
    let position = 0;
    const chosen = choices.map((names) => {
      const pick = rest % (names.length + 1);
      rest = Math.floor(rest / (names.length + 1));
      return pick === 0 ? null : names[pick - 1];
    });
    const named = replaceLiterals(side.bound, () => chosen[position++]);
    for (const reading of readingsOf(named, setting.subject.bound)) {
      const found = compare(setting, reading);
      if (found.usable >= FEWEST_SAMPLES && found.equal === found.usable) return true;
    }
  }
  return false;
}

/** In `w⁺ = 2.5 − η ∂L/∂w` the number stands for the weight, where nothing else gives its number. */
function weightOf({ page, subject: { bound } }: Setting): Bound[] {
  if (bound.kind !== 'updated' || page.world.known[bound.leaf] === 1) return [];
  return [{ kind: 'value', node: bound.leaf }];
}

/** Whether one formula is a multiple of the other at every point. */
export function isProportional(page: Page, a: Bound, b: Bound): boolean {
  let ratio = NaN;
  let usable = 0;
  for (let index = 0; index < SAMPLES; index++) {
    const run = page.sample(index, null);
    if (run === null) continue;
    const found = evaluateBound(a, run) / evaluateBound(b, run);
    if (!Number.isFinite(found)) continue;
    if (usable++ === 0) ratio = found;
    else if (!isSame(found, ratio)) return false;
  }
  return usable >= FEWEST_SAMPLES;
}

function isFactorOf(subject: Bound, bound: Bound): boolean {
  if (subject.kind !== 'derivative' || bound.kind !== 'derivative') return false;
  return bound.of === subject.of || bound.by === subject.by;
}

/**
 * What a literal may stand for: leaves of exactly this number, what the page has said to be this number, results that
 * round to it. With the other sign where there is a minus before it.
 */
function namesFor({ page, subject }: Setting, literal: NumberTerm): Bound[] {
  const { recording, known } = page.world;
  const run = page.world.run();
  const found = new Map<string, Bound>();
  const add = (bound: Bound, negative: boolean): void => {
    const named: Bound = negative ? { kind: 'apply', operation: 'neg', of: [bound] } : bound;
    if (found.size < MOST_NAMES) found.set(keyOf(named), named);
  };
  const size = Math.abs(literal.value);
  const { count, inputStart } = recording;
  const isLeaf = (node: number): boolean => inputStart[node] === inputStart[node + 1];
  for (let node = 0; node < count; node++) {
    const value = run.value[node];
    if (known[node] === 1 && isLeaf(node) && isNoise(Math.abs(value), size))
      add({ kind: 'value', node }, value * literal.value < 0);
  }
  // Of what is said of several, the factors of the subject's own chain rule first.
  const said = page.stated.filter(({ right, printed }) => right && Math.abs(printed.value) === size);
  for (const own of [true, false]) {
    for (const { bound, printed } of said) {
      if (own === isFactorOf(subject.bound, bound)) add(bound, printed.value !== literal.value);
    }
  }
  for (let node = 0; node < (literal.integer || size === 0 ? 0 : count); node++) {
    const value = run.value[node];
    if (known[node] === 1 && !isLeaf(node) && Math.abs(Math.abs(value) - size) <= literal.unit / 2)
      add({ kind: 'value', node }, value * literal.value < 0);
  }
  return [...found.values()];
}
