import { compile } from '@backflow/engine';
import type { Value } from '@backflow/engine';

/** The ways to replay a recording. */
export const REPLAYS = ['javascript', 'wasm'] as const;

export interface Replayed {
  readonly value: number;
  /** One number for each leaf. */
  readonly gradient: readonly number[];
}

/** A recording to be run again with other numbers in its leaves. */
export function replayed(
  way: (typeof REPLAYS)[number],
  output: Value,
  leaves: readonly Value[],
): (at: ArrayLike<number>) => Replayed {
  const plan = compile(output, leaves, { engine: way });
  return (at) => {
    plan.inputs.set(at);
    return { value: plan.run(), gradient: [...plan.gradient] };
  };
}
