import { drillOf } from './drill.ts';
import type { Answer, Order } from './protocol.ts';
import { surroundingsWith } from './surroundings.ts';

/* Training never keeps the page waiting: the numbers are here, and the page sees them about twenty times a second. */

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(answer: Answer | 'ready', transfer?: readonly Transferable[]): void;
};

const drill = drillOf(surroundingsWith((answer, transfer) => scope.postMessage(answer, transfer)));

scope.onmessage = ({ data }) => drill(data);
scope.postMessage('ready');
