/**
 * What can happen in a run, as codes of `Trace.kind`.
 *
 * | kind | node | slot | value |
 * |---|---|---|---|
 * | evaluate | the node | −1 | its value |
 * | seed | the output | −1 | ∂output/∂output |
 * | visit | the node | −1 | its gradient, which is passed on next |
 * | contribute | the consumer | the input's slot | local derivative × the consumer's gradient |
 * | accumulate | the input | its slot at the consumer | the input's gradient so far |
 * | update | a leaf | −1 | its new value |
 * | reuse | the node | −1 | what a table has for it; NaN where it only says that the node has been visited |
 * | recompute | the node | −1 | as for `visit`, each further time that the node is visited in a pass |
 *
 * An `accumulate` follows its `contribute` at once: that is where its consumer stands. In forward mode, gradients are
 * tangents, and what a node accumulates comes from its own inputs. Finite differences accumulate without contributing:
 * the derivative of a leaf, as a whole.
 */
export const EVENT_KINDS = [
  'evaluate',
  'seed',
  'visit',
  'contribute',
  'accumulate',
  'update',
  'reuse',
  'recompute',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

export const EVALUATE = 0;
export const SEED = 1;
export const VISIT = 2;
export const CONTRIBUTE = 3;
export const ACCUMULATE = 4;
export const UPDATE = 5;
export const REUSE = 6;
export const RECOMPUTE = 7;

/** One event of a trace. */
export interface TraceEvent {
  readonly index: number;
  readonly kind: EventKind;
  readonly node: number;
  /** −1 where the event is a node's alone. */
  readonly slot: number;
  readonly value: number;
}

/** What a run calls for everything it does. */
export type Emit = (kind: EventKind, node: number, slot: number, value: number) => void;

export const PASS_KINDS = ['forward', 'backward', 'update'] as const;
export type PassKind = (typeof PASS_KINDS)[number];

/** A stretch of events `[from, to)` that do one thing. */
export interface Pass {
  readonly kind: PassKind;
  readonly from: number;
  readonly to: number;
}

/** The pass that an event belongs to, by the code of its kind. */
export function passOfKind(code: number): PassKind {
  return code === EVALUATE ? 'forward' : code === UPDATE ? 'update' : 'backward';
}
