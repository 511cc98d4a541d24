import type { MemoMessages } from '@backflow/messages';
import { formatCount } from '@backflow/print';
import { ALGORITHM_NAMES, caption, keepingOf, tallyAt, type AlgorithmName } from '@backflow/trace';
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import type { App } from '../../state/app.ts';
import { lanePosition } from '../../state/lanes.ts';
import type { Run } from '../../state/run.ts';
import type { Lane, MemoTabProps } from '../contract.ts';
import { groundOf } from '../race.ts';
import { Alone } from './alone.tsx';
import { Kept } from './kept.tsx';
import { MemoryPrice } from './memory.tsx';
import { NotKept } from './not-kept.tsx';
import type { Place } from './place.ts';
import './table.css';

type Side = 'left' | 'right';
/** Which of the two lanes the table is about; null for the one that keeps a table. */
const side = signal<Side | null>(null);

const keeps = ({ algorithm }: Lane): boolean => keepingOf(algorithm) === 'gradients';

/** What is stored of every node at the present step, what each of the two memos does alone, and what memory costs. */
export function TableTab({ app, run, texts }: MemoTabProps): JSX.Element {
  const lanes = run.lanes!;
  const shown: Side = side.value ?? (!keeps(lanes[1]) && keeps(lanes[0]) ? 'left' : 'right');
  const lane = lanes[shown === 'left' ? 0 : 1];
  const ground = useMemo(() => groundOf(run.shown), [run.shown]);
  const { granularity } = app.session.value;
  const place: Place = {
    app,
    run,
    trace: lane.trace ?? run.trace,
    position: lane.trace === null ? 0 : lanePosition(run, lane.trace, app.position.value, granularity),
    granularity,
    truth: ground.truth,
  };
  // No step changes these: the same elements are not compared again.
  const below = useMemo(
    () => (
      <>
        <Alone app={app} run={run} ground={ground} texts={texts} />
        <MemoryPrice run={run} texts={texts} />
      </>
    ),
    [run.shown, run.keys, ground, texts],
  );
  return (
    <div class="memo-table">
      <div class="memo-table-tools">
        <Choice app={app} run={run} shown={shown} texts={texts} />
        <span class="quiet small">{texts.algorithms.lines[lane.algorithm]}</span>
      </div>
      <Said place={place} lane={lane} />
      {lane.algorithm === 'memo' && lane.trace !== null ? (
        <p class="small quiet">{texts.table.counts(...soFar(place))}</p>
      ) : null}
      {lane.trace === null ? <p>{texts.table.tooLong(formatCount(lane.events))}</p> : null}
      {keeps(lane) ? (
        lane.trace === null ? null : (
          <Kept place={place} algorithm={lane.algorithm} graph={ground.graph} texts={texts} />
        )
      ) : (
        <NotKept place={place} lane={lane} graph={ground.graph} texts={texts} />
      )}
      {below}
    </div>
  );
}

/** Misses and hits up to here. */
function soFar({ trace, position }: Place): [misses: string, hits: string] {
  const { visits, hits } = tallyAt(trace, position);
  return [formatCount(visits), formatCount(hits)];
}

/** What the last step did, where the caption of the page is about the other lane. */
function Said({ place, lane }: { place: Place; lane: Lane }): JSX.Element | null {
  const { app, run, trace, position, granularity } = place;
  if (lane.trace === null || trace === run.trace || position === 0 || position === trace.length) return null;
  const messages = app.memo.value?.forecast.messages.value ?? app.messages.value;
  const text = caption(trace, position, granularity, messages, { digits: app.digits.value });
  return (
    <p class="memo-table-said">
      <MathText text={text} />
    </p>
  );
}

interface ChoiceProps {
  readonly app: App;
  readonly run: Run;
  readonly shown: Side;
  readonly texts: MemoMessages;
}

/** The two that run side by side, and all others, which take the right-hand place. */
function Choice({ app, run, shown, texts }: ChoiceProps): JSX.Element {
  const [left, right] = run.lanes!.map(({ algorithm }) => algorithm);
  const choose = (name: AlgorithmName): void => {
    side.value = name === left && name !== right ? 'left' : 'right';
    if (name === left || name === right) return;
    app.update({ memo: { ...app.session.peek().memo, right: name } });
  };
  const { names } = texts.algorithms;
  const option = (name: AlgorithmName): JSX.Element => (
    <option key={name} value={name}>
      {names[name]}
    </option>
  );
  const running = [...new Set([left, right])];
  return (
    <label>
      {texts.table.of}{' '}
      <select
        class="field"
        value={shown === 'left' ? left : right}
        onChange={(event) => choose(event.currentTarget.value as AlgorithmName)}
      >
        <optgroup label={texts.table.now}>{running.map(option)}</optgroup>
        <optgroup label={texts.table.others}>
          {ALGORITHM_NAMES.filter((name) => !running.includes(name)).map(option)}
        </optgroup>
      </select>
    </label>
  );
}
