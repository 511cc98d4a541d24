import type { default as Katex } from 'katex';
import { signal, type ReadonlySignal } from '@preact/signals';

const loaded = signal<typeof Katex | null>(null);
let asked = false;

/** KaTeX once it is here; null before, and for good where it cannot be loaded (the text form says the same). */
export function katexWhenLoaded(): ReadonlySignal<typeof Katex | null> {
  if (!asked) {
    asked = true;
    import('./katex-chunk.ts').then(
      ({ katex }) => (loaded.value = katex),
      () => undefined,
    );
  }
  return loaded;
}
