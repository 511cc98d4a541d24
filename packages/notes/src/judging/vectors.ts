import type { NoteVerdict } from '../report.ts';
import type { ChainDraft, MemberDraft, Side } from './draft.ts';
import { asJudgement, nothing } from './judgement.ts';
import type { Judgement } from './judgement.ts';
import type { Page } from './page.ts';
import { settleInequality } from './ranges.ts';
import { isNumeric } from './setting.ts';
import type { Setting } from './setting.ts';
import { reasonOf } from './wording.ts';

/** A vector: as wrong as its worst element. */
export function judgeVector(
  page: Page,
  draft: ChainDraft,
  member: MemberDraft,
  judgeElement: (setting: Setting, side: Side) => Judgement,
): Judgement {
  const subjects = draft.elements ?? (draft.subject === null ? [] : [draft.subject]);
  const sides = member.elements ?? member.sides.slice(0, 1);
  const base = nothing(member);
  if (subjects.length !== sides.length) {
    const remarks = [reasonOf(draft.unbound ?? member.unbound, member.member.problem)];
    if (subjects.length === 0 || sides.length === 0) return { ...base, remarks };
    const data = { found: String(sides.length), due: String(subjects.length) };
    return { ...base, verdict: 'wrong', mistakes: [{ id: 'wrong-shape', gives: null, where: [], data }] };
  }
  const judgements = sides.map((side, k) => {
    const subject = subjects[k];
    const found = judgeElement({ page, subject, local: false, at: draft.at, before: [] }, side);
    return { ...found, about: subject.bound };
  });
  return worstOf(judgements) ?? base;
}

/** `0 < a < 1` for a vector a: every element is between them. */
export function judgeBounds(
  page: Page,
  draft: ChainDraft,
  member: MemberDraft,
  left: readonly Side[],
  right: readonly Side[],
): Judgement {
  const { relation } = member.member;
  const count = Math.max(left.length, right.length);
  const fits = [left, right].every(({ length }) => length === 1 || length === count);
  if (!fits || count === 0)
    return { ...nothing(member), remarks: [reasonOf(member.unbound, member.member.problem)] };
  const judgements = Array.from({ length: count }, (_, k) => {
    const [a, b] = [left, right].map((sides) => sides[sides.length === 1 ? 0 : k]);
    const setting: Setting = { page, subject: a, local: false, at: draft.at, before: [] };
    const settled = settleInequality(setting, a, relation, b, draft.chain.remark);
    return { ...asJudgement(settled, b), about: isNumeric(a) ? b.bound : a.bound };
  });
  return worstOf(judgements) ?? nothing(member);
}

function worstOf(judgements: readonly Judgement[]): Judgement | null {
  const rank: readonly NoteVerdict[] = ['right', 'rounded', 'follows', 'unknown', 'wrong'];
  let worst: Judgement | null = null;
  for (const judgement of judgements) {
    if (worst === null || rank.indexOf(judgement.verdict) > rank.indexOf(worst.verdict)) worst = judgement;
  }
  return worst?.verdict === 'right' ? { ...worst, stated: null, truth: null, about: null } : worst;
}
