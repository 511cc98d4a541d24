import type { BareTape } from '@backflow/engine';
import { layoutOf } from '../spec/layout.ts';
import type { LossSpec, NetworkSpec } from '../spec/spec.ts';

/** λ₁ Σ |w| + λ₂ Σ w² over the weights, not the biases: what `recordExample` adds to an example's cost. */
export function penaltyOf(
  network: Pick<NetworkSpec, 'sizes' | 'bias'>,
  { l1, l2 }: Pick<LossSpec, 'l1' | 'l2'>,
  parameters: ArrayLike<number>,
): number {
  if (l1 === 0 && l2 === 0) return 0;
  let sizes = 0;
  let squares = 0;
  for (const { inputs, units, weights } of layoutOf(network)) {
    for (let i = weights; i < weights + inputs * units; i++) {
      sizes += Math.abs(parameters[i]);
      squares += parameters[i] * parameters[i];
    }
  }
  return (l1 === 0 ? 0 : l1 * sizes) + (l2 === 0 ? 0 : l2 * squares);
}

/** Adds the penalty's gradient, λ₁ sign w + 2 λ₂ w for each weight; the slope of |w| at 0 is 0. */
export function addPenaltyGradient(
  network: Pick<NetworkSpec, 'sizes' | 'bias'>,
  { l1, l2 }: Pick<LossSpec, 'l1' | 'l2'>,
  parameters: ArrayLike<number>,
  gradient: Float64Array,
): void {
  if (l1 === 0 && l2 === 0) return;
  for (const { inputs, units, weights } of layoutOf(network)) {
    for (let i = weights; i < weights + inputs * units; i++) {
      const w = parameters[i];
      if (l1 !== 0) gradient[i] += l1 * Math.sign(w);
      if (l2 !== 0) gradient[i] += 2 * l2 * w;
    }
  }
}

/** Records Σ |w|. */
export function recordL1(tape: BareTape, weights: readonly number[]): number {
  return tape.applyTo(
    'sum',
    weights.map((w) => tape.applyTo('abs', [w])),
  );
}

/** Records Σ w². */
export function recordL2(tape: BareTape, weights: readonly number[]): number {
  return tape.applyTo(
    'dot',
    weights.flatMap((w) => [w, w]),
  );
}
