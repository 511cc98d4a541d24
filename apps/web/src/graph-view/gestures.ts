import { stepOf, stepped } from './numbers.ts';

/** A place on the pane, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What pointers find and do. */
export interface GestureTarget {
  nodeAt(spot: Spot): number | null;
  /** The leaf whose number is there. */
  numberAt(spot: Spot, slack: number): number | null;
  valueOf(node: number): number;
  hover(node: number | null, cursor: string): void;
  /** A click or tap; null beside all cards. */
  press(node: number | null): void;
  pressTwice(node: number): void;
  nudge(node: number, value: number, phase: 'start' | 'move' | 'end'): void;
  /** A pointer came down: a glide ends. */
  hold(): void;
  /** The paper moves by so many pixels, and grows by a factor around a spot. */
  pan(across: number, down: number): void;
  zoom(spot: Spot, factor: number): void;
  /** A panning hand lets go at a speed, in pixels per millisecond. */
  glide(across: number, down: number): void;
}

const CLICK_SLACK = 5;
const TWICE_MS = 400;
const TWICE_SLACK = 12;
const PIXELS_PER_STEP = 2;
/** Fingers are wider than pointers. */
const TOUCH_SLACK = 9;
/** The speed of a hand is what it did in this time before it let go. */
const SPEED_MS = 60;

/** Clicks, double clicks, hovering, the dragging of numbers, panning, pinching, and zooming with the wheel. */
export function attachGestures(root: HTMLElement, target: GestureTarget): () => void {
  let down: { readonly id: number; readonly spot: Spot; moved: boolean } | null = null;
  let held: {
    readonly node: number;
    readonly id: number;
    readonly startX: number;
    readonly start: number;
    begun: boolean;
    value: number;
  } | null = null;
  let last: { readonly at: number; readonly spot: Spot; readonly node: number } | null = null;
  /** The pointers that are down, where they were when they were last heeded. */
  const pointers = new Map<number, Spot>();
  let path: { readonly at: number; readonly across: number; readonly down: number }[] = [];

  const spotOf = (event: MouseEvent): Spot => {
    const { left, top } = root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  const onDown = (event: PointerEvent): void => {
    if (!isPane(event.target) || event.button !== 0) return;
    const spot = spotOf(event);
    pointers.set(event.pointerId, spot);
    root.setPointerCapture(event.pointerId);
    path = [];
    target.hold();
    if (pointers.size > 1) {
      // A second finger pinches, whatever the first had in mind, unless a number is already on its way.
      if (held?.begun !== true) held = null;
      down = null;
      return;
    }
    down = { id: event.pointerId, spot, moved: false };
    const node = target.numberAt(spot, event.pointerType === 'touch' ? TOUCH_SLACK : 2);
    if (node === null) return;
    const start = target.valueOf(node);
    held = { node, id: event.pointerId, startX: event.clientX, start, begun: false, value: start };
  };

  /** One pointer pans, two pan and zoom. */
  const movePaper = (event: PointerEvent, spot: Spot, before: Spot): void => {
    pointers.set(event.pointerId, spot);
    const [across, along] = [spot.x - before.x, spot.y - before.y];
    if (pointers.size === 1) {
      target.pan(across, along);
      path = path.filter(({ at }) => event.timeStamp - at < SPEED_MS);
      path.push({ at: event.timeStamp, across, down: along });
      return;
    }
    for (const [id, other] of pointers) {
      if (id === event.pointerId) continue;
      target.pan(across / 2, along / 2);
      const wide = Math.hypot(before.x - other.x, before.y - other.y);
      const wider = Math.hypot(spot.x - other.x, spot.y - other.y);
      const middle = { x: (spot.x + other.x) / 2, y: (spot.y + other.y) / 2 };
      if (wide > 0 && wider > 0) target.zoom(middle, wider / wide);
      return;
    }
  };

  const letGo = (now: number): void => {
    const recent = path.filter(({ at }) => now - at < SPEED_MS);
    path = [];
    if (recent.length < 2) return;
    const time = Math.max(16, now - recent[0].at);
    const sum = (of: 'across' | 'down'): number => recent.reduce((total, step) => total + step[of], 0);
    target.glide(sum('across') / time, sum('down') / time);
  };

  const onMove = (event: PointerEvent): void => {
    const spot = spotOf(event);
    if (
      down !== null &&
      event.pointerId === down.id &&
      Math.hypot(spot.x - down.spot.x, spot.y - down.spot.y) > CLICK_SLACK
    )
      down.moved = true;
    if (held !== null && event.pointerId === held.id) {
      const pixels = event.clientX - held.startX;
      if (!held.begun && Math.abs(pixels) < 3) return;
      if (!held.begun) {
        held.begun = true;
        target.nudge(held.node, held.start, 'start');
      }
      const size = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
      const step = stepOf(held.start) * size;
      const value = stepped(held.start, Math.round(pixels / PIXELS_PER_STEP), step);
      if (value !== held.value) {
        held.value = value;
        target.nudge(held.node, value, 'move');
      }
      return;
    }
    const before = pointers.get(event.pointerId);
    if (held === null && before !== undefined && (down === null || down.moved))
      movePaper(event, spot, before);
    if (event.pointerType === 'touch' || !isPane(event.target)) return;
    if (event.buttons !== 0) {
      target.hover(null, 'grabbing');
      return;
    }
    const node = target.nodeAt(spot);
    target.hover(node, target.numberAt(spot, 2) !== null ? 'ew-resize' : node === null ? 'grab' : 'pointer');
  };

  const release = (event: PointerEvent, cancelled: boolean): void => {
    const known = pointers.delete(event.pointerId);
    if (known && held === null && pointers.size === 0 && !cancelled) letGo(event.timeStamp);
    if (held !== null && event.pointerId === held.id) {
      const { node, begun, value } = held;
      held = null;
      if (begun) target.nudge(node, value, 'end');
    }
    if (down === null || event.pointerId !== down.id) return;
    const { spot, moved } = down;
    down = null;
    if (moved || cancelled) return;
    const node = target.nodeAt(spot);
    const twice =
      last !== null &&
      node === last.node &&
      event.timeStamp - last.at < TWICE_MS &&
      Math.hypot(spot.x - last.spot.x, spot.y - last.spot.y) < TWICE_SLACK;
    if (twice && node !== null) {
      last = null;
      target.pressTwice(node);
      return;
    }
    last = node === null ? null : { at: event.timeStamp, spot, node };
    target.press(node);
  };
  const onUp = (event: PointerEvent): void => release(event, false);
  const onCancel = (event: PointerEvent): void => release(event, true);
  const onLeave = (): void => target.hover(null, '');

  const onPress = (event: Event): void => {
    if (!isPane(event.target)) return;
    // The focus leaves wherever it is and does not go to a card: after a click the arrow keys still step.
    if (event.cancelable) event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };

  const onWheel = (event: WheelEvent): void => {
    if (!isPane(event.target)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 33;
    // A pinch on a trackpad arrives as a wheel with Ctrl, in small portions.
    const rate = event.ctrlKey && Math.abs(event.deltaY) < 50 ? 0.01 : 0.0016;
    target.zoom(spotOf(event), Math.exp(-event.deltaY * unit * rate));
  };

  const capture = { capture: true };
  const listeners: readonly (readonly [string, (event: never) => void, AddEventListenerOptions])[] = [
    ['pointerdown', onDown, capture],
    ['pointermove', onMove, capture],
    ['pointerup', onUp, capture],
    ['pointercancel', onCancel, capture],
    ['pointerleave', onLeave, {}],
    ['mousedown', onPress, capture],
    ['touchstart', onPress, { capture: true, passive: false }],
    ['wheel', onWheel, { passive: false }],
  ];
  for (const [type, listener, options] of listeners)
    root.addEventListener(type, listener as EventListener, options);
  return () => {
    for (const [type, listener, options] of listeners)
      root.removeEventListener(type, listener as EventListener, options);
  };
}

/** Presses on fields and buttons over the pane are their own business. */
function isPane(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-over-graph]') === null;
}
