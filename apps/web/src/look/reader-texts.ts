import type { Language } from '@backflow/messages';
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { App } from '../state/app.ts';

/** Texts in the reader's language, fetched now and again whenever it changes. */
export async function readerTexts<T>(
  app: App,
  load: (language: Language) => Promise<T>,
): Promise<ReadonlySignal<T>> {
  let asked = app.settings.peek().language;
  const texts = signal<T>(await load(asked));
  effect(() => {
    const wanted = app.settings.value.language;
    if (wanted === asked) return;
    asked = wanted;
    void load(wanted).then((loaded) => {
      if (asked === wanted) texts.value = loaded;
    });
  });
  return texts;
}
