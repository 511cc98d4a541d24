// The workloads as a reader of micrograd writes them: one operation of one or two inputs at a time. They know of numbers
// only what a `Scalar` can do, so that every engine records the same.
import { CHAIN, DIGIT, digit, initialParameters, LADDER, MOONS, moons } from './data.ts';
import type { WorkloadName } from './training.ts';
import { workload } from './training.ts';

/** A number that remembers how it was computed. */
export interface Scalar<S> {
  add(b: S | number): S;
  sub(b: S | number): S;
  mul(b: S | number): S;
  relu(): S;
  sigmoid(): S;
}

/** A workload: where its numbers start, and what a step computes. */
export interface Program {
  readonly parameters: Float64Array;
  /** The examples' numbers. */
  readonly data: Float64Array;
  /** What the learning rate multiplies the gradient by; 0 where nothing is trained. */
  readonly rate: number;
  /** Binary operations of a step. */
  readonly operations: number;
  readonly loss: <S extends Scalar<S>>(parameters: readonly S[], data: readonly S[]) => S;
  /** The loss in parts that add up to it, for an engine that cannot take it whole; null where it has none. */
  readonly parts: (<S extends Scalar<S>>(parameters: readonly S[], data: readonly S[]) => S[]) | null;
}

export function programOf(name: WorkloadName): Program {
  const { kind, size } = workload(name);
  const none = new Float64Array(0);
  switch (kind) {
    case 'W1': {
      const { x, y } = moons();
      return {
        parameters: initialParameters(MOONS),
        data: x,
        rate: MOONS.rate,
        operations: 65_075,
        loss: (parameters, data) => moonsLoss(parameters, data, y),
        parts: (parameters, data) => {
          const hinges = hingeLosses(parameters, data, y).map((loss) => loss.mul(1 / y.length));
          return [...hinges, weightDecay(parameters)];
        },
      };
    }
    case 'W2': {
      const { x, wanted } = digit();
      return {
        parameters: initialParameters(DIGIT),
        data: x,
        rate: DIGIT.rate,
        operations: 25_991,
        loss: (parameters, data) => digitLoss(parameters, data, wanted),
        parts: null,
      };
    }
    case 'W3':
      return {
        parameters: Float64Array.from(CHAIN),
        data: none,
        rate: 0,
        operations: size,
        loss: (parameters) => chain(parameters, size),
        parts: null,
      };
    case 'W4':
      return {
        parameters: Float64Array.from(LADDER),
        data: none,
        rate: 0,
        operations: 3 * size,
        loss: (parameters) => ladder(parameters, size),
        parts: null,
      };
  }
}

interface Unit<S> {
  readonly weights: readonly S[];
  readonly bias: S;
}

/** Layers of units over parameters that stand unit by unit, weights first. */
function networkOf<S>(parameters: readonly S[], sizes: readonly number[]): Unit<S>[][] {
  let at = 0;
  return sizes.slice(1).map((units, layer) =>
    Array.from({ length: units }, () => {
      const end = at + sizes[layer];
      const unit = { weights: parameters.slice(at, end), bias: parameters[end] };
      at = end + 1;
      return unit;
    }),
  );
}

function weightedSum<S extends Scalar<S>>({ weights, bias }: Unit<S>, x: readonly S[]): S {
  let sum = bias;
  for (let i = 0; i < x.length; i++) sum = sum.add(weights[i].mul(x[i]));
  return sum;
}

function sumOf<S extends Scalar<S>>(terms: readonly S[]): S {
  let sum = terms[0];
  for (let i = 1; i < terms.length; i++) sum = sum.add(terms[i]);
  return sum;
}

function hingeLosses<S extends Scalar<S>>(
  parameters: readonly S[],
  data: readonly S[],
  y: Float64Array,
): S[] {
  const [first, second, [last]] = networkOf(parameters, MOONS.sizes);
  return Array.from(y, (sign, i) => {
    const x = [data[2 * i], data[2 * i + 1]];
    const h1 = first.map((unit) => weightedSum(unit, x).relu());
    const h2 = second.map((unit) => weightedSum(unit, h1).relu());
    return weightedSum(last, h2).mul(-sign).add(1).relu();
  });
}

function weightDecay<S extends Scalar<S>>(parameters: readonly S[]): S {
  return sumOf(parameters.map((p) => p.mul(p))).mul(MOONS.decay);
}

function moonsLoss<S extends Scalar<S>>(parameters: readonly S[], data: readonly S[], y: Float64Array): S {
  const losses = hingeLosses(parameters, data, y);
  return sumOf(losses)
    .mul(1 / y.length)
    .add(weightDecay(parameters));
}

function digitLoss<S extends Scalar<S>>(parameters: readonly S[], data: readonly S[], wanted: Float64Array) {
  let x = data;
  for (const layer of networkOf(parameters, DIGIT.sizes)) {
    const from = x;
    x = layer.map((unit) => weightedSum(unit, from).sigmoid());
  }
  return sumOf(
    x.map((output, i) => {
      const miss = output.sub(wanted[i]);
      return miss.mul(miss);
    }),
  );
}

function chain<S extends Scalar<S>>([x0, c, d]: readonly S[], operations: number): S {
  let x = x0;
  for (let i = 0; i < operations; i += 2) x = x.mul(c).add(d);
  return x;
}

function ladder<S extends Scalar<S>>([y0, h, k]: readonly S[], rungs: number): S {
  let y = y0;
  for (let i = 0; i < rungs; i++) y = y.mul(h).add(y.mul(k));
  return y;
}
