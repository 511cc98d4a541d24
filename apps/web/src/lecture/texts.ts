import { loadLectureMessages, type LectureMessages } from '@backflow/messages';
import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { App } from '../state/app.ts';

/** The texts in the reader's language, also when it changes. */
export async function textsOf(app: App): Promise<ReadonlySignal<LectureMessages>> {
  const { language } = app.settings.peek();
  const texts = signal(await loadLectureMessages(language));
  let asked = language;
  effect(() => {
    const wanted = app.settings.value.language;
    if (wanted === asked) return;
    asked = wanted;
    void loadLectureMessages(wanted).then((loaded) => {
      if (asked === wanted) texts.value = loaded;
    });
  });
  return texts;
}
