import { kinksOf } from '@backflow/engine';
import { evaluateBound } from '../world/evaluate.ts';
import type { Side } from './draft.ts';
import { isNoise, isRight } from './numbers.ts';
import type { Page } from './page.ts';
import { hullOf, isWithin } from './rounding.ts';
import type { Setting } from './setting.ts';

interface KinkEdge {
  readonly node: number;
  readonly edge: number;
  readonly low: number;
  readonly high: number;
}

const kinkEdges = new WeakMap<Page, readonly KinkEdge[]>();

/** The node at whose kink another admissible slope gives what is stated; null for none. */
export function kinkBehind(setting: Setting, side: Side): number | null {
  const { page, subject, local, at } = setting;
  if (subject.bound.kind !== 'derivative' || at !== null) return null;
  const { of, by } = subject.bound;
  const edges = kinksFor(page).filter(({ node }) => node <= of && node > by);
  if (edges.length === 0) return null;
  const truth = evaluateBound(subject.bound, page.run(at), { local });
  const moved = edges.flatMap(({ edge, low, high }) =>
    [low, high].map((slope) =>
      evaluateBound(subject.bound, page.world.run({ locals: new Map([[edge, slope]]) }), { local }),
    ),
  );
  const { printed, bound } = side;
  const value = printed?.value ?? evaluateBound(bound, page.run(at));
  const number = moved.find((candidate) =>
    printed === null ? isNoise(value, candidate) : isRight(printed, candidate),
  );
  return number !== undefined || isWithin(hullOf(truth, moved), value) ? edges[0].node : null;
}

function kinksFor(page: Page): readonly KinkEdge[] {
  let edges = kinkEdges.get(page);
  if (edges === undefined) {
    const { recording, known } = page.world;
    edges = kinksOf(recording).flatMap(({ node, kink }) =>
      kink.admissible === null || known[node] !== 1
        ? []
        : [
            {
              node,
              edge: recording.inputStart[node] + kink.slot,
              low: kink.admissible[0],
              high: kink.admissible[1],
            },
          ],
    );
    kinkEdges.set(page, edges);
  }
  return edges;
}
