/**
 * The context of a canvas that is painted anew many times a second. The browser keeps it in memory that the processor paints:
 * hundreds of dashed curves a frame are slow where a graphics card, or what stands in for one, draws them.
 */
export function drawingContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  return canvas.getContext('2d', { willReadFrequently: true });
}
