import { encodeTarget, generate, inputInto } from '@backflow/nn';
import type { DataSpec, Dataset, GeneratedName, LossSpec, NetworkSpec } from '@backflow/nn';
import { isGenerated } from './specs.ts';

/** An example as it is recorded: inputs, and targets as the loss wants them, one per output. */
export interface DocumentExample {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** An example of a dataset, with the targets of a loss; none of them where there is no loss. Throws SpecError if it does not fit. */
export function exampleOf(
  dataset: Dataset,
  index: number,
  { network, loss }: { readonly network: NetworkSpec; readonly loss: LossSpec | null },
): DocumentExample {
  const x = new Float64Array(dataset.inputs);
  inputInto(dataset, index, x);
  const y = new Float64Array(network.sizes.at(-1)!);
  if (loss !== null) encodeTarget(network, loss, dataset, index, y);
  return { x, y };
}

let last: { readonly key: string; readonly dataset: Dataset } | null = null;

/** One example of generated data. The last one is kept: a text is compiled with every key that is typed. */
export function oneExample(spec: DataSpec & { readonly kind: GeneratedName }, index: number): Dataset {
  const { kind, noise, seed } = spec;
  const key = JSON.stringify([kind, noise, seed, index]);
  if (last?.key !== key) last = { key, dataset: generate({ ...spec, count: 1 }, index) };
  return last.dataset;
}

export function generatedKind(data: DataSpec): (DataSpec & { readonly kind: GeneratedName }) | null {
  return isGenerated(data.kind) ? (data as DataSpec & { readonly kind: GeneratedName }) : null;
}
