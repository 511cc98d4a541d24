import { signal, type ReadonlySignal } from '@preact/signals';

function follow(query: string): ReadonlySignal<boolean> {
  const list = window.matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => (matches.value = list.matches));
  return matches;
}

/** A phone's width: one pane at a time. */
export const narrow = follow('(max-width: 700px)');
export const systemDark = follow('(prefers-color-scheme: dark)');
export const reducedMotion = follow('(prefers-reduced-motion: reduce)');

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
