import { encodeTarget, passOf, type ExamplePass } from '@backflow/nn';
import { useMemo } from 'preact/hooks';
import type { NetworkTabProps } from '../contract.ts';

export interface ShownPass {
  readonly pass: ExamplePass;
  /** What is wanted of each output, as the loss takes it. */
  readonly wanted: Float64Array;
  /** The example of the data; null for the reader's own input. */
  readonly index: number | null;
}

/** The shown example's way through the network, forward and backward; null without one, or without what is wanted for it. */
export function usePass({ network, training }: NetworkTabProps): ShownPass | null {
  const example = training.example.value;
  const dataset = training.dataset.value;
  const parameters = training.parameters.value;
  const { network: spec, loss } = network;
  const key = JSON.stringify([spec, loss]);
  return useMemo(() => {
    if (example === null || loss === null) return null;
    const wanted = new Float64Array(spec.sizes[spec.sizes.length - 1]);
    const { index, x, y } = example;
    if (y.length === 0 || dataset === null) return null;
    try {
      encodeTarget(spec, loss, { ...dataset, y }, 0, wanted);
      return { pass: passOf(spec, loss, parameters, x, wanted), wanted, index };
    } catch {
      // Data that do not fit the network are named where they are read.
      return null;
    }
  }, [example, dataset, parameters, key]);
}
