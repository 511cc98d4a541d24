// What packages/nn trains on in the bench.
import { generate, layoutOf, Trainer } from '@backflow/nn';
import type { ActivationName, Dataset, LossSpec, NetworkSpec, TrainingSpec } from '@backflow/nn';
import { DIGIT, digit, initialParameters, MOONS, moons } from '../engine/data.ts';
import type { Training } from '../engine/training.ts';
import { digitByHand, moonsByHand } from './hand.ts';

export const STEPS = ['moons', 'digit'] as const;
export type StepName = (typeof STEPS)[number];

export const ENGINES = ['javascript', 'wasm'] as const;
export type EngineName = (typeof ENGINES)[number];

/** At most so many times the time of the loops written by hand. */
export const GOALS: Readonly<Record<StepName, Readonly<Record<EngineName, number>>>> = {
  moons: { javascript: 3, wasm: 1.1 },
  digit: { javascript: 1.15, wasm: 0.35 },
};

/** The examples of the epoch, of which every tenth is drawn and the others are copies. */
export const EXAMPLES = 60_000;
const COPIES = 10;

function networkSpec(
  sizes: readonly number[],
  activation: ActivationName,
  output: ActivationName,
): NetworkSpec {
  return { sizes, activation, output, bias: true, init: activation === 'relu' ? 'he' : 'xavier', seed: 1 };
}

/** Gradient descent at a constant rate, in the order of the data. `data` is not read: the dataset is there. */
function trainingSpec(network: NetworkSpec, loss: LossSpec, rate: number, batch: number): TrainingSpec {
  return {
    network,
    data: { kind: 'digits', count: 1, noise: 0, seed: 1, validation: 0 },
    loss,
    train: {
      optimizer: 'sgd',
      rate,
      momentum: 0,
      schedule: { name: 'constant', to: 0, factor: 1, every: 1 },
      epochs: Number.MAX_SAFE_INTEGER,
      batch,
      shuffle: batch > 1 && batch < Infinity,
      seed: 1,
      tolerance: 0,
    },
  };
}

function datasetOf(x: Float64Array, y: Float64Array, inputs: number, classes: number): Dataset {
  return {
    name: 'bench',
    size: y.length,
    inputs,
    task: 'classification',
    x,
    scale: 1,
    y,
    targets: 1,
    classes: Array.from({ length: classes }, (_, each) => String(each)),
    columns: [],
    picture: null,
  };
}

/** The first parameters of the engine's bench, where every unit has its bias after its weights, in the order of packages/nn. */
function startOf(workload: typeof MOONS | typeof DIGIT): Float64Array {
  const numbers = initialParameters(workload);
  const start = new Float64Array(numbers.length);
  let at = 0;
  for (const { inputs, units, weights, biases } of layoutOf({ sizes: workload.sizes, bias: true })) {
    for (let unit = 0; unit < units; unit++, at += inputs + 1) {
      start.set(numbers.subarray(at, at + inputs), weights + unit * inputs);
      start[biases + unit] = numbers[at + inputs];
    }
  }
  return start;
}

/** The same step by the trainer and by hand, with the same numbers. */
export function pairOf(
  step: StepName,
  engine: EngineName,
): { readonly trainer: Training; readonly hand: Training } {
  if (step === 'moons') {
    const { x, y } = moons();
    const network = networkSpec(MOONS.sizes, 'relu', 'identity');
    const loss: LossSpec = { name: 'hinge', l1: 0, l2: MOONS.decay };
    const data = datasetOf(
      x,
      y.map((side) => (side > 0 ? 1 : 0)),
      2,
      2,
    );
    const parameters = startOf(MOONS);
    const spec = trainingSpec(network, loss, MOONS.rate, Infinity);
    const trainer = new Trainer(spec, data, { engine, parameters });
    return { trainer: trainingBy(trainer), hand: moonsByHand(parameters) };
  }
  const { x, wanted } = digit();
  const network = networkSpec(DIGIT.sizes, 'sigmoid', 'sigmoid');
  const loss: LossSpec = { name: 'squared', l1: 0, l2: 0 };
  const data = datasetOf(x, Float64Array.of(wanted.indexOf(1)), 784, 10);
  const parameters = startOf(DIGIT);
  const trainer = new Trainer(trainingSpec(network, loss, DIGIT.rate, 1), data, { engine, parameters });
  return { trainer: trainingBy(trainer), hand: digitByHand(parameters) };
}

function trainingBy(trainer: Trainer): Training {
  return {
    step: () => trainer.takeStep().loss,
    restart: () => trainer.reset(),
    gradient: () => trainer.gradient,
  };
}

/** Training of 784-16-16-10 on drawn digits, in batches of 10. */
export function digitsTrainer(engine: EngineName): Trainer {
  const few = generate({ kind: 'digits', count: EXAMPLES / COPIES, noise: 0.1, seed: 1, validation: 0 });
  const x = new Uint8Array(EXAMPLES * few.inputs);
  const y = new Float64Array(EXAMPLES);
  for (let copy = 0; copy < COPIES; copy++) {
    x.set(few.x, copy * few.x.length);
    y.set(few.y, copy * few.y.length);
  }
  const network = networkSpec(DIGIT.sizes, 'sigmoid', 'sigmoid');
  const spec = trainingSpec(network, { name: 'squared', l1: 0, l2: 0 }, 1, 10);
  return new Trainer(spec, { ...few, size: EXAMPLES, x, y }, { engine });
}
