import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Size } from '../graph-view/picture.ts';

/** The size of an element; null until it has one. */
export function usePaneSize(element: RefObject<HTMLElement | null>): ReadonlySignal<Size | null> {
  const size = useSignal<Size | null>(null);
  useEffect(() => {
    const look = (): void => {
      // The last word of an observer may come when the element is gone.
      const { clientWidth: width = 0, clientHeight: height = 0 } = element.current ?? {};
      const before = size.peek();
      if (width > 0 && height > 0 && (before?.width !== width || before.height !== height))
        size.value = { width, height };
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return size;
}
