import type { Bound } from '../bound.ts';
import type { World } from '../world.ts';
import type { ChainDraft } from './draft.ts';

/** Where a chain stands in the order of dependency; compared entry by entry. */
type Rank = readonly [phase: number, of: number, by: number, layout: number, page: number];

const PLAIN = 0;
const VALUE = 1;
const DERIVATIVE = 2;
const UPDATE = 4;

/**
 * Chains in the order in which their subjects depend on each other: values along the graph, then derivatives of
 * intermediate results, then those of the loss from the loss back to the leaves, then updates. A derivation comes before
 * a bare answer about the same thing.
 */
export function inDependencyOrder(chains: readonly ChainDraft[], world: World): ChainDraft[] {
  const ranks = new Map(chains.map((chain) => [chain, rankOf(chain, world)]));
  return chains.toSorted((a, b) => compare(ranks.get(a)!, ranks.get(b)!));
}

function compare(a: Rank, b: Rank): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k] - b[k];
  return 0;
}

function rankOf(draft: ChainDraft, world: World): Rank {
  const bare = draft.members.length > 1 ? 0 : 1;
  const bound = draft.subject?.bound ?? draft.elements?.[0]?.bound ?? subjectOf(draft);
  if (bound === null) return [PLAIN, 0, 0, bare, draft.index];
  const [phase, of, by] = placeOf(bound, world);
  return [phase, of, by, bare, draft.index];
}

/** Of `0.2 = σ(z)` the formula is the subject. */
function subjectOf(draft: ChainDraft): Bound | null {
  return draft.members[0]?.sides[0]?.bound ?? null;
}

function placeOf(bound: Bound, world: World): readonly [number, number, number] {
  switch (bound.kind) {
    case 'literal':
    case 'exact':
      return [PLAIN, 0, 0];
    case 'value':
      return [VALUE, bound.node, 0];
    case 'derivative':
      return [bound.of === world.output ? DERIVATIVE + 1 : DERIVATIVE, bound.of, -bound.by];
    case 'updated':
      return [UPDATE, bound.leaf, 0];
    case 'slope': {
      const [phase, of] = placeOf(bound.of, world);
      return phase <= VALUE ? [DERIVATIVE, of, 0] : [phase, of, 0];
    }
    case 'apply': {
      let last: readonly [number, number, number] = [PLAIN, 0, 0];
      for (const part of bound.of) {
        const place = placeOf(part, world);
        if (place[0] > last[0] || (place[0] === last[0] && place[1] > last[1])) last = place;
      }
      return last;
    }
  }
}
