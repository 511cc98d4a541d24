import type { Bound } from './bound.ts';
import type { Mistake } from './report.ts';
import type { Change } from './run.ts';
import type { Relation } from './sheet.ts';
import type { Term } from './term.ts';
import type { World } from './world.ts';

/** A number as a claim prints it: its value, how exact it claims to be, and how it is written. */
export interface Printed {
  readonly value: number;
  /** Size of the last printed digit; 0 where the number is exact (a fraction, a root). */
  readonly unit: number;
  readonly integer: boolean;
  /** `0.39…`. */
  readonly open: boolean;
  /** Written after `≈`: an integer may then be rounded. */
  readonly about: boolean;
  /** As it stands in the notes, sign included: `-0.0204`. */
  readonly text: string;
}

/** How a claim says what it says. */
export type MemberForm =
  /** One number, with its sign; also `9/2`, `√3/2`. */
  | 'number'
  /** A formula of numbers: `1.5·0.235·(-0.76)`. */
  | 'numbers'
  /** A formula with names; `mixed` where decimal numbers stand beside them. */
  | 'symbolic'
  | 'mixed';

/** What stands beside the claim in its chain, left to right; the claim itself is among them. */
export interface Sibling {
  readonly term: Term;
  readonly bound: Bound;
  readonly form: MemberForm;
  /** What it gives at the document's point; NaN where it cannot be evaluated there. */
  readonly value: number;
  /** Null for the subject, and for what has not been judged yet. */
  readonly verdict: 'right' | 'rounded' | 'follows' | 'wrong' | null;
}

/** A number that the notes have given for something, and whether it is right. */
export interface StatedNumber {
  readonly bound: Bound;
  readonly printed: Printed;
  readonly right: boolean;
  /** Index of its claim. */
  readonly claim: number;
}

/** Asked of the diagnosis: which mistake gives what is stated here? Asked only of claims that are wrong or rounded. */
export interface Question {
  readonly world: World;
  /** What the claim is about. */
  readonly subject: Bound;
  readonly subjectTerm: Term;
  readonly relation: Relation;
  readonly stated: Bound;
  readonly statedTerm: Term;
  readonly form: MemberForm;
  /** Where the claim is one number. */
  readonly printed: Printed | null;
  /** What `stated` gives at the document's point; NaN where it cannot be evaluated there. */
  readonly value: number;
  /** What the subject is at the document's point; NaN where it is not known there. */
  readonly truth: number;
  /** The members of the chain before and after, and where among them this one stands; the subject is at 0. */
  readonly chain: readonly Sibling[];
  readonly position: number;
  /** Everything the notes have stated in numbers before this claim, wrong numbers too. */
  readonly numbers: readonly StatedNumber[];
  /** What does not fit, where a claim could not be bound for its shapes; `stated` then is the subject. */
  readonly shapes?: { readonly left: string; readonly right: string };
  /** Where the claim is meant, if not at the document's point: the leaves that stand elsewhere. */
  readonly at?: Change | null;
  /** By what a convention of the page multiplies the subject's number: 2 where the loss has no ½. Absent for 1. */
  readonly scale?: number;
  /** The learning rate the notes use; null for none. */
  readonly rate: number | null;
  /** Whether a number as printed is what a computation gives: to half a unit, or to a unit where that is asked for. */
  readonly agrees: (found: number) => boolean;
  /** The changes of mistakes already found on this page: the same slip again is inherited. */
  readonly earlier: readonly DiagnosedMistake[];
}

/** A mistake, with the change that makes it: run again, it gives what later lines inherit. */
export interface DiagnosedMistake extends Mistake {
  readonly change: Change | null;
}
