import { Generator, type Dataset, type LossSpec } from '@backflow/nn';
import type { Response } from '../training/response.ts';
import { answerOf, confidenceOf } from './answer.ts';

/** Writes noise picture `index` of a seed: each pixel by itself, every brightness as likely as the others. */
export function noiseInto(seed: number, index: number, signed: boolean, into: Float64Array): void {
  const random = new Generator(seed).fork(index);
  for (let k = 0; k < into.length; k++) {
    const brightness = random.uint32() / 2 ** 32;
    into[k] = signed ? 2 * brightness - 1 : brightness;
  }
}

/** What a network makes of the first `count` noise pictures of a seed. */
export interface NoiseSurvey {
  readonly count: number;
  /** The mean of how sure it was of the class that it named. */
  readonly mean: number;
  /** The picture of which it was surest, that class, and how sure. */
  readonly surest: { readonly index: number; readonly class: number; readonly confidence: number };
  /** How often it named each class. */
  readonly named: Int32Array;
}

export function surveyNoise(
  response: Response,
  loss: LossSpec | null,
  dataset: Dataset,
  seed: number,
  count: number,
): NoiseSurvey {
  const signed = dataset.picture?.signed ?? false;
  const x = new Float64Array(dataset.inputs);
  const named = new Int32Array(dataset.classes.length);
  let sum = 0;
  let surest = { index: 0, class: 0, confidence: -1 };
  for (let index = 0; index < count; index++) {
    noiseInto(seed, index, signed, x);
    const answer = answerOf(response, loss, dataset, x);
    const confidence = confidenceOf(answer);
    sum += confidence;
    if (answer.best >= 0) named[answer.best]++;
    if (confidence > surest.confidence) surest = { index, class: answer.best, confidence };
  }
  return { count, mean: sum / count, surest, named };
}
