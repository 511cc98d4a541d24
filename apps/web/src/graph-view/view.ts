import type { Box, SceneFrame, ScenePicture } from '@backflow/graph';
import type { CameraState } from './contract.ts';
import { FIT_MARGIN, paneScale } from './picture.ts';
import type { Size } from './picture.ts';
import type { View } from './reach.ts';

/** Lower cards, in pixels, are drawn without a word. */
const BARE_HEIGHT = 20;

/** How a camera shows the layout on a pane of this size. */
export function frameOf(camera: CameraState, size: Size): SceneFrame {
  const scale = 1 / camera.ratio;
  return {
    scale,
    x: size.width / 2 - camera.x * scale,
    y: size.height / 2 - camera.y * scale,
    width: size.width,
    height: size.height,
  };
}

/** The camera that shows the whole layout. */
export function fittingCamera(picture: ScenePicture, size: Size): CameraState {
  const { left, top, right, bottom } = picture.layout.bounds;
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    ratio: 1 / Math.max(1e-6, paneScale(picture.layout, size)),
  };
}

/** The camera after zooming so that the layout point under the pixel stays under it. */
export function zoomedAt(
  camera: CameraState,
  size: Size,
  pixel: { readonly x: number; readonly y: number },
  factor: number,
): CameraState {
  const ratio = Math.min(MOST_RATIO, Math.max(LEAST_RATIO, camera.ratio / factor));
  const dx = pixel.x - size.width / 2;
  const dy = pixel.y - size.height / 2;
  return { x: camera.x + dx * (camera.ratio - ratio), y: camera.y + dy * (camera.ratio - ratio), ratio };
}

/** The part of the layout that is on the pane, or within `rim` pixels of it. */
export function viewIn({ scale, x, y, width, height }: SceneFrame, rim: number): View {
  return {
    left: (-rim - x) / scale,
    top: (-rim - y) / scale,
    right: (width + rim - x) / scale,
    bottom: (height + rim - y) / scale,
  };
}

/** The camera after the paper moved by so many pixels. */
export function pannedBy({ x, y, ratio }: CameraState, across: number, down: number): CameraState {
  return { x: x - across * ratio, y: y - down * ratio, ratio };
}

/** From four pixels per unit to a hundred thousand units across a pane. */
const LEAST_RATIO = 0.2;
const MOST_RATIO = 400;

/** A node's card in pixels. */
export function cardBox(picture: ScenePicture, frame: SceneFrame, node: number): Box {
  const { scale } = frame;
  const at = frame.moved ?? picture.layout;
  const width = picture.width[node] * scale;
  const height = picture.height[node] * scale;
  return {
    x: at.x[node] * scale + frame.x - width / 2,
    y: at.y[node] * scale + frame.y - height / 2,
    width,
    height,
  };
}

/**
 * Where the camera has to go so that these cards are on the pane and readable; null if they already are.
 * `least` is the smallest font size that counts as readable, in pixels; `isReadable` says whether the numbers of a
 * card have it at a scale. Where nothing could be read on cards that are far apart, it goes to the first of them.
 */
export function followingCamera(
  picture: ScenePicture,
  camera: CameraState,
  size: Size,
  nodes: readonly number[],
  least: number,
  isReadable: (node: number, scale: number) => boolean,
): CameraState | null {
  if (nodes.length === 0 || size.width === 0) return null;
  const frame = frameOf(camera, size);
  let inside = true;
  let readable = true;
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const node of nodes) {
    const box = cardBox(picture, frame, node);
    const rim = 6;
    if (
      box.x < rim ||
      box.y < rim ||
      box.x + box.width > size.width - rim ||
      box.y + box.height > size.height - rim
    )
      inside = false;
    if (!isReadable(node, frame.scale)) readable = false;
    left = Math.min(left, picture.layout.x[node] - picture.width[node] / 2);
    right = Math.max(right, picture.layout.x[node] + picture.width[node] / 2);
    top = Math.min(top, picture.layout.y[node] - picture.height[node] / 2);
    bottom = Math.max(bottom, picture.layout.y[node] + picture.height[node] / 2);
  }
  if (inside && readable) return null;
  const wanted = readable ? frame.scale : Math.max(1, least / 13);
  const most = Math.min(
    (size.width - 2 * FIT_MARGIN) / (right - left),
    (size.height - 2 * FIT_MARGIN) / (bottom - top),
  );
  // Both ends on the pane comes first: a long edge may leave the numbers smaller than wished.
  const scale = Math.min(wanted, most);
  const lowest = nodes.reduce((least, node) => Math.min(least, picture.height[node]), Infinity);
  if (nodes.length > 1 && lowest * scale < BARE_HEIGHT)
    return followingCamera(picture, camera, size, nodes.slice(0, 1), least, isReadable);
  const { bounds } = picture.layout;
  const halfX = (size.width / 2 - FIT_MARGIN) / scale;
  const halfY = (size.height / 2 - FIT_MARGIN) / scale;
  return {
    x: kept((left + right) / 2, bounds.left + halfX, bounds.right - halfX),
    y: kept((top + bottom) / 2, bounds.top + halfY, bounds.bottom - halfY),
    ratio: 1 / scale,
  };
}

/** Empty paper at the rim of the graph is of no use: the middle stays where the graph fills the pane. */
function kept(at: number, least: number, most: number): number {
  return least > most ? (least + most) / 2 : Math.min(most, Math.max(least, at));
}
