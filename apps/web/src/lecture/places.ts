import { canonicalName } from '@backflow/language';
import type { Recording } from '@backflow/engine';
import { boundaries, EVENT_KINDS, stepNumber, type Trace } from '@backflow/trace';
import { initialSession, type MemoChoice, type Mode } from '../state/session.ts';
import { clampPosition, forwardEnd, type Run } from '../state/run.ts';
import type { Stop, StopProblem, StopStep } from './stops.ts';

/** What a stop shows, with all that the stops above it say. */
export interface StopPlace {
  readonly mode: Mode;
  readonly memo: Pick<MemoChoice, 'tab' | 'left' | 'right' | 'folds' | 'stored'>;
  readonly step: StopStep;
}

/** For each stop, what it shows. */
export function placesOf(stops: readonly Stop[]): StopPlace[] {
  let place: StopPlace = { mode: 'graph', memo: initialSession.memo, step: { kind: 'forward' } };
  return stops.map(({ step, view }) => {
    const { memo } = place;
    const { mode = place.mode, tab = memo.tab, folds = memo.folds, stored = memo.stored } = view ?? {};
    const [left, right] = view?.lanes ?? [memo.left, memo.right];
    place = { mode, memo: { tab, left, right, folds, stored }, step: step ?? place.step };
    return place;
  });
}

const known = new WeakMap<Recording, ReadonlyMap<string, number>>();

/** The node with this name, however it is spelled; -1 for none. */
export function nodeNamed({ shown, nodeOfKey }: Run, name: string): number {
  const exact = nodeOfKey.get(name);
  if (exact !== undefined) return exact;
  let nodes = known.get(shown);
  if (nodes === undefined) {
    const found = new Map<string, number>();
    for (const [node, spelled] of shown.names) found.set(canonicalName(spelled) ?? spelled, node);
    known.set(shown, (nodes = found));
  }
  return nodes.get(canonicalName(name) ?? name) ?? -1;
}

/** The position in the run at which this step has just happened; null where it never does. */
export function positionOfStep(run: Run, step: StopStep): number | null {
  switch (step.kind) {
    case 'start':
      return 0;
    case 'end':
      return run.trace.length;
    case 'forward':
      return forwardEnd(run.trace);
    case 'count':
      return step.count <= run.trace.length ? step.count : null;
  }
  const traces = run.lanes === null ? [run.trace] : run.lanes.map(({ trace }) => trace);
  for (const trace of traces) {
    const at = trace === null ? -1 : positionIn(run, trace, step);
    if (at >= 0) return inLead(run.trace, trace!, at);
  }
  return null;
}

/** Where the timeline stands when a lane stands at this position, by steps of the finest size. */
function inLead(lead: Trace, lane: Trace, position: number): number {
  if (lead === lane) return position;
  const places = boundaries(lead, 'edge');
  return clampPosition(lead, places[Math.min(stepNumber(lane, position, 'edge').step, places.length - 1)]);
}

const CODE = new Map(EVENT_KINDS.map((kind, code) => [kind, code]));

function positionIn(run: Run, trace: Trace, step: StopStep): number {
  const { kind, node, slot, recording } = trace;
  if (step.kind === 'seed') return kind.indexOf(CODE.get('seed')!) + 1 || -1;
  if (step.kind !== 'node' && step.kind !== 'edge') return -1;
  const wanted = nodeNamed(run, step.node);
  const input = step.kind === 'edge' ? nodeNamed(run, step.input) : -1;
  if (wanted < 0 || (step.kind === 'edge' && input < 0)) return -1;
  const code = CODE.get(step.kind === 'edge' ? 'contribute' : step.event)!;
  // Every visit counts, also one that computes again what was known.
  const other = step.event === 'visit' ? CODE.get('recompute')! : code;
  let left = step.time;
  for (let event = 0; event < trace.length; event++) {
    if ((kind[event] !== code && kind[event] !== other) || node[event] !== wanted) continue;
    if (input >= 0 && recording.inputs[recording.inputStart[wanted] + slot[event]] !== input) continue;
    if (--left <= 0) return event + (step.event === 'accumulate' ? 2 : 1);
  }
  return -1;
}

/** What the program has no place for: a node, an edge, or an event that never happens. */
export function problemOf(run: Run, stop: Stop): StopProblem | null {
  const { line, step, stepAt, select } = stop;
  const missing = (name: string, { from, to }: { from: number; to: number }): StopProblem | null =>
    nodeNamed(run, name) >= 0 ? null : { from, to, line, kind: 'node', found: name };
  if (select !== null) {
    const problem = missing(select.node, select);
    if (problem !== null) return problem;
  }
  if (step === null) return null;
  if (step.kind === 'edge') {
    const { node, input } = step;
    const problem = missing(node, stepAt) ?? missing(input, stepAt);
    if (problem !== null) return problem;
    if (!hasEdge(run, nodeNamed(run, node), nodeNamed(run, input)))
      return { ...stepAt, line, kind: 'edge', found: `${node} → ${input}` };
    return null;
  }
  return step.kind === 'node' ? missing(step.node, stepAt) : null;
}

function hasEdge({ shown }: Run, node: number, input: number): boolean {
  for (let at = shown.inputStart[node]; at < shown.inputStart[node + 1]; at++)
    if (shown.inputs[at] === input) return true;
  return false;
}
