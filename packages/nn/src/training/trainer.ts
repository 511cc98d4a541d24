import type { Dataset } from '../data/dataset.ts';
import { split } from '../data/split.ts';
import type { Split } from '../data/split.ts';
import { addPenaltyGradient, penaltyOf } from '../losses/penalties.ts';
import { optimizerOf } from '../optimizers/optimizer.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { rateAt } from '../optimizers/schedule.ts';
import { initialParameters } from '../parameters/initial.ts';
import { Generator } from '../random/generator.ts';
import { parameterCount } from '../spec/layout.ts';
import { SpecError } from '../spec/problem.ts';
import type { TrainingSpec } from '../spec/spec.ts';
import { checkData, firstNonFinite } from './check-data.ts';
import { checkNumber, checkParameters, checkSplit, checkedTraining } from './check-spec.ts';
import { lanesFor, Replay } from './replay.ts';
import type { TrainingEngine } from './replay.ts';
import type { EpochReport, Score, StepReport, TrainerStop } from './report.ts';
import { scoreOf } from './score.ts';
import { checkState } from './state.ts';
import type { TrainerState } from './state.ts';
import { TrainingError } from './training-error.ts';

/** What is not a matter of the document. */
export interface TrainerOptions {
  readonly engine?: TrainingEngine;
  /** What training starts with; those of the network's seed by default. */
  readonly parameters?: ArrayLike<number>;
  /** Which examples are trained on and which are kept; drawn by the data's seed by default. */
  readonly split?: Split;
}

/** Parameters count as good up to so many times the loss at the start: it grows so much only when training blows up. */
const GOOD = 1000;
/** So many parameters are looked at per step, whether they are finite: all of them every few steps. */
const LOOKED_AT = 2048;
/** The loss at the start is taken of so many examples at most. */
const STARTERS = 1000;

/**
 * Trains a network: records it once, compiles it, and replays it for every example.
 *
 *     const trainer = new Trainer(spec, generate(spec.data));
 *     while (trainer.stop === null) console.log(trainer.takeEpoch());
 *
 * A step takes a batch: the gradient of the examples' mean loss, to which they add in their order, that of the penalty, and a
 * step of the optimizer. The examples of epoch e stand in the order that the spec's seed and e make.
 * Two trainers with the same spec, data and engine have the same bits after every step, one that was resumed included.
 */
export class Trainer {
  /** What it was told. */
  readonly spec: TrainingSpec;
  /** What it learns from. */
  readonly dataset: Dataset;
  /** Which examples are trained on. */
  readonly split: Split;
  /** Batches in an epoch, the last of which may be smaller. */
  readonly stepsPerEpoch: number;
  /** The rate that the schedule sets out from. May be changed at any time. */
  rate: number;
  /** λ of the penalty λ Σ |w|. May be changed at any time. */
  l1: number;
  /** λ of the penalty λ Σ w². May be changed at any time. */
  l2: number;
  /** Finished epochs. */
  epoch = 0;
  /** Steps taken, over all epochs. */
  step = 0;
  /** Why training ended; null while it has not. It can be continued all the same. */
  stop: TrainerStop | null = null;
  /**
   * The parameters of the last step that was all right: its loss finite, and at most 1,000 times the loss at the start
   * (or 1,000, if that is more), as on the way to infinity there are losses that are finite and good for nothing. Before training
   * goes back to them, they are tried on more examples than a batch has; if they fail, these are those of the last `finishEpoch`
   * that was all right, or of the start.
   */
  readonly lastGood: Float64Array;
  /** 1 where a parameter does not move; changed by `freeze`. */
  readonly frozen: Uint8Array;

  private readonly replay: Replay;
  private readonly scorer: Replay;
  private readonly start: Float64Array;
  private optimizer: Optimizer;
  private frozenCount = 0;
  private readonly order: Int32Array;
  /** Steps of this epoch that were taken. */
  private position = 0;
  /** The parameters at the start of the epoch, if it is known and somebody asks how far they move. */
  private epochStart: Float64Array | null = null;
  /** The largest loss of good parameters; NaN before the first step. */
  private bound = NaN;
  /** What is not finite stays so: if all are finite now, they have been in all the steps before. */
  private readonly lookEvery: number;
  /** Parameters that were good for more than a batch. */
  private readonly sure: Float64Array;

  /**
   * Throws SpecError for a network, a loss or a training that cannot be, and if the network does not fit the data; TrainingError for
   * data with a number that is not finite or a class that there is not, naming the example.
   */
  constructor(spec: TrainingSpec, dataset: Dataset, options: TrainerOptions = {}) {
    this.spec = checkedTraining(spec);
    const { network, loss, train, data } = this.spec;
    const { batch } = train;
    this.start = Float64Array.from(options.parameters ?? initialParameters(network));
    checkParameters(this.start, parameterCount(network));
    checkData(network, dataset);
    this.dataset = dataset;
    this.split = options.split ?? split(dataset, data);
    checkSplit(this.split, dataset.size);
    this.order = this.split.train.slice();
    const { length } = this.order;
    if (length === 0) throw new TrainingError('data', 'no example to train on', 'one at least');
    this.stepsPerEpoch = Math.ceil(length / Math.min(batch, length));
    const { engine = 'auto' } = options;
    this.replay = new Replay(network, loss, {
      engine,
      lanes: lanesFor(Math.min(batch, length)),
      outputs: false,
    });
    this.scorer = new Replay(network, loss, { engine, lanes: 1, outputs: true });
    this.optimizer = optimizerOf(train);
    this.rate = train.rate;
    this.l1 = loss.l1;
    this.l2 = loss.l2;
    this.frozen = new Uint8Array(this.start.length);
    this.lastGood = this.start.slice();
    this.lookEvery = Math.ceil(this.start.length / LOOKED_AT);
    this.sure = this.start.slice();
    this.parameters.set(this.start);
    this.stop = this.done;
  }

  /** A trainer that goes on where `state` was taken. Throws as the constructor, and SpecError for a state that does not fit. */
  static resume(
    spec: TrainingSpec,
    dataset: Dataset,
    state: TrainerState,
    options: Omit<TrainerOptions, 'parameters'> = {},
  ): Trainer {
    const trainer = new Trainer(spec, dataset, options);
    checkState(state, { parameters: trainer.start.length, stepsPerEpoch: trainer.stepsPerEpoch });
    const { parameters, lastGood, start, epochStart, frozen, optimizer } = state;
    trainer.parameters.set(parameters);
    trainer.lastGood.set(lastGood);
    trainer.start.set(start);
    if (spec.train.tolerance > 0) trainer.epochStart = epochStart === null ? null : epochStart.slice();
    trainer.freeze(frozen, true);
    trainer.optimizer.restore(optimizer);
    trainer.rate = state.rate;
    trainer.l1 = state.l1;
    trainer.l2 = state.l2;
    trainer.epoch = state.epoch;
    trainer.step = state.step;
    trainer.position = state.position;
    trainer.bound = state.bound ?? NaN;
    const sure = [...(state.position === 0 ? [parameters] : []), lastGood].find((each) =>
      trainer.isGood(each),
    );
    trainer.sure.set(sure ?? start);
    if (trainer.position > 0) trainer.setOrder();
    else if (state.converged) trainer.stop = { reason: 'converged' };
    else trainer.stop = trainer.done;
    return trainer;
  }

  /** What runs the recording. */
  get engine(): 'javascript' | 'wasm' {
    return this.replay.engine;
  }

  /** The present parameters, to be read; they change with every step, and copies of them are made by `slice`. */
  get parameters(): Float64Array {
    return this.replay.parameters;
  }

  /** The gradient of the last step, with that of the penalty; to be read. */
  get gradient(): Float64Array {
    return this.replay.gradient;
  }

  /** The learning rate of the next step. */
  get presentRate(): number {
    const { schedule, epochs } = this.spec.train;
    return rateAt(schedule, this.rate, Math.min(this.epoch, epochs), epochs);
  }

  /**
   * One step: one batch. If the loss or a parameter is not finite after that, the parameters go back to `lastGood`, what the optimizer
   * remembers is forgotten, and `stop` says what happened; the batch is the next step's again.
   * Throws SpecError if the rate or a λ was set to what is no number from 0 on.
   */
  takeStep(): StepReport {
    for (const which of ['rate', 'l1', 'l2'] as const) checkNumber(which, this[which]);
    this.stop = null;
    if (this.position === 0) this.beginEpoch();
    const { replay, spec, order, lastGood } = this;
    const batch = Math.min(spec.train.batch, order.length);
    const from = this.position * batch;
    const examples = Math.min(batch, order.length - from);
    const { parameters } = replay;
    const mean = replay.runBatch(this.dataset, order, from, examples);
    const loss = mean + penaltyOf(spec.network, this, parameters);
    if (!Number.isFinite(loss)) {
      this.explode(loss, this.step + 1);
      return { loss, examples, endOfEpoch: false };
    }
    if (loss <= this.bound) lastGood.set(parameters);
    addPenaltyGradient(spec.network, this, parameters, replay.gradient);
    const rate = this.presentRate;
    if (this.optimizer.name === 'sgd' && this.frozenCount === 0) replay.update(rate);
    else
      this.optimizer.step(
        parameters,
        replay.gradient,
        rate,
        this.frozenCount === 0 ? undefined : this.frozen,
      );
    if ((this.step + 1) % this.lookEvery === 0 && firstNonFinite(parameters) >= 0) {
      this.explode(loss, this.step + 1);
      return { loss, examples, endOfEpoch: false };
    }
    this.step++;
    this.position++;
    const endOfEpoch = this.position === this.stepsPerEpoch;
    if (endOfEpoch) this.endEpoch();
    return { loss, examples, endOfEpoch };
  }

  /**
   * Takes what is left of an epoch that has begun, if any, and reports. A loss of all examples of more than 1,000 times that at the
   * start (or 1,000) counts as an explosion.
   */
  finishEpoch(): EpochReport {
    while (this.position > 0) {
      this.takeStep();
      if (this.exploded) break;
    }
    const report = this.report();
    // Saturated units, and optimizers whose steps are bounded, blow up without ever coming to infinity.
    const fine =
      Number.isFinite(report.loss) && !(report.loss > this.bound) && firstNonFinite(this.parameters) < 0;
    if (!fine && !this.exploded) this.explode(report.loss, this.step);
    else if (!this.exploded) this.sure.set(this.parameters);
    return report;
  }

  /** Takes an epoch, or what is left of one that has begun, and reports. */
  takeEpoch(): EpochReport {
    if (this.position === 0) this.takeStep();
    return this.finishEpoch();
  }

  /** How good the present parameters are. */
  report(): EpochReport {
    const train = this.evaluate('train');
    const validation = this.split.validation.length > 0 ? this.evaluate('validation') : null;
    return {
      epoch: this.epoch,
      loss: train.loss,
      accuracy: train.accuracy,
      validationLoss: validation?.loss ?? null,
      validationAccuracy: validation?.accuracy ?? null,
    };
  }

  /**
   * How good the present parameters are on the examples that are trained on, on those kept for validation, or on other data. Of no
   * examples the loss is NaN. Throws as the constructor for other data.
   */
  evaluate(which: 'train' | 'validation' | Dataset): Score {
    if (typeof which !== 'string') {
      checkData(this.spec.network, which);
      return this.score(which, null);
    }
    return this.score(this.dataset, this.split[which]);
  }

  /** The network's outputs for an input. Throws SpecError for another number of them. */
  outputsOf(x: ArrayLike<number>): Float64Array {
    const { scorer, spec } = this;
    checkLength('x', x, spec.network.sizes[0]);
    scorer.parameters.set(this.parameters);
    scorer.setNumbers(x, null);
    scorer.evaluate();
    return scorer.outputs.slice();
  }

  /** The gradient of one example's loss, without penalty. `y` are targets as `encodeTarget` writes them. Throws as `outputsOf`. */
  gradientOf(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
    const { scorer, spec } = this;
    const { sizes } = spec.network;
    checkLength('x', x, sizes[0]);
    checkLength('y', y, sizes[sizes.length - 1]);
    scorer.parameters.set(this.parameters);
    scorer.setNumbers(x, y);
    scorer.run(1, 1);
    return scorer.gradient.slice();
  }

  /** Sets a parameter by hand, a frozen one too. Throws SpecError for what is not one of its places or not a finite number. */
  setParameter(index: number, value: number): void {
    this.checkIndex(index);
    if (!Number.isFinite(value)) throw new SpecError(`parameter ${index}`, value, 'a finite number');
    this.parameters[index] = value;
  }

  /** Sets all parameters, as from a file. Throws SpecError unless they are as many, and finite. */
  setParameters(values: ArrayLike<number>): void {
    const numbers = Float64Array.from(values);
    checkParameters(numbers, this.start.length);
    this.parameters.set(numbers);
  }

  /** Freezes parameters, or sets them free. */
  freeze(indices: Iterable<number>, frozen: boolean): void {
    for (const index of indices) {
      this.checkIndex(index);
      const now = frozen ? 1 : 0;
      this.frozenCount += now - this.frozen[index];
      this.frozen[index] = now;
    }
  }

  /** Back to the start: parameters, epochs, and what the optimizer remembers. Rate, penalties and what is frozen stay. */
  reset(): void {
    this.parameters.set(this.start);
    this.lastGood.set(this.start);
    this.sure.set(this.start);
    this.optimizer = optimizerOf(this.spec.train);
    this.epoch = 0;
    this.step = 0;
    this.position = 0;
    this.epochStart = null;
    this.bound = NaN;
    this.stop = this.done;
  }

  /** Where training is, as plain data: what `resume` needs. */
  state(): TrainerState {
    const { frozen, bound } = this;
    return {
      version: 1,
      parameters: this.parameters.slice(),
      start: this.start.slice(),
      lastGood: this.lastGood.slice(),
      epochStart: this.epochStart?.slice() ?? null,
      frozen: Array.from(frozen.keys()).filter((i) => frozen[i] === 1),
      optimizer: this.optimizer.state(),
      rate: this.rate,
      l1: this.l1,
      l2: this.l2,
      epoch: this.epoch,
      step: this.step,
      position: this.position,
      bound: Number.isNaN(bound) ? null : bound,
      converged: this.stop?.reason === 'converged',
    };
  }

  private get exploded(): boolean {
    return this.stop?.reason === 'exploded';
  }

  /** What `stop` is between epochs if all are done. */
  private get done(): TrainerStop | null {
    return this.epoch >= this.spec.train.epochs ? { reason: 'epochs' } : null;
  }

  private beginEpoch(): void {
    this.setOrder();
    if (this.spec.train.tolerance > 0) this.epochStart = this.parameters.slice();
    if (Number.isNaN(this.bound)) {
      const loss = this.lossOf(this.parameters);
      this.bound = GOOD * Math.max(1, Number.isFinite(loss) ? loss : 1);
    }
  }

  /** Puts the examples into the order of this epoch. */
  private setOrder(): void {
    const { order, split, spec, epoch } = this;
    order.set(split.train);
    if (spec.train.shuffle) new Generator(spec.train.seed).fork(epoch).shuffle(order);
  }

  private endEpoch(): void {
    const { epochStart, parameters, spec } = this;
    const { tolerance } = spec.train;
    this.position = 0;
    this.epoch++;
    const still = (before: number, i: number): boolean => Math.abs(parameters[i] - before) <= tolerance;
    this.stop = epochStart?.every(still) ? { reason: 'converged' } : this.done;
  }

  private explode(loss: number, step: number): void {
    const parameter = firstNonFinite(this.parameters);
    this.stop = { reason: 'exploded', epoch: Math.ceil(step / this.stepsPerEpoch), step, loss, parameter };
    if (!this.isGood(this.lastGood)) this.lastGood.set(this.sure);
    this.parameters.set(this.lastGood);
    this.optimizer = optimizerOf(this.spec.train);
  }

  private isGood(parameters: Float64Array): boolean {
    return firstNonFinite(parameters) < 0 && this.lossOf(parameters) <= this.bound;
  }

  /** The loss of some of the examples that are trained on: more than a batch has, but not so many that it takes time. */
  private lossOf(parameters: Float64Array): number {
    return this.score(this.dataset, this.split.train.subarray(0, STARTERS), parameters).loss;
  }

  private score(dataset: Dataset, examples: Int32Array | null, parameters = this.parameters): Score {
    this.scorer.parameters.set(parameters);
    const score = scoreOf(this.scorer, dataset, examples);
    return { ...score, loss: score.loss + penaltyOf(this.spec.network, this, parameters) };
  }

  private checkIndex(index: number): void {
    const { length } = this.start;
    if (!Number.isInteger(index) || index < 0 || index >= length) {
      throw new SpecError('parameter', index, `an index from 0 to ${length - 1}`);
    }
  }
}

function checkLength(where: string, found: ArrayLike<number>, length: number): void {
  if (found?.length !== length) throw new SpecError(where, found, `a list of ${length}`);
}
