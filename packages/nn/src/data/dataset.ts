/** Examples: inputs, and what is wanted for them. Plain data. */
export interface Dataset {
  readonly name: string;
  /** Number of examples. */
  readonly size: number;
  /** Numbers of an example's input. */
  readonly inputs: number;
  readonly task: 'classification' | 'regression';
  /** Input k of example i is `x[i · inputs + k] · scale`. */
  readonly x: Float64Array | Uint8Array;
  readonly scale: number;
  /** Classification: the class of each example, from 0. Regression: `targets` numbers per example. */
  readonly y: Float64Array;
  /** Numbers wanted per example: 1 for classification. */
  readonly targets: number;
  /** Names of the classes; none for regression. */
  readonly classes: readonly string[];
  /** Names of the inputs; none for pictures. */
  readonly columns: readonly string[];
  /** Set where the inputs are brightnesses from 0 to 1 (−1 to 1 where `signed`) of a picture, row by row. */
  readonly picture: { readonly width: number; readonly height: number; readonly signed: boolean } | null;
}
