import { generate } from '@backflow/nn';
import type { Dataset, GeneratedName, LossSpec, NetworkSpec, TrainingSpec, TrainSpec } from '@backflow/nn';

/** What differs from a small training: 20 moons, 2-4-1, tanh, squared error, full batches, rate 0.1, 5 epochs. */
export interface Differences {
  readonly data?: GeneratedName;
  readonly count?: number;
  readonly noise?: number;
  readonly validation?: number;
  readonly network?: Partial<NetworkSpec>;
  readonly loss?: Partial<LossSpec>;
  readonly train?: Partial<TrainSpec>;
}

export function trainingSpec(differences: Differences = {}): TrainingSpec {
  const { data = 'moons', count = 20, noise = 0.1, validation = 0, network, loss, train } = differences;
  return {
    network: {
      sizes: [2, 4, 1],
      activation: 'tanh',
      output: 'identity',
      bias: true,
      init: 'xavier',
      seed: 1,
      ...network,
    },
    data: { kind: data, count, noise, seed: 1, validation },
    loss: { name: 'squared', l1: 0, l2: 0, ...loss },
    train: {
      optimizer: 'sgd',
      rate: 0.1,
      momentum: 0.9,
      schedule: { name: 'constant', to: 0, factor: 1, every: 1 },
      epochs: 5,
      batch: Infinity,
      shuffle: true,
      seed: 1,
      tolerance: 0,
      ...train,
    },
  };
}

export function dataOf({ data }: TrainingSpec): Dataset {
  if (data.kind === 'csv' || data.kind === 'images') throw new Error('Data from files are not generated');
  return generate(data);
}
