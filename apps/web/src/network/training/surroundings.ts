import type { Surroundings } from './drill.ts';
import { keep } from './kept.ts';

/** The clock and the database of the browser, in a worker and in the page. */
export function surroundingsWith(post: Surroundings['post']): Surroundings {
  const { port1, port2 } = new MessageChannel();
  let next: (() => void) | null = null;
  port1.onmessage = () => next?.();
  return {
    post,
    now: () => performance.now(),
    later(then, ms) {
      // A timer waits 4 ms even for none.
      if (ms >= 4) return void setTimeout(then, ms);
      next = then;
      port2.postMessage(null);
    },
    keep: (kept) => void keep(kept),
  };
}
