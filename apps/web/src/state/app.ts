import { evaluate, type Recording } from '@backflow/engine';
import type { DiagnosticRecord } from '@backflow/language';
import { loadMessages, type Messages } from '@backflow/messages';
import type { Granularity } from '@backflow/trace';
import {
  batch,
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import type { LectureDesk } from '../lecture/contract.ts';
import type { LinkState } from '../link/schema.ts';
import type { MemoDesk } from '../memo/contract.ts';
import type { NetworkDesk } from '../network/contract.ts';
import type { NotesDesk } from '../notes/contract.ts';
import type { CompileOutcome, Compiler } from './compiler.ts';
import type { Gesture } from './gesture.ts';
import { kindOf, looksLikeNotes, type Kind } from './guess.ts';
import { applyChange, historyOf, reduceHistory, type Change, type History } from './history.ts';
import { handOn } from './hand.ts';
import { lanePosition } from './lanes.ts';
import { withNotice, withoutNotice, type Notice } from './notice.ts';
import type { GraphPaneHandle } from './place-of-view.ts';
import {
  carriedPosition,
  clampPosition,
  forwardEnd,
  runOf,
  toggledAt,
  type Run,
  type RunOptions,
} from './run.ts';
import { initialSession, SPEEDS, type Session, type Settings } from './session.ts';
import { timeOf } from './time.ts';
import type { Timeline } from './timeline.ts';

/** What became of the present text. */
export interface Verdict {
  /** `computing` while a worker is busy with it. */
  readonly state: 'done' | 'computing' | 'slow' | 'crashed' | 'cancelled';
  readonly problems: readonly DiagnosticRecord[];
}

/** A path through the graph that is shown lit: its nodes, and the slot by which it enters each after the first. */
export interface LitPath {
  readonly nodes: readonly number[];
  readonly slots: readonly number[];
}

export type Dialog = 'palette' | 'find' | 'help' | 'qr';

/** Where a document came from: the reader's own desk, or a visit by link or recording. */
export type Origin = 'work' | 'link' | 'recording';

/** The whole page: one immutable state in signals, and the named actions that change it. */
export interface App {
  readonly history: ReadonlySignal<History>;
  readonly session: Signal<Session>;
  readonly settings: Signal<Settings>;
  readonly messages: ReadonlySignal<Messages>;
  readonly kind: ReadonlySignal<Kind>;
  readonly verdict: Signal<Verdict>;
  readonly run: ReadonlySignal<Run | null>;
  /** True while the run is of an earlier text than the present one. */
  readonly stale: ReadonlySignal<boolean>;
  readonly position: ReadonlySignal<number>;
  /** What the transport moves through: the steps of the run, or what the open view has in their place. */
  readonly timeline: ReadonlySignal<Timeline>;
  /** Significant digits of the numbers shown: the reader's own, or as a link has them. */
  readonly digits: ReadonlySignal<number>;
  readonly playing: ReadonlySignal<boolean>;
  /** Index of the selected node in the shown recording, -1 for none. */
  readonly selected: ReadonlySignal<number>;
  readonly litPath: Signal<LitPath | null>;
  readonly dialog: Signal<Dialog | null>;
  readonly notices: ReadonlySignal<readonly Notice[]>;
  readonly origin: Signal<Origin>;
  /** What the link or the example brought; null for the reader's own work. */
  readonly opened: Signal<LinkState | null>;
  /** True for a recording that no text reproduces. */
  readonly readOnly: ReadonlySignal<boolean>;
  /** The graph pane, once it stands; null before, and where it cannot be drawn. */
  readonly graph: Signal<GraphPaneHandle | null>;
  /** The editor in use; null before the source pane stands. */
  readonly editor: Signal<{ focus(): void; reveal(from: number, to: number, focus: boolean): void } | null>;
  /** The first visit's doors. */
  readonly welcome: Signal<boolean>;
  /** What judges the notes of the document; null until there are any. */
  readonly notes: Signal<NotesDesk | null>;
  /** What shows memoization; null until it is asked for. */
  readonly memo: Signal<MemoDesk | null>;
  /** What shows and trains networks; null until the document has one. */
  readonly network: Signal<NetworkDesk | null>;
  /** What goes from stop to stop; null until the document has any. */
  readonly lecture: Signal<LectureDesk | null>;

  type(change: Change): void;
  replaceDocument(text: string): void;
  /** Begins with a text as if the page had just been opened with it: nothing to undo. */
  openDocument(text: string, origin: Origin): void;
  openRun(run: Run): void;
  /** The graph that notes without a program speak of; null where they speak of none. */
  adoptNotes(text: string, recording: Recording | null, unknown?: Uint8Array | null): void;
  /** Gives leaves of the whole recording other numbers; step, selection and layout stay. */
  revalue(values: ReadonlyMap<number, number>): void;
  undo(): void;
  redo(): void;
  cancelComputation(): void;

  /** To a position in the run, whatever the timeline is about. */
  goTo(position: number): void;
  /** One step of the timeline; the size is that of the run's steps. */
  step(direction: 1 | -1, granularity?: Granularity): void;
  toStart(): void;
  toEnd(): void;
  play(): void;
  /** Plays from here to the end in this time, edge by edge. */
  playWithin(ms: number): void;
  pause(): void;

  select(node: number | null): void;
  toggleSum(node: number): void;
  nudge(node: number, value: number, phase: 'start' | 'move' | 'end'): void;
  /** One press of an arrow key on the selected leaf; `size` 10 with Shift, 0.1 with Alt. */
  nudgeBy(node: number, direction: 1 | -1, size: number): void;
  enterValue(node: number, value: number): void;

  update(change: Partial<Session>): void;
  setUp(change: Partial<Settings>): void;
  tell(notice: Notice): void;
  dismiss(id: string): void;
}

/** The clock and the compiler, so that tests can bring their own. */
export interface Surroundings {
  readonly compiler: Compiler;
  now(): number;
  wait(ms: number, then: () => void): () => void;
}

/** `messages` are those of the language in `settings`. */
export function createApp(
  surroundings: Surroundings,
  settings: Settings,
  session: Session,
  messages: Messages,
): App {
  const { compiler } = surroundings;
  const state = {
    history: signal(historyOf('')),
    session: signal(session),
    settings: signal(settings),
    messages: signal(messages),
    verdict: signal<Verdict>({ state: 'done', problems: [] }),
    run: signal<Run | null>(null),
    position: signal(0),
    playing: signal(false),
    litPath: signal<LitPath | null>(null),
    dialog: signal<Dialog | null>(null),
    notices: signal<readonly Notice[]>([]),
    origin: signal<Origin>('work'),
    opened: signal<LinkState | null>(null),
    readOnly: signal(false),
    graph: signal<GraphPaneHandle | null>(null),
    editor: signal<{ focus(): void; reveal(from: number, to: number, focus: boolean): void } | null>(null),
    welcome: signal(false),
    notes: signal<NotesDesk | null>(null),
    memo: signal<MemoDesk | null>(null),
    network: signal<NetworkDesk | null>(null),
    lecture: signal<LectureDesk | null>(null),
  };
  const text = (): string => state.history.peek().document.text;
  const kind = computed(() => kindOf(state.history.value.document.text, state.session.value.notes));
  const stale = computed(() => {
    const run = state.run.value;
    // Notes are checked as they are written: their graph is at most one moment behind.
    if (kind.value === 'notes') return false;
    return run !== null && !state.readOnly.value && run.text !== state.history.value.document.text;
  });
  const digits = computed(() => state.session.value.digits ?? state.settings.value.digits);
  const selected = computed(() => {
    const key = state.session.value.selected;
    return key === null ? -1 : (state.run.value?.nodeOfKey.get(key) ?? -1);
  });

  const time = timeOf({ ...state, digits }, surroundings);

  // The document and what it computes

  /** Where the graph stood when the lanes were set up, and where they have stood since then. */
  let visit: { readonly text: string; readonly at: number; readonly arrived: number } | null = null;

  /** Where to stand in the next run. */
  function placeIn(run: Run): number {
    const last = state.run.peek();
    const position = state.position.peek();
    if (last === null || last.trace.length === 0) return forwardEnd(run.trace);
    // The reader has looked in and gone back.
    const back = visit !== null && last.lanes !== null && run.lanes === null;
    if (back && visit!.text === run.text && visit!.arrived === position)
      return clampPosition(run.trace, visit!.at);
    const at = carriedPosition(last, position, run);
    if (last.lanes === null && run.lanes !== null) visit = { text: run.text, at: position, arrived: at };
    return at;
  }

  function adopt(run: Run, at = placeIn(run)): void {
    batch(() => {
      state.litPath.value = null;
      state.run.value = run;
      state.position.value = at;
    });
  }

  function runOptions(): RunOptions {
    const { open, rate, mode, memo, granularity } = state.session.peek();
    const desk = state.memo.peek();
    const race = mode === 'memo' && desk !== null ? { ...memo, runner: desk.runner, granularity } : null;
    return { open, rate, race };
  }

  /** A text that came in as a whole: whether it is notes is to be guessed. */
  let suspect: string | null = null;

  function recompute(): void {
    const asked = text();
    // A document says itself which of it is program.
    if (kind.peek() === 'document') app.dismiss('notes');
    if (kind.peek() === 'notes') {
      compiler.cancel();
      state.verdict.value = { state: 'done', problems: [] };
      return;
    }
    const later = compiler.compile(asked, (outcome) => {
      if (asked === text()) settle(asked, outcome);
    });
    if (later) state.verdict.value = { state: 'computing', problems: [] };
  }

  function settle(asked: string, outcome: CompileOutcome): void {
    batch(() => {
      if (outcome.kind !== 'compiled') {
        state.verdict.value = { state: outcome.kind, problems: [] };
        return;
      }
      const { recording, problems } = outcome.compiled;
      if (recording === null && suspect === asked && looksLikeNotes(asked, problems)) return readAsNotes();
      state.verdict.value = { state: 'done', problems };
      if (recording !== null) {
        const { network } = outcome.compiled;
        if (network !== null) showNetwork();
        const values = network === null ? null : (state.network.peek()?.valuesOf(network) ?? null);
        const full = values === null ? recording : evaluate(recording, values);
        adopt(runOf(asked, full, runOptions(), null, network));
      } else if (asked.trim() === '') state.run.value = null;
    });
  }

  /** A document that comes with a network is first seen as one, unless its link says otherwise. */
  function showNetwork(): void {
    const { mode, modeGiven, tab } = state.session.peek();
    if (state.run.peek() !== null || mode !== 'graph' || modeGiven) return;
    app.update({ mode: 'network', tab: tab === 'graph' ? 'network' : tab });
  }

  function readAsNotes(): void {
    suspect = null;
    app.update({ notes: true });
    app.tell({
      id: 'notes',
      tone: 'info',
      text: (m) => m.page.notices.readAsNotes,
      actions: [
        {
          label: (m) => m.page.notices.readAsProgram,
          perform() {
            app.dismiss('notes');
            app.update({ notes: false });
          },
        },
      ],
    });
  }

  function dispatch(action: Parameters<typeof reduceHistory>[1]): void {
    if (state.readOnly.peek()) return;
    const next = reduceHistory(state.history.peek(), action);
    if (next === state.history.peek()) return;
    batch(() => {
      state.history.value = next;
      // Once edited it is no longer what a program recorded, and is kept like a document from a link.
      if (state.origin.peek() === 'recording') state.origin.value = 'link';
      recompute();
    });
  }

  /** Folds and traces the same program again, with other options. */
  function rebuild(): void {
    const run = state.run.peek();
    if (run !== null) adopt(runOf(run.text, run.full, runOptions(), run.unknown, run.network));
  }

  /** Other algorithms, or another size of the steps by which the lead is known: the step number stays. */
  function raceOn(granularity: Granularity): void {
    const last = state.run.peek();
    if (last === null || last.lanes === null) return;
    const run = runOf(last.text, last.full, runOptions(), last.unknown, last.network);
    adopt(run, lanePosition(last, run.trace, state.position.peek(), granularity));
  }

  // Numbers under the hand

  const hand = handOn({
    app: () => app,
    now: () => surroundings.now(),
    write(change, gesture, value) {
      dispatch({ kind: 'drag', change, gesture: gesture.id, at: surroundings.now() });
      if (state.verdict.peek().state === 'computing') preview(gesture, value);
    },
  });

  /** While the worker is busy with a large program: the numbers as they are, without waiting for it. */
  function preview({ key }: Gesture, value: number): void {
    const run = state.run.peek();
    const node = run?.nodeOfKey.get(key);
    if (run === null || node === undefined) return;
    const full = evaluate(run.full, new Map([[run.origin[node], value]]));
    adopt(runOf(run.text, full, runOptions(), null, run.network));
  }

  const app: App = {
    ...state,
    ...time,
    ...hand,
    kind,
    stale,
    digits,
    selected,

    type(change) {
      const { insert } = change;
      if (insert.length > 8 && 2 * insert.length >= text().length + insert.length - (change.to - change.from))
        suspect = applyChange(text(), change);
      dispatch({ kind: 'type', change, at: surroundings.now() });
    },
    replaceDocument(next) {
      time.pause();
      batch(() => {
        state.readOnly.value = false;
        app.dismiss('notes');
        app.dismiss('recording');
        const { memo, mode, tab } = state.session.peek();
        app.update({
          selected: null,
          open: new Set(),
          notes: false,
          stop: -1,
          memo: { ...memo, folds: 0, stored: 0 },
          network: initialSession.network,
          modeGiven: false,
          ...(mode === 'network' ? { mode: 'graph', tab: tab === 'network' ? 'graph' : tab } : {}),
        });
        suspect = next;
        state.run.value = null;
        dispatch({ kind: 'replace', text: next, at: surroundings.now() });
        if (state.run.peek() === null) recompute();
      });
    },
    openDocument(next, origin) {
      time.pause();
      batch(() => {
        state.readOnly.value = false;
        state.origin.value = origin;
        state.history.value = historyOf(next);
        state.run.value = null;
        recompute();
      });
    },
    openRun(run) {
      time.pause();
      batch(() => {
        state.origin.value = 'recording';
        state.readOnly.value = true;
        state.history.value = historyOf(run.text);
        state.verdict.value = { state: 'done', problems: [] };
        state.run.value = null;
        adopt(runOf(run.text, run.full, runOptions(), run.unknown));
      });
    },
    adoptNotes(of, recording, unknown = null) {
      if (kind.peek() !== 'notes') return;
      if (recording !== null) adopt(runOf(of, recording, runOptions(), unknown));
      else state.run.value = null;
    },
    revalue(values) {
      const run = state.run.peek();
      if (run === null) return;
      adopt(runOf(run.text, evaluate(run.full, values), runOptions(), run.unknown, run.network));
    },
    undo() {
      const last = state.history.peek().past.at(-1);
      // What comes back as a whole may have been notes.
      if (last?.group === 'replace') suspect = last.before.text;
      dispatch({ kind: 'undo' });
    },
    redo: () => dispatch({ kind: 'redo' }),
    cancelComputation() {
      compiler.cancel();
      state.verdict.value = { state: 'cancelled', problems: [] };
    },

    select(node) {
      if (node !== null && state.memo.peek()?.forecast.pick(node) === true) return;
      const run = state.run.peek();
      const key = node === null || run === null ? null : (run.keys[node] ?? null);
      if (key === state.session.peek().selected) return;
      batch(() => {
        state.litPath.value = null;
        const { inspector, inspectorOpens } = state.session.peek();
        app.update({ selected: key, inspector: inspector || (inspectorOpens && key !== null) });
      });
    },
    toggleSum(node) {
      const run = state.run.peek();
      if (run === null) return;
      const toggled = toggledAt(run, node, state.session.peek().open);
      if (toggled === null) return;
      batch(() => {
        app.update({ open: toggled.open });
        // A part that is gone leaves the selection to what it was a part of.
        if (state.session.peek().selected !== null && app.selected.peek() < 0)
          app.update({ selected: toggled.key });
      });
    },
    update(change) {
      const before = state.session.peek();
      batch(() => {
        state.session.value = { ...before, ...change };
        const { mode, rate, memo, granularity, open } = state.session.value;
        const opens = open !== before.open && open.size + before.open.size > 0;
        if (opens || rate !== before.rate || (mode === 'memo') !== (before.mode === 'memo')) rebuild();
        else if (
          memo.left !== before.memo.left ||
          memo.right !== before.memo.right ||
          granularity !== before.granularity
        )
          raceOn(before.granularity);
        if ('notes' in change && change.notes !== before.notes) recompute();
      });
    },
    setUp(change) {
      batch(() => {
        state.settings.value = { ...state.settings.peek(), ...change };
        if (change.digits !== undefined) app.update({ digits: null });
      });
    },
    tell(notice) {
      state.notices.value = withNotice(state.notices.peek(), notice);
    },
    dismiss(id) {
      state.notices.value = withoutNotice(state.notices.peek(), id);
    },
  };

  let { language } = state.settings.peek();
  effect(() => {
    const wanted = state.settings.value.language;
    if (wanted === language) return;
    language = wanted;
    void loadMessages(wanted).then((loaded) => {
      if (language !== wanted) return;
      state.messages.value = loaded;
    });
  });

  effect(() => {
    if (state.memo.value !== null && state.session.peek().mode === 'memo') untracked(rebuild);
  });

  return app;
}

export function nextSpeed(speed: number, direction: 1 | -1): number {
  const at = SPEEDS.indexOf(speed as (typeof SPEEDS)[number]);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? 2 : at) + direction))];
}
