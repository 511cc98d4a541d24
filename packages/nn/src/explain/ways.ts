/** The three ways to raise the output of a unit: what a nudge of 1 does, by the slope where it stands. */
export interface Ways {
  /** ∂a/∂b = σ′(z); null for a unit without a bias. */
  readonly bias: number | null;
  /** ∂a/∂w_k = σ′(z) · a_k: in proportion to the activations before. */
  readonly weights: Float64Array;
  /** ∂a/∂a_k = σ′(z) · w_k: in proportion to the weights. */
  readonly activations: Float64Array;
}

/**
 * How a = σ(Σ w_k a_k + b) can be raised. `slope` is σ′(z); 1 for the ways to raise z itself. Times the wish for a, −∂C/∂a,
 * each number is the wish for that bias, weight or activation.
 */
export function waysToRaise(
  slope: number,
  weights: ArrayLike<number>,
  activations: ArrayLike<number>,
  bias: boolean,
): Ways {
  return {
    bias: bias ? slope : null,
    weights: Float64Array.from(activations, (each) => slope * each),
    activations: Float64Array.from(weights, (each) => slope * each),
  };
}

/** What the units of a layer want of the activations before it. */
export interface PassedWishes {
  /** Row by row, what unit j asks of activation k: (−∂C/∂z_j) · w_jk at j · inputs + k. */
  readonly shares: Float64Array;
  /** What all units together ask of activation k: Σ_j (−∂C/∂z_j) · w_jk = −∂C/∂a_k. */
  readonly sums: Float64Array;
}

/** `wishes` are −∂C/∂z of a layer's units, `weights` their rows one after the other. */
export function passWishes(wishes: ArrayLike<number>, weights: ArrayLike<number>): PassedWishes {
  const units = wishes.length;
  const inputs = units === 0 ? 0 : weights.length / units;
  const shares = new Float64Array(units * inputs);
  const sums = new Float64Array(inputs);
  for (let j = 0; j < units; j++) {
    for (let k = 0; k < inputs; k++) {
      const share = wishes[j] * weights[j * inputs + k];
      shares[j * inputs + k] = share;
      sums[k] += share;
    }
  }
  return { shares, sums };
}
