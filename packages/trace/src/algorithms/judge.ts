import { absoluteBackward, backward, evaluate } from '@backflow/engine';
import type { LiveGraph } from './live-graph.ts';
import { stepAt } from './numeric.ts';

/** Sums of the same products in another order differ by this share of the sum of their sizes, at most. */
const ROUNDING = 1e-9;
/** Below this, products underflow, and digits go. */
const UNDERFLOW = 1e-290;

/** Whether a gradient is the one that is due. */
export type Judge = (node: number, found: number) => boolean;

/**
 * Judges gradients that are sums of products along paths. They agree if they are the same, or differ by no more than
 * rounding can: the measure is Σ over all paths of |product of local derivatives|. `whereUnbounded` is the verdict
 * where that sum is itself infinite or undefined and the gradients are not the same.
 */
export function exactJudge(
  { recording, of }: LiveGraph,
  truth: Float64Array,
  whereUnbounded: boolean,
): Judge {
  const scale = absoluteBackward(recording, of);
  return (node, found) => {
    if (same(found, truth[node])) return true;
    if (!Number.isFinite(scale[node])) return whereUnbounded;
    return Math.abs(found - truth[node]) <= ROUNDING * scale[node] + UNDERFLOW;
  };
}

/**
 * Judges forward differences of leaves. By the mean value theorem, (f(x + h) − f(x))/h is the derivative somewhere
 * between x and x + h; so it may be as far from f′(x) as f′(x + h) is, twice over for a slope that is not monotone in
 * between, and by what rounding does to f, divided by h. Nothing is said where f′(x) is infinite or undefined.
 */
export function differenceJudge({ recording, of, nodes }: LiveGraph, truth: Float64Array): Judge {
  const { value } = recording;
  const scale = absoluteBackward(recording, of);
  let error = 0;
  for (const node of nodes) error += scale[node] * Math.abs(value[node]);
  if (Number.isNaN(error)) error = Infinity;
  return (leaf, found) => {
    const due = truth[leaf];
    if (found === due || !Number.isFinite(due)) return true;
    const x = value[leaf];
    const h = stepAt(x);
    const beyond = backward(evaluate(recording, new Map([[leaf, x + h]])), { of })[leaf];
    const tolerance = 2 * Math.abs(beyond - due) + (8 * Number.EPSILON * error) / h + ROUNDING * scale[leaf];
    return Math.abs(found - due) <= tolerance;
  };
}

/** The same number, or both undefined. */
export function same(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
