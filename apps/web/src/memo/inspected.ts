import type { MemoMessages } from '@backflow/messages';
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { App } from '../state/app.ts';
import { lanePosition } from '../state/lanes.ts';
import type { Run } from '../state/run.ts';

/** What the particulars of a node are about: one of two lanes. */
export interface Inspected {
  /** With the steps of that lane. */
  readonly run: Run;
  readonly position: number;
  /** Names the algorithm. */
  readonly title: string;
}

/** The lane in which a node was last picked; null for the one that the timeline is about. */
const picked = signal<0 | 1 | null>(null);

/** Selects a node as it stands in a lane. */
export function pickIn(app: App, side: 0 | 1, node: number | null): void {
  picked.value = side;
  app.select(node);
}

/** The lane in which the selected node was picked, where it stands now; null without lanes. */
export function inspectedOf(app: App, texts: ReadonlySignal<MemoMessages>): ReadonlySignal<Inspected | null> {
  const run = computed<Run | null>(() => {
    const latest = app.run.value;
    if (latest === null || latest.lanes === null) return null;
    const trace = picked.value === null ? null : latest.lanes[picked.value].trace;
    return trace === null || trace === latest.trace ? latest : { ...latest, trace };
  });
  return computed(() => {
    const latest = app.run.value;
    const about = run.value;
    if (latest === null || about === null) return null;
    const { trace } = about;
    const { beside, algorithms } = texts.value;
    return {
      run: about,
      position: lanePosition(latest, trace, app.position.value, app.session.value.granularity),
      title: beside.inspected(algorithms.names[trace.algorithm]),
    };
  });
}
