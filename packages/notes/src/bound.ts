import type { OperationName } from '@backflow/engine';
import type { NumberTerm } from './term.ts';

/**
 * A formula whose names have found their nodes: what a `Term` means in a `World`. Series are expanded, functions of the
 * notes are inlined. A plain tree; it holds no numbers of its own but the literals, so that it can be evaluated in any run.
 */
export type Bound =
  | { readonly kind: 'literal'; readonly literal: NumberTerm }
  /** A number that is exact: e, π, the 0 and 1 of an indicator. */
  | { readonly kind: 'exact'; readonly value: number }
  /** The value of a node; `at` as for derivatives: `f(2)` for a node f. */
  | { readonly kind: 'value'; readonly node: number; readonly at?: ReadonlyMap<number, Bound> | null }
  /**
   * ∂of/∂by. Where `of` directly uses `by` it may mean the local partial or the total derivative; `slots` are those of
   * `of` that hold `by` then, else empty. `order` 2 for a second derivative.
   */
  | {
      readonly kind: 'derivative';
      readonly of: number;
      readonly by: number;
      readonly slots: readonly number[];
      readonly order: number;
      /** Nodes, mostly leaves, that stand at another number than in the document: `f′(1)`, `dL/dx at x = 2`. */
      readonly at: ReadonlyMap<number, Bound> | null;
      /** True for −∂of/∂by under a name of its own (an error signal), so that a convention can be recognised. */
      readonly negative?: boolean;
      /**
       * True where the formula of `of` uses `by` itself and also something named that depends on `by`, so that the local
       * reading (everything named held fixed) differs from the total derivative even where `slots` are empty.
       */
      readonly partial?: boolean;
    }
  | { readonly kind: 'apply'; readonly operation: OperationName; readonly of: readonly Bound[] }
  /** The derivative of a known one-argument function at an argument: σ′(z). */
  | { readonly kind: 'slope'; readonly operation: OperationName; readonly of: Bound }
  /** An updated leaf: w − η·∂L/∂w. `rate` null where the notes give none. */
  | { readonly kind: 'updated'; readonly leaf: number; readonly rate: Bound | null };

/** Why a formula means nothing here. */
export type Unbound =
  /** A name that is defined nowhere and cannot be sampled either. */
  | { readonly code: 'unknown-name'; readonly name: string; readonly suggestion: string | null }
  | { readonly code: 'not-on-a-path'; readonly of: string; readonly by: string }
  | { readonly code: 'no-output' }
  | { readonly code: 'elided' }
  | { readonly code: 'shapes'; readonly left: string; readonly right: string }
  | { readonly code: 'unsupported'; readonly found: string }
  | { readonly code: 'no-number'; readonly name: string };
