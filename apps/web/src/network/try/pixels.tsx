import type { NetworkMessages } from '@backflow/messages';
import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';

interface PixelsProps {
  readonly input: Float64Array;
  readonly width: number;
  readonly signed: boolean;
  readonly texts: NetworkMessages['try']['pixels'];
  readonly onChange: (input: Float64Array) => void;
}

/** A picture of few pixels, each a button. */
export function Pixels({ input, width, signed, texts, onChange }: PixelsProps): JSX.Element {
  const black = signed ? -1 : 0;
  const middle = (black + 1) / 2;
  /** With the number, which stands on the button. */
  const nameOf = (value: number): string => {
    const number = formatNumber(value, { digits: 2 });
    if (value !== 1 && value !== black) return number;
    return `${number}, ${value === 1 ? texts.white : texts.black}`;
  };
  return (
    <div class="try-pixels" style={{ gridTemplateColumns: `repeat(${width}, 1fr)` }}>
      {Array.from(input, (value, index) => {
        const bright = value > middle;
        const grey = Math.round((255 * (value - black)) / (1 - black));
        const place = texts.pixel(Math.floor(index / width) + 1, (index % width) + 1);
        return (
          <button
            key={index}
            type="button"
            class="try-pixel"
            aria-pressed={bright}
            aria-label={`${place}: ${nameOf(value)}`}
            style={{ background: `rgb(${grey} ${grey} ${grey})`, color: bright ? '#000' : '#fff' }}
            onClick={() => {
              const next = input.slice();
              next[index] = bright ? black : 1;
              onChange(next);
            }}
          >
            {formatNumber(value, { digits: 2 })}
          </button>
        );
      })}
    </div>
  );
}
