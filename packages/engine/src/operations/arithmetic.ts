import { input, otherInputs, term } from './formula.ts';
import type { BinaryOperation, ManyOperation, UnaryOperation } from './operation.ts';
import { call } from './operation.ts';

const a = input(0);
const b = input(1);

export const add: BinaryOperation = {
  name: 'add',
  arity: 2,
  notation: { form: 'infix', text: '+', latex: '+', precedence: 1 },
  symbol: '+',
  value: (a, b) => a + b,
  partials: [() => 1, () => 1],
  rule: () => 1,
};

export const sub: BinaryOperation = {
  name: 'sub',
  arity: 2,
  notation: { form: 'infix', text: '−', latex: '-', precedence: 1 },
  symbol: '−',
  value: (a, b) => a - b,
  partials: [() => 1, () => -1],
  rule: (slot) => (slot === 0 ? 1 : -1),
};

export const mul: BinaryOperation = {
  name: 'mul',
  arity: 2,
  notation: { form: 'infix', text: '·', latex: '\\cdot', precedence: 2 },
  symbol: '×',
  value: (a, b) => a * b,
  partials: [(_a, b) => b, (a) => a],
  rule: (slot) => (slot === 0 ? b : a),
};

export const div: BinaryOperation = {
  name: 'div',
  arity: 2,
  notation: { form: 'fraction' },
  symbol: '÷',
  value: (a, b) => a / b,
  // −y/b and not −a/b²: b² overflows long before the quotient does.
  partials: [(_a, b) => 1 / b, (_a, b, y) => -(y / b)],
  rule: (slot) => (slot === 0 ? term('div', 1, b) : term('neg', term('div', a, term('pow', b, 2)))),
  crosses: (before, after) => before[1] > 0 !== after[1] > 0,
};

export const neg: UnaryOperation = {
  name: 'neg',
  arity: 1,
  notation: { form: 'prefix', text: '−', latex: '-' },
  symbol: '−',
  value: (a) => -a,
  partials: [() => -1],
  rule: () => -1,
};

/**
 * `a ** b` of JavaScript, so 1^∞ and (−1)^±∞ are NaN where IEEE pow says 1.
 * A negative base works with an integer exponent; ∂/∂b is then NaN, as no neighbouring power is real.
 */
export const pow: BinaryOperation = {
  name: 'pow',
  arity: 2,
  notation: { form: 'power' },
  symbol: '^',
  value: (a, b) => a ** b,
  partials: [
    // a⁰ is the constant 1, also where 0·0⁻¹ would be NaN.
    (a, b) => (b === 0 ? 0 : b * a ** (b - 1)),
    (a, b, y) => (a === 0 && b >= 0 ? 0 : a < 0 ? NaN : y * Math.log(Math.abs(a))),
  ],
  rule: (slot) =>
    slot === 0 ? term('mul', b, term('pow', a, term('sub', b, 1))) : term('mul', 'result', term('log', a)),
  // The second: 0 to a positive power is 0, 0⁰ is 1.
  crosses: (before, after) =>
    (before[0] > 0 !== after[0] > 0 && !(Number.isInteger(before[1]) && before[1] >= 0)) ||
    (before[0] === 0 && after[0] === 0 && before[1] > 0 !== after[1] > 0),
};

/** Terms are added from left to right, so a sum of two-operand additions has the same bits. */
export const sum: ManyOperation = {
  name: 'sum',
  arity: 'many',
  notation: call('sum'),
  symbol: 'Σ',
  value: (x) => {
    let total = x[0];
    for (let slot = 1; slot < x.length; slot++) total += x[slot];
    return total;
  },
  partials: (x, _y, out) => {
    for (let slot = 0; slot < x.length; slot++) out[slot] = 1;
  },
  rule: () => 1,
};

/**
 * A run of + and − as one node: the inputs are pairs of a sign (the constant 1 or −1) and a term,
 * added from left to right. Made by folding binary sums, never written.
 */
export const signedSum: ManyOperation = {
  name: 'signedSum',
  arity: 'many',
  paired: true,
  notation: { form: 'signedSum' },
  symbol: 'Σ',
  value: (x) => {
    let total = x[0] * x[1];
    for (let slot = 2; slot < x.length; slot += 2) total += x[slot] * x[slot + 1];
    return total;
  },
  partials: (x, _y, out) => {
    for (let slot = 0; slot < x.length; slot++) out[slot] = x[slot ^ 1];
  },
  rule: (slot) => input(slot ^ 1),
};

export const mean: ManyOperation = {
  name: 'mean',
  arity: 'many',
  notation: call('mean'),
  symbol: 'mean',
  aliases: ['avg', 'average'],
  value: (x) => sum.value(x) / x.length,
  partials: (x, _y, out) => {
    for (let slot = 0; slot < x.length; slot++) out[slot] = 1 / x.length;
  },
  rule: (_slot, arity) => term('div', 1, arity),
};

export const prod: ManyOperation = {
  name: 'prod',
  arity: 'many',
  notation: call('prod'),
  symbol: 'Π',
  aliases: ['product'],
  value: (x) => {
    let product = x[0];
    for (let slot = 1; slot < x.length; slot++) product *= x[slot];
    return product;
  },
  // The product of all others, from products of prefixes and suffixes: y/x would be NaN at x = 0.
  partials: (x, _y, out) => {
    let prefix = 1;
    for (let slot = 0; slot < x.length; slot++) {
      out[slot] = prefix;
      prefix *= x[slot];
    }
    let suffix = 1;
    for (let slot = x.length - 1; slot >= 0; slot--) {
      out[slot] *= suffix;
      suffix *= x[slot];
    }
  },
  rule: (slot, arity) => {
    const others = otherInputs(slot, arity);
    return others.length === 0 ? 1 : others.length === 1 ? others[0] : term('prod', ...others);
  },
};

/** Inputs are interleaved: a₁, b₁, a₂, b₂, …; products are added from left to right. */
export const dot: ManyOperation = {
  name: 'dot',
  arity: 'many',
  paired: true,
  notation: call('dot'),
  symbol: '·',
  value: signedSum.value,
  partials: signedSum.partials,
  rule: (slot) => input(slot ^ 1),
};

/** Inputs are b, w₁, x₁, w₂, x₂, …: products are added to b from left to right, as two-operand operations would add them. */
export const affine: ManyOperation = {
  name: 'affine',
  arity: 'many',
  paired: 'afterFirst',
  notation: call('affine'),
  symbol: 'Σ',
  value: (x) => {
    let total = x[0];
    for (let slot = 1; slot < x.length; slot += 2) total += x[slot] * x[slot + 1];
    return total;
  },
  partials: (x, _y, out) => {
    out[0] = 1;
    for (let slot = 1; slot < x.length; slot += 2) {
      out[slot] = x[slot + 1];
      out[slot + 1] = x[slot];
    }
  },
  rule: (slot) => (slot === 0 ? 1 : input(slot % 2 === 1 ? slot + 1 : slot - 1)),
};
