import { nameToText, nodeTitle } from '@backflow/print';
import { boundaries, stepNumber, type Granularity, type Trace } from '@backflow/trace';
import type { App } from '../../state/app.ts';
import type { Run } from '../../state/run.ts';

/** Where a lane stands, and all that is needed to go elsewhere in it. */
export interface Place {
  readonly app: App;
  readonly run: Run;
  readonly trace: Trace;
  readonly position: number;
  readonly granularity: Granularity;
  /** Per node, the gradient that is due. */
  readonly truth: Float64Array;
}

/** The step in which an event happens. */
export function stepOfEvent({ trace, granularity }: Place, event: number): number {
  return stepNumber(trace, event + 1, granularity).step;
}

/** Goes to a step of the lane: the timeline has a step of the same number, and more of them. */
export function goToStep({ app, run, granularity }: Place, step: number): void {
  const places = boundaries(run.trace, granularity);
  app.goTo(places[Math.min(step, places.length - 1)]);
}

const TITLE = 24;

export function titleOf(run: Run, node: number): string {
  const name = run.shown.names.get(node);
  return name === undefined ? nodeTitle(run.shown, node, TITLE) : nameToText(name);
}
