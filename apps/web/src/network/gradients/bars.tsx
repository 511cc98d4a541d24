import { nameToText } from '@backflow/print';
import type { JSX } from 'preact';
import { MathText } from '../../look/math-text.tsx';
import { NumberText } from '../../look/number.tsx';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** How it comes about, or what should be done. */
  readonly note?: string;
}

interface BarsProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** The value whose bar fills half of the room. */
  readonly largest: number;
  /** At most so many, the largest; null for all. */
  readonly most?: number;
  readonly rest?: (count: string, sum: number) => string;
  /** Chooses one; null where there is nothing to choose. */
  readonly onPick?: ((index: number) => void) | null;
  readonly pickLabel?: (name: string) => string;
}

/** Numbers as bars to both sides of a middle: to the right is +; − is hatched, too. */
export function Bars({
  label,
  bars,
  largest,
  most = 16,
  rest,
  onPick = null,
  pickLabel,
}: BarsProps): JSX.Element {
  const order = bars.map((_, i) => i);
  const shown =
    bars.length <= most
      ? order
      : order
          .toSorted((a, b) => Math.abs(bars[b].value) - Math.abs(bars[a].value) || a - b)
          .slice(0, most)
          .sort((a, b) => a - b);
  const left = new Set(shown);
  const others = order.filter((i) => !left.has(i));
  return (
    <table class="bars" aria-label={label}>
      <tbody>
        {shown.map((i) => {
          const { name, value, note } = bars[i];
          const share = largest > 0 ? Math.min(1, Math.abs(value) / largest) : 0;
          return (
            <tr key={i}>
              <th scope="row">
                {onPick === null ? (
                  <MathText text={name} />
                ) : (
                  <button
                    type="button"
                    class="link"
                    title={pickLabel?.(nameToText(name))}
                    onClick={() => onPick(i)}
                  >
                    <MathText text={name} />
                  </button>
                )}
              </th>
              <td class="bars-track" aria-hidden="true">
                <span
                  class={`bars-bar ${value < 0 ? 'down' : 'up'}`}
                  style={{ width: `${(50 * share).toFixed(1)}%` }}
                />
              </td>
              <td class="numeric">
                <NumberText value={value} signed />
              </td>
              {note === undefined ? null : <td class="bars-note small">{note}</td>}
            </tr>
          );
        })}
        {others.length > 0 && rest !== undefined ? (
          <tr>
            <td colSpan={4} class="small quiet">
              {rest(
                others.length.toLocaleString('en'),
                others.reduce((sum, i) => sum + bars[i].value, 0),
              )}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
