import type { NotesMessages } from '@backflow/messages';
import type { Claim, Report } from '@backflow/notes';
import { mistakeSentence, placeOf, remarkSentences } from './check-words.ts';

/**
 * A report as JSON: `claims` in the order of the text, and the index of the first wrong one; with `file` in front where
 * it is one of several. What is said of the page as a whole follows behind.
 */
export function reportJson(report: Report, words: NotesMessages, file: string | null): string {
  const { claims, firstWrong, conventions, coverage, repairs, free } = report;
  return JSON.stringify({
    ...(file !== null && { file }),
    claims: claims.map((claim) => claimJson(claim, report, words)),
    firstWrong,
    conventions: conventions.map(({ id, source, choice, claims: explained }) => ({
      id,
      source,
      choice,
      claims: explained,
    })),
    coverage,
    repairs: repairs.map(({ found, read }) => ({ found, read })),
    free,
  });
}

function claimJson(claim: Claim, report: Report, words: NotesMessages): object {
  const { line, column, text, subject, stated, truth, verdict, scope, convention, mistakes } = claim;
  return {
    line,
    column,
    text,
    subject,
    stated: finite(stated),
    truth: finite(truth),
    verdict,
    scope,
    convention,
    mistakes: mistakes.map((mistake) => ({
      id: mistake.id,
      why: mistakeSentence(mistake, words),
      where: placeOf(mistake.where[0], report),
    })),
    remarks: remarkSentences(claim, words),
  };
}

/** JSON has no NaN and no infinity: null. */
const finite = (fact: number | string | null): number | string | null =>
  typeof fact === 'number' && !Number.isFinite(fact) ? null : fact;
