import type { Recording } from '@backflow/engine';
import type { Arrangement, Picture, Size } from '../graph-view/picture.ts';
import type { Compiled } from './compiling.ts';
import { newFarWorker } from './far-hire.ts';

/** A task for the worker. */
export type FarQuestion =
  | { readonly kind: 'compile'; readonly text: string }
  | {
      readonly kind: 'arrange';
      readonly recording: Recording;
      readonly size: Size;
      readonly digits: number;
      /** Plain parts of the last picture, near which the cards should stay. */
      readonly previous: Picture | null;
    };

export type FarAnswer =
  | { readonly kind: 'compiled'; readonly compiled: Compiled }
  | { readonly kind: 'arranged'; readonly arrangement: Arrangement };

/** A new worker; null where the browser does not allow one. */
export function hireFarWorker(): Worker | null {
  try {
    return newFarWorker();
  } catch {
    return null;
  }
}
