// Parts of the engine that are on their way: what the bench calls once they are there.
import * as engine from '@backflow/engine';
import type { Block, Tape, Value } from '@backflow/engine';

export type { Block, ConstantBlock } from '@backflow/engine';
export type BlockTape = Tape;
export interface Plan {
  readonly engine: string;
  readonly inputs: Float64Array;
  readonly data: Float64Array;
  readonly outputs: Float64Array;
  readonly gradient: Float64Array;
  readonly size: { readonly instructions: number; readonly slots: number; readonly bytes: number };
  evaluate(): number;
  run(seed?: number): number;
  update(rate: number): void;
}
type Compile = (
  output: Value,
  inputs: readonly (Value | Block)[],
  options?: { data?: readonly (Value | Block)[]; engine?: 'auto' | 'javascript' | 'wasm' },
) => Plan;

const parts: Readonly<Record<string, unknown>> = { ...engine };
export const compile = (parts['compile'] ?? null) as Compile | null;
export const hasBlocks = 'parameters' in engine.Tape.prototype && 'affine' in engine.Tape.prototype;
