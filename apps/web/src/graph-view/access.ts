import { LEAF } from '@backflow/engine';
import type { Picture } from './picture.ts';

/** At most so many cards have an element of their own. */
const ACCESSIBLE_MOST = 96;

/**
 * The element layer over the canvas, for keyboards and screen readers: one button per visible card, the nearest
 * ones to the middle first. Elements are reused, so that the focus survives a repaint.
 */
export class AccessLayer {
  readonly #root: HTMLElement;
  readonly #elements = new Map<number, HTMLElement>();
  /** The node that Tab reaches. */
  #current: number | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** The node whose element has the focus. */
  get focused(): number | null {
    const element = document.activeElement;
    return element instanceof HTMLElement && this.#root.contains(element) ? nodeOf(element) : null;
  }

  get current(): number | null {
    return this.#current;
  }

  /** Brings the elements up to date with what is on the pane. */
  update(
    nodes: readonly number[],
    boxOf: (
      node: number,
    ) => { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null,
    describe: (node: number) => string,
    preferred: number | null,
    selected: number | null,
  ): void {
    const keep = new Set(nodes);
    const focused = this.focused;
    if (focused !== null && boxOf(focused) !== null) keep.add(focused);
    const spare: HTMLElement[] = [];
    for (const [node, element] of this.#elements)
      if (!keep.has(node)) {
        this.#elements.delete(node);
        spare.push(element);
      }
    const wanted = preferred !== null && keep.has(preferred) ? preferred : null;
    this.#current =
      focused ?? wanted ?? (this.#current !== null && keep.has(this.#current) ? this.#current : null);
    this.#current ??= nodes[0] ?? null;
    for (const node of [...keep].sort((a, b) => a - b)) {
      let element = this.#elements.get(node);
      if (element === undefined) {
        element = spare.pop() ?? this.#create();
        element.dataset['node'] = String(node);
        this.#elements.set(node, element);
      }
      const label = describe(node);
      if (element.getAttribute('aria-label') !== label) element.setAttribute('aria-label', label);
      const pressed = String(node === selected);
      if (element.getAttribute('aria-pressed') !== pressed) element.setAttribute('aria-pressed', pressed);
      const index = node === this.#current ? 0 : -1;
      if (element.tabIndex !== index) element.tabIndex = index;
      place(element, boxOf(node));
    }
    for (const element of spare) element.remove();
  }

  /** Keeps the focused element on its card while the camera moves. */
  follow(
    boxOf: (
      node: number,
    ) => { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null,
  ): void {
    const focused = this.focused;
    const element = focused === null ? undefined : this.#elements.get(focused);
    if (focused !== null && element !== undefined) place(element, boxOf(focused));
  }

  /** False if the node has no element (yet). */
  focus(node: number): boolean {
    const element = this.#elements.get(node);
    if (element === undefined) return false;
    const before = this.#current === null ? undefined : this.#elements.get(this.#current);
    if (before !== undefined) before.tabIndex = -1;
    this.#current = node;
    element.tabIndex = 0;
    element.focus({ preventScroll: true });
    return true;
  }

  clear(): void {
    for (const element of this.#elements.values()) element.remove();
    this.#elements.clear();
    this.#current = null;
  }

  #create(): HTMLElement {
    const element = document.createElement('div');
    element.setAttribute('role', 'button');
    // A div reads as -1 without the attribute, and cannot be focused then.
    element.tabIndex = -1;
    element.className = 'graph-node';
    this.#root.append(element);
    return element;
  }
}

export function nodeOf(element: Element): number | null {
  const text = element instanceof HTMLElement ? element.dataset['node'] : undefined;
  return text === undefined ? null : Number(text);
}

/** Where each element was put last: styles that stay are not written again. */
const places = new WeakMap<HTMLElement, { x: number; y: number; width: number; height: number }>();

function place(
  element: HTMLElement,
  box: { x: number; y: number; width: number; height: number } | null,
): void {
  if (box === null) return;
  const before = places.get(element);
  if (
    before !== undefined &&
    before.x === box.x &&
    before.y === box.y &&
    before.width === box.width &&
    before.height === box.height
  )
    return;
  places.set(element, box);
  const { style } = element;
  style.transform = `translate(${Math.round(box.x)}px, ${Math.round(box.y)}px)`;
  style.width = `${Math.round(box.width)}px`;
  style.height = `${Math.round(box.height)}px`;
}

/** The visible nodes nearest to the middle of the pane; the ones that matter first. */
export function nearest(
  nodes: readonly number[],
  picture: Picture,
  middle: { readonly x: number; readonly y: number },
  first: readonly (number | null)[] = [],
  most = ACCESSIBLE_MOST,
): readonly number[] {
  if (nodes.length <= most) return nodes;
  const { x, y } = picture.layout;
  const distance = (node: number): number =>
    first.includes(node) ? -1 : (x[node] - middle.x) ** 2 + (y[node] - middle.y) ** 2;
  return [...nodes].sort((a, b) => distance(a) - distance(b)).slice(0, most);
}

export type Way = 'left' | 'right' | 'up' | 'down';

/**
 * The card that an arrow key leads to: left to the first input, right to the first user, up and down within the
 * column. Null at the rim.
 */
export function neighbourOf(picture: Picture, node: number, way: Way): number | null {
  const { uses, layout, recording } = picture;
  if (way === 'left') {
    const from = uses.start[node];
    return from < uses.start[node + 1] ? uses.source[from] : null;
  }
  if (way === 'right') {
    for (let use = 0; use < uses.source.length; use++) if (uses.source[use] === node) return uses.target[use];
    return null;
  }
  let best: number | null = null;
  for (let other = 0; other < recording.count; other++) {
    if (other === node || layout.layer[other] !== layout.layer[node]) continue;
    const ahead = way === 'down' ? layout.y[other] - layout.y[node] : layout.y[node] - layout.y[other];
    if (ahead <= 0) continue;
    const least = best === null ? Infinity : Math.abs(layout.y[best] - layout.y[node]);
    if (ahead < least) best = other;
  }
  return best;
}

export function isLeaf(picture: Picture, node: number): boolean {
  return picture.recording.operation[node] === LEAF;
}
