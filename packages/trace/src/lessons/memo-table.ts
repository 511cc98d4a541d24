import type { AlgorithmName } from '../algorithms/algorithm.ts';
import type { Judge } from '../algorithms/judge.ts';
import { CONTRIBUTE, EVALUATE, VISIT } from '../events.ts';
import { countBefore, lastBefore, nodeIndex } from '../node-index.ts';
import type { NodeIndex } from '../node-index.ts';
import { activeAt, gradientState } from '../state.ts';
import type { GradientState } from '../state.ts';
import type { Trace } from '../trace.ts';

/** What a run keeps of each node while it goes on; `gradients` are a memo table of ∂output/∂node. */
export type Keeping = 'gradients' | 'sums' | 'values' | 'tangents';

export function keepingOf(algorithm: AlgorithmName): Keeping {
  switch (algorithm) {
    case 'path-sum':
      return 'sums';
    case 'numeric':
      return 'values';
    case 'forward':
      return 'tangents';
    default:
      return 'gradients';
  }
}

/** Whether a run marks the nodes that it has dealt with and turns back at the marked ones. */
export function keepsVisitedSet(algorithm: AlgorithmName): boolean {
  return algorithm === 'preorder' || algorithm === 'breadth-first' || algorithm === 'postorder';
}

/** An entry taken out of the table: the gradient of a node goes on to one of its inputs. */
export interface MemoRead {
  /** The `contribute` event. */
  readonly event: number;
  /** The input that it goes to, and that input's slot. */
  readonly by: number;
  readonly slot: number;
  /** The number that stood there. */
  readonly found: number;
  /** True where it had been computed for somebody else and was looked up. */
  readonly hit: boolean;
}

/** A row of the table, as it stands at a position. */
export interface MemoRow {
  readonly node: number;
  /** The number that is stored, and whether it is complete. */
  readonly gradient: GradientState;
  /** The first visit, −1 before it. From then on the node counts as dealt with. */
  readonly visited: number;
  /** How often it has been visited: more than once where nothing prevents it. */
  readonly visits: number;
  /** How often it was asked for or met and had been dealt with. */
  readonly hits: number;
  /** Who has taken the entry out, in time. */
  readonly reads: readonly MemoRead[];
  /** The first read of another number than the one that is due; null for none. */
  readonly wrong: MemoRead | null;
}

const contributions = new WeakMap<Trace, NodeIndex>();

/** The `contribute` events by their consumer, whose gradient they take. Computed once per trace. */
function readsOf(trace: Trace): NodeIndex {
  let index = contributions.get(trace);
  if (index === undefined) {
    const chosen = Array.from({ length: CONTRIBUTE + 1 }, (_, kind) => (kind === CONTRIBUTE ? 1 : 0));
    contributions.set(trace, (index = nodeIndex(trace.recording.count, trace.kind, trace.node, chosen)));
  }
  return index;
}

/**
 * The row of a node at a position of a run that keeps gradients. `isRight` judges what
 * is read. O(log events) and the node's reads, of which no more than `most` are listed.
 */
export function memoRow(
  trace: Trace,
  isRight: Judge,
  node: number,
  position: number,
  most = Infinity,
): MemoRow {
  const { visits, reuses, recording } = trace;
  const { inputs, inputStart } = recording;
  const reading = readsOf(trace);
  const count = countBefore(reading, node, position);
  const reads: MemoRead[] = [];
  let wrong: MemoRead | null = null;
  for (let at = 0; at < count && (at < most || wrong === null); at++) {
    const event = reading.events[reading.start[node] + at];
    const slot = trace.slot[event];
    const lookedUp = lastBefore(reuses, node, event);
    const previous = at === 0 ? -1 : reading.events[reading.start[node] + at - 1];
    const read = {
      event,
      by: inputs[inputStart[node] + slot],
      slot,
      found: foundAt(trace, node, event),
      hit: lookedUp > previous && lookedUp > lastBefore(visits, node, event),
    };
    if (wrong === null && !isRight(node, read.found)) wrong = read;
    if (at < most) reads.push(read);
  }
  const visited = countBefore(visits, node, position);
  return {
    node,
    gradient: gradientState(trace, node, position),
    visited: visited === 0 ? -1 : visits.events[visits.start[node]],
    visits: visited,
    hits: countBefore(reuses, node, position),
    reads,
    wrong,
  };
}

/** How many times a node's entry has been taken out at a position. */
export function readCount(trace: Trace, node: number, position: number): number {
  return countBefore(readsOf(trace), node, position);
}

/** The number that a node passes on is the one it had when it was visited. */
function foundAt(trace: Trace, node: number, event: number): number {
  const visit = lastBefore(trace.visits, node, event);
  return visit < 0 ? NaN : trace.value[visit];
}

/** The nodes that have a row: those that a run computes gradients of, the output first, as they come up in a sweep. */
export function memoNodes(trace: Trace): number[] {
  const nodes: number[] = [];
  for (let node = trace.of; node >= 0; node--) if (trace.reached[node] === 1) nodes.push(node);
  return nodes;
}

/** What the last event did to the table. */
export interface MemoStroke {
  readonly node: number;
  /** `miss`: asked for and not there yet, now stored; `hit`: looked up; `met`: a visited mark turned the run back. */
  readonly kind: 'write' | 'miss' | 'hit' | 'met' | 'read';
}

/** The row that the last event before a position touched; null where it touched none. */
export function memoStroke(trace: Trace, position: number): MemoStroke | null {
  const active = activeAt(trace, position);
  if (active === null || trace.kind[active.event] === EVALUATE) return null;
  const { node, kind, event } = active;
  switch (kind) {
    case 'reuse':
      return {
        node,
        kind: Number.isNaN(trace.value[event]) && keepsVisitedSet(trace.algorithm) ? 'met' : 'hit',
      };
    case 'contribute':
      return { node, kind: 'read' };
    case 'visit':
      return { node, kind: trace.algorithm === 'memo' && trace.kind[event] === VISIT ? 'miss' : 'write' };
    default:
      return { node, kind: 'write' };
  }
}
