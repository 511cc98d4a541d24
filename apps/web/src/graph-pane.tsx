import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { GraphView } from './graph-view/graph-view.tsx';
import { fontMeasure } from './graph-view/measure.ts';
import type { GraphCallbacks, GraphHandle, Picture, Size } from './graph-view/picture.ts';
import { pictureOf } from './graph-view/picture.ts';
import { CommandButton } from './look/command-button.tsx';
import { momentAt } from './state/moment.ts';
import { isSamePicture } from './state/structure.ts';

const measure = fontMeasure();
/** Least font size on a projector, in pixels. */
const PROJECTOR_TEXT = 24;

/** The graph of the present run at the present step. */
export function GraphPane({ dark }: { dark: boolean }): JSX.Element {
  const app = useApp();
  const messages = app.messages.value;
  const { digits } = app.settings.value;
  const session = app.session.value;
  const host = useRef<HTMLDivElement>(null);
  const size = useSignal<Size | null>(null);
  const last = useRef<{ picture: Picture; digits: number; messages: typeof messages } | null>(null);

  useEffect(() => {
    const element = host.current!;
    const look = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) size.value = { width, height };
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const callbacks = useMemo<GraphCallbacks>(
    () => ({
      onSelect: (node) => app.select(node),
      onNudge: (node, value, phase) => app.nudge(node, value, phase),
      onToggleSum: (node) => app.toggleSum(node),
      onUserMove: () => app.update({ following: false }),
      onEnterValue: (node, value) => app.enterValue(node, value),
    }),
    [],
  );

  const run = app.run.value;
  let view: JSX.Element | null = null;
  if (run !== null && size.value !== null) {
    const before = last.current;
    const keep =
      before !== null && before.digits === digits && before.messages === messages && isSamePicture(before.picture, run);
    const picture = keep
      ? before.picture
      : pictureOf(run.shown, size.value, {
          digits,
          words: messages.graph,
          measure,
          previous: before?.picture ?? null,
        });
    last.current = { picture, digits, messages };
    const moment = momentAt(run, app.position.value, app.stale.value);
    view = (
      <GraphView
        picture={picture}
        moment={moment}
        selected={app.selected.value < 0 ? null : app.selected.value}
        following={session.following}
        theme={dark ? 'dark' : 'light'}
        digits={digits}
        messages={messages}
        lit={app.litPath.value}
        readable={session.projector ? PROJECTOR_TEXT : 11}
        callbacks={callbacks}
        handle={(handle: GraphHandle | null) => (app.graph.value = handle)}
      />
    );
  }

  return (
    <div ref={host} class="graph-pane">
      {view}
      {run === null ? (
        <div class="graph-empty">
          <h2>{messages.page.panes.emptyTitle}</h2>
          <p>{messages.page.panes.empty}</p>
        </div>
      ) : (
        <div class="graph-tools">
          <CommandButton command="zoomOut" icon="minus" />
          <CommandButton command="fit" icon="fit" />
          <CommandButton command="zoomIn" icon="plus" />
          <CommandButton command="follow" icon="follow" pressed={session.following} />
        </div>
      )}
      {app.stale.value && run !== null ? (
        <p class="graph-message" role="status">
          {messages.page.panes.stale}
        </p>
      ) : null}
    </div>
  );
}
