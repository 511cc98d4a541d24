import type { Dataset } from '../data/dataset.ts';
import { inputInto } from '../data/input.ts';
import { encodeTarget } from '../losses/targets.ts';
import type { LossSpec } from '../spec/spec.ts';
import { LayerActivity, slopeOf } from './activity.ts';
import type { UnitActivity } from './activity.ts';
import type { GradientReplay } from './replay.ts';
import { chainOf, SizeSum, sizesOf } from './sizes.ts';
import type { ChainLayer } from './sizes.ts';
import { wishTable } from './wishes.ts';
import type { WishTable } from './wishes.ts';

/** What one pass over the data tells about the gradient. */
export interface Survey {
  readonly wishes: WishTable;
  /** The mean cost of an example, without penalty. */
  readonly cost: number;
  /** Sizes over all examples and units of each layer. */
  readonly chain: readonly ChainLayer[];
  /** The units of each layer; none for a layer of softmax, whose slopes depend on all of its sums. */
  readonly units: readonly (readonly UnitActivity[])[];
}

/**
 * Goes through `examples` with the parameters that the replay has, and keeps the wishes of the first `columns` of them. Yields
 * the number of examples done.
 */
export function* survey(
  replay: GradientReplay,
  parameters: Float64Array,
  loss: LossSpec,
  dataset: Dataset,
  examples: ArrayLike<number>,
  columns: number,
): Generator<number, Survey> {
  const { network, layers, firstUnit } = replay;
  const last = layers.length - 1;
  const activations = layers.map((_, layer) => (layer === last ? network.output : network.activation));
  const activity = activations.map((name, layer) =>
    name === 'softmax' ? null : new LayerActivity(name, layers[layer].units),
  );
  const slopes = activations.map((name) => (name === 'softmax' ? null : slopeOf(name)));
  const sums = layers.map(() => ({ weights: new SizeSum(), units: new SizeSum(), slopes: new SizeSum() }));
  const slope = new Float64Array(firstUnit[layers.length]);
  const x = new Float64Array(network.sizes[0]);
  const y = new Float64Array(network.sizes[layers.length]);
  let cost = 0;

  replay.setParameters(parameters);
  const look = (example: number): Float64Array => {
    inputInto(dataset, example, x);
    encodeTarget(network, loss, dataset, example, y);
    cost += replay.run(x, y);
    const { gradient, unitGradient, z } = replay;
    layers.forEach(({ weights, units, inputs }, layer) => {
      const [from, to] = [firstUnit[layer], firstUnit[layer + 1]];
      sums[layer].weights.add(gradient, weights, weights + units * inputs);
      sums[layer].units.add(unitGradient, from, to);
      activity[layer]?.add(z, from);
      const of = slopes[layer];
      if (of === null) return;
      for (let unit = from; unit < to; unit++) slope[unit] = of(z[unit]);
      sums[layer].slopes.add(slope, from, to);
    });
    return gradient;
  };
  const wishes = yield* wishTable(look, parameters.length, examples, columns);
  return {
    wishes,
    cost: cost / Math.max(1, examples.length),
    chain: chainOf(
      layers.map(({ weights, units, inputs }, layer) => ({
        weights: sizesOf(parameters, weights, weights + units * inputs),
        weightGradients: sums[layer].weights.sizes(),
        gradients: sums[layer].units.sizes(),
        slopes: sums[layer].slopes.sizes(),
      })),
    ),
    units: activity.map((layer) => layer?.units() ?? []),
  };
}
