import { LEAF } from '@backflow/engine';
import type { NetworkNumbers } from '@backflow/graph';
import type { Ground } from './timing.ts';

/** What is shown of a network at a step. */
export interface Moment {
  readonly position: number;
  /** Where the step began that led here. */
  readonly from: number;
  readonly digits: number;
  /** All parameters as the training has them right now; null for those of the run. */
  readonly live: Float64Array | null;
}

/** What is said of each node at a step. Every answer is a look at an array, but for gradients that are on their way. */
export function numbersAt(ground: Ground, moment: Moment): NetworkNumbers {
  const { run, parts, timing, scale, slopeScale, weightScales, activationScales } = ground;
  const { knownAt, firstAt, finalAt, begun, gradient } = timing;
  const { position, from, digits, live } = moment;
  const { trace, shown } = run;
  const { values, arrivals } = trace;
  const places = live === null ? [] : weightPlaces(ground);
  const value = (node: number): number => {
    if (shown.operation[node] !== LEAF) return shown.value[node];
    // A leaf's only event is its update.
    const update = values.start[node] < values.start[node + 1] ? values.events[values.start[node]] : Infinity;
    return position > update ? trace.value[update] : shown.value[node];
  };
  return {
    digits,
    scale,
    slopeScale,
    known: (node) => node >= 0 && position >= knownAt[node],
    value,
    state(node) {
      if (position <= begun || node < 0) return 'none';
      if (trace.reached[node] === 0) return 'zero';
      return position >= finalAt[node] ? 'final' : position >= firstAt[node] ? 'partial' : 'none';
    },
    gradient(node) {
      if (node < 0 || position < firstAt[node]) return 0;
      if (position >= finalAt[node]) return gradient[node];
      let low = arrivals.start[node];
      let high = arrivals.start[node + 1];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (arrivals.events[middle] < position) low = middle + 1;
        else high = middle;
      }
      return trace.value[arrivals.events[low - 1]];
    },
    fresh(node) {
      if (node < 0) return null;
      if (finalAt[node] > from && finalAt[node] <= position) return 'backward';
      return knownAt[node] > from && knownAt[node] <= position ? 'forward' : null;
    },
    weight: (layer, place) =>
      live === null ? value(parts.layers[layer].weights[place]) : live[places[layer] + place],
    weightScale: (layer) => weightScales[layer],
    activationScale: (layer) => activationScales[layer < 0 ? activationScales.length - 1 : layer],
  };
}

/** Where the weights of each layer begin among all parameters. */
function weightPlaces({ parts }: Ground): readonly number[] {
  let at = 0;
  return parts.layers.map(({ weights, biases }) => {
    const start = at;
    at += weights.length + (biases?.length ?? 0);
    return start;
  });
}
