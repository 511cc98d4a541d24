import type { Bound } from '../bound.ts';
import type { Run } from '../run.ts';
import type { Sheet } from '../sheet.ts';
import type { Term } from '../term.ts';
import { isUnbound } from '../world.ts';
import { bindScalar } from './bind.ts';
import type { Binding } from './binding.ts';
import { isRateName, updatedName } from './special-names.ts';

/** Stands for a rate that the notes only name: formulas can be compared with it, numbers cannot. */
export const UNKNOWN_RATE: Bound = { kind: 'exact', value: 0.0719384610253 };

/** The learning rates of a page: η = 0.5, or the factor in `w5 − 0.5 · 0.0822`. */
export class Rates {
  private readonly sheet: Sheet;
  private readonly binding: Binding;
  private readonly run: () => Run;
  private named: Bound | null | undefined;
  private written: ReadonlyMap<number, readonly Term[]> | null = null;

  constructor(sheet: Sheet, binding: Binding, run: () => Run) {
    this.sheet = sheet;
    this.binding = binding;
    this.run = run;
  }

  /** The rate for an update of this leaf, or (-1) of any; `UNKNOWN_RATE` where the notes give none. */
  of(leaf: number): Bound {
    if (this.named === undefined) {
      this.named = null;
      this.named = this.namedRate();
    }
    if (this.named !== null) return this.named;
    this.written ??= this.writtenRates();
    for (const factors of [this.written.get(leaf), ...this.written.values()]) {
      const rate = factors === undefined ? null : this.rateAmong(factors, leaf);
      if (rate !== null) return rate;
    }
    return UNKNOWN_RATE;
  }

  /** A leaf of the program, or a number that the notes give. */
  private namedRate(): Bound | null {
    const { names, definitions } = this.binding;
    for (const key of [
      'η',
      'eta',
      'lr',
      'α',
      'alpha',
      'learning_rate',
      'learningrate',
      'rate',
      'step_size',
    ]) {
      const node = names.exactly(key);
      if (node !== null) return { kind: 'value', node };
    }
    for (const [key, { body, parameters }] of definitions) {
      if (!isRateName(key) || parameters.length > 0) continue;
      const bound = bindScalar(body, this.binding);
      if (!isUnbound(bound)) return bound;
    }
    return null;
  }

  /** By leaf, the factors of what is subtracted in its update; a product rather than a number. */
  private writtenRates(): ReadonlyMap<number, readonly Term[]> {
    const rates = new Map<number, readonly Term[]>();
    for (const { subject, members } of this.sheet.chains) {
      const leaf = this.updatedLeaf(subject);
      if (leaf === null || (rates.get(leaf)?.length ?? 0) > 1) continue;
      for (const { term } of members) {
        const factors = term === null ? null : subtracted(term);
        if (factors !== null && (factors.length > 1 || !rates.has(leaf))) rates.set(leaf, factors);
      }
    }
    return rates;
  }

  /** The leaf of `w5⁺`, of `Δw5` and of `new(w5)`; null for anything else. */
  private updatedLeaf(subject: Term): number | null {
    const name =
      subject.kind === 'name'
        ? (updatedName(subject.key) ?? /^Δ_?(.+)$/u.exec(subject.key)?.[1] ?? null)
        : subject.kind === 'call' && subject.callee.key === 'new' && subject.of[0]?.kind === 'name'
          ? subject.of[0].key
          : null;
    return name === null ? null : this.binding.names.find(name);
  }

  /** The factor that is no gradient: a number, and not the number of the leaf's gradient. Of a number alone, what makes it right. */
  private rateAmong(factors: readonly Term[], leaf: number): Bound | null {
    const { recording } = this.binding;
    const gradient = Math.abs(this.run().gradient(recording.output)[leaf]);
    const numbers = factors.filter((factor) => factor.kind === 'number');
    const [first] = numbers;
    if (first === undefined) return null;
    // `w − 0.2`: the whole step in one number.
    if (factors.length === 1) return gradient > 0 ? { kind: 'exact', value: first.value / gradient } : null;
    const far = numbers.find(({ value }) => Math.abs(value - gradient) > 0.02 * gradient);
    return { kind: 'literal', literal: far ?? first };
  }
}

/** The factors of b in a − b, or in a + (−b). */
function subtracted(term: Term): readonly Term[] | null {
  if (term.kind === 'apply' && term.operation === 'neg')
    return subtracted({ ...term, operation: 'sub', of: [term, term.of[0]] });
  if (term.kind === 'apply' && term.operation === 'mul') {
    const [first] = term.of;
    const negative = first.kind === 'apply' && first.operation === 'neg';
    return negative ? [...factorsOf(first.of[0]), ...term.of.slice(1).flatMap(factorsOf)] : null;
  }
  if (term.kind !== 'apply' || (term.operation !== 'sub' && term.operation !== 'add')) return null;
  const last = term.of.at(-1)!;
  const step = last.kind === 'apply' && last.operation === 'neg' ? last.of[0] : last;
  return step.kind === 'number' || (step.kind === 'apply' && step.operation === 'mul')
    ? factorsOf(step)
    : null;
}

function factorsOf(term: Term): readonly Term[] {
  return term.kind === 'apply' && term.operation === 'mul' ? term.of.flatMap(factorsOf) : [term];
}
