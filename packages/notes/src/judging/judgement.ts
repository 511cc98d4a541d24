import type { Bound } from '../bound.ts';
import type { ConventionId, Mistake, NoteVerdict } from '../report.ts';
import type { MemberDraft, Side } from './draft.ts';
import type { Remark, Settled } from './setting.ts';

/** The verdict about one claim. */
export interface Judgement {
  readonly verdict: NoteVerdict;
  readonly scope: Settled['scope'];
  readonly stated: number | string | null;
  readonly truth: number | string | null;
  readonly convention: ConventionId | null;
  readonly mistakes: readonly Mistake[];
  readonly inherits: number | null;
  readonly remarks: readonly Remark[];
  /** What it turned out to speak about; null for what its chain speaks about. */
  readonly about: Bound | null;
}

/** Nothing is known of a member. */
export function nothing({ sides }: MemberDraft): Judgement {
  return {
    verdict: 'unknown',
    scope: null,
    stated: sides[0]?.printed?.value ?? null,
    truth: null,
    convention: null,
    mistakes: [],
    inherits: null,
    remarks: [],
    about: null,
  };
}

export function asJudgement(settled: Settled, side: Side): Judgement {
  return {
    verdict: settled.verdict,
    scope: settled.scope,
    stated: side.printed?.value ?? null,
    truth: tidy(settled.truth),
    convention: null,
    mistakes: settled.mistakes,
    inherits: null,
    remarks: settled.remarks,
    about: null,
  };
}

/** Without the last digit of a double, which is noise; null for no number. */
export function tidy(number: number): number | null {
  return Number.isNaN(number) ? null : Number.isFinite(number) ? Number(number.toPrecision(15)) : number;
}
