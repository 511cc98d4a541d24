import { problemsDe, problemsEn } from '@backflow/messages';
import type { NetworkProblems } from '@backflow/messages';
import { LanguageError } from '../diagnostics.ts';
import type { Refusal } from '../shapes.ts';
import type { Span } from '../span.ts';

/** The texts that are problems by themselves; the others are parts of such. */
export type NetworkProblem = Exclude<keyof NetworkProblems, 'vectorOf' | 'matrixOf' | 'numbersOf' | 'mixed'>;

const NOTICES: ReadonlySet<NetworkProblem> = new Set(['unused', 'filesMissing']);

/** What is longer is not quoted in full. */
const LONGEST = 60;

/** A problem in both languages, so that it can be told wherever it goes. `suggestion`: what to write in place of the span. */
export function problemAt<P extends NetworkProblem>(
  problem: P,
  span: Span,
  data: Parameters<NetworkProblems[P]>[0],
  suggestion: string | null = null,
): LanguageError {
  const words = wordsOf(problem, data);
  return new LanguageError(
    NOTICES.has(problem) ? 'extension-notice' : 'extension',
    span,
    { problem, found: foundIn(data), words },
    suggestion,
  );
}

/** A problem of a call, which is reported where the call stands. */
export function refusal<P extends NetworkProblem>(
  problem: P,
  data: Parameters<NetworkProblems[P]>[0],
): Refusal {
  return {
    kind: 'refused',
    code: 'extension',
    data: { problem, found: foundIn(data), words: wordsOf(problem, data) },
  };
}

function foundIn(data: unknown): string {
  return 'found' in Object(data) ? String((data as { readonly found: unknown }).found) : '';
}

/** The same text in both languages. */
export function wordsOf<P extends keyof NetworkProblems>(
  problem: P,
  data: Parameters<NetworkProblems[P]>[0],
): { readonly en: string; readonly de: string } {
  // That a text takes its data is known from P.
  const say = (texts: NetworkProblems): string => (texts[problem] as (data: unknown) => string)(data);
  return { en: say(problemsEn), de: say(problemsDe) };
}

/** A stretch of the text as a message quotes it: on one line, not too long. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= LONGEST
    ? line
    : `${Array.from(line)
        .slice(0, LONGEST - 1)
        .join('')}…`;
}
