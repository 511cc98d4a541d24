import { formatExact } from '@backflow/print';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { parseNumber } from './parse-number.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onEnter: (value: number) => void;
  /** ↑ and ↓, times 10 with Shift and a tenth with Alt. */
  readonly onNudge: (direction: 1 | -1, size: number) => void;
}

/** A number to type, committed by Enter or by leaving; Esc takes back what was typed. */
export function NumberField({ label, value, onEnter, onNudge }: NumberFieldProps): JSX.Element {
  const app = useApp();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const invalid = draft !== null && parseNumber(draft) === null;

  const commit = (): void => {
    const number = draft === null ? null : parseNumber(draft);
    if (draft !== null && number !== null && number !== value) onEnter(number);
    if (draft === null || number !== null) setDraft(null);
  };

  return (
    <span class="number-field">
      <input
        class="field"
        type="text"
        inputMode="decimal"
        role="spinbutton"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        aria-valuenow={value}
        aria-valuetext={formatExact(value)}
        aria-invalid={invalid ? 'true' : undefined}
        aria-errormessage={invalid ? id : undefined}
        value={draft ?? formatExact(value)}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape' && draft !== null) setDraft(null);
          else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            commit();
            onNudge(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {invalid ? (
        <span id={id} class="small invalid" role="alert">
          {app.messages.value.graph.notANumber}
        </span>
      ) : null}
    </span>
  );
}
