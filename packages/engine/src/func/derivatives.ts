import { input, term } from '../operations/formula.ts';
import type { Formula } from '../operations/formula.ts';
import type { OperationName } from '../operations/names.ts';
import type { Recorder, Term } from './recorder.ts';

const a = input(0);
const b = input(1);
const y = 'result';

/** 1 above 0, 0 at 0 and below, NaN for NaN: as a condition it is neither for NaN. */
const above = term('step', a);

const radius = term('hypot', a, b);
const arcSlope = term('div', 1, term('sqrt', term('mul', term('sub', 1, a), term('add', 1, a))));
const grown = term('mul', y, term('log', a));
/** 0 at the origin, the subgradient of least norm. */
const direction = term('where', y, term('div', a, y), 0);

/**
 * What is recorded as the derivative where that is not the rule that is shown: forms that keep their digits far out, are
 * finite where the slope is, and can be differentiated again without an overflow. By slot.
 *
 * At an edge they give what `partials` does, but for these: at −0 log, log2, log10 and sqrt have the slope −∞ in place
 * of ∞, as 1/−0 has; atan2(0, ±∞) has NaN; and a recorded zero slope of a flat operation passes nothing on.
 */
export const DERIVATIVES: Readonly<Partial<Record<OperationName, readonly Formula[]>>> = {
  div: [term('div', 1, b), term('neg', term('div', y, b))],
  pow: [
    // a⁰ is the constant 1.
    term('where', b, term('mul', b, term('pow', a, term('sub', b, 1))), 0),
    // 0ᵇ is the constant 0 for b > 0.
    term('where', term('where', term('equal', a, 0), term('greaterEqual', b, 0), 0), 0, grown),
  ],
  log2: [term('div', Math.LOG2E, a)],
  log10: [term('div', Math.LOG10E, a)],
  sqrt: [term('div', 0.5, y)],
  asin: [arcSlope],
  acos: [term('neg', arcSlope)],
  // Divided twice by the radius: its square over- and underflows.
  atan2: [
    term('div', term('div', b, radius), radius),
    term('neg', term('div', term('div', a, radius), radius)),
  ],
  // σ(a) σ(−a): 1 − σ loses its digits where σ is nearly 1.
  sigmoid: [term('mul', y, term('sigmoid', term('neg', a)))],
  // 4 σ(2a) σ(−2a) = 1 − tanh² a.
  tanh: [
    term('mul', 4, term('mul', term('sigmoid', term('mul', 2, a)), term('sigmoid', term('mul', -2, a)))),
  ],
  relu: [above],
  leakyRelu: [term('where', above, 1, b), term('where', above, 0, a)],
  clamp: [
    term('mul', term('greaterEqual', a, b), term('lessEqual', a, input(2))),
    term('mul', term('less', a, b), term('lessEqual', b, input(2))),
    // 1 if the number or the lower bound lies above the upper.
    term('greater', term('max', a, b), input(2)),
  ],
};

/** Local derivatives: the one of a slot is `scale` · `of[slot]`. */
export interface Locals {
  readonly scale: Term;
  readonly of: readonly Term[];
}

/** The local derivatives of an operation with any number of inputs, in a number of nodes that grows as their number. */
export const LOCALS_OF_MANY: Readonly<
  Partial<Record<OperationName, (recorder: Recorder, x: readonly Term[], y: Term) => Locals>>
> = {
  sum: (_recorder, x) => ({ scale: 1, of: x.map(() => 1) }),
  mean: (_recorder, x) => ({ scale: 1 / x.length, of: x.map(() => 1) }),
  signedSum: partners,
  dot: partners,
  affine: (_recorder, x) => ({
    scale: 1,
    of: x.map((_, slot) => (slot === 0 ? 1 : x[((slot - 1) ^ 1) + 1])),
  }),
  prod: (recorder, x) => {
    // The product of all others, from products of prefixes and suffixes, as in the table.
    const of: Term[] = [];
    let prefix: Term = 1;
    for (const factor of x) {
      of.push(prefix);
      prefix = recorder.apply('mul', [prefix, factor]);
    }
    let suffix: Term = 1;
    for (let slot = x.length - 1; slot >= 0; slot--) {
      of[slot] = recorder.apply('mul', [of[slot], suffix]);
      suffix = recorder.apply('mul', [suffix, x[slot]]);
    }
    return { scale: 1, of };
  },
  max: tied,
  min: tied,
  hypot: (recorder, x, y) => ({
    scale: 1,
    of: x.map((part) => {
      recorder.forget();
      return recorder.formula(direction, [part], y);
    }),
  }),
  logsumexp: (recorder, x) => {
    if (x.length === 1) return { scale: 1, of: [1] };
    if (x.length === 2) return { scale: 1, of: [share(recorder, x[0], x[1]), share(recorder, x[1], x[0])] };
    const of = exponentials(recorder, x);
    return { scale: recorder.apply('div', [1, recorder.apply('sum', of)]), of };
  },
  // y(1 − y) as y · (the others' share): 1 − y cancels when y is close to 1.
  softmax: (recorder, x, y) => {
    if (x.length === 1) return { scale: 1, of: [0] };
    const minus = recorder.apply('neg', [y]);
    if (x.length === 2) {
      const other = share(recorder, x[1], x[0]);
      return { scale: minus, of: [recorder.apply('neg', [other]), other] };
    }
    const [own, ...each] = exponentials(recorder, x);
    const others = recorder.apply('sum', each);
    return {
      scale: recorder.apply('div', [minus, recorder.apply('add', [own, others])]),
      of: [recorder.apply('neg', [others]), ...each],
    };
  },
};

/** What each input of a sum of products is multiplied by. */
function partners(_recorder: Recorder, x: readonly Term[]): Locals {
  return { scale: 1, of: x.map((_, slot) => x[slot ^ 1]) };
}

/** eᵃ / (eᵃ + eᵇ). */
function share(recorder: Recorder, a: Term, b: Term): Term {
  return recorder.apply('sigmoid', [recorder.apply('sub', [a, b])]);
}

/**
 * exp x, all divided by one number that keeps the largest between 1 and e. What they are used for does not change with
 * that number; as it is rounded down, no derivative passes through it.
 */
function exponentials(recorder: Recorder, x: readonly Term[]): Term[] {
  const shift = recorder.apply('floor', [recorder.apply('max', x)]);
  return x.map((part) => recorder.apply('exp', [recorder.apply('sub', [part, shift])]));
}

/** 1/k to each of k that are equal to the result; none is equal to NaN, and 0 · 1/0 is NaN. */
function tied(recorder: Recorder, x: readonly Term[], y: Term): Locals {
  if (x.length === 1) return { scale: 1, of: [1] };
  const of = x.map((part) => recorder.apply('equal', [part, y]));
  return { scale: recorder.apply('div', [1, recorder.apply('sum', of)]), of };
}
