import type { Box } from '@backflow/graph';
import type { Messages } from '@backflow/messages';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { parseNumber } from '../look/parse-number.ts';

interface ValueFieldProps {
  readonly name: string;
  readonly value: number;
  /** The number on the card. */
  readonly box: Box | null;
  readonly messages: Messages['graph'];
  readonly onEnter: (value: number) => void;
  /** `byKey`: the focus goes back to the card. */
  readonly onLeave: (byKey: boolean) => void;
}

/** A small field over a leaf's number. Enter takes the number, Escape leaves it, leaving the field takes it too. */
export function ValueField({
  name,
  value,
  box,
  messages,
  onEnter,
  onLeave,
}: ValueFieldProps): JSX.Element | null {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const [wrong, setWrong] = useState(false);
  const start = String(value);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const take = (text: string): boolean => {
    if (text.trim() === start) return true;
    const typed = parseNumber(text);
    if (typed === null) return false;
    onEnter(typed);
    return true;
  };
  const leave = (byKey: boolean): void => {
    if (done.current) return;
    done.current = true;
    onLeave(byKey);
  };
  if (box === null) return null;
  const width = Math.max(92, box.width + 30);
  return (
    <div
      class="graph-field"
      data-over-graph
      style={{
        left: `${box.x + box.width - width + 4}px`,
        top: `${box.y + box.height / 2 - 17}px`,
        width: `${width}px`,
      }}
    >
      <input
        ref={field}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        spellcheck={false}
        defaultValue={start}
        aria-label={messages.enterValue(name)}
        aria-invalid={wrong}
        onInput={() => setWrong(false)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') leave(true);
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (take(event.currentTarget.value)) leave(true);
          else setWrong(true);
        }}
        onBlur={(event) => {
          if (done.current) return;
          take(event.currentTarget.value);
          leave(false);
        }}
      />
      {wrong ? <p role="alert">{messages.notANumber}</p> : null}
    </div>
  );
}
