import type { MistakeId } from '../report.ts';
import type { Change, Run } from '../run.ts';
import { significantDigits } from './agreement.ts';
import type { Inquiry } from './inquiry.ts';
import type { Registry } from './registry.ts';
import type { Mutation, Variant } from './variant.ts';

/** Slips that are made together often enough to be looked for together. */
const PAIRED: readonly MistakeId[] = [
  'activation-for-derivative',
  'derivative-at-wrong-argument',
  'missing-activation-derivative',
  'factor-two',
  'lost-sign',
  'missing-weight',
  'missing-input',
  'missing-factor',
  'own-activation',
  'swapped-operands',
];

/** What the whole can be multiplied by, besides a slip. */
const WHOLE: readonly { readonly factor: number; readonly id: MistakeId }[] = [
  { factor: -1, id: 'lost-sign' },
  { factor: 2, id: 'factor-two' },
  { factor: 0.5, id: 'factor-two' },
  { factor: -2, id: 'factor-two' },
  { factor: -0.5, id: 'factor-two' },
];

/** Fewer digits agree with some pair by chance. */
const DIGITS = 5;
const MOST_SLIPS = 120;

/** Two different slips on two edges, each with the mistake it belongs to. */
export interface Pair {
  readonly parts: readonly [Part, Part];
  readonly together: Variant;
}

interface Part {
  readonly mutation: Mutation;
  readonly variant: Variant;
  readonly slip: NonNullable<Variant['slip']>;
  readonly gives: number;
}

/**
 * Two slips at once, tried where no single one explains a claim. What two slips give together is estimated from what each
 * gives (a product on one path, a sum on two), and only what agrees is run. The estimate is `near` what is stated.
 */
export function* pairsOf(
  inquiry: Inquiry,
  registry: Registry,
  near: (estimate: number) => boolean,
): Iterable<Pair> {
  const { question } = inquiry;
  const { truth, printed } = question;
  if (inquiry.derivative === null || !Number.isFinite(truth) || truth === 0) return;
  if (printed !== null && significantDigits(printed.text) < DIGITS) return;
  if (printed === null && question.form !== 'symbolic') return;
  const parts = slips(inquiry, registry);
  for (const part of parts) {
    for (const { factor, id } of WHOLE) {
      const mutation = registry.get(id);
      if (mutation === undefined || part.mutation.id === id || !near(factor * part.gives)) continue;
      const change = scaled(inquiry, part.slip, factor);
      if (change === null) continue;
      const { where } = part.variant;
      const words = id === 'factor-two' ? { factor: '2' } : {};
      const whole: Part = { ...part, mutation, variant: { where: [], words: () => words, weight: 1 } };
      yield { parts: [part, whole], together: { where, change: () => change } };
    }
  }
  for (const [at, first] of parts.entries()) {
    for (const second of parts.slice(at + 1)) {
      if (second.slip.edge === first.slip.edge || second.mutation.id === first.mutation.id) continue;
      const product = (first.gives / truth) * second.gives;
      if (!near(product) && !near(first.gives + second.gives - truth)) continue;
      const slipped = [first.slip, second.slip] as const;
      yield {
        parts: [first, second],
        together: {
          where: [...first.variant.where, ...second.variant.where],
          change: () => ({
            slips: new Map(slipped.map(({ edge, local }) => [edge, (run: Run) => local(run)] as const)),
          }),
        },
      };
    }
  }
}

/** A slip, and the whole times a factor besides. */
function scaled(inquiry: Inquiry, slip: Part['slip'], factor: number): Change | null {
  const { subject, recording } = inquiry;
  if (subject.kind !== 'derivative') return null;
  const start = recording.inputStart[subject.of];
  const slips = new Map<number, (run: Run, edge: number, local: number) => number>();
  slips.set(slip.edge, (run) => slip.local(run));
  for (let edge = start; edge < start + inquiry.arity(subject.of); edge++) {
    slips.set(edge, (run, at, local) => factor * (at === slip.edge ? slip.local(run) : local));
  }
  return { slips };
}

function slips(inquiry: Inquiry, registry: Registry): Part[] {
  const found: Part[] = [];
  for (const id of PAIRED) {
    const mutation = registry.get(id);
    if (mutation === undefined) continue;
    for (const variant of mutation.find(inquiry)) {
      if (found.length >= MOST_SLIPS) return found;
      const { slip } = variant;
      if (slip === undefined || (variant.weight ?? 0) > 3) continue;
      const gives = inquiry.gives(variant);
      if (Number.isFinite(gives) && gives !== inquiry.question.truth)
        found.push({ mutation, variant, slip, gives });
    }
  }
  return found;
}
