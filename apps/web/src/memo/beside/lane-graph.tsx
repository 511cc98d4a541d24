import type { Active, Moment } from '@backflow/graph';
import { derivativeText } from '@backflow/print';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Drawn } from '../../drawing.ts';
import type { GraphCallbacks } from '../../graph-view/contract.ts';
import { GraphView } from '../../graph-view/graph-view.tsx';
import type { Picture } from '../../graph-view/picture.ts';
import type { App } from '../../state/app.ts';
import { momentAt } from '../../state/moment.ts';
import { withPlaces, type GraphPaneHandle } from '../../state/place-of-view.ts';
import type { Run } from '../../state/run.ts';
import type { Lane } from '../contract.ts';
import { pickIn } from '../inspected.ts';
import { groundOf } from '../race.ts';
import type { Flag } from './flag.ts';
import type { LinkedCameras } from './linked.ts';

/** Least font size on a projector, in pixels. */
const PROJECTOR_TEXT = 24;
const USUAL_TEXT = 11;
const NOBODY: readonly number[] = [];
/** Above so many nodes a step is one repaint of either graph. */
const CALM_NODES = 300;

/** What the graph of a lane shows; null where it is not stepped. The same number is shaded alike in both lanes. */
export function momentOf(run: Run, { trace }: Lane, position: number, stale: boolean): Moment | null {
  if (trace === null) return null;
  return { ...momentAt(run, position, stale, trace), scale: groundOf(run.shown).scale };
}

/** The leaf whose pass forward mode is in, or comes to next; -1 in other algorithms. */
export function leafOf({ algorithm, trace }: Lane, position: number): number {
  if (algorithm !== 'forward' || trace === null) return -1;
  const passes = trace.passes.filter(({ kind }) => kind === 'backward');
  const pass = passes.findLast(({ from }) => from < position) ?? passes[0];
  return pass === undefined ? -1 : trace.node[pass.from];
}

interface LaneGraphProps {
  readonly app: App;
  readonly run: Run;
  readonly drawn: Drawn;
  readonly side: 0 | 1;
  /** This one stands for both where the page asks for a graph. */
  readonly speaks: boolean;
  readonly moment: Moment;
  /** The leaf by which forward mode differentiates now; -1 in other algorithms. */
  readonly leaf: number;
  /** Where the other lane is; null where it is through. */
  readonly company: Active | null;
  /** The node under the pointer, in either lane. */
  readonly pointed: Signal<number | null>;
  readonly cameras: LinkedCameras;
  readonly flag: Flag | null;
  readonly onFlag: () => void;
  readonly dark: boolean;
}

/** The graph of one lane; the pointer, the selection and the camera are those of both. */
export function LaneGraph(props: LaneGraphProps): JSX.Element | null {
  const { app, run, drawn, side, speaks, moment, leaf, pointed, cameras, flag, dark } = props;
  const { following, projector } = app.session.value;
  const callbacks = useMemo<GraphCallbacks>(
    () => ({
      onSelect: (node) => pickIn(app, side, node),
      onNudge: (node, value, phase) => app.nudge(node, value, phase),
      onNudgeBy: (node, direction, size) => app.nudgeBy(node, direction, size),
      onToggleSum: () => undefined,
      onUserMove: () => app.update({ following: false }),
      onEnterValue: (node, value) => app.enterValue(node, value),
      onPoint: (node) => (pointed.value = node),
      onCamera: (camera, fitted) => cameras.moved(side, camera, fitted),
    }),
    [side],
  );
  const own = useRef<GraphPaneHandle | null>(null);
  const node = pointed.value;
  const path = app.litPath.value;
  const lit = useMemo(
    () => path ?? (node === null || node >= run.shown.count ? null : { nodes: [node], slots: [] }),
    [path, node, run],
  );
  const company = useMemo(
    () => (props.company === null ? NOBODY : nodesOf(run, props.company)),
    [props.company, run],
  );
  const { picture } = drawn;
  // What forward mode carries are tangents: the derivatives of the nodes by one leaf.
  const named = useMemo<Picture>(() => {
    if (leaf < 0) return picture;
    const { texts } = picture;
    return {
      ...picture,
      texts: { ...texts, derivative: (of) => derivativeText(texts.title(of), texts.title(leaf)) },
    };
  }, [picture, leaf]);
  // The run before is drawn while a large one is laid out.
  if (drawn.run.shown.count !== run.shown.count) return null;
  return (
    <GraphView
      picture={named}
      moment={moment}
      selected={app.selected.value >= 0 ? app.selected.value : null}
      following={following}
      theme={dark ? 'dark' : 'light'}
      digits={app.digits.value}
      messages={app.messages.value}
      lit={lit}
      flagged={flag?.difference.node ?? null}
      company={company}
      calm={run.shown.count > CALM_NODES}
      tag={
        flag === null
          ? null
          : {
              node: flag.difference.node,
              content: (
                <button type="button" class="memo-flag" title={flag.reason} onClick={props.onFlag}>
                  ✗ {flag.short}
                </button>
              ),
            }
      }
      readable={projector ? PROJECTOR_TEXT : USUAL_TEXT}
      callbacks={callbacks}
      handle={(handle) => {
        cameras.enter(side, handle);
        if (!speaks) return;
        const before = own.current;
        own.current = handle === null ? null : withPlaces(handle, () => drawn.picture);
        // By the time it is gone, another graph may have the word.
        if (handle !== null || app.graph.peek() === before) app.graph.value = own.current;
      }}
    />
  );
}

function nodesOf({ shown }: Run, { node, entry }: Active): readonly number[] {
  return entry < 0 ? [node] : [node, shown.inputs[entry]];
}
