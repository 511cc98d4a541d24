import type { RefusedNumbers } from '@backflow/messages';
import type { Dataset, EpochReport, TrainerStop, TrainingSpec } from '@backflow/nn';

/** What the page asks of the place where the numbers train. */
export type Order =
  | {
      readonly kind: 'open';
      readonly spec: TrainingSpec;
      /** Null for data that are made from a seed: they are made there. */
      readonly dataset: Dataset | null;
      /** Under what name it is kept as it goes; null for not at all. */
      readonly key: string | null;
    }
  /** Goes on from what was kept, the reports up to there included. */
  | { readonly kind: 'resume'; readonly state: string; readonly reports: readonly EpochReport[] }
  /** Other numbers of the loss and the training, with the weights as they are. */
  | { readonly kind: 'change'; readonly spec: TrainingSpec }
  | { readonly kind: 'run' | 'pause' | 'step' | 'epoch' | 'reset' }
  /** The last snapshot has been shown: another may be sent. */
  | { readonly kind: 'seen' }
  /** After an explosion: from the last good parameters. */
  | { readonly kind: 'recover' }
  /** An epoch takes at least so long. */
  | { readonly kind: 'pace'; readonly epochMs: number }
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'penalty'; readonly of: 'l1' | 'l2'; readonly lambda: number }
  | { readonly kind: 'set'; readonly index: number; readonly value: number }
  | { readonly kind: 'setAll'; readonly values: Float64Array }
  | { readonly kind: 'freeze'; readonly indices: readonly number[]; readonly frozen: boolean };

/** Where training stands. */
export interface Snapshot {
  readonly parameters: Float64Array;
  readonly frozen: Uint8Array;
  /** Those that finished since the last snapshot; all of them where `whole`. */
  readonly reports: readonly EpochReport[];
  readonly whole: boolean;
  readonly epoch: number;
  /** Steps of the present epoch. */
  readonly step: number;
  readonly perEpoch: number;
  /** Of the last batch. */
  readonly loss: number;
  /** The rate of the next step, and the number that the schedule begins with. */
  readonly rate: number;
  readonly base: number;
  readonly l1: number;
  readonly l2: number;
  readonly examplesPerSecond: number;
  readonly running: boolean;
  readonly stop: TrainerStop | null;
}

export type Answer =
  | {
      readonly kind: 'opened';
      readonly dataset: Dataset;
      readonly train: Int32Array;
      readonly validation: Int32Array;
    }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  /** `resume`: what was kept does not fit. `work`: anything else; training is over. */
  | { readonly kind: 'failed'; readonly what: 'resume' | 'work'; readonly reason: RefusedNumbers };
