import type { DiagnosedMistake, Question, Sibling } from '../question.ts';
import type { Mistake, NoteVerdict } from '../report.ts';
import { evaluateBound } from '../world/evaluate.ts';
import type { ChainDraft, MemberDraft, Side } from './draft.ts';
import { factorOf } from './conventions.ts';
import { inheritance } from './following.ts';
import type { Judged } from './following.ts';
import { isProportional } from './formulas.ts';
import { asJudgement, nothing, tidy } from './judgement.ts';
import type { Judgement } from './judgement.ts';
import { kinkBehind } from './kinks.ts';
import { remember } from './memory.ts';
import { literalsOf } from './literals.ts';
import { isNear, isNoise, isRight } from './numbers.ts';
import { isAmbiguous } from './readings.ts';
import type { Page } from './page.ts';
import { lossForDerivative } from './plain.ts';
import { isInequality, settleInequality } from './ranges.ts';
import { isNumeric } from './setting.ts';
import type { Setting, Settled } from './setting.ts';
import { settle } from './settle.ts';
import { suspectsOf } from './suspects.ts';
import { judgeBounds, judgeVector } from './vectors.ts';
import { reasonOf, truthText } from './wording.ts';

type Diagnose = (question: Question) => readonly DiagnosedMistake[];

/** Changes of one mistake that are remembered, so that the same slip further down is inherited. */
const MOST_SLIPS = 6;

/** Judges the members of a chain from left to right, and remembers what they state. */
export function judgeChain(page: Page, draft: ChainDraft, diagnose: Diagnose): Judgement[] {
  const { subject } = draft;
  if (subject === null && draft.elements === null) return judgeWithoutSubject(page, draft, diagnose);
  return judgeMembers(page, draft, subject, draft.members, diagnose);
}

/** `foo = 0.5·0.4 = 0.2`: what foo is nobody knows, but the calculation can be checked. */
function judgeWithoutSubject(page: Page, draft: ChainDraft, diagnose: Diagnose): Judgement[] {
  const first = draft.members.findIndex(({ sides }) => sides.length > 0);
  const unknown = draft.members.map((member) => unknownName(page, draft, member));
  if (first < 0 || draft.members.slice(0, first + 1).some(({ member }) => isInequality(member.relation)))
    return unknown;
  const rest = draft.members.slice(first + 1);
  const calculation = draft.members[first].sides[0];
  const judged = judgeMembers(page, draft, calculation, rest, diagnose);
  // A new name, and what it stands for from here on.
  const isDefinition =
    first === 0 &&
    calculation.form === 'numbers' &&
    draft.unbound?.code === 'unknown-name' &&
    draft.unbound.suggestion === null;
  if (isDefinition) unknown[0] = { ...unknown[0], verdict: 'right', remarks: [] };
  return [...unknown.slice(0, first + 1), ...judged];
}

function unknownName(page: Page, draft: ChainDraft, member: MemberDraft): Judgement {
  const remarks = [reasonOf(draft.unbound ?? member.unbound, member.member.problem)];
  const base = { ...nothing(member), remarks };
  const loss =
    member.member.term === null ? null : lossForDerivative(draft.chain.subject, member.member.term);
  if (loss !== null) return { ...base, verdict: 'wrong', mistakes: [loss], remarks: [] };
  if (draft.unbound?.code === 'shapes' || member.unbound?.code === 'shapes')
    return wrongShape(base, draft, member);
  const printed = member.sides[0]?.printed ?? null;
  if (draft.unbound?.code !== 'unknown-name' || draft.unbound.suggestion === null || printed === null)
    return base;
  const { name, suggestion } = draft.unbound;
  const span = { from: 0, to: 0 };
  const node = page.world.nodeNamed({ kind: 'name', key: suggestion, spelling: suggestion, ...span });
  if (node === null || page.world.known[node] !== 1) return base;
  const value = page.world.run().value[node];
  const digits = printed.text.replace(/^[^1-9]*/, '').replace(/\D/g, '').length;
  if (digits < 2 || !isRight(printed, value)) return base;
  const mistake: Mistake = {
    id: 'wrong-name',
    gives: value,
    where: [{ node, slot: null }],
    data: { stated: printed.text, found: name, due: suggestion },
  };
  return { ...base, verdict: 'wrong', mistakes: [mistake], truth: null };
}

function wrongShape(base: Judgement, draft: ChainDraft, member: MemberDraft): Judgement {
  const unbound = draft.unbound?.code === 'shapes' ? draft.unbound : member.unbound;
  const data = unbound?.code === 'shapes' ? { found: unbound.left, due: unbound.right } : {};
  return { ...base, verdict: 'wrong', mistakes: [{ id: 'wrong-shape', gives: null, where: [], data }] };
}

function judgeMembers(
  page: Page,
  draft: ChainDraft,
  subject: Side | null,
  members: readonly MemberDraft[],
  diagnose: Diagnose,
): Judgement[] {
  const local = subject !== null && readsLocally(page, draft, subject, members);
  const found: Judgement[] = [];
  const judged: Judged[] = [];
  let previous: Side | null = subject;
  /** The elements of what stands before it, where that is a vector. */
  let several: readonly Side[] | null = subject === null ? draft.elements : null;
  for (const draftMember of members) {
    const { member, claim, sides } = draftMember;
    if (isInequality(member.relation) && (draftMember.elements ?? several) !== null) {
      const left = several ?? (previous === null ? [] : [previous]);
      const right = draftMember.elements ?? sides.slice(0, 1);
      found.push(judgeBounds(page, draft, draftMember, left, right));
      several = draftMember.elements;
      previous = sides[0] ?? previous;
      continue;
    }
    if (draftMember.elements !== null || (subject === null && draft.elements !== null)) {
      const judgeElement = (element: Setting, side: Side): Judgement => {
        const judgement = judgeMember(element, { ...draftMember, sides: [side] }, [], diagnose);
        remember(element, side, judgement.verdict, [{ side, claim, verdict: judgement.verdict }]);
        return judgement;
      };
      found.push(judgeVector(page, draft, draftMember, judgeElement));
      several = draftMember.elements;
      continue;
    }
    if (sides.length === 0 || subject === null || previous === null) {
      found.push(unknownName(page, { ...draft, unbound: null }, draftMember));
      continue;
    }
    const before = judged.map(({ side }) => side);
    const setting: Setting = { page, subject, local, at: draft.at, before };
    if (isInequality(member.relation)) {
      const settled = settleInequality(setting, previous, member.relation, sides[0], draft.chain.remark);
      const about = isNumeric(previous) ? sides[0].bound : previous.bound;
      found.push({ ...asJudgement(settled, sides[0]), about });
      previous = sides[0];
      continue;
    }
    if (member.relation === '∝') {
      const right = isProportional(page, previous.bound, sides[0].bound);
      found.push({ ...nothing(draftMember), verdict: right ? 'right' : 'unknown' });
      previous = sides[0];
      continue;
    }
    const judgement = judgeMember(setting, draftMember, judged, diagnose);
    found.push(judgement);
    const side = judgement.side;
    judged.push({ side, claim, verdict: judgement.verdict });
    previous = side;
    remember(setting, side, judgement.verdict, judged);
  }
  return found;
}

/** Whether ∂A/∂B at the left is the local partial: where that makes more of the chain right. */
function readsLocally(
  page: Page,
  draft: ChainDraft,
  subject: Side,
  members: readonly MemberDraft[],
): boolean {
  if (!isAmbiguous(subject.bound)) return false;
  const { at } = draft;
  if (isNoise(page.plainTruthOf(subject.bound, false, at), page.plainTruthOf(subject.bound, true, at))) {
    // Equal at the point; formulas may still tell them apart.
    if (members.every(({ sides }) => sides.length === 0 || isNumeric(sides[0]))) return false;
  }
  const score = (local: boolean): number => {
    let right = 0;
    const before: Side[] = [];
    for (const { sides, member } of members) {
      if (sides.length === 0 || isInequality(member.relation)) continue;
      const { verdict } = settle({ page, subject, local, at, before }, sides[0]);
      if (verdict === 'right') right += 1;
      else if (verdict === 'rounded') right += 0.9;
      before.push(sides[0]);
    }
    return right;
  };
  return score(true) > score(false);
}

function judgeMember(
  setting: Setting,
  { sides, claim, member }: MemberDraft,
  judged: readonly Judged[],
  diagnose: Diagnose,
): Judgement & { readonly side: Side } {
  const { page, subject, local } = setting;
  let side = sides[0];
  let settled = settle(setting, side);
  for (const other of sides.slice(1)) {
    if (settled.verdict === 'right') break;
    const another = settle(setting, other);
    if (another.verdict !== 'right') continue;
    settled = another;
    side = other;
  }
  const remarks = [...settled.remarks];
  if (side !== sides[0]) remarks.push({ code: 'other-reading', data: {} });
  if (isAmbiguous(subject.bound) && settled.verdict === 'right') {
    const [partial, total] = [true, false].map((reading) =>
      page.plainTruthOf(subject.bound, reading, setting.at),
    );
    if (!isNoise(partial, total))
      remarks.push({ code: local ? 'local-partial' : 'total-derivative', data: {} });
  }
  const base = { ...asJudgement(settled, side), remarks, side };
  const truth = truthOf(setting, side, settled);
  const numbers = isNumeric(side);
  const known = { ...base, truth: truth ?? base.truth };
  if (settled.verdict !== 'unknown' && isCarriedOn(setting, side, settled, judged)) {
    const carried = inheritance(setting, side, judged);
    if (carried !== null) return { ...known, verdict: 'follows', inherits: carried.claim, mistakes: [] };
  }
  if (settled.verdict === 'right') return underConvention(setting, side, known);
  if (settled.verdict === 'rounded' || settled.verdict === 'unknown') return known;

  const kink = numbers || settled.elsewhere === true ? kinkBehind(setting, side) : null;
  if (kink !== null) {
    const node = page.world.nameOf(kink);
    return {
      ...known,
      verdict: 'right',
      convention: 'kink',
      mistakes: [oppositeConvention(setting, side, 'kink')],
      remarks: [...remarks, { code: 'at-a-kink', data: { node } }],
    };
  }
  if (isAfterUpdate(setting, side)) {
    return { ...known, verdict: 'right', remarks: [...remarks, { code: 'after-update', data: {} }] };
  }
  const inherited = inheritance(setting, side, judged);
  if (inherited !== null) return { ...known, verdict: 'follows', inherits: inherited.claim };

  if (page.isExhausted) {
    return { ...known, verdict: 'wrong', remarks: [...remarks, { code: 'not-searched', data: {} }] };
  }
  page.diagnosed++;
  const mistakes = diagnose(questionOf(setting, side, settled, judged, member.relation));
  for (const mistake of mistakes.slice(0, MOST_SLIPS)) {
    if (mistake.change !== null) page.slips.push({ claim, mistake, change: mistake.change });
  }
  for (const change of suspectsOf(setting, side)) page.suspects.push({ claim, change });
  return { ...known, verdict: 'wrong', mistakes };
}

/**
 * True where a wrong number of the page stands in a calculation that is right only as far as its digits allow, or where a
 * number follows a wrong calculation: it comes from there, not from rounding.
 */
function isCarriedOn(
  { page, at }: Setting,
  side: Side,
  settled: Settled,
  judged: readonly Judged[],
): boolean {
  if (side.printed !== null)
    return (
      settled.verdict === 'rounded' &&
      judged.some(({ verdict }) => verdict === 'wrong' || verdict === 'follows')
    );
  if (side.form !== 'numbers' || isNoise(evaluateBound(side.bound, page.run(at)), settled.truth))
    return false;
  return literalsOf(side.bound).some(({ value }) => page.isWrongNumber(Math.abs(value)));
}

/** `w = 2.6` where the notes have updated w: the new number of it. */
function isAfterUpdate({ page, subject, at }: Setting, { printed }: Side): boolean {
  if (subject.bound.kind !== 'value' || printed === null || at !== null) return false;
  const updated = page.updates.get(subject.bound.node);
  if (updated === undefined) return false;
  const value = page.plainTruthOf(updated, false, null);
  return isRight(printed, value) || isNear(printed, value);
}

/** For a formula, the right formula where it is short; for numbers the number. */
function truthOf({ page, subject }: Setting, side: Side, settled: Settled): number | string | null {
  if (isNumeric(side) || isNumeric(subject)) return tidy(settled.truth);
  if (settled.verdict === 'right') return null;
  return truthText(subject.bound, page.world);
}

/** Right only because the page follows a convention of its own: it is said at the claim. */
function underConvention(
  setting: Setting,
  side: Side,
  judgement: Judgement & { readonly side: Side },
): Judgement & { readonly side: Side } {
  const { page, subject, local, at } = setting;
  const { id } = page.convention;
  if (id === null || factorOf(subject.bound, page.convention) === 1) return judgement;
  const plain = page.plainTruthOf(subject.bound, local, at);
  const agrees = isNumeric(side)
    ? side.printed !== null
      ? isRight(side.printed, plain)
      : isNoise(evaluateBound(side.bound, page.run(at)), plain)
    : isNoise(evaluateBound(side.bound, page.run(at)), plain);
  if (agrees) return judgement;
  return {
    ...judgement,
    convention: id,
    mistakes: [oppositeConvention(setting, side, page.convention.choice)],
  };
}

function oppositeConvention({ page, subject }: Setting, side: Side, convention: string): Mistake {
  const data: Record<string, string> = { stated: side.printed?.text ?? '', convention };
  if (subject.bound.kind === 'derivative') data.subject = page.world.nameOf(subject.bound.of);
  return { id: 'opposite-convention', gives: side.printed?.value ?? null, where: [], data };
}

function questionOf(
  setting: Setting,
  side: Side,
  settled: Settled,
  judged: readonly Judged[],
  relation: Question['relation'],
): Question {
  const { page, subject, at, local } = setting;
  const run = page.run(at);
  const valueOf = (other: Side): number =>
    page.leansOnFree(other.bound) ? NaN : evaluateBound(other.bound, run, { local: false });
  const sibling = (other: Side, verdict: NoteVerdict | null): Sibling => ({
    term: other.term,
    bound: other.bound,
    form: other.form,
    value: other === subject ? page.truthOf(subject.bound, local, at) : valueOf(other),
    verdict: verdict === 'unknown' ? null : verdict,
  });
  const { printed } = side;
  const value = printed?.value ?? valueOf(side);
  return {
    world: page.world,
    subject: subject.bound,
    subjectTerm: subject.term,
    relation,
    stated: side.bound,
    statedTerm: side.term,
    form: side.form,
    printed,
    value,
    truth: settled.truth,
    chain: [
      sibling(subject, null),
      ...judged.map((other) => sibling(other.side, other.verdict)),
      sibling(side, null),
    ],
    position: judged.length + 1,
    numbers: page.stated,
    at,
    scale: factorOf(subject.bound, page.convention),
    rate: page.rate,
    agrees: printed === null ? (found) => isNoise(found, value) : (found) => isRight(printed, found),
    earlier: page.slips.map(({ mistake }) => mistake),
  };
}
