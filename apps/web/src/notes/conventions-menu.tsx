import type { ConventionId } from '@backflow/notes';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../look/icons.tsx';
import { MathText } from '../look/math-text.tsx';
import { Dialog } from '../menu/dialog.tsx';
import { chipParts } from './chip.ts';
import { answersIn, declaringChoice, QUESTIONS, type Answer } from './conventions.ts';
import type { NotesState } from './desk.ts';
import { said } from './words.ts';

interface ChipProps {
  readonly state: NotesState;
}

/** Beside the card of the loss: its conventions, and what lets them be declared. */
export function Chip({ state }: ChipProps): JSX.Element | null {
  const { app } = state;
  const texts = state.texts.value;
  const [asks, setAsks] = useState(false);
  const found = state.judged.value;
  if (found === null) return null;
  const answers = answersIn(app.history.value.document.text, found.report.conventions);
  const { projector } = app.session.value;
  // Nobody declares anything on a projector.
  const parts = chipParts(answers, texts).filter(({ open }) => !(open && projector));
  if (parts.length === 0) return null;
  return (
    <>
      <button
        type="button"
        class="convention-chip"
        aria-haspopup="dialog"
        title={texts.page.conventions.title}
        onClick={() => setAsks(true)}
      >
        <span class="hidden-visually">{texts.page.conventions.title}: </span>
        <span class="face">
          {parts.map(({ id, text, open }) => (
            <span key={id} class={open ? 'part' : 'part known'}>
              {text}
            </span>
          ))}
        </span>
      </button>
      {asks ? <Menu state={state} answers={answers} onClose={() => setAsks(false)} /> : null}
    </>
  );
}

function Menu({
  state,
  answers,
  onClose,
}: ChipProps & { readonly answers: readonly Answer[]; readonly onClose: () => void }): JSX.Element {
  const { app } = state;
  const texts = state.texts.value;
  const words = texts.page.conventions;
  const declare = (id: ConventionId, choice: string): void =>
    app.type(declaringChoice(app.history.peek().document.text, id, choice === '' ? null : choice));
  return (
    <Dialog class="conventions-menu" label={words.title} onClose={onClose}>
      <div class="head">
        <h2>{words.title}</h2>
        <button type="button" class="button" aria-label={texts.page.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="body">
        <p class="quiet">{words.intro}</p>
        {answers.map(({ id, declared, recognised }, index) => (
          <label key={id}>
            <span>
              <MathText text={said(texts.conventions, id) ?? id} />
            </span>
            <select
              class="field"
              value={declared ?? ''}
              disabled={app.readOnly.value}
              onChange={(event) => declare(id, event.currentTarget.value)}
            >
              <option value="">
                {recognised === null
                  ? words.notSaid
                  : words.recognised(said(words.choices, recognised) ?? recognised)}
              </option>
              {Object.keys(QUESTIONS[index].lines).map((choice) => (
                <option key={choice} value={choice}>
                  {said(words.choices, choice)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </Dialog>
  );
}
