import type { Recording } from '@backflow/engine';
import type { Arrangement, Picture, Size } from '../graph-view/picture.ts';
import type { Compiled } from './compiling.ts';

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

/** The worker of the build at hand: a file beside the page, or for the single-file page a part of it. */
export async function hireFarWorker(): Promise<Worker | null> {
  try {
    if (import.meta.env.MODE === 'single') {
      const { default: Inline } = await import('./far.worker.ts?worker&inline');
      return new Inline();
    }
    return new Worker(new URL('./far.worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}
