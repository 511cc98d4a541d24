import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { MathText } from '../look/math-text.tsx';

/** While playing, a screen reader hears at most one sentence in this time. */
const SPOKEN_EVERY_MS = 3000;

/** What the last step did, in one sentence; read out by screen readers. */
export function Caption(): JSX.Element {
  const app = useApp();
  const messages = app.messages.value;
  const said = app.lecture.value?.sentence.value ?? null;
  const { sentence, step, phase } = app.timeline.value;
  let text = said ?? sentence();
  // Its place is the question's while one is asked; it stays, so that what follows is read out.
  const asked = (app.memo.value?.forecast.asking.value ?? null) !== null;
  if (asked) text = '';
  const playing = app.playing.value;
  const spoken = useThrottled(playing ? text : '', SPOKEN_EVERY_MS);
  return (
    <div
      class={
        asked ? 'hidden-visually' : `caption ${(step > 0 && phase) || ''} ${said === null ? '' : 'stop'}`
      }
    >
      <p role="status" aria-live={playing ? 'off' : 'polite'} aria-label={messages.page.transport.caption}>
        <MathText text={text} />
      </p>
      <p class="hidden-visually" aria-live="polite">
        {spoken}
      </p>
    </div>
  );
}

/** The latest text, but never two within this time; an empty one at once. */
function useThrottled(text: string, everyMs: number): string {
  const [said, say] = useState(text);
  const lastAt = useRef(0);
  useEffect(() => {
    const wait = text === '' ? 0 : Math.max(0, lastAt.current + everyMs - performance.now());
    const timer = window.setTimeout(() => {
      lastAt.current = performance.now();
      say(text);
    }, wait);
    return () => window.clearTimeout(timer);
  }, [text, everyMs]);
  return said;
}
