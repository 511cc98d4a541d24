import { backward } from '@backflow/engine';
import {
  arrangeCards,
  buildScene,
  cardTexts,
  finishedMoment,
  toSvg,
  usesOf,
  type Active,
  type Moment,
  type SceneWords,
} from '@backflow/graph';
import { activeAt, Playhead, type Trace } from '@backflow/trace';

const DIGITS = 4;
/** The shape to fill, in pixels: that of a slide. A long graph breaks into rows. */
const PANE = { width: 1600, height: 1000 };

export interface PictureOptions {
  readonly theme: 'light' | 'dark';
  readonly words: SceneWords;
  readonly title: string;
}

/** The graph of a run, as SVG, when the first `position` events of the trace have happened. */
export function pictureAt(trace: Trace, position: number, { theme, words, title }: PictureOptions): string {
  const { recording } = trace;
  const gradient = backward(recording);
  const picture = {
    recording,
    ...arrangeCards(recording, PANE, { digits: DIGITS, words }),
    uses: usesOf(recording),
    texts: cardTexts(recording),
  };
  const moment =
    position === trace.length ? finishedMoment(recording, gradient) : momentAt(trace, position, gradient);
  return toSvg(buildScene(picture, moment, { theme, words, digits: DIGITS }), { title });
}

function momentAt(trace: Trace, position: number, gradient: Float64Array): Moment {
  // What the run has by its end and does not depend on the step: local derivatives, live edges, the scale.
  const { local, live, scale } = finishedMoment(trace.recording, gradient);
  const playhead = new Playhead(trace);
  playhead.moveTo(position);
  const { value, valueKnown, gradientState, reported, uses, contribution, flowed } = playhead;
  return {
    value,
    valueKnown,
    gradient: playhead.gradient,
    gradientState,
    reported,
    uses,
    local,
    contribution,
    flowed,
    live,
    active: activeEvent(trace, position),
    scale,
    stale: false,
  };
}

/** What the last event touches: an edge, by its consumer, or a node. */
function activeEvent(trace: Trace, position: number): Active | null {
  const active = activeAt(trace, position);
  if (active === null) return null;
  const { kind, node, edge } = active;
  if (edge === null) return { kind, node, entry: -1 };
  return { kind, node: edge.consumer, entry: trace.recording.inputStart[edge.consumer] + edge.slot };
}
