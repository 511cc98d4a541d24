import type { Dataset } from './dataset.ts';

/** Writes the input of example i as numbers, `dataset.inputs` of them, from the start of `into`. */
export function inputInto(dataset: Dataset, i: number, into: Float64Array): void {
  const { inputs, x, scale } = dataset;
  const start = i * inputs;
  for (let k = 0; k < inputs; k++) into[k] = x[start + k] * scale;
}
