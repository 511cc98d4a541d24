/** What playing needs of the page: where it stands, how it moves on, and a clock. */
export interface Stage {
  /** Moves one step on at the present granularity; false at the end. */
  advance(): boolean;
  /** Milliseconds that the step now shown should stay. */
  pauseMs(): number;
  onStop(): void;
  wait(ms: number, then: () => void): () => void;
}

export interface Player {
  start(): void;
  stop(): void;
}

/** Longest run of steps between two frames, at speeds that a screen cannot show one by one. */
const STEPS_PER_FRAME = 64;
const FRAME_MS = 16;

/** Plays step after step until the end or until it is stopped. */
export function playerOn(stage: Stage): Player {
  let cancel: (() => void) | null = null;

  function tick(): void {
    const pause = stage.pauseMs();
    const steps = pause >= FRAME_MS ? 1 : Math.min(STEPS_PER_FRAME, Math.round(FRAME_MS / pause));
    for (let i = 0; i < steps; i++) {
      if (!stage.advance()) {
        cancel = null;
        stage.onStop();
        return;
      }
    }
    cancel = stage.wait(Math.max(pause, FRAME_MS), tick);
  }

  return {
    start() {
      cancel?.();
      cancel = null;
      tick();
    },
    stop() {
      if (cancel === null) return;
      cancel();
      cancel = null;
      stage.onStop();
    },
  };
}
