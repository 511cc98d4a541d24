import type { NotesMessages } from '@backflow/messages';
import { nameToText } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { MathText } from '../look/math-text.tsx';
import { narrow } from '../look/media.ts';
import { Card } from './card.tsx';
import { PATIENCE_SECONDS, type NotesState } from './desk.ts';
import { countsOf, isConventional, type Judged } from './judged.ts';
import { LineButton } from './line-button.tsx';
import { Offer } from './offer.tsx';
import { said, reasonOf, repairsOf } from './words.ts';
import './notes.css';
import './signs.css';

interface PanelProps {
  readonly state: NotesState;
}

/** Under the source: how the notes fare, what they follow, and the explanation of the open mark. */
export function Panel({ state }: PanelProps): JSX.Element | null {
  const { app } = state;
  const texts = state.texts.value.page;
  const found = state.judged.value;
  const notesOnly = app.kind.value === 'notes';
  const trouble = state.trouble.value;
  const claims = found?.report.claims.length ?? 0;
  // A program with a heading says nothing that could be judged.
  if (!notesOnly && claims === 0 && trouble === null) return null;
  return (
    <section class="notes-panel" aria-label={texts.label}>
      <div class="notes-head">
        <p data-waiting={state.waiting.value ? '' : undefined}>
          {found === null && state.waiting.value ? (
            texts.checking
          ) : found === null || claims === 0 ? (
            texts.nothing
          ) : (
            <Summary state={state} found={found} />
          )}
        </p>
        <Announcement
          text={found === null || claims === 0 ? '' : summaryOf(found, state.texts.value)}
          waiting={state.waiting.value}
        />
        {claims === 0 ? null : (
          <label class="teacher" title={texts.teacherHint}>
            <input
              type="checkbox"
              checked={app.settings.value.teacher}
              onChange={(event) => app.setUp({ teacher: event.currentTarget.checked })}
            />
            {texts.teacher}
          </label>
        )}
      </div>
      {trouble === null ? null : (
        <p class="quiet small">
          {trouble === 'slow'
            ? texts.slow(PATIENCE_SECONDS)
            : trouble === 'none'
              ? texts.noWorker
              : texts.crashed}
        </p>
      )}
      {found === null ? null : (
        <>
          <Banner state={state} found={found} />
          <Card state={state} found={found} />
          <Coverage state={state} found={found} />
          <Offer state={state} report={found.report} />
        </>
      )}
    </section>
  );
}

/** While someone writes, nothing is read out: only what has stood for this time. */
const QUIET_MS = 1500;

/** What screen readers are told of the summary, after a pause in the writing. */
function Announcement({ text, waiting }: { readonly text: string; readonly waiting: boolean }): JSX.Element {
  const [told, setTold] = useState('');
  useEffect(() => {
    if (waiting) return;
    const timer = setTimeout(() => setTold(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text, waiting]);
  return (
    <p class="hidden-visually" role="status">
      {told}
    </p>
  );
}

function summaryOf(found: Judged, { page }: NotesMessages): string {
  const counts = page.summary(countsOf(found));
  const { firstWrong, report } = found;
  return firstWrong === null
    ? counts
    : `${counts}; ${page.firstSlip} ${page.line(report.claims[firstWrong].line)}`;
}

function Summary({ state, found }: PanelProps & { readonly found: Judged }): JSX.Element {
  const texts = state.texts.value;
  const { firstWrong, report } = found;
  const text = texts.page.summary(countsOf(found));
  if (firstWrong === null) return <strong>{text}</strong>;
  const claim = report.claims[firstWrong];
  const mistake = claim.mistakes[0];
  // The open explanation says it already, or needs the room.
  const open = state.opened.value;
  const isOpen = open !== null && (narrow.value || open.line === claim.line);
  const told = !isOpen && state.levelOf(firstWrong) > 0 && mistake !== undefined;
  const why = told ? reasonOf(mistake, texts) : null;
  return (
    <>
      <strong>{text}</strong>; {texts.page.firstSlip} <LineButton state={state} line={claim.line} />
      {why === null ? null : (
        <>
          : <MathText text={why} />
        </>
      )}
    </>
  );
}

/** What the notes do otherwise than the program, in one line, with the choice whose way to judge by. */
function Banner({ state, found }: PanelProps & { readonly found: Judged }): JSX.Element | null {
  const texts = state.texts.value;
  const { conventions, claims } = found.report;
  const shown = conventions.filter(
    (convention) => convention.claims.length > 0 || convention.source === 'declared',
  );
  if (shown.length === 0) return null;
  const names = shown.map(
    ({ id, choice }) => said(texts.conventions, choice) ?? said(texts.conventions, id) ?? choice,
  );
  const matters = claims.some(isConventional);
  return (
    <div class="notes-banner">
      <p>
        <MathText text={texts.page.conventions.banner([...new Set(names)].join(', '))} />
      </p>
      {matters ? (
        <div class="choice" role="group" aria-label={texts.page.conventions.judgeBy}>
          <span class="small">{texts.page.conventions.judgeBy}</span>
          {([false, true] as const).map((byProgram) => (
            <button
              key={String(byProgram)}
              type="button"
              class="button outlined"
              aria-pressed={state.byProgram.value === byProgram}
              onClick={() => (state.byProgram.value = byProgram)}
            >
              {byProgram ? texts.page.conventions.byProgram : texts.page.conventions.byNotes}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

/** Names, and after the first few only how many more. */
const NAMES = 6;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES).map(nameToText).join(', ');
  return names.length > NAMES ? `${shown}, … (${names.length})` : shown;
}

function Coverage({ state, found }: PanelProps & { readonly found: Judged }): JSX.Element | null {
  const texts = state.texts.value;
  const { coverage, free, repairs } = found.report;
  const gaps = coverage.filter(({ missing, twice }) => missing.length + twice.length > 0);
  if (gaps.length + free.length + repairs.length === 0) return null;
  return (
    <div class="notes-more">
      {gaps.map(({ of, family, due, given, missing, twice }) => {
        const parts = [
          ...(missing.length > 0 ? [texts.coverage.missing({ names: listed(missing) })] : []),
          ...(twice.length > 0 ? [texts.coverage.twice({ names: listed(twice) })] : []),
        ];
        const counts = {
          given: String(given),
          due: String(due),
          family: said(texts.coverage, family) ?? family,
        };
        return (
          <p key={`${of} ${family}`}>
            <MathText text={`${texts.coverage.given(counts)}: ${parts.join(', ')}`} />
          </p>
        );
      })}
      {free.length === 0 ? null : (
        <p class="quiet">
          <MathText text={texts.page.free(listed(free))} />
        </p>
      )}
      {repairs.length === 0 ? null : (
        <details>
          <summary>
            {texts.page.repairs} ({repairs.length})
          </summary>
          <ul>
            {repairsOf(repairs, texts).map((text) => (
              <li key={text}>
                <MathText text={text} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
