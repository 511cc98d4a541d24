import { previousPosition } from '@backflow/trace';
import { batch, computed, effect, untracked, type ReadonlySignal } from '@preact/signals';
import type { App } from '../state/app.ts';
import { runOf, type Run } from '../state/run.ts';
import type { LectureDesk } from './contract.ts';
import { nodeNamed, placesOf, positionOfStep, problemOf, type StopPlace } from './places.ts';
import { readStops, type StopProblem } from './stops.ts';

/** The stops of the present document, and where the page stands among them. */
export interface Stage extends Pick<LectureDesk, 'count' | 'sentence' | 'marks' | 'move'> {
  /** Index of the stop that was gone to last, -1 for none. */
  readonly at: ReadonlySignal<number>;
  readonly problems: ReadonlySignal<readonly StopProblem[]>;
  /** Whether any stop shows memoization. */
  readonly hasMemo: ReadonlySignal<boolean>;
}

export function stageOf(app: App): Stage {
  const read = computed(() => readStops(app.history.value.document.text));
  const places = computed(() => placesOf(read.value.stops));
  const count = computed(() => read.value.stops.length);
  // The text may have fewer by now.
  const at = computed(() => (app.session.value.stop < count.value ? app.session.value.stop : -1));
  const stands = computed(() => at.value >= 0 && standsAt(app, places.value[at.value]));
  const problems = computed(() => [...read.value.problems, ...missing(app)]);

  function missing({ run, stale }: App): StopProblem[] {
    const now = run.value;
    if (now === null || stale.value) return [];
    return read.value.stops.flatMap((stop, index): StopProblem[] => {
      const wrong = problemOf(now, stop);
      if (wrong !== null) return [wrong];
      const place = places.value[index];
      const { from, to } = stop.stepAt;
      const found = app.history.peek().document.text.slice(from, to);
      const never = stop.step !== null && !happens(app, now, place);
      return never ? [{ from, to, line: stop.line, kind: 'never', found }] : [];
    });
  }

  let settle: (() => void) | null = null;
  /** The stop that a question is put before; its next press shows it. */
  let held = -1;

  function goTo(index: number, predicts: boolean): void {
    const { select } = read.peek().stops[index];
    const place = places.peek()[index];
    const nodeIn = (run: Run | null): number =>
      select === null || run === null ? -1 : nodeNamed(run, select.node);
    const arrive = (): void => {
      const run = app.run.peek();
      const node = nodeIn(run);
      app.update({ selected: node < 0 ? null : run!.keys[node], stop: index });
    };
    settle?.();
    settle = null;
    held = -1;
    batch(() => {
      app.update({
        mode: place.mode,
        tab: place.mode,
        memo: { ...app.session.peek().memo, ...place.memo },
        granularity: 'edge',
        following: true,
        blank: false,
        // What the stop selects may be the answer.
        selected: null,
      });
      if (!predicts) arrive();
    });
    settle = whenReady(app, place, (run) => {
      const position = positionOfStep(run, place.step);
      if (predicts && position !== null && asksBefore(app, run, position)) {
        held = index;
        return;
      }
      if (predicts) arrive();
      if (position !== null) app.goTo(position);
      const node = select?.zoom === true ? nodeIn(run) : -1;
      if (node >= 0) centre(app, node);
    });
  }

  return {
    count,
    sentence: computed(() => (stands.value && read.value.stops[at.value].sentence) || null),
    marks: computed(() =>
      problems.value.map(({ from, to }) => ({ from, to: Math.max(to, from + 1), kind: 'notice' as const })),
    ),
    move(direction) {
      const { stops } = read.peek();
      const lost = new Set(problems.peek().map(({ from }) => from));
      let next = direction > 0 || stands.peek() ? at.peek() + direction : at.peek();
      // A step that never happens is passed over.
      while (next in stops && lost.has(stops[next].stepAt.from)) next += direction;
      if (!(next in stops)) return;
      const place = places.peek()[next];
      const { projector, predict } = app.session.peek();
      const answered = held === next && revealed(app, place);
      const predicts = direction > 0 && projector && predict !== 'off' && hasSteps(place) && !answered;
      goTo(next, predicts && !standsAt(app, place));
    },
    at,
    problems,
    hasMemo: computed(() => places.value.some(({ mode }) => mode === 'memo')),
  };
}

/** Whether the view of a stop is about the steps of a run. */
function hasSteps({ mode, memo: { tab } }: StopPlace): boolean {
  return mode !== 'memo' || tab === 'beside';
}

/** Stands before the step that leads to a position, and asks for it, if there is something to predict. */
function asksBefore(app: App, { trace }: Run, position: number): boolean {
  const forecast = app.memo.peek()?.forecast;
  if (forecast === undefined) return false;
  let at = position;
  do {
    if (at === 0) return false;
    at = previousPosition(trace, at, 'edge');
    app.goTo(at);
    // A question that was left is open again here.
    if (forecast.asking.peek() !== null || forecast.holds('edge')) return true;
    // What is added first has been told by the step before.
  } while (at + 1 === position && trace.at(at).kind === 'accumulate');
  return false;
}

/** Answers the question before a stop; false where none is open. */
function revealed(app: App, { step }: StopPlace): boolean {
  const run = app.run.peek();
  const forecast = app.memo.peek()?.forecast;
  if (run === null || forecast === undefined || forecast.asking.peek() === null) return false;
  forecast.reveal(positionOfStep(run, step) ?? app.position.peek());
  return true;
}

/** True while the page shows what this stop shows. */
function standsAt(app: App, { mode, memo, step }: StopPlace): boolean {
  const run = app.run.value;
  const session = app.session.value;
  if (run === null || session.mode !== mode) return false;
  if (mode === 'memo') {
    const { tab, left, right } = session.memo;
    if (tab !== memo.tab || left !== memo.left || right !== memo.right) return false;
    if (run.lanes === null) return false;
    const { about, step: reached, of } = app.timeline.value;
    if (about === 'tree') return reached === Math.min(of, memo.folds);
    if (about === 'written') return reached === Math.min(of, memo.stored);
  }
  const position = positionOfStep(run, step);
  // A run that is only counted has no steps to look for it.
  return position === null ? isCounted(run) : position === app.position.value;
}

function isCounted({ lanes }: Run): boolean {
  return lanes?.some(({ trace }) => trace === null) === true;
}

/** Programs beyond this are not run once more for every view, only to see whether a step happens in it. */
const MOST_NODES = 5_000;

const views = new WeakMap<Run, Map<string, Run>>();

/** True unless it is known that this step never happens in the run that its view shows. */
function happens(app: App, now: Run, { mode, memo, step }: StopPlace): boolean {
  const { full, text, unknown } = now;
  const runner = app.memo.value?.runner;
  if (unknown !== null || full.count > MOST_NODES || (mode === 'memo' && runner === undefined)) return true;
  let ofRun = views.get(now);
  if (ofRun === undefined) views.set(now, (ofRun = new Map()));
  const name = mode === 'memo' ? `${memo.left} ${memo.right}` : '';
  let run = ofRun.get(name);
  if (run === undefined) {
    const { open, rate } = app.session.peek();
    const race = mode === 'memo' ? { ...memo, runner: runner!, granularity: 'edge' as const } : null;
    ofRun.set(name, (run = runOf(text, full, { open, rate, race })));
  }
  return isCounted(run) || positionOfStep(run, step) !== null;
}

/** Runs `then` as soon as the page has the run that this place is about. Returns the way to give up. */
function whenReady(app: App, { mode }: StopPlace, then: (run: Run) => void): () => void {
  let done = false;
  let stop: (() => void) | null = null;
  stop = effect(() => {
    const run = app.run.value;
    if (done || run === null) return;
    if ((mode === 'memo') !== (run.lanes !== null) && run.unknown === null) return;
    done = true;
    untracked(() => then(run));
    stop?.();
  });
  if (done) stop();
  return () => {
    done = true;
    stop?.();
  };
}

/** After the pane has taken its place. */
function centre(app: App, node: number): void {
  app.update({ following: false });
  requestAnimationFrame(() => requestAnimationFrame(() => app.graph.peek()?.center(node)));
}
