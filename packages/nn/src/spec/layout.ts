import { SpecError } from './problem.ts';
import type { NetworkSpec } from './spec.ts';

/**
 * Where a layer's numbers stand among all parameters of a network. The order is PyTorch's: layer by layer, first the weights,
 * unit by unit (unit j's weight of input k at `weights + j · inputs + k`), then the biases.
 */
export interface LayerLayout {
  readonly inputs: number;
  readonly units: number;
  /** The place of the first weight. */
  readonly weights: number;
  /** The place of the first bias; -1 without biases. */
  readonly biases: number;
}

/** The layers of a network, hidden ones and the last. */
export function layoutOf(spec: Pick<NetworkSpec, 'sizes' | 'bias'>): readonly LayerLayout[] {
  let at = 0;
  return spec.sizes.slice(1).map((units, i) => {
    const inputs = spec.sizes[i];
    const weights = at;
    at += units * inputs;
    const biases = spec.bias ? at : -1;
    if (spec.bias) at += units;
    return { inputs, units, weights, biases };
  });
}

/** The number of weights and biases of a network: 13,002 for 784-16-16-10. */
export function parameterCount(spec: Pick<NetworkSpec, 'sizes' | 'bias'>): number {
  let count = 0;
  for (let i = 1; i < spec.sizes.length; i++)
    count += spec.sizes[i] * (spec.sizes[i - 1] + (spec.bias ? 1 : 0));
  return count;
}

/** What a parameter is: layer and unit it belongs to, from 0, and the input that a weight weighs; -1 for a bias. */
export interface ParameterPlace {
  readonly layer: number;
  readonly unit: number;
  readonly input: number;
}

/** What stands at a place among the parameters. Throws SpecError outside. */
export function parameterPlace(spec: Pick<NetworkSpec, 'sizes' | 'bias'>, index: number): ParameterPlace {
  const layers = layoutOf(spec);
  if (Number.isInteger(index) && index >= 0) {
    for (let layer = 0; layer < layers.length; layer++) {
      const { inputs, units, weights, biases } = layers[layer];
      const weight = index - weights;
      if (weight < units * inputs)
        return { layer, unit: Math.floor(weight / inputs), input: weight % inputs };
      if (biases >= 0 && index - biases < units) return { layer, unit: index - biases, input: -1 };
    }
  }
  throw new SpecError('parameter', index, `an index from 0 to ${parameterCount(spec) - 1}`);
}

/**
 * A parameter as formulas write it: `w^{(1)}_{3,12}` is the weight of layer 1 to its unit 3 from unit 12 of the layer before,
 * `b^{(2)}_{0}` a bias. Layers count from 1, as layer 0 is the inputs; units from 0.
 */
export function parameterName(spec: Pick<NetworkSpec, 'sizes' | 'bias'>, index: number): string {
  const { layer, unit, input } = parameterPlace(spec, index);
  return input < 0 ? biasName(layer, unit) : weightName(layer, unit, input);
}

/** A parameter as programs write it: `layers.0.weight[3][12]`, `layers.1.bias[0]`. */
export function parameterPath(spec: Pick<NetworkSpec, 'sizes' | 'bias'>, index: number): string {
  const { layer, unit, input } = parameterPlace(spec, index);
  return input < 0 ? `layers.${layer}.bias[${unit}]` : `layers.${layer}.weight[${unit}][${input}]`;
}

// Layers from 0 here, from 1 in the names.

export function weightName(layer: number, unit: number, input: number): string {
  return `w^{(${layer + 1})}_{${unit},${input}}`;
}

export function biasName(layer: number, unit: number): string {
  return `b^{(${layer + 1})}_{${unit}}`;
}
