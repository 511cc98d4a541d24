import type { Dataset, LossName, TrainingSpec } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';

/** Losses of classes; the others take numbers, too. */
const OF_CLASSES: ReadonlySet<LossName> = new Set([
  'hinge',
  'binaryCrossEntropy',
  'binaryCrossEntropyWithLogits',
  'crossEntropy',
]);

/** Why data from files cannot train a network, in words; null where they can. What is made from a seed is known before. */
export function misfitOf(
  { network: { sizes }, loss }: TrainingSpec,
  { name, inputs, task, classes, targets }: Dataset,
): ((texts: NetworkMessages) => string) | null {
  const found = sizes[sizes.length - 1];
  if (sizes[0] !== inputs) return ({ problems }) => problems.inputs({ data: name, inputs, found: sizes[0] });
  if (task === 'regression') {
    if (OF_CLASSES.has(loss.name))
      return ({ problems }) => problems.lossClasses({ loss: loss.name, data: name });
    if (found === targets) return null;
    return ({ problems }) => problems.outputs({ data: name, classes: 0, found });
  }
  if (found === classes.length || (found === 1 && classes.length === 2)) return null;
  return ({ problems }) => problems.outputs({ data: name, classes: classes.length, found });
}
