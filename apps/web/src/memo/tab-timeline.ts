import type { App } from '../state/app.ts';
import type { MemoChoice } from '../state/session.ts';
import type { Timeline } from '../state/timeline.ts';

/** Time for all steps together, and for one. */
const WHOLE_MS = 9000;
const SLOWEST_MS = 1100;
const FASTEST_MS = 120;

interface Presses extends Pick<Timeline, 'of' | 'name' | 'sentence'> {
  readonly about: 'tree' | 'written';
  readonly label: (step: number) => string;
}

/** Where the session keeps the step. */
const PLACES = { tree: 'folds', written: 'stored' } as const;

/** A timeline through what a tab shows. Many steps are played several at a time. */
export function tabTimeline(app: App, { about, of, name, sentence, label }: Presses): Timeline {
  const step = stepOf(app.session.value.memo, about, of);
  return {
    about,
    step,
    of,
    ended: step >= of,
    name,
    label: label(step),
    phase: null,
    pauseMs: Math.min(SLOWEST_MS, Math.max(FASTEST_MS, WHOLE_MS / Math.max(1, of))),
    stride: Math.max(1, Math.ceil((of * FASTEST_MS) / WHOLE_MS)),
    stretches: () => [{ kind: 'backward', from: 0, to: of }],
    sentence,
    goTo: (to) => {
      const { memo } = app.session.peek();
      app.update({ memo: { ...memo, [PLACES[about]]: Math.max(0, Math.min(of, to)) } });
    },
  };
}

/** How many steps a tab has taken, of those that there are. */
export function stepOf(memo: MemoChoice, about: 'tree' | 'written', of: number): number {
  return Math.min(of, memo[PLACES[about]]);
}
