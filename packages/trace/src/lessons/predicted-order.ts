import { isLive, LEAF } from '@backflow/engine';
import { CONTRIBUTE, RECOMPUTE, REUSE, VISIT } from '../events.ts';
import type { Trace } from '../trace.ts';
import type { OrderReason } from './question.ts';

/** The live inputs of a node in slot order, constants left out. */
export function liveInputs({ recording }: Trace, node: number): number[] {
  const { inputs, inputStart } = recording;
  const found: number[] = [];
  for (let at = inputStart[node]; at < inputStart[node + 1]; at++) {
    if (isLive(recording, node, at - inputStart[node])) found.push(inputs[at]);
  }
  return found;
}

type Order = Pick<OrderReason, 'rule' | 'from' | 'after'>;

/**
 * By which rule a recursion, a queue or a table comes to the node of an event of a pass that begins at `begun`. The
 * stack is not in the trace: it is followed from the beginning of the pass, in time linear in its events.
 */
export function orderOf(trace: Trace, begun: number, event: number): Order {
  switch (trace.algorithm) {
    case 'breadth-first':
      return queueOrder(trace, begun, event);
    case 'memo':
      return askedOrder(trace, event);
    case 'postorder':
      return postOrder(trace, begun, event);
    default:
      return depthFirst(trace, begun, event);
  }
}

interface Frame {
  readonly node: number;
  readonly inputs: readonly number[];
  next: number;
}

const isTurn = (kind: number): boolean => kind === VISIT || kind === RECOMPUTE || kind === REUSE;

function depthFirst(trace: Trace, begun: number, event: number): Order {
  const frames: Frame[] = [];
  const known = new Map<number, readonly number[]>();
  const inputsOf = (node: number): readonly number[] => {
    let inputs = known.get(node);
    if (inputs === undefined) known.set(node, (inputs = liveInputs(trace, node)));
    return inputs;
  };
  for (let at = begun; at <= event; at++) {
    if (!isTurn(trace.kind[at])) continue;
    let after: number | null = null;
    while (frames.length > 0 && frames[frames.length - 1].next === frames[frames.length - 1].inputs.length)
      after = frames.pop()!.node;
    const parent = frames.at(-1);
    if (at === event) {
      if (parent === undefined) return { rule: 'start', from: null, after: null };
      const first = parent.next === 0;
      if (!first && after === null) after = parent.inputs[parent.next - 1];
      return { rule: first ? 'descend' : 'return', from: parent.node, after: first ? null : after };
    }
    if (parent !== undefined) parent.next++;
    const node = trace.node[at];
    if (trace.kind[at] !== REUSE) frames.push({ node, inputs: inputsOf(node), next: 0 });
  }
  return { rule: 'start', from: null, after: null };
}

/** A node stands in the trace where it is done: its inputs before it. */
function postOrder(trace: Trace, begun: number, event: number): Order {
  let turns = 0;
  for (let at = begun; at < event; at++) if (isTurn(trace.kind[at])) turns++;
  const marked = new Uint8Array(trace.recording.count);
  const frames: Frame[] = [];
  const enter = (node: number): void => {
    marked[node] = 1;
    frames.push({ node, inputs: liveInputs(trace, node), next: 0 });
  };
  enter(trace.of);
  for (;;) {
    const frame = frames[frames.length - 1];
    const input = frame.inputs[frame.next];
    if (input === undefined) {
      frames.pop();
      if (turns-- === 0) return { rule: 'inputsFirst', from: frames.at(-1)?.node ?? null, after: null };
      if (frames.length === 0) return { rule: 'start', from: null, after: null };
      continue;
    }
    frame.next++;
    if (marked[input] === 0) enter(input);
    else if (turns-- === 0) {
      const first = frame.next === 1;
      return {
        rule: first ? 'descend' : 'return',
        from: frame.node,
        after: first ? null : frame.inputs[frame.next - 2],
      };
    }
  }
}

function queueOrder(trace: Trace, begun: number, event: number): Order {
  if (trace.kind[event] !== REUSE) {
    const first = trace.node[event] === trace.of;
    return { rule: first ? 'start' : 'queue', from: null, after: null };
  }
  let at = event;
  while (at > begun && trace.kind[at] !== VISIT) at--;
  return { rule: 'queue', from: trace.node[at], after: null };
}

/** Whoever asked gets a contribution at once; the leaves ask for nobody. */
function askedOrder(trace: Trace, event: number): Order {
  const told = event + 2 < trace.length && trace.kind[event + 1] === CONTRIBUTE;
  const isLeaf = trace.recording.operation[trace.node[event]] === LEAF;
  return { rule: 'asked', from: told && !isLeaf ? trace.node[event + 2] : null, after: null };
}
