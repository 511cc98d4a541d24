import { isExpandable, keysOf, partialsOf, type Recording } from '@backflow/engine';
import { foldSums } from '@backflow/graph';
import {
  addressOf,
  positionOf,
  traceOf,
  traceReverse,
  type AlgorithmName,
  type Granularity,
  type Trace,
} from '@backflow/trace';
import type { NetworkDocument } from '@backflow/language/network';
import type { Lane } from '../memo/contract.ts';
import { leadOf, type Runner } from './lanes.ts';

/** One program, run: what was recorded, what is shown of it, and the steps over what is shown. */
export interface Run {
  /** The text that was compiled; spans point into it. */
  readonly text: string;
  /** Every operation of the program. */
  readonly full: Recording;
  /** The same as the graph shows it: runs of + and − folded, and what is open in its parts. */
  readonly shown: Recording;
  /** Per shown node, its index in `full`. */
  readonly origin: Int32Array;
  readonly keys: readonly string[];
  readonly nodeOfKey: ReadonlyMap<string, number>;
  /** The steps of the timeline; with lanes, those of the lane that takes more of them. */
  readonly trace: Trace;
  /** Two algorithms in lock step, where memoization is shown. */
  readonly lanes: readonly [Lane, Lane] | null;
  /** Per entry of `shown.inputs`, the local derivative. */
  readonly local: Float64Array;
  /** Per node of `full`, 1 where its number is only a sample and is not to be shown; null for none. */
  readonly unknown: Uint8Array | null;
  /** The network that the text describes, whose nodes are those of `full`; null for none. */
  readonly network: NetworkDocument | null;
}

export interface RunOptions {
  readonly open: ReadonlySet<string>;
  readonly rate: number | null;
  /** Runs two algorithms over every operation, in place of the reverse sweep over what the graph shows. */
  readonly race?: {
    readonly runner: Runner;
    readonly left: AlgorithmName;
    readonly right: AlgorithmName;
    readonly granularity: Granularity;
  } | null;
}

export function runOf(
  text: string,
  full: Recording,
  options: RunOptions,
  unknown: Uint8Array | null = null,
  network: NetworkDocument | null = null,
): Run {
  const { race = null } = options;
  const { recording: shown, origin } = race === null ? foldSums(full, options.open) : whole(full);
  const keys = keysOf(shown);
  // Without numbers there is nothing to step through.
  const none = unknown?.[full.output] === 1;
  const lanes = race === null || none ? null : race.runner(shown, race.left, race.right);
  let trace: Trace | null = null;
  if (lanes !== null) trace = leadOf(lanes, race!.granularity);
  else if (!none) trace = traceReverse(shown, options.rate === null ? {} : { learningRate: options.rate });
  return {
    text,
    full,
    shown,
    origin,
    keys,
    nodeOfKey: new Map(keys.map((key, node) => [key, node])),
    trace: trace ?? traceOf(shown, () => undefined),
    lanes,
    local: localDerivatives(shown),
    unknown,
    network,
  };
}

function whole(recording: Recording): { readonly recording: Recording; readonly origin: Int32Array } {
  return { recording, origin: Int32Array.from({ length: recording.count }, (_, node) => node) };
}

function localDerivatives(recording: Recording): Float64Array {
  const local = new Float64Array(recording.inputs.length);
  for (let node = 0; node < recording.count; node++) {
    const from = recording.inputStart[node];
    if (from === recording.inputStart[node + 1]) continue;
    local.set(partialsOf(recording, node), from);
  }
  return local;
}

/**
 * What is open after a double-click on a card, and the key of what was opened or closed by it: what has parts opens, what
 * is open or a part of it closes; null for other cards.
 */
export function toggledAt(
  { shown, keys }: Run,
  node: number,
  open: ReadonlySet<string>,
): { readonly open: ReadonlySet<string>; readonly key: string } | null {
  const next = new Set(open);
  let key = keys[node];
  if (isExpandable(shown, node) && !open.has(key)) return { open: next.add(key), key };
  while (!next.delete(key)) {
    const end = key.lastIndexOf('/');
    if (end < 0) return null;
    key = key.slice(0, end);
  }
  return { open: next, key };
}

/** The position after the forward pass: every value is known, no gradient yet. */
export function forwardEnd(trace: Trace): number {
  return trace.passes.find(({ kind }) => kind === 'forward')?.to ?? 0;
}

/**
 * Where to stand in a new run: at the same end of a pass if the reader stood at one, else at the same
 * event by its address, so that an edit elsewhere or a dragged number keeps the step.
 */
export function carriedPosition(before: Run, position: number, after: Run): number {
  if (position === forwardEnd(before.trace)) return forwardEnd(after.trace);
  if (position <= 0) return 0;
  if (position >= before.trace.length) return after.trace.length;
  return clampPosition(after.trace, positionOf(after.trace, addressOf(before.trace, position)));
}

export function clampPosition(trace: Trace, position: number): number {
  return Math.max(0, Math.min(trace.length, Math.round(position) || 0));
}
