import { isLive, LEAF } from '@backflow/engine';
import type { Active, Moment } from '@backflow/graph';
import { activeAt, Playhead, type Trace } from '@backflow/trace';
import type { Run } from './run.ts';

/** What stays the same at every step of one trace. */
interface Frame {
  readonly head: Playhead;
  readonly live: Uint8Array;
  readonly scale: number;
}

const frames = new WeakMap<Trace, Frame>();

function frameOf(trace: Trace): Frame {
  let frame = frames.get(trace);
  if (frame === undefined) frames.set(trace, (frame = newFrame(trace)));
  return frame;
}

function newFrame(trace: Trace): Frame {
  const finished = new Playhead(trace);
  finished.moveTo(trace.length);
  return { head: new Playhead(trace), live: liveUses(trace), scale: scaleOf(finished.gradient) };
}

/** The size of the largest gradient, by which the others are shaded. */
export function scaleOf(gradients: Float64Array): number {
  let scale = 0;
  for (const gradient of gradients) {
    const size = Math.abs(gradient);
    if (Number.isFinite(size)) scale = Math.max(scale, size);
  }
  return scale || 1;
}

/** Per entry of `recording.inputs`, 1 where gradients flow back along it in a right run. */
function liveUses({ recording, reached, length }: Trace): Uint8Array {
  const { count, inputs, inputStart } = recording;
  const live = new Uint8Array(inputs.length);
  for (let node = 0; node < count; node++) {
    if (reached[node] === 0) continue;
    for (let entry = inputStart[node]; entry < inputStart[node + 1]; entry++)
      if (isLive(recording, node, entry - inputStart[node])) live[entry] = 1;
  }
  // Without steps nothing tells what is reached.
  return length === 0 ? live.fill(1) : live;
}

/**
 * What the run says at a position, or another trace over what it shows. The columns are reused by the next call for the
 * same trace.
 */
export function momentAt(run: Run, position: number, stale: boolean, trace: Trace = run.trace): Moment {
  const { head, live, scale } = frameOf(trace);
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
    active: activeOf(run, trace, position),
    scale,
    stale,
  };
}

/** What is known without the samples. */
function shownOnly({ origin }: Run, unknown: Uint8Array, known: Uint8Array): Uint8Array {
  return known.map((value, node) => (unknown[origin[node]] === 1 ? 0 : value));
}

function activeOf({ shown }: Run, trace: Trace, position: number): Active | null {
  const active = activeAt(trace, position);
  if (active === null) return null;
  const { kind, node, edge } = active;
  if (edge === null) return { kind, node, entry: -1 };
  const { consumer, slot, input } = edge;
  const forward = trace.algorithm === 'forward';
  return {
    kind,
    node: consumer,
    entry: shown.inputStart[consumer] + slot,
    upstream: passedOn(trace, forward ? input : consumer, position),
    forward,
    replaces: trace.algorithm === 'overwrite',
  };
}

/** What a node passed on at its last visit. */
function passedOn({ value, visits }: Trace, node: number, position: number): number {
  let low = visits.start[node];
  let high = visits.start[node + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (visits.events[middle] < position) low = middle + 1;
    else high = middle;
  }
  return low === visits.start[node] ? NaN : value[visits.events[low - 1]];
}

/** True for a number that the program gives. */
export function isLeaf({ shown }: Run, node: number): boolean {
  return shown.operation[node] === LEAF;
}
