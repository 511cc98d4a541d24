import type { MemoMessages } from '@backflow/messages';
import { ALGORITHM_NAMES, ALGORITHMS, type AlgorithmName } from '@backflow/trace';
import type { JSX } from 'preact';

/** The three that tell the story; the others are under More. */
const SHOWN: readonly AlgorithmName[] = ['path-sum', 'reverse', 'preorder'];
const OTHERS = ALGORITHM_NAMES.filter((name) => !SHOWN.includes(name));

interface ChoiceProps {
  readonly label: string;
  readonly side: number;
  readonly chosen: AlgorithmName;
  readonly texts: MemoMessages;
  readonly onChoose: (name: AlgorithmName) => void;
}

/** Which algorithm runs in a lane: three at hand, the rest in a list, right and wrong ones apart. */
export function Choice({ label, side, chosen, texts, onChoose }: ChoiceProps): JSX.Element {
  const { names } = texts.algorithms;
  const { groups, more } = texts.beside;
  const group = (correct: boolean): JSX.Element => (
    <optgroup label={correct ? groups.right : groups.wrong}>
      {OTHERS.filter((name) => ALGORITHMS[name].correct === correct).map((name) => (
        <option key={name} value={name}>
          {names[name]}
        </option>
      ))}
    </optgroup>
  );
  const other = !SHOWN.includes(chosen);
  return (
    <fieldset class="memo-choice">
      <legend class="hidden-visually">{label}</legend>
      {SHOWN.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name={`memo-lane-${side}`}
            checked={chosen === name}
            onChange={() => onChoose(name)}
          />
          <span>{names[name]}</span>
        </label>
      ))}
      <select
        class={other ? 'chosen' : ''}
        aria-label={`${label}: ${more}`}
        value={other ? chosen : ''}
        onChange={(event) => onChoose(event.currentTarget.value as AlgorithmName)}
      >
        <option value="" disabled hidden>
          {more}
        </option>
        {group(true)}
        {group(false)}
      </select>
    </fieldset>
  );
}
