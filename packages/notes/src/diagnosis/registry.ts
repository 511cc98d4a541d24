import type { MistakeId } from '../report.ts';
import { ACTIVATION_MUTATIONS } from './activation-mutations.ts';
import { CONSTANT_MUTATIONS } from './constant-mutations.ts';
import { FACTOR_MUTATIONS } from './factor-mutations.ts';
import { FORWARD_MUTATIONS } from './forward-mutations.ts';
import { NUMBER_MUTATIONS } from './number-mutations.ts';
import { SIGN_MUTATIONS } from './sign-mutations.ts';
import { SWEEP_MUTATIONS } from './sweep-mutations.ts';
import { TERM_MUTATIONS } from './term-mutations.ts';
import { VALUE_MUTATIONS } from './value-mutations.ts';
import { WEIGHT_MUTATIONS } from './weight-mutations.ts';
import type { Mutation } from './variant.ts';

export type Registry = ReadonlyMap<MistakeId, Mutation>;

const everyFamily: readonly (readonly Mutation[])[] = [
  ACTIVATION_MUTATIONS,
  SWEEP_MUTATIONS,
  SIGN_MUTATIONS,
  FACTOR_MUTATIONS,
  WEIGHT_MUTATIONS,
  VALUE_MUTATIONS,
  CONSTANT_MUTATIONS,
  FORWARD_MUTATIONS,
  NUMBER_MUTATIONS,
  TERM_MUTATIONS,
];

/**
 * The named mistakes, each with everything that can have happened under its name: in the sweep, on an edge, in the forward
 * pass, in a number, in a written formula. Mutations of one name from several families are one entry.
 */
export const REGISTRY: Registry = joined(everyFamily.flat());

function joined(mutations: readonly Mutation[]): Registry {
  const registry = new Map<MistakeId, Mutation>();
  for (const mutation of mutations) {
    const before = registry.get(mutation.id);
    if (before === undefined) {
      registry.set(mutation.id, mutation);
      continue;
    }
    const shift = mutation.rank - before.rank;
    registry.set(mutation.id, {
      id: mutation.id,
      rank: before.rank,
      *find(inquiry) {
        yield* before.find(inquiry);
        for (const variant of mutation.find(inquiry))
          yield { ...variant, weight: (variant.weight ?? 0) + shift };
      },
    });
  }
  return registry;
}
