import type { Claim, NoteVerdict, Report } from '@backflow/notes';
import { worstOf } from './signs.ts';

/** A report as the page shows it: by the notes' own conventions, or strictly by the program's. */
export interface Judged {
  readonly report: Report;
  /** Per claim. */
  readonly verdicts: readonly NoteVerdict[];
  /** The same claim has the same key in the next report, wherever its line went. */
  readonly keys: readonly string[];
  /** The lines with claims, from the top; each with the indices of its claims. */
  readonly lines: readonly JudgedLine[];
  /** Index of the claim to look at first. */
  readonly firstWrong: number | null;
}

export interface JudgedLine {
  readonly line: number;
  readonly claims: readonly number[];
  readonly verdict: NoteVerdict;
  /** The claim that the line's mark is about. */
  readonly worst: number;
}

/** True for what holds by the notes' convention and not by the program's. A kink has no program's side. */
export function isConventional({ convention, verdict }: Claim): boolean {
  return convention !== null && convention !== 'kink' && (verdict === 'right' || verdict === 'rounded');
}

export function judgedOf(report: Report, byProgram: boolean): Judged {
  const verdicts = report.claims.map((claim) =>
    byProgram && isConventional(claim) ? 'wrong' : claim.verdict,
  );
  const seen = new Map<string, number>();
  const keys = report.claims.map(({ text }) => {
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return `${count} ${text}`;
  });
  const byLine = new Map<number, number[]>();
  report.claims.forEach(({ line }, index) => {
    const claims = byLine.get(line);
    if (claims === undefined) byLine.set(line, [index]);
    else claims.push(index);
  });
  const lines = [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, claims]) => {
      const verdict = worstOf(claims.map((claim) => verdicts[claim]));
      return { line, claims, verdict, worst: claims.find((claim) => verdicts[claim] === verdict)! };
    });
  const first = verdicts.indexOf('wrong');
  return {
    report,
    verdicts,
    keys,
    lines,
    firstWrong: byProgram && report.firstWrong === null ? (first < 0 ? null : first) : report.firstWrong,
  };
}

/** What the summary counts. What is rounded is right to the digits that are written. */
export function countsOf({ verdicts }: Judged): { right: number; unknown: number; total: number } {
  const count = (wanted: NoteVerdict): number => verdicts.filter((verdict) => verdict === wanted).length;
  return { right: count('right') + count('rounded'), unknown: count('unknown'), total: verdicts.length };
}
