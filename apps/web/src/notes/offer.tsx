import type { Report } from '@backflow/notes';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Change } from '../state/history.ts';
import type { NotesState } from './desk.ts';

const ACTIVATIONS = ['sigmoid', 'tanh', 'relu'] as const;

type Sizes = readonly number[];

/** The losses that are offered, of a network whose neurons are called O_11, O_12, … */
const lossesOf = (sizes: Sizes): readonly string[] => {
  const output = `O${sizes.length - 1}1`;
  return [`L = (1 - ${output})^2`, `L = 1/2 (1 - ${output})^2`, `L = (${output} - 1)^2`];
};

/** What the notes do not give numbers for: the inputs, and each layer's weights. */
export function missingNumbers(text: string, sizes: Sizes): readonly string[] {
  const names = ['x', ...sizes.slice(1).map((_, layer) => `W${layer + 1}`)];
  return names.filter((name) => !new RegExp(`(^|[\\s,;])${name}\\s*=`).test(text));
}

/** The change that writes declarations behind those of the network, or in a line of their own above everything. */
export function declaring(text: string, sizes: Sizes, parts: readonly string[]): Change {
  const head = sizes.join('-');
  const at = text.indexOf(head);
  if (at < 0) return { from: 0, to: 0, insert: `${[head, ...parts].join(', ')}\n` };
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return { from: end, to: end, insert: parts.map((part) => `, ${part}`).join('') };
}

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
    <form
      class="notes-offer"
      onSubmit={(event) => {
        event.preventDefault();
        // What is written meanwhile has places of its own.
        if (text === state.app.history.peek().document.text) write();
      }}
    >
      <p>{texts.looksLike(sizes.join('-'))}</p>
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
  );
}
