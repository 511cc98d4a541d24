import type { Bound } from '../bound.ts';
import type { World } from '../world.ts';
import type { ChainDraft } from './draft.ts';
import { keyOf } from './literals.ts';

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
  const ranked = chains.map((chain) => ({ chain, rank: rankOf(chain, world) }));
  return ranked.sort((a, b) => compare(a.rank, b.rank)).map(({ chain }) => chain);
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

/** From the loss back; nothing depends on the derivatives of leaves, so they keep the order of the page. */
function backwards(node: number, { recording }: World): number {
  return recording.inputStart[node] === recording.inputStart[node + 1] ? 1 : -node;
}

function placeOf(bound: Bound, world: World): readonly [number, number, number] {
  switch (bound.kind) {
    case 'literal':
    case 'exact':
      return [PLAIN, 0, 0];
    case 'value':
      return [VALUE, bound.node, 0];
    case 'derivative':
      return [bound.of === world.output ? DERIVATIVE + 1 : DERIVATIVE, bound.of, backwards(bound.by, world)];
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

/**
 * The first of several slips: one that depends on no other of them, and of those the one that is written first. Claims
 * about the same thing come in the order in which they were judged.
 */
export function firstOf(
  slips: readonly { readonly claim: number; readonly subject: Bound | null }[],
  world: World,
): number | null {
  const few = slips.slice(0, 200);
  const cones = few.map(({ subject }) => coneOf(subject, world));
  const free = few.filter(
    (_, a) =>
      !few.some(
        (_, b) => a !== b && dependsOn(cones[a], cones[b]) && !(dependsOn(cones[b], cones[a]) && b > a),
      ),
  );
  const candidates = free.length > 0 ? free : few;
  return candidates.length === 0 ? null : Math.min(...candidates.map(({ claim }) => claim));
}

/** What a subject is, and all that it is computed from. */
interface Cone {
  readonly key: string;
  readonly value: number | null;
  readonly of: number | null;
  readonly by: number | null;
  /** Per node: 1 where its value is needed. */
  readonly values: Uint8Array;
  /** Per node: 1 where its derivative is needed; those between `of` and `by`. */
  readonly derivatives: Uint8Array;
}

function coneOf(subject: Bound | null, { recording, output }: World): Cone {
  const { count, inputStart, inputs } = recording;
  const values = new Uint8Array(count);
  const derivatives = new Uint8Array(count);
  const none = { key: '', value: null, of: null, by: null, values, derivatives };
  if (subject === null) return none;
  const of = subject.kind === 'derivative' ? subject.of : subject.kind === 'updated' ? output : null;
  const by = subject.kind === 'derivative' ? subject.by : subject.kind === 'updated' ? subject.leaf : null;
  const value = subject.kind === 'value' ? subject.node : null;
  const top = of ?? value;
  if (top === null || top < 0) return none;
  values[top] = 1;
  for (let node = top; node >= 0; node--) {
    if (values[node] !== 1) continue;
    for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
      if (inputs[edge] >= 0) values[inputs[edge]] = 1;
    }
  }
  if (by !== null) {
    derivatives[by] = 1;
    for (let node = by + 1; node <= top; node++) {
      for (let edge = inputStart[node]; edge < inputStart[node + 1]; edge++) {
        if (inputs[edge] >= 0 && derivatives[inputs[edge]] === 1) derivatives[node] = 1;
      }
    }
  }
  return { key: keyOf(subject), value, of, by, values, derivatives };
}

function dependsOn(a: Cone, b: Cone): boolean {
  if (a.key !== '' && a.key === b.key) return true;
  if (b.value !== null) return a.values[b.value] === 1;
  if (b.of === null || b.by === null || a.by === null) return false;
  return a.derivatives[b.by] === 1 && (a.of === b.of || a.derivatives[b.of] === 1 || a.values[b.of] === 1);
}
