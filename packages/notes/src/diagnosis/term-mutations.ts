import type { Bound } from '../bound.ts';
import type { MistakeId } from '../report.ts';
import type { Inquiry } from './inquiry.ts';
import { literalRepairs } from './literal-repairs.ts';
import { tasksOf } from './repair.ts';
import type { Repair } from './repair.ts';
import { replacementRepairs } from './replacement-repairs.ts';
import { signRepairs } from './sign-repairs.ts';
import { monomials } from './sites.ts';
import type { Mutation, Variant } from './variant.ts';
import { derivativeText } from './wording.ts';

const known = new WeakMap<Inquiry, readonly Repair[]>();

/** Every single edit of a formula that explains the claim; found once for all mutations. */
function repairs(inquiry: Inquiry): readonly Repair[] {
  let found = known.get(inquiry);
  if (found === undefined) {
    found = tasksOf(inquiry).flatMap((task) => [
      ...signRepairs(inquiry, task),
      ...replacementRepairs(inquiry, task),
      ...literalRepairs(inquiry, task),
    ]);
    known.set(inquiry, found);
  }
  return found;
}

function* repairing(inquiry: Inquiry, id: MistakeId): Iterable<Variant> {
  const { question } = inquiry;
  for (const repair of repairs(inquiry)) {
    if (repair.id !== id) continue;
    yield {
      where: repair.where ?? [],
      weight: repair.weight,
      words: repair.words,
      // It has been tried already: it gives what is stated.
      ...asStated(question.value),
    };
  }
}

function asStated(value: number): Pick<Variant, 'value' | 'stated'> {
  return { stated: true, value: () => value };
}

const BY_REPAIR: readonly (readonly [MistakeId, number])[] = [
  ['activation-for-derivative', 10],
  ['derivative-at-wrong-argument', 11],
  ['missing-activation-derivative', 12],
  ['opposite-convention', 9],
  ['sum-for-mean', 19],
  ['factor-two', 20],
  ['mean-for-sum', 20.5],
  ['quotient-order', 23],
  ['lost-sign', 24],
  ['operand-sign', 24.5],
  ['missing-weight', 26],
  ['missing-input', 26],
  ['missing-factor', 27],
  ['own-activation', 28],
  ['transposed-weight', 29],
  ['swapped-operands', 31],
  ['value-for-derivative', 32],
  ['double-counted', 33],
  ['wrong-name', 34],
  ['wrong-constant', 35],
];

/** A product of derivatives whose denominators do not meet their neighbours' numerators. */
function* brokenChain(inquiry: Inquiry): Iterable<Variant> {
  const { question, subject } = inquiry;
  if (subject.kind !== 'derivative') return;
  const products = monomials(question.stated) ?? [];
  for (const product of products) {
    const chain = product.filter((factor) => factor.kind === 'derivative');
    if (chain.length < 2 || chain.length !== product.length) continue;
    const gap = gapIn(chain, subject.of, subject.by);
    if (gap === null) continue;
    yield {
      where: [{ node: gap[1].of, slot: null }],
      words: () =>
        gap[0] === gap[1]
          ? { found: text(inquiry, gap[0]), name: inquiry.name(subject.by) }
          : { found: text(inquiry, gap[0]), due: text(inquiry, gap[1]) },
      ...asStated(question.value),
    };
  }
}

type Factor = Extract<Bound, { readonly kind: 'derivative' }>;

function text(inquiry: Inquiry, { of, by }: Factor): string {
  return derivativeText(inquiry, of, by);
}

/** Two factors between which a product does not lead on; null where all of them make one chain from `of` to `by`. */
function gapIn(chain: readonly Factor[], of: number, by: number): readonly [Factor, Factor] | null {
  const left = [...chain];
  let at = of;
  let last: Factor | null = null;
  while (left.length > 0) {
    const next = left.findIndex((factor) => factor.of === at);
    if (next < 0) break;
    last = left[next];
    at = last.by;
    left.splice(next, 1);
  }
  if (left.length === 0 && at === by) return null;
  // All of them meet, but the last does not end where it should.
  const after = left[0] ?? last ?? chain[0];
  return [last ?? chain[0], after];
}

function* wrongShape(inquiry: Inquiry): Iterable<Variant> {
  const { shapes } = inquiry.question;
  if (shapes === undefined) return;
  yield { where: [], words: () => ({ found: shapes.left, due: shapes.right }), ...asStated(NaN) };
}

/** Mistakes in a written formula, by the edit that mends it. */
export const TERM_MUTATIONS: readonly Mutation[] = [
  { id: 'wrong-shape', rank: 0, find: wrongShape },
  { id: 'broken-chain', rank: 4, find: brokenChain },
  ...BY_REPAIR.map(([id, rank]): Mutation => ({ id, rank, find: (inquiry) => repairing(inquiry, id) })),
];
