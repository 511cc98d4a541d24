import { LEAF } from '@backflow/engine';
import type { DiagnosedMistake, Question } from '../question.ts';
import type { MistakeId, Where } from '../report.ts';
import type { Change, Run } from '../run.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { same, significantDigits } from './agreement.ts';
import { changeOf, Inquiry, shown, within } from './inquiry.ts';
import { pairsOf } from './pairs.ts';
import { REGISTRY } from './registry.ts';
import type { Registry } from './registry.ts';
import { statedHull } from './repair.ts';
import type { Mutation, Point, Variant, Words } from './variant.ts';
import { derivativeText } from './wording.ts';

/** What was found, and whether everything was tried. */
export interface Diagnosis {
  /** Likeliest first. */
  readonly mistakes: readonly DiagnosedMistake[];
  /** False where the limit of re-runs was met first. */
  readonly searched: boolean;
}

const MOST_MISTAKES = 8;
const SAMPLES_NEEDED = 3;
/** Ways of one mistake that are about as likely are told as more places. */
const EQUIVALENT = 1;
/** What is further behind the likeliest mistake than this is not told, unless it is the second. */
const FAR_BEHIND = 8;
/** From this score on a mistake explains anything. */
const LAST_RESORT = 60;

/** The named mistakes that a claim is consistent with, likeliest first. */
export function diagnose(question: Question, registry: Registry = REGISTRY): DiagnosedMistake[] {
  return [...diagnosis(question, registry).mistakes];
}

export function diagnosis(question: Question, registry: Registry = REGISTRY): Diagnosis {
  const inquiry = new Inquiry(question);
  const explains = agreement(inquiry);
  const hits: Hit[] = [];
  for (const mutation of registry.values()) {
    for (const variant of mutation.find(inquiry)) {
      const found = explains(variant);
      if (found === null) continue;
      hits.push({
        mutation,
        variant,
        gives: found.gives,
        score: mutation.rank + (variant.weight ?? 0) + found.doubt,
      });
    }
  }
  if (!hits.some(({ score }) => score < LAST_RESORT)) hits.push(...inPairs(inquiry, registry, explains));
  hits.sort((a, b) => a.score - b.score);
  return { mistakes: merged(inquiry, onlyRounding(question, hits)), searched: !inquiry.incomplete };
}

interface Hit {
  readonly mutation: Mutation;
  readonly variant: Variant;
  readonly gives: number;
  readonly score: number;
}

/** The likeliest two slips that explain a claim together: a hit for each. */
function inPairs(inquiry: Inquiry, registry: Registry, explains: Explains): Hit[] {
  const { question } = inquiry;
  const near = (estimate: number): boolean =>
    question.printed === null ? same(estimate, question.value) : question.agrees(estimate);
  let best: Hit[] = [];
  let least = Infinity;
  for (const { parts, together } of pairsOf(inquiry, registry, near)) {
    const scores = parts.map(({ mutation, variant }) => mutation.rank + (variant.weight ?? 0));
    const sum = scores[0] + scores[1];
    if (sum >= least) continue;
    const found = explains(together);
    if (found === null) continue;
    least = sum;
    best = parts.map(({ mutation, variant }, at) => ({
      mutation,
      variant: {
        ...together,
        where: variant.where,
        ...(variant.words === undefined ? {} : { words: variant.words }),
      },
      gives: found.gives,
      score: scores[at],
    }));
  }
  return best;
}

type Explains = (variant: Variant) => { readonly gives: number; readonly doubt: number } | null;

/** How a mistake is compared with what is stated: as a number, as a formula of rounded numbers, as a formula of names. */
function agreement(inquiry: Inquiry): Explains {
  const { question } = inquiry;
  const { truth, printed } = question;
  const unlike = (gives: number): boolean =>
    !Number.isNaN(gives) && !(Number.isFinite(truth) && same(gives, truth));
  if (printed !== null) {
    return (variant) => {
      const gives = inquiry.gives(variant);
      if (variant.stated === true) return { gives, doubt: 0 };
      return unlike(gives) && question.agrees(gives) ? { gives, doubt: 0 } : null;
    };
  }
  if (question.form !== 'symbolic') {
    const { low, high } = statedHull(inquiry);
    const width = Math.max(high - low, 1e-12 * Math.abs(question.value));
    return (variant) => {
      const gives = inquiry.gives(variant);
      if (variant.stated === true) return { gives, doubt: 0 };
      if (!unlike(gives) || !(gives >= low && gives <= high)) return null;
      return { gives, doubt: (8 * Math.abs(gives - question.value)) / width };
    };
  }
  return symbolically(inquiry, unlike);
}

interface Comparison extends Point {
  readonly stated: number;
  readonly due: number;
}

function symbolically(inquiry: Inquiry, unlike: (gives: number) => boolean): Explains {
  const { question } = inquiry;
  const { at = null } = question;
  const points = comparisonsAt(inquiry, at);
  let labelled: readonly Comparison[] | null = null;
  const atPoint = Number.isFinite(question.value) && Number.isFinite(question.truth);
  const explains = (variant: Variant, at_: readonly Comparison[]): boolean => {
    let differs = false;
    for (const point of at_) {
      const found = inquiry.at(variant, point);
      if (!same(found, point.stated)) return false;
      if (!same(found, point.due)) differs = true;
    }
    return differs;
  };
  return (variant) => {
    if (variant.stated === true) return { gives: question.value, doubt: 0 };
    const gives = atPoint ? inquiry.gives(variant) : NaN;
    if (atPoint && !same(gives, question.value)) return null;
    if (points.length < SAMPLES_NEEDED) return atPoint && unlike(gives) ? { gives, doubt: 5 } : null;
    if (explains(variant, points)) return { gives, doubt: 0 };
    if (!atPoint) return null;
    // Labels may have been put in: −1/p for −y/p where y = 1.
    labelled ??= comparisonsAt(inquiry, within(at, { values: labelsOf(inquiry) }));
    return labelled.length >= SAMPLES_NEEDED && explains(variant, labelled) ? { gives, doubt: 8 } : null;
  };
}

/** Points at which a formula and what is due both have a number. */
function comparisonsAt(inquiry: Inquiry, at: Change | null): Comparison[] {
  const { question, world } = inquiry;
  const points: Comparison[] = [];
  for (let index = 0; index < 20 && points.length <= SAMPLES_NEEDED; index++) {
    const run = at === null ? world.sample(index) : world.sample(index, at);
    if (run === null) continue;
    const stated = evaluateBound(question.stated, run);
    const due = inquiry.numberIn(run);
    if (!Number.isFinite(stated) || !Number.isFinite(due)) continue;
    points.push({
      run,
      stated,
      due,
      changed: (change) => world.sample(index, within(at, change)) ?? emptyRun(run),
    });
  }
  return points;
}

/** Leaves that are 0 or 1. */
function labelsOf({ recording, run }: Inquiry): ReadonlyMap<number, number> {
  const labels = new Map<number, number>();
  for (let node = 0; node < recording.count; node++) {
    const value = run.value[node];
    if ((value === 0 || value === 1) && recording.operation[node] === LEAF) labels.set(node, value);
  }
  return labels;
}

/** Stands for a sample that the change makes impossible: nothing has a number there. */
function emptyRun(run: Run): Run {
  const none = new Float64Array(run.value.length).fill(NaN);
  return {
    ...run,
    value: none,
    local: new Float64Array(run.recording.inputs.length).fill(NaN),
    gradient: () => none,
    tangent: () => none,
  };
}

/** What is a unit or so beside the truth was rounded: nothing else happened to it. */
function onlyRounding(question: Question, hits: readonly Hit[]): readonly Hit[] {
  const { printed, truth } = question;
  if (printed === null || !(Math.abs(printed.value - truth) <= 1.5 * printed.unit)) return hits;
  const rounded = hits.filter(({ mutation: { id } }) => id === 'truncated' || id === 'rounded-too-early');
  return rounded.length > 0 ? rounded : hits;
}

/** One mistake for each name: the likeliest way is shown, equal ones are told as more places. */
function merged(inquiry: Inquiry, hits: readonly Hit[]): DiagnosedMistake[] {
  const byId = new Map<MistakeId, Hit[]>();
  for (const hit of hits) {
    const before = byId.get(hit.mutation.id);
    if (before === undefined) byId.set(hit.mutation.id, [hit]);
    else before.push(hit);
  }
  const { truth, printed, form, value } = inquiry.question;
  const precision = printed === null ? 4 : significantDigits(printed.text);
  const common: Words = {
    ...(Number.isFinite(truth) ? { truth: shown(truth, precision) } : {}),
    ...(printed !== null ? { stated: printed.text.replace(/-/gu, '−') } : {}),
    ...(printed === null && form !== 'symbolic' && Number.isFinite(value) ? { stated: shown(value) } : {}),
    subject: subjectText(inquiry),
  };
  const least = hits[0]?.score ?? 0;
  const told = [...byId].filter(
    ([id, [{ score }]], at) => at < 2 || score <= least + FAR_BEHIND || id === 'bad-arithmetic',
  );
  return told.slice(0, MOST_MISTAKES).map(([id, same_]) => {
    const [{ variant, gives, score }] = same_;
    const where: Where[] = [];
    for (const hit of same_) {
      if (hit.score > score + EQUIVALENT) break;
      for (const place of hit.variant.where) {
        if (!where.some(({ node, slot }) => node === place.node && slot === place.slot)) where.push(place);
      }
    }
    const words = variant.words?.() ?? {};
    return {
      id,
      gives: Number.isNaN(gives) ? null : gives,
      where,
      data: { ...common, ...words },
      change: variant.stated === true || variant.value !== undefined ? null : changeOf(variant, inquiry.run),
    };
  });
}

function subjectText(inquiry: Inquiry): string {
  const { subject } = inquiry;
  if (subject.kind === 'value') return inquiry.name(subject.node);
  if (subject.kind === 'derivative') return derivativeText(inquiry, subject.of, subject.by);
  return subject.kind === 'updated' ? inquiry.name(subject.leaf) : '';
}
