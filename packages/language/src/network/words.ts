import { ACTIVATIONS, GENERATED, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES } from '@backflow/nn';
import type { GeneratedName } from '@backflow/nn';
import type { LineRole, ValueRange } from '@backflow/messages';

/** What an option may be, and what it is where it is left out; null where that depends on others. */
export interface OptionRange extends ValueRange {
  readonly standard: number | string | boolean | null;
}

/** What a word of network lines takes. */
export interface LineWord {
  readonly role: Exclude<LineRole, 'example'>;
  /** How it is written at its shortest, or nearly so. */
  readonly usage: string;
  /** Values without a name: how many at most, and what they may be. */
  readonly most: number;
  readonly argument: ValueRange;
  readonly options: ReadonlyMap<string, OptionRange>;
}

const TRUTH = { words: ['true', 'false'] } as const;
const SEED: OptionRange = { number: { whole: true, least: 0, most: 2 ** 32 - 1 }, standard: 1 };
const NOT_NEGATIVE = { least: 0 } as const;

/** How many examples there may be of data that are made from a seed. */
const COUNT: ValueRange = { number: { whole: true, least: 1, most: 100_000 } };

/** Examples and noise where a line does not say. */
const GENERATED_STANDARDS: Readonly<Record<GeneratedName, readonly [count: number, noise: number]>> = {
  moons: [100, 0.1],
  circles: [100, 0.05],
  blobs: [150, 0.5],
  xor: [100, 0.1],
  spiral: [200, 0.05],
  line: [50, 0.1],
  sine: [100, 0.05],
  camera: [40, 0],
  digits: [1000, 0.1],
};

/** Hidden units cannot share their sums out. */
const HIDDEN = ACTIVATIONS.filter((name) => name !== 'softmax');

const split = (): [string, OptionRange][] => [
  ['seed', SEED],
  ['validation', { number: { least: 0, below: 1 }, standard: 0 }],
];

const training = (rate: number, momentum: boolean): ReadonlyMap<string, OptionRange> =>
  new Map<string, OptionRange>([
    ['rate', { number: { above: 0 }, standard: rate }],
    ...(momentum ? [['momentum', { number: { least: 0, below: 1 }, standard: 0.9 }] as const] : []),
    ['schedule', { words: SCHEDULES, standard: 'constant' }],
    ['to', { number: NOT_NEGATIVE, standard: 0 }],
    ['factor', { number: { above: 0 }, standard: 0.5 }],
    ['every', { number: { whole: true, least: 1 }, standard: 10 }],
    ['epochs', { number: { whole: true, least: 1, most: 1_000_000 }, standard: 100 }],
    ['batch', { number: { whole: true, least: 1 }, words: ['all'], standard: 'all' }],
    ['shuffle', { ...TRUTH, standard: true }],
    ['seed', SEED],
    ['tolerance', { number: NOT_NEGATIVE, standard: 0 }],
  ]);

const NO_ARGUMENT = { most: 0, argument: {} } as const;
const LAMBDA: OptionRange = { number: NOT_NEGATIVE, standard: 0 };

/** Every word that a network line may have on its right side. */
export const LINE_WORDS: ReadonlyMap<string, LineWord> = new Map<string, LineWord>([
  [
    'mlp',
    {
      role: 'net',
      usage: 'mlp(2, 16, 16, 1)',
      most: Infinity,
      argument: { number: { whole: true, least: 1 } },
      options: new Map<string, OptionRange>([
        ['activation', { words: HIDDEN, standard: 'relu' }],
        ['output', { words: ACTIVATIONS, standard: 'identity' }],
        ['bias', { ...TRUTH, standard: true }],
        ['init', { words: INITIALIZERS, standard: null }],
        ['seed', SEED],
      ]),
    },
  ],
  ...GENERATED.map((name): [string, LineWord] => {
    const [, noise] = GENERATED_STANDARDS[name];
    const options = new Map<string, OptionRange>([
      ['noise', { number: NOT_NEGATIVE, standard: noise }],
      ...split(),
    ]);
    return [name, { role: 'data', usage: `${name}()`, most: 1, argument: COUNT, options }];
  }),
  [
    'csv',
    {
      role: 'data',
      usage: 'csv("points.csv")',
      most: 1,
      argument: { text: true },
      options: new Map<string, OptionRange>([
        ['target', { text: true, bare: true, standard: null }],
        ...split(),
      ]),
    },
  ],
  [
    'images',
    {
      role: 'data',
      usage: 'images("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")',
      most: 2,
      argument: { text: true },
      options: new Map<string, OptionRange>([
        ['count', { number: { whole: true, least: 1 }, standard: null }],
        ...split(),
      ]),
    },
  ],
  ...LOSSES.map((name): [string, LineWord] => {
    const options = new Map([
      ['l1', LAMBDA],
      ['l2', LAMBDA],
    ]);
    return [name, { role: 'loss', usage: `${name}()`, ...NO_ARGUMENT, options }];
  }),
  ...OPTIMIZERS.map((name): [string, LineWord] => {
    const options = training(name === 'sgd' ? 0.1 : 0.01, name !== 'sgd');
    return [name, { role: 'train', usage: `${name}()`, ...NO_ARGUMENT, options }];
  }),
]);

/** How many examples generated data have where a line does not say. */
export function standardCount(kind: GeneratedName): number {
  return GENERATED_STANDARDS[kind][0];
}

/** Which schedules an option of training belongs to; null for all. */
export const OF_SCHEDULE: ReadonlyMap<string, readonly string[]> = new Map([
  ['to', ['linear', 'cosine']],
  ['factor', ['steps']],
  ['every', ['steps']],
]);
