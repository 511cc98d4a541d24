import type { OperationName } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { MistakeId, Where } from '../report.ts';
import type { Run } from '../run.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { hullOf, literalsOf, same, significantDigits } from './agreement.ts';
import type { Inquiry } from './inquiry.ts';
import { shown } from './inquiry.ts';
import { formulaOfLeaf } from './plain.ts';
import type { Words } from './variant.ts';
import { derivativeText } from './wording.ts';

/** A formula and what it should have come to: by one edit, it does. */
export interface Task {
  readonly formula: Bound;
  /**
   * `mend`: the formula is wrong, and mended gives what is due. `spoil`: the formula is right, and spoilt gives the wrong
   * number that was printed.
   */
  readonly way: 'mend' | 'spoil';
  /** Points at which it is tried; the document's first, where it is known. */
  readonly runs: readonly Run[];
  /** What is wanted at each point. */
  readonly wanted: readonly number[];
  /** True where a formula gives what is wanted at all points. */
  readonly fits: (at: (run: Run) => number) => boolean;
  /** Half the width of what agrees with the printed number; 0 where the comparison is exact. */
  readonly tolerance: number;
  /** Digits of the printed number that say something; 15 where the comparison is exact. */
  readonly digits: number;
}

/** An edit of a formula that explains a claim. */
export interface Repair {
  readonly id: MistakeId;
  readonly weight: number;
  readonly words: () => Words;
  readonly where?: readonly Where[];
}

const SAMPLES = 20;

/** What there is to mend or to spoil in a question: a wrong formula, or the right formula of a wrong number. */
export function tasksOf(inquiry: Inquiry): readonly Task[] {
  const { question } = inquiry;
  if (question.printed !== null) {
    const formulas = new Set<Bound>();
    const own = question.subject.kind === 'value' ? formulaOfLeaf(inquiry, question.subject.node) : null;
    if (own !== null) formulas.add(own);
    if (isFormula(question.subject)) formulas.add(question.subject);
    for (const sibling of question.chain.slice(0, question.position)) {
      if (isFormula(sibling.bound)) formulas.add(sibling.bound);
    }
    return [...formulas].map((formula) => spoiling(inquiry, formula)).filter((task) => task !== null);
  }
  if (!isFormula(question.stated) && question.stated.kind === 'literal') return [];
  const task = question.form === 'symbolic' ? mending(inquiry) : mendingNumbers(inquiry);
  return task === null ? [] : [task];
}

function isFormula(bound: Bound): boolean {
  return bound.kind === 'apply' || bound.kind === 'slope';
}

function spoiling(inquiry: Inquiry, formula: Bound): Task | null {
  const { printed, agrees } = inquiry.question;
  if (printed === null) return null;
  const digits = significantDigits(printed.text);
  // One digit can be had from many numbers in many ways.
  if (digits < 2 && literalsOf(formula).length > 3) return null;
  return {
    formula,
    way: 'spoil',
    runs: [inquiry.run],
    wanted: [printed.value],
    fits: (at) => agrees(at(inquiry.run)),
    tolerance: printed.unit / 2,
    digits,
  };
}

function mending(inquiry: Inquiry): Task | null {
  const { question, world, subject, local } = inquiry;
  const { at = null } = question;
  const runs: Run[] = [];
  if (Number.isFinite(question.truth) && Number.isFinite(question.value)) runs.push(inquiry.run);
  for (let index = 0; index < SAMPLES && runs.length < 5; index++) {
    const run = at === null ? world.sample(index) : world.sample(index, at);
    if (run === null) continue;
    if (
      !Number.isFinite(evaluateBound(subject, run, { local })) ||
      !Number.isFinite(evaluateBound(question.stated, run))
    )
      continue;
    runs.push(run);
  }
  if (runs.length === 0) return null;
  const wanted = runs.map((run) => inquiry.numberIn(run));
  return {
    formula: question.stated,
    way: 'mend',
    runs,
    wanted,
    fits: (at) => runs.every((run, index) => same(at(run), wanted[index])),
    tolerance: 0,
    digits: 15,
  };
}

/** A formula with rounded numbers in it: it fits where the truth lies within what its digits allow. */
function mendingNumbers(inquiry: Inquiry): Task | null {
  const { question, run } = inquiry;
  if (!Number.isFinite(question.truth) || !Number.isFinite(question.value)) return null;
  const { low, high } = statedHull(inquiry);
  const relative = Math.max((high - low) / 2 / Math.abs(question.value), 1e-9);
  const tolerance = relative * Math.abs(question.truth);
  return {
    formula: question.stated,
    way: 'mend',
    runs: [run],
    wanted: [question.truth],
    fits: (at) => Math.abs(at(run) - question.truth) <= tolerance,
    tolerance,
    digits: Math.max(1, Math.floor(-Math.log10(relative))),
  };
}

/** What the stated formula can mean when its numbers are rounded ones. Numbers of leaves are meant as they stand. */
export function statedHull(inquiry: Inquiry): { readonly low: number; readonly high: number } {
  const exactNumbers = new Set<number>();
  for (let node = 0; node < inquiry.recording.count && node < 10_000; node++) {
    if (inquiry.isLeaf(node)) exactNumbers.add(Math.abs(inquiry.run.value[node]));
  }
  return hullOf(
    inquiry.question.stated,
    inquiry.run,
    (literal) => literal.integer || exactNumbers.has(Math.abs(literal.value)),
  );
}

const SIGNS: Partial<Record<OperationName, string>> = { add: '+', sub: '−', mul: '·', div: '/', pow: '^' };

/** A part of a formula in a sentence; long ones as their number. */
export function boundText(inquiry: Inquiry, bound: Bound, depth = 3): string {
  switch (bound.kind) {
    case 'literal':
      return shown(bound.literal.value);
    case 'exact':
      return shown(bound.value);
    case 'value':
      return inquiry.name(bound.node);
    case 'derivative':
      return derivativeText(inquiry, bound.of, bound.by);
    case 'updated':
      return `${inquiry.name(bound.leaf)}⁺`;
    case 'slope':
      return `${bound.operation === 'sigmoid' ? 'σ' : bound.operation}′(${boundText(inquiry, bound.of, depth - 1)})`;
    case 'apply': {
      if (depth <= 0) return '…';
      const sign = SIGNS[bound.operation];
      const parts = bound.of.map((part) => {
        const text = boundText(inquiry, part, depth - 1);
        return part.kind === 'apply' && part.of.length > 1 && sign !== undefined ? `(${text})` : text;
      });
      if (bound.operation === 'neg') return `−${parts[0]}`;
      if (sign !== undefined)
        return parts.join(sign === '·' || sign === '/' || sign === '^' ? sign : ` ${sign} `);
      return `${bound.operation === 'sigmoid' ? 'σ' : bound.operation}(${parts.join(', ')})`;
    }
  }
}
