import { effect, untracked } from '@preact/signals';
import type { App } from '../../state/app.ts';
import type { TrainingRoom } from './training.ts';
import { leavesOf } from './values.ts';

/** While it trains, the graph takes the weights this often, if there are no more of them than `SHOWN_PARAMETERS`. */
const SHOW_MS = 250;
const SHOWN_PARAMETERS = 2000;
const SETTLE_MS = 120;

/** Gives the run the present weights and the present example: at once, and while it trains a few times a second. */
export function showInRun(app: App, training: TrainingRoom): void {
  const { document, parameters, example, dataset, state, l1, l2 } = training;
  let shownAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: readonly unknown[] = [];
  const now = (): readonly unknown[] => [parameters.peek(), example.peek(), l1.peek(), l2.peek()];
  function show(): void {
    clearTimeout(timer);
    timer = undefined;
    const run = app.run.peek();
    const of = document.peek();
    if (run === null || of === null) return;
    shownAt = Date.now();
    const values = leavesOf(of, parameters.peek(), example.peek(), dataset.peek());
    for (const [node, name] of run.full.names)
      if (name === 'λ') values.set(node, l2.peek() > 0 || of.loss?.l1 === 0 ? l2.peek() : l1.peek());
    for (const [node, value] of values) if (run.full.value[node] === value) values.delete(node);
    last = now();
    if (values.size > 0) app.revalue(values);
  }
  effect(() => {
    const many = parameters.value.length;
    const isRunning = state.value === 'running';
    void [example.value, l1.value, l2.value, dataset.value];
    untracked(() => {
      if (now().every((part, at) => part === last[at])) return;
      if (isRunning && many > SHOWN_PARAMETERS) return;
      // A number that is dragged changes many times a second, too.
      const most = isRunning ? SHOW_MS : many > SHOWN_PARAMETERS ? SETTLE_MS : 0;
      const wait = most - (Date.now() - shownAt);
      if (wait <= 0) show();
      else timer ??= setTimeout(show, wait);
    });
  });
}
