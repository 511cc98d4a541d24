/** What an epoch came to, or what the parameters come to as they are: members of one line of `train --json`. */
export interface EpochReport {
  /** Finished epochs; 0 before the first. */
  readonly epoch: number;
  /** The mean loss of the examples that are trained on plus the penalty, with the parameters at the end of the epoch. */
  readonly loss: number;
  /** Share of the examples whose class is predicted, from 0 to 1; null for regression. */
  readonly accuracy: number | null;
  /** The same of the examples kept for validation; null where there are none. */
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
}

/**
 * Why training came to an end: all epochs are done; no parameter moved by more than the tolerance in an epoch; or the loss or a
 * parameter was no longer a finite number, or the loss at the end of an epoch a thousand times that at the start.
 */
export type TrainerStop =
  | { readonly reason: 'epochs' | 'converged' }
  | {
      readonly reason: 'exploded';
      /** The epoch in which it happened, from 1, and its step, counted from 1 over all epochs. */
      readonly epoch: number;
      readonly step: number;
      /** The mean loss of the step's examples plus the penalty, or that of all at the end of an epoch. */
      readonly loss: number;
      /** The first parameter that is not finite; −1 if it was only the loss. */
      readonly parameter: number;
    };

/** What one step came to: one batch. */
export interface StepReport {
  /** The mean loss of the batch plus the penalty, before the update. */
  readonly loss: number;
  /** Examples of the batch. */
  readonly examples: number;
  /** True for the last step of an epoch. */
  readonly endOfEpoch: boolean;
}

/** How good the network is on some examples. */
export interface Score {
  /** The mean loss of the examples plus the penalty. */
  readonly loss: number;
  /** Share of the examples whose class is predicted, from 0 to 1; null for regression. */
  readonly accuracy: number | null;
  /** Examples of class c that are taken for class p: number c · classes + p; null for regression. */
  readonly confusion: Int32Array | null;
}
