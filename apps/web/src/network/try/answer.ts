import { confidences, predictedClass, type Dataset, type LossSpec, type NetworkSpec } from '@backflow/nn';
import type { Response } from '../training/response.ts';

/** What a network answers to one input. */
export interface Answer {
  readonly outputs: Float64Array;
  /** Classification: how sure it is of each class, from 0 to 1. Null where it answers with numbers. */
  readonly sure: Float64Array | null;
  /** The class that it would name; -1 where it answers with numbers. */
  readonly best: number;
}

export function answerOf(
  response: Response,
  loss: LossSpec | null,
  dataset: Dataset | null,
  x: ArrayLike<number>,
): Answer {
  const { network } = response;
  const outputs = response.of(x).slice();
  if (loss === null || dataset === null || dataset.task !== 'classification') {
    return { outputs, sure: null, best: -1 };
  }
  return {
    outputs,
    sure: confidences(network, loss, outputs),
    best: predictedClass(network, loss, outputs),
  };
}

/** How sure it is of the class that it names; 0 where that is no number. */
export function confidenceOf({ sure, best }: Answer): number {
  const top = sure?.[best] ?? 0;
  return Number.isFinite(top) ? top : 0;
}

/** Whether what it is sure of adds up to 1. */
export function sharesAddUp({ sizes, output }: NetworkSpec, loss: LossSpec): boolean {
  return loss.name === 'crossEntropy' || output === 'softmax' || sizes[sizes.length - 1] === 1;
}
