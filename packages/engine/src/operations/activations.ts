import { indicator, input, term } from './formula.ts';
import type { BinaryOperation, UnaryOperation } from './operation.ts';
import { call } from './operation.ts';

const a = input(0);
const b = input(1);

// With e = exp(−|a|) ≤ 1 nothing overflows and nothing cancels. The textbook forms σ(1 − σ) and 1 − tanh²
// lose every digit for large |a|: they are what is shown, not what is computed.

function sigmoidValue(a: number): number {
  const e = Math.exp(-Math.abs(a));
  return a >= 0 ? 1 / (1 + e) : e / (1 + e);
}

export const sigmoid: UnaryOperation = {
  name: 'sigmoid',
  arity: 1,
  notation: call('σ', '\\sigma'),
  symbol: 'σ',
  aliases: ['σ', 'logistic'],
  value: sigmoidValue,
  partials: [
    (a) => {
      const e = Math.exp(-Math.abs(a));
      return e / ((1 + e) * (1 + e));
    },
  ],
  rule: () => term('mul', 'result', term('sub', 1, 'result')),
};

export const tanh: UnaryOperation = {
  name: 'tanh',
  arity: 1,
  notation: call('tanh', '\\tanh'),
  symbol: 'tanh',
  value: Math.tanh,
  partials: [
    (a) => {
      const e2 = Math.exp(-2 * Math.abs(a));
      return (4 * e2) / ((1 + e2) * (1 + e2));
    },
  ],
  rule: () => term('sub', 1, term('pow', 'result', 2)),
};

export const softplus: UnaryOperation = {
  name: 'softplus',
  arity: 1,
  notation: call('softplus'),
  symbol: 'softplus',
  value: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  partials: [sigmoidValue],
  rule: () => term('sigmoid', a),
};

export const relu: UnaryOperation = {
  name: 'relu',
  arity: 1,
  notation: call('relu', '\\operatorname{ReLU}'),
  symbol: 'ReLU',
  aliases: ['ReLU'],
  value: (a) => (a > 0 ? a : a <= 0 ? 0 : NaN),
  partials: [(a) => (a > 0 ? 1 : a <= 0 ? 0 : NaN)],
  rule: () => indicator('greater', a, 0),
  kinks: (x) => (x[0] === 0 ? [{ slot: 0, chosen: 0, admissible: [0, 1] }] : []),
  crosses: (before, after) => before[0] > 0 !== after[0] > 0,
};

/** a for a > 0, slope · a elsewhere; the slope is the second input and may be a node (PReLU). */
export const leakyRelu: BinaryOperation = {
  name: 'leakyRelu',
  arity: 2,
  defaults: [0.01],
  notation: call('leakyRelu', '\\operatorname{LeakyReLU}'),
  symbol: 'LReLU',
  aliases: ['LeakyReLU', 'leaky_relu', 'lrelu'],
  value: (a, slope) => (a > 0 ? a : slope * a),
  partials: [(a, slope) => (a > 0 ? 1 : a <= 0 ? slope : NaN), (a) => (a > 0 ? 0 : a <= 0 ? a : NaN)],
  rule: (slot) =>
    slot === 0 ? term('where', term('greater', a, 0), 1, b) : term('where', term('greater', a, 0), 0, a),
  kinks: ({ 0: a, 1: slope }) =>
    a === 0 && slope !== 1
      ? [{ slot: 0, chosen: slope, admissible: [Math.min(slope, 1), Math.max(slope, 1)] }]
      : [],
  crosses: (before, after) => before[0] > 0 !== after[0] > 0,
};
