import type { Formula } from './formula.ts';
import { input, otherInputs, term } from './formula.ts';
import type { ManyOperation } from './operation.ts';
import { call } from './operation.ts';
import { largest } from './choices.ts';

/** √(Σ x²), scaled by the largest magnitude so that no square over- or underflows. */
export const hypot: ManyOperation = {
  name: 'hypot',
  arity: 'many',
  notation: call('hypot'),
  symbol: '‖x‖',
  aliases: ['norm'],
  value: (x) => {
    let scale = 0;
    for (let slot = 0; slot < x.length; slot++) {
      const size = Math.abs(x[slot]);
      if (size === Infinity) return Infinity;
      scale = Math.max(scale, size);
    }
    if (scale === 0) return 0;
    let total = 0;
    for (let slot = 0; slot < x.length; slot++) total += (x[slot] / scale) ** 2;
    return scale * Math.sqrt(total);
  },
  // At the origin every slope in [−1, 1] is a subgradient; 0 is the one of least norm (PyTorch gives NaN).
  partials: (x, y, out) => {
    for (let slot = 0; slot < x.length; slot++) out[slot] = y === 0 ? 0 : x[slot] / y;
  },
  rule: (slot) => term('div', input(slot), 'result'),
  kinks: (x) => {
    for (let slot = 0; slot < x.length; slot++) if (x[slot] !== 0) return [];
    return Array.from(x, (_, slot) => ({ slot, chosen: 0, admissible: [-1, 1] as const }));
  },
  // The direction turned round: the origin lies between.
  crosses: (before, after) => {
    let along = 0;
    for (let slot = 0; slot < before.length; slot++) along += before[slot] * after[slot];
    return along <= 0;
  },
};

/** ln Σ exp x, shifted by the maximum: no exponential overflows, and log1p keeps what the others add to it. */
export const logsumexp: ManyOperation = {
  name: 'logsumexp',
  arity: 'many',
  notation: call('logsumexp', '\\operatorname{LSE}'),
  symbol: 'LSE',
  aliases: ['lse'],
  value: (x) => {
    const shift = largest(x);
    if (!Number.isFinite(shift)) return shift;
    let others = 0;
    let shifted = false;
    for (let slot = 0; slot < x.length; slot++) {
      if (x[slot] === shift && !shifted) shifted = true;
      else others += Math.exp(x[slot] - shift);
    }
    return shift + Math.log1p(others);
  },
  partials: (x, _y, out) => {
    const shift = largest(x);
    let total = 0;
    for (let slot = 0; slot < x.length; slot++) total += out[slot] = Math.exp(x[slot] - shift);
    for (let slot = 0; slot < x.length; slot++) out[slot] /= total;
  },
  rule: (slot) => term('exp', term('sub', input(slot), 'result')),
};

/** exp(x₀) / Σ exp x: the share of the first input, shifted by the maximum. */
export const softmax: ManyOperation = {
  name: 'softmax',
  arity: 'many',
  notation: call('softmax'),
  symbol: 'softmax',
  value: (x) => {
    const shift = largest(x);
    let total = 0;
    for (let slot = 0; slot < x.length; slot++) total += Math.exp(x[slot] - shift);
    return Math.exp(x[0] - shift) / total;
  },
  // y(1 − y) as y · (the others' share): 1 − y cancels when y is close to 1.
  partials: (x, y, out) => {
    const shift = largest(x);
    let others = 0;
    for (let slot = 1; slot < x.length; slot++) others += out[slot] = Math.exp(x[slot] - shift);
    const total = Math.exp(x[0] - shift) + others;
    out[0] = y * (others / total);
    for (let slot = 1; slot < x.length; slot++) out[slot] = -y * (out[slot] / total);
  },
  rule: (slot, arity): Formula =>
    slot === 0
      ? term('mul', 'result', term('sub', 1, 'result'))
      : term('neg', term('mul', 'result', term('softmax', input(slot), ...otherInputs(slot, arity)))),
};
