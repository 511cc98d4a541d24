import { keysOf, nodesByKey } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import { EVENT_KINDS } from './events.ts';
import type { EventKind, PassKind } from './events.ts';
import { kindIndex, subjectAt, subjectOf } from './kind-index.ts';
import { countBefore } from './node-index.ts';
import type { NodeIndex } from './node-index.ts';
import { checkPosition, edgeOf, passBefore } from './state.ts';
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
      /**
       * Which of several events that are otherwise the same, in all passes of this kind; 0, the first, where it is left
       * out.
       */
      readonly repeat?: number;
      /** How much of these passes has happened, from 0 to 1: where to go when nothing else is found. */
      readonly share?: number;
    };

/** The address of a position. Throws PositionError. */
export function addressOf(trace: Trace, position: number): Address {
  checkPosition(trace, position);
  if (position === 0) return { pass: 'start' };
  if (position === trace.length) return { pass: 'end' };
  const event = position - 1;
  const { kind, node, slot } = trace;
  const pass = trace.passes[passBefore(trace, position)].kind;
  const { from, to } = stretchOf(trace, pass);
  const index = kindIndex(trace, kind[event]);
  const subject = subjectOf(trace, event);
  const repeat = countBefore(index, subject, event) - countBefore(index, subject, from);
  return {
    pass,
    kind: EVENT_KINDS[kind[event]],
    key: keysIn(trace.recording).keys[edgeOf(trace, event)?.consumer ?? node[event]],
    slot: slot[event],
    ...(repeat > 0 ? { repeat } : {}),
    share: Math.round((1000 * (position - from)) / (to - from)) / 1000,
  };
}

/**
 * The position with this address. Where the recording no longer has it, the nearest sensible one, in this order: the
 * same node in the same pass; what its unnamed node stood in (`L` for `L/0/1`); the same share of the pass; the end.
 */
export function positionOf(trace: Trace, address: Address): number {
  if (!('kind' in address)) return address.pass === 'start' ? 0 : trace.length;
  const pass = stretchOf(trace, address.pass);
  if (pass.to === pass.from) return trace.length;
  const { nodes } = keysIn(trace.recording);
  const node = nodes.get(address.key);
  if (node !== undefined) {
    const code = EVENT_KINDS.indexOf(address.kind);
    const subject = subjectAt(trace, code, node, address.slot);
    const event = subject < 0 ? -1 : eventIn(kindIndex(trace, code), subject, pass, address.repeat ?? 0);
    if (event >= 0) return event + 1;
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

/** A stretch of events `[from, to)`. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** From the first pass of this kind to the last; empty for none. */
function stretchOf({ passes }: Trace, kind: PassKind): Stretch {
  const from = passes.find((pass) => pass.kind === kind)?.from ?? 0;
  return { from, to: passes.findLast((pass) => pass.kind === kind)?.to ?? from };
}

/** The subject's event number `repeat` in a stretch, or its last one there; −1 for none. */
function eventIn(index: NodeIndex, subject: number, { from, to }: Stretch, repeat: number): number {
  const first = countBefore(index, subject, from);
  const last = countBefore(index, subject, to) - 1;
  return last < first ? -1 : index.events[index.start[subject] + Math.min(first + repeat, last)];
}

function firstEvent(trace: Trace, pass: Stretch, node: number | undefined): number {
  if (node === undefined) return -1;
  for (const index of [trace.values, trace.visits, trace.arrivals]) {
    const event = eventIn(index, node, pass, 0);
    if (event >= 0) return event;
  }
  return -1;
}
