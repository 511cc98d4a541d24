import { boundaries, caption, stepNumber, type Granularity } from '@backflow/trace';
import { phaseAt, type Phase } from '../transport/phase.ts';
import type { App } from './app.ts';
import { clampPosition, forwardEnd, type Run } from './run.ts';

/** What the transport moves through: the steps of the run, or what the open view shows in their place. */
export interface Timeline {
  readonly about: 'run' | 'tree' | 'written' | 'network';
  /** How many steps have been taken, from 0 to `of`. */
  readonly step: number;
  readonly of: number;
  /** Whether nothing is left to come: at the last step, and not only on the way to it. */
  readonly ended: boolean;
  /** What the slider is called. */
  readonly name: string;
  /** "Step 2 of 9". */
  readonly label: string;
  /** The pass of the last step; null where there is none. */
  readonly phase: Phase | null;
  /** How long a step stays while playing at speed 1, and how many are taken at once. */
  readonly pauseMs: number;
  readonly stride: number;
  /** Parts of the slider that differ in colour, in steps. */
  readonly stretches: () => readonly Stretch[];
  /** What the last step did, in one sentence. */
  readonly sentence: () => string;
  /** To a step; to the nearest one where there is no such step. */
  readonly goTo: (step: number) => void;
}

export interface Stretch {
  readonly kind: Phase;
  readonly from: number;
  readonly to: number;
}

/** At speed 1 a step of each size stays so long. */
const PAUSE_MS: Readonly<Record<Granularity, number>> = { pass: 2400, node: 1200, edge: 900 };

type Source = Pick<App, 'run' | 'position' | 'session' | 'messages' | 'memo' | 'digits'>;

/** The steps of the run, in the present size. */
export function runTimeline(source: Source, goTo: (position: number) => void): Timeline {
  const run = source.run.value;
  const position = run === null ? 0 : clampPosition(run.trace, source.position.value);
  const { granularity } = source.session.value;
  const texts = source.messages.value.page.transport;
  const stepAt = (at: number) => (run === null ? { step: 0, of: 0 } : stepNumber(run.trace, at, granularity));
  const { step, of } = stepAt(position);
  return {
    about: 'run',
    step,
    of,
    ended: run === null || position >= run.trace.length,
    name: texts.step,
    label: texts.count(step, of),
    phase: run === null ? null : phaseAt(run.trace, position),
    pauseMs: PAUSE_MS[granularity],
    stride: 1,
    stretches: () =>
      run?.trace.passes.map(({ kind, from, to }) => ({
        kind,
        from: stepAt(from).step,
        to: stepAt(to).step,
      })) ?? [],
    sentence: () => (run === null ? '' : sentenceOf(source, run, position)),
    goTo: (to) => {
      if (run !== null) goTo(boundaries(run.trace, granularity)[Math.max(0, Math.min(of, to))]);
    },
  };
}

function sentenceOf({ messages, memo, session, digits }: Source, run: Run, position: number): string {
  const words = messages.value;
  const { transport } = words.page;
  if (position === 0) {
    if (run.trace.length > 0) return transport.begin;
    return run.unknown === null ? '' : transport.noNumbers;
  }
  const desk = memo.value;
  const { granularity } = session.value;
  const text = caption(run.trace, position, granularity, desk?.forecast.messages.value ?? words, {
    digits: digits.value,
  });
  // Of two lanes it is about the one with more steps; the values are computed for both.
  const [left, right] = run.lanes ?? [];
  return left !== right && text !== '' && position > forwardEnd(run.trace)
    ? `${desk!.nameOf(run.trace.algorithm)}: ${text}`
    : text;
}
