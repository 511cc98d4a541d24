import { defineFromJson } from '@backflow/engine';
import { READY, type Definitions, type Reply } from '../state/bounded-worker.ts';
import { awaitsNetworks, fetchNetworks } from '../state/compiling.ts';
import { checkedPlain } from './checking.ts';
import type { Report } from '@backflow/notes';

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<string | Definitions>) => Promise<void>) | null;
  postMessage(reply: Reply<Report> | typeof READY): void;
};

scope.postMessage(READY);
scope.onmessage = async ({ data }) => {
  try {
    if (typeof data !== 'string') return void defineFromJson(data.define);
    if (awaitsNetworks(data)) await fetchNetworks();
    scope.postMessage({ answer: checkedPlain(data) });
  } catch (error) {
    scope.postMessage({ failure: String(error) });
  }
};
