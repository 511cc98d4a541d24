import { keysOf, nodesByKey } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { ACCUMULATE, CONTRIBUTE, EVENT_KINDS, passOfKind } from './events.ts';
import type { EventKind, Pass, PassKind } from './events.ts';
import type { NodeIndex } from './node-index.ts';
import { checkPosition, edgeOf } from './state.ts';
import type { Trace } from './trace.ts';

/**
 * A position that survives edits and fits into a link: the last event that has happened, named by what it is about
 * and not by its number. `start` and `end` are the two ends of the run.
 */
export type Address =
  | { readonly pass: 'start' | 'end' }
  | {
      readonly pass: PassKind;
      readonly kind: EventKind;
      /** Key of the node; for `contribute` and `accumulate` that of the consumer, which together with `slot` names the edge. */
      readonly key: string;
      readonly slot: number;
      /** Which of several events that are otherwise the same; 0, the first, where it is left out. */
      readonly repeat?: number;
      /** How much of the pass has happened, from 0 to 1: where to go when nothing else is found. */
      readonly share?: number;
    };

/** The address of a position. Throws PositionError. */
export function addressOf(trace: Trace, position: number): Address {
  checkPosition(trace, position);
  if (position === 0) return { pass: 'start' };
  if (position === trace.length) return { pass: 'end' };
  const event = position - 1;
  const { kind, node, slot } = trace;
  const pass = passAt(trace, event);
  const edge = edgeOf(trace, event);
  const same = sameEvents(trace, pass, kind[event], edge?.consumer ?? node[event], slot[event]);
  const repeat = same.indexOf(event);
  return {
    pass: passOfKind(kind[event]),
    kind: EVENT_KINDS[kind[event]],
    key: keysIn(trace.recording).keys[edge?.consumer ?? node[event]],
    slot: slot[event],
    ...(repeat > 0 ? { repeat } : {}),
    share: Math.round((1000 * (position - pass.from)) / (pass.to - pass.from)) / 1000,
  };
}

/**
 * The position with this address. Where the recording no longer has it, the nearest sensible one, in this order: the
 * same node in the same pass; what its unnamed node stood in (`L` for `L/0/1`); the same share of the pass; the end.
 */
export function positionOf(trace: Trace, address: Address): number {
  if (!('kind' in address)) return address.pass === 'start' ? 0 : trace.length;
  const pass = trace.passes.findLast(({ kind }) => kind === address.pass);
  if (pass === undefined) return trace.length;
  const { nodes } = keysIn(trace.recording);
  const node = nodes.get(address.key);
  if (node !== undefined) {
    const same = sameEvents(trace, pass, EVENT_KINDS.indexOf(address.kind), node, address.slot);
    const event = same[Math.min(address.repeat ?? 0, same.length - 1)];
    if (event !== undefined) return event + 1;
  }
  for (let key = address.key; key !== ''; key = key.slice(0, Math.max(0, key.lastIndexOf('/')))) {
    const event = firstEvent(trace, pass, nodes.get(key));
    if (event >= 0) return event + 1;
  }
  return pass.from + Math.round((address.share ?? 1) * (pass.to - pass.from));
}

const known = new WeakMap<
  Recording,
  { readonly keys: readonly string[]; readonly nodes: ReadonlyMap<string, number> }
>();

function keysIn(recording: Recording): {
  readonly keys: readonly string[];
  readonly nodes: ReadonlyMap<string, number>;
} {
  let found = known.get(recording);
  if (found === undefined) {
    const keys = keysOf(recording);
    known.set(recording, (found = { keys, nodes: nodesByKey(keys) }));
  }
  return found;
}

function passAt(trace: Trace, event: number): Pass {
  const pass = trace.passes.find(({ from, to }) => from <= event && event < to);
  return pass ?? { kind: 'forward', from: 0, to: trace.length };
}

/** All events of a pass with this kind, node (or consumer) and slot, ascending. */
function sameEvents(trace: Trace, pass: Pass, code: number, node: number, slot: number): number[] {
  if (code === CONTRIBUTE || code === ACCUMULATE) {
    const { inputs, inputStart } = trace.recording;
    const at = inputStart[node] + slot;
    const input = slot >= 0 && at < inputStart[node + 1] ? inputs[at] : -1;
    if (input < 0) return [];
    const totals = eventsIn(trace.arrivals, input, pass).filter((event) => {
      const edge = edgeOf(trace, event);
      return trace.kind[event] === ACCUMULATE && edge?.consumer === node && edge.slot === slot;
    });
    return code === ACCUMULATE ? totals : totals.map((event) => event - 1);
  }
  return [trace.values, trace.arrivals, trace.visits]
    .flatMap((index) => eventsIn(index, node, pass))
    .filter((event) => trace.kind[event] === code);
}

function firstEvent(trace: Trace, pass: Pass, node: number | undefined): number {
  if (node === undefined) return -1;
  for (const index of [trace.values, trace.visits, trace.arrivals]) {
    const [event] = eventsIn(index, node, pass);
    if (event !== undefined) return event;
  }
  return -1;
}

function eventsIn({ start, events }: NodeIndex, node: number, { from, to }: Pass): number[] {
  return Array.from(events.subarray(start[node], start[node + 1])).filter(
    (event) => from <= event && event < to,
  );
}
