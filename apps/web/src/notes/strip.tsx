import type { JSX } from 'preact';
import { MathText } from '../look/math-text.tsx';
import type { NotesState } from './desk.ts';
import { SIGNS } from './signs.ts';
import { reasonOf } from './words.ts';

/** What the open mark says, in one line, for a screen that has no room for notes beside the graph. */
export function Strip({ state }: { readonly state: NotesState }): JSX.Element | null {
  const { app } = state;
  const texts = state.texts.value;
  const line = state.opened.value;
  const found = state.judged.value;
  if (line === null || found === null) return null;
  const mistake = found.report.claims[line.worst].mistakes[0];
  const told = line.verdict === 'wrong' && mistake !== undefined && state.levelOf(line.worst) > 0;
  return (
    <div class="notes-strip">
      <p>
        <span class={`sign ${line.verdict}`} aria-hidden="true">
          {SIGNS[line.verdict]}
        </span>{' '}
        {texts.page.line(line.line)}:{' '}
        <MathText text={told ? reasonOf(mistake, texts) : texts.verdicts[line.verdict]} />
      </p>
      <button type="button" class="button outlined" onClick={() => app.update({ tab: 'source' })}>
        {app.messages.value.page.panes.notes}
      </button>
    </div>
  );
}
