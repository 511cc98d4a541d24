import { firstNonFinite } from '@backflow/engine';
import { diagnosticMessage, type DiagnosticRecord } from '@backflow/language';
import { formatNumber, nameOf, nodeName, nodeTitle, toText } from '@backflow/print';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { MathText } from '../look/math-text.tsx';
import { PATIENCE_MS } from '../state/bounded-worker.ts';
import { isLeaf } from '../state/moment.ts';
import { excerptAt } from '../state/places.ts';

/** Problems listed at once. */
const MOST = 6;
const EXCERPT_WIDTH = 44;

/** What is wrong with the text, under it, with a caret under the place. */
export function Problems({ reveal }: { reveal: (from: number, to: number) => void }): JSX.Element {
  const app = useApp();
  const texts = app.messages.value.page.editor;
  const { state, problems: all } = app.verdict.value;
  // An empty page is no mistake: the graph pane says what to do.
  const problems = all.filter(({ code }) => code !== 'empty-program');
  const more = problems.length - MOST;
  const Stops = app.lecture.value?.Problems;
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
      <NonFiniteFinding />
      {Stops === undefined ? null : <Stops reveal={reveal} />}
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

/** The first NaN or infinity of the run is named, and a press shows it. */
function NonFiniteFinding(): JSX.Element | null {
  const app = useApp();
  const texts = app.messages.value.page.editor;
  const run = app.run.value;
  const found = useMemo(() => (run === null ? null : firstNonFinite(run.shown)), [run]);
  if (run === null || found === null || run.unknown !== null || app.stale.value) return null;
  const name = (node: number): string => {
    const own = nodeName(run.shown, node);
    return own === null ? nodeTitle(run.shown, node, 24) : toText(nameOf(own));
  };
  let text: string;
  switch (found.what) {
    case 'value':
      text = (isLeaf(run, found.node) ? texts.givenValue : texts.bornValue)(
        name(found.node),
        formatNumber(found.value),
      );
      break;
    case 'contribution':
      text = texts.bornContribution(
        name(found.input),
        name(found.node),
        formatNumber(found.local),
        formatNumber(found.contribution),
      );
      break;
    case 'gradient':
      text = texts.bornGradient(name(found.node), formatNumber(found.value));
  }
  return (
    <div class="problem notice">
      <button type="button" class="place" onClick={() => app.select(found.node)}>
        <strong>{texts.finding}</strong>
      </button>
      <p>
        <MathText text={text} />
      </p>
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
  const { code, severity, from, to, line, column, suggestion } = problem;
  const excerpt =
    code === 'text-too-long' ? null : excerptAt(app.history.value.document.text, from, to, EXCERPT_WIDTH);
  return (
    <>
      <button type="button" class="place" onClick={() => reveal(from, to)}>
        <strong>{severity === 'error' ? texts.error : texts.notice}</strong>, {texts.place(line, column)}
      </button>
      <p>{diagnosticMessage(problem, app.messages.value)}</p>
      {excerpt === null ? null : (
        <pre aria-hidden="true">
          {excerpt.text}
          {'\n'}
          {' '.repeat(excerpt.before)}
          <span class="caret">{'^'.repeat(excerpt.length)}</span>
        </pre>
      )}
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
