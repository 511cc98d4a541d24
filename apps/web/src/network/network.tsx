import { loadNetworkMessages, type NetworkMessages } from '@backflow/messages';
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { lazily } from '../look/lazy.tsx';
import { readerTexts } from '../look/reader-texts.ts';
import type { App } from '../state/app.ts';
import { Tabs } from '../tabs.tsx';
import type { NetworkDesk, NetworkTab, NetworkTabProps, NetworkTabView } from './contract.ts';
import { networkTimeline } from './picture/timeline.ts';
import { Files } from './training/files-pane.tsx';
import { listenToTrainingKeys } from './training/keys.ts';
import { Stopped, Strip } from './training/strip.tsx';
import { trainingOf, type TrainingRoom } from './training/training.ts';
import { leafOf } from './training/values.ts';
import './network.css';

/** Each tab is fetched when it is first shown. */
const VIEWS: ReadonlyMap<NetworkTab, NetworkTabView> = new Map<NetworkTab, NetworkTabView>([
  ['picture', lazily(() => import('./picture/picture.tsx').then(({ Picture }) => Picture))],
  ['training', lazily(() => import('./training/tab.tsx').then(({ TrainingTab }) => TrainingTab))],
  ['gradients', lazily(() => import('./gradients/gradients.tsx').then(({ Gradients }) => Gradients))],
  ['try', lazily(() => import('./try/try.tsx').then(({ TryTab }) => TryTab))],
]);
const TABS = [...VIEWS.keys()];

/** All that the page does with networks, as one piece that is fetched when it is first asked for. */
export async function networkDeskOf(app: App): Promise<NetworkDesk> {
  const texts = await readerTexts(app, loadNetworkMessages);
  const training = trainingOf(app, texts);
  listenToTrainingKeys(document, app, training);
  return {
    View: ({ dark }) => <View app={app} training={training} texts={texts} dark={dark} />,
    timeline: (goTo) => networkTimeline(app, texts.value, goTo),
    training,
    valuesOf: (network) => training.valuesOf(network),
    enterValue: (node, value) => enterValue(app, training, node, value),
  };
}

function enterValue(app: App, training: TrainingRoom, node: number, value: number): boolean {
  const run = app.run.peek();
  if (run === null || run.network === null || !Number.isFinite(value)) return false;
  const leaf = leafOf(run.network, run.origin[node] ?? -1);
  if (leaf === null) return false;
  if (leaf.kind === 'parameter') {
    training.setParameter(leaf.index, value);
    return true;
  }
  const shown = training.example.peek();
  if (shown === null) return false;
  const { x, y } = shown;
  const isClass = training.dataset.peek()?.task !== 'regression';
  if (leaf.kind === 'target' && isClass) return false;
  const list = leaf.kind === 'input' ? x : y;
  if (leaf.index >= list.length) return false;
  const changed = list.slice();
  changed[leaf.index] = value;
  if (leaf.kind === 'input') training.showOwn(changed, y);
  else training.showOwn(x, changed);
  return true;
}

interface ViewProps {
  readonly app: App;
  readonly training: TrainingRoom;
  readonly texts: ReadonlySignal<NetworkMessages>;
  readonly dark: boolean;
}

/** The control strip, the tabs of the view, and the one that is open. */
function View({ app, training, texts, dark }: ViewProps): JSX.Element {
  const words = texts.value;
  const run = app.run.value;
  const network = run?.network ?? null;
  const { tab } = app.session.value.network;
  const shown = VIEWS.has(tab) ? tab : TABS[0];
  const Tab = VIEWS.get(shown)!;
  const props: NetworkTabProps | null =
    run === null || network === null ? null : { app, run, network, training, texts: words, dark };
  return (
    <div class="network">
      {network === null ? null : <Strip app={app} training={training} texts={words} />}
      {network === null ? null : <Stopped training={training} texts={words} />}
      {network === null ? null : <Files training={training} texts={words} />}
      <Tabs
        label={words.tabs.label}
        tabs={TABS}
        current={shown}
        name={(name) => words.tabs.names[name]}
        panel={(name) => `network-${name}`}
        onChange={(next) => app.update({ network: { ...app.session.peek().network, tab: next } })}
      />
      {/* Each tab begins at its top. */}
      <div
        key={shown}
        id={`network-${shown}`}
        class="network-panel"
        role="tabpanel"
        aria-label={words.tabs.names[shown]}
      >
        {props === null ? <p class="network-none">{words.tabs.none}</p> : <Tab {...props} />}
      </div>
      {run !== null && app.stale.value ? (
        <p class="graph-message" role="status">
          {app.messages.value.page.panes.stale}
        </p>
      ) : null}
    </div>
  );
}
