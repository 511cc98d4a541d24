import { formatExact, formatNumber, splitNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';

function signClass(value: number): string {
  return value > 0 ? 'positive' : value < 0 ? 'negative' : '';
}

/** A number for people, every digit of it on hover; `signed` colours it by its sign. */
export function NumberText({ value, signed = false }: { value: number; signed?: boolean }): JSX.Element {
  const digits = useApp().digits.value;
  return (
    <span class={`number ${signed ? signClass(value) : ''}`} title={formatExact(value)}>
      {formatNumber(value, { digits })}
    </span>
  );
}

/** The same in two halves, so that a column of them aligns on the decimal point. */
export function AlignedNumber({ value, signed = false }: { value: number; signed?: boolean }): JSX.Element {
  const digits = useApp().digits.value;
  const { whole, rest } = splitNumber(formatNumber(value, { digits }));
  return (
    <span class={`number aligned ${signed ? signClass(value) : ''}`} title={formatExact(value)}>
      <span class="whole">{whole}</span>
      <span class="rest">{rest}</span>
    </span>
  );
}
