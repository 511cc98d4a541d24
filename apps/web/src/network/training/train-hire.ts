/* The single-file build puts another module in the place of this one, with the worker inside the page. */

export function newTrainWorker(): Worker {
  return new Worker(new URL('./train.worker.ts', import.meta.url), { type: 'module' });
}
