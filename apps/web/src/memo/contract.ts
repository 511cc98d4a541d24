import type { MemoMessages } from '@backflow/messages';
import type { AlgorithmName, Counters, Trace } from '@backflow/trace';
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import type { App } from '../state/app.ts';
import type { Runner } from '../state/lanes.ts';
import type { Run } from '../state/run.ts';
import type { Timeline } from '../state/timeline.ts';
import type { Inspected } from './inspected.ts';
import type { Forecast } from './predict/forecast.ts';

/** What the memoization view shows, one at a time. */
export const MEMO_TABS = ['beside', 'tree', 'written', 'table', 'growth'] as const;
export type MemoTab = (typeof MEMO_TABS)[number];

/** Programs that can be made larger, to see how the cost grows. */
export const GROWTH_FAMILIES = ['doubling', 'fibonacci', 'network', 'own'] as const;
export type GrowthFamily = (typeof GROWTH_FAMILIES)[number];

/** One of two algorithms on the same graph. */
export interface Lane {
  readonly algorithm: AlgorithmName;
  /** Null where the run would be too long to step through; then it is counted. */
  readonly trace: Trace | null;
  /** The cost of the whole run. */
  readonly counters: Counters;
  /** Events of the whole run, the forward pass not counted. */
  readonly events: bigint;
  /** Per node of the recording; null where it is only counted. */
  readonly gradients: Float64Array | null;
  readonly right: boolean | null;
}

/** What each tab gets. The run is over the whole recording: no sum is folded, `run.shown` has every operation. */
export interface MemoTabProps {
  readonly app: App;
  readonly run: Run;
  readonly texts: MemoMessages;
  readonly dark: boolean;
}

export type MemoTabView = ComponentType<MemoTabProps>;

/** All that the page does with memoization, as one piece that is fetched when it is first asked for. */
export interface MemoDesk {
  readonly runner: Runner;
  /** What the open tab goes through; null where it shows the run. */
  readonly timeline: ReadonlySignal<Timeline | null>;
  nameOf(algorithm: AlgorithmName): string;
  /** The lane that the particulars of a node are about; null without lanes. */
  readonly inspected: ReadonlySignal<Inspected | null>;
  readonly View: (props: { readonly dark: boolean }) => JSX.Element | null;
  /** Asks for the next node or number before a step is taken. */
  readonly forecast: Forecast;
  /** The question, or the verdict. */
  readonly Predict: () => JSX.Element | null;
}
