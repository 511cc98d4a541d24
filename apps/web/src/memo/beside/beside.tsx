import type { JSX } from 'preact';
import type { MemoTabProps } from '../contract.ts';

/** Two algorithms in lock step on the same graph. */
export function Beside({ texts }: MemoTabProps): JSX.Element {
  return <section aria-label={texts.beside.label} />;
}
