import type { Bound } from '../bound.ts';
import type { DiagnosedMistake, Printed, StatedNumber } from '../question.ts';
import type { Change, Run } from '../run.ts';
import type { World } from '../world.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { UNKNOWN_RATE } from '../world/rates.ts';
import type { ConventionChoice } from './conventions.ts';
import { factorOf } from './conventions.ts';
import { keyOf, visit } from './literals.ts';
import { isNoise } from './numbers.ts';
import { clampOf, mergeChanges } from './substitution.ts';

/** A number that the notes state, with what it changes where it is put in its place. */
export interface Stated extends StatedNumber {
  readonly key: string;
  /** Null where it stands in no place of its own. */
  readonly change: Change | null;
}

export interface Slip {
  readonly claim: number;
  readonly mistake: DiagnosedMistake;
  readonly change: Change;
}

/** Points that are compared for a formula with names, and the fewest of them that say anything. */
export const SAMPLES = 20;
export const FEWEST_SAMPLES = 3;

/** Nodes evaluated in runs with changes, and searches for a mistake, on one page: bounds the time for hopeless ones. */
const MOST_WORK = 2e7;
const MOST_DIAGNOSES = 100;

/** What is known of a page while it is judged: its world, and what its claims so far have stated. */
export class Page {
  readonly world: World;
  readonly convention: ConventionChoice;
  readonly stated: Stated[] = [];
  readonly slips: Slip[] = [];
  /** Slips at one edge that would explain a wrong number, named or not. */
  readonly suspects: { readonly claim: number; readonly change: Change }[] = [];
  /** Sizes of the numbers stated for what is computed. */
  readonly statedSizes = new Set<number>();
  private readonly rightSizes = new Set<number>();
  private readonly wrongSizes = new Set<number>();
  /** New values of leaves that the page speaks of, by leaf. */
  readonly updates = new Map<number, Extract<Bound, { readonly kind: 'updated' }>>();
  /** Wrong claims whose mistake was searched for. */
  diagnosed = 0;
  private work = 0;
  private readonly runs = new Map<Change, Run>();
  private readonly truths = new Map<string, number>();
  /** What a number changes in a place: one change for all claims that say the same, and so one run. */
  private readonly clamps = new Map<string, Change | null>();

  constructor(world: World, convention: ConventionChoice) {
    this.world = world;
    this.convention = convention;
  }

  /** The document's point, or where `at` says. */
  run(at: Change | null, change: Change | null = null): Run {
    if (at === null && change === null) return this.world.run();
    const whole = at === null ? change! : change === null ? at : mergeChanges([change, at]);
    let run = this.runs.get(whole);
    if (run === undefined) {
      run = this.world.run(whole);
      this.work += this.world.recording.count;
      const { count } = this.world.recording;
      if (this.runs.size * count < 2_000_000) this.runs.set(whole, run);
    }
    return run;
  }

  /** The learning rate of the page's updates; null where none is given. */
  get rate(): number | null {
    const { rate = null } = this.world;
    if (rate !== null) return rate;
    for (const { rate: bound } of this.updates.values()) {
      if (bound !== null && bound !== UNKNOWN_RATE) return evaluateBound(bound, this.world.run());
    }
    return null;
  }

  /** True once so much was tried that the rest of the page is only compared with the truth. */
  get isExhausted(): boolean {
    return this.work > MOST_WORK || this.diagnosed >= MOST_DIAGNOSES;
  }

  sample(index: number, at: Change | null, change: Change | null = null): Run | null {
    if (at === null && change === null) return this.world.sample(index);
    return this.world.sample(
      index,
      mergeChanges([...(change === null ? [] : [change]), ...(at === null ? [] : [at])]),
    );
  }

  /** What a formula is at the document's point; NaN where that is not known. By the convention of the page. */
  truthOf(bound: Bound, local: boolean, at: Change | null): number {
    return this.plainTruthOf(bound, local, at) * factorOf(bound, this.convention);
  }

  /** The same without any convention. */
  plainTruthOf(bound: Bound, local: boolean, at: Change | null): number {
    if (at !== null) return this.evaluateKnown(bound, local, at);
    const key = `${local ? 'l' : 't'}${keyOf(bound)}`;
    let truth = this.truths.get(key);
    if (truth === undefined) this.truths.set(key, (truth = this.evaluateKnown(bound, local, null)));
    return truth;
  }

  private evaluateKnown(bound: Bound, local: boolean, at: Change | null): number {
    if (bound.kind === 'updated' && bound.rate === UNKNOWN_RATE) return NaN;
    const number = evaluateBound(bound, this.run(at), { local });
    if (!this.leansOnFree(bound)) return number;
    // A free name is behind it: it is known only if it is the same everywhere, as ∂z/∂b = 1.
    let common = NaN;
    let usable = 0;
    for (let index = 0; index < SAMPLES && usable < 6; index++) {
      const run = this.sample(index, at);
      if (run === null) continue;
      const sampled = evaluateBound(bound, run, { local });
      if (Number.isNaN(sampled)) continue;
      usable++;
      if (usable === 1) common = sampled;
      else if (!isNoise(sampled, common, 1)) return NaN;
    }
    return usable >= FEWEST_SAMPLES ? common : NaN;
  }

  /** True where a name without a number is behind it. */
  leansOnFree(bound: Bound): boolean {
    const { known } = this.world;
    let free = false;
    visit(bound, (part) => {
      if (part.kind === 'value' && known[part.node] !== 1) free = true;
      else if (part.kind === 'derivative' && (known[part.of] !== 1 || known[part.by] !== 1)) free = true;
      else if (part.kind === 'updated' && known[part.leaf] !== 1) free = true;
    });
    return free;
  }

  /** Keeps a number that stands after an equals sign, by its size. */
  keep(size: number, right: boolean): void {
    (right ? this.rightSizes : this.wrongSizes).add(size);
  }

  /** True for the number of a wrong claim that no right one has too. */
  isWrongNumber(size: number): boolean {
    return this.wrongSizes.has(size) && !this.rightSizes.has(size);
  }

  /** Writes down what a claim has stated in numbers. */
  state(bound: Bound, printed: Printed, right: boolean, claim: number, local: boolean): void {
    const { inputStart } = this.world.recording;
    if (bound.kind !== 'value' || inputStart[bound.node] !== inputStart[bound.node + 1])
      this.statedSizes.add(Math.abs(printed.value));
    const key = keyOf(bound);
    const factor = factorOf(bound, this.convention);
    const slots = bound.kind === 'derivative' ? bound.slots.join() : '';
    const place = `${local ? 'l' : 't'}${slots} ${key}=${printed.value}`;
    let change = this.clamps.get(place);
    if (change === undefined) {
      change = clampOf(bound, printed.value / factor, this.world.run(), local);
      this.clamps.set(place, change);
    }
    this.stated.push({ bound, printed, right, claim, key, change });
  }
}
