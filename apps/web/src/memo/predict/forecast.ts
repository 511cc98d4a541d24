import type { Messages } from '@backflow/messages';
import {
  addressOf,
  judge,
  nextPosition,
  questionAt,
  type AlgorithmName,
  type Answer,
  type Granularity,
  type Judgement,
  type Question,
  type Trace,
} from '@backflow/trace';
import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';
import type { App } from '../../state/app.ts';
import type { History } from '../../state/history.ts';
import { lanePosition } from '../../state/lanes.ts';
import type { Run } from '../../state/run.ts';
import { NO_SCORE, scored, type Score } from './score.ts';

/** A question that holds a step. */
export interface Asking {
  readonly question: Question;
  /** The algorithm that is asked about, where there are two. */
  readonly lane: AlgorithmName | null;
  readonly run: Run;
  readonly position: number;
  readonly granularity: Granularity;
}

/** What became of a question; it is told as long as the reader stands behind its step. */
export interface Told {
  readonly asking: Asking;
  /** Null where the answer was shown. */
  readonly judgement: Judgement | null;
  readonly answer: Answer | null;
  readonly position: number;
}

/** Asks before a step is taken. */
export interface Forecast {
  /** The question that is open; void once the reader stands elsewhere, or the run is another. */
  readonly asking: ReadonlySignal<Asking | null>;
  readonly told: ReadonlySignal<Told | null>;
  readonly score: Signal<Score>;
  /** True after an answer that is too coarse to judge. */
  readonly coarse: ReadonlySignal<boolean>;
  /** Counts the presses that a question held up. */
  readonly pressed: ReadonlySignal<number>;
  /** The page's texts; while the next node is to be predicted, those that do not give it away. */
  readonly messages: ReadonlySignal<Messages>;
  /**
   * Whether a step has to wait for an answer; asks the question if it is not asked yet. On a projector a second press
   * shows the answer.
   */
  holds(granularity: Granularity): boolean;
  answer(answer: Answer): void;
  /** Gives the answer without taking the step, to be told where the reader is taken next. */
  reveal(position: number): void;
  /** Takes the step without an answer. */
  show(): void;
  /** A node was clicked: true if that is an answer. */
  pick(node: number): boolean;
  /** Gives up predicting while a question is open; false without one. */
  leave(): boolean;
}

export function forecastOf(app: App): Forecast {
  const pending = signal<Asking | null>(null);
  const last = signal<Told | null>(null);
  const score = signal(NO_SCORE);
  const coarse = signal(false);
  const pressed = signal(0);
  /** True while an answered step is taken. */
  let free = false;

  const asking = computed(() => {
    const open = pending.value;
    if (open === null || app.run.value !== open.run || app.position.value !== open.position) return null;
    if (app.timeline.value.about !== 'run') return null;
    return (open.question.kind === 'node') === (app.session.value.predict === 'node') &&
      app.session.value.predict !== 'off'
      ? open
      : null;
  });
  const told = computed(() => {
    const what = last.value;
    return what !== null && app.run.value === what.asking.run && app.position.value === what.position
      ? what
      : null;
  });

  const messages = computed(() => {
    const all = app.messages.value;
    if (app.session.value.predict !== 'node') return all;
    return { ...all, trace: { ...all.trace, nextVisit: () => '', lastVisit: '', waiting: () => '' } };
  });

  function ask(granularity: Granularity): Asking | null {
    const { predict } = app.session.peek();
    const run = app.run.peek();
    const position = app.position.peek();
    if (run === null || predict === 'off') return null;
    const place = placeIn(run, position, granularity);
    if (place === null) return null;
    const { trace, at, lane } = place;
    const question = questionAt(trace, at, predict, granularity);
    return question === null ? null : { question, lane, run, position, granularity };
  }

  function close(open: Asking, answer: Answer | null, judgement: Judgement | null): void {
    const { run, position, granularity } = open;
    pending.value = null;
    coarse.value = false;
    score.value = scored(score.peek(), nameOf(open), judgement?.right ?? null);
    last.value = {
      asking: open,
      judgement,
      answer,
      position: nextPosition(run.trace, position, granularity),
    };
    free = true;
    app.step(1, granularity);
    free = false;
  }

  const forecast: Forecast = {
    asking,
    told,
    score,
    coarse,
    pressed,
    messages,
    holds(granularity) {
      if (free || app.session.peek().predict === 'off') return false;
      const open = asking.peek();
      if (open !== null && open.granularity === granularity) {
        if (app.session.peek().projector) {
          // The step itself is taken by whoever asks.
          forecast.reveal(nextPosition(open.run.trace, open.position, granularity));
          return false;
        }
        pressed.value++;
        return true;
      }
      coarse.value = false;
      pending.value = ask(granularity);
      return pending.value !== null;
    },
    answer(answer) {
      const open = asking.peek();
      if (open === null) return;
      const judgement = judge(open.question, answer);
      if (judgement.right === null) coarse.value = true;
      else close(open, answer, judgement);
    },
    reveal(position) {
      const open = asking.peek();
      if (open === null) return;
      pending.value = null;
      last.value = { asking: open, judgement: null, answer: null, position };
    },
    show() {
      const open = asking.peek();
      if (open !== null) close(open, null, null);
    },
    pick(node) {
      const open = asking.peek();
      if (open === null || open.question.kind !== 'node') return false;
      forecast.answer({ node });
      return true;
    },
    leave() {
      if (asking.peek() === null) return false;
      pending.value = null;
      app.update({ predict: 'off' });
      return true;
    },
  };

  const predict = computed(() => app.session.value.predict);
  effect(() => {
    // What was asked before is not asked for any more.
    void predict.value;
    pending.value = null;
  });

  let before: History | null = null;
  effect(() => {
    const history = app.history.value;
    if (before !== null && isAnother(before, history)) untracked(() => (score.value = NO_SCORE));
    before = history;
  });

  return forecast;
}

/**
 * Which run is asked about, and where it stands: of two lanes the left one, as long as it has a step; then the right
 * one. Null where the step of the timeline moves neither by a step of its own.
 */
function placeIn(
  run: Run,
  position: number,
  granularity: Granularity,
): { readonly trace: Trace; readonly at: number; readonly lane: AlgorithmName | null } | null {
  if (run.lanes === null) return { trace: run.trace, at: position, lane: null };
  const after = nextPosition(run.trace, position, granularity);
  for (const { trace, algorithm } of run.lanes) {
    if (trace === null) continue;
    const at = lanePosition(run, trace, position, granularity);
    const to = lanePosition(run, trace, after, granularity);
    if (to > at) return nextPosition(trace, at, granularity) === to ? { trace, at, lane: algorithm } : null;
  }
  return null;
}

/** The same question has the same name after an edit elsewhere. */
function nameOf({ question: { trace, event, kind } }: Asking): string {
  return JSON.stringify([trace.algorithm, kind, addressOf(trace, event + 1)]);
}

/** True for a document that was opened, not edited. */
function isAnother(before: History, { document, past, future }: History): boolean {
  if (document.text === before.document.text) return false;
  const isFresh = past.length === 0 && future.length === 0;
  return isFresh || (past.at(-1)?.group === 'replace' && past.at(-1) !== before.past.at(-1));
}
