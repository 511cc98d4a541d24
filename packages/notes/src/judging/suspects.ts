import type { Change } from '../run.ts';
import type { Side } from './draft.ts';
import { isRight } from './numbers.ts';
import type { Setting } from './setting.ts';

/** What may have happened to the contribution of one edge, whatever its name: lost, turned, doubled, halved. */
const FACTORS = [0, -1, 2, 0.5];
const MOST_SUSPECTS = 12;
const MOST_EDGES = 5000;

/**
 * Changes at a single edge that give what is stated. Whether or not one of them has a name, other numbers of the page may
 * come from the same slip. No re-run is needed: a slip changes the derivative by ∂of/∂user · Δslope · ∂input/∂by.
 */
export function suspectsOf({ page, subject, at }: Setting, { printed }: Side): Change[] {
  const { bound } = subject;
  if (printed === null || bound.kind !== 'derivative' || bound.order !== 1 || at !== null) return [];
  if (printed.value === 0) return [];
  const run = page.world.run();
  const { recording } = run;
  const gradient = run.gradient(bound.of);
  const tangent = run.tangent(bound.by);
  const truth = gradient[bound.by];
  const first = recording.inputStart[bound.by];
  const last = recording.inputStart[bound.of + 1];
  if (last - first > MOST_EDGES) return [];
  const found: Change[] = [];
  for (let node = bound.by + 1; node <= bound.of; node++) {
    if (gradient[node] === 0) continue;
    for (let edge = recording.inputStart[node]; edge < recording.inputStart[node + 1]; edge++) {
      const input = recording.inputs[edge];
      if (input < 0 || tangent[input] === 0) continue;
      const part = gradient[node] * run.local[edge] * tangent[input];
      for (const factor of FACTORS) {
        if (!isRight(printed, truth + (factor - 1) * part)) continue;
        found.push({ slips: new Map([[edge, (_run, _edge, local) => factor * local]]) });
        if (found.length === MOST_SUSPECTS) return found;
      }
    }
  }
  return found;
}
