import { generate, parameterCount, Trainer, type TrainingSpec } from '@backflow/nn';
import { describe, expect, it } from 'vitest';
import { drillOf } from '../../../apps/web/src/network/training/drill.ts';
import type { Kept } from '../../../apps/web/src/network/training/kept.ts';
import type { Answer, Order, Snapshot } from '../../../apps/web/src/network/training/protocol.ts';

const SPEC: TrainingSpec = {
  network: { sizes: [2, 6, 1], activation: 'tanh', output: 'identity', bias: true, init: 'xavier', seed: 1 },
  data: { kind: 'moons', count: 40, noise: 0.1, seed: 1, validation: 0.2 },
  loss: { name: 'hinge', l1: 0, l2: 0.0001 },
  train: {
    optimizer: 'adam',
    rate: 0.05,
    momentum: 0.9,
    schedule: { name: 'constant', to: 0, factor: 1, every: 1 },
    epochs: 12,
    batch: 8,
    shuffle: true,
    seed: 3,
    tolerance: 0,
  },
};

/** A drill with a clock of its own: each look at it takes a millisecond, and nothing happens until it is let go on. */
function drilled(
  spec = SPEC,
  busy = false,
): {
  order: (order: Order) => void;
  /** Lets it go on until it waits for nothing, at most so many stretches. */
  goOn: (stretches?: number) => void;
  answers: Answer[];
  kept: Kept[];
  last: () => Snapshot;
} {
  const answers: Answer[] = [];
  const kept: Kept[] = [];
  const waiting: { next: () => void; at: number }[] = [];
  let time = 0;
  const order = drillOf({
    post(answer) {
      answers.push(structuredClone(answer));
      if (answer.kind === 'snapshot' && !busy)
        waiting.unshift({ next: () => order({ kind: 'seen' }), at: time });
    },
    now: () => (time += 1),
    later: (then, ms) => void waiting.push({ next: then, at: time + ms }),
    keep: (one) => void kept.push(structuredClone(one)),
  });
  order({ kind: 'open', spec, dataset: null, key: 'here' });
  return {
    order,
    goOn(stretches = 100_000) {
      for (let taken = 0; waiting.length > 0 && taken < stretches; taken++) {
        const { next, at } = waiting.shift()!;
        time = Math.max(time, at);
        next();
      }
    },
    answers,
    kept,
    last: () => answers.findLast((answer) => answer.kind === 'snapshot')!.snapshot,
  };
}

describe('training in stretches', () => {
  it('begins with the data, their split, the weights of the seed and epoch 0', () => {
    const { answers, last } = drilled();
    const opened = answers[0];
    expect(
      opened.kind === 'opened' && [opened.dataset.size, opened.train.length, opened.validation.length],
    ).toEqual([40, 32, 8]);
    expect(last()).toMatchObject({ epoch: 0, step: 0, perEpoch: 4, running: false, stop: null, whole: true });
    expect(last().reports.map(({ epoch }) => epoch)).toEqual([0]);
  });

  it('comes to the same bits as the trainer alone, whatever it was asked meanwhile', () => {
    const alone = new Trainer(SPEC, generate(SPEC.data as Parameters<typeof generate>[0]));
    while (alone.stop === null) alone.takeEpoch();

    const { order, goOn, answers, last } = drilled();
    order({ kind: 'run' });
    goOn(1);
    order({ kind: 'pause' });
    order({ kind: 'step' });
    order({ kind: 'epoch' });
    goOn();
    expect(last().running).toBe(false);
    order({ kind: 'run' });
    goOn();
    expect(last()).toMatchObject({ epoch: 12, step: 0, running: false, stop: { reason: 'epochs' } });
    expect(last().parameters).toEqual(alone.parameters.slice());
    const reports = answers.flatMap((answer) => (answer.kind === 'snapshot' ? answer.snapshot.reports : []));
    expect(reports.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 13 }, (_, epoch) => epoch));
  });

  it('takes one step, and what is left of an epoch', () => {
    const { order, goOn, last } = drilled();
    order({ kind: 'step' });
    expect(last()).toMatchObject({ epoch: 0, step: 1 });
    order({ kind: 'epoch' });
    goOn();
    expect(last()).toMatchObject({ epoch: 1, step: 0, running: false });
  });

  it('is back at the same weights and the same loss after a reset', () => {
    const { order, goOn, last } = drilled();
    const first = last();
    order({ kind: 'epoch' });
    goOn();
    expect(last().parameters).not.toEqual(first.parameters);
    order({ kind: 'reset' });
    expect(last().parameters).toEqual(first.parameters);
    expect(last()).toMatchObject({ epoch: 0, step: 0, whole: true, reports: first.reports });
  });

  it('takes the same way again after a reset, whatever was changed by hand', () => {
    const { order, goOn, last } = drilled();
    order({ kind: 'run' });
    goOn();
    const { parameters, reports } = last();
    order({ kind: 'rate', rate: 7 });
    order({ kind: 'penalty', of: 'l1', lambda: 0.1 });
    order({ kind: 'freeze', indices: [0, 3], frozen: true });
    order({ kind: 'epoch' });
    goOn();
    order({ kind: 'reset' });
    expect(last()).toMatchObject({ base: SPEC.train.rate, l1: SPEC.loss.l1 });
    expect(last().frozen).not.toContain(1);
    order({ kind: 'run' });
    goOn();
    expect(last().parameters).toEqual(parameters);
    expect(last().reports.at(-1)).toEqual(reports.at(-1));
  });

  it('keeps the weights when numbers of the training change, and what was changed by hand', () => {
    const { order, goOn, last } = drilled();
    order({ kind: 'epoch' });
    goOn();
    const { parameters } = last();
    order({ kind: 'penalty', of: 'l2', lambda: 0.5 });
    order({ kind: 'change', spec: { ...SPEC, train: { ...SPEC.train, rate: 0.2, epochs: 30 } } });
    expect(last()).toMatchObject({ epoch: 1, base: 0.2, l2: 0.5, parameters });
    order({ kind: 'run' });
    goOn();
    expect(last().epoch).toBe(30);
  });

  it('moves no frozen weight, and starts from those that were entered', () => {
    const { order, goOn, last } = drilled();
    order({ kind: 'set', index: 3, value: 0.25 });
    order({ kind: 'freeze', indices: [3, 4], frozen: true });
    const before = last().parameters;
    order({ kind: 'epoch' });
    goOn();
    const after = last().parameters;
    expect(after[3]).toBe(0.25);
    expect(after[4]).toBe(before[4]);
    expect(Array.from(after).filter((value, index) => value !== before[index])).toHaveLength(
      parameterCount(SPEC.network) - 2,
    );
  });

  it('stops when the loss explodes, with weights that are numbers, and goes on from them with a tenth of the rate', () => {
    const sgd = {
      ...SPEC,
      loss: { ...SPEC.loss, l2: 0.1 },
      train: { ...SPEC.train, optimizer: 'sgd', rate: 1e9 },
    } as const;
    const { order, goOn, last } = drilled(sgd);
    order({ kind: 'run' });
    goOn();
    expect(last()).toMatchObject({ running: false, stop: { reason: 'exploded' } });
    expect(last().parameters.every((value) => Number.isFinite(value))).toBe(true);
    order({ kind: 'recover' });
    expect(last()).toMatchObject({ stop: null, base: 1e8 });
  });

  it('stops when the loss blows up without coming to infinity, and keeps it out of the curves', () => {
    const { order, goOn, last, answers } = drilled({ ...SPEC, train: { ...SPEC.train, rate: 1e9 } });
    order({ kind: 'run' });
    goOn();
    expect(last()).toMatchObject({ running: false, stop: { reason: 'exploded', step: 4 } });
    const reports = answers.flatMap((answer) => (answer.kind === 'snapshot' ? answer.snapshot.reports : []));
    expect(reports.map(({ epoch }) => epoch)).toEqual([0]);
  });

  it('sends about twenty snapshots a second, however many steps there are', () => {
    const long = { ...SPEC, train: { ...SPEC.train, epochs: 400 } };
    const { order, goOn, answers } = drilled(long);
    const before = answers.length;
    order({ kind: 'run' });
    goOn();
    // Each step looks at the clock a few times, and each look takes a millisecond here.
    const seconds = (400 * 4 * 5) / 1000;
    expect(answers.length - before).toBeLessThan(20 * seconds);
    expect(answers.length - before).toBeGreaterThan(10);
  });

  it('sends no more of them than the page shows, and always the last', () => {
    const { order, goOn, answers, last } = drilled(SPEC, true);
    const before = answers.length;
    order({ kind: 'run' });
    goOn();
    expect(answers.length - before).toBe(1);
    expect(last()).toMatchObject({ epoch: 12, running: false });
    expect(last().reports).toHaveLength(12);
  });

  it('draws epochs out where it is to be watched', () => {
    const { order, goOn, answers } = drilled();
    order({ kind: 'pace', epochMs: 200 });
    order({ kind: 'run' });
    goOn();
    // 12 epochs of 200 ms: every snapshot has room for one epoch at most.
    const counts = answers.flatMap((answer) =>
      answer.kind === 'snapshot' ? [answer.snapshot.reports.length] : [],
    );
    expect(Math.max(...counts)).toBe(1);
  });

  it('goes on from what was kept with the same bits', () => {
    const whole = drilled();
    whole.order({ kind: 'run' });
    whole.goOn();

    const first = drilled();
    first.order({ kind: 'epoch' });
    first.goOn();
    first.order({ kind: 'step' });
    const { state, reports, step, epoch } = first.kept.at(-1)!;
    expect([epoch, step]).toEqual([1, 5]);

    const second = drilled();
    second.order({ kind: 'resume', state, reports });
    expect(second.last()).toMatchObject({ epoch: 1, step: 1, whole: true, reports });
    second.order({ kind: 'run' });
    second.goOn();
    expect(second.last().parameters).toEqual(whole.last().parameters);
  });

  it('says why what was kept cannot be gone on with, and trains all the same', () => {
    const { order, goOn, answers, last } = drilled();
    for (const state of ['', '{}', '{"version":1,"parameters":[1]}']) {
      order({ kind: 'resume', state, reports: [] });
      expect(answers.at(-1)).toMatchObject({ kind: 'failed', what: 'resume' });
    }
    order({ kind: 'epoch' });
    goOn();
    expect(last().epoch).toBe(1);
  });

  it('says what does not fit: data of other inputs', () => {
    const { answers } = drilled({ ...SPEC, network: { ...SPEC.network, sizes: [3, 1] } });
    expect(answers.at(-1)).toMatchObject({
      kind: 'failed',
      what: 'work',
      reason: { message: expect.stringContaining('2') },
    });
  });
});
