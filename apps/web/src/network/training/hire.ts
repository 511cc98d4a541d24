import { newTrainWorker } from './train-hire.ts';
import type { Answer, Order } from './protocol.ts';

/** The place where the numbers train. */
export interface Drill {
  order(order: Order, transfer?: Transferable[]): void;
  close(): void;
}

/** A worker, or, where the browser allows none, the page itself between its frames. */
export function hireDrill(take: (answer: Answer) => void): Drill {
  const sent: Order[] = [];
  let here: ((order: Order) => void) | null = null;
  let closed = false;
  let ready = false;
  let worker: Worker | null = null;

  async function workHere(): Promise<void> {
    worker?.terminate();
    worker = null;
    try {
      const [{ drillOf }, { surroundingsWith }] = await Promise.all([
        import('./drill.ts'),
        import('./surroundings.ts'),
      ]);
      const drill = drillOf(surroundingsWith((answer) => (closed ? undefined : take(answer))));
      here = drill;
      for (const order of sent.splice(0)) drill(order);
    } catch (error) {
      take({ kind: 'failed', what: 'work', reason: { message: String(error) } });
    }
  }

  try {
    worker = newTrainWorker();
    worker.onmessage = ({ data }: MessageEvent<Answer | 'ready'>) => {
      if (data !== 'ready') return take(data);
      ready = true;
      sent.length = 0;
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (ready) take({ kind: 'failed', what: 'work', reason: { message: event.message } });
      else void workHere();
    };
  } catch {
    void workHere();
  }

  return {
    order(order, transfer = []) {
      if (closed) return;
      if (here !== null) return here(order);
      // What is transferred is gone: until it is known who works, it is copied.
      if (!ready) sent.push(order);
      worker?.postMessage(order, ready ? transfer : []);
    },
    close() {
      closed = true;
      here?.({ kind: 'pause' });
      worker?.terminate();
    },
  };
}
