import type { NetworkItem, NetworkLine, NetworkNumbers, NetworkScene } from '@backflow/graph';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { paint } from '../../graph-view/painter.ts';
import { reducedMotion } from '../../look/media.ts';
import { paintHeat } from './heat.ts';
import { paintMarkers } from './markers.ts';
import { clearContext } from '../../look/clear-context.ts';

interface BoardProps {
  readonly label: string;
  readonly scene: NetworkScene;
  readonly numbers: NetworkNumbers;
  /** How much larger than in the scene everything is. */
  readonly zoom: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly dark: boolean;
  /** Changes with every step: what is fresh begins to move. */
  readonly step: number;
  /** Changes with the level. */
  readonly level: string;
  readonly selected: number;
  /** Whether the picture goes where the step goes. */
  readonly following: boolean;
  readonly describe: (item: NetworkItem) => string;
  readonly details: (item: NetworkItem | NetworkLine) => readonly string[];
  readonly onPoint: (item: NetworkItem | null) => void;
  readonly onSelect: (node: number) => void;
  readonly onOpen: (item: NetworkItem) => void;
  readonly onUp: () => boolean;
}

type Pointed = NetworkItem | NetworkLine;

const isItem = (of: Pointed): of is NetworkItem => 'box' in of;

/** At most so many items have an element of their own. */
const ACCESSIBLE_MOST = 90;
/** So far beside an item a finger still means it. */
const FINGER = 12;
const TWICE_MS = 400;
const TWICE_SLACK = 14;
const MOVE_MS = 460;

/** The canvas of a picture of a network, with a button for each item for keyboards and screen readers. */
export function Board(props: BoardProps): JSX.Element {
  const { label, scene, size, dark, step, level, zoom, numbers } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const markers = useRef<HTMLCanvasElement>(null);
  const items = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [offset, setOffset] = useState({ left: 0, top: 0 });
  const last = useRef<{ at: number; x: number; y: number; item: NetworkItem } | null>(null);
  /** What gets the focus in the next picture: true for what is selected. */
  const focusNext = useRef<string | true | null>(null);
  const now = useRef(props);
  now.current = props;

  useLayoutEffect(() => {
    paintScene(canvas.current!, scene, size, offset, zoom, dark);
  }, [scene, size.width, size.height, offset.left, offset.top, dark, zoom]);

  useEffect(() => {
    const element = markers.current!;
    paintMarkers(element, size, null);
    if (reducedMotion.peek()) return;
    const start = performance.now();
    let frame = requestAnimationFrame(function draw(at) {
      const share = (at - start) / MOVE_MS;
      const { scrollLeft: left, scrollTop: top } = scroll.current!;
      const view = { scene, numbers, left, top, zoom, dark };
      const more = paintMarkers(element, size, share >= 1 ? null : { ...view, share: Math.max(0, share) });
      frame = share < 1 && more ? requestAnimationFrame(draw) : 0;
    });
    return () => cancelAnimationFrame(frame);
  }, [step, level]);

  useEffect(() => {
    if (!props.following) return;
    // Where the step is, if that is not to be seen.
    const { clientWidth, scrollLeft } = scroll.current!;
    if (scene.width * zoom <= clientWidth) return;
    const fresh = scene.lines.filter(
      ({ weight, sum }) => numbers.fresh(weight) === 'backward' || numbers.fresh(sum) === 'forward',
    );
    if (fresh.length === 0) return;
    const left = Math.min(...fresh.map(({ x1 }) => x1)) * zoom - 120;
    const right = Math.max(...fresh.map(({ x2 }) => x2)) * zoom + 160;
    if (left < scrollLeft || right > scrollLeft + clientWidth)
      scroll.current!.scrollTo({
        left: (left + right - clientWidth) / 2,
        behavior: reducedMotion.peek() ? 'auto' : 'smooth',
      });
  }, [step]);

  useEffect(() => {
    setPointed(null);
    scroll.current?.scrollTo({ left: 0, top: 0 });
    const wanted = focusNext.current;
    focusNext.current = null;
    if (wanted === null) return;
    const { items: all } = now.current.scene;
    const item =
      wanted === true
        ? (all.find(({ node }) => node >= 0 && node === now.current.selected) ?? all[0])
        : (all.find(({ opens }) => opens?.join('/') === wanted) ?? all[0]);
    if (item !== undefined) focusOn(item);
  }, [level]);

  const focusOn = (item: NetworkItem): void => {
    setCurrent(item.id);
    requestAnimationFrame(() => {
      const element = [...(items.current?.children ?? [])].find(
        (one): one is HTMLElement => one instanceof HTMLElement && one.dataset['item'] === item.id,
      );
      element?.focus();
    });
  };

  const spotOf = (event: { clientX: number; clientY: number }): { x: number; y: number } => {
    const { left, top } = scroll.current!.getBoundingClientRect();
    const { scrollLeft, scrollTop } = scroll.current!;
    return { x: (event.clientX - left + scrollLeft) / zoom, y: (event.clientY - top + scrollTop) / zoom };
  };

  const point = (to: Pointed | null): void => {
    const same =
      to === pointed ||
      (to !== null && pointed !== null && isItem(to) && isItem(pointed) && to.id === pointed.id);
    if (same) return;
    setPointed(to);
    props.onPoint(to !== null && isItem(to) ? to : null);
  };

  const press = (event: MouseEvent): void => {
    const spot = spotOf(event);
    const touch = event instanceof PointerEvent && event.pointerType === 'touch';
    const found = at(scene, spot, touch ? FINGER / zoom : 0);
    const before = last.current;
    const twice =
      before !== null &&
      event.timeStamp - before.at < TWICE_MS &&
      Math.hypot(event.clientX - before.x, event.clientY - before.y) < TWICE_SLACK;
    last.current = null;
    // The inspector may have moved everything after the first of two clicks.
    if (twice) return props.onOpen(before.item);
    // A finger cannot hover: what it touches is told.
    point(
      touch && found !== null && (!isItem(found) || found.opens === null || found.node >= 0) ? found : null,
    );
    if (found === null) return props.onSelect(-1);
    if (!isItem(found)) return props.onSelect(found.weight);
    if (found.kind === 'layer' || found.kind === 'more') return props.onOpen(found);
    last.current = { at: event.timeStamp, x: event.clientX, y: event.clientY, item: found };
    if (found.node >= 0) props.onSelect(found.node);
  };

  const keys = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const element = event.target as HTMLElement;
    const item = scene.items.find(({ id }) => id === element.dataset['item']);
    if (item === undefined) return;
    const way = WAYS.get(event.key);
    if (way !== undefined) {
      const next = neighbour(scene.items, item, way);
      if (next !== null) {
        if (props.selected >= 0 && next.node >= 0) props.onSelect(next.node);
        focusOn(next);
      }
    } else if (event.key === 'Enter' || event.key.toLowerCase() === 'o') {
      focusNext.current = true;
      if (item.opens === null && item.kind !== 'more') {
        focusNext.current = null;
        props.onSelect(item.node);
      } else props.onOpen(item);
    } else if (event.key === ' ') props.onSelect(item.node);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      const { target } = event;
      if (target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog'))
        return;
      if (document.querySelector('dialog[open], :popover-open') !== null) return;
      // A tab that is just being left hears the key, too.
      if (scroll.current === null) return;
      const inside = scroll.current.contains(document.activeElement);
      const free = document.activeElement === document.body || document.activeElement === null;
      if (event.key === 'Escape' && (inside || free)) {
        const from = now.current.level;
        if (!now.current.onUp()) return;
        if (inside) focusNext.current = from;
      } else if ((event.key === 'Enter' || event.key === 'o' || event.key === 'O') && free) {
        const item = now.current.scene.items.find(
          ({ node, opens }) => opens !== null && node >= 0 && node === now.current.selected,
        );
        if (item === undefined) return;
        now.current.onOpen(item);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', escape, true);
    return () => document.removeEventListener('keydown', escape, true);
  }, []);

  const beyond = [
    offset.left + size.width < scene.width * zoom - 2 ? 'right' : '',
    offset.left > 2 ? 'left' : '',
    offset.top + size.height < scene.height * zoom - 2 ? 'below' : '',
  ].join(' ');
  const reachable = nearest(scene.items, offset, size, zoom, current);
  const entry = reachable.some(({ id }) => id === current) ? current : (reachable[0]?.id ?? null);
  return (
    // The items are buttons; here the pointer finds what is painted below them.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      ref={scroll}
      class="network-board"
      style={{ cursor: pointed === null ? 'default' : 'pointer' }}
      onScroll={(event) =>
        setOffset({ left: event.currentTarget.scrollLeft, top: event.currentTarget.scrollTop })
      }
      onPointerMove={(event) => {
        if (event.pointerType !== 'touch') point(at(scene, spotOf(event), 0));
      }}
      onPointerLeave={() => point(null)}
      // Clicks do not take the focus: the arrow keys still step.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        if (event.detail > 0) press(event);
      }}
    >
      <div
        class="network-world"
        style={{ width: `${scene.width * zoom}px`, height: `${scene.height * zoom}px` }}
      >
        <div
          class="network-canvases"
          data-beyond={beyond.trim() === '' ? undefined : beyond}
          aria-hidden="true"
          style={{ width: `${size.width}px`, height: `${size.height}px` }}
        >
          <canvas ref={canvas} />
          <canvas ref={markers} />
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div ref={items} class="network-items" role="group" aria-label={label} onKeyDown={keys}>
          {reachable.map((item) => (
            <button
              key={item.id}
              type="button"
              data-item={item.id}
              class="network-item"
              tabIndex={item.id === entry ? 0 : -1}
              aria-label={props.describe(item)}
              aria-pressed={item.node >= 0 ? item.node === props.selected : undefined}
              style={{
                transform: `translate(${Math.round(item.box.x * zoom)}px, ${Math.round(item.box.y * zoom)}px)`,
                width: `${Math.round(item.box.width * zoom)}px`,
                height: `${Math.round(item.box.height * zoom)}px`,
              }}
              onFocus={() => {
                setCurrent(item.id);
                point(item);
              }}
              onBlur={() => point(null)}
              onClick={(event) => {
                // A screen reader's; pointers are found on the canvas.
                if (event.detail !== 0) return;
                if (item.opens !== null || item.kind === 'more') props.onOpen(item);
                else props.onSelect(item.node);
              }}
            />
          ))}
        </div>
      </div>
      {pointed === null ? null : (
        <Details lines={props.details(pointed)} of={pointed} zoom={zoom} offset={offset} size={size} />
      )}
    </div>
  );
}

interface DetailsProps {
  readonly lines: readonly string[];
  readonly of: Pointed;
  readonly zoom: number;
  readonly offset: { readonly left: number; readonly top: number };
  readonly size: { readonly width: number; readonly height: number };
}

/** Every digit, beside what is pointed at. */
function Details({ lines, of, zoom, offset, size }: DetailsProps): JSX.Element | null {
  if (lines.length === 0) return null;
  const [x, y, high] = isItem(of)
    ? [of.box.x, of.box.y, of.box.height]
    : [(of.x1 + of.x2) / 2, (of.y1 + of.y2) / 2, 8];
  const left = Math.max(8, Math.min(x * zoom - offset.left, size.width - 310)) + offset.left;
  const below = (y + high) * zoom - offset.top;
  const above = below > size.height - 26 - 20 * lines.length && y * zoom - offset.top > 90;
  const top = above ? y * zoom - 14 - 20 * lines.length - 10 : (y + high) * zoom + 10;
  return (
    <div class="network-details" role="tooltip" style={{ left: `${left}px`, top: `${Math.max(4, top)}px` }}>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

function paintScene(
  canvas: HTMLCanvasElement,
  scene: NetworkScene,
  size: { readonly width: number; readonly height: number },
  { left, top }: { readonly left: number; readonly top: number },
  zoom: number,
  dark: boolean,
): void {
  const context = clearContext(canvas, size);
  if (context === null || size.width === 0) return;
  const ratio = devicePixelRatio;
  context.setTransform(ratio * zoom, 0, 0, ratio * zoom, -left * ratio, -top * ratio);
  for (const heat of scene.heats) paintHeat(context, heat, dark);
  paint(context, scene);
}

/** The item at a spot, else the edge near it: of several the strongest. */
function at(
  scene: NetworkScene,
  { x, y }: { readonly x: number; readonly y: number },
  slack: number,
): Pointed | null {
  for (let k = scene.items.length - 1; k >= 0; k--) {
    const { box } = scene.items[k];
    if (x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) return scene.items[k];
  }
  if (slack > 0) {
    let near: NetworkItem | null = null;
    let far = slack;
    for (const item of scene.items) {
      const { box } = item;
      const beside = Math.max(box.x - x, x - box.x - box.width, box.y - y, y - box.y - box.height);
      if (beside < far) [near, far] = [item, beside];
    }
    if (near !== null) return near;
  }
  let best: NetworkLine | null = null;
  let least = 5;
  for (const line of scene.lines) {
    const [dx, dy] = [line.x2 - line.x1, line.y2 - line.y1];
    const along = Math.max(0, Math.min(1, ((x - line.x1) * dx + (y - line.y1) * dy) / (dx * dx + dy * dy)));
    const distance = Math.hypot(x - line.x1 - along * dx, y - line.y1 - along * dy) - 1.5 * line.strength;
    if (distance < least) [best, least] = [line, distance];
  }
  return best;
}

const WAYS: ReadonlyMap<string, readonly [across: number, down: number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

const middleOf = ({ box }: NetworkItem): { x: number; y: number } => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

/** The item that an arrow leads to: along an edge to the next column, or up and down in its own. */
function neighbour(
  items: readonly NetworkItem[],
  item: NetworkItem,
  [across, down]: readonly [number, number],
): NetworkItem | null {
  const from = middleOf(item);
  let best: NetworkItem | null = null;
  let least = Infinity;
  for (const other of items) {
    if (other.id === item.id) continue;
    const to = middleOf(other);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const ahead = across !== 0 ? across * (other.column - item.column) : down * dy;
    if (ahead <= 0) continue;
    // Along a column what stands beside is nearer than what stands in another.
    const far =
      across !== 0
        ? ahead * 4000 + Math.abs(dy)
        : ahead + 6 * Math.abs(dx) + (other.column === item.column ? 0 : 1e5);
    if (far < least) [best, least] = [other, far];
  }
  return best;
}

/** The items that have elements: all if they are few, else the nearest ones to the middle of what is seen. */
function nearest(
  items: readonly NetworkItem[],
  offset: { readonly left: number; readonly top: number },
  size: { readonly width: number; readonly height: number },
  zoom: number,
  current: string | null,
): readonly NetworkItem[] {
  if (items.length <= ACCESSIBLE_MOST) return items;
  const x = (offset.left + size.width / 2) / zoom;
  const far = (item: NetworkItem): number =>
    item.id === current ? -1 : item.kind === 'layer' ? 0 : Math.abs(middleOf(item).x - x);
  const chosen = new Set([...items].sort((a, b) => far(a) - far(b)).slice(0, ACCESSIBLE_MOST));
  return items.filter((item) => chosen.has(item));
}
