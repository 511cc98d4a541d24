import { encodeTarget, passOf, type ExamplePass } from '@backflow/nn';
import { useMemo } from 'preact/hooks';
import type { NetworkTabProps, ShownExample } from '../contract.ts';

export interface Asked {
  readonly example: ShownExample;
  /** What is wanted of each output, as the loss takes it. */
  readonly wanted: Float64Array;
}

export interface ShownPass extends Asked {
  readonly pass: ExamplePass;
}

/** The shown example; null without one, without a loss, or without what is wanted for it. */
export function useAsked({ network, training }: NetworkTabProps): Asked | null {
  const example = training.example.value;
  const dataset = training.dataset.value;
  const { network: spec, loss } = network;
  const key = JSON.stringify([spec, loss]);
  return useMemo(() => {
    if (example === null || loss === null || dataset === null || example.y.length === 0) return null;
    const wanted = new Float64Array(spec.sizes[spec.sizes.length - 1]);
    try {
      encodeTarget(spec, loss, { ...dataset, y: example.y }, 0, wanted);
      return { example, wanted };
    } catch {
      // Data that do not fit the network are named where they are read.
      return null;
    }
  }, [example, dataset, key]);
}

/** The shown example's way through the network, forward and backward; null where nothing is asked of one, or unless `needed`. */
export function usePass(props: NetworkTabProps, needed = true): ShownPass | null {
  const asked = useAsked(props);
  const parameters = props.training.parameters.value;
  const { network: spec, loss } = props.network;
  return useMemo(() => {
    if (!needed || asked === null || loss === null) return null;
    try {
      return { ...asked, pass: passOf(spec, loss, parameters, asked.example.x, asked.wanted) };
    } catch {
      return null;
    }
  }, [needed, asked, parameters]);
}
