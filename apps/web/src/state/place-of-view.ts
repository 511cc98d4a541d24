import type { CameraState, GraphHandle } from '../graph-view/contract.ts';
import type { Picture } from '../graph-view/picture.ts';

/**
 * Where the camera stands, seen from the node nearest to it: a layout depends on the pictures before it, and the
 * same place on the paper need not show the same nodes on another visit.
 */
export interface PlaceOfView extends CameraState {
  /** Key of the node; x and y are counted from it. */
  readonly near?: string;
}

/** The graph pane as the page knows it. */
export interface GraphPaneHandle extends Omit<GraphHandle, 'camera' | 'setCamera'> {
  place(): PlaceOfView;
  setPlace(place: PlaceOfView): void;
}

type Spread = Pick<Picture, 'keys'> & { readonly layout: Pick<Picture['layout'], 'x' | 'y'> };

export function placeOf({ x, y, ratio }: CameraState, { keys, layout }: Spread): PlaceOfView {
  let near = -1;
  let least = Infinity;
  for (let node = 0; node < keys.length; node++) {
    const distance = Math.hypot(layout.x[node] - x, layout.y[node] - y);
    if (distance < least) [near, least] = [node, distance];
  }
  if (near < 0) return { x, y, ratio };
  return { x: x - layout.x[near], y: y - layout.y[near], ratio, near: keys[near] };
}

/** The camera of a place; null if its node is not in the picture. */
export function cameraAt({ x, y, ratio, near }: PlaceOfView, { keys, layout }: Spread): CameraState | null {
  if (near === undefined) return { x, y, ratio };
  const node = keys.indexOf(near);
  return node < 0 ? null : { x: x + layout.x[node], y: y + layout.y[node], ratio };
}

/** The pane's handle with places in place of bare cameras. */
export function withPlaces(handle: GraphHandle, picture: () => Spread | null): GraphPaneHandle {
  return {
    ...handle,
    place: () => {
      const now = picture();
      return now === null ? handle.camera() : placeOf(handle.camera(), now);
    },
    setPlace(place) {
      const now = picture();
      const camera = now === null ? null : cameraAt(place, now);
      if (camera !== null) handle.setCamera(camera);
    },
  };
}
