import { formatCount, nodeTitle } from '@backflow/print';
import type { Active } from '@backflow/graph';
import type { AlgorithmName, Counters } from '@backflow/trace';
import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { drawingWith } from '../../drawing.ts';
import { fontMeasure } from '../../graph-view/measure.ts';
import { usePaneSize } from '../../look/pane-size.ts';
import { lanePosition, timelinePosition } from '../../state/lanes.ts';
import { clampPosition } from '../../state/run.ts';
import type { Lane, MemoTabProps } from '../contract.ts';
import { groundOf } from '../race.ts';
import { predicting } from '../predict/hidden.ts';
import { pickIn } from '../inspected.ts';
import { Larger } from './larger.tsx';
import { LaneGraph, leafOf, momentOf } from './lane-graph.tsx';
import { flagOf } from './flag.ts';
import { LaneView } from './lane-view.tsx';
import { linkedCameras } from './linked.ts';
import './beside.css';

const measure = fontMeasure();
const SIDES = [0, 1] as const;
/** A graph for a lane is laid out lower than the lane may be: one row to scroll along reads better than several. */
const LANE_SHAPE = 0.45;

/** Two algorithms in lock step on the same graph. */
export function Beside({ app, run, texts, dark }: MemoTabProps): JSX.Element {
  const drawing = useMemo(() => drawingWith(measure), []);
  useEffect(() => () => drawing.dispose(), []);
  const places = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)] as const;
  const size = usePaneSize(places[0]);
  const cameras = useMemo(() => linkedCameras(), []);
  const pointed = useSignal<number | null>(null);
  const { digits } = app;
  useSignalEffect(() => {
    const latest = app.run.value;
    const pane = size.value === null ? null : size.peek();
    if (latest === null || latest.lanes === null || pane === null) return;
    const height = Math.min(pane.height, LANE_SHAPE * pane.width);
    drawing.show(latest, { ...pane, height }, digits.value, app.messages.value);
  });

  const { granularity } = app.session.value;
  const position = clampPosition(run.trace, app.position.value);
  // What is due is asked for.
  const hidden = predicting(app, run);
  const lanes = run.lanes!;
  const drawn = drawing.drawn.value;
  const most = useMemo(() => mostOf(lanes), [lanes]);
  const stands = lanes.map(({ trace }) =>
    trace === null ? 0 : lanePosition(run, trace, position, granularity),
  );
  const stale = app.stale.value;
  const moments = SIDES.map((side) =>
    // Not anew where the lane has not moved: nothing is painted then.
    useMemo(() => momentOf(run, lanes[side], stands[side], stale), [run, lanes[side], stands[side], stale]),
  );
  const speaker = lanes[0].trace === null ? 1 : 0;
  const activeOf = (side: number): Active | null =>
    stands[side] === lanes[side].trace?.length ? null : (moments[side]?.active ?? null);
  const choose = (side: 0 | 1, name: AlgorithmName): void => {
    const { memo } = app.session.peek();
    app.update({ memo: { ...memo, [side === 0 ? 'left' : 'right']: name } });
  };
  return (
    <div class="memo-beside">
      <div class="memo-top">
        <p class="memo-headline">{headline(run, lanes, texts)}</p>
        <Larger graph={groundOf(run.shown).graph} texts={texts} />
      </div>
      <div class="memo-lanes">
        {SIDES.map((side) => {
          const lane = lanes[side];
          const flag = hidden ? null : flagOf(run, lane, stands[side], digits.value, texts.beside);
          const toFlag = (): void => {
            if (flag === null || lane.trace === null) return;
            app.goTo(timelinePosition(run, lane.trace, flag.difference.event + 1, granularity));
            pickIn(app, side, flag.difference.node);
          };
          return (
            <LaneView
              key={side}
              app={app}
              run={run}
              lane={lane}
              side={side}
              moment={moments[side]}
              position={stands[side]}
              flag={flag}
              most={most}
              texts={texts}
              place={places[side]}
              onChoose={(name) => choose(side, name)}
              onFlag={toFlag}
            >
              {drawing.state.value === 'large' ? (
                <p class="memo-counted">{texts.beside.large}</p>
              ) : drawn === null || moments[side] === null ? null : (
                <LaneGraph
                  app={app}
                  run={run}
                  drawn={drawn}
                  side={side}
                  speaks={side === speaker}
                  moment={moments[side]}
                  leaf={leafOf(lane, stands[side])}
                  company={activeOf(1 - side)}
                  pointed={pointed}
                  cameras={cameras}
                  flag={flag}
                  onFlag={toFlag}
                  dark={dark}
                />
              )}
            </LaneView>
          );
        })}
      </div>
      <p class="memo-scale">{texts.beside.scale}</p>
    </div>
  );
}

/** The largest counter of both lanes. */
function mostOf(lanes: readonly [Lane, Lane]): bigint {
  let most = 1n;
  for (const { counters } of lanes)
    for (const count of Object.values(counters) as Counters[keyof Counters][]) if (count > most) most = count;
  return most;
}

/** What is saved, in one line. */
function headline(
  run: MemoTabProps['run'],
  lanes: readonly [Lane, Lane],
  { algorithms: { names }, beside }: MemoTabProps['texts'],
): string {
  const { paths, graph } = groundOf(run.shown);
  const parts = [beside.paths(formatCount(paths), paths === 1n, nodeTitle(run.shown, graph.of, 16))];
  let told = false;
  for (const { algorithm, counters } of lanes[0] === lanes[1] ? [lanes[0]] : lanes) {
    const { multiplications, forwardPasses } = counters;
    const name = names[algorithm];
    if (multiplications === 0n && forwardPasses > 0n) {
      parts.push(beside.passes(name, formatCount(forwardPasses), forwardPasses === 1n));
    } else if (told) parts.push(beside.shortCost(name, formatCount(multiplications)));
    else {
      parts.push(beside.cost(name, formatCount(multiplications), multiplications === 1n));
      told = true;
    }
  }
  return parts.join(' ');
}
