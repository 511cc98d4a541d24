import type { CompileReply, CompileRequest } from './compile.worker.ts';
import { compileNear, compileWhole, type Compiled } from './compiling.ts';

/** A computation longer than this is ended. */
export const PATIENCE_MS = 5000;

export type Outcome =
  | { readonly kind: 'compiled'; readonly compiled: Compiled }
  | { readonly kind: 'slow' }
  | { readonly kind: 'crashed' };

/** Turns texts into recordings: small ones at once, large ones in a worker that is ended when it takes too long. */
export interface Compiler {
  /** Calls back at once for a small text, later for a large one; an earlier large one is dropped. True if later. */
  compile(text: string, done: (outcome: Outcome) => void): boolean;
  cancel(): void;
}

/** Makes a worker; null where the browser does not allow one. */
export type Hire = () => Promise<Worker | null>;

export function compilerWith(hire: Hire): Compiler {
  let idle: Worker | null = null;
  let task: { ended: boolean; worker: Worker | null; timer: number } | null = null;

  function cancel(): void {
    if (task === null) return;
    task.ended = true;
    clearTimeout(task.timer);
    task.worker?.terminate();
    task = null;
  }

  async function far(text: string, done: (outcome: Outcome) => void): Promise<void> {
    const own = { ended: false, worker: null as Worker | null, timer: 0 };
    task = own;
    const worker = idle ?? (await hire());
    idle = null;
    if (own.ended) {
      worker?.terminate();
      return;
    }
    if (worker === null) {
      task = null;
      done({ kind: 'compiled', compiled: compileWhole(text) });
      return;
    }
    own.worker = worker;
    const finish = (outcome: Outcome, keep: boolean): void => {
      if (own.ended) return;
      own.ended = true;
      clearTimeout(own.timer);
      worker.onmessage = worker.onerror = null;
      if (keep) idle = worker;
      else worker.terminate();
      task = null;
      done(outcome);
    };
    worker.onmessage = ({ data }: MessageEvent<CompileReply>) => {
      if ('compiled' in data) finish({ kind: 'compiled', compiled: data.compiled }, true);
      else finish({ kind: 'crashed' }, false);
    };
    worker.onerror = () => finish({ kind: 'crashed' }, false);
    own.timer = window.setTimeout(() => finish({ kind: 'slow' }, false), PATIENCE_MS);
    const request: CompileRequest = { text };
    worker.postMessage(request);
  }

  return {
    compile(text, done) {
      cancel();
      const near = compileNear(text);
      if (near !== null) {
        done({ kind: 'compiled', compiled: near });
        return false;
      }
      void far(text, done);
      return true;
    },
    cancel,
  };
}

/** The worker of the build at hand: a file beside the page, or for the single-file page a part of it. */
export async function hireCompileWorker(): Promise<Worker | null> {
  try {
    if (import.meta.env.MODE === 'single') {
      const { default: Inline } = await import('./compile.worker.ts?worker&inline');
      return new Inline();
    }
    return new Worker(new URL('./compile.worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}
