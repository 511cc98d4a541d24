import type { Dataset } from '@backflow/nn';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { mixed, signColour, type Palette, type Rgb } from './colours.ts';

/** The numbers of a picture, and how its numbers are told from each other. */
interface Props {
  readonly width: number;
  readonly height: number;
  /** −1 to 1 instead of 0 to 1. */
  readonly signed: boolean;
  readonly pixels: ArrayLike<number>;
  readonly palette: Palette;
}

/** Parts of a field that is drawn: enough of them for stripes over what is negative. */
const PARTS = 6;

export function pixelsOf({ x, inputs, scale }: Dataset, i: number): Float64Array {
  return Float64Array.from({ length: inputs }, (_, k) => x[i * inputs + k] * scale);
}

/** A small picture of numbers, one field for each. */
export function Thumbnail({ width, height, signed, pixels, palette }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context !== null && context !== undefined)
      paintPicture(context, { width, height, signed, pixels, palette });
  }, [pixels, palette]);
  const parts = partsOf(width);
  return (
    <canvas ref={canvas} class="thumbnail" width={width * parts} height={height * parts} aria-hidden="true" />
  );
}

const partsOf = (width: number): number => (width > 64 ? 1 : width > 16 ? PARTS : 12);

function paintPicture(
  context: CanvasRenderingContext2D,
  { width, height, signed, pixels, palette }: Props,
): void {
  const parts = partsOf(width);
  const [across, down] = [width * parts, height * parts];
  const image = new ImageData(across, down);
  const black: Rgb = [24, 32, 44];
  const white: Rgb = [255, 255, 255];
  let largest = 0;
  if (signed) for (let k = 0; k < pixels.length; k++) largest = Math.max(largest, Math.abs(pixels[k]) || 0);
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      const value = pixels[Math.floor(row / parts) * width + Math.floor(column / parts)];
      let colour: Rgb;
      if (!signed) colour = mixed(white, black, Math.max(0, Math.min(1, value)));
      else {
        colour = signColour(palette, largest > 0 ? value / largest : 0);
        if (value < 0 && (row + column) % PARTS === 0) colour = mixed(colour, palette.paper, 0.55);
      }
      image.data.set([...colour, 255], 4 * (row * across + column));
    }
  context.putImageData(image, 0, 0);
}
