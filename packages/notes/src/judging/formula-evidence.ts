import type { OperationName } from '@backflow/engine';
import { codeOf } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { World } from '../world.ts';
import { evaluateBound } from '../world/evaluate.ts';
import type { ChainDraft } from './draft.ts';
import { visit } from './literals.ts';
import { termsOf } from './noise.ts';
import { isNoise } from './numbers.ts';

/** Points that are tried, and of which so many tell. */
const TRIED = 20;
const ENOUGH = 6;
const FEWEST = 3;

/** What a page says about the loss or one of its derivatives. */
export interface Evidence {
  readonly bound: Bound;
  readonly derivative: boolean;
  readonly truth: number;
  /** Whether what is printed agrees with a number. */
  readonly agrees: (number: number) => boolean;
  /** True where no convention is followed: a formula in the same chain says so, or the page's own values give it. */
  readonly settled: () => boolean;
}

/** What the page's formulas for the loss and its derivatives say; those with derivatives of the loss in them say nothing. */
export function formulaEvidence(
  chains: readonly ChainDraft[],
  world: World,
  losses: ReadonlySet<number>,
): Evidence[] {
  const found: Evidence[] = [];
  const run = world.run();
  for (const { subject, members, at } of chains) {
    const bound = subject?.bound;
    if (bound === undefined || at !== null) continue;
    const derivative = bound.kind === 'derivative';
    if (
      derivative
        ? !losses.has(bound.of) || losses.has(bound.by) || bound.negative === true
        : !isOf(bound, losses)
    )
      continue;
    const truth = evaluateBound(bound, run);
    if (!Number.isFinite(truth) || isNoise(truth, 0, termsOf(bound, run))) continue;
    for (const { sides, member } of members) {
      if (sides.length === 0 || sides[0].form === 'numbers' || sides[0].printed !== null) continue;
      if ((member.relation !== '=' && member.relation !== '≈') || speaksOf(sides[0].bound, losses)) continue;
      const agrees = (number: number): boolean =>
        sides.some((side) => isMultiple(world, bound, side.bound, number / truth));
      found.push({ bound, derivative, truth, agrees, settled: () => false });
    }
  }
  return found;
}

function isOf(bound: Bound, losses: ReadonlySet<number>): boolean {
  return bound.kind === 'value' && losses.has(bound.node);
}

function speaksOf(formula: Bound, losses: ReadonlySet<number>): boolean {
  let speaks = false;
  visit(formula, (part) => {
    if (isOf(part, losses) || (part.kind === 'derivative' && losses.has(part.of))) speaks = true;
  });
  return speaks;
}

/** Whether a formula is so many times what it is said to be, wherever that is tried. */
function isMultiple(world: World, subject: Bound, formula: Bound, factor: number): boolean {
  let usable = 0;
  for (let index = 0; index < TRIED && usable < ENOUGH; index++) {
    const run = world.sample(index);
    if (run === null) continue;
    const [due, found] = [factor * evaluateBound(subject, run), evaluateBound(formula, run)];
    if (!Number.isFinite(due) || !Number.isFinite(found)) continue;
    if (!isNoise(due, found, termsOf(subject, run) + termsOf(formula, run))) return false;
    usable++;
  }
  return usable >= FEWEST;
}

const BASES: ReadonlyMap<OperationName, string> = new Map([
  ['log2', 'log-base-2'],
  ['log10', 'log-base-10'],
]);

/** The base of the page's logarithms, where its formulas name one that the graph has nowhere; null for none. */
export function baseNamed(chains: readonly ChainDraft[], { recording }: World): string | null {
  let base: string | null = null;
  for (const { members } of chains)
    for (const { sides } of members)
      for (const { bound } of sides)
        visit(bound, (part) => {
          if (part.kind !== 'apply') return;
          const named = BASES.get(part.operation);
          if (named !== undefined && !recording.operation.includes(codeOf(part.operation))) base ??= named;
        });
  return base;
}
