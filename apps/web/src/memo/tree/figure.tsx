import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ease } from '../../graph-view/tween.ts';
import { reducedMotion } from '../../look/media.ts';
import { Dots } from './dots.tsx';
import { Edges } from './edges.tsx';
import { heightOf, Item } from './item.tsx';
import { placeOf, planeFor, reachOf, type Place, type Plane } from './plane.ts';
import type { Shape } from './shape.ts';

/** A change of the picture takes this long; more than so many items change at once. */
const MOVE_MS = 520;
const MOVING_ITEMS = 320;
/** How near to a dot a pointer counts as on it, in pixels. */
const NEAR = 14;

interface FigureProps {
  readonly label: string;
  /** The picture with the slopes at its edges, and the narrower one without, for where the first has no room. */
  readonly shapes: readonly [Shape, Shape];
  /** Which of its states is shown; a change of it is a movement. */
  readonly state: number;
  /** The item id that stands for an id in a state: merged copies move to the one that they join. */
  readonly standIn: (id: number, state: number) => number;
  readonly full: boolean;
  readonly lit: number;
  readonly selected: number;
  /** Copies that are pointed out: those that meet next, and the one in which the last ones met. */
  readonly next?: readonly number[];
  readonly fresh?: number;
  /** The slope of a use, for its sign. */
  readonly local: ArrayLike<number>;
  readonly onLight: (node: number) => void;
  readonly onSelect: (node: number) => void;
  readonly onTight?: (tight: boolean) => void;
}

interface Picture {
  readonly shape: Shape;
  readonly plane: Plane;
  readonly state: number;
}

/** A tree, a graph, or what is between the two, as it stands or on its way. */
export function Figure(props: FigureProps): JSX.Element {
  const { shapes, state, full, standIn, onTight } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = frame.current!;
    const look = (): void => setBox({ width: element.clientWidth, height: element.clientHeight });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const whole = planeFor(shapes[0], box, full);
  const [shape, plane] =
    whole.tight && !full ? [shapes[1], planeFor(shapes[1], box, false)] : [shapes[0], whole];
  useEffect(() => onTight?.(whole.tight), [whole.tight]);
  // At full size the output is what is seen first.
  useEffect(() => {
    const element = frame.current!;
    if (!full) return;
    element.scrollLeft = element.scrollWidth;
    element.scrollTop = placeOf(shape, plane, shape.ids.length - 1).y - element.clientHeight / 2;
  }, [full]);
  const { before, share } = useMovement({ shape, plane, state });
  return (
    <div ref={frame} class="fold-frame">
      {box.width === 0 ? null : before === null ? (
        <Drawing {...props} shape={shape} plane={plane} places={null} />
      ) : (
        <Moving {...props} before={before} after={{ shape, plane, state }} share={share} standIn={standIn} />
      )}
    </div>
  );
}

/** Notices a change of state, and how far the movement to it has come. */
function useMovement(now: Picture): { readonly before: Picture | null; readonly share: number } {
  const memory = useRef<{ now: Picture; before: Picture | null; start: number }>({
    now,
    before: null,
    start: 0,
  });
  const [, frame] = useState(0);
  if (memory.current.now.state !== now.state) {
    const before = memory.current.now;
    const cut =
      reducedMotion.peek() || Math.max(before.shape.ids.length, now.shape.ids.length) > MOVING_ITEMS;
    memory.current = { now, before: cut ? null : before, start: performance.now() };
  } else memory.current.now = now;
  useEffect(() => {
    if (memory.current.before === null) return;
    const draw = (): void => {
      if (performance.now() - memory.current.start >= MOVE_MS) memory.current.before = null;
      else id = requestAnimationFrame(draw);
      frame((count) => count + 1);
    };
    let id = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(id);
  }, [now.state]);
  const { before, start } = memory.current;
  return { before, share: before === null ? 1 : ease((performance.now() - start) / MOVE_MS) };
}

interface MovingProps extends FigureProps {
  readonly before: Picture;
  readonly after: Picture;
  readonly share: number;
}

/** The state with more copies, each between where it stood and where it, or what it joins, will stand. */
function Moving(props: MovingProps): JSX.Element {
  const { before, after, share, standIn } = props;
  const more = before.state < after.state ? before : after;
  const find = ({ shape, plane, state }: Picture): ((id: number) => Place) => {
    const item = new Map(shape.ids.map((id, index) => [id, index]));
    return (id) => placeOf(shape, plane, item.get(standIn(id, state))!);
  };
  const from = find(before);
  const to = find(after);
  const places = more.shape.ids.map((id) => {
    const [a, b] = [from(id), to(id)];
    return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
  });
  const plane = {
    ...more.plane,
    width: after.plane.width,
    height: after.plane.height,
    detail: before.plane.detail === 'all' ? after.plane.detail : before.plane.detail,
    size: before.plane.size + (after.plane.size - before.plane.size) * share,
    scaleX: before.plane.scaleX + (after.plane.scaleX - before.plane.scaleX) * share,
    scaleY: before.plane.scaleY + (after.plane.scaleY - before.plane.scaleY) * share,
  };
  return <Drawing {...props} shape={more.shape} plane={plane} places={places} />;
}

interface DrawingProps extends FigureProps {
  readonly shape: Shape;
  readonly plane: Plane;
  /** Where the items are; null for their own places. */
  readonly places: readonly Place[] | null;
}

function Drawing(props: DrawingProps): JSX.Element {
  const { label, shape, plane, places, lit, selected, local, onLight, onSelect } = props;
  const [focus, setFocus] = useState(-1);
  const at = (item: number): Place => places?.[item] ?? placeOf(shape, plane, item);
  const entry = Math.min(focus < 0 ? shape.ids.length - 1 : focus, shape.ids.length - 1);
  const markOf = (id: number): '' | 'next' | 'fresh' =>
    id === props.fresh ? 'fresh' : props.next?.includes(id) === true ? 'next' : '';
  const root = useRef<SVGSVGElement>(null);

  const nearest = (event: PointerEvent): number => {
    const { left, top } = root.current!.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    let best = -1;
    let least = Infinity;
    for (let item = 0; item < shape.ids.length; item++) {
      const place = at(item);
      const across = reachOf(shape, plane, item);
      const down = heightOf(shape, plane, item) / 2;
      const distance = Math.hypot(
        Math.max(0, Math.abs(x - place.x) - across),
        Math.max(0, Math.abs(y - place.y) - down),
      );
      if (distance < least) [best, least] = [item, distance];
    }
    return least <= (plane.detail === 'dots' ? NEAR : 3) ? best : -1;
  };

  const walk = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = neighbour(shape, entry, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setFocus(next);
    root.current?.querySelector<SVGElement>(`[data-item="${next}"]`)?.focus();
  };

  return (
    // The items are what is pressed; here the pointer finds the nearest one and the arrows walk among them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <svg
      ref={root}
      class="fold-figure"
      width={plane.width}
      height={plane.height}
      role="group"
      aria-label={label}
      onPointerMove={(event) => {
        const item = nearest(event);
        onLight(item < 0 ? -1 : shape.node[item]);
      }}
      onPointerLeave={() => onLight(-1)}
      onClick={(event) => {
        const item = nearest(event as unknown as PointerEvent);
        if (item >= 0) onSelect(shape.node[item]);
      }}
      onKeyDown={walk}
    >
      {plane.detail === 'dots' ? (
        <Dots shape={shape} plane={plane} at={at} lit={lit} local={local} markOf={markOf} />
      ) : (
        <>
          <Edges shape={shape} plane={plane} at={at} moving={places !== null} lit={lit} local={local} />
          {shape.ids.map((id, item) => (
            <Item
              key={id}
              shape={shape}
              plane={plane}
              item={item}
              place={at(item)}
              lit={shape.node[item] === lit}
              selected={shape.node[item] === selected}
              entry={item === entry}
              mark={markOf(id)}
              onFocus={() => {
                setFocus(item);
                onLight(shape.node[item]);
              }}
              onBlur={() => onLight(-1)}
              onPress={() => onSelect(shape.node[item])}
            />
          ))}
        </>
      )}
    </svg>
  );
}

/** Where an arrow key leads: to an input, to a consumer, or up and down in the column; null for other keys. */
function neighbour(shape: Shape, item: number, key: string): number | null {
  const { layer, y } = shape.layout;
  if (key === 'ArrowLeft') {
    const edge = shape.from.indexOf(item);
    return edge < 0 ? item : shape.to[edge];
  }
  if (key === 'ArrowRight') {
    const edge = shape.to.indexOf(item);
    return edge < 0 ? item : shape.from[edge];
  }
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const way = key === 'ArrowDown' ? 1 : -1;
  let best = item;
  for (let other = 0; other < shape.ids.length; other++) {
    if (layer[other] !== layer[item]) continue;
    const ahead = way * (y[other] - y[item]);
    if (ahead > 0 && (best === item || ahead < way * (y[best] - y[item]))) best = other;
  }
  return best;
}
