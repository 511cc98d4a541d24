import { operationOf } from '@backflow/engine';
import type { Bound } from '../bound.ts';
import type { ConventionId } from '../report.ts';
import type { Run } from '../run.ts';
import type { Declaration } from '../sheet.ts';
import { isLoss, isSquared } from '../loss.ts';
import type { World } from '../world.ts';
import { evaluateBound } from '../world/evaluate.ts';
import type { ChainDraft } from './draft.ts';
import { ALL_ROUNDED } from './exact.ts';
import { baseNamed, formulaEvidence } from './formula-evidence.ts';
import type { Evidence } from './formula-evidence.ts';
import { keyOf } from './literals.ts';
import { termsOf } from './noise.ts';
import { isNear, isNoise, isRight } from './numbers.ts';
import { isWithin, literalHull } from './rounding.ts';

/** What the numbers about the loss are multiplied by under the page's convention, and its name. */
export interface ConventionChoice {
  readonly id: ConventionId | null;
  readonly source: 'declared' | 'recognised';
  /** Key of the messages: which way. */
  readonly choice: string;
  /** Factor of derivatives of the loss, and of its value. */
  readonly derivative: number;
  readonly value: number;
  /** The loss and what it is added up from. */
  readonly losses: ReadonlySet<number>;
}

export function plainConvention(world: World): ConventionChoice {
  return {
    id: null,
    source: 'recognised',
    choice: '',
    derivative: 1,
    value: 1,
    losses: lossesOf(world),
  };
}

/** What a number about this is multiplied by under a convention. */
export function factorOf(bound: Bound, convention: ConventionChoice): number {
  if (convention.id === null) return 1;
  if (bound.kind === 'value') return convention.losses.has(bound.node) ? convention.value : 1;
  if (bound.kind !== 'derivative' || bound.negative === true) return 1;
  return convention.losses.has(bound.of) && !convention.losses.has(bound.by) ? convention.derivative : 1;
}

/** The output and its additive parts: E_total, E_o1, E_o2. */
function lossesOf({ recording, output }: World): Set<number> {
  const losses = new Set<number>();
  if (output < 0) return losses;
  const waiting = [output];
  for (let node = waiting.pop(); node !== undefined && losses.size < 2000; node = waiting.pop()) {
    if (losses.has(node)) continue;
    losses.add(node);
    const name = operationOf(recording, node)?.name;
    if (name === undefined || !ADDING.has(name)) continue;
    for (let edge = recording.inputStart[node]; edge < recording.inputStart[node + 1]; edge++) {
      const input = recording.inputs[edge];
      if (input >= 0 && operationOf(recording, input) !== null) waiting.push(input);
    }
  }
  return losses;
}

const ADDING: ReadonlySet<string> = new Set(['add', 'sum', 'signedSum', 'mean']);

/** The convention that explains the numbers of a page, where one does: every sign turned, everything halved. */
export function recogniseConvention(
  chains: readonly ChainDraft[],
  world: World,
  declarations: readonly Declaration[],
  isFormulaRight: (chain: ChainDraft) => boolean,
): ConventionChoice {
  const plain = plainConvention(world);
  if (world.output < 0) return plain;
  const evidence = evidenceOf(chains, world, plain, isFormulaRight);
  const formulas = formulaEvidence(chains, world, plain.losses);
  const isExplained = ({ agrees, truth }: Evidence): boolean => agrees(truth);
  // Nothing to explain.
  if (evidence.every(isExplained) && formulas.every(isExplained)) return plain;
  // A right formula for the loss says which loss is meant.
  const isDefined = chains.some(
    (draft) =>
      draft.subject?.bound.kind === 'value' &&
      draft.subject.bound.node === world.output &&
      isFormulaRight(draft),
  );
  const candidates = candidatesOf(world, plain).filter(({ value }) => value === 1 || !isDefined);
  const said = declarations.flatMap((declaration) =>
    declaration.kind === 'convention' ? [declaration.convention] : [],
  );
  let best = plain;
  let most = 0;
  for (const candidate of candidates) {
    const declared = said.some((text) => speaksOf(text, candidate.id!));
    const gain = gainOf(candidate, evidence, declared, world);
    if (gain <= most) continue;
    most = gain;
    best = declared ? { ...candidate, source: 'declared' } : candidate;
  }
  if (best !== plain || formulas.every(isExplained)) return best;
  const base = baseNamed(chains, world);
  const all = [...evidence, ...formulas];
  for (const candidate of candidates) {
    const declared = candidate.choice === base || said.some((text) => speaksOf(text, candidate.id!));
    if (candidate.id !== 'half' && candidate.id !== 'log-base') continue;
    if (candidate.id === 'log-base' && !declared) continue;
    if (all.some(isExplained) || gainOf(candidate, all, declared, world) < (declared ? 1 : 2)) continue;
    if (!declared && !isSquaredLoss(world)) continue;
    return declared ? { ...candidate, source: 'declared' } : candidate;
  }
  return plain;
}

function isSquaredLoss({ recording, output }: World): boolean {
  for (let node = 0; node <= output; node++)
    if (operationOf(recording, node)?.name === 'sub' && isSquared(recording, node)) return true;
  return false;
}

function speaksOf(text: string, id: ConventionId): boolean {
  return text === id || text.startsWith(`${id}:`) || WORDS[id].test(text);
}

/** Whether one slip at one edge explains all derivatives, the one that stands out too: then no convention is followed. */
function isOneSlip(factor: number, evidence: readonly Evidence[], world: World): boolean {
  const { inputs } = world.recording;
  if (inputs.length > MOST_EDGES) return false;
  const derivatives = evidence.filter(({ derivative }) => derivative);
  for (let edge = 0; edge < inputs.length; edge++) {
    if (inputs[edge] < 0) continue;
    const slipped = world.run({ slips: new Map([[edge, (_run, _edge, local) => factor * local]]) });
    if (derivatives.every(({ bound, agrees }) => agrees(evaluateBound(bound, slipped)))) return true;
  }
  return false;
}

const MOST_EDGES = 2000;

const WORDS: Record<ConventionId, RegExp> = {
  half: /half|½|1\/2/i,
  mean: /mean|average|sum|batch/i,
  'difference-order': /order|target|difference|[ty] ?[-−] ?[aoy]|[ao] ?[-−] ?[ty]/i,
  'negative-gradient': /negative|minus|−∇|-∇|descent/i,
  'index-order': /ind/i,
  'log-base': /log/i,
  kink: /kink|relu/i,
};

/** How many numbers become right; 0 where a convention does not explain the page. */
function gainOf(
  candidate: ConventionChoice,
  evidence: readonly Evidence[],
  declared: boolean,
  world: World,
): number {
  // What is said twice about one thing is said once.
  const about = { all: new Set<string>(), turned: new Set<string>(), kept: new Set<string>() };
  for (const { bound, derivative, truth, agrees, settled } of evidence) {
    const factor = derivative ? candidate.derivative : candidate.value;
    const key = keyOf(bound);
    if (derivative) about.all.add(key);
    if (factor === 1) continue;
    const asIs = agrees(truth);
    const other = agrees(truth * factor);
    if (asIs && other) continue;
    if (other && settled()) return 0;
    if (other) about.turned.add(key);
    // The loss itself is not scaled: then neither are its derivatives.
    else if (asIs && !derivative) return 0;
    else if (asIs) about.kept.add(key);
  }
  const [derivatives, turned, kept] = [about.all.size, about.turned.size, about.kept.size];
  if (declared) return turned > kept ? turned : 0;
  if (kept > 0 && !(turned >= 4 && kept === 1 && !isOneSlip(candidate.derivative, evidence, world))) return 0;
  if (turned * 2 <= derivatives || !isLoss(world)) return 0;
  if (turned >= 2) return turned;
  return turned === 1 && candidate.id === 'negative-gradient' && isWrittenTargetFirst(world, evidence)
    ? 1
    : 0;
}

/** A single turned sign is a convention only where target − output stands in the loss, and the claim is about a leaf. */
function isWrittenTargetFirst({ recording, output }: World, evidence: readonly Evidence[]): boolean {
  for (const { bound, derivative } of evidence) {
    if (derivative && bound.kind === 'derivative' && operationOf(recording, bound.by) !== null) return false;
  }
  for (let node = 0; node <= output; node++) {
    if (operationOf(recording, node)?.name !== 'sub') continue;
    const edge = recording.inputStart[node];
    const [first, second] = [recording.inputs[edge], recording.inputs[edge + 1]];
    const isLeaf = (entry: number): boolean => entry < 0 || operationOf(recording, entry) === null;
    if (isLeaf(first) && second >= 0 && operationOf(recording, second) !== null && isSquared(recording, node))
      return true;
  }
  return false;
}

function candidatesOf(world: World, plain: ConventionChoice): ConventionChoice[] {
  const { recording, output } = world;
  const made = (id: ConventionId, choice: string, derivative: number, value: number): ConventionChoice => ({
    ...plain,
    id,
    choice,
    derivative,
    value,
  });
  const found = [
    made('negative-gradient', 'negative-gradient', -1, 1),
    made('half', 'with-half', 0.5, 0.5),
    made('half', 'without-half', 2, 2),
  ];
  const parts = partsOf(recording, output);
  const whole = operationOf(recording, output)?.name;
  const isMean = whole === 'mean' || whole === 'div' || whole === 'mul';
  if (parts > 1) {
    if (isMean) found.push(made('mean', 'sum', parts, parts));
    else found.push(made('mean', 'mean', 1 / parts, 1 / parts));
  }
  if (usesLog(recording)) {
    found.push(made('log-base', 'log-base-2', 1 / Math.LN2, 1 / Math.LN2));
    found.push(made('log-base', 'log-base-10', 1 / Math.LN10, 1 / Math.LN10));
  }
  return found;
}

/** How many terms the loss is added up from. */
function partsOf(recording: World['recording'], output: number): number {
  let node = output;
  const name = operationOf(recording, node)?.name;
  if (name === 'div' || name === 'mul') {
    const start = recording.inputStart[node];
    node = Math.max(recording.inputs[start], recording.inputs[start + 1]);
    if (node < 0) return 1;
  }
  let parts = 0;
  const waiting = [node];
  for (let at = waiting.pop(); at !== undefined && parts < 1000; at = waiting.pop()) {
    const operation = operationOf(recording, at)?.name;
    if (operation !== undefined && ADDING.has(operation)) {
      for (let edge = recording.inputStart[at]; edge < recording.inputStart[at + 1]; edge++) {
        if (recording.inputs[edge] >= 0) waiting.push(recording.inputs[edge]);
      }
    } else parts++;
  }
  return parts;
}

function usesLog(recording: World['recording']): boolean {
  for (let node = 0; node < recording.count; node++) {
    const name = operationOf(recording, node)?.name;
    if (name === 'log' || name === 'xlogx' || name === 'logsumexp') return true;
  }
  return false;
}

/** The run with the page's own values, where some of them are wrong: they then explain its derivatives, and nothing else. */
function runOfWrongValues(
  chains: readonly ChainDraft[],
  world: World,
  { losses }: ConventionChoice,
): Run | null {
  const values = new Map<number, number>();
  let wrong = false;
  for (const { subject, members, at } of chains) {
    if (subject?.bound.kind !== 'value' || losses.has(subject.bound.node) || at !== null) continue;
    const printed = members.at(-1)?.sides[0]?.printed ?? null;
    if (printed === null || world.known[subject.bound.node] !== 1) continue;
    values.set(subject.bound.node, printed.value);
    const due = world.run().value[subject.bound.node];
    if (!isRight(printed, due) && !isNear(printed, due)) wrong = true;
  }
  return wrong ? world.run({ values }) : null;
}

function evidenceOf(
  chains: readonly ChainDraft[],
  world: World,
  plain: ConventionChoice,
  isFormulaRight: (chain: ChainDraft) => boolean,
): Evidence[] {
  const found: Evidence[] = [];
  const run = world.run();
  const own = runOfWrongValues(chains, world, plain);
  for (const draft of chains) {
    const bound = draft.subject?.bound;
    if (bound === undefined || draft.at !== null) continue;
    const derivative = bound.kind === 'derivative';
    if (derivative && (bound.negative === true || !plain.losses.has(bound.of) || plain.losses.has(bound.by)))
      continue;
    if (!derivative && !(bound.kind === 'value' && plain.losses.has(bound.node))) continue;
    const truth = evaluateBound(bound, run);
    if (!Number.isFinite(truth) || isNoise(truth, 0, termsOf(bound, run))) continue;
    let formulaRight: boolean | null = null;
    const carried = own === null ? NaN : evaluateBound(bound, own);
    for (const { sides, member } of draft.members) {
      if (sides.length === 0 || (member.relation !== '=' && member.relation !== '≈')) continue;
      const { printed, form, bound: stated } = sides[0];
      if (printed === null && form !== 'numbers') continue;
      const agrees =
        printed !== null
          ? (number: number) => isRight(printed, number) || isNear(printed, number)
          : (number: number) => isWithin(literalHull(stated, run, 'rounded', ALL_ROUNDED), number);
      const settled = (): boolean => agrees(carried) || (formulaRight ??= isFormulaRight(draft));
      found.push({ bound, derivative, truth, agrees, settled });
    }
  }
  return found;
}
