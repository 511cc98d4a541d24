import type { Moment } from '@backflow/graph';
import { formatCount } from '@backflow/print';
import { ALGORITHMS, boundaries, caption, STEP_LIMIT, tallyAt, type AlgorithmName } from '@backflow/trace';
import type { ComponentChildren, JSX, RefObject } from 'preact';
import type { App } from '../../state/app.ts';
import { useMemo, useRef } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import type { Run } from '../../state/run.ts';
import type { Lane, MemoTabProps } from '../contract.ts';
import { pickIn } from '../inspected.ts';
import { groundOf } from '../race.ts';
import { Choice } from './choice.tsx';
import { Counters } from './counters.tsx';
import type { Flag } from './flag.ts';
import { resultsOf } from './results.ts';
import { ALL, Verdicts } from './verdicts.tsx';

interface LaneViewProps {
  readonly app: App;
  readonly run: Run;
  readonly lane: Lane;
  readonly side: 0 | 1;
  /** Null where the lane is not stepped. */
  readonly moment: Moment | null;
  readonly position: number;
  readonly flag: Flag | null;
  readonly most: bigint;
  readonly texts: MemoTabProps['texts'];
  readonly place: RefObject<HTMLDivElement | null>;
  readonly onChoose: (name: AlgorithmName) => void;
  readonly onFlag: () => void;
  /** The graph, or what stands in its place. */
  readonly children: ComponentChildren;
}

/** One algorithm: its name and what it does, the graph, what it costs so far, and what it finds. */
export function LaneView(props: LaneViewProps): JSX.Element {
  const { app, run, lane, side, moment, position, flag, most, texts, place } = props;
  const words = texts.beside;
  const { algorithm, trace, counters } = lane;
  const name = texts.algorithms.names[algorithm];
  const digits = app.digits.value;
  const ground = groundOf(run.shown);
  const latest = useRef(props);
  latest.current = props;
  return (
    <section
      class="memo-lane"
      data-wrong={lane.right === false ? '' : undefined}
      aria-label={`${words.sides[side]}: ${name}`}
    >
      <header>
        {useMemo(
          () => (
            <Choice
              label={words.sides[side]}
              side={side}
              chosen={algorithm}
              texts={texts}
              onChoose={(chosen) => latest.current.onChoose(chosen)}
            />
          ),
          [words, side, algorithm],
        )}
        <h2>
          {name}{' '}
          <span class="kind">{ALGORITHMS[algorithm].correct ? words.kinds.right : words.kinds.wrong}</span>
        </h2>
        <p class="line">{texts.algorithms.lines[algorithm]}</p>
      </header>
      <div ref={place} class="memo-graph">
        {trace === null ? <p class="memo-counted">{countedText(lane, words)}</p> : props.children}
      </div>
      <div class="memo-said">
        {trace === null ? null : <p>{sentenceOf(app, lane, position, words)}</p>}
        {flag === null ? null : (
          <button type="button" class="memo-reason" onClick={props.onFlag}>
            ✗ <MathText text={flag.reason} />
          </button>
        )}
      </div>
      {trace === null && lane.gradients === null ? (
        <p class="memo-verdicts quiet">{words.notRun}</p>
      ) : (
        <Verdicts
          label={words.results(name)}
          results={resultsOf(ground, lane, position, moment, ALL)}
          ground={ground}
          digits={digits}
          texts={words}
          onSelect={(node) => pickIn(app, side, node)}
        />
      )}
      <Counters
        label={words.costOf(name)}
        now={trace === null ? null : tallyAt(trace, position)}
        total={counters}
        most={most}
        texts={words}
      />
    </section>
  );
}

function countedText({ counters, events }: Lane, words: MemoTabProps['texts']['beside']): string {
  const limit = formatCount(STEP_LIMIT);
  return counters.multiplications > STEP_LIMIT
    ? words.counted(formatCount(counters.multiplications), 'multiplications', limit)
    : words.counted(formatCount(events), 'events', limit);
}

/** What the lane's last step did; at its end, that it is through. */
function sentenceOf(
  app: App,
  { trace }: Lane,
  position: number,
  words: MemoTabProps['texts']['beside'],
): JSX.Element | string {
  const { granularity } = app.session.value;
  if (position === trace!.length)
    return words.through(formatCount(boundaries(trace!, granularity).length - 1));
  if (position === 0) return '';
  const messages = app.memo.value?.forecast.messages.value ?? app.messages.value;
  const text = caption(trace!, position, granularity, messages, { digits: app.digits.value });
  return <MathText text={text} />;
}
