import type { Claim, Report } from '@backflow/notes';
import type { NotesMessages } from '@backflow/messages';
import {
  batch,
  computed,
  effect,
  signal,
  untracked,
  type ReadonlySignal,
  type Signal,
} from '@preact/signals';
import type { Mark } from '../editor/handle.ts';
import type { App, LitPath } from '../state/app.ts';
import { mayClaim } from '../state/guess.ts';
import { changeBetween, type Change } from '../state/history.ts';
import { PATIENCE_MS } from '../state/bounded-worker.ts';
import { checkerWith, type CheckOutcome, type Checker } from './checker.ts';
import { newCheckWorker } from './check-hire.ts';
import type { LineMark, NotesDesk } from './contract.ts';
import { judgedOf, type Judged, type JudgedLine } from './judged.ts';
import { birthOf, groundOf, litOf, litOfClaim, nodeOf, type Ground } from './places.ts';
import { isBad, SIGNS } from './signs.ts';
import { sketchOf } from './sketch.ts';
import { writingHand } from './writing.ts';

/** Why a check brought no report. */
export type Trouble = 'slow' | 'crashed' | 'none';

/** How much has been said about a claim: where, also why, also what is right. */
export type Level = 0 | 1 | 2;

/** The state behind the marks, for the components of this folder. */
export interface NotesState {
  readonly app: App;
  readonly texts: ReadonlySignal<NotesMessages>;
  readonly judged: ReadonlySignal<Judged | null>;
  /** Why the last check brought no report. */
  readonly trouble: ReadonlySignal<Trouble | null>;
  readonly waiting: ReadonlySignal<boolean>;
  /** The line whose explanation is open, as the report counts it. */
  readonly opened: ReadonlySignal<JudgedLine | null>;
  readonly ground: ReadonlySignal<Ground | null>;
  readonly byProgram: Signal<boolean>;
  levelOf(claim: number): Level;
  /** Where a place of the judged text is now. */
  placeNow(at: number): number;
  press(line: number): void;
  close(): void;
  next(): void;
  more(): void;
  /** Puts the caret on a line of the notes. */
  reveal(line: number): void;
}

/** Follows the document: judges it as it changes, keeps the marks in place meanwhile. */
export function notesStateOf(
  app: App,
  texts: ReadonlySignal<NotesMessages>,
): {
  readonly state: NotesState;
  readonly desk: Omit<NotesDesk, 'Panel' | 'Strip' | 'Chip' | 'NodeLines' | 'exportMarked'>;
} {
  const checked = signal<{ readonly text: string; readonly report: Report } | null>(null);
  const trouble = signal<Trouble | null>(null);
  const waiting = signal(false);
  const opened = signal<number | null>(null);
  const pointed = signal<number | null>(null);
  const asked = signal<ReadonlyMap<string, Level>>(new Map());
  const byProgram = signal(false);

  const { writing, follow } = writingHand();

  const latest = computed(() =>
    checked.value === null ? null : judgedOf(checked.value.report, byProgram.value),
  );
  /** What is told and drawn waits for a pause in the writing; the margin follows at once. */
  let told: Judged | null = null;
  const judged = computed(() => {
    const now = latest.value;
    if (writing.value === null || now === null || told === null) told = now;
    return told;
  });
  const open = computed(() => lineOf(opened.value));
  const ground = computed<Ground | null>(() => {
    const run = app.run.value;
    const recording = judged.value?.report.recording ?? null;
    return run === null || recording === null ? null : groundOf(run, recording);
  });

  const checker: Checker = checkerWith(
    () => {
      try {
        return newCheckWorker();
      } catch {
        return null;
      }
    },
    () => performance.now(),
    settle,
  );

  function lineOf(line: number | null): JudgedLine | null {
    if (line === null) return null;
    return judged.value?.lines.find((each) => each.line === line) ?? null;
  }

  function settle(outcome: CheckOutcome): void {
    const present = app.history.peek().document.text;
    batch(() => {
      if (outcome.text === present) waiting.value = false;
      if (outcome.kind !== 'checked') {
        trouble.value = outcome.kind;
        return;
      }
      trouble.value = null;
      const before = checked.peek();
      // The open line is the same one, wherever it went.
      if (before !== null && opened.peek() !== null) {
        const { text } = outcome;
        opened.value = lineAt(text, shifted(before.text, text, startOf(before.text, opened.peek()!)));
      }
      checked.value = { text: outcome.text, report: outcome.report };
    });
  }

  let drawn: Report | null = null;
  effect(() => {
    const report = judged.value?.report ?? null;
    if (report === null || report === drawn) return;
    drawn = report;
    const sketch = sketchOf(report);
    untracked(() => app.adoptNotes(report.text, sketch?.recording ?? null, sketch?.unknown));
  });

  effect(() => {
    const { text } = app.history.value.document;
    const kind = app.kind.value;
    const before = checked.peek();
    follow(text);
    if (kind === 'program' || text.trim() === '' || (kind === 'document' && !mayClaim(text))) {
      checker.cancel();
      batch(() => {
        checked.value = null;
        opened.value = pointed.value = null;
        waiting.value = false;
        trouble.value = null;
      });
      if (kind === 'notes') app.adoptNotes(text, null);
      return;
    }
    if (before !== null && before.text === text && kind === 'document') return;
    // Another document: the marks of the one before say nothing about it.
    if (before !== null && isAnother(before.text, text)) {
      batch(() => {
        checked.value = null;
        opened.value = pointed.value = null;
        asked.value = new Map();
        byProgram.value = false;
      });
    }
    waiting.value = true;
    checker.check(text);
  });

  /** What has been written since the check; found once for all the marks. */
  const since = computed(() => {
    const text = checked.value?.text;
    const now = app.history.value.document.text;
    return text === undefined || text === now ? null : changeBetween(text, now);
  });
  const placeNow = (at: number): number => (since.value === null ? at : moved(since.value, at));

  const words = computed(() => texts.value.page);
  let shown: readonly LineMark[] = [];
  const marks = computed<readonly LineMark[]>(() => {
    const found = latest.value;
    if (found === null) return (shown = []);
    const now = app.history.value.document.text;
    const unfinished = lineBegin(now, writing.value);
    const { report, lines } = found;
    const taken = new Set<number>();
    const list: LineMark[] = [];
    for (const { line, claims, verdict, worst } of lines) {
      const from = lineBegin(now, placeNow(report.claims[worst].from));
      if (taken.has(from)) continue;
      taken.add(from);
      if (from === unfinished && isBad(verdict)) {
        // Half a number is no slip yet: what stood there before stands until the hand rests.
        const before = shown.find((mark) => mark.from === from);
        if (before !== undefined) list.push(before);
        continue;
      }
      list.push({
        from,
        line,
        sign: SIGNS[verdict],
        label: words.value.mark(line, texts.value.verdicts[verdict], claims.length),
        open: opened.value === line,
      });
    }
    return (shown = list.sort((a, b) => a.from - b.from));
  });

  const stretches = computed<readonly Mark[]>(() => {
    const found = latest.value;
    if (found === null) return [];
    const now = app.history.value.document.text;
    const unfinished = lineBegin(now, writing.value);
    const { report, verdicts } = found;
    const list: Mark[] = [];
    const add = (span: { readonly from: number; readonly to: number }, kind: Mark['kind']): void => {
      const from = placeNow(span.from);
      const to = placeNow(span.to);
      if (lineBegin(now, to) === unfinished) return;
      // Line by line, without the room before each.
      for (const part of now.slice(from, to).matchAll(/\S[^\n]*/g))
        list.push({ from: from + part.index, to: from + part.index + part[0].trimEnd().length, kind });
    };
    report.claims.forEach((claim, index) => {
      if (verdicts[index] === 'wrong') add(claim, 'wrong');
      else if (verdicts[index] === 'follows') add(claim, 'follows');
    });
    for (const repair of report.repairs) add(repair, 'repaired');
    const node = app.selected.value;
    if (node >= 0 && ground.value !== null && found === judged.value) {
      for (const claim of report.claims) if (nodeOf(ground.value, claim) === node) add(claim, 'spoken');
    }
    return list;
  });

  /** The place of a slip, else what the claim is about. */
  function litOfLine(line: JudgedLine | null): LitPath | null {
    if (line === null || ground.value === null || judged.value === null) return null;
    const claim = judged.value.report.claims[line.worst];
    const where = claim.mistakes[0]?.where[0];
    const lit = where === undefined ? null : litOf(ground.value, where);
    return lit ?? litOfClaim(ground.value, claim);
  }

  /** Selects the node and goes to the step where the claim's number is born. */
  function goTo(claim: Claim): void {
    const now = ground.peek();
    if (now === null) return;
    const node = nodeOf(now, claim);
    if (node < 0) return;
    const birth = birthOf(now, claim);
    batch(() => {
      app.update({ selected: now.run.keys[node] });
      if (birth !== null) app.goTo(birth);
    });
  }

  /** What is lit must be seen; the step that the mark leads to has moved the camera first. */
  function bringIn(lit: LitPath | null): void {
    const show = (): void => lit?.nodes.toReversed().forEach((node) => app.graph.peek()?.reveal(node));
    requestAnimationFrame(() => requestAnimationFrame(show));
  }

  const state: NotesState = {
    app,
    texts,
    judged,
    trouble,
    waiting,
    opened: open,
    ground,
    byProgram,
    levelOf(claim) {
      if (app.settings.value.teacher) return 2;
      const key = judged.value?.keys[claim];
      return (key === undefined ? undefined : asked.value.get(key)) ?? 0;
    },
    placeNow,
    press(line) {
      const chosen = lineOf(line);
      if (chosen === null) return;
      batch(() => {
        if (opened.peek() === line) state.more();
        opened.value = line;
        goTo(judged.peek()!.report.claims[chosen.worst]);
      });
      state.reveal(line);
      bringIn(litOfLine(chosen));
    },
    close: () => (opened.value = null),
    next() {
      const lines = judged.peek()?.lines ?? [];
      // Those that need a look come first; where all is right, every line in turn.
      const doubtful = lines.filter(({ verdict }) => verdict !== 'right');
      const list = doubtful.length > 0 ? doubtful : lines;
      const after = list.find(({ line }) => line > (opened.peek() ?? 0)) ?? list[0];
      if (after === undefined) return;
      opened.value = null;
      state.press(after.line);
    },
    more() {
      const line = open.peek();
      const found = judged.peek();
      if (line === null || found === null) return;
      const key = found.keys[line.worst];
      const level = asked.peek().get(key) ?? 0;
      asked.value = new Map(asked.peek()).set(key, level === 0 ? 1 : 2);
    },
    reveal(line) {
      const text = checked.peek()?.text;
      if (text === undefined) return;
      const at = placeNow(startOf(text, line));
      const { document } = app.history.peek();
      const show = (): void => {
        // Meanwhile another one may have been opened.
        if (app.history.peek().document === document) app.editor.peek()?.reveal(at, at, false);
      };
      // The explanation takes its room first.
      requestAnimationFrame(() => requestAnimationFrame(show));
    },
  };

  // An editor that comes later shows what the one before did.
  effect(() => {
    if (app.editor.value === null) return;
    const line = opened.peek();
    if (line !== null) untracked(() => state.reveal(line));
  });

  return {
    state,
    desk: {
      marks,
      stretches,
      waiting,
      lit: computed(() => litOfLine(lineOf(pointed.value) ?? open.value)),
      hasLoss: computed(() => ground.value !== null && judged.value!.report.claims.length > 0),
      press: (line) => state.press(line),
      point: (line) => (pointed.value = line),
      close: () => state.close(),
      next: () => state.next(),
      more: () => state.more(),
      showFirst() {
        const found = judged.peek();
        if (found === null || found.firstWrong === null) return;
        const claim = found.report.claims[found.firstWrong];
        batch(() => {
          opened.value = claim.line;
          asked.value = new Map(asked.peek()).set(found.keys[found.firstWrong!], 1);
        });
        state.reveal(claim.line);
        bringIn(litOfLine(open.peek()));
      },
    },
  };
}

export const PATIENCE_SECONDS = PATIENCE_MS / 1000;

/** Where a place of one text is in another. */
function shifted(before: string, after: string, at: number): number {
  return moved(changeBetween(before, after), at);
}

function moved({ from, to, insert }: Change, at: number): number {
  return at <= from ? at : at >= to ? at + insert.length - (to - from) : from + insert.length;
}

/** True where hardly anything of a text is left. */
function isAnother(before: string, after: string): boolean {
  const { from, to } = changeBetween(before, after);
  return to - from > 0.8 * before.length && before.length > 20;
}

/** Where the line of a place begins; -1 for no place. */
function lineBegin(text: string, at: number | null): number {
  return at === null ? -1 : text.lastIndexOf('\n', at - 1) + 1;
}

function startOf(text: string, line: number): number {
  let at = 0;
  for (let left = line; left > 1; left--) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) return at;
    at = newline + 1;
  }
  return at;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
