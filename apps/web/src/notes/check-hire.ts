/* The single-file build puts another module in the place of this one, with the worker inside the page. */

export function newCheckWorker(): Worker {
  return new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' });
}
