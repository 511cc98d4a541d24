import {
  ACTIVATIONS,
  GENERATED,
  INITIALIZERS,
  LOSSES,
  OPTIMIZERS,
  SCHEDULES,
  type ActivationName,
  type DataSpec,
  type Dataset,
  type GeneratedName,
  type LossName,
  type LossSpec,
  type NetworkSpec,
  type TrainingSpec,
  type TrainSpec,
} from '@backflow/nn';
import type { OptionName } from './arguments.ts';
import { optionText, wholeOption, type Call } from './command.ts';
import { nearest } from './nearest.ts';
import { WrongValue } from './problem.ts';
import type { TestFiles } from './train-data.ts';
import { DataMissing } from './train-problem.ts';
import { fileOption, numberOption, sizesOption, wordOption } from './train-options.ts';

/** What is known before the options are read: the lines of a document, the spec of a checkpoint, or nothing. */
export type Parts = { readonly [Part in keyof TrainingSpec]: TrainingSpec[Part] | null };

export const NO_PARTS: Parts = { network: null, data: null, loss: null, train: null };

/** Those that hidden units may have: softmax takes all sums of the last layer. */
export const HIDDEN = ACTIVATIONS.filter((name) => name !== 'softmax');

const LARGEST_SEED = 2 ** 32 - 1;
const MOST_EXAMPLES = 100_000;
const MOST_EPOCHS = 1_000_000;

/** Examples and noise where nobody says: those of the tables of docs/networks.md. */
const MADE: Readonly<Record<GeneratedName, { readonly count: number; readonly noise: number }>> = {
  moons: { count: 100, noise: 0.1 },
  circles: { count: 100, noise: 0.05 },
  blobs: { count: 150, noise: 0.5 },
  xor: { count: 100, noise: 0.1 },
  spiral: { count: 200, noise: 0.05 },
  line: { count: 50, noise: 0.1 },
  sine: { count: 100, noise: 0.05 },
  camera: { count: 40, noise: 0 },
  digits: { count: 1000, noise: 0.1 },
};

/** What data there are, from the options, else from what is known. Throws a `Problem`. */
export function dataSpecOf(call: Call, known: DataSpec | null): DataSpec {
  const named = namedData(call);
  const spec = named ?? known;
  if (spec === null) throw new DataMissing();
  const seed = seedOption(call) ?? spec.seed;
  const validation = numberOption(call, 'validation', { from: 0, below: 1 }) ?? spec.validation;
  if (spec.kind === 'csv') {
    refuse(call, ['count', 'noise'], 'csv');
    return { ...spec, target: optionText(call, 'target') ?? spec.target, seed, validation };
  }
  refuse(call, ['target'], spec.kind);
  if (spec.kind === 'images') {
    refuse(call, ['noise'], spec.kind);
    return { ...spec, count: wholeOption(call, 'count', 1, 10_000_000) ?? spec.count, seed, validation };
  }
  const count = wholeOption(call, 'count', 1, MOST_EXAMPLES) ?? spec.count;
  return { ...spec, count, noise: numberOption(call, 'noise', { from: 0 }) ?? spec.noise, seed, validation };
}

function namedData(call: Call): DataSpec | null {
  const [data, images, labels] = [
    fileOption(call, 'data'),
    fileOption(call, 'images'),
    fileOption(call, 'labels'),
  ];
  if (images !== undefined || labels !== undefined) {
    if (data !== undefined) throw new WrongValue('--data', data, ({ expected }) => expected.oneSource);
    if (images === undefined)
      throw new WrongValue('--labels', labels!, ({ expected }) => expected.with('--images'));
    if (labels === undefined)
      throw new WrongValue('--images', images, ({ expected }) => expected.with('--labels'));
    return { kind: 'images', images, labels, count: null, seed: 1, validation: 0 };
  }
  if (data === undefined) return null;
  const kind = GENERATED.find((name) => name === data.trim());
  if (kind !== undefined) return { kind, ...MADE[kind], seed: 1, validation: 0 };
  // A file has a dot or a folder in its name; a single word is one of the names, or nearly.
  if (/^[a-zA-Z]+$/.test(data)) {
    const said = nearest(data, GENERATED);
    throw new WrongValue('--data', data, ({ expected }) => expected.dataOrFile(GENERATED), said);
  }
  return { kind: 'csv', file: data, target: null, seed: 1, validation: 0 };
}

/** The pictures that are kept for validation. */
export function testFilesOf(call: Call): TestFiles | null {
  const [images, labels] = [fileOption(call, 'test-images'), fileOption(call, 'test-labels')];
  if (images === undefined && labels === undefined) return null;
  if (images === undefined)
    throw new WrongValue('--test-labels', labels!, ({ expected }) => expected.with('--test-images'));
  if (labels === undefined)
    throw new WrongValue('--test-images', images, ({ expected }) => expected.with('--test-labels'));
  const validation = optionText(call, 'validation');
  if (validation !== undefined)
    throw new WrongValue('--validation', validation, ({ expected }) => expected.noTestFiles);
  return { images, labels };
}

function refuse(call: Call, options: readonly OptionName[], kind: string): void {
  for (const name of options) {
    const text = optionText(call, name);
    if (text !== undefined) throw new WrongValue(`--${name}`, text, ({ expected }) => expected.notWith(kind));
  }
}

const seedOption = (call: Call): number | undefined => wholeOption(call, 'seed', 0, LARGEST_SEED);

/** Network, loss and training from the options, what is known, and the data. Throws a `Problem`. */
export function trainingSpecOf(call: Call, known: Parts, data: DataSpec, dataset: Dataset): TrainingSpec {
  const loss = lossOf(call, known.loss, dataset, outputsOf(call, known.network, dataset));
  return {
    network: networkOf(call, known.network, dataset, loss.name),
    data,
    loss,
    train: trainOf(call, known.train, dataset),
  };
}

const wanted = ({ task, classes, targets }: Dataset): number =>
  task === 'regression' ? targets : classes.length;

const outputsOf = (call: Call, known: NetworkSpec | null, dataset: Dataset): number =>
  (sizesOption(call, 'layers') ?? known?.sizes)?.at(-1) ?? wanted(dataset);

function lossOf(call: Call, known: LossSpec | null, dataset: Dataset, outputs: number): LossSpec {
  const usual: LossName =
    dataset.task === 'regression'
      ? 'squared'
      : outputs === 1
        ? 'binaryCrossEntropyWithLogits'
        : 'crossEntropy';
  return {
    name: wordOption(call, 'loss', LOSSES) ?? known?.name ?? usual,
    l1: numberOption(call, 'l1', { from: 0 }) ?? known?.l1 ?? 0,
    l2: numberOption(call, 'l2', { from: 0 }) ?? known?.l2 ?? 0,
  };
}

function networkOf(call: Call, known: NetworkSpec | null, dataset: Dataset, loss: LossName): NetworkSpec {
  const told = wordOption(call, 'activation', HIDDEN);
  const activation = told ?? known?.activation ?? 'relu';
  return {
    sizes: sizesOption(call, 'layers') ?? known?.sizes ?? [dataset.inputs, 16, 16, wanted(dataset)],
    activation,
    output:
      wordOption(call, 'output', ACTIVATIONS) ?? known?.output ?? usualOutput(activation, dataset, loss),
    bias: call.options.has('no-bias') ? false : (known?.bias ?? true),
    init:
      wordOption(call, 'init', INITIALIZERS) ??
      (told === undefined ? known?.init : undefined) ??
      usualStart(activation),
    seed: seedOption(call) ?? known?.seed ?? 1,
  };
}

/** Classes are numbers from 0 to 1, which a network of sigmoids ends in too, unless its loss takes sums. */
function usualOutput(activation: ActivationName, { task }: Dataset, loss: LossName): ActivationName {
  if (loss === 'binaryCrossEntropy') return 'sigmoid';
  const sums = loss === 'crossEntropy' || loss === 'binaryCrossEntropyWithLogits' || loss === 'hinge';
  return task === 'classification' && activation === 'sigmoid' && !sums ? 'sigmoid' : 'identity';
}

const usualStart = (activation: ActivationName): NetworkSpec['init'] =>
  activation === 'relu' || activation === 'leakyRelu' ? 'he' : 'xavier';

function trainOf(call: Call, known: TrainSpec | null, dataset: Dataset): TrainSpec {
  const optimizer = wordOption(call, 'optimizer', OPTIMIZERS);
  const base = known ?? usualTraining(optimizer ?? 'adam', dataset);
  const other = optimizer !== undefined && optimizer !== base.optimizer;
  return {
    optimizer: optimizer ?? base.optimizer,
    rate: numberOption(call, 'rate', { above: 0 }) ?? (other ? usualRate(optimizer, dataset) : base.rate),
    momentum: numberOption(call, 'momentum', { from: 0, below: 1 }) ?? base.momentum,
    schedule: {
      name: wordOption(call, 'schedule', SCHEDULES) ?? base.schedule.name,
      to: numberOption(call, 'to', { from: 0 }) ?? base.schedule.to,
      factor: numberOption(call, 'factor', { above: 0 }) ?? base.schedule.factor,
      every: wholeOption(call, 'every', 1, MOST_EPOCHS) ?? base.schedule.every,
    },
    epochs: wholeOption(call, 'epochs', 1, MOST_EPOCHS) ?? base.epochs,
    batch: batchOption(call) ?? base.batch,
    shuffle: call.options.has('no-shuffle') ? false : base.shuffle,
    seed: seedOption(call) ?? base.seed,
    tolerance: numberOption(call, 'tolerance', { from: 0 }) ?? base.tolerance,
  };
}

/** More than these are walked through so often that smaller steps get further. */
const MANY = 2000;

const usualRate = (optimizer: TrainSpec['optimizer'], { size }: Dataset): number =>
  optimizer === 'sgd' ? 0.1 : size <= MANY ? 0.01 : 0.003;

/** Small batches, and a rate that falls to 0. */
function usualTraining(optimizer: TrainSpec['optimizer'], dataset: Dataset): TrainSpec {
  return {
    optimizer,
    rate: usualRate(optimizer, dataset),
    momentum: 0.9,
    schedule: { name: 'linear', to: 0, factor: 0.5, every: 10 },
    epochs: dataset.size <= MANY ? 100 : 10,
    batch: 10,
    shuffle: true,
    seed: 1,
    tolerance: 0,
  };
}

function batchOption(call: Call): number | undefined {
  const text = optionText(call, 'batch');
  if (text === undefined) return undefined;
  if (text.trim() === 'all') return Infinity;
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  if (value < 1) throw new WrongValue('--batch', text, ({ expected }) => expected.batch);
  return value;
}
