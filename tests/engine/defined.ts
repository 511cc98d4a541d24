import { defineOperation } from '@backflow/engine';

const sigma = (x: number): number => 1 / (1 + Math.exp(-x));

/** x σ(x): one input, smooth. */
const swish = defineOperation('swish', {
  arity: 1,
  value: (x) => x * sigma(x),
  partials: [(x, y) => sigma(x) + y * (1 - sigma(x))],
});

/** The larger of |a| and b: two inputs, with kinks. */
const atLeast = defineOperation('atLeast', {
  arity: 2,
  value: (a, b) => Math.max(Math.abs(a), b),
  partials: [
    (a, b) => (Math.abs(a) >= b ? Math.sign(a) : a === a && b === b ? 0 : NaN),
    (a, b) => (Math.abs(a) < b ? 1 : a === a && b === b ? 0 : NaN),
  ],
  kinks: ({ 0: a, 1: b }) =>
    Math.abs(a) === b || (a === 0 && b <= 0) ? [{ slot: 0, chosen: Math.sign(a), admissible: [-1, 1] }] : [],
  crosses: (before, after) =>
    before[0] > 0 !== after[0] > 0 || Math.abs(before[0]) < before[1] !== Math.abs(after[0]) < after[1],
});

/** Σ x² / n: any number of inputs. */
const meanSquare = defineOperation('meanSquare', {
  arity: 'many',
  value: (x) => {
    let total = 0;
    for (let slot = 0; slot < x.length; slot++) total += x[slot] ** 2;
    return total / x.length;
  },
  partials: (x, _y, out) => {
    for (let slot = 0; slot < x.length; slot++) out[slot] = (2 * x[slot]) / x.length;
  },
});

/** Operations of one's own, for random programs: of one input, of two, and of any number. */
export const DEFINED_NAMES = [swish, atLeast, meanSquare].map(({ operation }) => operation.name);
