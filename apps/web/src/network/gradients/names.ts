import type { Dataset } from '@backflow/nn';

/** A unit as formulas write it: `a^{(2)}_{3}`; layers from 0 for the inputs. */
export function unitName(letter: 'a' | 'z' | 'b', layer: number, unit: number): string {
  return `${letter}^{(${layer})}_{${unit}}`;
}

/** What an example is about: its class, or the numbers that are wanted. */
export function exampleName(dataset: Dataset, index: number, number: (x: number) => string): string {
  const { task, classes, y, targets } = dataset;
  if (task === 'classification') return classes[y[index]] ?? String(y[index]);
  return Array.from(y.subarray(index * targets, (index + 1) * targets), number).join(', ');
}

/** What an output is about: the class that it stands for, if it is one of several. */
export function outputName(dataset: Dataset | null, outputs: number, output: number): string | null {
  if (dataset === null || dataset.task !== 'classification' || outputs === 1) return null;
  return dataset.classes[output] ?? null;
}
