// The numbers that the workloads train on. Everything is made by one small generator, so that every contender can be
// checked to have computed the same losses and gradients.

/** Pseudo-random numbers in [0, 1): a linear congruential generator modulo 2³² (Numerical Recipes' constants). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A moons classifier: two inputs, two hidden layers of 16 rectified units, one linear output. */
export const MOONS = { sizes: [2, 16, 16, 1], examples: 100, decay: 1e-4, rate: 0.05, scale: 1 } as const;

/** A digit classifier: 784 pixels, sigmoid units throughout, ten outputs. */
export const DIGIT = { sizes: [784, 16, 16, 10], rate: 0.05, scale: 0.1 } as const;

/** x ← x · c + d. */
export const CHAIN = [0.5, 0.999, 0.0005] as const;

/** y ← y · h + y · k with h + k = 1: the value stays 1, and so does the derivative. */
export const LADDER = [1, 0.375, 0.625] as const;

/** Parameters of a network in order: layer by layer, unit by unit, its weights and then its bias, which starts at 0. */
export function initialParameters({ sizes, scale }: typeof MOONS | typeof DIGIT): Float64Array {
  const random = generator(42);
  const parameters: number[] = [];
  for (let layer = 1; layer < sizes.length; layer++) {
    const reach = layer === 1 ? scale : 1;
    for (let unit = 0; unit < sizes[layer]; unit++) {
      for (let input = 0; input < sizes[layer - 1]; input++) parameters.push((random() * 2 - 1) * reach);
      parameters.push(0);
    }
  }
  return Float64Array.from(parameters);
}

/** Two interleaved half circles with noise; `x` has two numbers per point, `y` is −1 for one and 1 for the other. */
export function moons(): { x: Float64Array; y: Float64Array } {
  const random = generator(7);
  const x = new Float64Array(2 * MOONS.examples);
  const y = new Float64Array(MOONS.examples);
  for (let i = 0; i < MOONS.examples; i++) {
    const angle = (Math.PI * (i >> 1)) / 49;
    const upper = i % 2 === 0;
    const across = (random() - 0.5) * 0.2;
    const along = (random() - 0.5) * 0.2;
    x[2 * i] = (upper ? Math.cos(angle) : 1 - Math.cos(angle)) + across;
    x[2 * i + 1] = (upper ? Math.sin(angle) : 0.5 - Math.sin(angle)) + along;
    y[i] = upper ? -1 : 1;
  }
  return { x, y };
}

/** A picture of 784 pixels, three quarters of them black, and the outputs that are wanted for it: a three. */
export function digit(): { x: Float64Array; wanted: Float64Array } {
  const random = generator(11);
  const x = new Float64Array(784);
  for (let i = 0; i < x.length; i++) {
    const [chance, brightness] = [random(), random()];
    x[i] = chance < 0.25 ? brightness : 0;
  }
  const wanted = new Float64Array(10);
  wanted[3] = 1;
  return { x, wanted };
}
