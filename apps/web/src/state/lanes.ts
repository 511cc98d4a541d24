import type { Recording } from '@backflow/engine';
import { boundaries, stepNumber, type AlgorithmName, type Granularity, type Trace } from '@backflow/trace';
import type { Lane } from '../memo/contract.ts';

/** Runs two algorithms over a recording. */
export type Runner = (
  recording: Recording,
  left: AlgorithmName,
  right: AlgorithmName,
) => readonly [Lane, Lane];

/** Two algorithms on the same graph, and the trace that the timeline is about. */
interface Race {
  readonly trace: Trace;
  readonly lanes: readonly [Lane, Lane] | null;
}

/** The trace of the lane that takes more steps of this size; null where none is stepped. */
export function leadOf(lanes: readonly [Lane, Lane], granularity: Granularity): Trace | null {
  const [left, right] = lanes.map(({ trace }) => trace);
  if (left === null || right === null) return left ?? right;
  const steps = (trace: Trace): number => boundaries(trace, granularity).length;
  return (steps(right) - steps(left) || right.length - left.length) > 0 ? right : left;
}

/**
 * Where a lane stands while the timeline stands at `position`: at the same step number; at its end where it has fewer
 * steps, and with the timeline's own end.
 */
export function lanePosition(race: Race, lane: Trace, position: number, granularity: Granularity): number {
  if (lane === race.trace) return position;
  if (position >= race.trace.length) return lane.length;
  const places = boundaries(lane, granularity);
  const { step } = stepNumber(race.trace, position, granularity);
  return places[Math.min(step, places.length - 1)];
}

/** The first position of the timeline at which a lane has come as far as `reached`. */
export function timelinePosition(race: Race, lane: Trace, reached: number, granularity: Granularity): number {
  if (lane === race.trace) return boundaries(lane, granularity)[stepNumber(lane, reached, granularity).step];
  const places = boundaries(race.trace, granularity);
  const { step } = stepNumber(lane, reached, granularity);
  return places[Math.min(step, places.length - 1)];
}
