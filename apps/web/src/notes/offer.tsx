import type { Report } from '@backflow/notes';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { declaring, missingNumbers, type Sizes } from './declaring.ts';
import type { NotesState } from './desk.ts';

const ACTIVATIONS = ['sigmoid', 'tanh', 'relu'] as const;

/** The losses that are offered, of a network whose neurons are called O_11, O_12, … */
const lossesOf = (sizes: Sizes): readonly string[] => {
  const output = `O${sizes.length - 1}1`;
  return [`L = (1 - ${output})^2`, `L = 1/2 (1 - ${output})^2`, `L = (${output} - 1)^2`];
};

interface OfferProps {
  readonly state: NotesState;
  readonly report: Report;
}

/** "This looks like 4-3-2-1": what is missing is asked for and written into the notes as a line. */
export function Offer({ state, report }: OfferProps): JSX.Element | null {
  const texts = state.texts.value.page.offer;
  const [activation, setActivation] = useState<string>(ACTIVATIONS[0]);
  const [loss, setLoss] = useState(0);
  const [numbers, setNumbers] = useState<Readonly<Record<string, string>>>({});
  const { offer, text } = report;
  if (offer === null || offer.lacks.length === 0 || offer.sizes.length < 2) return null;
  const { sizes, lacks } = offer;
  const losses = lossesOf(sizes);
  const open = lacks.includes('numbers') ? missingNumbers(text, sizes) : [];
  const write = (): void => {
    const parts: string[] = [];
    if (lacks.includes('activation')) parts.push(activation);
    for (const name of open) {
      const typed = numbers[name]?.trim() ?? '';
      if (typed !== '') parts.push(`${name} = ${typed}`);
    }
    if (lacks.includes('loss')) parts.push(losses[loss]);
    if (parts.length > 0) state.app.type(declaring(text, sizes, parts));
  };
  return (
    <details class="notes-offer">
      <summary>{texts.looksLike(sizes.join('-'))}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // What is written meanwhile has places of its own.
          if (text === state.app.history.peek().document.text) write();
        }}
      >
        {lacks.includes('activation') ? (
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
        {lacks.includes('loss') ? (
          <label>
            {texts.loss}
            <select
              class="field"
              value={String(loss)}
              onChange={(event) => setLoss(Number(event.currentTarget.value))}
            >
              {losses.map((each, index) => (
                <option key={each} value={String(index)}>
                  {each}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {open.map((name) => (
          <label key={name}>
            {name}
            <input
              class="field"
              type="text"
              autocomplete="off"
              spellcheck={false}
              placeholder={name === 'x' ? '1, 0, 1, 1' : '[[0.2, -0.3], [0.1, 0.5]]'}
              value={numbers[name] ?? ''}
              onInput={(event) => setNumbers({ ...numbers, [name]: event.currentTarget.value })}
            />
          </label>
        ))}
        <button type="submit" class="button outlined">
          {texts.write}
        </button>
      </form>
    </details>
  );
}
