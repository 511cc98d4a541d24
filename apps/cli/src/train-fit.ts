import { loadNetworkMessages } from '@backflow/messages';
import { split, type Dataset, type LossName, type TrainingSpec } from '@backflow/nn';
import type { Call } from './command.ts';
import { paintFor } from './terminal.ts';
import { NetworkUnfit } from './train-problem.ts';

/** Losses that compare classes. */
const OF_CLASSES: ReadonlySet<LossName> = new Set([
  'hinge',
  'binaryCrossEntropy',
  'binaryCrossEntropyWithLogits',
  'crossEntropy',
]);

/**
 * Says in the reader's language, as for the lines of a document, what of the network or of its loss is not as the data need it.
 * All other checks are the trainer's. Throws a `Problem`.
 */
export async function checkFit(
  call: Call,
  { network, loss, data: { seed, validation } }: TrainingSpec,
  dataset: Dataset,
): Promise<void> {
  const { problems } = await loadNetworkMessages(call.language);
  const { name: data, inputs, task, classes, targets } = dataset;
  const { sizes } = network;
  const found = sizes.at(-1)!;
  const wanted = task === 'regression' ? targets : classes.length;
  const refuse = (said: string): never => {
    throw new NetworkUnfit(said);
  };
  if (sizes[0] !== inputs) refuse(problems.inputs({ data, inputs, found: sizes[0] }));
  if (found !== wanted && !(task === 'classification' && wanted === 2 && found === 1))
    refuse(problems.outputs({ data, classes: classes.length, found }));
  if (task === 'regression' && OF_CLASSES.has(loss.name))
    refuse(problems.lossClasses({ data, loss: loss.name }));
  if (loss.name === 'crossEntropy' && found < 2) refuse(problems.lossOne());
  if (validation > 0 && split(dataset, { seed, validation }).train.length === 0)
    refuse(call.messages.train.noneLeft);
}

/** Options that are of some words of another one only. */
const BELONGS = [
  ['momentum', 'optimizer', ['momentum', 'adam']],
  ['to', 'schedule', ['linear', 'cosine']],
  ['factor', 'schedule', ['steps']],
  ['every', 'schedule', ['steps']],
] as const;

/** Says, as for the lines of a document, which options change nothing. */
export async function noticeUnused(call: Call, { train }: TrainingSpec): Promise<void> {
  const { terminal, messages, options, language } = call;
  const said = { optimizer: train.optimizer, schedule: train.schedule.name };
  const unused = BELONGS.filter(
    ([name, of, words]) => options.has(name) && !(words as readonly string[]).includes(said[of]),
  );
  if (unused.length === 0) return;
  const { problems } = await loadNetworkMessages(language);
  const label = paintFor(terminal.err, terminal.env)(['bold', 'yellow'], `${messages.notice}:`);
  for (const [name, of, words] of unused)
    terminal.err.write(`${label} ${problems.unused({ found: `--${name}`, option: `--${of}`, words })}\n`);
}
