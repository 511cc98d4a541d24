import { diagnosticMessage, type DiagnosticRecord } from '@backflow/language';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { PATIENCE_MS } from '../state/compiler.ts';
import { excerptAt } from '../state/places.ts';

/** Problems listed at once. */
const MOST = 6;
const EXCERPT_WIDTH = 44;

/** What is wrong with the text, under it, with a caret under the place. */
export function Problems({ reveal }: { reveal: (from: number, to: number) => void }): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.editor;
  const { state, problems } = app.verdict.value;
  const more = problems.length - MOST;
  return (
    <div class="problems" role="status" aria-live="polite" aria-label={texts.problems}>
      {state === 'computing' ? (
        <p class="working">
          <span>{texts.computing}</span>
          <button type="button" class="button outlined" onClick={() => app.cancelComputation()}>
            {texts.cancel}
          </button>
        </p>
      ) : null}
      {state === 'slow' ? <p class="problem error">{texts.tooSlow(PATIENCE_MS / 1000)}</p> : null}
      {state === 'crashed' ? <p class="problem error">{texts.crashed}</p> : null}
      {state === 'cancelled' ? <p class="problem notice">{texts.cancelled}</p> : null}
      {problems.length === 0 ? null : (
        <ul>
          {problems.slice(0, MOST).map((problem) => (
            <li key={`${problem.code} ${problem.from}`} class={`problem ${problem.severity}`}>
              <ProblemText problem={problem} reveal={reveal} />
            </li>
          ))}
          {more > 0 ? <li class="problem quiet">{texts.more(more)}</li> : null}
        </ul>
      )}
    </div>
  );
}

function ProblemText({
  problem,
  reveal,
}: {
  problem: DiagnosticRecord;
  reveal: (from: number, to: number) => void;
}): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.editor;
  const { severity, from, to, line, column, suggestion } = problem;
  const excerpt = excerptAt(app.history.value.document.text, from, to, EXCERPT_WIDTH);
  return (
    <>
      <button type="button" class="place" onClick={() => reveal(from, to)}>
        <strong>{severity === 'error' ? texts.error : texts.notice}</strong>, {texts.place(line, column)}
      </button>
      <p>{diagnosticMessage(problem, app.messages.value)}</p>
      <pre aria-hidden="true">
        {excerpt.text}
        {'\n'}
        {' '.repeat(excerpt.before)}
        <span class="caret">{'^'.repeat(excerpt.length)}</span>
      </pre>
      {suggestion === undefined || app.readOnly.value ? null : (
        <button
          type="button"
          class="button outlined"
          onClick={() => app.type({ from, to, insert: suggestion.replacement })}
        >
          {texts.apply(suggestion.text)}
        </button>
      )}
    </>
  );
}
