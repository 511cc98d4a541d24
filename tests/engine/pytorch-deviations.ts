import type { OperationName } from '@backflow/engine';

/** Where the table differs from PyTorch, and why. */
export interface Deviation {
  /** The same words as in docs/conventions.md. */
  readonly name: string;
  readonly operations: readonly OperationName[];
  readonly of: 'value' | 'gradient';
  /** The inputs for which it may differ: the differences among them are counted. */
  readonly at: (x: readonly number[], slot: number) => boolean;
  /** How many numbers of the reference differ: one more or less is news. */
  readonly differences: number;
}

const hasNaN = (x: readonly number[]): boolean => x.some(Number.isNaN);
const isZero = (x: readonly number[]): boolean => x.every((each) => each === 0);
const extreme = (x: number): boolean => Math.abs(x) > 1e150 || (x !== 0 && Math.abs(x) < 1e-150);

/** Every deviation by name. A difference that is not here fails the test, and so does one that is gone. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    name: 'a kink at NaN',
    operations: ['relu', 'leakyRelu', 'abs', 'clamp'],
    of: 'gradient',
    at: hasNaN,
    differences: 528,
  },
  {
    name: 'a flat operation at NaN',
    operations: ['step', 'sign'],
    of: 'value',
    at: hasNaN,
    differences: 2,
  },
  {
    name: 'the slope of a flat operation at NaN',
    operations: ['sign', 'floor', 'ceil', 'round'],
    of: 'gradient',
    at: hasNaN,
    differences: 4,
  },
  {
    name: 'halves in round',
    operations: ['round'],
    of: 'value',
    at: ([a]) => Math.abs(a % 1) === 0.5,
    differences: 3,
  },
  {
    name: 'a condition that is NaN',
    operations: ['where'],
    of: 'value',
    at: ([condition]) => Number.isNaN(condition),
    differences: 56,
  },
  {
    name: 'the branches of a condition that is NaN',
    operations: ['where'],
    of: 'gradient',
    at: ([condition], slot) => Number.isNaN(condition) && slot === 1,
    differences: 64,
  },
  {
    name: 'the sign of zero',
    operations: ['relu', 'sum', 'signedSum', 'mean', 'dot', 'affine', 'sign', 'clamp'],
    of: 'value',
    at: (x) => x.some((each) => each === 0),
    differences: 21,
  },
  {
    name: 'powers of 1 and −1 with an infinite exponent',
    operations: ['pow'],
    of: 'value',
    at: ([a, b]) => Math.abs(a) === 1 && !Number.isFinite(b),
    differences: 5,
  },
  {
    name: 'slopes of powers of 1 and −1 with an infinite exponent',
    operations: ['pow'],
    of: 'gradient',
    at: ([a, b]) => Math.abs(a) === 1 && !Number.isFinite(b),
    differences: 7,
  },
  {
    name: 'the slope of a logarithm below 0',
    operations: ['log', 'log2', 'log10', 'log1p'],
    of: 'gradient',
    at: ([a]) => a < 0,
    differences: 162,
  },
  {
    name: 'the slope at −0',
    operations: ['log', 'log2', 'log10', 'sqrt'],
    of: 'gradient',
    at: ([a]) => Object.is(a, -0),
    differences: 4,
  },
  {
    name: 'the slope of x ln x at 0 and ∞',
    operations: ['xlogx'],
    of: 'gradient',
    at: ([a]) => a === 0 || a === Infinity,
    differences: 3,
  },
  {
    name: 'hypot at the origin',
    operations: ['hypot'],
    of: 'gradient',
    at: isZero,
    differences: 4,
  },
  {
    name: 'an infinite side beside NaN',
    operations: ['hypot'],
    of: 'value',
    at: (x) => hasNaN(x) && x.some((each) => Math.abs(each) === Infinity),
    differences: 4,
  },
  {
    name: 'squares that overflow or underflow in hypot',
    operations: ['hypot'],
    of: 'value',
    at: (x) => x.some(extreme),
    differences: 14,
  },
  {
    name: 'slopes of hypot at such points',
    operations: ['hypot'],
    of: 'gradient',
    at: (x) => x.some(extreme),
    differences: 60,
  },
  {
    name: 'squares that overflow or underflow in the slope of atan2',
    operations: ['atan2'],
    of: 'gradient',
    at: (x) => x.some(extreme),
    differences: 108,
  },
  {
    name: 'clamp between equal bounds',
    operations: ['clamp'],
    of: 'gradient',
    at: ([a, low, high], slot) => slot === 1 && a < low && low === high,
    differences: 24,
  },
  {
    name: 'the textbook form of σ′ far out',
    operations: ['sigmoid'],
    of: 'gradient',
    at: ([a]) => a >= 3 || a < -700,
    differences: 11,
  },
  {
    name: 'σ below −709',
    operations: ['sigmoid'],
    of: 'value',
    at: ([a]) => a < -709,
    differences: 1,
  },
  {
    name: 'the textbook form of tanh′ far out',
    operations: ['tanh'],
    of: 'gradient',
    at: ([a]) => Math.abs(a) > 2.2,
    differences: 21,
  },
  {
    name: 'the slope of expm1 from its result',
    operations: ['expm1'],
    of: 'gradient',
    at: ([a]) => a <= -5,
    differences: 7,
  },
  {
    name: 'the slope of log10 at the largest number',
    operations: ['log10'],
    of: 'gradient',
    at: ([a]) => a === Number.MAX_VALUE,
    differences: 1,
  },
  {
    name: 'log1p of the largest number',
    operations: ['log1p'],
    of: 'value',
    at: ([a]) => a === Number.MAX_VALUE,
    differences: 1,
  },
  {
    name: 'the slope of a product from its result',
    operations: ['prod'],
    of: 'gradient',
    at: (x) => x.some((each) => extreme(each) || !Number.isFinite(each)),
    differences: 62,
  },
  {
    name: 'shares of an infinite sum of exponentials',
    operations: ['logsumexp'],
    of: 'gradient',
    at: (x) => x.includes(Infinity),
    differences: 30,
  },
  {
    name: 'a small term beside a large one in logsumexp',
    operations: ['logsumexp'],
    of: 'value',
    at: ([a, b]) => a === 0 && b === -50,
    differences: 1,
  },
  {
    name: 'shares from the rounded result of logsumexp',
    operations: ['logsumexp'],
    of: 'gradient',
    at: (x) => x.some((each) => Math.abs(each) >= 710 && Number.isFinite(each)),
    differences: 26,
  },
  {
    name: 'the textbook form of the slope of softmax',
    operations: ['softmax'],
    of: 'gradient',
    at: (_x, slot) => slot === 0,
    differences: 5,
  },
];
