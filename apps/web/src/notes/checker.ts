import type { Report } from '@backflow/notes';
import { boundedWorker, type Hire } from '../state/bounded-worker.ts';

export type CheckOutcome =
  | { readonly kind: 'checked'; readonly text: string; readonly report: Report }
  /** `none`: the browser allows no worker, and the page itself must not be held up by a check. */
  | { readonly kind: 'slow' | 'crashed' | 'none'; readonly text: string };

/** Judges texts one after the other, away from the page; only the latest counts. */
export interface Checker {
  check(text: string): void;
  cancel(): void;
}

/** A check that has run for so long gives way to a newer text; a shorter one is let to its end, which is sooner. */
const GIVES_WAY_MS = 250;

export function checkerWith(hire: Hire, now: () => number, done: (outcome: CheckOutcome) => void): Checker {
  const worker = boundedWorker<string, Report>(hire);
  let busy: { readonly since: number } | null = null;
  let next: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function start(text: string): void {
    clearTimeout(timer);
    next = null;
    const own = { since: now() };
    busy = own;
    const finish = (outcome: CheckOutcome): void => {
      if (busy !== own) return;
      busy = null;
      done(outcome);
      if (next !== null) start(next);
    };
    worker.ask(text, (outcome) => {
      if (outcome.kind === 'answer') finish({ kind: 'checked', text, report: outcome.answer });
      else finish({ kind: outcome.kind, text });
    });
  }

  return {
    check(text) {
      if (busy === null) return start(text);
      next = text;
      clearTimeout(timer);
      const left = GIVES_WAY_MS - (now() - busy.since);
      // Ends the one before.
      if (left <= 0) start(text);
      else
        timer = setTimeout(() => {
          if (next !== null) start(next);
        }, left);
    },
    cancel() {
      clearTimeout(timer);
      next = null;
      busy = null;
      worker.cancel();
    },
  };
}
