import type { CameraState, GraphHandle } from '../../graph-view/contract.ts';

/** Two panes that show the same part of the same picture. */
export interface LinkedCameras {
  enter(side: 0 | 1, handle: GraphHandle | null): void;
  /** The camera of one moved: the other goes along. */
  moved(side: 0 | 1, camera: CameraState, fitted: boolean): void;
}

export function linkedCameras(): LinkedCameras {
  const handles: [GraphHandle | null, GraphHandle | null] = [null, null];
  return {
    enter(side, handle) {
      handles[side] = handle;
    },
    moved(side, camera, fitted) {
      handles[1 - side]?.mirror(camera, fitted);
    },
  };
}
