/*
 * What a network document says, as plain data: it can be written as JSON, sent to a worker, compared.
 */

/** What a unit makes of its weighted sum z. `softmax` is for the last layer only: it takes all of its sums. */
export const ACTIVATIONS = ['identity', 'step', 'sigmoid', 'tanh', 'relu', 'leakyRelu', 'softmax'] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

/**
 * What one example costs. `squared` is Σ (a − y)², `meanSquared` its mean over the outputs, `absolute` Σ |a − y|, `hinge`
 * Σ max(0, 1 − y·a) with y = ±1, `binaryCrossEntropy` −Σ (y ln a + (1 − y) ln(1 − a)), the same `WithLogits` of z instead of
 * a = σ(z), `crossEntropy` −ln softmax(z) of the right class.
 */
export const LOSSES = [
  'squared',
  'meanSquared',
  'absolute',
  'hinge',
  'binaryCrossEntropy',
  'binaryCrossEntropyWithLogits',
  'crossEntropy',
] as const;
export type LossName = (typeof LOSSES)[number];

/**
 * How weights start: `uniform` in ±1/√inputs (PyTorch's Linear), `xavier` in ±√(6/(inputs + outputs)) (Glorot and Bengio
 * 2010), `he` normal with variance 2/inputs (He et al. 2015), `zeros`. Biases start at 0, but for `uniform`, where they are drawn too.
 */
export const INITIALIZERS = ['uniform', 'xavier', 'he', 'zeros'] as const;
export type InitializerName = (typeof INITIALIZERS)[number];

/** How parameters move by their gradient, as torch.optim names it: SGD, SGD with momentum, Adam. */
export const OPTIMIZERS = ['sgd', 'momentum', 'adam'] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** How the learning rate changes over the epochs: not, evenly to `to`, by `factor` every `every` epochs, along half a cosine to `to`. */
export const SCHEDULES = ['constant', 'linear', 'steps', 'cosine'] as const;
export type ScheduleName = (typeof SCHEDULES)[number];

/** Data that are made from a seed. */
export const GENERATED = [
  'moons',
  'circles',
  'blobs',
  'xor',
  'spiral',
  'line',
  'sine',
  'camera',
  'digits',
] as const;
export type GeneratedName = (typeof GENERATED)[number];

/** A multi-layer perceptron. Its parameters are the numbers of `parameterCount`, in the order of `layout`. */
export interface NetworkSpec {
  /** Numbers of inputs, of the units of each layer, and of outputs; at least two. */
  readonly sizes: readonly number[];
  /** Of the hidden layers. */
  readonly activation: ActivationName;
  /** Of the last layer. */
  readonly output: ActivationName;
  readonly bias: boolean;
  readonly init: InitializerName;
  readonly seed: number;
}

/** What one example costs, and the penalties that come on top of the mean over the examples. */
export interface LossSpec {
  readonly name: LossName;
  /** λ of the penalty λ Σ |w|, over weights, not biases. */
  readonly l1: number;
  /** λ of the penalty λ Σ w². */
  readonly l2: number;
}

/** Where the examples come from, and which share of them is kept for validation, drawn by `seed`. */
export type DataSpec =
  | {
      readonly kind: GeneratedName;
      /** Number of examples, those of validation included. */
      readonly count: number;
      readonly noise: number;
      readonly seed: number;
      /** Share of the examples that is kept for validation, from 0 up to, not including, 1. */
      readonly validation: number;
    }
  | {
      /** A table that the reader brings. */
      readonly kind: 'csv';
      readonly file: string;
      /** Name of the column to be predicted; null for the last. */
      readonly target: string | null;
      readonly seed: number;
      readonly validation: number;
    }
  | {
      /** Pictures and labels in the format of MNIST. */
      readonly kind: 'images';
      readonly images: string;
      readonly labels: string;
      /** At most so many examples are read; null for all. */
      readonly count: number | null;
      readonly seed: number;
      readonly validation: number;
    };

/** What becomes of the learning rate. */
export interface Schedule {
  readonly name: ScheduleName;
  /** The rate at the end, of `linear` and `cosine`. */
  readonly to: number;
  /** Of `steps`. */
  readonly factor: number;
  readonly every: number;
}

/** How a network is trained. */
export interface TrainSpec {
  readonly optimizer: OptimizerName;
  readonly rate: number;
  /** μ of momentum, β₁ of Adam. */
  readonly momentum: number;
  readonly schedule: Schedule;
  readonly epochs: number;
  /** Examples of a step: 1 for one by one, Infinity for all. */
  readonly batch: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** Training stops when no parameter moves more than this in an epoch (w_new ≈ w_old); 0 for never. */
  readonly tolerance: number;
}

/** All that training needs to be told. */
export interface TrainingSpec {
  readonly network: NetworkSpec;
  readonly data: DataSpec;
  readonly loss: LossSpec;
  readonly train: TrainSpec;
}
