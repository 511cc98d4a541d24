import { absoluteBackward, backward, evaluate } from '@backflow/engine';
import type { LiveGraph } from './live-graph.ts';
import { stepAt } from './numeric.ts';

/** Sums of the same products in another order differ by this share of the sum of their sizes, at most. */
const ROUNDING = 1e-9;
/** A difference that is small beside what arrives at a node. */
const SMALL = 1e-6;
/** A gradient that is smaller beside the largest one may be what cancellation has left over. */
const LEFT_OVER = 1e-7;
/** Below this, products underflow, and digits go. */
const UNDERFLOW = 1e-290;

/** Whether a gradient is the one that is due. */
export type Judge = (node: number, found: number) => boolean;

/**
 * Judges gradients that are sums of products along paths. They agree if they are the same, or differ by no more than
 * rounding can: the measure is Σ over all paths of |product of local derivatives|. In a deep program whose paths cancel
 * each other that sum outgrows every gradient, so that 0 would pass for any of them. Where it does, and the algorithm is
 * not one that is right everywhere (`correct`), the difference must be small beside what arrives at the node. Where the
 * sum is itself infinite or undefined, gradients that are not the same agree if `correct`.
 */
export function exactJudge(graph: LiveGraph, truth: Float64Array, correct: boolean): Judge {
  const scale = absoluteBackward(graph.recording, graph.of);
  const arriving = correct ? null : arrivingSizes(graph, truth);
  const largest = truth.reduce((most, gradient) => Math.max(most, Math.abs(gradient)), 0);
  return (node, found) => {
    const due = truth[node];
    if (same(found, due)) return true;
    if (!Number.isFinite(scale[node])) return correct;
    let tolerance = ROUNDING * scale[node];
    if (arriving !== null && tolerance > arriving[node] && Math.abs(due) > LEFT_OVER * largest) {
      tolerance = SMALL * arriving[node];
    }
    return Math.abs(found - due) <= tolerance + UNDERFLOW;
  };
}

/** Per node, Σ over its uses of |local derivative · gradient of the user|. */
function arrivingSizes(graph: LiveGraph, truth: Float64Array): Float64Array {
  const { recording, of, edges, consumer, input, local } = graph;
  const sizes = new Float64Array(recording.count);
  sizes[of] = 1;
  for (let use = 0; use < edges; use++) sizes[input[use]] += Math.abs(local[use] * truth[consumer[use]]);
  return sizes;
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
