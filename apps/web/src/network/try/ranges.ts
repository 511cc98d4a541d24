import type { Dataset } from '@backflow/nn';

interface Range {
  readonly low: number;
  readonly high: number;
}

/** What the data have in each column; −1 to 1 without data. */
export function rangesOf(dataset: Dataset | null, inputs: number): readonly Range[] {
  const ranges = Array.from({ length: inputs }, () => ({ low: Infinity, high: -Infinity }));
  if (dataset === null) return ranges.map(() => ({ low: -1, high: 1 }));
  for (let at = 0; at < dataset.size * inputs; at++) {
    const range = ranges[at % inputs];
    const value = dataset.x[at] * dataset.scale;
    range.low = Math.min(range.low, value);
    range.high = Math.max(range.high, value);
  }
  return ranges;
}
