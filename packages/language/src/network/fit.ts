import type { Dataset, LossSpec, NetworkSpec } from '@backflow/nn';
import type { LanguageError } from '../diagnostics.ts';
import type { NetworkLine } from './line.ts';
import { problemAt } from './problem.ts';

/* Whether lines fit together that are right by themselves. */

/** Problems between the network and its data, of which `dataset` has an example at least. */
export function dataProblems(
  net: NetworkLine,
  network: NetworkSpec,
  data: NetworkLine,
  dataset: Dataset,
): LanguageError[] {
  const { sizes } = network;
  const { inputs, task, classes, targets } = dataset;
  const problems: LanguageError[] = [];
  if (sizes[0] !== inputs) {
    const facts = { data: data.word, inputs, found: sizes[0] };
    problems.push(problemAt('inputs', net.arguments[0], facts, String(inputs)));
  }
  const found = sizes.at(-1)!;
  const wanted = task === 'regression' ? targets : classes.length;
  if (found !== wanted && !(task === 'classification' && wanted === 2 && found === 1)) {
    const facts = { data: data.word, classes: classes.length, found };
    problems.push(problemAt('outputs', net.arguments.at(-1)!, facts, String(wanted === 2 ? 1 : wanted)));
  }
  return problems;
}

/** Output activations that a loss is made for, the one to be proposed first; all of them where it is not here. */
const MADE_FOR: ReadonlyMap<string, readonly string[]> = new Map([
  ['binaryCrossEntropy', ['sigmoid', 'softmax']],
  ['binaryCrossEntropyWithLogits', ['identity', 'sigmoid']],
  ['crossEntropy', ['identity', 'softmax']],
]);

const OF_CLASSES: ReadonlySet<string> = new Set(['hinge', ...MADE_FOR.keys()]);

/** Problems between the loss and the network, and the data where they are known. */
export function lossProblems(
  network: NetworkSpec,
  line: NetworkLine,
  { name }: LossSpec,
  data: NetworkLine,
  dataset: Dataset | null,
): LanguageError[] {
  if (dataset?.task === 'regression' && OF_CLASSES.has(name)) {
    return [problemAt('lossClasses', line.at, { loss: name, data: data.word }, 'squared')];
  }
  if (name === 'crossEntropy' && network.sizes.at(-1)! < 2) {
    return [problemAt('lossOne', line.at, undefined, 'binaryCrossEntropyWithLogits')];
  }
  const words = MADE_FOR.get(name);
  if (words === undefined || words.includes(network.output)) return [];
  return [problemAt('lossOutput', line.at, { loss: name, found: network.output, words })];
}
