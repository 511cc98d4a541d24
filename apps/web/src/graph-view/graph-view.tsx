import type { Moment } from '@backflow/graph';
import type { Messages } from '@backflow/messages';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { AccessLayer, isLeaf, nearest } from './access.ts';
import type { GraphCallbacks, GraphHandle } from './contract.ts';
import { Descriptions } from './describe.ts';
import { attachGestures } from './gestures.ts';
import './graph-view.css';
import { lazily } from '../look/lazy.tsx';
import type { Host } from './host.ts';
import { attachKeys } from './keys.ts';
import { fontMeasure } from './measure.ts';
import { Pane } from './pane.ts';
import type { Picture } from './picture.ts';
import { Tooltip } from './tooltip.tsx';
import { ValueField } from './value-field.tsx';

/** What stands below the card of a node. */
export interface GraphTag {
  readonly node: number;
  readonly content: ComponentChildren;
}

export interface GraphViewProps {
  /** Changes only with the structure. */
  readonly picture: Picture;
  /** Changes with every step and every number. */
  readonly moment: Moment;
  readonly selected: number | null;
  /** True while the camera goes where the step goes. */
  readonly following: boolean;
  readonly theme: 'light' | 'dark';
  readonly digits: number;
  readonly messages: Messages;
  readonly callbacks: GraphCallbacks;
  /** A path that is pointed out: its nodes from input to output, and the slot in which each is used by the next. */
  readonly lit?: { readonly nodes: readonly number[]; readonly slots: readonly number[] } | null;
  readonly tag?: GraphTag | null;
  /** A node that is pointed out as wrong. */
  readonly flagged?: number | null;
  /** Nodes that the camera keeps in view, when it follows, besides those of the step. */
  readonly company?: readonly number[];
  /** Steps and camera cut instead of moving. */
  readonly calm?: boolean;
  /** Font size in pixels below which the camera moves nearer when it follows. Default 11. */
  readonly readable?: number;
  /** Called with what the shell may ask of the pane, and with null when it goes. */
  readonly handle?: (handle: GraphHandle | null) => void;
}

const SvgFallback = lazily(async () => (await import('./paper.ts')).SvgFallback);

const measure = fontMeasure();
const NOTHING_LIT: ReadonlySet<number> = new Set();
const ALONE: readonly number[] = [];
/** While the camera moves, the element layer is brought up to date this often. */
const ACCESS_MS = 120;

/** The graph as cards and curves: drawn on a canvas, walked by keyboard, with numbers that can be dragged. */
export function GraphView(props: GraphViewProps): JSX.Element {
  const {
    picture,
    moment,
    selected,
    following,
    theme,
    digits,
    callbacks,
    lit = null,
    tag = null,
    flagged = null,
    company = ALONE,
    readable = 11,
  } = props;
  const words = props.messages.graph;
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const nodes = useRef<HTMLDivElement>(null);
  const tagged = useRef<HTMLDivElement>(null);
  const pane = useRef<Pane | null>(null);
  const access = useRef<AccessLayer | null>(null);
  /** What long-lived listeners read. */
  const now = useRef(props);
  now.current = props;
  /** Why there is no far view, if there is none. */
  const [trouble, setTrouble] = useState<'lost' | 'without' | null>(null);
  const [many, setMany] = useState(false);
  // The canvas paints what is near and what is small; only of many cards it would be too slow.
  const drawing = many && trouble !== null ? trouble : 'canvas';
  const [pointed, setPointed] = useState<number | null>(null);
  const [typing, setTyping] = useState<number | null>(null);
  const looks = { theme, digits, words, measure, readable };

  useEffect(() => {
    const rootElement = root.current!;
    const view = new Pane(canvas.current!, looks);
    const layer = new AccessLayer(nodes.current!);
    pane.current = view;
    access.current = layer;
    let host: Host | null = null;
    let accessTimer = 0;

    /** The far view comes when it is first needed: most graphs are never seen from so far. */
    let fetching = false;
    /** Where it does not come, it is asked for again when the reader next goes far away. */
    let tried = false;
    let gone = false;
    const fetchHost = async (): Promise<void> => {
      fetching = true;
      try {
        const [{ createHost }, { FarView }] = await Promise.all([
          import('./host.ts'),
          import('./far-view.ts'),
        ]);
        if (gone) return;
        host?.kill();
        host = null;
        host = createHost(below.current!, {
          onLost() {
            // Sigma would go on deleting objects of the context that is gone.
            view.setHost(null);
            setTrouble('lost');
          },
          onRestored: () => void fetchHost(),
        });
        view.setHost(host, new FarView(host));
        setTrouble(null);
      } catch {
        view.setHost(null);
        setTrouble('without');
      }
      fetching = false;
    };

    const descriptions = new Descriptions();
    const updateAccess = (): void => {
      const { picture: shown, moment: present, digits: places, messages, selected: chosen } = now.current;
      if (view.picture !== shown || view.visible === null) return;
      layer.update(
        nearest(view.visible, shown, view.camera, [chosen, shown.recording.output]),
        (node) => view.boxOf(node),
        (node) => descriptions.of(shown, present, node, places, messages.graph),
        chosen ?? shown.recording.output,
        chosen,
      );
    };
    view.afterPaint = () => {
      setMany(view.distance === 'many');
      if (view.distance === 'near') tried = false;
      else if (host === null && !fetching && !tried) {
        tried = true;
        void fetchHost();
      }
      layer.follow((node) => view.boxOf(node));
      placeTag(tagged.current, view, now.current.tag?.node);
      if (layer.current === null) updateAccess();
      else if (accessTimer === 0)
        accessTimer = window.setTimeout(() => {
          accessTimer = 0;
          updateAccess();
        }, ACCESS_MS);
    };

    const resize = new ResizeObserver(() => {
      view.setSize({ width: rootElement.clientWidth, height: rootElement.clientHeight });
    });
    resize.observe(rootElement);
    view.setSize({ width: rootElement.clientWidth, height: rootElement.clientHeight });

    const point = (node: number | null): void => {
      if (view.hovered !== node) now.current.callbacks.onPoint?.(node);
      view.setHovered(node);
      setPointed(node);
    };
    const detach = attachGestures(rootElement, {
      nodeAt: (spot) => view.nodeAt(spot),
      numberAt: (spot, slack) => view.numberAt(spot, slack),
      valueOf: (node) => now.current.moment.value[node],
      hover(node, cursor) {
        point(node);
        rootElement.style.cursor = cursor;
      },
      press(node) {
        // The inspector says more than the tooltip, and the cards move under it when the inspector opens.
        setPointed(null);
        now.current.callbacks.onSelect(node);
      },
      pressTwice(node) {
        if (isLeaf(now.current.picture, node)) setTyping(node);
        else now.current.callbacks.onToggleSum(node);
      },
      nudge: (node, value, phase) => now.current.callbacks.onNudge(node, value, phase),
      hold: () => view.hold(),
      pan(across, down) {
        view.pan(across, down);
        now.current.callbacks.onUserMove();
      },
      zoom(spot, factor) {
        view.zoomAt(spot, factor);
        now.current.callbacks.onUserMove();
      },
      glide: (across, down) => view.glide(across, down),
    });

    const focusNode = (node: number): void => {
      view.reveal(node);
      // The element exists once the card is on the pane.
      requestAnimationFrame(() => {
        updateAccess();
        layer.focus(node);
      });
    };

    // Before the shell gets hold of the pane: a camera that it sets must not be lost to the first fit.
    view.following = now.current.following;
    view.company = now.current.company ?? ALONE;
    view.calm = now.current.calm === true;
    view.onCamera = (camera, fitted) => now.current.callbacks.onCamera?.(camera, fitted);
    view.setPicture(now.current.picture);
    view.setMoment(now.current.moment);

    const detachKeys = attachKeys(nodes.current!, {
      picture: () => now.current.picture,
      selected: () => now.current.selected,
      select: (node) => now.current.callbacks.onSelect(node),
      walk: focusNode,
      point,
      enterValue: (node) => setTyping(node),
      toggleSum: (node) => now.current.callbacks.onToggleSum(node),
      nudgeBy: (node, direction, size) => now.current.callbacks.onNudgeBy(node, direction, size),
    });

    now.current.handle?.({
      fit: () => view.fit(),
      zoomBy(factor) {
        view.zoomAt({ x: view.size.width / 2, y: view.size.height / 2 }, factor, true);
        now.current.callbacks.onUserMove();
      },
      center: (node) => view.center(node),
      reveal: (node) => void view.reveal(node),
      camera: () => view.camera,
      setCamera: (camera) => view.setCamera(camera),
      mirror: (camera, fitted) => view.mirror(camera, fitted),
      focus: focusNode,
      async svg() {
        const { toSvg } = await import('./paper.ts');
        const scene = view.wholeScene(1);
        if (scene === null) return '';
        const { messages, picture: shown } = now.current;
        const title = messages.graph.label(shown.texts.title(shown.recording.output));
        return toSvg(scene, { title, measured: true });
      },
      async png(scale) {
        const { imageScale, pngOf } = await import('./paper.ts');
        const whole = view.wholeScene(1);
        const scene = whole === null ? null : view.wholeScene(imageScale(whole, scale));
        if (scene === null) throw new Error('The graph is empty: nothing to draw.');
        return pngOf(scene);
      },
    });
    walk.current = (node) => focusNode(node);
    tell.current = updateAccess;

    return () => {
      gone = true;
      now.current.handle?.(null);
      detach();
      detachKeys();
      resize.disconnect();
      clearTimeout(accessTimer);
      layer.clear();
      view.dispose();
      host?.kill();
    };
  }, []);

  const walk = useRef<(node: number) => void>(() => {});
  /** Brings what screen readers are told up to date, without waiting for the camera to be still. */
  const tell = useRef<() => void>(() => {});
  useEffect(() => pane.current?.setLooks(looks), [theme, digits, words, readable]);
  useEffect(() => pane.current?.setPicture(picture), [picture]);
  useEffect(() => pane.current?.setFollowing(following), [following]);
  useEffect(() => pane.current?.setFlagged(flagged), [flagged]);
  if (pane.current !== null) {
    pane.current.company = company;
    pane.current.calm = props.calm === true;
  }
  useEffect(() => {
    pane.current?.setMoment(moment);
    // Of many cards, once they have been painted.
    if (props.calm !== true) tell.current();
  }, [moment]);
  useEffect(() => pane.current?.setSelected(selected), [selected]);
  // A node alone is shown as if it were pointed at.
  useEffect(() => pane.current?.setHovered(lit?.nodes.length === 1 ? lit.nodes[0] : null), [lit, picture]);
  useEffect(() => pane.current?.invalidate(), [tag?.node]);
  useEffect(
    () => pane.current?.setLit(lit === null ? NOTHING_LIT : usesOfPath(picture, lit)),
    [lit, picture],
  );
  useEffect(() => {
    setPointed(null);
    setTyping(null);
    // Cards have other numbers now: the focus goes with the node.
    if (selected !== null && access.current!.focused !== null) walk.current(selected);
  }, [picture]);

  const box = (node: number) => pane.current?.boxOf(node) ?? null;
  return (
    <div
      ref={root}
      class={`graph-view graph-view-${theme}`}
      data-drawing={drawing}
      data-stale={moment.stale ? '' : undefined}
    >
      <div ref={stage} class="graph-stage" hidden={drawing !== 'canvas'}>
        <div ref={below} class="graph-host" aria-hidden="true" />
        <canvas ref={canvas} class="graph-canvas" aria-hidden="true" />
        <div
          ref={nodes}
          class="graph-nodes"
          role="group"
          aria-label={words.label(picture.texts.title(picture.recording.output))}
        />
      </div>
      {drawing === 'canvas' && tag !== null ? (
        <div ref={tagged} class="graph-tag" data-over-graph>
          {tag.content}
        </div>
      ) : null}
      {drawing === 'canvas' && pointed !== null && typing === null ? (
        <Tooltip
          picture={picture}
          moment={moment}
          node={pointed}
          box={box(pointed)}
          size={pane.current?.size ?? null}
          word={words.value}
        />
      ) : null}
      {drawing === 'canvas' && typing !== null ? (
        <ValueField
          name={picture.texts.title(typing)}
          value={moment.value[typing]}
          box={pane.current?.numberBoxOf(typing) ?? box(typing)}
          messages={words}
          onEnter={(value) => callbacks.onEnterValue(typing, value)}
          onLeave={(byKey) => {
            const node = typing;
            setTyping(null);
            if (byKey) walk.current(node);
          }}
        />
      ) : null}
      {drawing === 'canvas' ? null : (
        <SvgFallback
          picture={picture}
          moment={moment}
          options={{ theme, digits, words, measure, selected }}
          message={drawing === 'lost' ? words.lostWebgl : words.withoutWebgl}
          title={words.label(picture.texts.title(picture.recording.output))}
          onSelect={(node) => callbacks.onSelect(node)}
        />
      )}
    </div>
  );
}

/** The room that a tag with all its words takes. */
const TAG = { width: 210, height: 42 };

/** Keeps a tag below its card: with fewer words where it would cover others, and not without the card. */
function placeTag(tag: HTMLElement | null, view: Pane, node: number | undefined): void {
  if (tag === null || node === undefined) return;
  const shown = view.distance === 'near' && view.visible?.includes(node) === true;
  const box = shown ? view.boxOf(node) : null;
  tag.hidden = box === null;
  if (box === null) return;
  const right = Math.min(Math.max(box.x + box.width, TAG.width), view.size.width - 8);
  const top = box.y + box.height + 5;
  const covers = view.visible!.some((other) => {
    const { x, y, width, height } = view.boxOf(other)!;
    return x < right && x + width > right - TAG.width && y < top + TAG.height && y + height > top;
  });
  tag.toggleAttribute('data-compact', covers);
  // Its words may change from one picture to the next, and with them its width.
  tag.style.translate = `calc(${Math.round(right)}px - 100%) ${Math.round(top)}px`;
}

/** The uses along a path. */
function usesOfPath(
  { recording, uses }: Picture,
  { nodes, slots }: { readonly nodes: readonly number[]; readonly slots: readonly number[] },
): ReadonlySet<number> {
  const found = new Set<number>();
  for (let k = 0; k + 1 < nodes.length; k++) {
    const consumer = nodes[k + 1];
    if (consumer < 0 || consumer >= recording.count) continue;
    for (let use = uses.start[consumer]; use < uses.start[consumer + 1]; use++)
      if (uses.slot[use] === slots[k] && uses.source[use] === nodes[k]) found.add(use);
  }
  return found;
}
