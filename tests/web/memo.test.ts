import { loadMemoMessages } from '@backflow/messages';
import {
  ALGORITHM_NAMES,
  firstDifference,
  recordNetwork,
  stepNumber,
  type AlgorithmName,
} from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from '../../apps/web/src/link/codec.ts';
import type { LinkState } from '../../apps/web/src/link/schema.ts';
import { flagOf } from '../../apps/web/src/memo/beside/flag.ts';
import { resultsOf } from '../../apps/web/src/memo/beside/results.ts';
import { share } from '../../apps/web/src/memo/beside/scale.ts';
import type { MemoTab } from '../../apps/web/src/memo/contract.ts';
import { groundOf } from '../../apps/web/src/memo/race.ts';
import { createApp, type App } from '../../apps/web/src/state/app.ts';
import { commandOf, isEnabled, type Hands } from '../../apps/web/src/state/commands.ts';
import { compileNear } from '../../apps/web/src/state/compiling.ts';
import { lanePosition, timelinePosition } from '../../apps/web/src/state/lanes.ts';
import { momentAt } from '../../apps/web/src/state/moment.ts';
import { forwardEnd, runOf } from '../../apps/web/src/state/run.ts';
import { ALL, initialSession, initialSettings } from '../../apps/web/src/state/session.ts';
import { memoDeskFor } from './memo-desk.ts';
import { en } from './texts.ts';

const FOUR_NODES = 'x = 3\nu = x*x\nv = u + x\ny = u*v';
const texts = await loadMemoMessages('en');
const doubling = (stages: number): string =>
  ['x0 = 1', ...Array.from({ length: stages }, (_, k) => `x${k + 1} = x${k} + x${k}`)].join('\n');

function appWith(text: string, shown = true): App {
  const app = createApp(
    {
      compiler: {
        compile(source, done) {
          done({ kind: 'compiled', compiled: compileNear(source)! });
          return false;
        },
        cancel: () => undefined,
      },
      now: () => 0,
      wait: () => () => undefined,
    },
    initialSettings,
    initialSession,
    en,
  );
  app.openDocument(text, 'work');
  if (shown) {
    app.update({ mode: 'memo' });
    arrive(app);
  }
  return app;
}

/** The code of the view has been fetched. */
function arrive(app: App): void {
  app.memo.value = memoDeskFor(app);
}

function choose(app: App, left: AlgorithmName, right: AlgorithmName): void {
  app.update({ memo: { ...app.session.value.memo, left, right } });
}

/** Where the lanes stand, as step numbers of the present granularity. */
function steps(app: App): readonly number[] {
  const run = app.run.value!;
  const { granularity } = app.session.value;
  return run.lanes!.map(({ trace }) => {
    const position = lanePosition(run, trace!, app.position.value, granularity);
    return stepNumber(trace!, position, granularity).step;
  });
}

const lengths = (app: App): readonly number[] => {
  const { granularity } = app.session.value;
  return app.run.value!.lanes!.map(({ trace }) => stepNumber(trace!, trace!.length, granularity).of);
};

describe('two lanes', () => {
  it('run over every operation, and the timeline is about the one with more steps', () => {
    const app = appWith('a = 1\nb = 2\nc = 3\ny = a + b - c', false);
    expect(app.run.value!.shown.count).toBe(4);
    app.update({ mode: 'memo' });
    expect(app.run.value!.lanes).toBeNull();
    arrive(app);
    const run = app.run.value!;
    expect(run.shown.count).toBe(5);
    expect(run.shown).toBe(run.full);
    expect(run.lanes!.map(({ algorithm }) => algorithm)).toEqual(['path-sum', 'reverse']);
    expect(run.trace.length).toBe(Math.max(...run.lanes!.map(({ trace }) => trace!.length)));
  });

  it('stand at the same step, and one that is through stays at its end', () => {
    const app = appWith(FOUR_NODES);
    for (const granularity of ['edge', 'node'] as const)
      for (const left of ALGORITHM_NAMES)
        for (const right of ALGORITHM_NAMES) {
          app.update({ granularity });
          choose(app, left, right);
          app.toStart();
          const ends = lengths(app);
          for (let step = 0; step <= Math.max(...ends); step++) {
            expect(steps(app), `${left} | ${right} by ${granularity}`).toEqual(
              ends.map((end) => Math.min(step, end)),
            );
            app.step(1);
          }
          expect(app.position.value).toBe(app.run.value!.trace.length);
        }
  });

  it('come to their ends together by whole passes', () => {
    const app = appWith(FOUR_NODES);
    app.update({ granularity: 'pass' });
    choose(app, 'forward', 'numeric');
    app.toEnd();
    expect(steps(app)).toEqual(lengths(app));
  });

  it('stay where they are when an algorithm or the size of the steps is changed', () => {
    const app = appWith(FOUR_NODES);
    choose(app, 'reverse', 'preorder');
    app.toStart();
    for (let k = 0; k < 8; k++) app.step(1);
    choose(app, 'reverse', 'path-sum');
    expect(steps(app)).toEqual([8, 8]);
    choose(app, 'numeric', 'path-sum');
    expect(steps(app)).toEqual([8, 8]);
    const run = app.run.value!;
    const [, right] = run.lanes!;
    const stood = lanePosition(run, right.trace!, app.position.value, 'edge');
    app.update({ granularity: 'node' });
    app.update({ granularity: 'edge' });
    const now = app.run.value!;
    expect(lanePosition(now, right.trace!, app.position.value, 'edge')).toBeGreaterThanOrEqual(stood);
    app.toEnd();
    choose(app, 'memo', 'breadth-first');
    expect(steps(app)).toEqual(lengths(app));
  });

  it('keep the place on the way there and back', () => {
    const app = appWith(FOUR_NODES, false);
    arrive(app);
    for (let place = 0; place <= app.run.value!.trace.length; place++) {
      app.goTo(place);
      app.update({ mode: 'memo' });
      expect(app.run.value!.lanes).not.toBeNull();
      app.update({ mode: 'graph' });
      expect(app.run.value!.lanes).toBeNull();
      expect(app.position.value).toBe(place);
    }
    app.goTo(forwardEnd(app.run.value!.trace));
    app.update({ mode: 'memo' });
    expect(app.position.value).toBe(forwardEnd(app.run.value!.trace));
    app.toEnd();
    app.update({ mode: 'table' });
    expect(app.position.value).toBe(app.run.value!.trace.length);
  });

  it('keep the step and the algorithms while a number is dragged', () => {
    const app = appWith(FOUR_NODES);
    choose(app, 'preorder', 'reverse');
    app.goTo(9);
    const event = app.run.value!.trace.at(8);
    app.enterValue(0, 4);
    const run = app.run.value!;
    expect(run.shown.value[run.trace.of]).toBe(320);
    expect(run.lanes!.map(({ algorithm }) => algorithm)).toEqual(['preorder', 'reverse']);
    const { kind, node, slot } = run.trace.at(app.position.value - 1);
    expect({ kind, node, slot }).toEqual({ kind: event.kind, node: event.node, slot: event.slot });
  });

  it('are counted where they would be too long to step through', () => {
    const app = appWith(doubling(20));
    const run = app.run.value!;
    const [left, right] = run.lanes!;
    expect(left.trace).toBeNull();
    expect(left.gradients).toBeNull();
    expect(left.counters.multiplications).toBe(2_097_150n);
    expect(run.trace).toBe(right.trace);
    choose(app, 'path-sum', 'path-sum');
    expect(app.run.value!.trace.length).toBe(0);
    expect(groundOf(run.shown).paths).toBe(1_048_576n);
  });

  it('need numbers', () => {
    const app = appWith('', false);
    arrive(app);
    app.update({ notes: true, mode: 'memo' });
    const { recording } = compileNear(FOUR_NODES)!;
    app.adoptNotes('', recording, new Uint8Array(recording!.count).fill(1));
    expect(app.run.value!.lanes).toBeNull();
    expect(app.run.value!.trace.length).toBe(0);
  });

  it('are shown by M', () => {
    const app = appWith(FOUR_NODES, false);
    expect(commandOf('showMemo').keys).toEqual(['M']);
    commandOf('showMemo').perform(app, null as unknown as Hands);
    expect(app.session.value).toMatchObject({ mode: 'memo', tab: 'memo' });
  });
});

describe('what differs', () => {
  const flag = (app: App, side: 0 | 1): string | null => {
    const run = app.run.value!;
    const lane = run.lanes![side];
    const position = lanePosition(run, lane.trace!, app.position.value, 'edge');
    return flagOf(run, lane, position, 4, texts.beside)?.reason ?? null;
  };

  it('is told when its step is reached, and stays', () => {
    const app = appWith(FOUR_NODES);
    choose(app, 'preorder', 'reverse');
    const run = app.run.value!;
    const { event } = firstDifference(run.lanes![0].trace!, groundOf(run.shown).truth)!;
    app.goTo(event);
    expect(flag(app, 0)).toBeNull();
    app.step(1);
    expect(flag(app, 0)).toBe('u passed on 12 before its second use had reported; 21 was due.');
    app.toEnd();
    expect(flag(app, 0)).toBe('u passed on 12 before its second use had reported; 21 was due.');
    expect(flag(app, 1)).toBeNull();
  });

  it('has a reason for every wrong algorithm', () => {
    const app = appWith(FOUR_NODES);
    const reasons = new Map<AlgorithmName, string | null>();
    for (const name of ALGORITHM_NAMES) {
      choose(app, name, 'reverse');
      app.toEnd();
      reasons.set(name, flag(app, 0));
    }
    expect(Object.fromEntries(reasons)).toEqual({
      'path-sum': null,
      memo: null,
      reverse: null,
      numeric: null,
      forward: null,
      overwrite: 'At u, 9 replaced what had arrived before; together that is 21.',
      'accumulate-early': 'u passed on 12 before its second use had reported; 21 was due.',
      preorder: 'u passed on 12 before its second use had reported; 21 was due.',
      'breadth-first': 'u passed on 12 before its second use had reported; 21 was due.',
      postorder: 'u passed on 0 before its first use had reported; 21 was due.',
    });
  });

  it('is led to in both lanes, whichever the timeline is about', () => {
    const app = appWith(FOUR_NODES);
    for (const [left, right] of [
      ['path-sum', 'preorder'],
      ['preorder', 'path-sum'],
      ['overwrite', 'numeric'],
    ] as const) {
      choose(app, left, right);
      const run = app.run.value!;
      for (const { trace } of run.lanes!) {
        const found = firstDifference(trace!, groundOf(run.shown).truth);
        if (found === null) continue;
        app.goTo(timelinePosition(run, trace!, found.event + 1, 'edge'));
        expect(lanePosition(run, trace!, app.position.value, 'edge')).toBe(found.event + 1);
      }
    }
  });
});

describe('what a lane finds', () => {
  const results = (app: App, side: 0 | 1) => {
    const run = app.run.value!;
    const lane = run.lanes![side];
    const position = lanePosition(run, lane.trace!, app.position.value, 'edge');
    const moment = momentAt(run, position, false, lane.trace!);
    return resultsOf(groundOf(run.shown), lane, position, moment, 4);
  };

  it('is judged at its end and not before', () => {
    const app = appWith(FOUR_NODES);
    choose(app, 'preorder', 'reverse');
    app.goTo(app.run.value!.trace.length - 3);
    expect(results(app, 0).map(({ right }) => right)).toEqual([null]);
    app.toEnd();
    expect(results(app, 0)).toEqual([{ leaf: 0, value: 81, right: false }]);
    expect(results(app, 1)).toEqual([{ leaf: 0, value: 135, right: true }]);
  });

  it('of forward mode is known when the pass of its leaf is over', () => {
    const app = appWith('a = 2\nb = 5\ny = a*b');
    choose(app, 'forward', 'forward');
    app.goTo(forwardEnd(app.run.value!.trace) + 1);
    expect(results(app, 0).map(({ value }) => value)).toEqual([null, null]);
    const [, first] = app.run.value!.trace.passes;
    app.goTo(first.to);
    expect(results(app, 0).map(({ value }) => value)).toEqual([5, null]);
    app.toEnd();
    expect(results(app, 0).map(({ value, right }) => [value, right])).toEqual([
      [5, true],
      [2, true],
    ]);
  });
});

describe('the timeline of a tab', () => {
  const openTab = (app: App, tab: MemoTab): void => app.update({ memo: { ...app.session.value.memo, tab } });
  const now = (app: App) => {
    const { about, step, of, ended } = app.timeline.value;
    return [about, step, of, ended];
  };

  it('is that of the run where the tab shows the run', () => {
    const app = appWith(FOUR_NODES);
    for (const tab of ['beside', 'table', 'growth'] as const) {
      openTab(app, tab);
      const { step, of } = stepNumber(app.run.value!.trace, app.position.value, 'edge');
      expect(now(app)).toEqual(['run', step, of, false]);
      expect(app.timeline.value.label).toBe(`Step ${step} of ${of}`);
    }
  });

  it('goes through the merges of the tree by the same steps and commands, and leaves the run alone', () => {
    const app = appWith(FOUR_NODES);
    const { position } = app;
    const before = position.value;
    openTab(app, 'tree');
    expect(now(app)).toEqual(['tree', 0, 3, false]);
    expect(isEnabled(commandOf('stepBack'), app)).toBe(false);
    app.step(1);
    expect(app.session.value.memo.folds).toBe(1);
    app.step(1, 'node');
    app.step(-1);
    expect(now(app)).toEqual(['tree', 1, 3, false]);
    app.toEnd();
    app.step(1);
    expect(now(app)).toEqual(['tree', 3, 3, true]);
    expect(isEnabled(commandOf('stepForward'), app)).toBe(false);
    expect(app.timeline.value.sentence()).toContain('This is the graph: 6 edges');
    app.toStart();
    expect(now(app)).toEqual(['tree', 0, 3, false]);
    app.timeline.value.goTo(2);
    app.timeline.value.goTo(99);
    expect([app.session.value.memo.folds, position.value]).toEqual([3, before]);
  });

  it('keeps the place of each tab, also where a program has fewer steps', () => {
    const app = appWith(FOUR_NODES);
    openTab(app, 'written');
    app.toEnd();
    const [, , stored] = now(app);
    openTab(app, 'tree');
    app.step(1);
    openTab(app, 'written');
    expect(now(app)).toEqual(['written', stored, stored, true]);
    app.update({ memo: { ...app.session.value.memo, tab: 'tree', folds: ALL } });
    expect(now(app)).toEqual(['tree', 3, 3, true]);
    app.step(-1);
    expect(app.session.value.memo.folds).toBe(2);
    app.openDocument(doubling(5), 'work');
    expect(now(app)).toEqual(['tree', 2, 5, false]);
    app.replaceDocument(FOUR_NODES);
    expect(now(app)).toEqual(['tree', 0, 3, false]);
  });

  it('has no step where nothing is shared, or too much to be written', () => {
    const app = appWith('a = 1\nb = a·2');
    openTab(app, 'tree');
    expect(now(app)).toEqual(['tree', 0, 0, true]);
    app.play();
    expect(app.playing.value).toBe(false);
    openTab(app, 'written');
    expect(now(app)).toEqual(['written', 0, 0, true]);
    const large = recordNetwork({ widths: [120, 90, 1], square: 'pow' });
    app.openRun(runOf('', large, { open: new Set(), rate: null }));
    expect(now(app)).toEqual(['written', 0, 0, true]);
    expect(app.timeline.value.sentence()).toBe('');
  });

  it('plays, and stops when another tab is opened', () => {
    const app = appWith(FOUR_NODES);
    openTab(app, 'tree');
    app.toEnd();
    app.play();
    expect([app.playing.value, app.timeline.value.step]).toEqual([true, 1]);
    openTab(app, 'beside');
    expect(app.playing.value).toBe(false);
    app.play();
    openTab(app, 'table');
    expect(app.playing.value).toBe(true);
  });

  it('asks nothing of who predicts', () => {
    const app = appWith(FOUR_NODES);
    app.update({ predict: 'node' });
    app.goTo(forwardEnd(app.run.value!.trace));
    app.step(1);
    expect(app.memo.value!.forecast.asking.value).not.toBeNull();
    openTab(app, 'tree');
    expect(app.memo.value!.forecast.asking.value).toBeNull();
    app.step(1);
    expect(now(app)).toEqual(['tree', 1, 3, false]);
  });
});

describe('a bar', () => {
  it('has a logarithmic length on the scale of the largest count', () => {
    expect(share(0n, 1000n)).toBe(0);
    expect(share(1000n, 1000n)).toBe(1);
    expect(share(10n, 1000n)).toBeCloseTo(0.5, 12);
    expect(share(2n ** 5_000n, 2n ** 10_000n)).toBeCloseTo(0.5, 3);
  });
});

describe('a link to memoization', () => {
  it('brings back the tab, both algorithms, the step and what is predicted', async () => {
    const state: LinkState = {
      text: FOUR_NODES,
      step: { pass: 'backward', kind: 'recompute', key: 'u', slot: -1, share: 0.5 },
      view: { mode: 'memo', memo: { tab: 'tree', left: 'preorder', right: 'memo' }, predict: 'node' },
    };
    expect(await decodeLink(await encodeLink(state))).toEqual({ kind: 'state', state });
  });

  it('brings back what is folded, stored, written and plotted', async () => {
    const memo = { tab: 'written', folds: 2, stored: 3, inputs: true, between: true } as const;
    const growth = { family: 'network', counter: 'slots', size: 100 } as const;
    const state: LinkState = { text: FOUR_NODES, view: { mode: 'memo', memo: { ...memo, ...growth } } };
    expect(await decodeLink(await encodeLink(state))).toEqual({ kind: 'state', state });
  });

  it.each([
    { folds: -1 },
    { folds: 1.5 },
    { stored: 2_000_000_000 },
    { stored: '3' },
    { family: 'trees' },
    { counter: 'bytes' },
    { size: 100_000 },
    { inputs: 1 },
  ])('is refused with %o', async (memo) => {
    const state = { text: FOUR_NODES, view: { memo } } as unknown as LinkState;
    expect(await decodeLink(await encodeLink(state))).toEqual({ kind: 'failure', failure: 'damaged' });
  });

  it('names no algorithm that there is not', async () => {
    const state = { text: FOUR_NODES, view: { mode: 'memo', memo: { left: 'random' } } };
    expect(await decodeLink(await encodeLink(state as unknown as LinkState))).toEqual({
      kind: 'failure',
      failure: 'damaged',
    });
  });
});
