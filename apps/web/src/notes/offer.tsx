import type { Report } from '@backflow/notes';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NotesState } from './desk.ts';

const ACTIVATIONS = ['sigmoid', 'tanh', 'relu', 'identity'] as const;

/** "This looks like 4-3-2-1": what is missing is asked for and written into the notes as a line. */
export function Offer({
  state,
  report,
}: {
  readonly state: NotesState;
  readonly report: Report;
}): JSX.Element | null {
  const texts = state.texts.value.page.offer;
  const [activation, setActivation] = useState<string>('sigmoid');
  const [loss, setLoss] = useState(0);
  const [numbers, setNumbers] = useState('');
  const { offer } = report;
  if (offer === null || offer.lacks.length === 0 || offer.sizes.length < 2) return null;
  const last = `O${offer.sizes.length - 1}1`;
  const losses = [`L = (1 - ${last})^2`, `L = 1/2 (1 - ${last})^2`, `L = (${last} - 1)^2`];
  const lacks = new Set(offer.lacks);
  const write = (): void => {
    const parts = [offer.sizes.join('-')];
    if (lacks.has('activation')) parts.push(activation);
    if (lacks.has('numbers') && numbers.trim() !== '') parts.push(`x = ${numbers.trim()}`);
    if (lacks.has('loss')) parts.push(losses[loss]);
    state.app.type({ from: 0, to: 0, insert: `${parts.join(', ')}\n` });
  };
  return (
    <form
      class="notes-offer"
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <p>{texts.looksLike(offer.sizes.join('-'))}</p>
      {lacks.has('activation') ? (
        <label>
          {texts.activation}
          <select
            class="field"
            value={activation}
            onChange={(event) => setActivation(event.currentTarget.value)}
          >
            {ACTIVATIONS.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {lacks.has('loss') ? (
        <label>
          {texts.loss}
          <select
            class="field"
            value={String(loss)}
            onChange={(event) => setLoss(Number(event.currentTarget.value))}
          >
            {losses.map((text, index) => (
              <option key={text} value={String(index)}>
                {text}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {lacks.has('numbers') ? (
        <label>
          {texts.numbers}
          <input
            class="field"
            type="text"
            placeholder={texts.numbersHint}
            value={numbers}
            onInput={(event) => setNumbers(event.currentTarget.value)}
          />
        </label>
      ) : null}
      <button type="submit" class="button outlined">
        {texts.write}
      </button>
    </form>
  );
}
