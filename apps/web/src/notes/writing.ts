import { signal, type ReadonlySignal } from '@preact/signals';
import { changeBetween } from '../state/history.ts';

/** After this time without a key the writer has finished, for now. */
const REST_MS = 700;
/** What one press of a key changes, at most. */
const KEY_LENGTH = 3;

/** Where someone is writing in a line, key by key; null as soon as the hand rests or goes on to another line. */
export function writingHand(): {
  readonly writing: ReadonlySignal<number | null>;
  /** To be told every text. */
  readonly follow: (text: string) => void;
} {
  const writing = signal<number | null>(null);
  let before: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    writing,
    follow(text) {
      const last = before;
      before = text;
      if (last === null || last === text) return;
      const { from, to, insert } = changeBetween(last, text);
      const isKey =
        insert.length <= KEY_LENGTH &&
        to - from <= KEY_LENGTH &&
        !insert.includes('\n') &&
        !last.slice(from, to).includes('\n');
      clearTimeout(timer);
      writing.value = isKey ? from + insert.length : null;
      if (isKey) timer = setTimeout(() => (writing.value = null), REST_MS);
    },
  };
}
