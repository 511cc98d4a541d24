import type { ComponentChildren, JSX } from 'preact';

/** What may be wider than its place: the arrow keys scroll it, so it can have the focus. */
export function ScrollBox({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="gradients-scroll" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
