import type { Scene } from '@backflow/graph';
import { paint } from './painter.ts';

/** Browsers refuse canvases beyond about this many pixels a side, and in all. */
const SIDE_MOST = 16_000;
const AREA_MOST = 1e8;

/** The largest scale, up to `wanted`, at which a drawing of this size can be made into an image. */
export function imageScale(
  size: { readonly width: number; readonly height: number },
  wanted: number,
): number {
  return Math.min(
    wanted,
    SIDE_MOST / Math.max(size.width, size.height, 1),
    Math.sqrt(AREA_MOST / Math.max(1, size.width * size.height)),
  );
}

/** A scene as a PNG, one pixel per pixel of the scene. */
export function pngOf(scene: Scene): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(scene.width);
  canvas.height = Math.ceil(scene.height);
  const context = canvas.getContext('2d');
  if (context === null)
    return Promise.reject(new Error('The browser gives no canvas to draw the picture on.'));
  context.fillStyle = scene.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  paint(context, scene);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error('The picture could not be encoded as PNG.')) : resolve(blob),
    ),
  );
}
