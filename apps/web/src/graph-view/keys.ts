import { isLeaf, neighbourOf, nodeOf } from './access.ts';
import type { Way } from './access.ts';
import type { Picture } from './picture.ts';

/** What keys on a focused card do. */
export interface KeyTarget {
  picture(): Picture;
  selected(): number | null;
  select(node: number): void;
  /** Moves the focus to another card. */
  walk(node: number): void;
  point(node: number | null): void;
  enterValue(node: number): void;
  toggleSum(node: number): void;
  nudgeBy(node: number, direction: 1 | -1, size: number): void;
}

const WAYS: ReadonlyMap<string, Way> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

/**
 * Keys on the cards: arrows walk along the edges, up and down on a leaf nudge its number (Shift ×10, Alt ÷10), Enter
 * opens what can be opened, Space selects. Keys with Ctrl or ⌘ are left to the page.
 */
export function attachKeys(root: HTMLElement, target: KeyTarget): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const node = focusedNode(event);
    if (node === null || event.ctrlKey || event.metaKey) return;
    const way = WAYS.get(event.key);
    const leaf = isLeaf(target.picture(), node);
    if (leaf && (way === 'up' || way === 'down'))
      target.nudgeBy(node, way === 'up' ? 1 : -1, event.shiftKey ? 10 : event.altKey ? 0.1 : 1);
    else if (way !== undefined && !event.shiftKey && !event.altKey) {
      const next = neighbourOf(target.picture(), node, way);
      if (next !== null) {
        target.select(next);
        target.walk(next);
      }
    } else if (event.key === 'Enter') {
      const again = target.selected() === node;
      target.select(node);
      if (leaf) target.enterValue(node);
      else if (again) target.toggleSum(node);
    } else if (event.key === ' ') target.select(node);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocusIn = (event: FocusEvent): void => target.point(focusedNode(event));
  const onFocusOut = (): void => target.point(null);
  const onClick = (event: MouseEvent): void => {
    const node = focusedNode(event);
    // Pointers are the gestures' business; this is a screen reader's click.
    if (node !== null && event.detail === 0) target.select(node);
  };

  root.addEventListener('keydown', onKeyDown);
  root.addEventListener('focusin', onFocusIn);
  root.addEventListener('focusout', onFocusOut);
  root.addEventListener('click', onClick);
  return () => {
    root.removeEventListener('keydown', onKeyDown);
    root.removeEventListener('focusin', onFocusIn);
    root.removeEventListener('focusout', onFocusOut);
    root.removeEventListener('click', onClick);
  };
}

function focusedNode(event: Event): number | null {
  return event.target instanceof Element ? nodeOf(event.target) : null;
}
