import { backward } from '@backflow/engine';
import {
  buildScene,
  cardSizes,
  cardTexts,
  finishedMoment,
  layered,
  toSvg,
  usesOf,
  type Active,
  type Layout,
  type Moment,
  type SceneWords,
} from '@backflow/graph';
import { activeAt, Playhead, type Trace } from '@backflow/trace';

const DIGITS = 4;
/** Room between columns for the numbers on the edges, in pixels. */
const GAP_X = 84;

export interface PictureOptions {
  readonly theme: 'light' | 'dark';
  readonly words: SceneWords;
  readonly title: string;
}

/** The graph of a run, as SVG, when the first `position` events of the trace have happened. */
export function pictureAt(trace: Trace, position: number, { theme, words, title }: PictureOptions): string {
  const { recording } = trace;
  const gradient = backward(recording);
  const texts = cardTexts(recording);
  const uses = usesOf(recording);
  const { width, height } = cardSizes(recording, { form: 'row', texts, digits: DIGITS, gradient, ...words });
  const place = (): Layout =>
    layered(
      { count: recording.count, inputStart: uses.start, inputs: uses.source, width, height },
      { gapX: GAP_X },
    );
  widen(width, place());
  const layout = place();
  const picture = { recording, layout, uses, texts, width, height, form: 'row' } as const;
  const moment =
    position === trace.length ? finishedMoment(recording, gradient) : momentAt(trace, position, gradient);
  return toSvg(buildScene(picture, moment, { theme, words, digits: DIGITS }), { title });
}

/** Makes the cards of a column equally wide, which leaves the most room for the numbers on edges. */
function widen(width: Float64Array, { layer }: Layout): void {
  const widest = new Map<number, number>();
  layer.forEach((column, node) => widest.set(column, Math.max(widest.get(column) ?? 0, width[node])));
  layer.forEach((column, node) => (width[node] = widest.get(column)!));
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
