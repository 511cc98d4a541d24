import { operationOf, OPERATIONS } from '@backflow/engine';
import { formatNumber, nameToText } from '@backflow/print';
import type { Bound } from '../bound.ts';
import type { Mistake } from '../report.ts';
import type { Chain, Relation } from '../sheet.ts';
import type { Term } from '../term.ts';
import { evaluateBound } from '../world/evaluate.ts';
import type { Side } from './draft.ts';
import { makeupOf, visit } from './literals.ts';
import { isNoise } from './numbers.ts';
import { SAMPLES } from './page.ts';
import type { Page } from './page.ts';
import type { Setting, Settled } from './setting.ts';
import { isNumeric } from './setting.ts';

/** Numbers that a leaf is tried at: where functions bend, and far out, but not so far that they have run out of digits. */
const NEAR = [
  -8, -5, -3, -2, -1.5, -1, -0.75, -0.5, -0.25, -0.1, 0, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8,
];
/** Where a limit shows, if there is one. */
const FAR = [-1e6, -700, -40, 40, 700, 1e6];

export function isInequality(relation: Relation): boolean {
  return relation === '<' || relation === '≤' || relation === '>' || relation === '≥' || relation === '≠';
}

/** `-1 ≤ z ≤ 1`: one claim about z, not two. */
export function isDoubleBound({ subject, members }: Chain): boolean {
  const isNumber = (term: Term | null): boolean =>
    term !== null && makeupOf(term).form !== 'symbolic' && makeupOf(term).form !== 'mixed';
  return (
    members.length === 2 &&
    members.every(({ relation, term }) => term !== null && isInequality(relation)) &&
    isNumber(subject) &&
    !isNumber(members[0].term) &&
    isNumber(members[1].term)
  );
}

const MIRRORED: Partial<Record<Relation, Relation>> = { '<': '>', '>': '<', '≤': '≥', '≥': '≤' };

function holds(relation: Relation, left: number, right: number): boolean {
  const same = isNoise(left, right, 1e-6);
  if (relation === '≠') return !same;
  if (relation === '≤') return left < right || same;
  if (relation === '≥') return left > right || same;
  return relation === '<' ? left < right && !same : left > right && !same;
}

/** Judges `left relation right`: numbers at once; what has names over its whole range. */
export function settleInequality(
  setting: Setting,
  left: Side,
  relation: Relation,
  right: Side,
  remark: string,
): Settled {
  const { page, at } = setting;
  const run = page.run(at);
  const settled = (
    verdict: Settled['verdict'],
    scope: Settled['scope'],
    truth: number,
    more: Partial<Settled> = {},
  ): Settled => ({ verdict, scope, truth, mistakes: [], remarks: [], ...more });

  if (isNumeric(left) && isNumeric(right)) {
    const [a, b] = [evaluateBound(left.bound, run), evaluateBound(right.bound, run)];
    if (Number.isNaN(a) || Number.isNaN(b)) return settled('unknown', null, NaN);
    const truth = left.printed === null ? a : b;
    return holds(relation, a, b)
      ? settled('right', null, truth)
      : settled('wrong', null, truth, {
          mistakes: [rangeMistake({ found: `${relation} ${formatNumber(b)}`, value: formatNumber(a) })],
        });
  }

  const named = isNumeric(left) ? right : left;
  const wide = rangeOf(page, left.bound, right.bound, relation, named.bound);
  if (wide.usable === 0)
    return settled('unknown', null, NaN, { remarks: [{ code: 'no-samples', data: {} }] });
  if (wide.violated === null) {
    const remarks = wide.inLimit ? [{ code: 'bound-in-limit', data: {} }] : [];
    return settled('right', 'everywhere', NaN, { remarks });
  }
  const [a, b] = [page.plainTruthOf(left.bound, false, at), page.plainTruthOf(right.bound, false, at)];
  const about = functionOf(remark);
  const isPoint = Number.isFinite(a) && Number.isFinite(b);
  if (isPoint && about === null && holds(relation, a, b))
    return settled('right', 'point', named === left ? a : b);
  if (!isPoint && about === null && isAssumption(page, left.bound, right.bound, relation, named.bound))
    return settled('right', null, NaN, { remarks: [{ code: 'assumed', data: {} }] });
  const data: Record<string, string> = {
    found:
      named === left
        ? `${relation} ${formatNumber(evaluateBound(right.bound, run))}`
        : `${MIRRORED[relation] ?? relation} ${formatNumber(evaluateBound(left.bound, run))}`,
    due: intervalText(wide),
  };
  if (named.bound.kind === 'value') data.subject = nameToText(page.world.nameOf(named.bound.node));
  if (about !== null) data.function = about;
  return settled('wrong', null, NaN, { mistakes: [rangeMistake(data)] });
}

/** Functions whose range is often written for what they are taken of: `-1 ≤ z ≤ 1` beside a = tanh(z). */
const BOUNDED: ReadonlySet<string> = new Set(['sigmoid', 'tanh', 'sin', 'cos']);

/**
 * True for a bound on a name that has no number and no formula: `0 < p < 1` says what is assumed of p. Not where it is the
 * range of a function that the page takes of that name.
 */
function isAssumption(page: Page, left: Bound, right: Bound, relation: Relation, named: Bound): boolean {
  if (named.kind !== 'value') return false;
  const { recording } = page.world;
  const { inputStart, inputs } = recording;
  const leaf = named.node;
  if (inputStart[leaf] !== inputStart[leaf + 1]) return false;
  for (let node = leaf + 1; node < recording.count; node++) {
    const operation = operationOf(recording, node);
    if (operation === null || !BOUNDED.has(operation.name) || inputs[inputStart[node]] !== leaf) continue;
    const taken: Bound = { kind: 'value', node };
    const [a, b] = named === left ? [taken, right] : [left, taken];
    if (rangeOf(page, a, b, relation, taken).violated === null) return false;
  }
  return true;
}

function rangeMistake(data: Readonly<Record<string, string>>): Mistake {
  return { id: 'wrong-range', gives: null, where: [], data };
}

/** The function that a remark names: `tanh` behind `-1 ≤ z ≤ 1`. */
function functionOf(remark: string): string | null {
  for (const word of remark.match(/[a-zA-Zσ]+/g) ?? []) {
    if (word === 'σ') return 'sigmoid';
    if (Object.hasOwn(OPERATIONS, word) && word !== 'leaf') return word;
  }
  return null;
}

/** From where to where; what was as far as numbers were tried is taken for unbounded. */
function intervalText({ low, high }: Range): string {
  const far = FAR.at(-1)!;
  const from = low <= -far ? '(−∞' : `[${formatNumber(low)}`;
  return `${from}, ${high >= far ? '∞)' : `${formatNumber(high)}]`}`;
}

interface Range {
  readonly usable: number;
  /** A pair of numbers for which the relation does not hold. */
  readonly violated: readonly [number, number] | null;
  /** Bounds of the side with names. */
  readonly low: number;
  readonly high: number;
  /** True where `≤` could be `<`: the bound is only approached. */
  readonly inLimit: boolean;
}

function rangeOf(page: Page, left: Bound, right: Bound, relation: Relation, named: Bound): Range {
  const { world } = page;
  const leaves = leavesBehind(page, [left, right]);
  let usable = 0;
  let violated: [number, number] | null = null;
  let low = Infinity;
  let high = -Infinity;
  let attained = false;
  let approached = false;
  const check = (values: ReadonlyMap<number, number>, base: number | null, far: boolean): void => {
    const run = base === null ? world.run({ values }) : world.sample(base, { values });
    if (run === null) return;
    const [a, b] = [evaluateBound(left, run), evaluateBound(right, run)];
    const number = evaluateBound(named, run);
    if (Number.isNaN(a) || Number.isNaN(b)) return;
    if (far) {
      // Functions have run out of digits here: only a plain violation counts.
      if (isNoise(a, b, 1)) approached = true;
      else if (!holds(relation, a, b)) violated ??= [a, b];
    } else {
      if (a === b || isNoise(a, b)) attained = true;
      if (!holds(relation, a, b)) violated ??= [a, b];
      usable++;
    }
    low = Math.min(low, number);
    high = Math.max(high, number);
  };
  for (let index = 0; index < SAMPLES; index++) check(new Map(), index, false);
  for (const leaf of leaves.slice(0, 6)) {
    for (const value of NEAR) check(new Map([[leaf, value]]), 0, false);
    for (const value of FAR) check(new Map([[leaf, value]]), 0, true);
  }
  return { usable, violated, low, high, inLimit: !attained && approached };
}

/** Leaves, and free names, on which formulas depend. */
export function leavesBehind({ world }: Page, bounds: readonly Bound[]): number[] {
  const { recording } = world;
  const behind = new Uint8Array(recording.count);
  for (const bound of bounds) {
    visit(bound, (part) => {
      if (part.kind === 'value') behind[part.node] = 1;
      else if (part.kind === 'derivative') behind[part.of] = 1;
    });
  }
  for (let node = recording.count - 1; node >= 0; node--) {
    if (behind[node] !== 1) continue;
    for (let edge = recording.inputStart[node]; edge < recording.inputStart[node + 1]; edge++) {
      if (recording.inputs[edge] >= 0) behind[recording.inputs[edge]] = 1;
    }
  }
  const leaves: number[] = [];
  for (let node = 0; node < recording.count; node++) {
    if (behind[node] === 1 && recording.inputStart[node] === recording.inputStart[node + 1])
      leaves.push(node);
  }
  return leaves;
}
