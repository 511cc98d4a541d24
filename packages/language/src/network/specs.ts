import { GENERATED } from '@backflow/nn';
import type {
  ActivationName,
  DataSpec,
  GeneratedName,
  InitializerName,
  LossName,
  LossSpec,
  NetworkSpec,
  OptimizerName,
  ScheduleName,
  TrainSpec,
} from '@backflow/nn';
import type { LineValue, NetworkLine } from './line.ts';
import { LINE_WORDS, standardCount } from './words.ts';

/* What lines say, as plain data. Only of lines in which nothing is wrong: their values are within the ranges of `LINE_WORDS`. */

/** An option's value, written or standard. */
function optionOf(line: NetworkLine, name: string): LineValue['value'] | boolean | null {
  return line.options.get(name)?.value ?? LINE_WORDS.get(line.word)!.options.get(name)!.standard;
}

const numberOf = (line: NetworkLine, name: string): number => optionOf(line, name) as number;
const truthOf = (line: NetworkLine, name: string): boolean => String(optionOf(line, name)) === 'true';

export function networkSpec(line: NetworkLine): NetworkSpec {
  const activation = optionOf(line, 'activation') as ActivationName;
  const rectified = activation === 'relu' || activation === 'leakyRelu';
  return {
    sizes: line.arguments.map(({ value }) => value as number),
    activation,
    output: optionOf(line, 'output') as ActivationName,
    bias: truthOf(line, 'bias'),
    init: (optionOf(line, 'init') as InitializerName | null) ?? (rectified ? 'he' : 'xavier'),
    seed: numberOf(line, 'seed'),
  };
}

export function isGenerated(word: string): word is GeneratedName {
  return (GENERATED as readonly string[]).includes(word);
}

export function dataSpec(line: NetworkLine): DataSpec {
  const { word } = line;
  const common = { seed: numberOf(line, 'seed'), validation: numberOf(line, 'validation') };
  const [first, second] = line.arguments.map(({ value }) => value);
  if (isGenerated(word)) {
    const count = (first as number | undefined) ?? standardCount(word);
    return { kind: word, count, noise: numberOf(line, 'noise'), ...common };
  }
  if (word === 'csv') {
    return {
      kind: word,
      file: first as string,
      target: optionOf(line, 'target') as string | null,
      ...common,
    };
  }
  const count = optionOf(line, 'count') as number | null;
  return { kind: 'images', images: first as string, labels: second as string, count, ...common };
}

export function lossSpec(line: NetworkLine): LossSpec {
  return { name: line.word as LossName, l1: numberOf(line, 'l1'), l2: numberOf(line, 'l2') };
}

export function trainSpec(line: NetworkLine): TrainSpec {
  const optimizer = line.word as OptimizerName;
  const batch = optionOf(line, 'batch');
  return {
    optimizer,
    rate: numberOf(line, 'rate'),
    momentum: optimizer === 'sgd' ? 0 : numberOf(line, 'momentum'),
    schedule: {
      name: optionOf(line, 'schedule') as ScheduleName,
      to: numberOf(line, 'to'),
      factor: numberOf(line, 'factor'),
      every: numberOf(line, 'every'),
    },
    epochs: numberOf(line, 'epochs'),
    batch: batch === 'all' ? Infinity : (batch as number),
    shuffle: truthOf(line, 'shuffle'),
    seed: numberOf(line, 'seed'),
    tolerance: numberOf(line, 'tolerance'),
  };
}
