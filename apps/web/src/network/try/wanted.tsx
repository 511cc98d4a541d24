import type { Dataset } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import { NumberField } from '../../look/number-field.tsx';

interface WantedProps {
  readonly dataset: Dataset;
  readonly wanted: number | null;
  /** What the network answers; where a number is wanted, one begins with that. */
  readonly answered: number;
  readonly texts: NetworkMessages['try']['wanted'];
  readonly onChange: (wanted: number | null) => void;
}

/** What the reader would have liked to hear: a class, or a number. */
export function Wanted({ dataset, wanted, answered, texts, onChange }: WantedProps): JSX.Element {
  return (
    <div class="try-wanted">
      {dataset.task === 'classification' ? (
        <label>
          {texts.label}{' '}
          <select
            class="field"
            value={wanted === null ? '' : String(wanted)}
            onChange={({ currentTarget }) =>
              onChange(currentTarget.value === '' ? null : Number(currentTarget.value))
            }
          >
            <option value="">{texts.none}</option>
            {dataset.classes.map((name, index) => (
              <option key={name} value={String(index)}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : wanted === null ? (
        <button
          type="button"
          class="button outlined"
          onClick={() => onChange(Number(answered.toPrecision(3)))}
        >
          {texts.number} …
        </button>
      ) : (
        <span class="try-wanted-number">
          {texts.number}{' '}
          <NumberField
            label={texts.number}
            value={wanted}
            onEnter={onChange}
            onNudge={(direction, size) => onChange(Number((wanted + direction * size * 0.1).toFixed(6)))}
          />
          <button type="button" class="button outlined" onClick={() => onChange(null)}>
            {texts.clear}
          </button>
        </span>
      )}
      <p class="small quiet">{wanted === null ? texts.without : texts.with}</p>
    </div>
  );
}
