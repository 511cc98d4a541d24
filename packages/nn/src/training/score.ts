import type { Dataset } from '../data/dataset.ts';
import { predictedClass } from '../losses/targets.ts';
import type { Replay } from './replay.ts';
import type { Score } from './report.ts';

/** Loss (without penalty), accuracy and confusion of these examples, all of them for null. `replay` gives outputs. */
export function scoreOf(replay: Replay, dataset: Dataset, examples: Int32Array | null): Score {
  const { network, loss } = replay;
  const classes = dataset.classes.length;
  const confusion = dataset.task === 'classification' ? new Int32Array(classes * classes) : null;
  const count = examples === null ? dataset.size : examples.length;
  let sum = 0;
  let right = 0;
  for (let at = 0; at < count; at++) {
    const example = examples === null ? at : examples[at];
    replay.setExample(dataset, example);
    replay.evaluate();
    sum += replay.error;
    if (confusion === null) continue;
    const actual = dataset.y[example];
    const predicted = predictedClass(network, loss, replay.outputs);
    confusion[actual * classes + predicted]++;
    if (actual === predicted) right++;
  }
  return { loss: sum / count, accuracy: confusion === null || count === 0 ? null : right / count, confusion };
}
