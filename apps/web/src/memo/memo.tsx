import { loadMemoMessages, type MemoMessages } from '@backflow/messages';
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { readerTexts } from '../look/reader-texts.ts';
import type { App } from '../state/app.ts';
import { Tabs } from '../tabs.tsx';
import { Beside } from './beside/beside.tsx';
import { MEMO_TABS, type MemoDesk, type MemoTab, type MemoTabView } from './contract.ts';
import { forecastOf } from './predict/forecast.ts';
import { Strip } from './predict/strip.tsx';
import { TableTab } from './table/table.tsx';
import { GrowthTab } from './growth/growth.tsx';
import { inspectedOf } from './inspected.ts';
import { race } from './race.ts';
import { timelineOf } from './timelines.ts';
import { TreeTab } from './tree/tree.tsx';
import { WrittenTab } from './written/written.tsx';
import './memo.css';

const VIEWS: Readonly<Record<MemoTab, MemoTabView>> = {
  beside: Beside,
  tree: TreeTab,
  written: WrittenTab,
  table: TableTab,
  growth: GrowthTab,
};

/** All that the page does with memoization, as one piece that is fetched when it is first asked for. */
export async function memoDeskOf(app: App): Promise<MemoDesk> {
  const texts = await readerTexts(app, loadMemoMessages);
  const forecast = forecastOf(app);
  return {
    runner: race,
    timeline: timelineOf(app, texts),
    nameOf: (algorithm) => texts.value.algorithms.names[algorithm],
    inspected: inspectedOf(app, texts),
    View: ({ dark }) => <View app={app} texts={texts} dark={dark} />,
    forecast,
    Predict: () => <Strip app={app} forecast={forecast} texts={texts} />,
  };
}

interface ViewProps {
  readonly app: App;
  readonly texts: ReadonlySignal<MemoMessages>;
  readonly dark: boolean;
}

/** The tabs of the view, and the one that is open. */
function View({ app, texts, dark }: ViewProps): JSX.Element {
  const words = texts.value;
  const run = app.run.value;
  const { memo } = app.session.value;
  const Tab = VIEWS[memo.tab];
  return (
    <div class="memo">
      <Tabs
        label={words.tabs.label}
        tabs={MEMO_TABS}
        current={memo.tab}
        name={(tab) => words.tabs.names[tab]}
        panel={(tab) => `memo-${tab}`}
        onChange={(tab) => app.update({ memo: { ...app.session.peek().memo, tab } })}
      />
      {/* Each tab begins at its top. */}
      <div
        key={memo.tab}
        id={`memo-${memo.tab}`}
        class="memo-panel"
        role="tabpanel"
        aria-label={words.tabs.names[memo.tab]}
      >
        {run === null || run.lanes === null ? (
          <p class="memo-none">{words.tabs.none}</p>
        ) : (
          <Tab app={app} run={run} texts={words} dark={dark} />
        )}
      </div>
      {run !== null && app.stale.value ? (
        <p class="graph-message" role="status">
          {app.messages.value.page.panes.stale}
        </p>
      ) : null}
    </div>
  );
}
