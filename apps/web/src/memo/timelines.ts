import type { MemoMessages } from '@backflow/messages';
import type { App } from '../state/app.ts';
import type { Timeline } from '../state/timeline.ts';
import { treeTimeline } from './tree/folding.ts';
import { writtenTimeline } from './written/writing.ts';

/** What the open tab goes through; null where it shows the run. */
export function tabTimelineOf(app: App, texts: MemoMessages): Timeline | null {
  const run = app.run.value;
  const { mode, memo } = app.session.value;
  if (mode !== 'memo' || run === null || run.lanes === null) return null;
  if (memo.tab === 'tree') return treeTimeline(app, run, texts);
  return memo.tab === 'written' ? writtenTimeline(app, run, texts) : null;
}
