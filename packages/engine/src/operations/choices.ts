import { indicator, input, term } from './formula.ts';
import type { OperationName } from './names.ts';
import { call } from './operation.ts';
import type { BinaryOperation, Kink, ManyOperation, Notation, UnaryOperation } from './operation.ts';

const a = input(0);
const none: readonly Kink[] = [];

export const abs: UnaryOperation = {
  name: 'abs',
  arity: 1,
  notation: { form: 'bars' },
  symbol: '|x|',
  value: Math.abs,
  partials: [(a) => (a > 0 ? 1 : a < 0 ? -1 : a === 0 ? 0 : NaN)],
  rule: () => term('sign', a),
  kinks: (x) => (x[0] === 0 ? [{ slot: 0, chosen: 0, admissible: [-1, 1] }] : none),
  crosses: (before, after) => before[0] > 0 !== after[0] > 0,
};

/** The partials of max and min: 1 at the selected input, shared equally by a tie, NaN if any input is NaN. */
function selected(x: ArrayLike<number>, y: number, out: Float64Array): void {
  let ties = 0;
  for (let slot = 0; slot < x.length; slot++) if (x[slot] === y) ties++;
  for (let slot = 0; slot < x.length; slot++) out[slot] = y !== y ? NaN : x[slot] === y ? 1 / ties : 0;
}

function tied(x: ArrayLike<number>, y: number): readonly Kink[] {
  const kinks: Kink[] = [];
  for (let slot = 0; slot < x.length; slot++) {
    if (x[slot] === y) kinks.push({ slot, chosen: 1, admissible: [0, 1] });
  }
  return kinks.length < 2 ? none : kinks.map((kink) => ({ ...kink, chosen: 1 / kinks.length }));
}

function indexOf(x: ArrayLike<number>, y: number): number {
  for (let slot = 0; slot < x.length; slot++) if (x[slot] === y) return slot;
  return -1;
}

/** The largest of the inputs; NaN if any is NaN, and 0 rather than −0. */
export function largest(x: ArrayLike<number>): number {
  let y = x[0];
  for (let slot = 1; slot < x.length; slot++) y = Math.max(y, x[slot]);
  return y;
}

function smallest(x: ArrayLike<number>): number {
  let y = x[0];
  for (let slot = 1; slot < x.length; slot++) y = Math.min(y, x[slot]);
  return y;
}

export const max: ManyOperation = {
  name: 'max',
  arity: 'many',
  notation: call('max', '\\max'),
  symbol: 'max',
  value: largest,
  partials: selected,
  rule: (slot) => indicator('equal', input(slot), 'result'),
  kinks: (x) => tied(x, largest(x)),
  crosses: (before, after) => indexOf(before, largest(before)) !== indexOf(after, largest(after)),
};

export const min: ManyOperation = {
  name: 'min',
  arity: 'many',
  notation: call('min', '\\min'),
  symbol: 'min',
  value: smallest,
  partials: selected,
  rule: (slot) => indicator('equal', input(slot), 'result'),
  kinks: (x) => tied(x, smallest(x)),
  crosses: (before, after) => indexOf(before, smallest(before)) !== indexOf(after, smallest(after)),
};

/** Which input of `clamp` is its result: 0 the number, 1 the lower bound, 2 the upper; a number on a bound is itself. */
function clamped(x: ArrayLike<number>): 0 | 1 | 2 {
  return x[1] > x[2] || x[0] > x[2] ? 2 : x[0] < x[1] ? 1 : 0;
}

/** min(max(x, low), high): where low > high it is high, as in PyTorch. */
export const clamp: ManyOperation = {
  name: 'clamp',
  arity: 3,
  notation: call('clamp'),
  symbol: 'clamp',
  aliases: ['clip'],
  value: (x) => Math.min(Math.max(x[0], x[1]), x[2]),
  partials: (x, y, out) => {
    const taken = clamped(x);
    for (let slot = 0; slot < 3; slot++) out[slot] = y !== y ? NaN : slot === taken ? 1 : 0;
  },
  rule: (slot) => indicator('equal', input(slot), 'result'),
  kinks: (x) => {
    const { 0: a, 1: low, 2: high } = x;
    const taken = clamped(x);
    if (taken === 2) return none;
    const ties: number[] = a === low || a === high ? [0] : [];
    if (a === low || (a < low && low === high)) ties.push(1);
    if (a === high || (a < low && low === high)) ties.push(2);
    return ties.map((slot) => ({ slot, chosen: slot === taken ? 1 : 0, admissible: [0, 1] }));
  },
  crosses: (before, after) => clamped(before) !== clamped(after),
};

/** The slot that `where` takes: 1 if the condition holds (is not 0), 2 if it does not, -1 (neither) for NaN. */
export function takenBranch(condition: number): 1 | 2 | -1 {
  return condition !== condition ? -1 : condition !== 0 ? 1 : 2;
}

/**
 * The second input where the first is not 0, else the third; NaN for a condition that is NaN.
 * The sweep knows only the edge to the taken input: the condition chooses and has no slope, and the untaken
 * input is absent, never 0 · x.
 */
export const where: ManyOperation = {
  name: 'where',
  arity: 3,
  notation: call('where'),
  symbol: 'where',
  value: (x) => {
    const taken = takenBranch(x[0]);
    return taken === -1 ? NaN : x[taken];
  },
  partials: (x, _y, out) => {
    const taken = takenBranch(x[0]);
    out[0] = 0;
    out[1] = taken === 1 ? 1 : 0;
    out[2] = taken === 2 ? 1 : 0;
  },
  rule: (slot) => (slot === 0 ? 0 : slot === 1 ? term('where', a, 1, 0) : term('where', a, 0, 1)),
  crosses: (before, after) => takenBranch(before[0]) !== takenBranch(after[0]),
};

/** The slope of an operation that is constant between its jumps. */
function flatSlope(a: number): number {
  return a === a ? 0 : NaN;
}

function flatUnary(
  name: OperationName,
  symbol: string,
  value: (a: number) => number,
  jumpsAt: (a: number) => boolean,
  notation: Notation,
  aliases: readonly string[] = [],
): UnaryOperation {
  return {
    name,
    arity: 1,
    notation,
    symbol,
    aliases,
    flat: true,
    value,
    partials: [flatSlope],
    rule: () => 0,
    kinks: (x) => (jumpsAt(x[0]) ? [{ slot: 0, chosen: 0, admissible: null }] : none),
    crosses: (before, after) => value(before[0]) !== value(after[0]),
  };
}

const isZero = (a: number) => a === 0;

/** 1 above 0, 0 at 0 and below: the perceptron's threshold, and the slope of relu. */
export const step = flatUnary('step', 'step', (a) => (a > 0 ? 1 : a <= 0 ? 0 : NaN), isZero, call('step'), [
  'heaviside',
]);
export const sign = flatUnary('sign', 'sign', Math.sign, isZero, call('sign', '\\operatorname{sgn}'), [
  'sgn',
]);
export const floor = flatUnary('floor', '⌊x⌋', Math.floor, Number.isInteger, call('floor'));
export const ceil = flatUnary('ceil', '⌈x⌉', Math.ceil, Number.isInteger, call('ceil'));
/** Halves are rounded up, as `Math.round` does. */
export const round = flatUnary('round', 'round', Math.round, (a) => a - Math.floor(a) === 0.5, call('round'));

function comparison(
  name: OperationName,
  text: string,
  latex: string,
  holds: (a: number, b: number) => boolean,
): BinaryOperation {
  return {
    name,
    arity: 2,
    notation: { form: 'infix', text, latex, precedence: 0 },
    symbol: text,
    flat: true,
    value: (a, b) => (holds(a, b) ? 1 : 0),
    partials: [() => 0, () => 0],
    rule: () => 0,
    kinks: (x) =>
      x[0] === x[1]
        ? [
            { slot: 0, chosen: 0, admissible: null },
            { slot: 1, chosen: 0, admissible: null },
          ]
        : none,
    // Between the two sides lies the tie, where some comparisons jump although both sides are alike.
    crosses: (before, after) =>
      holds(before[0], before[1]) !== holds(after[0], after[1]) ||
      (before[0] > before[1] ? after[0] < after[1] : before[0] < before[1] && after[0] > after[1]),
  };
}

// 1 where the comparison holds, 0 where it does not; a comparison with NaN does not hold, only ≠ does.
export const greater = comparison('greater', '>', '>', (a, b) => a > b);
export const less = comparison('less', '<', '<', (a, b) => a < b);
export const greaterEqual = comparison('greaterEqual', '≥', '\\ge', (a, b) => a >= b);
export const lessEqual = comparison('lessEqual', '≤', '\\le', (a, b) => a <= b);
export const equal = comparison('equal', '==', '=', (a, b) => a === b);
export const notEqual = comparison('notEqual', '≠', '\\ne', (a, b) => a !== b);
