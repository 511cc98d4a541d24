import { absoluteBackward, backward, evaluate, numberAt, operationOf, partialsOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { LiveGraph } from './live-graph.ts';
import { stepAt } from './numeric.ts';

/** Sums of the same products in another order differ by this share of the sum of their sizes, at most. */
const ROUNDING = 1e-9;
/** Below the smallest normal number, digits go. */
const NORMAL = 2 ** -1022;
/** The engine's contributions are changed by up to this share: much more than rounding does. */
const SHAKE = 1e-10;
/** How often: so many random distances are not all small by chance. */
const SHAKES = 4;

/** Whether a gradient is the one that is due. */
export type Judge = (node: number, found: number) => boolean;

/**
 * Judges gradients that are sums of products. They agree if they are the same, or no farther apart than rounding
 * explains; where that has no bound, only if they are the same.
 *
 * An algorithm that is right everywhere (`correct`) adds the same products along the same paths in another order: what
 * that explains is 10⁻⁹ · Σ over all paths of |product of local derivatives|, above the smallest normal number. In a
 * deep program whose paths cancel each other that sum outgrows every gradient, and 0 would pass for any of them. So all
 * others are measured by how far the engine's gradient moves when each of its contributions is changed by up to 10⁻¹⁰
 * of itself, at random (the idea of stochastic arithmetic: J. Vignes, 1978): what cancellation has left over moves far,
 * all else little, however deep.
 */
export function exactJudge(graph: LiveGraph, truth: Float64Array, correct: boolean): Judge {
  const bound = correct
    ? absoluteBackward(graph.recording, graph.of).map((size) => ROUNDING * size + NORMAL)
    : movesOf(graph, truth);
  return (node, found) =>
    same(found, truth[node]) ||
    (Number.isFinite(bound[node]) && Math.abs(found - truth[node]) <= bound[node]);
}

/** Per node, Σ |change of its gradient| over the changed sweeps. */
function movesOf({ nodes, of, input, local, useStart }: LiveGraph, truth: Float64Array): Float64Array {
  const moves = new Float64Array(truth.length);
  let state = 1;
  for (let shake = 0; shake < SHAKES; shake++) {
    const gradient = new Float64Array(truth.length);
    gradient[of] = 1;
    for (const node of nodes.toReversed()) {
      moves[node] += Math.abs(gradient[node] - truth[node]);
      for (let use = useStart[node]; use < useStart[node + 1]; use++) {
        // The same numbers in every run: a linear congruential generator with the constants of Numerical Recipes.
        state = (Math.imul(state, 1664525) + 1013904223) | 0;
        gradient[input[use]] += local[use] * gradient[node] * (1 + (SHAKE * state) / 2 ** 31);
      }
    }
  }
  return moves;
}

/**
 * Judges forward differences of leaves. By the mean value theorem, (f(x + h) − f(x))/h is the derivative somewhere
 * between x and x + h; so it may be as far from f′(x) as f′(x + h) is, twice over for a slope that is not monotone in
 * between, and by what rounding does to f, divided by h. Where f′(x) is infinite or undefined, so must the quotient be.
 */
export function differenceJudge(graph: LiveGraph, truth: Float64Array): Judge {
  const { recording, of } = graph;
  const { value } = recording;
  const scale = absoluteBackward(recording, of);
  return (leaf, found) => {
    const due = truth[leaf];
    if (same(found, due)) return true;
    if (!Number.isFinite(due)) return false;
    const x = value[leaf];
    const h = stepAt(x);
    const beyond = backward(evaluate(recording, new Map([[leaf, x + h]])), { of })[leaf];
    let error = 0;
    // A zero is exact, and what f does not depend on adds no error, even if it is infinite.
    for (const node of above(graph, leaf)) {
      if (scale[node] === 0) continue;
      const size = Math.max(Math.abs(value[node]), sizeOfTerms(recording, node));
      if (size !== 0) error += scale[node] * size;
    }
    const tolerance = 2 * Math.abs(beyond - due) + (8 * Number.EPSILON * error) / h + ROUNDING * scale[leaf];
    return Math.abs(found - due) <= tolerance;
  };
}

/**
 * Σ |input · its partial derivative| of an operation of many inputs, which rounding inside it is measured against: its terms
 * may cancel. 0 for any other operation, whose rounding is that of its result. Terms that are not finite do not count.
 */
function sizeOfTerms(recording: Recording, node: number): number {
  if (operationOf(recording, node)?.arity !== 'many') return 0;
  const { inputs, inputStart } = recording;
  let size = 0;
  partialsOf(recording, node).forEach((partial, slot) => {
    const term = Math.abs(partial * numberAt(recording, inputs[inputStart[node] + slot]));
    if (Number.isFinite(term)) size += term;
  });
  return size;
}

/** The nodes that move with a leaf, itself not among them; all others round in the same way both times. */
function above({ nodes, recording, input, useStart }: LiveGraph, leaf: number): Int32Array {
  const moved = new Uint8Array(recording.count);
  moved[leaf] = 1;
  return nodes.filter((node) => {
    for (let use = useStart[node]; use < useStart[node + 1]; use++) moved[node] |= moved[input[use]];
    return moved[node] === 1 && node !== leaf;
  });
}

/** The same number, or both undefined. */
export function same(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
