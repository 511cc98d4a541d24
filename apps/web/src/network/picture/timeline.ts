import type { NetworkMessages } from '@backflow/messages';
import type { App } from '../../state/app.ts';
import { clampPosition, type Run } from '../../state/run.ts';
import type { Timeline } from '../../state/timeline.ts';
import { phaseAt } from '../../transport/phase.ts';
import { levelOf } from './level.ts';
import { sentenceOf } from './sentence.ts';
import { rankOf, stepsOf } from './steps.ts';
import { groundOf } from './timing.ts';

/** A step over a layer or a neuron stays so long, and one over a scalar. */
const COARSE_MS = 1600;
const FINE_MS = 800;
/** All steps of an open level take at most so long, at speed 1. */
const WHOLE_MS = 30_000;
const FASTEST_MS = 60;

/**
 * The steps of the level that is open in the picture of a network, over the positions of the run's trace; null where the
 * picture is not what is shown. `goTo` places the page at a position.
 */
export function networkTimeline(
  app: App,
  texts: NetworkMessages,
  goTo: (position: number) => void,
): Timeline | null {
  const run = app.run.value;
  const { mode, network } = app.session.value;
  if (mode !== 'network' || network.tab !== 'picture' || run === null || run.network === null) return null;
  if (run.trace.length === 0) return null;
  return timelineOf(app, run, texts, goTo);
}

function timelineOf(app: App, run: Run, texts: NetworkMessages, goTo: (position: number) => void): Timeline {
  const ground = groundOf(run, run.network!);
  const level = levelOf(app, ground.parts);
  const positions = stepsOf(ground, level);
  const position = clampPosition(run.trace, app.position.value);
  const of = positions.length - 1;
  const step = Math.min(of, rankOf(positions, position));
  const { transport } = app.messages.value.page;
  const coarse = level.kind === 'network' || level.kind === 'layer';
  const pauseMs = Math.max(FASTEST_MS, Math.min(coarse ? COARSE_MS : FINE_MS, WHOLE_MS / Math.max(1, of)));
  return {
    about: 'network',
    step,
    of,
    ended: position >= run.trace.length,
    name: texts.picture.steps.name,
    label: transport.count(step, of),
    phase: phaseAt(run.trace, position),
    pauseMs,
    stride: Math.max(1, Math.ceil((of * FASTEST_MS) / WHOLE_MS)),
    stretches: () =>
      run.trace.passes.map(({ kind, from, to }) => ({
        kind,
        from: rankOf(positions, from),
        to: rankOf(positions, to),
      })),
    sentence: () =>
      sentenceOf(ground, level, stepAt(positions, position), {
        texts: texts.picture.steps,
        messages: app.messages.value,
        digits: app.digits.value,
      }),
    goTo: (to) => {
      // On the way to a step, the next one is its end.
      const next = to === step + 1 && position < positions[step] ? step : to;
      goTo(positions[Math.max(0, Math.min(of, next))]);
    },
  };
}

/** The step that leads to a position: where it began. */
export function stepAt(
  positions: Int32Array,
  position: number,
): { readonly from: number; readonly to: number } {
  const rank = rankOf(positions, position);
  return { from: rank === 0 ? 0 : positions[rank - 1], to: position };
}
