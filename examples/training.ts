import { generate, Trainer } from '@backflow/nn';

const data = { kind: 'xor', count: 100, noise: 0.1, seed: 1, validation: 0.2 } as const;
const trainer = new Trainer(
  {
    data,
    network: { sizes: [2, 8, 1], activation: 'tanh', output: 'sigmoid', bias: true, init: 'xavier', seed: 1 },
    loss: { name: 'binaryCrossEntropy', l1: 0, l2: 0 },
    train: {
      optimizer: 'adam',
      rate: 0.05,
      momentum: 0.9,
      schedule: { name: 'constant', to: 0, factor: 1, every: 1 },
      epochs: 100,
      batch: 16,
      shuffle: true,
      seed: 1,
      tolerance: 0,
    },
  },
  generate(data),
);
console.log(trainer.report().accuracy); // 0.3875
while (trainer.stop === null) trainer.takeEpoch();
console.log(trainer.epoch, trainer.step, trainer.stop); // 100 500 { reason: 'epochs' }
console.log(trainer.report().accuracy, trainer.report().validationAccuracy); // 1 1
