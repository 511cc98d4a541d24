import { stepOf, stepped } from './numbers.ts';

/** A place on the pane, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What pointers find and do; the host's captors pan and pinch beneath. */
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
}

const CLICK_SLACK = 5;
const TWICE_MS = 400;
const TWICE_SLACK = 12;
const PIXELS_PER_STEP = 2;
/** Fingers are wider than pointers. */
const TOUCH_SLACK = 9;

/**
 * Clicks, double clicks, hovering, and the dragging of numbers. Listens in the capture phase, so that taking hold of
 * a number keeps the press from the captors that would pan.
 */
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
  const pointers = new Set<number>();

  const spotOf = (event: MouseEvent): Spot => {
    const { left, top } = root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  const onDown = (event: PointerEvent): void => {
    if (!isPane(event.target)) return;
    pointers.add(event.pointerId);
    const spot = spotOf(event);
    if (event.button !== 0 || pointers.size > 1) {
      down = null;
      return;
    }
    down = { id: event.pointerId, spot, moved: false };
    const node = target.numberAt(spot, event.pointerType === 'touch' ? TOUCH_SLACK : 2);
    if (node === null) return;
    const start = target.valueOf(node);
    held = { node, id: event.pointerId, startX: event.clientX, start, begun: false, value: start };
    root.setPointerCapture(event.pointerId);
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
    if (event.pointerType === 'touch' || !isPane(event.target)) return;
    if (event.buttons !== 0) {
      target.hover(null, 'grabbing');
      return;
    }
    const node = target.nodeAt(spot);
    target.hover(node, target.numberAt(spot, 2) !== null ? 'ew-resize' : node === null ? 'grab' : 'pointer');
  };

  const release = (event: PointerEvent, cancelled: boolean): void => {
    pointers.delete(event.pointerId);
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
    // While a number is held, the captors hear nothing of the press.
    if (held !== null) event.stopPropagation();
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
