import { LEAF } from '@backflow/engine';
import type { Active, Moment } from '@backflow/graph';
import { activeAt, Playhead } from '@backflow/trace';
import type { Run } from './run.ts';

/** What stays the same at every step of one run. */
interface Frame {
  readonly head: Playhead;
  readonly live: Uint8Array;
  readonly scale: number;
}

const frames = new WeakMap<Run, Frame>();

function frameOf(run: Run): Frame {
  let frame = frames.get(run);
  if (frame === undefined) frames.set(run, (frame = newFrame(run)));
  return frame;
}

function newFrame(run: Run): Frame {
  const { shown, trace } = run;
  const live = new Uint8Array(shown.inputs.length);
  const finished = new Playhead(trace);
  finished.moveTo(trace.length);
  let scale = 0;
  for (let node = 0; node < shown.count; node++) {
    const size = Math.abs(finished.gradient[node]);
    if (Number.isFinite(size)) scale = Math.max(scale, size);
  }
  if (trace.length === 0) live.fill(1);
  else live.set(finished.flowed);
  return { head: new Playhead(trace), live, scale: scale || 1 };
}

/** What the run says at a position. The columns are reused by the next call for the same run. */
export function momentAt(run: Run, position: number, stale: boolean): Moment {
  const { head, live, scale } = frameOf(run);
  head.moveTo(position);
  const { value, valueKnown, gradient, gradientState, reported, uses, contribution, flowed } = head;
  return {
    value,
    valueKnown: run.unknown === null ? valueKnown : shownOnly(run, run.unknown, valueKnown),
    gradient,
    gradientState,
    reported,
    uses,
    local: run.local,
    contribution,
    flowed,
    live,
    active: activeOf(run, position),
    scale,
    stale,
  };
}

/** What is known without the samples. */
function shownOnly({ origin }: Run, unknown: Uint8Array, known: Uint8Array): Uint8Array {
  return known.map((value, node) => (unknown[origin[node]] === 1 ? 0 : value));
}

function activeOf({ trace, shown }: Run, position: number): Active | null {
  const active = activeAt(trace, position);
  if (active === null) return null;
  const { kind, node, edge } = active;
  return edge === null
    ? { kind, node, entry: -1 }
    : { kind, node: edge.consumer, entry: shown.inputStart[edge.consumer] + edge.slot };
}

/** True for a number that the program gives. */
export function isLeaf({ shown }: Run, node: number): boolean {
  return shown.operation[node] === LEAF;
}
