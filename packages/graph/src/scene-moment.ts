import { backward, isLive, partialsOf, reachable } from '@backflow/engine';
import type { Recording } from '@backflow/engine';

/** The life of a gradient, as codes of `Moment.gradientState`. */
export const GRADIENT_STATES = ['none', 'partial', 'final', 'zero'] as const;
export type GradientState = (typeof GRADIENT_STATES)[number];

/** What the last applied event touches. */
export interface Active {
  readonly kind:
    'evaluate' | 'seed' | 'visit' | 'contribute' | 'accumulate' | 'update' | 'reuse' | 'recompute';
  /** The node that is evaluated, seeded, visited or updated; for an edge, the consumer. */
  readonly node: number;
  /** Index into `recording.inputs` of the use that is travelled; -1 where the event is a node's alone. */
  readonly entry: number;
  /** What is multiplied by the local derivative; without it, the gradient of the consumer. */
  readonly upstream?: number;
  /** True where it travels with the values: tangents, from the input to the consumer. */
  readonly forward?: boolean;
  /** True where what arrives replaces what was there, and is not added to it. */
  readonly replaces?: boolean;
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

/** What a moment says of one node. */
export interface NodeNumbers {
  readonly value: number;
  readonly valueKnown: number;
  readonly gradient: number;
  readonly gradientState: number;
  readonly reported: number;
  readonly uses: number;
}

export function numbersOf(moment: Moment, node: number): NodeNumbers {
  return {
    value: moment.value[node],
    valueKnown: moment.valueKnown[node],
    gradient: moment.gradient[node],
    gradientState: moment.gradientState[node],
    reported: moment.reported[node],
    uses: moment.uses[node],
  };
}

/** Whether a moment says the same of a node as was noted before. */
export function hasNumbers(moment: Moment, node: number, noted: NodeNumbers): boolean {
  return (
    noted.valueKnown === moment.valueKnown[node] &&
    Object.is(noted.value, moment.value[node]) &&
    noted.gradientState === moment.gradientState[node] &&
    Object.is(noted.gradient, moment.gradient[node]) &&
    noted.reported === moment.reported[node] &&
    noted.uses === moment.uses[node]
  );
}

/** The moment after a whole run: every value known, every gradient final, or zero where no path leads to the output. */
export function finishedMoment(recording: Recording, gradient: Float64Array = backward(recording)): Moment {
  const { count, inputs, inputStart, value, skipped, output } = recording;
  const reached = reachable(recording, output);
  const local = new Float64Array(inputs.length);
  const contribution = new Float64Array(inputs.length).fill(NaN);
  const flowed = new Uint8Array(inputs.length);
  const live = new Uint8Array(inputs.length);
  const uses = new Int32Array(count);
  const valueKnown = new Uint8Array(count);
  const gradientState = new Uint8Array(count);
  let scale = 0;
  for (let node = 0; node < count; node++) {
    valueKnown[node] = 1 - skipped[node];
    gradientState[node] = GRADIENT_STATES.indexOf(reached[node] === 1 ? 'final' : 'zero');
    if (Number.isFinite(gradient[node])) scale = Math.max(scale, Math.abs(gradient[node]));
    const from = inputStart[node];
    const to = inputStart[node + 1];
    if (from === to || skipped[node] === 1) continue;
    local.set(partialsOf(recording, node), from);
    for (let k = from; k < to; k++) {
      if (inputs[k] < 0 || !isLive(recording, node, k - from)) continue;
      live[k] = 1;
      if (reached[node] === 0) continue;
      flowed[k] = 1;
      contribution[k] = gradient[node] * local[k];
      uses[inputs[k]]++;
    }
  }
  return {
    value,
    valueKnown,
    gradient,
    gradientState,
    reported: uses,
    uses,
    local,
    contribution,
    flowed,
    live,
    active: null,
    scale,
    stale: false,
  };
}
