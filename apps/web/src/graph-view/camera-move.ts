import type { CameraState } from './contract.ts';
import { ease } from './tween.ts';

const DURATION_MS = 200;

/** The camera on its way from one state to another. */
export interface CameraMove {
  readonly from: CameraState;
  readonly to: CameraState;
  readonly start: number;
  /** True if it runs on from a hand, at full speed from the start. */
  readonly gliding: boolean;
}

export function cameraAt(
  { from, to, start, gliding }: CameraMove,
  now: number,
): { readonly camera: CameraState; readonly arrived: boolean } {
  const time = Math.min(1, Math.max(0, (now - start) / DURATION_MS));
  if (time >= 1) return { camera: to, arrived: true };
  const share = gliding ? 1 - (1 - time) ** 2 : ease(time);
  return {
    camera: {
      x: from.x + (to.x - from.x) * share,
      y: from.y + (to.y - from.y) * share,
      ratio: from.ratio * (to.ratio / from.ratio) ** share,
    },
    arrived: false,
  };
}
