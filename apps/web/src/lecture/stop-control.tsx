import type { LectureMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import { useCommand } from '../app-context.ts';
import { MathText } from '../look/math-text.tsx';
import type { StopProblem } from './stops.ts';

interface ControlProps {
  /** Index of the stop that was gone to last, -1 for none. */
  readonly at: number;
  readonly count: number;
  readonly texts: LectureMessages;
}

/** "Stop 2 of 7", between arrows. */
export function StopControl({ at, count, texts }: ControlProps): JSX.Element | null {
  const previous = useCommand('previousStop');
  const next = useCommand('nextStop');
  if (count === 0) return null;
  return (
    <div class="stop-control" role="group" aria-label={texts.control}>
      <button
        type="button"
        class="button"
        aria-label={texts.previous}
        title={texts.previous}
        onClick={previous.perform}
      >
        ‹
      </button>
      <span>{at < 0 ? texts.none(count) : texts.stop(at + 1, count)}</span>
      <button type="button" class="button" aria-label={texts.next} title={texts.next} onClick={next.perform}>
        ›
      </button>
    </div>
  );
}

/** Problems listed at once. */
const MOST = 4;

interface ProblemsProps {
  readonly problems: readonly StopProblem[];
  readonly texts: LectureMessages;
  readonly reveal: (from: number, to: number) => void;
}

/** What is wrong with the stops, under the text; the program does without them. */
export function Problems({ problems, texts, reveal }: ProblemsProps): JSX.Element | null {
  if (problems.length === 0) return null;
  return (
    <ul class="stop-problems">
      {problems.slice(0, MOST).map(({ kind, from, to, line, found }) => (
        <li key={from} class="problem notice">
          <button type="button" class="place" onClick={() => reveal(from, to)}>
            <strong>{texts.problem}</strong>, {texts.line(line)}
          </button>
          <p>
            <MathText text={texts.problems[kind](found)} />
          </p>
        </li>
      ))}
    </ul>
  );
}
