import * as v from 'valibot';

/** A key of a node or the name of a pass: long enough for generated keys, short enough to be harmless. */
const key = v.pipe(v.string(), v.maxLength(2000));
const coordinate = v.pipe(v.number(), v.finite(), v.minValue(-1e9), v.maxValue(1e9));

const step = v.object({
  pass: key,
  kind: key,
  key,
  slot: v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(1_000_000)),
});

const view = v.object({
  mode: v.optional(v.picklist(['graph', 'table'])),
  camera: v.optional(
    v.object({ x: coordinate, y: coordinate, ratio: v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e6)) }),
  ),
  source: v.optional(v.boolean()),
  inspector: v.optional(v.boolean()),
  selected: v.optional(key),
  open: v.optional(v.pipe(v.array(key), v.maxLength(1000))),
  granularity: v.optional(v.picklist(['pass', 'node', 'edge'])),
  digits: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(10))),
  rate: v.optional(v.pipe(v.number(), v.finite())),
  /** Panels that an author of a link leaves out altogether. */
  hide: v.optional(v.pipe(v.array(v.picklist(['source', 'inspector', 'menu', 'transport'])), v.maxLength(4))),
});

/** Everything a link may say, with limits; unknown members are dropped. */
export const linkSchema = v.object({
  text: v.pipe(v.string(), v.maxLength(2_000_000)),
  step: v.optional(step),
  view: v.optional(view),
});

export type LinkState = v.InferOutput<typeof linkSchema>;
export type LinkView = v.InferOutput<typeof view>;
export type LinkStep = v.InferOutput<typeof step>;
