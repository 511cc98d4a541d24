import type { Formula } from './formula.ts';
import { input, term } from './formula.ts';
import type { BinaryOperation, UnaryOperation } from './operation.ts';
import { call } from './operation.ts';

const a = input(0);
const b = input(1);
const square = (of: Formula) => term('pow', of, 2);

export const exp: UnaryOperation = {
  name: 'exp',
  arity: 1,
  notation: call('exp', '\\exp'),
  symbol: 'exp',
  value: Math.exp,
  partials: [(_a, y) => y],
  rule: () => 'result',
};

export const expm1: UnaryOperation = {
  name: 'expm1',
  arity: 1,
  notation: call('expm1'),
  symbol: 'expm1',
  value: Math.expm1,
  partials: [(a) => Math.exp(a)],
  rule: () => term('exp', a),
};

/** 1/a on the domain of a logarithm: +∞ at 0 and −0, NaN below. */
function reciprocalAbove(a: number): number {
  return a < 0 ? NaN : 1 / Math.abs(a);
}

export const log: UnaryOperation = {
  name: 'log',
  arity: 1,
  notation: call('ln', '\\ln'),
  symbol: 'ln',
  aliases: ['ln'],
  value: Math.log,
  partials: [reciprocalAbove],
  rule: () => term('div', 1, a),
};

export const log2: UnaryOperation = {
  name: 'log2',
  arity: 1,
  notation: call('log2', '\\log_2'),
  symbol: 'log₂',
  value: Math.log2,
  partials: [(a) => reciprocalAbove(a) * Math.LOG2E],
  rule: () => term('div', 1, term('mul', a, term('log', 2))),
};

export const log10: UnaryOperation = {
  name: 'log10',
  arity: 1,
  notation: call('log10', '\\log_{10}'),
  symbol: 'log₁₀',
  aliases: ['lg'],
  value: Math.log10,
  partials: [(a) => reciprocalAbove(a) * Math.LOG10E],
  rule: () => term('div', 1, term('mul', a, term('log', 10))),
};

export const log1p: UnaryOperation = {
  name: 'log1p',
  arity: 1,
  notation: call('log1p'),
  symbol: 'log1p',
  value: Math.log1p,
  partials: [(a) => reciprocalAbove(1 + a)],
  rule: () => term('div', 1, term('add', 1, a)),
};

export const sqrt: UnaryOperation = {
  name: 'sqrt',
  arity: 1,
  notation: { form: 'root' },
  symbol: '√',
  aliases: ['√'],
  value: Math.sqrt,
  // √−0 is −0; its slope is +∞ all the same.
  partials: [(_a, y) => 0.5 / Math.abs(y)],
  rule: () => term('div', 1, term('mul', 2, 'result')),
};

/** x ln x, continued by 0 at 0, where its slope is −∞. */
export const xlogx: UnaryOperation = {
  name: 'xlogx',
  arity: 1,
  notation: call('xlogx'),
  symbol: 'x ln x',
  value: (a) => (a === 0 ? 0 : a * Math.log(a)),
  partials: [(a) => (a < 0 ? NaN : Math.log(Math.abs(a)) + 1)],
  rule: () => term('add', term('log', a), 1),
};

export const sin: UnaryOperation = {
  name: 'sin',
  arity: 1,
  notation: call('sin', '\\sin'),
  symbol: 'sin',
  value: Math.sin,
  period: 2 * Math.PI,
  partials: [(a) => Math.cos(a)],
  rule: () => term('cos', a),
};

export const cos: UnaryOperation = {
  name: 'cos',
  arity: 1,
  notation: call('cos', '\\cos'),
  symbol: 'cos',
  value: Math.cos,
  period: 2 * Math.PI,
  partials: [(a) => -Math.sin(a)],
  rule: () => term('neg', term('sin', a)),
};

export const tan: UnaryOperation = {
  name: 'tan',
  arity: 1,
  notation: call('tan', '\\tan'),
  symbol: 'tan',
  value: Math.tan,
  period: Math.PI,
  partials: [(_a, y) => 1 + y * y],
  rule: () => term('add', 1, square('result')),
  crosses: (before, after) => Math.floor(before[0] / Math.PI + 0.5) !== Math.floor(after[0] / Math.PI + 0.5),
};

/** 1/√(1 − a²), with 1 − a² as a product: the difference cancels near ±1. */
function arcSlope(a: number): number {
  return 1 / Math.sqrt((1 - a) * (1 + a));
}

export const asin: UnaryOperation = {
  name: 'asin',
  arity: 1,
  notation: call('asin', '\\arcsin'),
  symbol: 'asin',
  aliases: ['arcsin'],
  value: Math.asin,
  partials: [arcSlope],
  rule: () => term('div', 1, term('sqrt', term('sub', 1, square(a)))),
};

export const acos: UnaryOperation = {
  name: 'acos',
  arity: 1,
  notation: call('acos', '\\arccos'),
  symbol: 'acos',
  aliases: ['arccos'],
  value: Math.acos,
  partials: [(a) => -arcSlope(a)],
  rule: () => term('neg', term('div', 1, term('sqrt', term('sub', 1, square(a))))),
};

export const atan: UnaryOperation = {
  name: 'atan',
  arity: 1,
  notation: call('atan', '\\arctan'),
  symbol: 'atan',
  aliases: ['arctan'],
  value: Math.atan,
  partials: [(a) => 1 / (1 + a * a)],
  rule: () => term('div', 1, term('add', 1, square(a))),
};

const squaredRadius = term('add', square(a), square(b));

/** The angle of the point (b, a): the first input is the ordinate, as in every mathematics library. */
export const atan2: BinaryOperation = {
  name: 'atan2',
  arity: 2,
  notation: call('atan2'),
  symbol: 'atan2',
  aliases: ['arctan2'],
  value: Math.atan2,
  // Divided twice by the radius: its square over- and underflows. NaN at the origin, where there is no angle.
  partials: [
    (a, b) => {
      const radius = Math.hypot(a, b);
      // On the axis without the detour, to the last bit.
      return a === 0 && b !== 0 ? 1 / b : b / radius / radius;
    },
    (a, b) => {
      const radius = Math.hypot(a, b);
      return -(a / radius / radius);
    },
  ],
  rule: (slot) => (slot === 0 ? term('div', b, squaredRadius) : term('neg', term('div', a, squaredRadius))),
  // The cut along the negative axis, where the angle jumps from π to −π.
  kinks: ({ 0: a, 1: b }) => (a === 0 && b < 0 ? [{ slot: 0, chosen: 1 / b, admissible: null }] : []),
  crosses: (before, after) => (before[1] < 0 || after[1] < 0) && before[0] >= 0 !== after[0] >= 0,
};

export const sinh: UnaryOperation = {
  name: 'sinh',
  arity: 1,
  notation: call('sinh', '\\sinh'),
  symbol: 'sinh',
  value: Math.sinh,
  partials: [(a) => Math.cosh(a)],
  rule: () => term('cosh', a),
};

export const cosh: UnaryOperation = {
  name: 'cosh',
  arity: 1,
  notation: call('cosh', '\\cosh'),
  symbol: 'cosh',
  value: Math.cosh,
  partials: [(a) => Math.sinh(a)],
  rule: () => term('sinh', a),
};
