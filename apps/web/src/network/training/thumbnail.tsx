import type { Dataset } from '@backflow/nn';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { LEVELS, levelOf, mixed, signColour, tints, type Palette, type Rgb } from './colours.ts';

/** The numbers of a picture, and how its numbers are told from each other. */
interface Props {
  readonly width: number;
  readonly height: number;
  /** −1 to 1 instead of 0 to 1. */
  readonly signed: boolean;
  readonly pixels: ArrayLike<number>;
  readonly palette: Palette;
}

export function pixelsOf({ x, inputs, scale }: Dataset, i: number): Float64Array {
  return Float64Array.from({ length: inputs }, (_, k) => x[i * inputs + k] * scale);
}

/** A small picture of numbers, one field for each. */
export function Thumbnail({ width, height, signed, pixels, palette }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true });
    if (context !== null && context !== undefined)
      paintPicture(context, { width, height, signed, pixels, palette });
  }, [pixels, palette]);
  const parts = partsOf(width, signed);
  return (
    <canvas ref={canvas} class="thumbnail" width={width * parts} height={height * parts} aria-hidden="true" />
  );
}

/** Parts of a field that is drawn, each way: enough of them for stripes over what is negative. */
function partsOf(width: number, signed: boolean): number {
  if (!signed || width > 64) return 1;
  return width > 16 ? 4 : 12;
}

const BLACK: Rgb = [24, 32, 44];
const WHITE: Rgb = [255, 255, 255];

function paintPicture(
  context: CanvasRenderingContext2D,
  { width, height, signed, pixels, palette }: Props,
): void {
  const parts = partsOf(width, signed);
  const across = width * parts;
  const image = new ImageData(across, height * parts);
  const into = new Uint32Array(image.data.buffer);
  let largest = signed ? 0 : 1;
  if (signed) for (let k = 0; k < pixels.length; k++) largest = Math.max(largest, Math.abs(pixels[k]) || 0);
  const plus = tints(palette, (level) => (signed ? signColour(palette, level) : mixed(WHITE, BLACK, level)));
  const minus = tints(palette, (level) => signColour(palette, -level));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = pixels[y * width + x];
      const level = levelOf(largest > 0 ? Math.abs(value) / largest : 0);
      for (let down = 0; down < parts; down++)
        for (let right = 0; right < parts; right++) {
          const [row, column] = [y * parts + down, x * parts + right];
          const onStripe = (row + column) % 6 === 0;
          into[row * across + column] = value < 0 ? minus[level + (onStripe ? LEVELS : 0)] : plus[level];
        }
    }
  context.putImageData(image, 0, 0);
}
