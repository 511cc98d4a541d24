import { defineFromJson } from '@backflow/engine';
import { READY, type Definitions, type Reply } from '../state/bounded-worker.ts';
import { checkedPlain } from './checking.ts';
import type { Report } from '@backflow/notes';

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<string | Definitions>) => void) | null;
  postMessage(reply: Reply<Report> | typeof READY): void;
};

scope.postMessage(READY);
scope.onmessage = ({ data }) => {
  try {
    if (typeof data !== 'string') return void defineFromJson(data.define);
    scope.postMessage({ answer: checkedPlain(data) });
  } catch (error) {
    scope.postMessage({ failure: String(error) });
  }
};
