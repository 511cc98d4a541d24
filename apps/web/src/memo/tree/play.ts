import { useEffect, useState } from 'preact/hooks';

/** Time for all presses together, and for one. */
const WHOLE_MS = 9000;
const SLOWEST_MS = 1100;
const FASTEST_MS = 120;

/** A place among presses, and what moves it. */
export interface Presses {
  readonly at: number;
  readonly count: number;
  readonly playing: boolean;
  readonly go: (at: number) => void;
  /** Plays to the end, from the start if it is there already; pauses what plays. */
  readonly toggle: () => void;
}

/** Presses from 0 to `count`; back to 0 when `about` changes. Many are played several at a time. */
export function usePresses(count: number, about: string): Presses {
  const [state, setState] = useState({ about, at: 0, playing: false });
  const current = state.about === about ? state : { about, at: 0, playing: false };
  const at = Math.min(current.at, count);
  const playing = current.playing && at < count;
  const pause = Math.min(SLOWEST_MS, Math.max(FASTEST_MS, WHOLE_MS / Math.max(1, count)));
  const stride = Math.max(1, Math.ceil((count * FASTEST_MS) / WHOLE_MS));
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      setState({ about, at: Math.min(count, at + stride), playing: at + stride < count });
    }, pause);
    return () => clearTimeout(timer);
  }, [playing, at, about]);
  return {
    at,
    count,
    playing,
    go: (to) => setState({ about, at: Math.max(0, Math.min(count, to)), playing: false }),
    toggle: () => {
      const start = at >= count ? 0 : at;
      // The first press is made at once.
      setState({ about, at: playing ? at : Math.min(count, start + stride), playing: !playing });
    },
  };
}
