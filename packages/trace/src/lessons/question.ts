import type { Edge } from '../state.ts';
import type { Trace } from '../trace.ts';

/** What a learner predicts before it is shown: which node is next, or which number comes out. */
export const PREDICTIONS = ['node', 'gradient'] as const;
export type Prediction = (typeof PREDICTIONS)[number];

interface Asked {
  readonly trace: Trace;
  /** The step that is predicted: the events `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** The event that has the answer. */
  readonly event: number;
}

/** “Which node comes next?” */
export interface NodeQuestion extends Asked {
  readonly kind: 'node';
  /**
   * What the next node does: it is evaluated; it begins a pass (`seed`, for the forward mode a leaf); its gradient is
   * passed on, or it is visited or met again (`visit`); it is computed or looked up (`table`); it gets its tangent; it
   * is moved and the program run anew (`move`); it is updated.
   */
  readonly ask: 'evaluate' | 'seed' | 'visit' | 'table' | 'tangent' | 'move' | 'update';
  /** The node that the algorithm takes. */
  readonly taken: number;
  /** Every node that might come next as well, `taken` among them: one for a recursion, all that are ready for a sweep. */
  readonly right: readonly number[];
  /** A few nodes to choose from, ascending, `taken` among them. */
  readonly candidates: readonly number[];
}

/** “Which number comes out?” */
export interface NumberQuestion extends Asked {
  readonly kind: 'number';
  /**
   * A node's value; the derivative that a pass begins with; what flows along an edge; a gradient after it has arrived;
   * a difference quotient; a leaf after its update.
   */
  readonly ask: 'value' | 'seed' | 'contribution' | 'total' | 'quotient' | 'update';
  /** Whose number it is; for `contribution` the edge's input, in forward mode the consumer. */
  readonly node: number;
  /** The edge of a contribution; of a total, if it is one edge that makes it. */
  readonly edge: Edge | null;
  readonly expected: number;
  /** The size of the numbers that it is made of: what is smaller by 12 digits is noise. */
  readonly scale: number;
  /** Wrong numbers that tell what went wrong, none equal to `expected`. */
  readonly slips: readonly Slip[];
}

export type Question = NodeQuestion | NumberQuestion;

/** A number somebody gets by a certain mistake. */
export interface Slip {
  readonly kind:
    /** The right size with the wrong sign. */
    | 'sign'
    /** The gradient that arrives at the consumer, passed on as it is. */
    | 'localForgotten'
    /** The local derivative alone. */
    | 'upstreamForgotten'
    /** The two factors added. */
    | 'factorsAdded'
    /** A value where a derivative is due. */
    | 'valueForSlope'
    /** A local derivative where the value is due. */
    | 'slopeForValue'
    /** The value of an input where that of the operation is due. */
    | 'operand'
    /** What arrives, without what was there. */
    | 'notAdded'
    /** What was there, without what arrives. */
    | 'before'
    /** What arrives, taken off what was there. */
    | 'subtracted'
    /** One of several uses by the same consumer. */
    | 'oneUse'
    /** Added, where this algorithm overwrites. */
    | 'added'
    /** 0, where a pass begins with 1. */
    | 'zero'
    /** A step of gradient descent that goes up. */
    | 'uphill'
    /** One without the learning rate. */
    | 'rateForgotten'
    /** The step alone, not where it leads. */
    | 'stepAlone';
  readonly value: number;
  /** The node whose number it is, where it is one node's. */
  readonly node: number;
}

/** A node, or a number with its significant digits as they were written: Infinity for a fraction such as 1/3. */
export type Answer = { readonly node: number } | { readonly number: number; readonly digits: number };

/** Why an answer is right or wrong. */
export type Reason =
  /** All its uses have reported; for values and tangents, all its inputs are known. */
  | { readonly kind: 'ready'; readonly uses: number }
  | { readonly kind: 'known' }
  /** Right as well: several are ready, and this algorithm takes another one. */
  | { readonly kind: 'also'; readonly taken: number }
  /** Not all uses have reported: those by the consumers `waitsFor`. */
  | {
      readonly kind: 'waits';
      readonly reported: number;
      readonly uses: number;
      readonly waitsFor: readonly number[];
      readonly leaf: boolean;
    }
  /** Inputs whose values (tangents) are not known. */
  | { readonly kind: 'needs'; readonly inputs: readonly number[] }
  /** A leaf has its value from the start. */
  | { readonly kind: 'given' }
  /** In the branch that is not taken. */
  | { readonly kind: 'untaken' }
  /** The output does not depend on it. */
  | { readonly kind: 'apart' }
  /** It has had its turn, and has no other. */
  | { readonly kind: 'done' }
  /** The pass begins at the output. */
  | { readonly kind: 'begins' }
  /** Only leaves are moved, seeded or updated. */
  | { readonly kind: 'notLeaf' }
  | OrderReason
  /** A slip, and what the number stands for. */
  | { readonly kind: 'slip'; readonly slip: Slip }
  /** Right as far as it goes, with fewer than two digits: to be asked again. */
  | { readonly kind: 'coarse' }
  | { readonly kind: 'close' }
  | { readonly kind: 'off' };

/** Why a recursion or a queue takes just this node. */
export interface OrderReason {
  readonly kind: 'order';
  /**
   * `descend`: the first input of `from`; `return`: nothing is left below `after`, and the next input of `from` has its
   * turn; `inputsFirst`: everything below the node is done; `queue`: it has waited longest; `asked`: all its users are
   * in the table, or it is there itself; `start`: the recursion begins with it.
   */
  readonly rule: 'start' | 'descend' | 'return' | 'inputsFirst' | 'queue' | 'asked';
  readonly from: number | null;
  readonly after: number | null;
  /** It was visited before, and is only met again. */
  readonly again: boolean;
  /** How many of its uses have reported, where it does not wait for all of them; null where none is missing. */
  readonly early: { readonly reported: number; readonly uses: number } | null;
}

export interface Judgement {
  /** Null where the answer is too coarse to tell. */
  readonly right: boolean | null;
  readonly question: Question;
  readonly reason: Reason;
}
