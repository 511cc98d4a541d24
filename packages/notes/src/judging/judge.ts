import type { DiagnosticRecord } from '@backflow/language';
import type { DiagnosedMistake, Question } from '../question.ts';
import type { Claim, Convention, Report } from '../report.ts';
import type { Sheet } from '../sheet.ts';
import type { World } from '../world.ts';
import { assumptionsIn } from './assumptions.ts';
import { judgeChain } from './chain.ts';
import type { Judgement } from './judgement.ts';
import { plainConvention, recogniseConvention } from './conventions.ts';
import type { ConventionChoice } from './conventions.ts';
import { coverageOf } from './coverage.ts';
import { draftChains } from './draft.ts';
import type { ChainDraft } from './draft.ts';
import { readingsOf } from './readings.ts';
import { firstOf, inDependencyOrder } from './order.ts';
import { Page } from './page.ts';
import { isNumeric } from './setting.ts';
import { settle } from './settle.ts';
import { reasonOf, subjectText } from './wording.ts';

/** Most claims that are judged; the rest is reported unknown. */
const MOST_CLAIMS = 20_000;

export interface JudgeOptions {
  /** Names the mistake behind a wrong claim. */
  readonly diagnose?: (question: Question) => readonly DiagnosedMistake[];
  /** What is wrong with the notes' program. */
  readonly problems?: readonly DiagnosticRecord[];
}

/** Judges every claim of a sheet in the world it speaks about. */
export function judge(sheet: Sheet, world: World, options: JudgeOptions = {}): Report {
  const report = judgeIn(sheet, world, options);
  const declared = sheet.declarations.some(({ kind }) => kind === 'indices');
  if (declared || world.withIndexOrder === undefined || slipsOf(report) === 0) return report;
  // The order of indices that fits the whole page is the page's.
  for (const order of ['from-to', 'to-from'] as const) {
    const turned = world.withIndexOrder(order);
    if (turned === null || turned === world) continue;
    const other = judgeIn(sheet, turned, options);
    if (!fitsBetter(other, report)) continue;
    const claims = other.claims.flatMap((claim, index) =>
      isFine(claim) && !isFine(report.claims[index]) ? [index] : [],
    );
    const convention: Convention = { id: 'index-order', source: 'recognised', claims, choice: order };
    return { ...other, conventions: [...other.conventions, convention] };
  }
  return report;
}

/** Whether an order of indices makes two claims or more right and none wrong, and leaves fewer slips. */
function fitsBetter(turned: Report, plain: Report): boolean {
  let gained = 0;
  for (const [index, claim] of turned.claims.entries()) {
    const before = plain.claims[index];
    if (isFine(before) && !isFine(claim)) return false;
    if (isFine(claim) && !isFine(before)) gained++;
  }
  return gained >= 2 && slipsOf(turned) < slipsOf(plain);
}

function isFine({ verdict }: Claim): boolean {
  return verdict === 'right' || verdict === 'rounded';
}

function slipsOf({ claims }: Report): number {
  return claims.filter(({ verdict }) => verdict === 'wrong').length;
}

function judgeIn(sheet: Sheet, world: World, options: JudgeOptions): Report {
  const chains = draftChains(sheet, world, MOST_CLAIMS);
  const page = new Page(world, conventionOf(sheet, world, chains));
  for (const { subject } of chains) {
    if (subject?.bound.kind === 'updated') page.updates.set(subject.bound.leaf, subject.bound);
  }
  const count = chains.reduce((sum, { members }) => sum + members.length, 0);
  const judgements = Array.from<Judgement | undefined>({ length: count });
  const order: number[] = [];
  for (const draft of inDependencyOrder(chains, world)) {
    const found = judgeChain(page, draft, options.diagnose ?? (() => []));
    for (const [k, judgement] of found.entries()) {
      const { claim } = draft.members[k];
      // Of two bounds the wrong one counts.
      const before = judgements[claim];
      if (before === undefined || before.verdict === 'right') judgements[claim] = judgement;
      order.push(claim);
    }
  }
  const claims = claimsOf(sheet, world, chains, judgements);
  const subjects = new Map(
    chains.flatMap(({ subject, members }) => members.map(({ claim }) => [claim, subject?.bound ?? null])),
  );
  const slips = order
    .filter((claim) => claims[claim].verdict === 'wrong')
    .map((claim) => ({ claim, subject: subjects.get(claim) ?? null }));
  const firstWrong = firstOf(slips, world);
  return {
    text: sheet.text,
    claims,
    firstWrong,
    conventions: conventionsOf(page.convention, claims),
    coverage: coverageOf(sheet, world, chains),
    repairs: sheet.repairs,
    free: world.free,
    offer: world.offer ?? null,
    recording: world.recording,
    fromNotes: world.fromNotes,
    problems: options.problems ?? [],
  };
}

/** The convention that the page's numbers follow; none where a right formula in the same chain says otherwise. */
function conventionOf(sheet: Sheet, world: World, chains: readonly ChainDraft[]): ConventionChoice {
  const plain = plainConvention(world);
  const page = new Page(world, plain);
  const isFormulaRight = ({ subject, members, at }: ChainDraft): boolean =>
    subject !== null &&
    members.some(({ sides }) => {
      if (sides.length === 0 || isNumeric(sides[0]) || sides[0].bound.kind === 'derivative') return false;
      if (readingsOf(sides[0].bound).length > 1) return false;
      return settle({ page, subject, local: false, at, before: [] }, sides[0]).verdict === 'right';
    });
  return recogniseConvention(chains, world, sheet.declarations, isFormulaRight);
}

function conventionsOf(choice: ConventionChoice, claims: readonly Claim[]): Convention[] {
  const found: Convention[] = [];
  const under = (id: string): number[] =>
    claims.flatMap((claim, index) => (claim.convention === id ? [index] : []));
  if (choice.id !== null) {
    found.push({ id: choice.id, source: choice.source, claims: under(choice.id), choice: choice.choice });
  }
  const kinks = under('kink');
  if (kinks.length > 0) found.push({ id: 'kink', source: 'recognised', claims: kinks, choice: 'kink' });
  return found;
}

function claimsOf(
  sheet: Sheet,
  world: World,
  chains: readonly ChainDraft[],
  judgements: readonly (Judgement | undefined)[],
): Claim[] {
  const { text, repairs } = sheet;
  const lines = lineStarts(text);
  const claims: Claim[] = [];
  const assumed = assumptionsIn(world);
  for (const { index, chain, subject, members } of chains) {
    const written = oneLine(text.slice(chain.subject.from, chain.subject.to));
    for (const [k, { claim, member, unbound }] of members.entries()) {
      if (members[k + 1]?.claim === claim) continue;
      const judgement = judgements[claim];
      const isWhole = k === 0 || members[k - 1].claim === claim;
      const from = isWhole ? chain.subject.from : member.from;
      const start = Math.min(from, member.from);
      const line = lineOf(lines, member.term?.from ?? member.to);
      const shown = Math.max(start, lines[line]);
      const stated = judgement?.stated ?? textOf(text, member);
      claims.push({
        from: k > 0 && isWhole ? from : member.from,
        to: member.to,
        line: line + 1,
        column: shown - lines[line] + 1,
        text: oneLine(text.slice(shown, member.to)),
        chain: index,
        subject: subjectText(judgement?.about ?? subject?.bound ?? null, world, written),
        about: placeOf(judgement?.about ?? subject?.bound ?? null, world),
        stated,
        truth: judgement?.truth ?? null,
        verdict: judgement?.verdict ?? 'unknown',
        scope: judgement?.scope ?? null,
        convention: judgement?.convention ?? null,
        mistakes: judgement?.mistakes ?? [],
        inherits: judgement?.inherits ?? null,
        repairs:
          repairs.length === 0
            ? repairs
            : repairs.filter(
                (repair) => repair.from < member.to && repair.to > (isWhole ? chain.from : member.from),
              ),
        remarks: judgement?.remarks.concat(assumed(judgement.about ?? subject?.bound ?? null, chain)) ?? [
          reasonOf(unbound, member.problem),
        ],
      });
    }
  }
  return claims;
}

function textOf(text: string, member: Sheet['chains'][number]['members'][number]): string | null {
  return member.term === null ? null : oneLine(text.slice(member.term.from, member.term.to));
}

function placeOf(bound: Parameters<typeof subjectText>[0], world: World): Claim['about'] {
  if (bound === null) return null;
  if (bound.kind === 'value') return { node: bound.node, of: null };
  if (bound.kind === 'derivative') return { node: bound.by, of: bound.of };
  if (bound.kind === 'updated') return { node: bound.leaf, of: world.output < 0 ? null : world.output };
  if (bound.kind === 'slope' && bound.of.kind === 'value') return { node: bound.of.node, of: null };
  return null;
}

function oneLine(text: string): string {
  return (/[^\S ]|  /.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the line in which an offset lies. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
