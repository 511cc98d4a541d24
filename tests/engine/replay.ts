import * as engine from '@backflow/engine';
import type { Value } from '@backflow/engine';

interface Plan {
  readonly inputs: Float64Array;
  readonly gradient: Float64Array;
  run(): number;
}

type Compile = (
  output: Value,
  inputs: readonly Value[],
  options: { readonly engine: 'javascript' | 'wasm' },
) => Plan;

const compile = (engine as { readonly compile?: Compile }).compile;

/** What a plan throws when a decision would come out differently. */
export const BranchError =
  (engine as { readonly BranchError?: new () => Error }).BranchError ?? class extends Error {};

/** The ways to replay a recording. */
export const REPLAYS = compile === undefined ? [] : (['javascript', 'wasm'] as const);

export type Way = (typeof REPLAYS)[number];

export interface Replayed {
  readonly value: number;
  /** One number for each leaf. */
  readonly gradient: readonly number[];
}

/** A recording to be run again with other numbers in its leaves. */
export function replayed(
  way: Way,
  output: Value,
  leaves: readonly Value[],
): (at: ArrayLike<number>) => Replayed {
  const plan = compile!(output, leaves, { engine: way });
  return (at) => {
    plan.inputs.set(at);
    return { value: plan.run(), gradient: [...plan.gradient] };
  };
}
