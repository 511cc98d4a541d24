import { nextPosition, previousPosition, type Granularity } from '@backflow/trace';
import { computed, effect, untracked, type Signal } from '@preact/signals';
import type { App, Surroundings } from './app.ts';
import { playerOn } from './player.ts';
import { clampPosition } from './run.ts';
import { runTimeline } from './timeline.ts';

/** What moves through the timeline of the open view. */
export type Time = Pick<
  App,
  'timeline' | 'goTo' | 'step' | 'toStart' | 'toEnd' | 'play' | 'playWithin' | 'pause'
>;

type Page = Pick<App, 'run' | 'session' | 'messages' | 'memo' | 'network' | 'digits'> & {
  readonly position: Signal<number>;
  readonly playing: Signal<boolean>;
};

export function timeOf(page: Page, surroundings: Pick<Surroundings, 'wait'>): Time {
  const timeline = computed(
    () => page.memo.value?.timeline.value ?? page.network.value?.timeline(place) ?? runTimeline(page, place),
  );

  function place(position: number): void {
    const run = page.run.peek();
    if (run !== null) page.position.value = clampPosition(run.trace, position);
  }

  function move(direction: 1 | -1, granularity: Granularity, steps = 1): boolean {
    const line = timeline.peek();
    if (line.about !== 'run') {
      if (direction > 0 ? line.ended : line.step === 0) return false;
      line.goTo(line.step + direction * steps);
      return true;
    }
    const run = page.run.peek();
    if (run === null) return false;
    if (direction > 0 && page.memo.peek()?.forecast.holds(granularity) === true) return false;
    const walk = direction > 0 ? nextPosition : previousPosition;
    const next = walk(run.trace, page.position.peek(), granularity);
    if (next === page.position.peek()) return false;
    page.position.value = next;
    return true;
  }

  let hurry: { pauseMs: number } | null = null;
  const player = playerOn({
    advance: () => move(1, hurry === null ? page.session.peek().granularity : 'edge', timeline.peek().stride),
    pauseMs: () => hurry?.pauseMs ?? timeline.peek().pauseMs / page.session.peek().speed,
    onStop: () => {
      hurry = null;
      page.playing.value = false;
    },
    wait: (ms, then) => surroundings.wait(ms, then),
  });

  function start(): void {
    const { of, ended, goTo } = timeline.peek();
    if (of === 0) return;
    if (ended) goTo(0);
    page.playing.value = true;
    player.start();
  }

  const about = computed(() => timeline.value.about);
  effect(() => {
    // What plays is left behind.
    void about.value;
    untracked(() => player.stop());
  });

  const goTo = (position: number): void => {
    player.stop();
    place(position);
  };
  const toStep = (step: number): void => {
    player.stop();
    timeline.peek().goTo(step);
  };
  return {
    timeline,
    goTo,
    step(direction, granularity) {
      player.stop();
      move(direction, granularity ?? page.session.peek().granularity);
    },
    toStart: () => toStep(0),
    toEnd: () => toStep(Infinity),
    play: start,
    playWithin(ms) {
      const run = page.run.peek();
      if (run === null) return;
      const left = run.trace.length - page.position.peek();
      hurry = { pauseMs: ms / Math.max(1, left) };
      start();
    },
    pause: () => player.stop(),
  };
}
