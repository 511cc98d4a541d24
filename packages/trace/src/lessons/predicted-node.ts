import { LEAF } from '@backflow/engine';
import { EVALUATE, RECOMPUTE, REUSE, SEED, UPDATE, VISIT } from '../events.ts';
import type { Trace } from '../trace.ts';
import { isReady, missing, momentOf, pending, usersOfNode, useCount } from './predicted-moment.ts';
import type { Moment } from './predicted-moment.ts';
import { liveInputs, orderOf } from './predicted-order.ts';
import type { NodeQuestion, OrderReason, Reason } from './question.ts';

/** Nodes to choose from: not fewer, where there are as many, and not more. */
const LEAST = 3;
const MOST = 6;

/** Algorithms that visit a node more than once in a pass. */
const REVISITS: ReadonlySet<string> = new Set(['path-sum', 'accumulate-early']);
/** Algorithms that take any node that is ready; the others have one order. */
const SWEEPS: ReadonlySet<string> = new Set(['reverse', 'overwrite', 'forward']);

/** The first node that has its turn in the step `[from, to)`; null where none has. */
export function nodeQuestion(trace: Trace, from: number, to: number): NodeQuestion | null {
  for (let event = from; event < to; event++) {
    const ask = askOf(trace, event);
    if (ask === null) continue;
    const taken = trace.node[event];
    const moment = momentOf(trace, event);
    const right = rightNodes(trace, moment, event, ask);
    return {
      kind: 'node',
      trace,
      from,
      to,
      event,
      ask,
      taken,
      right,
      candidates: candidatesOf(trace, moment, ask, taken, right),
    };
  }
  return null;
}

function askOf(trace: Trace, event: number): NodeQuestion['ask'] | null {
  const { algorithm, kind } = trace;
  switch (kind[event]) {
    case EVALUATE:
      return 'evaluate';
    case SEED:
      return algorithm === 'memo' ? 'table' : 'seed';
    case VISIT:
    case RECOMPUTE:
    case REUSE:
      return algorithm === 'memo' ? 'table' : algorithm === 'forward' ? 'tangent' : 'visit';
    case UPDATE:
      if (algorithm !== 'numeric') return 'update';
      // The second one puts the leaf back.
      return movedBefore(trace, event) === trace.node[event] ? null : 'move';
    default:
      return null;
  }
}

/** The leaf that finite differences have moved and not put back; −1 if none. */
function movedBefore({ kind, node }: Trace, event: number): number {
  let moved = -1;
  let count = 0;
  for (let at = event - 1; at >= 0; at--) {
    if (kind[at] !== UPDATE) continue;
    if (count === 0) moved = node[at];
    else if (node[at] !== moved) break;
    count++;
  }
  return count % 2 === 1 ? moved : -1;
}

function rightNodes(trace: Trace, moment: Moment, event: number, ask: NodeQuestion['ask']): number[] {
  const { recording, reached, algorithm } = trace;
  const taken = trace.node[event];
  const all = (isRight: (node: number) => boolean): number[] =>
    Array.from({ length: recording.count }, (_, node) => node).filter(
      (node) => node === taken || isRight(node),
    );
  const isLeaf = (node: number): boolean => recording.operation[node] === LEAF;
  switch (ask) {
    case 'evaluate': {
      const again = algorithm === 'numeric' && trace.passes[0].to <= event;
      return all(
        (node) =>
          !isLeaf(node) &&
          recording.skipped[node] === 0 &&
          moment.done[node] === 0 &&
          (!again || reached[node] === 1) &&
          pending(trace, moment, node, ask).length === 0,
      );
    }
    case 'seed': {
      if (algorithm !== 'forward') return [taken];
      const seeded = seededBefore(trace, event);
      return all((node) => isLeaf(node) && reached[node] === 1 && !seeded.has(node));
    }
    case 'move':
    case 'update':
      // A leaf that does not move at all has its turn too.
      return all((node) => isComing(trace, event, node));
    case 'tangent':
      return all(
        (node) =>
          reached[node] === 1 && moment.done[node] === 0 && pending(trace, moment, node, ask).length === 0,
      );
    case 'visit':
      return SWEEPS.has(algorithm) ? all((node) => isReady(trace, moment, node)) : [taken];
    case 'table':
  }
  return [taken];
}

function seededBefore({ passes, kind, node }: Trace, event: number): ReadonlySet<number> {
  const begun = passes.filter(({ from }) => from < event && kind[from] === SEED);
  return new Set(begun.map(({ from }) => node[from]));
}

/** True for a leaf that is moved or updated at this event or later, and has not been before. */
function isComing(trace: Trace, event: number, leaf: number): boolean {
  if (trace.recording.operation[leaf] !== LEAF) return false;
  const { start, events } = trace.values;
  return start[leaf] < start[leaf + 1] && events[start[leaf]] >= event;
}

/** The node that is taken, what might be taken by another order, what waits, and the neighbours. */
function candidatesOf(
  trace: Trace,
  moment: Moment,
  ask: NodeQuestion['ask'],
  taken: number,
  right: readonly number[],
): number[] {
  const { recording, reached, algorithm } = trace;
  const { count, operation } = recording;
  const found = new Set([taken]);
  const isBackward = ask === 'visit' || ask === 'table' || ask === 'seed';
  const add = (nodes: Iterable<number>, most = MOST): void => {
    for (const node of nodes) {
      if (found.size >= most) return;
      const evaluated = ask !== 'evaluate' || (operation[node] !== LEAF && recording.skipped[node] === 0);
      const needed = ask === 'evaluate' || ask === 'update' || reached[node] === 1;
      const turn = moment.done[node] === 0 || (isBackward && REVISITS.has(algorithm));
      if (evaluated && needed && turn) found.add(node);
    }
  };
  const descending = function* (): Generator<number> {
    for (let node = count - 1; node >= 0; node--) yield node;
  };
  const users = usersOfNode(trace, taken);
  const { last } = moment;
  if (ask === 'seed') add([trace.of, ...recording.names.keys()], LEAST);
  add(right, 3);
  if (last >= 0) add(liveInputs(trace, last), 4);
  if (isBackward) {
    for (const node of descending()) {
      if (moment.reported[node] > 0 || isReady(trace, moment, node)) add([node], MOST - 1);
    }
  }
  add(users, MOST - 1);
  add(liveInputs(trace, taken), MOST);
  add(isBackward ? descending() : recording.names.keys(), LEAST);
  // The last ones would give themselves away.
  for (const node of descending()) if (found.size < LEAST && moment.done[node] === 1) found.add(node);
  for (const node of descending()) if (found.size < LEAST) found.add(node);
  return [...found].sort((a, b) => a - b);
}

/** Why the chosen node is, or is not, the next one. */
export function judgeNode(question: NodeQuestion, chosen: number): Reason {
  const { trace, event, ask, taken, right } = question;
  const { recording, reached, algorithm } = trace;
  if (chosen < 0 || chosen >= recording.count) return { kind: 'off' };
  const moment = momentOf(trace, event);
  const isLeaf = recording.operation[chosen] === LEAF;
  const isRight = right.includes(chosen);
  if (isRight && chosen !== taken) return { kind: 'also', taken };
  switch (ask) {
    case 'evaluate':
      if (isRight) return { kind: 'known' };
      if (isLeaf) return { kind: 'given' };
      if (recording.skipped[chosen] === 1) return { kind: 'untaken' };
      if (moment.done[chosen] === 1) return { kind: 'done' };
      if (algorithm === 'numeric' && reached[chosen] === 0) return { kind: 'apart' };
      return { kind: 'needs', inputs: pending(trace, moment, chosen, ask) };
    case 'update':
    case 'move':
      if (isRight) return { kind: 'known' };
      if (!isLeaf) return { kind: 'notLeaf' };
      return reached[chosen] === 0 && ask === 'move' ? { kind: 'apart' } : { kind: 'done' };
    case 'seed':
      if (isRight) return { kind: 'begins' };
      if (reached[chosen] === 0) return { kind: 'apart' };
      if (algorithm !== 'forward') return { kind: 'begins' };
      return isLeaf ? { kind: 'done' } : { kind: 'notLeaf' };
    case 'tangent':
      if (isRight) return { kind: 'known' };
      if (reached[chosen] === 0) return { kind: 'apart' };
      if (moment.done[chosen] === 1) return { kind: 'done' };
      return { kind: 'needs', inputs: pending(trace, moment, chosen, ask) };
    case 'visit':
    case 'table':
  }
  if (!isRight) {
    if (reached[chosen] === 0) return { kind: 'apart' };
    const again = trace.kind[event] === REUSE;
    if (moment.done[chosen] === 1 && !again && !REVISITS.has(algorithm)) return { kind: 'done' };
    const waitsFor = missing(trace, moment, chosen);
    if ((SWEEPS.has(algorithm) || algorithm === 'memo') && waitsFor.length > 0) {
      const uses = useCount(trace, chosen);
      return { kind: 'waits', reported: moment.reported[chosen], uses, waitsFor, leaf: isLeaf };
    }
  }
  if (SWEEPS.has(algorithm)) return { kind: 'ready', uses: useCount(trace, taken) };
  if (trace.kind[event] === SEED) return { kind: 'begins' };
  return orderReason(trace, moment, event);
}

function orderReason(trace: Trace, moment: Moment, event: number): OrderReason {
  const taken = trace.node[event];
  const code = trace.kind[event];
  const again = code === REUSE || code === RECOMPUTE;
  const uses = useCount(trace, taken);
  const reported = moment.reported[taken];
  return {
    kind: 'order',
    ...orderOf(trace, moment.begun, event),
    again,
    early: !again && reported < uses && trace.algorithm !== 'path-sum' ? { reported, uses } : null,
  };
}
