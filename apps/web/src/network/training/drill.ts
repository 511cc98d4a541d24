import {
  generate,
  split,
  stateFromJson,
  stateToJson,
  Trainer,
  type DataSpec,
  type Dataset,
  type EpochReport,
  type TrainingSpec,
} from '@backflow/nn';
import type { Kept } from './kept.ts';
import { reasonOf } from './problems.ts';
import type { Answer, Order } from './protocol.ts';

/** Steps are taken in stretches of this time; between them orders are heard. */
const STRETCH_MS = 12;
/** Between two snapshots. */
const SNAPSHOT_MS = 50;
/** Between two times that training is kept. */
const KEEP_MS = 1000;
/** Over which the speed is taken. */
const SPEED_MS = 600;

/** What training needs of where it runs. */
export interface Surroundings {
  post(answer: Answer, transfer: Transferable[]): void;
  now(): number;
  /** Calls back after so long, after everything that waits. */
  later(then: () => void, ms: number): void;
  keep(kept: Kept): void;
}

/** The training itself, in stretches: what takes the orders. */
export function drillOf(surroundings: Surroundings): (order: Order) => void {
  const now = (): number => surroundings.now();
  let trainer: Trainer | null = null;
  let dataset: Dataset | null = null;
  let key: string | null = null;
  let mode: 'run' | 'epoch' | null = null;
  let reports: EpochReport[] = [];
  /** Of the reports, those that the page has. */
  let told = 0;
  let loss = NaN;
  /** Whether all epochs were done when it was begun. */
  let beyond = false;
  let epochMs = 0;
  /** When the next step may be taken. */
  let due = 0;
  let waiting = false;
  let toldAt = -Infinity;
  /** A page that is busy gets no more snapshots than it shows. */
  let seen = true;
  let keptAt = -Infinity;
  let toKeep = false;
  let speed = { at: 0, examples: 0, perSecond: 0 };

  /** Steps of the present epoch. */
  const stepOf = ({ step, epoch, stepsPerEpoch }: Trainer): number => step - epoch * stepsPerEpoch;

  function tell(): void {
    if (trainer === null) return;
    const { epoch, stepsPerEpoch: perEpoch, rate: base, l1, l2, stop } = trainer;
    const parameters = trainer.parameters.slice();
    const fresh = reports.slice(told);
    const whole = told === 0;
    told = reports.length;
    toldAt = now();
    seen = false;
    surroundings.post(
      {
        kind: 'snapshot',
        snapshot: {
          parameters,
          frozen: trainer.frozen.slice(),
          reports: fresh,
          whole,
          epoch,
          step: stepOf(trainer),
          perEpoch,
          loss,
          rate: trainer.presentRate,
          base,
          l1,
          l2,
          examplesPerSecond: mode === null ? 0 : speed.perSecond,
          running: mode !== null,
          stop,
        },
      },
      [parameters.buffer],
    );
  }

  function keep(): void {
    keptAt = now();
    if (trainer === null || key === null) return;
    const state = stateToJson(trainer.state());
    const { epoch, step } = trainer;
    surroundings.keep({
      version: 1,
      key,
      at: Date.now(),
      running: mode === 'run',
      epoch,
      step,
      reports,
      state,
    });
  }

  /** A number under the hand changes many times a second. */
  function keepLater(): void {
    if (toKeep) return;
    toKeep = true;
    surroundings.later(() => {
      toKeep = false;
      keep();
    }, KEEP_MS);
  }

  function restart(next: Trainer): void {
    trainer = next;
    mode = null;
    loss = NaN;
    reports = [next.report()];
    told = 0;
  }

  /** One step, and what ends the epoch. False if it was the last. */
  function advance(training: Trainer): boolean {
    const taken = training.takeStep();
    loss = taken.loss;
    speed.examples += taken.examples;
    if (exploded(training)) return false;
    if (!taken.endOfEpoch) return true;
    const report = training.finishEpoch();
    if (exploded(training)) return false;
    reports.push(report);
    // Beyond its last epoch it goes on until it is paused.
    if (training.stop?.reason === 'epochs' && beyond) training.stop = null;
    return training.stop === null && mode !== 'epoch';
  }

  function stretch(): void {
    waiting = false;
    if (trainer === null || mode === null) return;
    const begun = now();
    const pause = epochMs / trainer.stepsPerEpoch;
    let goes = true;
    while (goes && now() >= due && now() - begun < STRETCH_MS) {
      goes = advance(trainer);
      due = Math.max(due + pause, begun - STRETCH_MS);
    }
    measureSpeed();
    if (!goes) {
      mode = null;
      tell();
      return keep();
    }
    if (seen && now() - toldAt >= SNAPSHOT_MS) tell();
    if (now() - keptAt >= KEEP_MS) keep();
    goOn();
  }

  function goOn(): void {
    if (waiting) return;
    waiting = true;
    surroundings.later(stretch, Math.max(0, due - now()));
  }

  function measureSpeed(): void {
    const passed = now() - speed.at;
    if (passed < SPEED_MS) return;
    speed = { at: now(), examples: 0, perSecond: (1000 * speed.examples) / passed };
  }

  function begin(how: 'run' | 'epoch'): void {
    if (trainer === null) return;
    mode = how;
    trainer.stop = null;
    beyond = trainer.epoch >= trainer.spec.train.epochs;
    due = now();
    speed = { at: now(), examples: 0, perSecond: speed.perSecond };
    goOn();
  }

  /** The same training with other numbers. */
  function changed(training: Trainer, spec: TrainingSpec): Trainer {
    const next = Trainer.resume(spec, dataset!, training.state());
    const { train, loss } = training.spec;
    // What was changed by hand stays, unless it is what the text changes.
    if (spec.train.rate !== train.rate) next.rate = spec.train.rate;
    if (spec.loss.l1 !== loss.l1) next.l1 = spec.loss.l1;
    if (spec.loss.l2 !== loss.l2) next.l2 = spec.loss.l2;
    return next;
  }

  function obey(order: Order): void {
    switch (order.kind) {
      case 'open': {
        ({ key } = order);
        dataset = order.dataset ?? made(order.spec.data);
        const { train, validation } = split(dataset, order.spec.data);
        surroundings.post({ kind: 'opened', dataset, train, validation }, []);
        restart(new Trainer(order.spec, dataset));
        return tell();
      }
      case 'seen':
        seen = true;
        return;
      case 'pace':
        epochMs = order.epochMs;
        due = Math.min(due, now());
        return;
    }
    const training = trainer;
    if (training === null) return;
    switch (order.kind) {
      case 'resume':
        try {
          trainer = Trainer.resume(training.spec, dataset!, stateFromJson(order.state));
        } catch (error) {
          return surroundings.post({ kind: 'failed', what: 'resume', reason: reasonOf(error) }, []);
        }
        mode = null;
        reports = [...order.reports];
        told = 0;
        return tell();
      case 'change': {
        trainer = changed(training, order.spec);
        return tell();
      }
      case 'run':
      case 'epoch':
        return begin(order.kind);
      case 'pause':
        if (mode === null) return;
        mode = null;
        break;
      case 'step':
        mode = null;
        training.stop = null;
        beyond = true;
        advance(training);
        break;
      case 'reset': {
        // The very same run once more: what was changed by hand goes, too.
        const { train, loss } = training.spec;
        training.reset();
        training.rate = train.rate;
        training.l1 = loss.l1;
        training.l2 = loss.l2;
        training.freeze(training.frozen.keys(), false);
        restart(training);
        break;
      }
      case 'recover':
        training.stop = null;
        training.rate /= 10;
        // The curves go on from the weights that are left.
        reports = [...reports.filter(({ epoch }) => epoch < training.epoch), training.report()];
        told = 0;
        break;
      case 'rate':
        training.rate = order.rate;
        break;
      case 'penalty':
        training[order.of] = order.lambda;
        break;
      case 'set':
        training.setParameter(order.index, order.value);
        break;
      case 'setAll':
        training.setParameters(order.values);
        break;
      case 'freeze':
        training.freeze(order.indices, order.frozen);
        break;
    }
    tell();
    if (now() - keptAt >= KEEP_MS || order.kind === 'pause' || order.kind === 'step') keep();
    else keepLater();
  }

  return (order) => {
    try {
      obey(order);
    } catch (error) {
      mode = null;
      surroundings.post({ kind: 'failed', what: 'work', reason: reasonOf(error) }, []);
    }
  };
}

function made(data: DataSpec): Dataset {
  if (data.kind === 'csv' || data.kind === 'images')
    throw new Error(`The files of ${data.kind} data are missing.`);
  return generate(data);
}

const exploded = (training: Trainer): boolean => training.stop?.reason === 'exploded';
