import { differenceJudge, exactJudge, GRADIENT_STATES, type Judge, type Trace } from '@backflow/trace';
import type { Moment } from '@backflow/graph';
import type { Lane } from '../contract.ts';
import type { Ground } from '../race.ts';

/** What a lane has for ∂output/∂leaf. */
export interface Result {
  readonly leaf: number;
  /** NaN is a value; null where nothing has arrived, or nothing was computed. */
  readonly value: number | null;
  /** Known once the lane is through. */
  readonly right: boolean | null;
}

const judges = new WeakMap<Ground, Map<boolean, Judge>>();

function judgeOf(ground: Ground, lane: Lane): Judge {
  let ofGround = judges.get(ground);
  if (ofGround === undefined) judges.set(ground, (ofGround = new Map()));
  const approximate = lane.algorithm === 'numeric';
  let judge = ofGround.get(approximate);
  if (judge === undefined) {
    const { graph, truth } = ground;
    judge = approximate ? differenceJudge(graph, truth) : exactJudge(graph, truth, false);
    ofGround.set(approximate, judge);
  }
  return judge;
}

/** The derivatives by the leaves, at most `most` until the lane is through, as it has them at a step; a run that is only counted but cheap has its last. */
export function resultsOf(
  ground: Ground,
  lane: Lane,
  position: number,
  moment: Moment | null,
  most: number,
): Result[] {
  const { trace, gradients } = lane;
  const through = trace === null || position === trace.length;
  const judge = through && gradients !== null && lane.right !== true ? judgeOf(ground, lane) : null;
  // Of many, the first few tell how it goes on.
  const leaves = through ? ground.graph.leaves : ground.graph.leaves.subarray(0, most);
  return Array.from(leaves, (leaf, index) => {
    if (!through) return { leaf, value: soFar(lane, trace, leaf, index, position, moment), right: null };
    if (gradients === null) return { leaf, value: null, right: null };
    return { leaf, value: gradients[leaf], right: lane.right === true || judge!(leaf, gradients[leaf]) };
  });
}

function soFar(
  { algorithm, gradients }: Lane,
  trace: Trace,
  leaf: number,
  index: number,
  position: number,
  moment: Moment | null,
): number | null {
  if (algorithm === 'forward') {
    // Its gradients are tangents; the pass of a leaf ends with the derivative by it.
    const pass = trace.passes.filter(({ kind }) => kind === 'backward')[index];
    return pass !== undefined && position >= pass.to ? (gradients?.[leaf] ?? null) : null;
  }
  if (moment === null || GRADIENT_STATES[moment.gradientState[leaf]] === 'none') return null;
  return moment.gradient[leaf];
}
