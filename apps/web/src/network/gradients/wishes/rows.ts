import type { LayerLayout } from '@backflow/nn';

/** The parameters of a layer, or of one of its units: its weights and its bias; -1 for all. */
export function rowsOf(layers: readonly LayerLayout[], layer: number, unit: number): number[] {
  const rows: number[] = [];
  const add = (from: number, count: number): void => {
    for (let i = 0; i < count; i++) rows.push(from + i);
  };
  layers.forEach(({ inputs, units, weights, biases }, at) => {
    if (layer >= 0 && at !== layer) return;
    if (layer < 0 || unit < 0) {
      add(weights, inputs * units);
      if (biases >= 0) add(biases, units);
    } else {
      add(weights + unit * inputs, inputs);
      if (biases >= 0) add(biases + unit, 1);
    }
  });
  return rows;
}
