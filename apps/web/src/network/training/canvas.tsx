import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { drawingContext } from '../../look/drawing-context.ts';

interface CanvasProps {
  /** None for a picture beside words that say the same. */
  readonly label: string;
  /** Height over width. */
  readonly aspect: number;
  readonly class?: string;
  /** Paints in pixels of the screen; called again when one of `of` changes. */
  readonly paint: (context: CanvasRenderingContext2D, width: number, height: number, ratio: number) => void;
  readonly of: readonly unknown[];
  /** Where it was pressed, in CSS pixels, and how large it is. */
  readonly onPress?: (x: number, y: number, width: number, height: number) => void;
}

/** A canvas as wide as its place, sharp on every screen. */
export function Canvas({ label, aspect, paint, of, onPress, ...rest }: CanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = canvas.current!;
    const look = (): void => setWidth(element.clientWidth);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = canvas.current!;
    const context = drawingContext(element);
    if (context === null || width === 0) return;
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const [across, down] = [Math.round(width * ratio), Math.round(width * aspect * ratio)];
    if (element.width !== across || element.height !== down) {
      element.width = across;
      element.height = down;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, across, down);
    paint(context, across, down, ratio);
  }, [width, aspect, ...of]);
  return (
    <canvas
      ref={canvas}
      class={rest.class}
      role={label === '' ? undefined : 'img'}
      aria-label={label === '' ? undefined : label}
      aria-hidden={label === '' ? 'true' : undefined}
      style={{ aspectRatio: String(1 / aspect), width: '100%' }}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onPress?.(event.clientX - box.left, event.clientY - box.top, box.width, box.height);
      }}
    />
  );
}
