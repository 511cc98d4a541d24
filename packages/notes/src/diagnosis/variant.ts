import type { MistakeId, Where } from '../report.ts';
import type { Change, Run } from '../run.ts';
import type { Inquiry } from './inquiry.ts';

/** A point at which a mistake can be tried: the document's, or a sample. */
export interface Point {
  /** The run without any change. */
  readonly run: Run;
  changed(change: Change): Run;
}

/** Names and numbers for the sentence about a mistake, already printed. */
export type Words = Readonly<Record<string, string>>;

/**
 * One way in which a mistake can have happened: at this edge, at all edges of its kind, with that constant. How it is run
 * is said in one of three ways: `slip` (one edge's local derivative, which costs no run of its own), `change` (a run with a
 * change) or `value` (a number that is no run of the same formula: another node's, a multiple of the truth).
 */
export interface Variant {
  readonly where: readonly Where[];
  readonly words?: () => Words;
  /** Added to the rank of its mutation: less likely ways have more. */
  readonly weight?: number;
  readonly slip?: { readonly edge: number; readonly local: (run: Run) => number };
  readonly change?: (run: Run) => Change;
  /** Names a change that is the same for every subject: its run is kept for the next question. */
  readonly key?: string;
  readonly value?: (point: Point) => number;
  /** True where it has been tried already and explains what is stated. */
  readonly stated?: boolean;
}

/** A named mistake, executable: every way in which it can have happened to the subject of a question. */
export interface Mutation {
  readonly id: MistakeId;
  /** Where several explain a claim, the lowest comes first. */
  readonly rank: number;
  readonly find: (inquiry: Inquiry) => Iterable<Variant>;
}
