import { ACCUMULATE, CONTRIBUTE } from './events.ts';
import { nodeIndex } from './node-index.ts';
import type { NodeIndex } from './node-index.ts';
import { edgeOf } from './state.ts';
import type { Trace } from './trace.ts';

const known = new WeakMap<Trace, Map<number, NodeIndex>>();

/**
 * The events of one kind by their subject: the entry of `recording.inputs` for what travels along an edge, and
 * `recording.inputs.length` + the node for everything else. O(length + subjects), computed once per trace and kind.
 */
export function kindIndex(trace: Trace, code: number): NodeIndex {
  let ofTrace = known.get(trace);
  if (ofTrace === undefined) known.set(trace, (ofTrace = new Map()));
  let index = ofTrace.get(code);
  if (index === undefined) ofTrace.set(code, (index = computed(trace, code)));
  return index;
}

function computed(trace: Trace, code: number): NodeIndex {
  const { kind, length, recording } = trace;
  const subjects = new Int32Array(length);
  for (let event = 0; event < length; event++) {
    if (kind[event] === code) subjects[event] = subjectOf(trace, event);
  }
  const chosen = new Uint8Array(code + 1);
  chosen[code] = 1;
  return nodeIndex(recording.inputs.length + recording.count, kind, subjects, chosen);
}

/** The subject of an event, as `kindIndex` numbers it. */
export function subjectOf(trace: Trace, event: number): number {
  const { inputs, inputStart } = trace.recording;
  const edge = edgeOf(trace, event);
  return edge === null ? inputs.length + trace.node[event] : inputStart[edge.consumer] + edge.slot;
}

/** The subject of an event of this kind, node (or consumer) and slot; −1 if the recording has no such use. */
export function subjectAt({ recording }: Trace, code: number, node: number, slot: number): number {
  const { inputs, inputStart } = recording;
  if (slot < 0 || (code !== CONTRIBUTE && code !== ACCUMULATE)) return inputs.length + node;
  const entry = inputStart[node] + slot;
  return entry < inputStart[node + 1] && inputs[entry] >= 0 ? entry : -1;
}
