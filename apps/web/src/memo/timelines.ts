import type { MemoMessages } from '@backflow/messages';
import { computed, type ReadonlySignal } from '@preact/signals';
import type { App } from '../state/app.ts';
import type { Timeline } from '../state/timeline.ts';
import { treeTimeline } from './tree/folding.ts';
import { writtenTimeline } from './written/writing.ts';

/** What the open tab goes through; null where it shows the run. */
export function timelineOf(app: App, texts: ReadonlySignal<MemoMessages>): ReadonlySignal<Timeline | null> {
  return computed(() => timelineNow(app, texts.value));
}

function timelineNow(app: App, texts: MemoMessages): Timeline | null {
  const run = app.run.value;
  const { mode, memo } = app.session.value;
  if (mode !== 'memo' || run === null || run.lanes === null) return null;
  if (memo.tab === 'tree') return treeTimeline(app, run, texts);
  return memo.tab === 'written' ? writtenTimeline(app, run, texts) : null;
}
