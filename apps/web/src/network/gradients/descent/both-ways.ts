import { counted, differenceGradient, type Evaluations, type GradientReplay } from '@backflow/nn';
import type { Slices } from '../slices.ts';
import { H } from './counting.ts';

/** One gradient of the document's own network, both ways. */
export interface BothWays {
  readonly evaluations: Evaluations;
  /** The largest |difference| between the two gradients, and the largest |∂C/∂w|. */
  readonly difference: number;
  readonly largest: number;
}

/** Takes the gradient of the cost of one example by finite differences and by a backward pass, and counts. */
export function* bothWays(
  replay: GradientReplay,
  parameters: Float64Array,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): Slices<BothWays> {
  const landscape = counted({
    dimensions: parameters.length,
    value(point) {
      replay.setParameters(point as Float64Array);
      return replay.cost(x, y);
    },
    slope(point, slope) {
      replay.setParameters(point as Float64Array);
      const cost = replay.run(x, y);
      slope.set(replay.gradient);
      return cost;
    },
  });
  const found = yield* differenceGradient(landscape, parameters, H);
  const exact = new Float64Array(parameters.length);
  landscape.slope(parameters, exact);
  let [difference, largest] = [0, 0];
  exact.forEach((each, i) => {
    difference = Math.max(difference, Math.abs(each - found[i]));
    largest = Math.max(largest, Math.abs(each));
  });
  return { evaluations: landscape.evaluations, difference, largest };
}
