import type { OptimizerState } from '../optimizers/optimizer.ts';
import { SpecError } from '../spec/problem.ts';
import { checkNumber } from './check-spec.ts';

/** Where a training is: plain data, to be sent to a worker or stored. Spec and data are not part of it. */
export interface TrainerState {
  readonly version: 1;
  readonly parameters: Float64Array;
  /** What training started with, and goes back to by `reset`. */
  readonly start: Float64Array;
  readonly lastGood: Float64Array;
  /** The parameters at the start of the epoch; null before it and without a tolerance, and then that epoch is no reason to stop. */
  readonly epochStart: Float64Array | null;
  /** The indices of those that do not move. */
  readonly frozen: readonly number[];
  readonly optimizer: OptimizerState;
  readonly rate: number;
  readonly l1: number;
  readonly l2: number;
  /** Finished epochs, steps over all epochs, steps of the epoch that has begun. */
  readonly epoch: number;
  readonly step: number;
  readonly position: number;
  /** The largest loss of parameters that count as good; null before the first step. */
  readonly bound: number | null;
  /** True if training stopped because nothing moved any more. */
  readonly converged: boolean;
}

/** A state as JSON. Numbers are written so that reading them gives the same bits. */
export function stateToJson(state: TrainerState): string {
  const list = (numbers: ArrayLike<number>): string => `[${Array.from(numbers, numberToJson).join(',')}]`;
  const optimizer = `{"name":"${state.optimizer.name}","steps":${state.optimizer.steps},"moments":[${state.optimizer.moments
    .map(list)
    .join(',')}]}`;
  const members = [
    ['version', '1'],
    ['epoch', String(state.epoch)],
    ['step', String(state.step)],
    ['position', String(state.position)],
    ['rate', numberToJson(state.rate)],
    ['l1', numberToJson(state.l1)],
    ['l2', numberToJson(state.l2)],
    ['bound', state.bound === null ? 'null' : numberToJson(state.bound)],
    ['converged', String(state.converged)],
    ['frozen', list(state.frozen)],
    ['parameters', list(state.parameters)],
    ['start', list(state.start)],
    ['lastGood', list(state.lastGood)],
    ['epochStart', state.epochStart === null ? 'null' : list(state.epochStart)],
    ['optimizer', optimizer],
  ];
  return `{${members.map(([name, text]) => `"${name}":${text}`).join(',\n')}}\n`;
}

/** JSON knows −0, but not what is not finite, which an optimizer may remember. */
function numberToJson(x: number): string {
  if (Object.is(x, -0)) return '-0';
  return Number.isFinite(x) ? String(x) : `"${x}"`;
}

/** A state that `stateToJson` wrote. Throws SpecError for anything else: whether it fits a training, `Trainer.resume` checks. */
export function stateFromJson(text: string): TrainerState {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw new SpecError('state', (error as Error).message, 'JSON');
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new SpecError('state', found, 'an object');
  }
  const members = new Map<string, unknown>(Object.entries(found));
  if (members.get('version') !== 1) throw new SpecError('version', members.get('version'), '1');
  const number = (where: string): number => numberFrom(where, members.get(where));
  const list = (where: string): Float64Array => listFrom(where, members.get(where));
  const optimizer = members.get('optimizer');
  if (typeof optimizer !== 'object' || optimizer === null)
    throw new SpecError('optimizer', optimizer, 'an object');
  const { name, steps, moments } = optimizer as Partial<Record<string, unknown>>;
  if (!Array.isArray(moments)) throw new SpecError('optimizer.moments', moments, 'lists of numbers');
  return {
    version: 1,
    parameters: list('parameters'),
    start: list('start'),
    lastGood: list('lastGood'),
    epochStart: members.get('epochStart') === null ? null : list('epochStart'),
    frozen: Array.from(list('frozen')),
    optimizer: {
      name: name as OptimizerState['name'],
      steps: steps as number,
      moments: moments.map((each, i) => Array.from(listFrom(`optimizer.moments[${i}]`, each))),
    },
    rate: number('rate'),
    l1: number('l1'),
    l2: number('l2'),
    epoch: number('epoch'),
    step: number('step'),
    position: number('position'),
    bound: members.get('bound') === null ? null : number('bound'),
    converged: members.get('converged') === true,
  };
}

function numberFrom(where: string, found: unknown): number {
  if (typeof found === 'number') return found;
  if (found === 'NaN' || found === 'Infinity' || found === '-Infinity') return Number(found);
  throw new SpecError(where, found, 'a number');
}

function listFrom(where: string, found: unknown): Float64Array {
  if (!Array.isArray(found)) throw new SpecError(where, found, 'a list of numbers');
  return Float64Array.from(found, (each, i) => numberFrom(`${where}[${i}]`, each));
}

/** Throws SpecError unless a state fits a training with so many parameters and steps. */
export function checkState(
  state: TrainerState,
  { parameters, stepsPerEpoch }: { parameters: number; stepsPerEpoch: number },
): void {
  if (state?.version !== 1) throw new SpecError('version', state?.version, '1');
  for (const which of ['parameters', 'start', 'lastGood', 'epochStart'] as const) {
    const numbers = state[which];
    if (which === 'epochStart' && numbers === null) continue;
    if (numbers?.length !== parameters) throw new SpecError(which, numbers, `a list of ${parameters}`);
    const bad = numbers.findIndex((each) => !Number.isFinite(each));
    if (bad >= 0) throw new SpecError(`${which}[${bad}]`, numbers[bad], 'a finite number');
  }
  for (const moment of state.optimizer?.moments ?? []) {
    if (moment?.length !== parameters)
      throw new SpecError('optimizer.moments', moment, `lists of ${parameters}`);
  }
  for (const which of ['epoch', 'step', 'position'] as const) {
    const found = state[which];
    if (!Number.isSafeInteger(found) || found < 0)
      throw new SpecError(which, found, 'a whole number from 0 on');
  }
  if (state.position >= stepsPerEpoch) {
    throw new SpecError('position', state.position, `less than ${stepsPerEpoch}, the steps of an epoch`);
  }
  for (const which of ['rate', 'l1', 'l2'] as const) checkNumber(which, state[which]);
  if (state.bound !== null) checkNumber('bound', state.bound);
}
