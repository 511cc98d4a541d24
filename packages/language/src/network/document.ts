import type { DataSpec, LossSpec, NetworkNodes, NetworkSpec, TrainSpec } from '@backflow/nn';
import type { Span } from '../span.ts';

/** A network that a document describes, and where its nodes are. Plain data. */
export interface NetworkDocument {
  /** What the program calls it. */
  readonly name: string;
  readonly network: NetworkSpec;
  readonly data: DataSpec | null;
  readonly loss: LossSpec | null;
  readonly train: TrainSpec | null;
  /** Index of the example that is shown, from 0. */
  readonly example: number;
  /**
   * Nodes of the recording: of the example's pass; without data of the first call in a formula, else of a pass of zeros.
   * Inputs may then be any nodes, and there are no targets and no loss.
   */
  readonly nodes: NetworkNodes;
  /**
   * Where things stand in the text: whole lines as `net`, `data`, `loss`, `train`; the number of the example as `example`;
   * sizes, arguments and the values of options as `net.sizes.0`, `data.count`, `train.rate`; and as `train.end` the place
   * before the closing parenthesis. What is not written has no entry.
   */
  readonly spans: ReadonlyMap<string, Span>;
}
