/** A task longer than this is ended. */
export const PATIENCE_MS = 5000;

/** What a worker replies: its answer, or that it failed. */
export type Reply<A> = { readonly answer: A } | { readonly failure: string };

/** What a worker says once it runs: one that never does was not allowed to. */
export const READY = 'ready';

export type Outcome<A> =
  | { readonly kind: 'answer'; readonly answer: A }
  | { readonly kind: 'slow' }
  | { readonly kind: 'crashed' }
  /** The browser allows no worker: the task has to be done here. */
  | { readonly kind: 'none' };

/** What every new worker is told before its first task: operations that a recording from elsewhere brought. */
export const brought: { definitions: string | null } = { definitions: null };

/** The message that tells it. */
export interface Definitions {
  readonly define: string;
}

/** Makes a worker; null where the browser does not allow one. */
export type Hire = () => Worker | null;

/** A worker with one task at a time: a new task ends the one before, and no task outlives the patience. */
export interface BoundedWorker<Q, A> {
  ask(question: Q, done: (outcome: Outcome<A>) => void): void;
  cancel(): void;
}

export function boundedWorker<Q, A>(hire: Hire, patienceMs = PATIENCE_MS): BoundedWorker<Q, A> {
  interface Task {
    ended: boolean;
    worker: Worker | null;
    timer: ReturnType<typeof setTimeout> | undefined;
  }
  const ready = new WeakSet<Worker>();
  let idle: Worker | null = null;
  let task: Task | null = null;

  function cancel(): void {
    if (task === null) return;
    task.ended = true;
    clearTimeout(task.timer);
    task.worker?.terminate();
    task = null;
  }

  function hired(): Worker | null {
    const worker = hire();
    const { definitions } = brought;
    if (definitions !== null) worker?.postMessage({ define: definitions } satisfies Definitions);
    return worker;
  }

  function run(own: Task, question: Q, done: (outcome: Outcome<A>) => void): void {
    const worker = idle ?? hired();
    idle = null;
    const finish = (outcome: Outcome<A>, keep: boolean): void => {
      if (own.ended) return;
      own.ended = true;
      clearTimeout(own.timer);
      if (worker !== null) {
        worker.onmessage = worker.onerror = null;
        if (keep) idle = worker;
        else worker.terminate();
      }
      task = null;
      done(outcome);
    };
    if (worker === null) return finish({ kind: 'none' }, false);
    own.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Reply<A> | typeof READY>) => {
      if (data === READY) {
        ready.add(worker);
        return;
      }
      if ('answer' in data) finish({ kind: 'answer', answer: data.answer }, true);
      else finish({ kind: 'crashed' }, false);
    };
    worker.onerror = () => finish({ kind: ready.has(worker) ? 'crashed' : 'none' }, false);
    own.timer = setTimeout(() => finish({ kind: 'slow' }, false), patienceMs);
    worker.postMessage(question);
  }

  return {
    ask(question, done) {
      cancel();
      task = { ended: false, worker: null, timer: undefined };
      run(task, question, done);
    },
    cancel,
  };
}
