import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface PixelPictureProps {
  /** Brightness, row by row, from `low` to 1. */
  readonly values: ArrayLike<number>;
  readonly low: number;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** The side of a box to be drawn in its middle, in pixels; null for none. */
  readonly box: number | null;
}

/** A picture as a network has it: squares from black to white. */
export function PixelPicture({ values, low, width, height, label, box }: PixelPictureProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => paint(canvas.current!, values, width, height, low));
  return (
    <div class="try-picture" style={{ aspectRatio: `${width} / ${height}` }}>
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} />
      {box === null ? null : (
        <span
          class="try-box"
          aria-hidden="true"
          style={{ width: `${(100 * box) / width}%`, height: `${(100 * box) / height}%` }}
        />
      )}
    </div>
  );
}

/** Brightness as grey; nothing where there is no canvas to paint on. */
export function paint(
  canvas: HTMLCanvasElement,
  values: ArrayLike<number>,
  width: number,
  height: number,
  low: number,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(width, height);
  for (let at = 0; at < values.length; at++) {
    const grey = (255 * (values[at] - low)) / (1 - low);
    image.data.set([grey, grey, grey, 255], 4 * at);
  }
  context.putImageData(image, 0, 0);
}
