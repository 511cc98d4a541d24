import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { drawingWith } from './drawing.ts';
import { GraphView } from './graph-view/graph-view.tsx';
import { fontMeasure } from './graph-view/measure.ts';
import type { GraphCallbacks, GraphHandle } from './graph-view/picture.ts';
import { CommandButton } from './look/command-button.tsx';
import { usePaneSize } from './look/pane-size.ts';
import { withPlaces, type GraphPaneHandle } from './state/place-of-view.ts';
import { momentAt } from './state/moment.ts';
import { clampPosition, type Run } from './state/run.ts';
import type { Session } from './state/session.ts';

const measure = fontMeasure();
/** Least font size on a projector, in pixels. */
const PROJECTOR_TEXT = 24;
const USUAL_TEXT = 11;

const sleeps = ({ mode }: Session, run: Run | null): boolean =>
  mode === 'memo' || (mode === 'network' && run !== null && run.network !== null);

/** The graph of the present run at the present step. */
export function GraphPane({ dark }: { dark: boolean }): JSX.Element {
  const app = useApp();
  const messages = app.messages.value;
  const session = app.session.value;
  const host = useRef<HTMLDivElement>(null);
  const own = useRef<GraphPaneHandle | null>(null);
  const size = usePaneSize(host);
  const drawing = useMemo(() => drawingWith(measure), []);

  useEffect(() => () => drawing.dispose(), []);

  const { digits } = app;
  useSignalEffect(() => {
    const run = app.run.value;
    const texts = app.messages.value;
    // Under the memoization, whose run is over all operations, and under a network it keeps its picture.
    if (sleeps(app.session.value, run)) return;
    // A pane that changes its size keeps its picture: only the first size is waited for.
    const pane = size.value === null ? null : size.peek();
    if (run !== null && pane !== null) drawing.show(run, pane, digits.value, texts);
  });

  const callbacks = useMemo<GraphCallbacks>(
    () => ({
      onSelect: (node) => app.select(node),
      onNudge: (node, value, phase) => app.nudge(node, value, phase),
      onNudgeBy: (node, direction, size) => app.nudgeBy(node, direction, size),
      onToggleSum: (node) => app.toggleSum(node),
      onUserMove: () => app.update({ following: false }),
      onEnterValue: (node, value) => app.enterValue(node, value),
    }),
    [],
  );

  const run = app.run.value;
  const asleep = sleeps(session, run);
  const notes = app.notes.value;
  const drawn = drawing.drawn.value;
  const state = drawing.state.value;
  const last = useRef<JSX.Element | null>(null);
  let view: JSX.Element | null = asleep ? last.current : null;
  if (!asleep && run !== null && drawn !== null) {
    const current = drawn.run === run;
    const position = clampPosition(drawn.run.trace, app.position.value);
    view = (
      <GraphView
        picture={drawn.picture}
        moment={momentAt(drawn.run, position, !current || app.stale.value)}
        selected={current && app.selected.value >= 0 ? app.selected.value : null}
        following={session.following}
        theme={dark ? 'dark' : 'light'}
        digits={digits.value}
        messages={messages}
        lit={current ? (app.litPath.value ?? notes?.lit.value ?? null) : null}
        tag={notes?.hasLoss.value === true ? { node: drawn.run.trace.of, content: <notes.Chip /> } : null}
        readable={session.projector ? PROJECTOR_TEXT : USUAL_TEXT}
        callbacks={callbacks}
        handle={(handle: GraphHandle | null) => {
          own.current =
            handle === null ? null : withPlaces(handle, () => drawing.drawn.peek()?.picture ?? null);
          app.graph.value = own.current;
        }}
      />
    );
  }

  last.current = view;
  // What was opened or closed may have moved far in the new picture.
  const opened = useRef(session.open);
  useEffect(() => {
    if (drawn?.run !== run || opened.current === session.open) return;
    opened.current = session.open;
    if (app.selected.peek() >= 0) own.current?.reveal(app.selected.peek());
  }, [drawn, session.open]);
  useEffect(() => {
    // Meanwhile another graph had the word.
    if (!asleep) app.graph.value = own.current;
  }, [asleep]);

  const texts = messages.page.panes;
  return (
    <div ref={host} class="graph-pane">
      {view}
      {run === null ? (
        <div class="graph-empty">
          <h2>{texts.emptyTitle}</h2>
          <p>{app.kind.value === 'notes' ? texts.emptyNotes : texts.empty}</p>
        </div>
      ) : state === 'large' ? (
        <div class="graph-empty">
          <h2>{texts.largeTitle}</h2>
          <p>{texts.large(String(run.shown.count))}</p>
          <p>
            <CommandButton command="showTable" class="outlined">
              {messages.page.commands.showTable}
            </CommandButton>
          </p>
        </div>
      ) : session.projector ? null : (
        <div class="graph-tools">
          <CommandButton command="zoomOut" icon="minus" />
          <CommandButton command="fit" icon="fit" />
          <CommandButton command="zoomIn" icon="plus" />
          <CommandButton command="follow" icon="follow" pressed={session.following} />
        </div>
      )}
      {run !== null && state === 'working' ? (
        <p class="graph-message" role="status">
          {texts.drawing(String(run.shown.count))}
        </p>
      ) : run !== null && app.stale.value ? (
        <p class="graph-message" role="status">
          {texts.stale}
        </p>
      ) : null}
    </div>
  );
}
