import {
  GENERATED,
  generate,
  inputInto,
  split,
  type DataSpec,
  type Dataset,
  type GeneratedName,
} from '@backflow/nn';
import type { NetworkDocument } from '@backflow/language/network';
import { computed, signal } from '@preact/signals';
import type { ShownExample, Training } from '../contract.ts';

type Generated = DataSpec & { readonly kind: GeneratedName };

/** More examples are made only where they are trained on, which is done elsewhere. */
const MOST = 5000;

/** The data of a document that has a loss but says nothing about training; null if it has none, or too many to make here. */
export function untrainedData({ data, loss, train }: NetworkDocument): Generated | null {
  if (data === null || loss === null || train !== null) return null;
  const made = (GENERATED as readonly string[]).includes(data.kind) ? (data as Generated) : null;
  return made !== null && made.count <= MOST ? made : null;
}

/** The training of such a document, with the data that nobody else has made. */
export function untrained(training: Training, data: Generated, example: number): Training {
  const dataset = generate(data);
  const index = signal(Math.max(0, Math.min(dataset.size - 1, example)));
  return {
    ...training,
    dataset: signal(dataset),
    split: signal(split(dataset, data)),
    example: computed(() => training.example.value ?? exampleAt(dataset, index.value)),
    showExample: (next) => {
      index.value = next;
    },
  };
}

function exampleAt(dataset: Dataset, index: number): ShownExample {
  const x = new Float64Array(dataset.inputs);
  inputInto(dataset, index, x);
  const { targets } = dataset;
  return { index, x, y: dataset.y.slice(index * targets, (index + 1) * targets) };
}
