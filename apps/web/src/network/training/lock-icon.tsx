import type { JSX } from 'preact';

/** A lock on the grid of the page's icons. */
export function LockIcon({ closed }: { readonly closed: boolean }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <rect class={closed ? 'solid' : ''} x="4.5" y="9" width="11" height="7.5" rx="1.5" />
      <path d={closed ? 'M7 9V6.5a3 3 0 0 1 6 0V9' : 'M7 9V5.5a3 3 0 0 1 5.8-1.1'} />
    </svg>
  );
}
