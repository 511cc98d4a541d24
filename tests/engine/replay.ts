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

/** The ways to replay a recording. */
export const REPLAYS = compile === undefined ? [] : (['javascript', 'wasm'] as const);

/** Replays what was recorded with other numbers in the leaves: the value and the gradient. */
export function replay(
  way: (typeof REPLAYS)[number],
  output: Value,
  leaves: readonly Value[],
  at: ArrayLike<number>,
): { readonly value: number; readonly gradient: readonly number[] } {
  const plan = compile!(output, leaves, { engine: way });
  plan.inputs.set(at);
  return { value: plan.run(), gradient: [...plan.gradient] };
}
