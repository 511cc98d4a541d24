import { READY, type Reply } from '../state/bounded-worker.ts';
import { checkedPlain } from './checking.ts';
import type { Report } from '@backflow/notes';

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<string>) => void) | null;
  postMessage(reply: Reply<Report> | typeof READY): void;
};

scope.postMessage(READY);
scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ answer: checkedPlain(data) });
  } catch (error) {
    scope.postMessage({ failure: String(error) });
  }
};
