import { ALGORITHM_NAMES, COUNTERS, EVENT_KINDS, PASS_KINDS } from '@backflow/trace';
import * as v from 'valibot';
import { GROWTH_FAMILIES, MEMO_TABS } from '../memo/contract.ts';
import { NETWORK_TABS } from '../network/contract.ts';
import { ALL, MODES, PREDICTIONS } from '../state/session.ts';

/** A key of a node or the name of a pass: long enough for generated keys, short enough to be harmless. */
const key = v.pipe(v.string(), v.maxLength(2000));
const coordinate = v.pipe(v.number(), v.finite(), v.minValue(-1e9), v.maxValue(1e9));

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const step = v.union([
  v.object({ pass: v.picklist(['start', 'end']) }),
  v.object({
    pass: v.picklist(PASS_KINDS),
    kind: v.picklist(EVENT_KINDS),
    key,
    slot: whole(-1, 1_000_000),
    repeat: v.exactOptional(whole(0, 1e9)),
    share: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  }),
]);

const view = v.object({
  /** A text without a fence is notes. */
  notes: v.exactOptional(v.boolean()),
  mode: v.exactOptional(v.picklist(MODES)),
  memo: v.exactOptional(
    v.object({
      tab: v.exactOptional(v.picklist(MEMO_TABS)),
      left: v.exactOptional(v.picklist(ALGORITHM_NAMES)),
      right: v.exactOptional(v.picklist(ALGORITHM_NAMES)),
      folds: v.exactOptional(whole(0, ALL)),
      stored: v.exactOptional(whole(0, ALL)),
      inputs: v.exactOptional(v.boolean()),
      between: v.exactOptional(v.boolean()),
      family: v.exactOptional(v.picklist(GROWTH_FAMILIES)),
      counter: v.exactOptional(v.picklist(COUNTERS)),
      size: v.exactOptional(whole(1, 10_000)),
    }),
  ),
  network: v.exactOptional(
    v.object({
      tab: v.exactOptional(v.picklist(NETWORK_TABS)),
      path: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(10))),
      gradients: v.exactOptional(v.boolean()),
    }),
  ),
  predict: v.exactOptional(v.picklist(PREDICTIONS)),
  camera: v.exactOptional(
    v.object({
      x: coordinate,
      y: coordinate,
      ratio: v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e6)),
      /** The node from which x and y are counted; without it, from the layout's origin. */
      near: v.exactOptional(key),
    }),
  ),
  source: v.exactOptional(v.boolean()),
  inspector: v.exactOptional(v.boolean()),
  selected: v.exactOptional(key),
  open: v.exactOptional(v.pipe(v.array(key), v.maxLength(1000))),
  granularity: v.exactOptional(v.picklist(['pass', 'node', 'edge'])),
  digits: v.exactOptional(whole(2, 10)),
  projector: v.exactOptional(v.boolean()),
  /** Which stop of the document, from 0. */
  stop: v.exactOptional(whole(0, 10_000)),
  rate: v.exactOptional(v.pipe(v.number(), v.finite())),
  /** Panels that an author of a link leaves out altogether. */
  hide: v.exactOptional(
    v.pipe(v.array(v.picklist(['source', 'inspector', 'menu', 'transport'])), v.maxLength(4)),
  ),
});

/** Everything a link may say, with limits; unknown members are dropped. */
export const linkSchema = v.object({
  text: v.pipe(v.string(), v.maxLength(2_000_000)),
  step: v.exactOptional(step),
  view: v.exactOptional(view),
});

export type LinkState = v.InferOutput<typeof linkSchema>;
export type LinkView = v.InferOutput<typeof view>;
