import { layoutOf, parameterCount, parameterPath } from '../spec/layout.ts';
import type { NetworkSpec } from '../spec/spec.ts';
import { ExchangeError } from './exchange-error.ts';

/** The network in a few words: `784-16-16-10, sigmoid, 13002 parameters`. */
export function describe(spec: NetworkSpec): string {
  const activations =
    spec.sizes.length === 2
      ? spec.output
      : spec.output === spec.activation
        ? spec.activation
        : `${spec.activation}, ${spec.output} outputs`;
  return `${spec.sizes.join('-')}, ${activations}, ${parameterCount(spec)} parameters`;
}

/** Throws an `ExchangeError` unless there is one number per parameter, and each of them is a number that `limit` can hold. */
export function checkParameters(
  spec: NetworkSpec,
  parameters: ArrayLike<number>,
  limit: number,
  format: string,
): void {
  const count = parameterCount(spec);
  if (parameters.length !== count) {
    throw new ExchangeError(
      'parameters',
      `${parameters.length} numbers`,
      `${count}, as ${describe(spec)} has`,
    );
  }
  for (let index = 0; index < count; index++) {
    if (!(Math.abs(parameters[index]) <= limit)) {
      throw new ExchangeError(
        parameterPath(spec, index),
        String(parameters[index]),
        Number.isFinite(parameters[index]) ? `a number that ${format} can hold` : 'a finite number',
      );
    }
  }
}

/** Weights, unit by unit, and biases of each layer. */
export function layersOf(
  spec: NetworkSpec,
  parameters: ArrayLike<number>,
): readonly { readonly weights: readonly number[][]; readonly biases: readonly number[] | null }[] {
  const slice = (start: number, length: number): number[] =>
    Array.from({ length }, (_, index) => parameters[start + index]);
  return layoutOf(spec).map(({ inputs, units, weights, biases }) => ({
    weights: Array.from({ length: units }, (_, unit) => slice(weights + unit * inputs, inputs)),
    biases: biases < 0 ? null : slice(biases, units),
  }));
}

/** What the layer makes of its weighted sums. */
export const activationOf = (spec: NetworkSpec, layer: number): NetworkSpec['activation'] =>
  layer === spec.sizes.length - 2 ? spec.output : spec.activation;
