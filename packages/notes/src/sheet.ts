import type { Span } from '@backflow/language';
import type { NameTerm, Term, Unreadable } from './term.ts';

/** Notes as read, before anything is judged: what stands where, in the order of the text. */
export interface Sheet {
  readonly text: string;
  /** Fenced parts marked `backflow`; empty where the notes bring no program. */
  readonly program: readonly Span[];
  readonly chains: readonly Chain[];
  readonly declarations: readonly Declaration[];
  /** What a photo's text recognition damaged, and what it was read as. */
  readonly repairs: readonly Repair[];
}

/**
 * A left side and everything that is said to equal it: `z = wa + b = 1.5·0.6 − 0.4 = 0.5` is one chain with three members,
 * each of them a claim. It may run over several lines.
 */
export interface Chain extends Span {
  /**
   * What the members are claims about. For `0.1863 ← (0.43 − 0.00)²` the formula, since the number is what is claimed; for
   * a table's cell the node or derivative that row and heading name.
   */
  readonly subject: Term;
  readonly members: readonly Member[];
  /** `at x = 2`, `when a = 3.5`: where the whole chain is meant. */
  readonly at: readonly { readonly name: NameTerm; readonly value: Term }[];
  /** A remark after `←` or in parentheses behind the claim: `tanh` in `-1 ≤ z ≤ 1 ← tanh`; '' for none. */
  readonly remark: string;
  /** How it is laid out: in running text, as a cell of a table, as a list of a vector's numbers. */
  readonly layout: 'line' | 'cell' | 'list';
  /** In code of another language: what means nothing here is no claim. */
  readonly quoted?: true;
}

export type Relation = '=' | '≈' | '<' | '≤' | '>' | '≥' | '≠' | '←' | '∝';

/** One claim: what stands to the right of one relation sign (for `a ≤ z ≤ b` each sign relates its two neighbours). */
export interface Member extends Span {
  readonly relation: Relation;
  /** Null where it could not be read; `problem` then says why. */
  readonly term: Term | null;
  /** Other readings of the same text, e.g. of `1/2x`; tried in order where the first is not right. */
  readonly alternatives: readonly Term[];
  readonly problem: Unreadable | null;
}

/** What notes say about themselves in words or shorthand, and is no claim. */
export type Declaration = Span &
  /** `4-3-2-1, sigmoid, no bias`. */
  (
    | {
        readonly kind: 'network';
        readonly sizes: readonly number[];
        /** Key of the operation: `sigmoid`; null where nothing is said. */
        readonly activation: string | null;
        /** Null where nothing is said. */
        readonly bias: boolean | null;
      }
    /** `indices from→to`: w_jk leads from j to k; `to←from`: to j from k. */
    | { readonly kind: 'indices'; readonly order: 'from-to' | 'to-from' }
    /** `count from 0`, `indices from 1`. */
    | { readonly kind: 'base'; readonly first: 0 | 1 }
    /** `sigmoid activation`, `σ = tanh`. */
    | { readonly kind: 'activation'; readonly operation: string }
    /** A convention in one line: `negative gradient`, `mean over the batch`, `without ½`, `log base 2`, `a − y`. */
    | { readonly kind: 'convention'; readonly convention: string }
  );

/** Something read otherwise than it stands; always shown, never silent. */
export interface Repair extends Span {
  readonly found: string;
  /** `ω¹₁₁`, `η`, `0.01`. */
  readonly read: string;
}
