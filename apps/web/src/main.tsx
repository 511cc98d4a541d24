import { loadMessages } from '@backflow/messages';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { SurfaceContext } from './app-context.ts';
import { reducedMotion } from './look/media.ts';
import { FIRST } from './menu/examples.ts';
import { Page } from './page.tsx';
import { deskOf } from './rim/desk.ts';
import { handsOf } from './rim/hands.ts';
import { createApp } from './state/app.ts';
import { compilerWith } from './state/compiler.ts';
import { hireFarWorker } from './state/far.ts';
import { mayClaim, mayStop } from './state/guess.ts';
import { listenToKeys } from './state/keyboard.ts';
import { runOf } from './state/run.ts';
import { initialSession, initialSettings } from './state/session.ts';
import { browserStore, shelfOn } from './storage/shelf.ts';

/** The first visit shows the backward pass of its example in this time. */
const OVERTURE_MS = 8000;
/** What may be needed without a network is fetched after so long, when nothing else is going on. */
const OFFLINE_MS = 2000;
/** The first picture has this time to itself. */
const BEHIND_MS = 300;

const shelf = shelfOn(browserStore());
// What reads links is asked for beside the texts, not after them.
if (location.hash !== '') import('./link/codec.ts').catch(() => undefined);
const saved = await shelf.loadSettings();
const settings = saved ?? {
  ...initialSettings,
  language: navigator.language.startsWith('de') ? ('de' as const) : ('en' as const),
};
const app = createApp(
  {
    compiler: compilerWith(hireFarWorker),
    now: () => Date.now(),
    wait(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  },
  settings,
  initialSession,
  await loadMessages(settings.language),
);
const desk = deskOf(app, shelf);
const hands = handsOf(app, desk);

async function start(): Promise<void> {
  const isFirst = await desk.open(FIRST);
  // A recording that was edited here stands in the address, behind it.
  const edited = app.origin.peek() === 'link';
  const asked = new URLSearchParams(location.search);
  const recording = edited ? null : asked.get('recording');
  if (recording !== null) {
    await showRecording(recording, asked.get('operations'));
    desk.resume();
  }
  render(
    <SurfaceContext.Provider value={{ app, hands }}>
      <Page />
    </SurfaceContext.Provider>,
    document.getElementById('page')!,
  );
  listenToKeys(document, app, hands);
  desk.keep();
  effect(() => {
    const settings = app.settings.value;
    if (settings !== saved) shelf.saveSettings(settings);
  });
  fetchNotes();
  fetchMemo();
  fetchNetwork();
  fetchLecture();
  // One file has everything in it, and the development server has no list.
  if (import.meta.env.MODE === 'production') setTimeout(makeReady, OFFLINE_MS);
  if (isFirst && recording === null) welcome();
}

/** What judges notes is fetched when there are any, behind the first picture. */
function fetchNotes(): void {
  let fetching = false;
  effect(() => {
    const kind = app.kind.value;
    const { text } = app.history.value.document;
    if (fetching || kind === 'program' || (kind === 'document' && !mayClaim(text))) return;
    fetching = true;
    const fetch = async (): Promise<void> => {
      try {
        const { notesDeskOf } = await import('./notes/notes.tsx');
        app.notes.value = await notesDeskOf(app);
      } catch {
        // Tried again with the next document.
        fetching = false;
      }
    };
    setTimeout(() => void fetch(), app.graph.peek() === null ? BEHIND_MS : 0);
  });
}

/** What shows memoization is fetched when it is first asked for; where that fails, when it is asked for again. */
function fetchMemo(): void {
  let fetching = false;
  effect(() => {
    const { mode, predict } = app.session.value;
    if ((mode !== 'memo' && predict === 'off') || fetching || app.memo.peek() !== null) return;
    fetching = true;
    import('./memo/memo.tsx')
      .then(({ memoDeskOf }) => memoDeskOf(app))
      .then(
        (desk) => void (app.memo.value = desk),
        () => void (fetching = false),
      );
  });
}

/** What shows and trains networks is fetched with the first document that has one. */
function fetchNetwork(): void {
  let fetching = false;
  effect(() => {
    if ((app.run.value?.network ?? null) === null || fetching || app.network.peek() !== null) return;
    fetching = true;
    import('./network/network.tsx')
      .then(({ networkDeskOf }) => networkDeskOf(app))
      .then(
        (desk) => void (app.network.value = desk),
        () => void (fetching = false),
      );
  });
}

/** What goes from stop to stop is fetched with the first document that has any. */
function fetchLecture(): void {
  let fetching = false;
  effect(() => {
    if (fetching || app.lecture.peek() !== null || !mayStop(app.history.value.document.text)) return;
    fetching = true;
    import('./lecture/lecture.tsx')
      .then(({ lectureDeskOf }) => lectureDeskOf(app))
      .then(
        (desk) => void (app.lecture.value = desk),
        () => void (fetching = false),
      );
  });
}

/** The page, its later pieces and its fonts, for when the network is gone. */
function makeReady(): void {
  const fetch = async (): Promise<void> => {
    try {
      const { fetchAll } = await import('./rim/offline.ts');
      await fetchAll();
      document.documentElement.dataset['offline'] = 'ready';
    } catch {
      // The next visit tries again.
    }
  };
  // Safari has no such call.
  if ('requestIdleCallback' in window) requestIdleCallback(() => void fetch(), { timeout: 5000 });
  else void fetch();
}

/** The film of the first visit; then the slip is shown, unless the reader has gone on to something else. */
function welcome(): void {
  app.welcome.value = true;
  if (!reducedMotion.peek()) playOverture();
  // The doors belong to this document.
  effect(() => {
    if (app.history.value.document.text !== FIRST) app.welcome.value = false;
  });
  let shown = false;
  effect(() => {
    const ready = app.notes.value?.marks.value.some(({ sign }) => sign === '✗') === true;
    if (shown || !ready || app.playing.value || app.history.value.document.text !== FIRST) return;
    shown = true;
    queueMicrotask(() => app.notes.peek()?.showFirst());
  });
}

/** Any key and any pointer stops it. */
function playOverture(): void {
  app.playWithin(OVERTURE_MS);
  const stop = (): void => {
    if (app.playing.peek()) app.pause();
    window.removeEventListener('keydown', stop, true);
    window.removeEventListener('pointerdown', stop, true);
  };
  window.addEventListener('keydown', stop, true);
  window.addEventListener('pointerdown', stop, true);
}

async function showRecording(address: string, operations: string | null): Promise<void> {
  try {
    const { openRecording } = await import('./rim/recording.ts');
    const opened = await openRecording(address, operations);
    if (opened.kind === 'text') app.openDocument(opened.text, 'recording');
    else app.openRun(runOf(opened.text, opened.recording, app.session.peek()));
    const fixed = opened.kind === 'fixed';
    app.tell({
      id: 'recording',
      tone: 'info',
      text: ({ page }) => (fixed ? page.notices.recordingFixed : page.notices.recordingOpened),
      actions: [],
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const foreign = error instanceof Error && error.name === 'ForeignAddressError';
    app.tell({
      id: 'recording',
      tone: 'warning',
      text: ({ page }) => (foreign ? page.notices.recordingForeign : page.notices.recordingFailed(why)),
      actions: [],
    });
  }
}

void start();
