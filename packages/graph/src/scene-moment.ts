/** The life of a gradient, as codes of `Moment.gradientState`. */
export const GRADIENT_STATES = ['none', 'partial', 'final', 'zero'] as const;
export type GradientState = (typeof GRADIENT_STATES)[number];

/** What the last applied event touches. */
export interface Active {
  readonly kind: 'evaluate' | 'seed' | 'visit' | 'contribute' | 'accumulate' | 'update';
  /** The node that is evaluated, seeded, visited or updated; for an edge, the consumer. */
  readonly node: number;
  /** Index into `recording.inputs` of the use that is travelled; -1 where the event is a node's alone. */
  readonly entry: number;
}

/**
 * What the run says at one step, per node of the recording and per entry of `recording.inputs`.
 * Filled by the caller from its trace; nothing here knows how it came about.
 */
export interface Moment {
  /** Per node. A dragged leaf shows this value, not the recording's. */
  readonly value: Float64Array;
  /** Per node, 1 once the value is known. */
  readonly valueKnown: Uint8Array;
  /** Per node, the running total of what has arrived; read only where the state is partial or final. */
  readonly gradient: Float64Array;
  /** Per node, an index into `GRADIENT_STATES`. */
  readonly gradientState: Uint8Array;
  /** Per node, how many uses have reported, of how many; shown while partial. */
  readonly reported: Int32Array;
  readonly uses: Int32Array;
  /** Per entry, the local derivative; shown once the consumer's value is known. */
  readonly local: Float64Array;
  /** Per entry, what has flowed backward along it; NaN with `flowed` 0 where nothing has. */
  readonly contribution: Float64Array;
  readonly flowed: Uint8Array;
  /** Per entry, 0 where no gradient can pass (the untaken branch of a `where`). */
  readonly live: Uint8Array;
  readonly active: Active | null;
  /** The gradient that counts as full intensity: the largest finite |gradient| of the finished run. */
  readonly scale: number;
  /** True while the text no longer matches the picture. */
  readonly stale: boolean;
}
