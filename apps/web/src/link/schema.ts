import { ALGORITHM_NAMES, COUNTERS, EVENT_KINDS, PASS_KINDS } from '@backflow/trace';
import { GROWTH_FAMILIES, MEMO_TABS } from '../memo/contract.ts';
import { ALL, MODES, PREDICTIONS } from '../state/session.ts';
import { either, flag, list, members, number, oneOf, text, whole, type Checked } from './checked.ts';

/** A key of a node or the name of a pass: long enough for generated keys, short enough to be harmless. */
const key = text(2000);
const coordinate = number(-1e9, 1e9);

const step = either(
  // In this order: an end of the run has no kind of event.
  members({ pass: oneOf('start', 'end') }),
  members(
    { pass: oneOf(...PASS_KINDS), kind: oneOf(...EVENT_KINDS), key, slot: whole(-1, 1_000_000) },
    { repeat: whole(0, 1e9), share: number(0, 1) },
  ),
);

const view = members(
  {},
  {
    /** A text without a fence is notes. */
    notes: flag,
    mode: oneOf(...MODES),
    memo: members(
      {},
      {
        tab: oneOf(...MEMO_TABS),
        left: oneOf(...ALGORITHM_NAMES),
        right: oneOf(...ALGORITHM_NAMES),
        folds: whole(0, ALL),
        stored: whole(0, ALL),
        inputs: flag,
        between: flag,
        family: oneOf(...GROWTH_FAMILIES),
        counter: oneOf(...COUNTERS),
        size: whole(1, 10_000),
      },
    ),
    predict: oneOf(...PREDICTIONS),
    camera: members(
      { x: coordinate, y: coordinate, ratio: number(1e-6, 1e6) },
      {
        /** The node from which x and y are counted; without it, from the layout's origin. */
        near: key,
      },
    ),
    source: flag,
    inspector: flag,
    selected: key,
    open: list(key, 1000),
    granularity: oneOf('pass', 'node', 'edge'),
    digits: whole(2, 10),
    projector: flag,
    /** Which stop of the document, from 0. */
    stop: whole(0, 10_000),
    rate: number(),
    /** Panels that an author of a link leaves out altogether. */
    hide: list(oneOf('source', 'inspector', 'menu', 'transport'), 4),
  },
);

/** Everything a link may say, with limits; unknown members are dropped. */
export const linkSchema = members({ text: text(2_000_000) }, { step, view });

export type LinkState = Checked<typeof linkSchema>;
export type LinkView = Checked<typeof view>;
