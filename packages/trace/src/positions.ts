import { ACCUMULATE, CONTRIBUTE, UPDATE } from './events.ts';
import { checkPosition } from './state.ts';
import type { Trace } from './trace.ts';

/** How far one step goes: a whole pass, everything one node does, or a single event. */
export const GRANULARITIES = ['pass', 'node', 'edge'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

const known = new WeakMap<Trace, Map<Granularity, Int32Array>>();

/**
 * The positions at which steps of this size end, ascending, from 0 to `trace.length`. By node: after every value,
 * after the seed, after a visited node has passed everything on, after every update; in forward mode after every visit,
 * as what a node gets comes before it; in finite differences after everything that is done for one leaf.
 */
export function boundaries(trace: Trace, granularity: Granularity): Int32Array {
  let ofTrace = known.get(trace);
  if (ofTrace === undefined) known.set(trace, (ofTrace = new Map()));
  let positions = ofTrace.get(granularity);
  if (positions === undefined) ofTrace.set(granularity, (positions = computed(trace, granularity)));
  return positions;
}

function computed(trace: Trace, granularity: Granularity): Int32Array {
  const { length, passes } = trace;
  if (granularity === 'pass') return Int32Array.of(0, ...passes.map((pass) => pass.to));
  if (granularity === 'edge') return Int32Array.from({ length: length + 1 }, (_, position) => position);
  const positions = new Int32Array(length + 1);
  let count = 1;
  for (let event = 1; event < length; event++) {
    if (beginsStep(trace, event)) positions[count++] = event;
  }
  if (length > 0) positions[count++] = length;
  return positions.slice(0, count);
}

function beginsStep({ algorithm, kind, passes }: Trace, event: number): boolean {
  const code = kind[event];
  if (algorithm === 'numeric' && event >= (passes.at(-1)?.from ?? 0)) {
    // A leaf is moved, everything is computed anew, and the leaf is moved back.
    return code === UPDATE && kind[event - 1] !== ACCUMULATE;
  }
  const of = algorithm === 'forward' ? kind[event - 1] : code;
  return of !== CONTRIBUTE && of !== ACCUMULATE;
}

/** The first boundary behind a position; the end stays the end. Throws PositionError. */
export function nextPosition(trace: Trace, position: number, granularity: Granularity): number {
  checkPosition(trace, position);
  const positions = boundaries(trace, granularity);
  return positions[Math.min(rank(positions, position + 1), positions.length - 1)];
}

/** The last boundary before a position; the start stays the start. Throws PositionError. */
export function previousPosition(trace: Trace, position: number, granularity: Granularity): number {
  checkPosition(trace, position);
  const positions = boundaries(trace, granularity);
  return positions[Math.max(rank(positions, position) - 1, 0)];
}

/** One step: the events `[from, to)`, and the one among them that says what it is about. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly headline: number;
}

/** The step that leads to a position; null at the start. Throws PositionError. */
export function stepTo(trace: Trace, position: number, granularity: Granularity): Step | null {
  if (position === 0) return null;
  const from = previousPosition(trace, position, granularity);
  // What is said of a step over a node stands at its beginning, but for the algorithms that arrive at it.
  const { algorithm, kind } = trace;
  const last = position - 1;
  const behind = algorithm === 'forward' || granularity !== 'node';
  const result = algorithm === 'numeric' && kind[last] === UPDATE && last - 1 > from ? last - 1 : from;
  return { from, to: position, headline: behind ? last : result };
}

/** "Step 17 of 86": which step leads to a position, and how many there are. */
export function stepNumber(
  trace: Trace,
  position: number,
  granularity: Granularity,
): { readonly step: number; readonly of: number } {
  checkPosition(trace, position);
  const positions = boundaries(trace, granularity);
  return { step: rank(positions, position), of: positions.length - 1 };
}

/** How many of the ascending positions are smaller. */
function rank(positions: Int32Array, position: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (positions[middle] < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
