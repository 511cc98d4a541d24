import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/**
 * A component whose code is fetched when it is first shown. Shows nothing until then, and nothing where it
 * cannot be fetched; the next time it is shown, it is tried again.
 */
export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => JSX.Element | null {
  let known: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const [, refresh] = useState(false);
    useEffect(() => {
      if (known !== null) return;
      let gone = false;
      load().then(
        (component) => {
          known = component;
          if (!gone) refresh(true);
        },
        () => undefined,
      );
      return () => {
        gone = true;
      };
    }, []);
    const Component = known;
    return Component === null ? null : <Component {...props} />;
  };
}

/** Resolves when the first picture is on the screen. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    // A page in a background tab gets no frames.
    setTimeout(resolve, 300);
  });
}
