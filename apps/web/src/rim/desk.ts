import { effect } from '@preact/signals';
import { addressOf, positionOf } from '@backflow/trace';
import type { DecodedLink, LinkFailure } from '../link/codec.ts';
import type { LinkState, LinkView } from '../link/schema.ts';
import type { App } from '../state/app.ts';
import { forwardEnd } from '../state/run.ts';
import { DIGITS, initialSession, type MemoChoice, type Mode, type NetworkChoice } from '../state/session.ts';
import type { Shelf, Slot } from '../storage/shelf.ts';
import { leaveVisit, returnedVisit, type Visit } from '../storage/visit.ts';

/** Work is saved and the address written so long after the last change. */
const PAUSE_MS = 400;
/** Browsers and mail programs cut longer addresses; such a document is only saved here. */
const FRAGMENT_LENGTH = 60_000;

/** Keeps the document: autosave, the address bar, links that come in. */
export interface Desk {
  /** Opens what the address bar asks for, else the saved work, else the first example. True on a first visit. */
  open(first: string): Promise<boolean>;
  /** Begins to save and to write the address. */
  keep(): void;
  /** The address that brings somebody else here, written into the address bar; null if the document is too long for one. */
  address(): Promise<string | null>;
  /** The same for a screen of one's own: not on the projector, and without writing it anywhere. */
  addressForOthers(): Promise<string | null>;
  /** Takes up step and view of this tab's last visit, where it was left with the present text. */
  resume(): void;
  /** Text, step and view as the link or the example had them. */
  reset(): void;
  backToWork(): Promise<void>;
}

export function deskOf(app: App, shelf: Shelf): Desk {
  let writtenFragment = location.hash;
  let fallback = '';
  let visit: Visit | null = null;
  /** What this page last read from or wrote to the shelf, per slot. */
  const kept = new Map<Slot, string>();

  function slot(): Slot | null {
    const origin = app.origin.peek();
    return origin === 'work' ? 'work' : origin === 'link' ? 'link' : null;
  }

  /** True where another tab has saved a later text, while nothing was written here since. */
  function isOthers(place: Slot, text: string): boolean {
    const stored = shelf.textIn(place);
    return kept.get(place) === text && stored !== null && stored !== text;
  }

  async function fragmentNow(state = stateOf(app)): Promise<string | null> {
    const { encodeLink } = await import('../link/codec.ts');
    const fragment = await encodeLink(state);
    return fragment.length > FRAGMENT_LENGTH ? null : fragment;
  }

  async function save(): Promise<void> {
    if (app.origin.peek() === 'recording') return;
    const { text } = app.history.peek().document;
    // Work is saved whether or not what writes addresses can be fetched.
    const fragment = text === '' ? '' : await fragmentNow().catch(() => null);
    if (text !== app.history.peek().document.text) return;
    writtenFragment = fragment ?? '';
    const { pathname, search } = location;
    history.replaceState(null, '', `${pathname}${search}${writtenFragment}`);
    const place = slot();
    if (place === null || isOthers(place, text)) return;
    const outcome = shelf.save(place, { text, fragment: fragment ?? undefined, ...readAs(app) });
    if (outcome === 'saved') {
      kept.set(place, text);
      app.dismiss('storage');
    } else {
      app.tell({
        id: 'storage',
        tone: 'warning',
        text: ({ page }) => (outcome === 'full' ? page.notices.storageFull : page.notices.storageNone),
        actions: [],
      });
    }
  }

  function tellFailure(failure: LinkFailure): void {
    const texts = { cut: 'linkCut', damaged: 'linkDamaged', large: 'linkLarge', newer: 'linkNewer' } as const;
    app.tell({ id: 'link', tone: 'warning', text: ({ page }) => page.notices[texts[failure]], actions: [] });
  }

  const addressOfFragment = (fragment: string): string =>
    `${location.protocol === 'file:' ? location.href.split('#')[0] : location.origin + location.pathname}${fragment}`;

  function openState(state: LinkState, isOwn: boolean): void {
    app.opened.value = isOwn ? null : state;
    app.update({ notes: state.view?.notes ?? false });
    app.openDocument(state.text, isOwn ? 'work' : 'link');
    applyView(app, state);
    if (isOwn) return;
    const hasWork = shelf.textIn('work') !== null;
    app.tell({
      id: 'link',
      tone: 'info',
      text: ({ page }) => (hasWork ? page.notices.linkOpened : page.notices.linkOpenedFirst),
      actions: [
        ...(hasWork
          ? [
              {
                label: ({ page }: { page: { commands: { backToWork: string } } }) => page.commands.backToWork,
                perform: () => void desk.backToWork(),
              },
            ]
          : []),
        {
          label: ({ page }) => page.notices.keep,
          perform: () => {
            app.origin.value = 'work';
            app.dismiss('link');
            void save();
          },
        },
      ],
    });
  }

  const desk: Desk = {
    async open(first) {
      fallback = first;
      const work = await shelf.load('work');
      visit = await returnedVisit(location.hash);
      const link = await linkIn(location.hash);
      if (link.kind === 'state') {
        // The page wrote this address itself, for the reader's own work.
        const isOwn = work !== null && work.fragment === location.hash;
        if (isOwn) kept.set('work', work.text);
        const state = visit?.state ?? link.state;
        openState(isOwn ? { ...state, text: work.text } : state, isOwn);
        if (visit !== null) app.opened.value = visit.opened;
        return false;
      }
      if (link.kind === 'failure') tellFailure(link.failure);
      app.update({ notes: work?.notes ?? false });
      app.openDocument(work?.text ?? first, 'work');
      app.opened.value = visit?.opened ?? (work === null ? { text: first } : null);
      if (work !== null) kept.set('work', work.text);
      desk.resume();
      return work === null && link.kind === 'none';
    },
    resume() {
      if (visit !== null && visit.state.text === app.history.peek().document.text)
        applyView(app, visit.state);
    },
    keep() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let begun = false;
      effect(() => {
        // Everything that a link says.
        void [app.history.value.document, app.position.value, app.session.value, app.digits.value];
        void [app.origin.value, app.run.value];
        clearTimeout(timer);
        if (begun && !app.playing.value) timer = setTimeout(() => void save(), PAUSE_MS);
        begun = true;
      });
      window.addEventListener('pagehide', () => {
        const place = slot();
        const { text } = app.history.peek().document;
        leaveVisit({ fragment: location.hash, state: stateOf(app), opened: app.opened.peek() });
        if (place !== null && begun && kept.get(place) !== text && shelf.textIn(place) !== text) {
          const fragment = writtenFragment === '' ? undefined : writtenFragment;
          shelf.save(place, { text, fragment, ...readAs(app) });
        }
      });
      window.addEventListener('hashchange', () => {
        if (location.hash === writtenFragment) return;
        void linkIn(location.hash).then((link) => {
          if (link.kind === 'state') openState(link.state, false);
          else if (link.kind === 'failure') tellFailure(link.failure);
        });
      });
    },
    async address() {
      const fragment = await fragmentNow();
      if (fragment === null) return null;
      writtenFragment = fragment;
      history.replaceState(null, '', `${location.pathname}${location.search}${fragment}`);
      return addressOfFragment(fragment);
    },
    async addressForOthers() {
      const state = stateOf(app);
      const { text, step, view: { projector: _projector, ...view } = {} } = state;
      const fragment = await fragmentNow({
        text,
        ...(step === undefined ? {} : { step }),
        ...(Object.keys(view).length === 0 ? {} : { view }),
      });
      return fragment === null ? null : addressOfFragment(fragment);
    },
    reset() {
      const opened = app.opened.peek();
      if (opened === null) return;
      const edited = opened.text !== app.history.peek().document.text;
      const { projector } = app.session.peek();
      if (edited) app.replaceDocument(opened.text);
      applyView(app, { ...opened, view: { ...opened.view, projector } }, true);
      if (edited)
        app.tell({ id: 'reset', tone: 'info', text: ({ page }) => page.notices.reset, actions: [] });
    },
    async backToWork() {
      const work = await shelf.load('work');
      app.dismiss('link');
      app.dismiss('recording');
      app.update({ notes: work?.notes ?? false });
      app.openDocument(work?.text ?? fallback, 'work');
      app.opened.value = null;
      app.update({ digits: null });
      if (work !== null) kept.set('work', work.text);
      if (work?.fragment === undefined) return;
      const link = await linkIn(work.fragment);
      if (link.kind === 'state' && link.state.text === app.history.peek().document.text)
        applyView(app, link.state);
    },
  };
  return desk;
}

/** What reads links is fetched with the first one. */
async function linkIn(fragment: string): Promise<DecodedLink> {
  if (fragment === '') return { kind: 'none' };
  const { decodeLink } = await import('../link/codec.ts');
  return decodeLink(fragment);
}

/** How a text without a fence is read, where that is not as a program. */
function readAs(app: App): { readonly notes?: true } {
  return app.session.peek().notes ? { notes: true } : {};
}

/** What a link says about the page as it is. */
function stateOf(app: App): LinkState {
  const { document } = app.history.peek();
  const session = app.session.peek();
  const run = app.run.peek();
  const position = app.position.peek();
  const digits = app.digits.peek();
  const camera = session.following ? undefined : app.graph.peek()?.place();
  const memo = choiceOf(session.memo, initialSession.memo);
  const { path, ...networkView } = choiceOf(session.network, initialSession.network);
  const network = { ...networkView, ...(path === undefined ? {} : { path: [...path] }) };
  const view: LinkView = {
    ...readAs(app),
    ...(session.mode === usualMode(app) ? {} : { mode: session.mode }),
    ...(Object.keys(memo).length === 0 ? {} : { memo }),
    ...(Object.keys(network).length === 0 ? {} : { network }),
    ...(session.predict === initialSession.predict ? {} : { predict: session.predict }),
    ...(camera === undefined ? {} : { camera }),
    ...(session.source ? {} : { source: false }),
    ...(session.inspector ? { inspector: true } : {}),
    ...(session.selected === null ? {} : { selected: session.selected }),
    ...(session.open.size === 0 ? {} : { open: [...session.open].slice(0, 1000) }),
    ...(session.granularity === initialSession.granularity ? {} : { granularity: session.granularity }),
    ...(digits === DIGITS.usual ? {} : { digits }),
    ...(session.projector ? { projector: true } : {}),
    ...(session.stop < 0 ? {} : { stop: session.stop }),
    ...(session.rate === null ? {} : { rate: session.rate }),
    ...(session.hide.size === 0 ? {} : { hide: [...session.hide] }),
  };
  return {
    text: document.text,
    ...(run === null || run.trace.length === 0 || position === forwardEnd(run.trace)
      ? {}
      : { step: addressOf(run.trace, position) }),
    ...(Object.keys(view).length === 0 ? {} : { view }),
  };
}

/** How a document is first seen. */
function usualMode(app: App): Mode {
  return (app.run.peek()?.network ?? null) === null ? initialSession.mode : 'network';
}

/** What differs from how memoization, or a network, is shown first. */
function choiceOf<T extends MemoChoice | NetworkChoice>(choice: T, first: T): Partial<T> {
  const usual: Readonly<Record<string, unknown>> = { ...first };
  return Object.fromEntries(
    Object.entries(choice).filter(([name, value]) => value !== usual[name]),
  ) as Partial<T>;
}

/** Puts the page as a link says, once the link's document is open. */
function applyView(app: App, { view = {}, step }: LinkState, again = false): void {
  app.update({
    notes: view.notes ?? false,
    mode: view.mode ?? usualMode(app),
    modeGiven: view.mode !== undefined,
    tab: view.mode ?? usualMode(app),
    memo: { ...initialSession.memo, ...view.memo },
    network: { ...initialSession.network, ...view.network },
    predict: view.predict ?? initialSession.predict,
    source: view.source ?? true,
    inspector: view.inspector ?? false,
    selected: view.selected ?? null,
    open: new Set(view.open),
    granularity: view.granularity ?? initialSession.granularity,
    digits: view.digits ?? null,
    projector: view.projector ?? false,
    blank: false,
    stop: view.stop ?? -1,
    rate: view.rate ?? null,
    hide: new Set(view.hide),
    following: view.camera === undefined,
  });
  // A large document is still being computed: its step is taken up with the first run.
  let stop: (() => void) | null = null;
  let done = false;
  stop = effect(() => {
    const run = app.run.value;
    const graph = app.graph.value;
    if (run === null || done) return;
    // Its steps are those of the lanes, which are still to be set up.
    if (
      view.mode === 'memo' &&
      app.session.value.mode === 'memo' &&
      run.lanes === null &&
      run.unknown === null
    )
      return;
    if (again || app.position.peek() === forwardEnd(run.trace)) {
      app.goTo(step === undefined ? forwardEnd(run.trace) : positionOf(run.trace, step));
    }
    if (view.camera !== undefined && graph === null) return;
    if (view.camera !== undefined) graph?.setPlace(view.camera);
    done = true;
    stop?.();
  });
  if (done) stop();
}
