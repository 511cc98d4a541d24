import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { SourcePane } from './editor/source-pane.tsx';
import { GraphPane } from './graph-pane.tsx';
import { lazily, painted } from './look/lazy.tsx';
import { narrow, systemDark } from './look/media.ts';
import { Notices } from './look/notices.tsx';
import { TopBar } from './menu/top-bar.tsx';
import { MODES, TABS, type Mode, type Session, type Tab } from './state/session.ts';
import { titleOf } from './state/title.ts';
import { Tabs } from './tabs.tsx';
import { Transport } from './transport/transport.tsx';
import './look/tokens.css';
import './look/base.css';
import './page.css';

/** Put in after the first paint: the first drawing may hold the page up for a moment. */
const LaterGraphPane = lazily(async () => {
  await painted();
  return GraphPane;
});
const Inspector = lazily(async () => (await import('./inspector/inspector.tsx')).Inspector);
const Table = lazily(async () => (await import('./table/table.tsx')).Table);
const Palette = lazily(async () => (await import('./menu/palette.tsx')).Palette);
const Finder = lazily(async () => (await import('./menu/palette.tsx')).Finder);
const Welcome = lazily(async () => (await import('./notes/welcome.tsx')).Welcome);
const Qr = lazily(async () => (await import('./lecture/qr.tsx')).Qr);
const Help = lazily(async () => (await import('./menu/help.tsx')).Help);

/** Which panes are to be seen, on the screen at hand. */
interface Panes {
  readonly source: boolean;
  readonly graph: boolean;
  readonly table: boolean;
  readonly memo: boolean;
  readonly network: boolean;
  readonly inspector: boolean;
}

/** A document without a network has no view of it. */
function offered<T extends Mode | Tab>(hasNetwork: boolean, view: T): T {
  return view === 'network' && !hasNetwork ? ('graph' as T) : view;
}

function panesOf(session: Session, isNarrow: boolean, hasNetwork: boolean): Panes {
  const { hide, projector } = session;
  const mode = offered(hasNetwork, session.mode);
  const inspector = session.inspector && !projector && !hide.has('inspector');
  if (isNarrow) {
    const covered = projector || (session.tab === 'source' && hide.has('source'));
    const tab = covered ? mode : offered(hasNetwork, session.tab);
    return {
      source: tab === 'source',
      graph: tab === 'graph',
      table: tab === 'table',
      memo: tab === 'memo',
      network: tab === 'network',
      inspector: inspector && tab !== 'source' && session.selected !== null,
    };
  }
  const table = mode === 'table';
  const memo = mode === 'memo';
  const network = mode === 'network';
  const source = session.source && !projector && !hide.has('source');
  return { source, graph: !table && !memo && !network, table, memo, network, inspector };
}

export function Page(): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page;
  const session = app.session.value;
  const { theme, language } = app.settings.value;
  const dark = !session.projector && (theme === 'dark' || (theme === 'auto' && systemDark.value));
  const hasNetwork = (app.run.value?.network ?? null) !== null;
  const panes = panesOf(session, narrow.value, hasNetwork);
  const notes = app.notes.value;
  const memo = app.memo.value;
  const network = app.network.value;

  useEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = dark ? 'dark' : 'light';
    root.lang = language;
    root.toggleAttribute('data-projector', session.projector);
  }, [dark, language, session.projector]);

  const title = titleOf(app.history.value.document.text);
  useEffect(() => {
    document.title = title === null ? texts.title : `${title} – ${texts.title}`;
  }, [title, texts]);

  const menu = !session.projector && !session.hide.has('menu');
  return (
    <div class="page">
      {menu ? <TopBar /> : null}
      <main class="desk">
        {menu ? null : <h1 class="hidden-visually">{texts.title}</h1>}
        <Notices />
        {app.welcome.value && !session.projector ? <Welcome /> : null}
        {narrow.value && !session.projector ? (
          <Tabs
            label={texts.panes.views}
            tabs={TABS.filter(
              (tab) => (!session.hide.has('source') || tab !== 'source') && tab === offered(hasNetwork, tab),
            )}
            current={TABS.find((tab) => panes[tab]) ?? 'graph'}
            name={(tab) => texts.panes[tab === 'source' ? 'notes' : tab]}
            panel={(tab) => (tab === 'source' ? 'source' : `centre-${tab}`)}
            onChange={(tab) => app.update(tab === 'source' ? { tab } : { tab, mode: tab })}
          />
        ) : null}
        {narrow.value && panes.graph && !session.projector && notes !== null ? <notes.Strip /> : null}
        <div class="stage">
          <section id="source" class="pane source" aria-label={texts.panes.source} hidden={!panes.source}>
            <SourcePane />
          </section>
          <div class="pane centre" hidden={!panes.graph && !panes.table && !panes.memo && !panes.network}>
            {narrow.value || session.projector ? null : (
              <Tabs
                label={texts.panes.views}
                tabs={MODES.filter((mode) => mode === offered(hasNetwork, mode))}
                current={offered(hasNetwork, session.mode)}
                name={(mode) => texts.panes[mode]}
                panel={(mode) => `centre-${mode}`}
                onChange={(mode) => app.update({ mode, tab: mode })}
              />
            )}
            <section id="centre-graph" class="view" aria-label={texts.panes.graph} inert={!panes.graph}>
              <LaterGraphPane dark={dark} />
            </section>
            {panes.table ? (
              <section id="centre-table" class="view over" aria-label={texts.panes.table}>
                <Table />
              </section>
            ) : null}
            {panes.memo ? (
              <section id="centre-memo" class="view over" aria-label={texts.panes.memo}>
                {memo === null ? null : <memo.View dark={dark} />}
              </section>
            ) : null}
            {panes.network ? (
              <section id="centre-network" class="view over" aria-label={texts.panes.network}>
                {network === null ? null : <network.View dark={dark} />}
              </section>
            ) : null}
          </div>
          {panes.inspector ? <Inspector /> : null}
        </div>
      </main>
      {session.hide.has('transport') ? null : <Transport />}
      {app.dialog.value === 'palette' ? <Palette /> : null}
      {app.dialog.value === 'find' ? <Finder /> : null}
      {app.dialog.value === 'help' ? <Help /> : null}
      {app.dialog.value === 'qr' ? <Qr /> : null}
      {session.blank ? <div class="blank" /> : null}
    </div>
  );
}
