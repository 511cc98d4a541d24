import type { Recording } from '@backflow/engine';

/**
 * What differs from the truth in a run: overrides for what is stated, and slips for what went wrong. All optional; an
 * empty change gives the truth. Edges are indices into `recording.inputs` (one per use).
 */
export interface Change {
  /** Values of nodes that stand fixed, whatever their inputs give; what depends on them is computed from them. */
  readonly values?: ReadonlyMap<number, number>;
  /** Local derivatives of edges that stand fixed. */
  readonly locals?: ReadonlyMap<number, number>;
  /** Local derivatives as a function of what they should be, by edge; applied after values are known. */
  readonly slips?: ReadonlyMap<number, (run: Run, edge: number, local: number) => number>;
  /** Fixed ∂of/∂node, by `of`, then by node: what lies behind `node` is computed from it. */
  readonly gradients?: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** How contributions are combined at a node, where not added; `all` for every node. */
  readonly combine?: {
    readonly at: ReadonlySet<number> | 'all';
    readonly by: 'last' | 'first' | 'product' | 'mean' | 'max';
  };
  /** Edges by which nothing is passed on. */
  readonly cut?: ReadonlySet<number>;
  /**
   * A wrong traversal: contributions passed on before they are complete. `premature` is recursion on half-accumulated
   * gradients; the others visit every node once, in an order that does not wait. They obey locals and cuts only.
   */
  readonly sweep?: 'premature' | 'preorder' | 'breadth-first' | 'post-order';
}

/** One evaluation of a recording, forward and backward, with what was changed in it. */
export interface Run {
  readonly recording: Recording;
  readonly change: Change;
  /** Per node. */
  readonly value: Float64Array;
  /** Per edge; 0 for the condition and the untaken branch of `where`. */
  readonly local: Float64Array;
  /** ∂of/∂node for every node, computed once for each `of`. */
  gradient(of: number): Float64Array;
  /** ∂node/∂by for every node: forward mode, computed once for each `by`. */
  tangent(by: number): Float64Array;
}
