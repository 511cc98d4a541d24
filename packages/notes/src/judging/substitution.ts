import { codeOf } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { Change, Run } from '../run.ts';

/**
 * The change that puts a stated number in the place of what the graph gives: a value, a gradient, the slope of an edge.
 * Null where what is stated stands in no place of its own (a sum, an updated weight).
 */
export function clampOf(bound: Bound, value: number, truth: Run, local: boolean): Change | null {
  if (!Number.isFinite(value)) return null;
  const { recording } = truth;
  switch (bound.kind) {
    case 'value':
      return hasPlace(bound.at) ? { values: new Map([[bound.node, value]]) } : null;
    case 'derivative': {
      if (bound.order !== 1 || !hasPlace(bound.at) || bound.of === bound.by) return null;
      const stated = bound.negative === true ? -value : value;
      const { of, by, slots } = bound;
      if (slots.length === 1) {
        const edge = recording.inputStart[of] + slots[0];
        const total = truth.gradient(of)[by];
        // Another way from `by` to `of` besides the edge: the total derivative is not that edge's slope.
        if (local || total === truth.local[edge]) return { locals: new Map([[edge, stated]]) };
      }
      // A local partial over several edges has no place of its own.
      if (local) return null;
      return { gradients: new Map([[of, new Map([[by, stated]])]]) };
    }
    case 'slope': {
      if (bound.of.kind !== 'value') return null;
      const locals = new Map<number, number>();
      for (const edge of edgesOf(truth, bound.operation, bound.of.node)) locals.set(edge, value);
      return locals.size === 0 ? null : { locals };
    }
    default:
      return null;
  }
}

function hasPlace(at: ReadonlyMap<number, Bound> | null | undefined): boolean {
  return at === null || at === undefined || at.size === 0;
}

/** Where an operation is applied to a node. */
function edgesOf({ recording }: Run, name: Parameters<typeof codeOf>[0], input: number): number[] {
  const code = codeOf(name);
  const found: number[] = [];
  for (let node = input + 1; node < recording.count; node++) {
    const edge = recording.inputStart[node];
    if (recording.operation[node] === code && recording.inputs[edge] === input) found.push(edge);
  }
  return found;
}

/** Several changes at once; where two speak about the same place, the later one holds. */
export function mergeChanges(changes: readonly Change[]): Change {
  if (changes.length === 1) return changes[0];
  const values = new Map<number, number>();
  const locals = new Map<number, number>();
  const slips = new Map<
    number,
    NonNullable<Change['slips']> extends ReadonlyMap<number, infer F> ? F : never
  >();
  const gradients = new Map<number, Map<number, number>>();
  const cut = new Set<number>();
  let rest: Pick<Change, 'combine' | 'sweep'> = {};
  for (const change of changes) {
    for (const [node, value] of change.values ?? []) values.set(node, value);
    for (const [edge, value] of change.locals ?? []) locals.set(edge, value);
    for (const [edge, slip] of change.slips ?? []) slips.set(edge, slip);
    for (const edge of change.cut ?? []) cut.add(edge);
    for (const [of, fixed] of change.gradients ?? []) {
      const known = gradients.get(of) ?? new Map<number, number>();
      for (const [node, value] of fixed) known.set(node, value);
      gradients.set(of, known);
    }
    if (change.combine !== undefined) rest = { ...rest, combine: change.combine };
    if (change.sweep !== undefined) rest = { ...rest, sweep: change.sweep };
  }
  return {
    ...rest,
    ...(values.size > 0 && { values }),
    ...(locals.size > 0 && { locals }),
    ...(slips.size > 0 && { slips }),
    ...(gradients.size > 0 && { gradients }),
    ...(cut.size > 0 && { cut }),
  };
}
