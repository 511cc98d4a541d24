import { OPERATIONS } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { MistakeId, Where } from '../report.ts';
import type { Run } from '../run.ts';
import { evaluateBound } from '../world/evaluate.ts';
import { shown } from './inquiry.ts';
import type { Inquiry } from './inquiry.ts';
import { boundText } from './repair.ts';
import type { Repair, Task } from './repair.ts';
import { ACTIVATIONS, factorRole, isWeight, partnerOf } from './roles.ts';
import { applied, exact, sitesOf } from './sites.ts';
import type { Site } from './sites.ts';
import { namedValue, slopeName, slopeText } from './wording.ts';

/** Something that can stand in a formula, or be a factor of it. */
interface Candidate {
  readonly at: (run: Run) => number;
  readonly text: () => string;
  readonly name: string;
  readonly kind: 'weight' | 'activation' | 'leaf' | 'node' | 'slope' | 'activation-slope' | 'number';
  /** The node, or the node whose slope it is. */
  readonly node: number;
}

const MOST_CANDIDATES = 300;

/** Edits that put something else, something more or something less in one place of a formula. */
export function replacementRepairs(inquiry: Inquiry, task: Task): Repair[] {
  const candidates = candidatesOf(inquiry);
  const found: Repair[] = [];
  for (const site of sitesOf(task.formula).slice(0, 120)) {
    const factor = factorNeeded(task, site);
    if (factor !== null) found.push(...byFactor(inquiry, task, site, factor, candidates));
    found.push(...byFunction(inquiry, task, site));
    if (site.parent !== null) found.push(...byRemoval(inquiry, task, site));
  }
  return found;
}

/**
 * By what this part must be multiplied so that the formula gives what is wanted, at each point; null where the formula is
 * not linear in it.
 */
function factorNeeded(
  { runs, wanted }: Task,
  site: Site,
): readonly { readonly by: number; readonly part: number; readonly slope: number }[] | null {
  const doubled = site.replace(applied('mul', exact(2), site.part));
  const tripled = site.replace(applied('mul', exact(3), site.part));
  const found: { by: number; part: number; slope: number }[] = [];
  for (const [index, run] of runs.entries()) {
    const part = evaluateBound(site.part, run);
    const once = evaluateBound(site.replace(site.part), run);
    const slope = evaluateBound(doubled, run) - once;
    const again = evaluateBound(tripled, run) - once;
    const bent = Math.abs(again - 2 * slope) > 1e-9 * (Math.abs(again) + Math.abs(once));
    if (!Number.isFinite(slope) || slope === 0 || bent) return null;
    found.push({ by: 1 + (wanted[index] - once) / slope, part, slope: Math.abs(slope) });
  }
  return found;
}

function byFactor(
  inquiry: Inquiry,
  task: Task,
  site: Site,
  needed: NonNullable<ReturnType<typeof factorNeeded>>,
  candidates: readonly Candidate[],
): Repair[] {
  const { way, runs, tolerance } = task;
  const found: Repair[] = [];
  /** True where a factor that depends on the point is the one needed. */
  const is = (factor: (run: Run, index: number) => number): boolean =>
    runs.every((run, index) => {
      const off = Math.abs(factor(run, index) - needed[index].by);
      return off <= tolerance / needed[index].slope + 1e-9 * Math.abs(needed[index].by);
    });
  if (is(() => 1)) return found;
  const before = boundText(inquiry, site.part);
  const words = (after: () => string) => () =>
    way === 'mend' ? { found: before, due: after() } : { found: after(), due: before };

  const top = site.parent === null;
  for (const factor of [2, 0.5]) {
    if (is(() => factor)) {
      found.push({
        id: 'factor-two',
        weight: top ? 0 : 1,
        words: () => ({ factor: factor === 2 ? '2' : '½' }),
      });
    }
  }
  for (const count of top && task.digits >= 3 ? [3, 4, 5, 6, 7, 8, 9, 10] : []) {
    const wrong = way === 'mend' ? count : 1 / count;
    // Something must be there to be counted.
    const weight = countsIn(task.formula).has(count) ? 0 : 14;
    const said = (): { readonly count: string } => ({ count: String(count) });
    if (is(() => wrong)) found.push({ id: 'mean-for-sum', weight, words: said });
    if (is(() => 1 / wrong)) found.push({ id: 'sum-for-mean', weight, words: said });
  }
  const inputs = new Set(
    inquiry.pathEdges
      .filter((edge) => factorRole(inquiry, edge) === 'input')
      .map((edge) => partnerOf(inquiry, edge)?.node ?? -1),
  );
  // What has few digits agrees with many names.
  if (task.digits < 3) return found;
  for (const candidate of candidates) {
    if (
      way === 'mend' &&
      (top || site.parent?.operation === 'add' || site.parent?.operation === 'sub') &&
      is((run) => candidate.at(run))
    ) {
      found.push({
        id: missingId(candidate, inputs),
        weight: top ? 0 : 1,
        words: () => ({ due: candidate.text() }),
        where: placeOf(candidate),
      });
    }
    if (way === 'mend' && top && is((run) => 1 / candidate.at(run))) {
      found.push({
        id: 'missing-factor',
        weight: 1,
        words: () => ({ due: `1/${candidate.name}` }),
        where: placeOf(candidate),
      });
    }
    if (site.part.kind === 'apply' && !isFunction(site.part)) continue;
    if (site.part.kind === 'literal' || site.part.kind === 'exact') continue;
    if (is((run, index) => candidate.at(run) / needed[index].part)) {
      const id = replacedId(inquiry, way, site.part, candidate);
      if (id !== null) found.push({ id, weight: 0, words: words(candidate.text), where: placeOf(candidate) });
    }
  }
  return found;
}

/** Numbers of terms of the sums in a formula, and the numbers it divides by. */
function countsIn(formula: Bound): ReadonlySet<number> {
  const counts = new Set<number>();
  for (const { part, parent } of sitesOf(formula)) {
    if (part.kind === 'literal' && part.literal.integer && parent?.operation === 'div' && parent.slot === 1)
      counts.add(part.literal.value);
    if (part.kind !== 'apply' || (part.operation !== 'add' && part.operation !== 'sum')) continue;
    if (part.operation === 'sum') counts.add(part.of.length);
    if (parent?.operation === 'add') continue;
    let terms = 1;
    for (let at: Bound = part; at.kind === 'apply' && at.operation === 'add'; at = at.of[0]) terms++;
    counts.add(terms);
  }
  return counts;
}

function isFunction(bound: Bound): boolean {
  return (
    bound.kind === 'slope' ||
    (bound.kind === 'apply' && OPERATIONS[bound.operation].arity === 1 && bound.operation !== 'neg')
  );
}

function placeOf({ node, kind }: Candidate): readonly Where[] {
  return node < 0 ? [] : [{ node, slot: kind === 'slope' || kind === 'activation-slope' ? 0 : null }];
}

function missingId({ kind, node }: Candidate, inputs: ReadonlySet<number>): MistakeId {
  if (kind === 'weight') return 'missing-weight';
  if (kind === 'activation-slope') return 'missing-activation-derivative';
  return inputs.has(node) ? 'missing-input' : 'missing-factor';
}

/** What it is called when one thing stands in another's place; `part` is what stands in the formula. */
function replacedId(inquiry: Inquiry, way: Task['way'], part: Bound, candidate: Candidate): MistakeId | null {
  const there = kindOf(inquiry, part);
  const other = { kind: candidate.kind, node: candidate.node };
  const [wrong, right] = way === 'mend' ? [there, other] : [other, there];
  if (wrong.kind === right.kind && wrong.node === right.node) return null;
  if (right.kind === 'activation-slope') {
    if (wrong.kind === 'activation-slope') return 'derivative-at-wrong-argument';
    return wrong.kind === 'activation' && (wrong.node === right.node || wrong.node < 0 || right.node < 0)
      ? 'activation-for-derivative'
      : null;
  }
  if (right.kind === 'slope') return wrong.kind === 'number' ? 'wrong-constant' : 'value-for-derivative';
  if (wrong.kind === 'activation-slope' || wrong.kind === 'slope') return null;
  if (wrong.kind === 'weight' && right.kind === 'weight') return 'transposed-weight';
  if (
    wrong.kind === 'activation' &&
    right.node >= 0 &&
    wrong.node > right.node &&
    dependsOn(inquiry, wrong.node, right.node)
  ) {
    return 'own-activation';
  }
  return 'wrong-name';
}

function kindOf(inquiry: Inquiry, part: Bound): { readonly kind: Candidate['kind']; readonly node: number } {
  if (part.kind === 'value') return { kind: nodeKind(inquiry, part.node), node: part.node };
  if (part.kind === 'slope')
    return { kind: ACTIVATIONS.has(part.operation) ? 'activation-slope' : 'slope', node: -1 };
  if (part.kind === 'derivative') {
    const operation = inquiry.operationOf(part.of);
    const slope = operation !== 'leaf' && ACTIVATIONS.has(operation) && part.slots.length > 0;
    return { kind: slope ? 'activation-slope' : 'slope', node: part.of };
  }
  if (part.kind === 'apply' && ACTIVATIONS.has(part.operation)) return { kind: 'activation', node: -1 };
  return { kind: 'node', node: -1 };
}

function nodeKind(inquiry: Inquiry, node: number): Candidate['kind'] {
  const operation = inquiry.operationOf(node);
  if (operation === 'leaf') return isWeight(inquiry, node) ? 'weight' : 'leaf';
  return ACTIVATIONS.has(operation) ? 'activation' : 'node';
}

function dependsOn(inquiry: Inquiry, node: number, on: number): boolean {
  return inquiry.run.tangent(on)[node] !== 0 || inquiry.world.sample(0)?.tangent(on)[node] !== 0;
}

function candidatesOf(inquiry: Inquiry): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const node of inquiry.recording.names.keys()) {
    if (found.length >= MOST_CANDIDATES) break;
    found.push({
      at: (run) => run.value[node],
      text: () => namedValue(inquiry, node),
      name: inquiry.name(node),
      kind: nodeKind(inquiry, node),
      node,
    });
  }
  const { inputStart, inputs, count } = inquiry.recording;
  for (let node = 0; node < count && found.length < 2 * MOST_CANDIDATES; node++) {
    const operation = inquiry.operationOf(node);
    if (operation === 'leaf') continue;
    const table = OPERATIONS[operation];
    const edge = inputStart[node];
    const active = ACTIVATIONS.has(operation);
    if (table.arity !== 1 && operation !== 'pow' && !active) continue;
    if (operation === 'neg' || inputs[edge] < 0) continue;
    const path = { edge, node, slot: 0, input: inputs[edge], operation };
    found.push({
      at: (run) => run.local[edge],
      text: () => slopeText(inquiry, path),
      name: `(${slopeName(inquiry, path)})`,
      kind: active ? 'activation-slope' : 'slope',
      node,
    });
  }
  // Products of the path that have no name of their own.
  for (const path of inquiry.pathEdges) {
    if (found.length >= 3 * MOST_CANDIDATES) break;
    if (factorRole(inquiry, path) !== 'constant') continue;
    found.push({
      at: (run) => run.local[path.edge],
      text: () => shown(inquiry.run.local[path.edge]),
      name: shown(inquiry.run.local[path.edge]),
      kind: 'number',
      node: -1,
    });
  }
  return found;
}

/** σ for σ′ and back, and σ′ at another argument, where the formula is not linear in them too. */
function byFunction(inquiry: Inquiry, task: Task, site: Site): Repair[] {
  const { part } = site;
  const found: Repair[] = [];
  const attempt = (id: MistakeId, weight: number, by: Bound): void => {
    const edited = site.replace(by);
    if (!task.fits((run) => evaluateBound(edited, run))) return;
    const [before, after] = [boundText(inquiry, part), boundText(inquiry, by)];
    found.push({
      id,
      weight,
      words: () => (task.way === 'mend' ? { found: before, due: after } : { found: after, due: before }),
    });
  };
  if (part.kind === 'apply' && part.of.length === 1 && part.operation !== 'neg') {
    const slope: Bound = { kind: 'slope', operation: part.operation, of: part.of[0] };
    const active = ACTIVATIONS.has(part.operation);
    if (task.way === 'mend') attempt(active ? 'activation-for-derivative' : 'value-for-derivative', 0, slope);
    else if (active) attempt('activation-for-derivative', 2, slope);
  }
  if (part.kind !== 'slope') return found;
  const active = ACTIVATIONS.has(part.operation);
  attempt(
    active ? 'activation-for-derivative' : 'value-for-derivative',
    task.way === 'spoil' ? 0 : 2,
    applied(part.operation, part.of),
  );
  let tried = 0;
  for (const node of inquiry.recording.names.keys()) {
    if (++tried > 100) break;
    attempt('derivative-at-wrong-argument', 1, { ...part, of: { kind: 'value', node } });
  }
  return found;
}

/** One operand too many, or (in a wrong number) one that was left out. */
function byRemoval(inquiry: Inquiry, task: Task, site: Site): Repair[] {
  const { part, parent } = site;
  if (parent === null || parent.bound.kind !== 'apply') return [];
  const { operation, slot } = parent;
  const product = operation === 'mul' || operation === 'prod' || (operation === 'div' && slot === 1);
  const power = operation === 'pow' && slot === 1;
  const sum = operation === 'add' || (operation === 'sub' && slot === 1) || operation === 'sum';
  if (!product && !power && !sum) return [];
  const edited = site.replace(exact(sum ? 0 : 1));
  if (!task.fits((run) => evaluateBound(edited, run))) return [];
  const text = boundText(inquiry, part);
  if (task.way === 'spoil') {
    const { kind } = kindOf(inquiry, part);
    const id: MistakeId =
      part.kind === 'literal' && (part.literal.value === 2 || part.literal.value === 0.5)
        ? 'factor-two'
        : sum
          ? 'missing-input'
          : kind === 'weight'
            ? 'missing-weight'
            : kind === 'activation-slope'
              ? 'missing-activation-derivative'
              : 'missing-factor';
    return [{ id, weight: 0, words: () => ({ due: text }) }];
  }
  const twice = parent.bound.of.some((other, at) => at !== slot && boundText(inquiry, other) === text);
  if (twice || sum) return [{ id: 'double-counted', weight: 0, words: () => ({ via: text }) }];
  return [
    {
      id: part.kind === 'literal' ? 'wrong-constant' : 'wrong-name',
      weight: 2,
      words: () => ({ found: text, due: '1' }),
    },
  ];
}
