import { checkWord } from '../spec/check.ts';
import { SpecError } from '../spec/problem.ts';
import { OPTIMIZERS } from '../spec/spec.ts';
import type { OptimizerName } from '../spec/spec.ts';

/** What an optimizer remembers, as plain data: `moments` holds lists of one number per parameter, none before the first step. */
export interface OptimizerState {
  readonly name: OptimizerName;
  readonly steps: number;
  readonly moments: readonly (readonly number[])[];
}

/** Moves parameters by a gradient. Names and formulas are those of torch.optim. */
export interface Optimizer {
  /** As it is called in a document. */
  readonly name: OptimizerName;
  /** Changes `parameters` in place. Frozen ones (1 in `frozen`) stay, and nothing is remembered of their gradients. */
  step(parameters: Float64Array, gradient: ArrayLike<number>, rate: number, frozen?: ArrayLike<number>): void;
  /** What it remembers. */
  state(): OptimizerState;
  /** Goes on from there. Throws SpecError for what is no state of an optimizer of this name. */
  restore(state: OptimizerState): void;
}

/**
 * What is remembered fades, and would stay for ever at numbers so small that processors take a hundred times as long for
 * them: below the least number with all its digits it is 0.
 */
const TINY = 2 ** -1022;

/** Stochastic gradient descent: w −= rate · g. */
export class SGD implements Optimizer {
  readonly name = 'sgd';
  private steps = 0;

  step(
    parameters: Float64Array,
    gradient: ArrayLike<number>,
    rate: number,
    frozen?: ArrayLike<number>,
  ): void {
    checkLengths(parameters, gradient, frozen);
    this.steps++;
    for (let i = 0; i < parameters.length; i++) {
      if (frozen === undefined || frozen[i] === 0) parameters[i] -= rate * gradient[i];
    }
  }

  state(): OptimizerState {
    return { name: this.name, steps: this.steps, moments: [] };
  }

  restore(state: OptimizerState): void {
    restored(this.name, state, 0);
    this.steps = state.steps;
  }
}

/** Descent with momentum: v = μ v + g, w −= rate · v (Polyak 1964, in the form of PyTorch's SGD). */
export class Momentum implements Optimizer {
  readonly name = 'momentum';
  /** μ. */
  readonly momentum: number;
  private steps = 0;
  private velocity = new Float64Array(0);

  constructor({ momentum = 0.9 }: { readonly momentum?: number } = {}) {
    this.momentum = checkShare('momentum', momentum);
  }

  step(
    parameters: Float64Array,
    gradient: ArrayLike<number>,
    rate: number,
    frozen?: ArrayLike<number>,
  ): void {
    checkLengths(parameters, gradient, frozen);
    this.velocity = checkMoment(this.velocity, parameters);
    this.steps++;
    const { velocity, momentum } = this;
    for (let i = 0; i < parameters.length; i++) {
      if (frozen !== undefined && frozen[i] !== 0) continue;
      const v = momentum * velocity[i] + gradient[i];
      velocity[i] = Math.abs(v) < TINY ? 0 : v;
      parameters[i] -= rate * velocity[i];
    }
  }

  state(): OptimizerState {
    return { name: this.name, steps: this.steps, moments: momentsOf(this.velocity) };
  }

  restore(state: OptimizerState): void {
    const [velocity = []] = restored(this.name, state, 1);
    this.velocity = Float64Array.from(velocity);
    this.steps = state.steps;
  }
}

/**
 * Adam (Kingma and Ba 2015) with the correction of both moments:
 * m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², w −= rate · m̂ / (√v̂ + ε).
 */
export class Adam implements Optimizer {
  readonly name = 'adam';
  /** β₁: how much of the mean of the gradients is kept per step. */
  readonly beta1: number;
  /** β₂: how much of the mean of their squares is kept. */
  readonly beta2: number;
  /** ε: what keeps a step finite where gradients are 0. */
  readonly epsilon: number;
  private steps = 0;
  private mean = new Float64Array(0);
  private square = new Float64Array(0);

  constructor({
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
  }: { readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number } = {}) {
    this.beta1 = checkShare('beta1', beta1);
    this.beta2 = checkShare('beta2', beta2);
    if (typeof epsilon !== 'number' || !(epsilon >= 0))
      throw new SpecError('epsilon', epsilon, 'a number from 0 on');
    this.epsilon = epsilon;
  }

  step(
    parameters: Float64Array,
    gradient: ArrayLike<number>,
    rate: number,
    frozen?: ArrayLike<number>,
  ): void {
    checkLengths(parameters, gradient, frozen);
    this.mean = checkMoment(this.mean, parameters);
    this.square = checkMoment(this.square, parameters);
    this.steps++;
    const { mean, square, beta1, beta2, epsilon } = this;
    const stride = rate / (1 - power(beta1, this.steps));
    const root = Math.sqrt(1 - power(beta2, this.steps));
    for (let i = 0; i < parameters.length; i++) {
      if (frozen !== undefined && frozen[i] !== 0) continue;
      const g = gradient[i];
      const m = beta1 * mean[i] + (1 - beta1) * g;
      const v = beta2 * square[i] + (1 - beta2) * g * g;
      mean[i] = Math.abs(m) < TINY ? 0 : m;
      square[i] = v < TINY ? 0 : v;
      parameters[i] -= stride * (mean[i] / (Math.sqrt(square[i]) / root + epsilon));
    }
  }

  state(): OptimizerState {
    return { name: this.name, steps: this.steps, moments: momentsOf(this.mean, this.square) };
  }

  restore(state: OptimizerState): void {
    const [mean = [], square = []] = restored(this.name, state, 2);
    this.mean = Float64Array.from(mean);
    this.square = Float64Array.from(square);
    this.steps = state.steps;
  }
}

/** An optimizer by its name; `momentum` is μ, or β₁ of Adam. Throws SpecError for an unknown name. */
export function optimizerOf({
  optimizer,
  momentum,
}: {
  readonly optimizer: OptimizerName;
  readonly momentum?: number;
}): Optimizer {
  checkWord('optimizer', optimizer, OPTIMIZERS);
  if (optimizer === 'sgd') return new SGD();
  return optimizer === 'momentum'
    ? new Momentum(momentum === undefined ? {} : { momentum })
    : new Adam(momentum === undefined ? {} : { beta1: momentum });
}

/** x to the power of a whole number, by squaring: `**` may differ between machines. */
export function power(x: number, exponent: number): number {
  let result = 1;
  let square = x;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

function checkShare(where: string, found: unknown): number {
  if (typeof found !== 'number' || !(found >= 0 && found < 1)) {
    throw new SpecError(where, found, 'a number from 0 up to, not including, 1');
  }
  return found;
}

function checkLengths(
  parameters: ArrayLike<number>,
  gradient: ArrayLike<number>,
  frozen: ArrayLike<number> | undefined,
): void {
  const { length } = parameters;
  if (gradient?.length !== length) throw new SpecError('gradient', gradient, `a list of ${length}`);
  if (frozen !== undefined && frozen.length !== length)
    throw new SpecError('frozen', frozen, `a list of ${length}`);
}

/** A list of one number per parameter, made of zeros before the first step. */
function checkMoment(moment: Float64Array<ArrayBuffer>, { length }: Float64Array): Float64Array<ArrayBuffer> {
  if (moment.length === 0) return new Float64Array(length);
  if (moment.length !== length) {
    throw new SpecError('parameters', length, `${moment.length}, as many as in the steps before`);
  }
  return moment;
}

function momentsOf(...moments: readonly Float64Array[]): number[][] {
  return moments[0].length === 0 ? [] : moments.map((moment) => Array.from(moment));
}

/** The moments of a state that belongs to an optimizer of this name. */
function restored(name: OptimizerName, state: OptimizerState, count: number): readonly (readonly number[])[] {
  if (state?.name !== name) throw new SpecError('optimizer', state?.name, name);
  const { steps, moments } = state;
  if (!Number.isSafeInteger(steps) || steps < 0)
    throw new SpecError('steps', steps, 'a whole number from 0 on');
  const lists: readonly unknown[] = Array.isArray(moments) ? moments : [];
  const fit =
    Array.isArray(moments) &&
    (lists.length === count || lists.length === 0) &&
    lists.every(
      (list) =>
        Array.isArray(list) &&
        list.length === (lists[0] as readonly unknown[]).length &&
        list.every((each) => typeof each === 'number'),
    );
  if (!fit) throw new SpecError('moments', moments, `${count} lists of numbers of one length`);
  return moments;
}
