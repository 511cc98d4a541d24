import type { Recording } from '@backflow/engine';
import type { DiagnosticRecord, Span } from '@backflow/language';
import type { Repair } from './sheet.ts';

export const MISTAKE_IDS = [
  'missed-path',
  'overwritten',
  'premature',
  'stale',
  'activation-for-derivative',
  'derivative-at-wrong-argument',
  'missing-activation-derivative',
  'inner-point',
  'missing-factor',
  'factor-two',
  'lost-sign',
  'operand-sign',
  'opposite-convention',
  'missing-weight',
  'transposed-weight',
  'updated-weight',
  'missing-input',
  'own-activation',
  'swapped-operands',
  'multiplied-contributions',
  'averaged-contributions',
  'missing-relu-mask',
  'mean-for-sum',
  'sum-for-mean',
  'shared-once',
  'quotient-order',
  'total-for-part',
  'double-counted',
  'value-for-derivative',
  'wrong-branch',
  'wrong-point',
  'wrong-constant',
  'wrong-range',
  'wrong-count',
  'wrong-shape',
  'broken-chain',
  'bad-arithmetic',
  'rounded-too-early',
  'truncated',
  'digit-slip',
  'transposed-digits',
  'exponent-slip',
  'copied-answer',
  'wrong-name',
] as const;
export type MistakeId = (typeof MISTAKE_IDS)[number];

export type NoteVerdict = 'right' | 'rounded' | 'follows' | 'wrong' | 'unknown';

/** Where in the graph a mistake happened. Nodes are indices into the report's recording. */
export interface Where {
  readonly node: number;
  /** The edge by which `node` uses its input in this slot; null where the node itself is meant. */
  readonly slot: number | null;
}

/** A mistake that a stated number or formula is consistent with. */
export interface Mistake {
  readonly id: MistakeId;
  /** What the mistake would give: the number, where there is one. */
  readonly gives: number | null;
  /** All equivalent places; the first is the one to show. Empty where it happened in no particular place. */
  readonly where: readonly Where[];
  /**
   * Words for the sentence: names and numbers, already printed. Which ones, each sentence in the messages says:
   * `mistakes[id](data)`.
   */
  readonly data: Readonly<Record<string, string>>;
}

export type ConventionId =
  | 'half' // the loss carries ½ where the program has none, or the other way round
  | 'mean' // mean over outputs or examples where the program has the sum, or the other way round
  | 'difference-order' // target − output for output − target
  | 'negative-gradient'
  | 'index-order' // w_jk from→to, or to←from
  | 'log-base'
  | 'kink'; // the slope chosen where there is none

/** A convention the notes follow: recognised from their numbers, or declared by them. */
export interface Convention {
  readonly id: ConventionId;
  /** `declared` in the notes; `recognised` from the claims it explains. */
  readonly source: 'declared' | 'recognised';
  /** Indices of the claims that are right only under it. */
  readonly claims: readonly number[];
  /** Which way: `with ½`, `from→to`, … as a key of the messages. */
  readonly choice: string;
}

/** One claim, judged. */
export interface Claim extends Span {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** As written in its line: `dL/dO11 = -0.0204`. */
  readonly text: string;
  /** Index of its chain, so that a page can mark a line once. */
  readonly chain: number;
  /** What it speaks about: `dE_total/dw5`, `net_h1`, or the formula. */
  readonly subject: string;
  /** The node it is about, and the node that is differentiated (null for a value); null where there is none. */
  readonly about: { readonly node: number; readonly of: number | null } | null;
  /** A number; text for a formula; null where it could not be read. */
  readonly stated: number | string | null;
  readonly truth: number | string | null;
  readonly verdict: NoteVerdict;
  readonly scope: 'everywhere' | 'point' | null;
  readonly convention: ConventionId | null;
  /** Likeliest first. For `rounded`, what was rounded or cut off. */
  readonly mistakes: readonly Mistake[];
  /** For `follows`: the index of the claim from which the slip was inherited, where that is known. */
  readonly inherits: number | null;
  /** Repairs that touch it. */
  readonly repairs: readonly Repair[];
  /** Remarks and reasons: keys of `messages.remarks` with their data (`local partial`, `total derivative`, why unknown). */
  readonly remarks: readonly { readonly code: string; readonly data: Readonly<Record<string, string>> }[];
}

/** "19 of 20 weights: w²₁₁ missing, w²₃₁ twice". */
export interface Coverage {
  /** What the notes set out to give for each: the derivative of this node. */
  readonly of: string;
  /** `weights`, `layer`, … as a key of the messages, and the layer's or family's name. */
  readonly family: string;
  readonly due: number;
  readonly given: number;
  readonly missing: readonly string[];
  readonly twice: readonly string[];
}

/** Everything that was found in a page of notes. */
export interface Report {
  readonly text: string;
  readonly claims: readonly Claim[];
  /** Index of the first wrong claim in the order of dependency, not of the page; null where nothing is wrong. */
  readonly firstWrong: number | null;
  readonly conventions: readonly Convention[];
  readonly coverage: readonly Coverage[];
  readonly repairs: readonly Repair[];
  /** Names that the notes use and nobody defines. */
  readonly free: readonly string[];
  /** What the page offers to complete: the network that the notes seem to be about. */
  readonly offer: {
    readonly sizes: readonly number[];
    readonly lacks: readonly ('activation' | 'loss' | 'numbers')[];
  } | null;
  /** The graph that the notes speak of: the program's, or the one their own definitions make; null where there is none. */
  readonly recording: Recording | null;
  /** True where the graph was put together from the notes' own definitions. */
  readonly fromNotes: boolean;
  /** What is wrong with the notes' program, if it has errors: its lines then were read as notes, and are claims. */
  readonly problems: readonly DiagnosticRecord[];
}
