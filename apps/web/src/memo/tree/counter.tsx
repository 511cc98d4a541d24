import type { JSX } from 'preact';
import './counter.css';

interface CounterProps {
  readonly now: bigint;
  readonly most: bigint;
  readonly least: bigint;
  readonly format: (count: bigint) => string;
  readonly unit: string;
  /** What the two ends of the bar are. */
  readonly ends: string;
  readonly scale: string;
}

/** A count in large digits, and under it a bar on a logarithmic scale from 1 to the most it has been. */
export function Counter({ now, most, least, format, unit, ends, scale }: CounterProps): JSX.Element {
  const whole = log10(most);
  const share = (count: bigint): string => `${whole === 0 ? 100 : (100 * log10(count)) / whole}%`;
  return (
    <div class="counter">
      <p class="count-now">
        <strong>{format(now)}</strong> <span>{unit}</span>
      </p>
      <div class="count-bar" aria-hidden="true" title={scale}>
        <div class="count-fill" style={{ width: share(now) }} />
        <div class="count-least" style={{ left: share(least) }} />
      </div>
      <p class="quiet small">{ends}</p>
    </div>
  );
}

/** Of a count of any size; 0 for 0 and 1. */
function log10(count: bigint): number {
  if (count <= 1n) return 0;
  const digits = count.toString();
  return digits.length - Math.min(15, digits.length) + Math.log10(Number(digits.slice(0, 15)));
}
