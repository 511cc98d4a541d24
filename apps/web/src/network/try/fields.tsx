import type { Dataset } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { NumberField } from '../../look/number-field.tsx';
import { rangesOf } from './ranges.ts';

/** More columns have no field. */
const MOST_FIELDS = 64;
/** Steps of a slider. */
const STEPS = 200;

interface FieldsProps {
  readonly dataset: Dataset | null;
  readonly input: Float64Array;
  readonly texts: NetworkMessages['try']['fields'];
  readonly onChange: (input: Float64Array) => void;
}

/** A slider and a number for each column. */
export function Fields({ dataset, input, texts, onChange }: FieldsProps): JSX.Element {
  const digits = useApp().digits.value;
  const ranges = useMemo(() => rangesOf(dataset, input.length), [dataset, input.length]);
  const print = (value: number): string => formatNumber(value, { digits });
  const shown = Math.min(input.length, MOST_FIELDS);
  const set = (index: number, value: number): void => {
    const next = input.slice();
    next[index] = value;
    onChange(next);
  };
  return (
    <div class="try-fields">
      {Array.from({ length: shown }, (_, index) => {
        const { low, high } = ranges[index];
        const name = dataset?.columns[index] ?? texts.name(index);
        const value = input[index];
        // Beyond the data there is more to find out; a column of one number has no width of its own.
        const beyond = high > low ? (high - low) / 4 : 1;
        const step = (high - low + 2 * beyond) / STEPS;
        const outside = value < low || value > high;
        return (
          <div key={index} class="try-field">
            <span class="try-name" title={name}>
              {name}
            </span>
            <input
              type="range"
              aria-label={name}
              aria-valuetext={print(value)}
              min={low - beyond}
              max={high + beyond}
              step="any"
              value={value}
              onInput={(event) => set(index, tidy(Number(event.currentTarget.value), step))}
            />
            <NumberField
              label={name}
              value={value}
              onEnter={(next) => set(index, next)}
              onNudge={(direction, size) => set(index, tidy(value + direction * size * step, step * size))}
            />
            {outside ? (
              <span class="small try-outside" title={texts.outside(print(low), print(high))}>
                {texts.outsideShort}
              </span>
            ) : null}
          </div>
        );
      })}
      {shown < input.length ? <p class="small quiet">{texts.more(String(input.length - shown))}</p> : null}
    </div>
  );
}

/** A number with no more digits than its steps make use of. */
function tidy(value: number, step: number): number {
  const places = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(step)))));
  return Number(value.toFixed(places));
}
